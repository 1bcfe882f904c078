"""`form export`: the Excel form of a report for one unit or a whole branch, with what stands in each already."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from django.db.models import Q, QuerySet

from nhipcau.core.errors import InvalidInput
from nhipcau.core.numbers import MISSING, format_cell, unpack
from nhipcau.core.periods import Period
from nhipcau.core.said import Said
from nhipcau.exchange.xlsx.filling import Content, Form, key
from nhipcau.exchange.xlsx.layout import Layout
from nhipcau.exchange.xlsx.stamp import Stamp, word
from nhipcau.org.models import Unit, UnitName
from nhipcau.org.queries import lay_below, names_of
from nhipcau.reports.design.definition import Definition, Indicator, load
from nhipcau.reports.design.figures import Cells, payload, with_formulas
from nhipcau.reports.design.plans import Plan, plans_of
from nhipcau.reports.filling.prefill import prefill
from nhipcau.reports.models import Submission, SubmissionState, TemplateVersion
from nhipcau.reports.queries import SEEN_ABOVE
from nhipcau.reports.totals.consolidation import due_date_of, span_of, tree_day
from nhipcau.reports.totals.lumps import lumped_units
from nhipcau.reports.totals.owing import Owing
from nhipcau.reports.totals.suppression import touched

_NO_NAME = re.compile(r"[^\w.-]+", re.ASCII)
_BATCH = 500  # units whose reports are read at once


@dataclass(frozen=True)
class FormFile:
    """The form of one unit."""

    unit: Unit
    unit_name: UnitName
    file_name: str
    data: bytes


@dataclass(frozen=True)
class _Standing:
    """What a unit's form is handed out with."""

    cells: Cells
    narrative: Mapping[str, str]
    explanations: Mapping[str, str]
    earlier: Cells
    plans: Mapping[str, Plan] = field(default_factory=dict)


def export_forms(
    *,
    version: TemplateVersion,
    period: Period,
    unit: Unit,
    own: Unit | None = None,
    with_children: bool = False,
    section: int = 0,
) -> Iterator[FormFile]:
    """The forms of the unit and, if asked, of every unit below it that owes the report, one after the other.

    The form of `own` (None: the unit itself) carries its draft, or what its registers say; the others what they
    have sent: nobody above sees a draft. With `section` (from 1) the form holds that one alone, for
    whoever keeps its figures, and nothing of the others. InvalidInput where nobody here owes the report.
    """
    units = list(owing(version, period, unit, with_children=with_children))
    if not units:
        raise InvalidInput(
            Said(
                "Không có đơn vị nào ở đây phải lập báo cáo này, nên không có biểu mẫu để tải.",
                "No unit here owes this report, so there is no form to download.",
            )
        )
    return _forms(version, period, own or unit, units, form_of(version, section))


def owing(version: TemplateVersion, period: Period, unit: Unit, *, with_children: bool) -> QuerySet[Unit]:
    """The unit, and every unit below it if asked, that owe the report themselves, the unit itself first."""
    definition = load(version.definition)
    branch = Q(pk=unit.pk)
    if with_children:
        branch |= lay_below("pk", unit, span_of(definition, period), version.template.axis)
    lumped = [one.unit_id for one in lumped_units(version, period)]
    found = Unit.objects.filter(branch, Owing.of(definition, version, period).filter()).exclude(pk__in=lumped)
    return found.select_related("kind").order_by("kind__rank", "pk")


def _forms(
    version: TemplateVersion, period: Period, own: Unit, units: Sequence[Unit], form: Form
) -> Iterator[FormFile]:
    definition = load(version.definition)
    heading = _heading(definition, period)
    for start in range(0, len(units), _BATCH):
        batch = units[start : start + _BATCH]
        names = names_of([unit.pk for unit in batch], tree_day(definition, period))
        standing = _standing(version, definition, period, own, batch)
        for unit in batch:
            name, now = names[unit.pk], standing[unit.pk]
            told = {key("unit"): f"{name.name} ({name.code})", key("period"): heading}
            contents = told | _contents(form.layout, now)
            stamp = _stamp(version, period, unit, now, contents, form.layout)
            data = form.fill(contents | {key("stamp"): stamp.sign()})
            yield FormFile(unit, name, _file_name(version, period, name, form.layout.section), data)


def form_of(version: TemplateVersion, section: int = 0) -> Form:
    """The form of a version or of one section, laid out once a process: versions are immutable."""
    return _laid_out(version.digest, version, section)


@lru_cache(maxsize=32)
def _laid_out(_digest: str, version: TemplateVersion, section: int) -> Form:
    return Form.of(Layout.of(load(version.definition), section))


def _heading(definition: Definition, period: Period) -> str:
    first, last = period.first_day(definition.calendar), period.last_day(definition.calendar)
    due = due_date_of(definition, period)
    return f"Kỳ báo cáo: {period.label_vi} ({first:%d/%m/%Y} đến {last:%d/%m/%Y}). Hạn gửi: {due:%d/%m/%Y}."


def _file_name(version: TemplateVersion, period: Period, name: UnitName, section: int) -> str:
    code = _NO_NAME.sub("-", name.code).strip("-.") or name.unit_id
    return f"{version.template.code}-{period.key}-{code}{f'-phan-{section}' if section else ''}.xlsx"


def _standing(
    version: TemplateVersion, definition: Definition, period: Period, own: Unit, units: Sequence[Unit]
) -> dict[int, _Standing]:
    """By unit: its report as it stands, and its accepted figures of the period before; three queries for all."""
    visible = Q(unit=own.pk) | Q(state__in=SEEN_ABOVE)
    reports = Submission.objects.filter(visible, version=version, period=period.key, unit__in=units)
    latest = {report.unit_id: report for report in reports.order_by("revision")}
    before = Submission.objects.filter(
        version__template=version.template_id, period=period.previous().key, unit__in=units,
        state=SubmissionState.ACCEPTED,
    )  # fmt: skip
    keys, secret = _Keys({version.pk: version.cells}), touched(definition)
    earlier = {report.unit_id: keys.cells_of(report) for report in before}
    plans = plans_of(version, definition, period, [unit.pk for unit in units])
    found = {}
    for unit in units:
        report = latest.get(unit.pk)
        if report is not None:
            figures, texts = keys.cells_of(report), (report.narrative, report.explanations)
        else:
            figures, texts = prefill(definition, unit, period)[0] if unit.pk == own.pk else {}, ({}, {})
        found[unit.pk] = _Standing(figures, *texts, earlier.get(unit.pk, {}), plans.get(unit.pk, {}))
        if unit.pk != own.pk:
            found[unit.pk] = _without(secret, found[unit.pk])
    return found


def _without(secret: Collection[str], standing: _Standing) -> _Standing:
    """Another unit's form does not carry its suppressed figures: they stay with the unit."""
    own, earlier = (
        {code: cell for code, cell in cells.items() if code not in secret}
        for cells in (standing.cells, standing.earlier)
    )
    return replace(standing, cells=own, earlier=earlier)


@dataclass(frozen=True)
class _Keys:
    """The cells of every version met: a version's definition is large, and is not read again for every report."""

    known: dict[int, Sequence[str]]

    def cells_of(self, report: Submission) -> Cells:
        if report.version_id not in self.known:
            self.known[report.version_id] = report.version.cells
        keys = self.known[report.version_id]
        return dict(zip(keys, unpack(bytes(report.payload), len(keys)), strict=True))


def _contents(layout: Layout, now: _Standing) -> dict[str, Content]:
    contents: dict[str, Content] = {}
    for kind, cells in (("figure", now.cells), ("earlier", now.earlier)):
        complete = with_formulas(layout.definition, cells) if cells else {}
        contents |= {key(kind, code): complete.get(code, MISSING) for code in layout.rows}
    contents |= {
        key("target", item.code): _planned(now.plans.get(item.code), item) for item in layout.definition.plannable()
    }
    contents |= {key("words", code): now.narrative.get(code, "") for code in layout.blocks}
    asked = layout.asked
    contents |= {key("explanation", code): explained(layout, code, now.explanations) for code in asked}
    return contents


def _planned(plan: Plan | None, item: Indicator) -> Content:
    """What was asked for this very period as a number, which the rules in the form read; for the year in words."""
    if plan is None:
        return ""
    return f"{format_cell(plan.cell, item.decimals)} (cả năm)" if plan.yearly else plan.cell


def explained(layout: Layout, code: str, explanations: Mapping[str, str]) -> str:
    """What was said at a cell: one sentence answers every warning that speaks there."""
    return next((said for rule in layout.asks(code) if (said := explanations.get(rule.code, ""))), "")


def _stamp(
    version: TemplateVersion,
    period: Period,
    unit: Unit,
    now: _Standing,
    contents: Mapping[str, Content],
    layout: Layout,
) -> Stamp:
    return Stamp(
        version.template.code,
        version.number,
        version.digest,
        unit.uid,
        period.key,
        payload(version.cells, {code: cell for code, cell in now.cells.items() if code in layout.entered}),
        {mark: word(text) for mark, text in _texts(contents) if text},
        layout.section,
    )


def _texts(contents: Mapping[str, Content]) -> Iterable[tuple[str, str]]:
    kinds = ("words:", "explanation:")
    return ((mark, text) for mark, text in contents.items() if isinstance(text, str) and mark.startswith(kinds))
