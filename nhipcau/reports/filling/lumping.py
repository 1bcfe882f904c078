"""A unit reports its branch as one figure (số gộp): which units below stand in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from nhipcau.audit.actions import record
from nhipcau.audit.screen import screen
from nhipcau.core.clock import local_date
from nhipcau.core.errors import Conflict, Fault, InvalidInput
from nhipcau.core.periods import parse_period
from nhipcau.core.said import Said, english
from nhipcau.core.text import clean
from nhipcau.org.models import Post, Unit
from nhipcau.org.queries import lay_below, names_of
from nhipcau.reports.design.definition import load
from nhipcau.reports.filling.drafting import EDITABLE, require_reporter
from nhipcau.reports.models import Submission, SubmissionState
from nhipcau.reports.totals.lumps import EXPLAINED, covered_ids, in_other_lump, sent_alone
from nhipcau.reports.totals.owing import Owing

_NOTE = 500


@dataclass(frozen=True)
class Candidate:
    """A unit below that may stand in the figure: chosen or not, and why it cannot be chosen ("" if it can)."""

    unit: Unit
    name: str
    chosen: bool
    refusal: str


def candidates(report: Submission, at: dt.datetime) -> list[Candidate]:
    """Units of the branch that owe this report, in Vietnamese order of their names."""
    owing = list(_owing(report))
    names = names_of([unit.pk for unit in owing], local_date(at))
    chosen = set(covered_ids(report))
    refusals = _refusals(report, [unit.pk for unit in owing])
    rows = [Candidate(u, names[u.pk].name, u.pk in chosen, refusals.get(u.pk, "")) for u in owing]
    return sorted(rows, key=lambda row: names[row.unit.pk].sort_key)


def set_covers(
    *, submission: Submission, units: Collection[Unit], note: str = "", actor: Post, at: dt.datetime
) -> Submission:
    """Say which units below the report's figures include, because they do not report themselves.

    None at all makes it the unit's own figure again. `note` says why no figure falls when units leave a lump that
    was accepted. InvalidInput for a unit outside the branch, one that reported itself, one in another's lump.
    """
    require_reporter(submission.unit, submission.version, parse_period(submission.period), actor)
    note = clean(note)
    screen({"note": note}, "narrative", actor=actor, at=at)
    if len(note) > _NOTE:
        raise InvalidInput(
            "Chưa ghi được.",
            [
                Fault(
                    "note",
                    Said(
                        f"lời giải thích quá {_NOTE} chữ cái", f"the explanation is longer than {_NOTE} characters"
                    ),
                )
            ],
        )
    with transaction.atomic():
        locked = Submission.objects.select_for_update(of=("self",)).select_related(
            "version__template", "unit__kind"
        )
        report = locked.get(pk=submission.pk)
        if report.state not in EDITABLE:
            raise Conflict(
                Said(
                    f"Báo cáo {report.get_state_display()}, không sửa được nữa.",
                    f"In its state ({report.state}) the report no longer changes.",
                )
            )
        _require_free(report, units, at)
        report.covers.set(units)
        report.state = SubmissionState.DRAFT
        report.explanations = {**report.explanations, EXPLAINED: note} if note else _without(report.explanations)
        report.save(update_fields=["state", "explanations"])
        record(
            actor=actor,
            action="reports.covers_set",
            obj=f"submission:{report.uid}",
            at=at,
            data={"covers": sorted(str(unit.uid) for unit in units)},
        )
    return report


def _without(explanations: dict[str, str]) -> dict[str, str]:
    return {code: text for code, text in explanations.items() if code != EXPLAINED}


def _owing(report: Submission) -> QuerySet[Unit]:
    """Units strictly below, on the period's own tree, that owe the report."""
    owing = Owing.of(load(report.version.definition), report.version, parse_period(report.period))
    below = lay_below("pk", report.unit, owing.span, owing.axis)
    return Unit.objects.filter(below, owing.filter()).select_related("kind")


def _refusals(report: Submission, units: Collection[int]) -> dict[int, str]:
    """Why a unit cannot stand in this figure."""
    refusals = dict.fromkeys(in_other_lump(report, units), "đã nằm trong số gộp của đơn vị khác")
    alone = sent_alone(units, report.version.template_id, report.period)
    return refusals | dict.fromkeys(alone, "đã có báo cáo riêng kỳ này")


def _require_free(report: Submission, units: Collection[Unit], at: dt.datetime) -> None:
    wanted = [unit.pk for unit in units]
    owing = set(_owing(report).filter(pk__in=wanted).values_list("pk", flat=True))
    refusals = dict.fromkeys(set(wanted) - owing, "không phải đơn vị cấp dưới phải lập báo cáo này")
    refusals |= _refusals(report, sorted(owing))
    if refusals:
        names = names_of(refusals, local_date(at))
        faults = [
            Fault("covers", Said(f"{names[pk].name}: {why}", f"{names[pk].name}: {english(why)}"))
            for pk, why in refusals.items()
        ]
        raise InvalidInput(
            Said(
                f"Có {len(faults)} đơn vị chưa gộp được; chưa ghi gì.",
                f"{len(faults)} units could not be covered; nothing was entered.",
            ),
            faults,
        )
