"""What is different in a report that was sent again: since it was returned, or against what it would replace."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nhipcau.core.numbers import MISSING, Cell, unpack
from nhipcau.reports.design.definition import Indicator, load
from nhipcau.reports.models import Answer, ReturnReason, Seal, StaleFlag, Submission, SubmissionState
from nhipcau.reports.sealing.seals import words_of
from nhipcau.reports.totals.lumps import EXPLAINED


@dataclass(frozen=True)
class CellChange:
    """One figure before and now, and why it was returned (nothing if nobody asked)."""

    item: Indicator
    before: Cell
    after: Cell
    reasons: tuple[str, ...] = ()

    @property
    def changed(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True)
class WordsChange:
    """A narrative block, or the explanation of a rule, that reads differently now. `code` names it."""

    code: str
    before: str
    after: str


@dataclass(frozen=True)
class Comparison:
    """Two sealed states of a report. `cells` are those asked about or changed, in printed order.

    `joined` and `left`: uids of units that came into or went out of a lump. `totals`: what the report passes on for
    its whole branch, where reports below it make that differ.
    """

    before: Seal
    after: Seal
    reasons: tuple[str, ...]
    cells: tuple[CellChange, ...]
    narrative: tuple[WordsChange, ...]
    explanations: tuple[WordsChange, ...]
    joined: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    totals: tuple[CellChange, ...] = ()

    @property
    def answered(self) -> list[CellChange]:
        """Returned for a reason, and changed."""
        return [cell for cell in self.cells if cell.reasons and cell.changed]

    @property
    def unanswered(self) -> list[CellChange]:
        """Returned for a reason, and left as it was."""
        return [cell for cell in self.cells if cell.reasons and not cell.changed]

    @property
    def unasked(self) -> list[CellChange]:
        """Changed, and nobody had asked."""
        return [cell for cell in self.cells if not cell.reasons]

    @property
    def count(self) -> int:
        """How many places differ."""
        places = {cell.item.code for cell in (*self.cells, *self.totals) if cell.changed}
        return len([*places, *self.narrative, *self.explanations, *self.joined, *self.left])


def changes_since_returned(report: Submission) -> Comparison | None:
    """What changed from the seal that was returned to the one sent now; None if it was never returned."""
    return since_returned([report]).get(report.pk)


def changes_since_accepted(report: Submission) -> Comparison | None:
    """What a correction changes in the accepted revision it would replace; None if there is none."""
    return since_accepted([report]).get(report.pk)


def since_returned(reports: Sequence[Submission]) -> dict[int, Comparison]:
    """`changes_since_returned` of many, by submission id. Reports that are not sent again are left out."""
    reasons: dict[int, list[ReturnReason]] = {}
    seals = {report.pk: report.seal_id for report in reports}
    rows = ReturnReason.objects.filter(submission__in=seals).select_related("seal__version").order_by("seal", "pk")
    for row in rows:
        if row.seal_id == seals[row.submission_id]:
            continue  # returned as it stands now
        known = reasons.setdefault(row.submission_id, [])
        if known and known[0].seal_id != row.seal_id:
            known.clear()  # an earlier round
        known.append(row)
    return {
        report.pk: _compare(reasons[report.pk][0].seal, report.seal, reasons[report.pk])
        for report in reports
        if report.pk in reasons and report.seal is not None
    }


def since_accepted(reports: Sequence[Submission]) -> dict[int, Comparison]:
    """`changes_since_accepted` of many, by submission id."""
    corrections = {(r.unit_id, r.version.template_id, r.period): r for r in reports if r.revision > 1}
    accepted = Submission.objects.filter(
        unit__in={unit for unit, _, _ in corrections},
        period__in={period for _, _, period in corrections},
        state=SubmissionState.ACCEPTED,
    ).select_related("seal__version", "version")
    found = {}
    for earlier in accepted:
        report = corrections.get((earlier.unit_id, earlier.version.template_id, earlier.period))
        if report and report.seal and earlier.seal and earlier.pk != report.pk:
            found[report.pk] = _compare(earlier.seal, report.seal, [])
    return found


def _compare(before: Seal, after: Seal, reasons: Sequence[ReturnReason]) -> Comparison:
    by_cell: dict[str, list[str]] = {}
    for reason in reasons:
        by_cell.setdefault(reason.cell, []).append(reason.reason)
    old, new = _cells(before, bytes(before.own)), _cells(after, bytes(after.own))
    below, beneath = _cells(before, bytes(before.live)), _cells(after, bytes(after.live))
    items = load(after.version.definition).entered()
    cells = (
        CellChange(
            item, old.get(item.code, MISSING), new.get(item.code, MISSING), tuple(by_cell.get(item.code, ()))
        )
        for item in items
    )
    totals = (CellChange(item, below.get(item.code, MISSING), beneath.get(item.code, MISSING)) for item in items)
    said, says = words_of(before), words_of(after)
    covered, covers = set(said["covers"]), set(says["covers"])
    return Comparison(
        before=before,
        after=after,
        reasons=tuple(by_cell.get("", ())),
        cells=tuple(cell for cell in cells if cell.reasons or cell.changed),
        narrative=_differing(said["narrative"], says["narrative"]),
        explanations=_differing(_of_rules(said), _of_rules(says)),
        joined=tuple(sorted(covers - covered)),
        left=tuple(sorted(covered - covers)),
        totals=tuple(cell for cell in totals if cell.changed) if before.contributors or after.contributors else (),
    )


def why_sealed_anew(seal: Seal) -> list[str]:
    """The reasons a unit gave when it sealed its figures anew by this seal; nothing for any other."""
    answered = StaleFlag.objects.filter(answered_with=seal, answer=Answer.RESTATED).exclude(reason="")
    return list(dict.fromkeys(answered.order_by("pk").values_list("reason", flat=True)))


def _cells(seal: Seal, packed: bytes) -> dict[str, Cell]:
    keys: Sequence[str] = seal.version.cells
    return dict(zip(keys, unpack(packed, len(keys)), strict=True))


def _of_rules(words: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    return {code: text for code, text in words["explanations"].items() if code != EXPLAINED}


def _differing(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[WordsChange, ...]:
    codes = [*after, *(code for code in before if code not in after)]
    pairs = ((code, before.get(code, ""), after.get(code, "")) for code in codes)
    return tuple(WordsChange(*pair) for pair in pairs if pair[1] != pair[2])
