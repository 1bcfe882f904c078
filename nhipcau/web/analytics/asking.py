"""A question in an address, and the choices a visitor has for the next one."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from nhipcau.analytics.questions import DEEPEST, MOST_PERIODS, Columns, Question
from nhipcau.core.errors import NotFound
from nhipcau.core.periods import Period
from nhipcau.org.scope import Scope
from nhipcau.reports.design.definition import Definition, load
from nhipcau.reports.filling.duties import current_period
from nhipcau.reports.models import TemplateVersion
from nhipcau.reports.queries import visible_templates
from nhipcau.reports.totals.owing import kinds_of
from nhipcau.reports.totals.suppression import touched
from nhipcau.web.words import in_words, labelled, titled

FIRST_PERIODS, FIRST_FIGURES = 4, 3  # what a visitor sees before choosing anything
Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class Form:
    """The template of a question with the periods it has, newest first."""

    version: TemplateVersion
    definition: Definition
    periods: list[Period]

    def question(self, asked: QueryDict, scope: Scope) -> Question:
        """What the address asks; what it leaves open is filled in. Raises InvalidInput for what cannot be asked."""
        secret = touched(self.definition)
        known = [item.code for item in self.definition.indicators() if not item.part_of and item.code not in secret]
        chosen = tuple(code for code in known if code in asked.getlist("chi-tieu"))
        by = tuple(split.code for split in self.definition.breakdowns if split.code in asked.getlist("chia"))
        steps = asked.get("cap", "")
        columns: Columns = "items" if by and asked.get("cot") == "chia" else "periods"
        return Question(
            template=self.definition.code,
            periods=tuple(period.key for period in self._range(asked)),
            unit=asked.get("don-vi") or str(scope.unit.uid),
            indicators=chosen or tuple(known[:FIRST_FIGURES]),
            below=min(int(steps), DEEPEST) if steps.isdecimal() else 0,
            kinds=tuple(asked.getlist("loai")),
            by=by,
            tree="now" if asked.get("cay") == "nay" else "then",
            columns=columns,
        )

    def _range(self, asked: QueryDict) -> list[Period]:
        """From one period to the other, whichever was named first; by default the latest few that have ended."""
        place = {period.key: at for at, period in enumerate(self.periods)}
        last = place.get(asked.get("den", ""), min(1, len(place) - 1))
        first = place.get(asked.get("tu", ""), min(last + FIRST_PERIODS, len(place)) - 1)
        first, last = max(first, last), min(first, last)
        return self.periods[last : first + 1]


def form_of(code: str, scope: Scope) -> Form | None:
    """The form of a template, of the newest without a code; None if there is none at all."""
    visible = TemplateVersion.objects.filter(template__in=visible_templates(scope))
    versions = visible.select_related("template").order_by("-published_at", "-number")
    newest = (versions.filter(template__code=code) if code else versions).first()
    if newest is None:
        if code:
            raise NotFound("Không có biểu mẫu này.")
        return None
    definition = load(newest.definition)
    begun = min(version.first_day for version in newest.template.versions.all())
    newest_period = current_period(definition, scope.day)
    while newest_period.first_day(definition.calendar) < begun:  # the form is for a time to come
        newest_period = newest_period.next()
    periods = [newest_period]
    while len(periods) < MOST_PERIODS and periods[-1].previous().first_day(definition.calendar) >= begun:
        periods.append(periods[-1].previous())
    return Form(newest, definition, periods)


def pairs(question: Question) -> Pairs:
    """The question as names and values of an address or of hidden fields."""
    periods = [period.key for period in question.in_order()]
    found = [("mau", question.template), ("don-vi", question.unit), ("tu", periods[0]), ("den", periods[-1])]
    found += [("cap", str(question.below)), ("cay", "nay" if question.tree == "now" else "ky")]
    found += [("cot", "chia" if question.columns == "items" else "ky")]
    several = {"chi-tieu": question.indicators, "loai": question.kinds, "chia": question.by}
    return found + [(name, value) for name, values in several.items() for value in values]


def address(question: Question, unit: object = None) -> str:
    """The page that answers it, or the same question about another unit."""
    asked = [(name, str(unit) if unit and name == "don-vi" else value) for name, value in pairs(question)]
    return f"{reverse('analytics:table')}?{urlencode(asked)}"


def choices(form: Form, question: Question, scope: Scope) -> dict[str, object]:
    """What the form of the page offers, with what is chosen."""
    periods = [(period.key, in_words(period)) for period in form.periods]
    asked = question.in_order()
    levels = [
        _("Chỉ đơn vị này"),
        _("Các đơn vị trực thuộc"),
        _("Thêm một cấp dưới nữa"),
        _("Thêm hai cấp dưới nữa"),
    ]
    return {
        "templates": list(visible_templates(scope).values_list("code", "name")),
        "template": form.definition.code,
        "unit": question.unit,
        "periods": periods,
        "first": asked[0].key,
        "last": asked[-1].key,
        "levels": [(place, label, place == question.below) for place, label in enumerate(levels)],
        "sections": _sections(form.definition, question),
        "splits": [(one.code, labelled(one), one.code in question.by) for one in form.definition.breakdowns],
        "kinds": _kinds(form.definition, question),
        "as_now": question.tree == "now",
        "by_items": question.columns == "items",
    }


def _sections(definition: Definition, question: Question) -> list[tuple[str, list[tuple[str, str, bool]]]]:
    secret = touched(definition)
    return [
        (
            titled(section),
            [
                (item.code, labelled(item), item.code in question.indicators)
                for item in section.indicators
                if not item.part_of and item.code not in secret
            ],
        )
        for section in definition.sections
    ]


def _kinds(definition: Definition, question: Question) -> list[tuple[str, str, bool]]:
    kinds = kinds_of(definition)
    return [(kind.code, labelled(kind), kind.code in question.kinds) for kind in kinds]
