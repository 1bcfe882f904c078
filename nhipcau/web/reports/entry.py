"""One report as the entry page shows it: rows with sources and findings, paragraphs, and what may be done."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.urls import reverse
from django.utils.translation import gettext as _

from nhipcau.core.errors import Fault
from nhipcau.core.money import money_in_words
from nhipcau.core.numbers import MISSING, CellState
from nhipcau.core.official import roman
from nhipcau.core.periods import Period, parse_period
from nhipcau.org.models import Role
from nhipcau.org.queries import is_root
from nhipcau.org.scope import Scope
from nhipcau.reports.design.checks import Finding, anchor
from nhipcau.reports.design.definition import Definition, Indicator, load
from nhipcau.reports.design.figures import Cells, cells_of, with_formulas
from nhipcau.reports.design.plans import plans_of
from nhipcau.reports.filling.drafting import EDITABLE
from nhipcau.reports.filling.workflow import approves_alone, is_own_work
from nhipcau.reports.models import Submission, SubmissionSource, SubmissionState
from nhipcau.reports.queries import (
    previous_figures,
    reasons_of,
    shown_cells,
    shown_to,
    sources_by_cell,
)
from nhipcau.reports.totals.around import findings_of
from nhipcau.web.grid import Grid, GridRow, RowKind, RowMessage, Severity
from nhipcau.web.reports import pieces
from nhipcau.web.reports.paragraphs import BLOCK, Paragraph, paragraphs
from nhipcau.web.words import in_words, named, spoken, titled

EXPLAIN, BASIS = "explain:", "goc"


@dataclass(frozen=True)
class Note:
    """A line of the summary: what is wrong and where to go."""

    severity: Severity
    text: str
    target: str
    explained: bool = False


@dataclass(frozen=True)
class Entry:
    """Everything on the page."""

    report: Submission
    definition: Definition
    period: Period
    grid: Grid
    notes: Sequence[Note]
    paragraphs: Sequence[Paragraph]
    filled: int
    total: int
    editable: bool
    steps: Sequence[tuple[str, str]]  # (value of the button, its label), the main one last
    basis: str = ""  # what the form is drawn with, which it brings back: two people's changes are told apart by it
    reasons: Sequence[str] = field(default_factory=tuple)

    @property
    def places(self) -> dict[str, str]:
        """By cell: where on the page it stands."""
        return {row.key: f"o-{n}" for n, row in enumerate(self.grid.rows, start=1) if row.key}

    @property
    def faultless(self) -> bool:
        """Nothing to correct: no rule speaks, and no cell holds what was refused and not saved."""
        return not self.notes and not any(row.has_error for row in self.grid.rows)


def build(
    report: Submission,
    scope: Scope,
    *,
    typed: Mapping[str, str] | None = None,
    faults: Sequence[Fault] = (),
    state: str = "",
) -> Entry:
    """The page of that report. `typed` and `faults` are what was refused: shown again, with the reason in place."""
    definition, period = load(report.version.definition), parse_period(report.period)
    cells = cells_of(report)
    editable = report.state in EDITABLE and may_fill(report, scope)
    findings = findings_of(report)
    messages = _messages(definition, findings, faults, report)
    rows = _planned(_rows(report, definition, cells, messages, typed or {}, scope), report, definition, scope)
    grid = Grid(
        rows=rows,
        save_url=reverse("reports:report", args=[report.uid]),
        edits=report.edits,
        caption=f"{named(definition)}, {in_words(period)}",
        previous_label=_("Kỳ trước"),
        target_label=_("Kế hoạch") if definition.plannable() else "",
        readonly=not editable,
        state=state,
    )
    return Entry(
        report=report,
        definition=definition,
        period=period,
        grid=grid,
        notes=_notes(definition, rows, findings, report),
        paragraphs=paragraphs(report, definition, period, messages, typed or {}, scope, editable=editable),
        filled=sum(cells[key].state is not CellState.MISSING for key in cells),
        total=len(cells),
        editable=editable,
        steps=steps(report, scope),
        basis=json.dumps(standing(report, definition), ensure_ascii=False) if editable else "",
        reasons=_reasons(report, "") if editable else (),
    )


def may_fill(report: Submission, scope: Scope) -> bool:
    """Whether this post fills in this report at all."""
    return report.unit_id == scope.unit.pk and scope.post.has_role(Role.REPORTER, Role.APPROVER)


def standing(report: Submission, definition: Definition) -> dict[str, str]:
    """What is saved, by the names and in the texts of the form; what is empty is left out."""
    cells = cells_of(report)
    texts = {item.code: pieces.typed(cells[item.code], item) for item in definition.entered()}
    texts |= {BLOCK + block.code: report.narrative.get(block.code, "") for block in definition.narrative}
    texts |= {EXPLAIN + cell: text for cell, text in explanations_at(report, definition).items()}
    return {name: text for name, text in texts.items() if text}


def _messages(
    definition: Definition, findings: Sequence[Finding], faults: Sequence[Fault], report: Submission
) -> dict[str, list[RowMessage]]:
    """By cell or block: what to say there."""
    rules = {rule.code: rule for rule in definition.rules}
    said: dict[str, list[RowMessage]] = {}
    for fault in faults:
        said.setdefault(fault.where, []).append(RowMessage(Severity.ERROR, fault.message))
    for finding in findings:
        rule = rules.get(finding.rule)
        place = anchor(rule, definition) if rule else finding.cells[0]
        said.setdefault(place, []).append(RowMessage(Severity(finding.severity), spoken(finding.message)))
    if report.state in EDITABLE:
        entered = {item.code for item in definition.entered()}
        for returned in reasons_of(report):
            if returned.cell in entered:
                text = _("Cấp trên trả lại: %(reason)s") % {"reason": returned.reason}
                said.setdefault(returned.cell, []).append(RowMessage(Severity.INFO, text))
    return said


def _reasons(report: Submission, cell: str) -> tuple[str, ...]:
    return tuple(reason.reason for reason in reasons_of(report) if reason.cell == cell)


def _rows(
    report: Submission,
    definition: Definition,
    cells: Cells,
    messages: Mapping[str, Sequence[RowMessage]],
    typed: Mapping[str, str],
    scope: Scope,
) -> list[GridRow]:
    complete = shown_cells(report, scope.unit)
    earlier = previous_figures([report]).get(report.pk)
    previous = with_formulas(definition, earlier) if earlier is not None else {}
    previous = shown_to(definition, previous, report.unit, scope.unit)
    sources = sources_by_cell(report)
    explanations = explanations_at(report, definition)
    rows: list[GridRow] = []
    for number, section in enumerate(definition.sections, start=1):
        rows.append(GridRow(titled(section), kind=RowKind.HEADING, number=roman(number)))
        for place, item in section.numbered():
            row = replace(_row(item, complete, messages), number=place, **pieces.broken_down(definition, item))
            row = replace(row, previous=pieces.figure(previous.get(item.code, MISSING), item))
            row = _with_source(row, report, item, cells, sources.get(item.code, []))
            explained = explanations.get(item.code, "") if _asks(messages.get(item.code, ())) else ""
            value = typed.get(item.code, row.value)
            rows.append(replace(row, value=value, explanation=typed.get(EXPLAIN + item.code, explained)))
    return rows


def _planned(rows: list[GridRow], report: Submission, definition: Definition, scope: Scope) -> list[GridRow]:
    """The rows with what the unit was asked to reach; and how much of it that is, where the template asks for it
    and the unit has nobody below whose figures count for the plan too."""
    items = {item.code: item for item in definition.plannable()}
    period = parse_period(report.period)
    plans = plans_of(report.version, definition, period, [report.unit_id]).get(report.unit_id, {})
    asked = {i.code for section in definition.sections if "percent" in section.beside for i in section.indicators}
    asked = asked if asked & plans.keys() and not pieces.has_below(report.unit, scope) else set()
    complete = shown_cells(report, scope.unit) if asked else {}
    return [
        replace(
            row,
            target=pieces.planned(plans.get(row.key), items[row.key]),
            reached=pieces.of_plan(complete[row.key], plans.get(row.key)) if row.key in asked else None,
        )
        if row.key in items
        else row
        for row in rows
    ]


def _row(item: Indicator, complete: Cells, messages: Mapping[str, Sequence[RowMessage]]) -> GridRow:
    cell = complete.get(item.code, MISSING)
    whole = item.is_money and not item.decimals and cell.state is CellState.VALUE
    return GridRow(
        label="",
        key=item.code,
        kind=RowKind.ENTRY if item.is_entered else RowKind.COMPUTED,
        unit=item.unit,
        value=pieces.typed(cell, item),
        money=item.is_money,
        words=money_in_words(cell.value) if whole else "",
        decimals=item.decimals,
        messages=messages.get(item.code, ()),
    )


def _with_source(
    row: GridRow, report: Submission, item: Indicator, cells: Cells, sources: Sequence[SubmissionSource]
) -> GridRow:
    """ "từ 3 hoạt động", and what the records say if the figure was changed by hand."""
    if not item.is_entered:
        return replace(row, source=_("tự tính"))
    if not sources:
        return replace(row, source=item.help)
    if sources[0].file_id is not None:
        source_url = reverse("reports:sources", args=[report.uid, item.code])
        return replace(row, source=_("từ tệp số liệu cũ"), source_url=source_url)
    letters = sources[0].document_id is not None
    text = (_("từ %(n)d văn bản") if letters else _("từ %(n)d hoạt động")) % {"n": len(sources)}
    recorded = sum(source.value for source in sources)
    cell = cells[item.code]
    if cell.state is not CellState.VALUE or cell.value != recorded:
        shown = pieces.figure(replace(cell, state=CellState.VALUE, value=recorded), item)
        text = _("%(source)s; sổ ghi %(recorded)s, đã sửa tay") % {"source": text, "recorded": shown}
    return replace(row, source=text, source_url=reverse("reports:sources", args=[report.uid, item.code]))


def _asks(messages: Sequence[RowMessage]) -> bool:
    return any(message.severity is Severity.WARNING for message in messages)


def explanations_at(report: Submission, definition: Definition) -> dict[str, str]:
    """By cell: what was said for the warnings that speak there."""
    return {
        anchor(rule, definition): report.explanations[rule.code]
        for rule in definition.rules
        if report.explanations.get(rule.code)
    }


def _notes(
    definition: Definition, rows: Sequence[GridRow], findings: Sequence[Finding], report: Submission
) -> list[Note]:
    """The summary, worst first; every line leads to its cell or paragraph."""
    targets = {row.key: f"o-{n}" for n, row in enumerate(rows, start=1) if row.key}
    labels = {row.key: row.label for row in rows}
    titles = {block.code: titled(block) for block in definition.narrative}
    rules = {rule.code: rule for rule in definition.rules}
    notes = []
    for finding in findings:
        rule = rules.get(finding.rule)
        place = anchor(rule, definition) if rule else finding.cells[0]
        head = labels.get(place) or titles.get(place, "")
        explained = bool(report.explanations.get(finding.rule, "").strip())
        target = targets.get(place, f"{BLOCK}{place}")
        notes.append(Note(Severity(finding.severity), f"{head}: {spoken(finding.message)}", target, explained))
    return notes


def steps(report: Submission, scope: Scope) -> list[tuple[str, str]]:
    """The buttons that lead on. One post that both fills in and approves alone may do both at once."""
    post = scope.post
    if report.unit_id != scope.unit.pk:
        return []
    approver = post.has_role(Role.APPROVER)
    top = is_root(report.unit, scope.day, report.version.template.axis)
    if report.state == SubmissionState.READY and post.has_role(Role.APPROVER, Role.REPORTER):
        on = _("Duyệt và chốt") if top else _("Gửi lên cấp trên")
        sends = approver and not is_own_work(report, post.doer, scope.day)
        return [("lay-ve", _("Lấy lại để sửa")), *([("gui", on)] if sends else [])]
    if report.state not in EDITABLE or not may_fill(report, scope):
        return []
    alone = approver and approves_alone(post.doer, scope.day)
    at_once = _("Duyệt và chốt") if top else _("Trình và gửi")
    return [("trinh-gui", at_once)] if alone else [("trinh", _("Trình duyệt"))]
