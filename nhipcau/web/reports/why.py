"""Vì sao số này đổi: a figure beside an earlier period or what was sealed of it, and who caused how much."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from nhipcau.core.numbers import CellState, format_value
from nhipcau.org.models import UnitName
from nhipcau.org.queries import name_of, names_of
from nhipcau.reports.design.definition import Indicator
from nhipcau.reports.design.templates import taken_over_periods
from nhipcau.reports.models import IssuedReport, Seal, SubmissionState
from nhipcau.reports.queries import visible_submissions
from nhipcau.reports.sealing.compared import BeforeAfter, Changed, explain
from nhipcau.reports.sealing.points import Point, point_of
from nhipcau.reports.totals.change import Cause, Contribution, by_child
from nhipcau.web.declare import page
from nhipcau.web.reports import pieces
from nhipcau.web.reports.branches import Branch, find
from nhipcau.web.request import PageRequest
from nhipcau.web.words import in_words, labelled

AGAINST = "so-voi"
SHOWN = 30
HALF = 50  # of a bar: a fall goes left of the middle, a rise right


@dataclass(frozen=True)
class Row:
    """A direct child, a part of a breakdown or a term: before, after, and how much of the difference it makes."""

    label: str
    before: str
    after: str
    amount: str = ""
    bar: tuple[str, str, bool] | None = None
    why: Sequence[tuple[str, str]] = ()
    url: str = ""
    place: str = ""


@dataclass(frozen=True)
class Part:
    """What one unit contributes."""

    name: str
    within: str
    why: str
    amount: str
    report: uuid.UUID | None = None


@page()
def why(request: PageRequest, code: str, period: str, unit: uuid.UUID, indicator: str) -> HttpResponse:
    """One figure of a branch: a fragment within the table, a page of its own without scripts."""
    found = find(request.scope, code, period, unit)
    choices = dict(_choices(found))
    asked = request.GET.get(AGAINST, "") or next(iter(choices), "now")
    before = point_of(asked, found.period, found.version, found.unit)
    choices.setdefault(asked, pieces.stamp(before.moment) if before.moment else in_words(before.period))
    changed = explain(
        version=found.version, indicator=indicator, unit=found.unit,
        before=before, after=Point(found.period), at=request.moment,
    )  # fmt: skip
    shown = _Shown(found, changed, asked, request)
    context = {
        "branch": found,
        "item": changed.item,
        "label": labelled(changed.item),
        "unit_name": name_of(found.unit, found.day).name,
        "choices": [(word, label, word == asked) for word, label in choices.items()],
        "asked": choices[asked],
        "before": pieces.figure(changed.whole[0], changed.item),
        "after": pieces.figure(changed.whole[1], changed.item),
        "difference": _signed(changed.difference, changed.item) if changed.additive else "",
        "additive": changed.additive,
        "children": shown.children(),
        "terms": shown.terms(),
        "causes": shown.causes(),
        "rest": shown.rest(),
        "unchanged": shown.unchanged(),
        "same": changed.whole[0] == changed.whole[1],
        "here": found.url("why", indicator=indicator),
        "back": found.url("consolidated"),
    }
    name = "why_rows" if request.htmx else "why"
    return render(request, f"web/reports/{name}.html", context)


def _choices(found: Branch) -> Iterator[tuple[str, str]]:
    """(word, label) of what the figure can be compared with, the nearest first."""
    first = min(version.first_day for version in found.version.template.versions.all())
    old = taken_over_periods(found.version.template_id)
    for word, period, label in (
        ("previous", found.period.previous(), _("kỳ trước: %(period)s")),
        ("year-ago", found.period.same_last_year(), _("cùng kỳ năm trước: %(period)s")),
    ):
        begun = period.first_day(found.definition.calendar) >= first or period.key in old
        if begun and (word == "previous" or period != found.period.previous()):
            yield word, label % {"period": in_words(period)}
    same = {"unit": found.unit, "version__template": found.version.template_id, "period": found.period.key}
    issued = {one.seal_id: one for one in IssuedReport.objects.filter(**same).select_related("document")}
    for seal in Seal.objects.filter(**same).order_by("-place"):
        yield f"seal:{seal.place}", _sealed(seal, issued.get(seal.pk))


def _sealed(seal: Seal, issued: IssuedReport | None) -> str:
    if issued:
        return _("bản phát hành số %(number)s") % {"number": issued.document.number}
    return _("bản chốt lúc %(moment)s") % {"moment": pieces.stamp(seal.at)}


class _Shown:
    """The explanation in words, in the order of the page."""

    def __init__(self, found: Branch, changed: Changed, asked: str, request: PageRequest) -> None:
        self.found, self.changed, self.asked = found, changed, asked
        units = {pk for one in changed.contributions[:SHOWN] for pk in (one.child, one.unit, one.of)}
        units |= {*changed.children, found.unit.pk, *(one.child for one in changed.contributions)}
        self.names: dict[int, UnitName] = names_of(units, found.day)
        self.reports = self._reports(request)
        self.seen = dict(request.scope.units_ever().filter(pk__in=[*changed.children]).values_list("pk", "uid"))

    def _reports(self, request: PageRequest) -> dict[int, uuid.UUID]:
        """The accepted reports of the units shown by name, where the visitor may open them."""
        accepted = visible_submissions(request.scope).filter(
            unit__in={one.unit for one in self.changed.contributions[:SHOWN]},
            version__template=self.found.version.template_id,
            period=self.found.period.key,
            state=SubmissionState.ACCEPTED,
        )
        return dict(accepted.values_list("unit", "uid"))

    def children(self) -> list[Row]:
        """The unit's own part and its direct children, those that changed most first, then by name."""
        causes = by_child(self.changed.contributions)
        most = max((abs(sum(one.values())) for one in causes.values()), default=0)
        rows = []
        if self.found.unit.pk in causes:
            rows.append(self._row(self.found.unit.pk, self.changed.own, causes[self.found.unit.pk], most))
        below = [(pk, cells, causes.get(pk, Counter())) for pk, cells in self.changed.children.items()]
        below.sort(key=lambda one: (-abs(sum(one[2].values())), self.names[one[0]].sort_key))
        return rows + [self._row(*one, most) for one in below if self._shown(*one)]

    def _shown(self, pk: int, cells: BeforeAfter, causes: Counter[Cause]) -> bool:
        """Only what changed is listed where the difference is shared out, else whoever has a figure."""
        if self.changed.additive:
            return bool(causes)
        return any(cell.state is CellState.VALUE for cell in cells)

    def _row(self, pk: int, cells: BeforeAfter, causes: Counter[Cause], most: int) -> Row:
        item, amount, uid = self.changed.item, sum(causes.values()), self.seen.get(pk)
        was, now = (pieces.figure(cell, item) for cell in cells)
        query = urlencode({AGAINST: self.asked})
        own = self.found.unit.pk == pk
        further = uid is not None and not own and not self.asked.startswith(("seal:", "edition:"))
        return Row(
            label=_("Của chính %(name)s") % {"name": self.names[pk].name} if own else self.names[pk].name,
            before=was,
            after=now,
            amount=_signed(amount, item) if self.changed.additive else "",
            bar=_bar(amount, most) if amount else None,
            why=[(_in_words(cause), _signed(part, item)) for cause, part in _ordered(causes)],
            url=f"{self.found.url('why', uid, indicator=item.code)}?{query}" if further else "",
            place=pieces.place("vi-sao", "muc", item.code, uid),
        )

    def terms(self) -> list[Row]:
        """Parts of a breakdown, or what a formula reads, with the way to each."""
        query = urlencode({AGAINST: self.asked})
        return [
            Row(
                label=labelled(term),
                before=pieces.figure(cells[0], term),
                after=pieces.figure(cells[1], term),
                url=f"{self.found.url('why', indicator=term.code)}?{query}",
                place=pieces.place("vi-sao", "muc", self.changed.item.code, term.code, self.found.unit.uid),
            )
            for term, cells in self.changed.terms
        ]

    def causes(self) -> list[Part]:
        """The units that contribute most."""
        return [self._cause(one) for one in self.changed.contributions[:SHOWN]]

    def _cause(self, one: Contribution) -> Part:
        within = self.names[one.child].name if one.child not in (one.unit, self.found.unit.pk) else ""
        reason = _in_words(one.cause)
        if one.of != one.unit:
            reason = _("%(why)s từ %(name)s") % {"why": reason, "name": self.names[one.of].name}
        amount = _signed(one.amount, self.changed.item)
        return Part(self.names[one.unit].name, within, reason, amount, self.reports.get(one.unit))

    def unchanged(self) -> int:
        """How many direct children have a figure that did not change, and are not listed."""
        causes = by_child(self.changed.contributions)
        still = (cells for pk, cells in self.changed.children.items() if pk not in causes)
        return sum(cells[1].state is CellState.VALUE for cells in still) if self.changed.additive else 0

    def rest(self) -> tuple[int, str] | None:
        """(how many, how much) of those not shown by name."""
        left = self.changed.contributions[SHOWN:]
        return (len(left), _signed(sum(one.amount for one in left), self.changed.item)) if left else None


def _in_words(cause: Cause) -> str:
    """What made a unit's part of the difference."""
    return {
        "new": _("đơn vị mới, trước đó chưa có"),
        "ended": _("đã kết thúc, không có đơn vị kế thừa"),
        "reported": _("trước đó không có báo cáo"),
        "unreported": _("không có báo cáo"),
        "resubmitted": _("gửi bản điều chỉnh"),
        "value": _("số liệu thay đổi"),
        "moved_in": _("sắp xếp tổ chức: nhận về"),
        "moved_out": _("sắp xếp tổ chức: chuyển đi"),
    }[cause]


def _ordered(causes: Counter[Cause]) -> list[tuple[Cause, int]]:
    return sorted(((cause, part) for cause, part in causes.items() if part), key=lambda one: -abs(one[1]))


def _bar(amount: int, most: int) -> tuple[str, str, bool]:
    """(x, width, rises) of the bar in a box 100 wide."""
    width = HALF * abs(amount) / most
    return f"{HALF if amount > 0 else HALF - width:.2f}", f"{width:.2f}", amount > 0


def _signed(amount: int, item: Indicator) -> str:
    return f"{'+' if amount > 0 else ''}{format_value(amount, item.decimals)}"
