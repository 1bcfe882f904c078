"""A report's words on a page: every figure in them is what the table says, and leads to where it comes from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import get_language

from nhipcau.core.numbers import MISSING, CellState, unpack
from nhipcau.core.periods import Period, parse_period
from nhipcau.org.models import Unit
from nhipcau.reports.design.definition import Definition, Indicator
from nhipcau.reports.design.fields import Field, Figures, Piece, filled, kinds_of, rendered, written
from nhipcau.reports.design.figures import with_formulas
from nhipcau.reports.design.templates import definition_of
from nhipcau.reports.filling.unit_report import alongside_own
from nhipcau.reports.issuing.gathering import Parts
from nhipcau.reports.models import Seal, Submission, SubmissionState, TemplateVersion
from nhipcau.reports.queries import shown_cells, shown_to
from nhipcau.reports.sealing.alongside import Alongside, from_sealed, of_branch, of_unit
from nhipcau.reports.sealing.seals import words_of
from nhipcau.reports.totals.published import published
from nhipcau.reports.totals.suppression import touched
from nhipcau.web.words import labelled, spoken

FIELD = "{{"
AGAINST = {"previous": "previous", "last_year": "year-ago"}  # what the page of changes calls them
ALONE = ("cung_ky", "ky_truoc")  # the earlier figure itself, not a change
Leads = Callable[[Field], str]


@dataclass(frozen=True)
class Stretch:
    """A stretch of a paragraph: words; a figure with what it is and where it comes from; a field that is wrong."""

    text: str
    name: str = ""
    url: str = ""
    wrong: str = ""


Text = Sequence[Sequence[Stretch]]  # paragraphs


@dataclass(frozen=True)
class Insertable:
    """A figure of a block with what of it can be put into the text: the field, and what it says now."""

    label: str
    kinds: Sequence[tuple[str, str, str]]  # the field, what it is, what it says


class Speaker:
    """The words of one report as one viewer may read them."""

    def __init__(self, definition: Definition, figures: Figures, leads: Leads) -> None:
        self.definition, self.figures, self.leads = definition, figures, leads

    def text(self, raw: str) -> Text:
        """The paragraphs as printed."""
        return list(_paragraphs(map(self._stretch, rendered(self.definition, raw.strip(), self.figures))))

    def plain(self, raw: str) -> str:
        """The same without links."""
        return filled(self.definition, raw, self.figures)

    def _stretch(self, piece: Piece) -> Stretch:
        if piece.field is None:
            return Stretch(piece.text, wrong=spoken(piece.wrong))
        name = f"{labelled(piece.field.item)}: {spoken(piece.field.kind.label)}"
        return Stretch(piece.text, name, self.leads(piece.field))

    def insertables(self, items: Sequence[Indicator]) -> list[Insertable]:
        """What the writer can choose from."""
        english = get_language() == "en"
        return [
            Insertable(
                labelled(item),
                [
                    (written(item, kind, english=english), spoken(kind.label), kind.say(kind, item, self.figures))
                    for kind in kinds_of(item)
                ],
            )
            for item in items
        ]


def of_report(report: Submission, viewer: Unit, also: Sequence[Indicator] = ()) -> Speaker:
    """The unit's own report: a figure leads to the records behind it, an earlier one to the report of that period.

    `also`: what the writer of a draft can put in."""
    definition = definition_of(report.version)
    offered = [written(item, kind) for item in also for kind in kinds_of(item)]
    beside = of_unit(report, offered) if offered else alongside_own(report)
    beside = beside if report.unit_id == viewer.pk else beside.veiled(definition)
    return Speaker(definition, beside.figures(shown_cells(report, viewer)), _to_records(report, beside))


def to_enter(version: TemplateVersion, period: Period, unit: Unit) -> Speaker:
    """For whoever enters a unit's report from paper: nothing stands in the table yet."""
    definition = definition_of(version)
    offered = [
        written(item, kind)
        for item in definition.indicators()
        if any(item.code in block.about for block in definition.narrative)
        for kind in kinds_of(item)
    ]
    beside = of_unit(Submission(unit=unit, version=version, period=period.key), offered).veiled(definition)
    empty = dict.fromkeys((item.code for item in definition.indicators()), MISSING)
    return Speaker(definition, beside.figures(empty), lambda _: "")


def of_seal(seal: Seal, viewer: Unit) -> Speaker:
    """What a report said when it was sent, without links."""
    definition, keys = definition_of(seal.version), seal.version.cells
    cells = with_formulas(definition, dict(zip(keys, unpack(bytes(seal.own), len(keys)), strict=True)))
    beside = from_sealed(words_of(seal)["printed"])
    beside = beside if seal.unit_id == viewer.pk else beside.veiled(definition)
    return Speaker(definition, beside.figures(shown_to(definition, cells, seal.unit, viewer)), lambda _: "")


def _to_records(report: Submission, beside: Alongside) -> Leads:
    named = {one.period: name for name, one in beside.earlier.items()}
    accepted = Submission.objects.filter(
        unit=report.unit_id, version__template=report.version.template_id, period__in=named,
        state=SubmissionState.ACCEPTED,
    )  # fmt: skip
    found = {named[one.period]: one for one in accepted} if named else {}

    def leads(field: Field) -> str:
        behind = found.get(field.kind.reads) if field.kind.reads in AGAINST else report
        if behind is None:
            return ""
        if field.item.is_entered:
            return reverse("reports:sources", args=[behind.uid, field.item.code])
        return reverse("reports:report", args=[behind.uid]) + ("" if behind is report else "#bieu")

    return leads


def of_issued(parts: Parts) -> Speaker:
    """What was issued."""
    leads = _to_contributors(parts.definition, parts.period, parts.unit, parts.alongside)
    return Speaker(parts.definition, parts.figures, leads)


def of_branch_now(report: Submission, at: dt.datetime) -> Speaker:
    """What an issued report of the unit would say by what is accepted below it now."""
    version, period, unit = report.version, parse_period(report.period), report.unit
    node = published(version=version, period=period, unit=unit, at=at, wait=False)[0]
    beside = of_branch(version, period, unit, report.narrative.values(), at)
    definition = definition_of(version)
    return Speaker(definition, beside.figures(node.cells), _to_contributors(definition, period, unit, beside))


def _to_contributors(definition: Definition, period: Period, unit: Unit, beside: Alongside) -> Leads:
    """A figure leads to those it was added up from, a change to why it changed."""
    secret = touched(definition)

    def page(name: str, key: str, field: Field) -> str:
        address = {"code": definition.code, "period": key, "unit": unit.uid, "indicator": field.item.code}
        return reverse(f"reports:{name}", kwargs=address)

    def leads(field: Field) -> str:
        earlier = beside.earlier.get(field.kind.reads)
        if earlier is None:
            return page("drill", period.key, field)
        if earlier.cells[field.item.code].state is CellState.MISSING:
            return ""
        if field.kind.vi in ALONE:
            return page("drill", earlier.period, field)
        if field.item.code in secret:
            return page("drill", period.key, field)
        return f"{page('why', period.key, field)}?so-voi={AGAINST[field.kind.reads]}"

    return leads


def plain(text: str) -> Text:
    """Words that name no figure."""
    return list(_paragraphs(iter([Stretch(text)])))


def _paragraphs(stretches: Iterator[Stretch]) -> Iterator[list[Stretch]]:
    """Cut where lines end; empty lines are none."""
    line: list[Stretch] = []
    for one in stretches:
        if one.name:
            line.append(one)
            continue
        first, *rest = one.text.split("\n")
        line.append(Stretch(first, wrong=one.wrong))
        for text in rest:
            if any(each.text.strip() for each in line):
                yield line
            line = [Stretch(text, wrong=one.wrong)]
    if any(each.text.strip() for each in line):
        yield line
