"""Số gộp: which units stand in another unit's figure, and that no unit's work is ever counted twice.

One rule keeps it so: a report that was sent and a lump that was sent (submitted or accepted) never stand for the
same unit and period. Whoever sends one locks the unit first and looks for the other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from nhipcau.core.clock import local_date
from nhipcau.core.errors import Conflict
from nhipcau.core.periods import Period
from nhipcau.core.said import Said
from nhipcau.org.models import Unit
from nhipcau.org.queries import name_of, names_of
from nhipcau.reports.design.figures import cells_of
from nhipcau.reports.models import EntrySource, Submission, SubmissionState, TemplateVersion

STANDING = (SubmissionState.SUBMITTED, SubmissionState.ACCEPTED)
EXPLAINED = "so-gop"  # the explanation's code: why no figure falls although units left the lump


@dataclass(frozen=True)
class Lumped:
    """A unit that stands in the figure of another (`owner`), since when (None: in a total taken over from a file of
    the years before), and whether that figure is accepted."""

    unit_id: int
    owner_id: int
    sent: dt.datetime | None
    accepted: bool


def lumped_units(version: TemplateVersion, period: Period) -> list[Lumped]:
    """Every unit that is in for the period through a lump; a correction of the lump is not sent later."""
    through = Submission.covers.through.objects
    if not through.exists():  # as in most years: then the reports of the period need not be looked through
        return []
    rows = (
        through.filter(
            Q(submission__submitted_at__isnull=False) | Q(submission__entry_source=EntrySource.HISTORY),
            submission__version__template=version.template_id,
            submission__period=period.key,
            submission__state__in=(*STANDING, SubmissionState.SUPERSEDED),
        )
        .order_by("submission__submitted_at", "submission")
        .values_list("unit", "submission__unit", "submission__submitted_at", "submission__state")
    )
    first: dict[tuple[int, int], dt.datetime | None] = {}
    standing: dict[tuple[int, int], bool] = {}
    for unit, owner, sent, state in rows:
        first.setdefault((unit, owner), sent)
        if state in STANDING:
            accepted = state == SubmissionState.ACCEPTED
            standing[unit, owner] = standing.get((unit, owner), False) or accepted
    return [Lumped(*key, first[key], accepted) for key, accepted in standing.items()]


def lumps_over(unit: Unit) -> dict[tuple[int, str], Submission]:
    """By (template id, period key): the report of another unit that this unit stands in now."""
    standing = unit.covered_by.filter(state__in=STANDING).select_related("version__template", "unit__kind")
    return {(lump.version.template_id, lump.period): lump for lump in standing.order_by("revision")}


def lump_over(unit: Unit, template_id: int, period: str) -> Submission | None:
    """The report of another unit that stands for this one in the period, or None."""
    return lumps_over(unit).get((template_id, period))


def sent_alone(units: Iterable[int], template_id: int, period: str) -> set[int]:
    """Those of the units that sent a report of their own for the period, a returned one included."""
    sent = Submission.objects.filter(unit__in=list(units), version__template=template_id, period=period)
    return set(sent.filter(Q(seal__isnull=False)).values_list("unit", flat=True))


def lock_units(units: Iterable[int]) -> None:
    """Lock units in the order of their ids, inside the caller's transaction and before any report is locked."""
    chosen = Unit.objects.filter(pk__in=set(units)).order_by("pk")
    list(chosen.select_for_update(no_key=True).values_list("pk"))  # rows that only point at a unit need not wait


def covered_ids(report: Submission) -> list[int]:
    """Ids of the units the report covers."""
    return list(report.covers.order_by("pk").values_list("pk", flat=True))


def require_alone(unit: Unit, template_id: int, period: str, at: dt.datetime) -> None:
    """Conflict, naming the lump, if the unit's figures already stand in another unit's report."""
    lump = lump_over(unit, template_id, period)
    if lump is not None:
        raise Conflict(in_lump(lump, at))


def in_lump(lump: Submission, at: dt.datetime) -> str:
    """What a covered unit is told: where its figures are, and what to do to report itself."""
    owner = name_of(lump.unit, local_date(at)).name
    sent = f" gửi ngày {local_date(lump.submitted_at):%d/%m/%Y}" if lump.submitted_at else ""
    return (
        f"Số liệu kỳ này của đơn vị đã nằm trong số gộp của «{owner}» (bản thứ {lump.revision}{sent}). Muốn báo "
        f"cáo riêng, hãy đề nghị «{owner}» lập bản điều chỉnh bỏ đơn vị ra khỏi số gộp; khi bản đó được tiếp nhận "
        "thì đơn vị báo cáo được."
    )


def require_once(report: Submission, at: dt.datetime) -> None:
    """Conflict if sending this report would count some unit's figures twice."""
    template = report.version.template_id
    require_alone(report.unit, template, report.period, at)
    covered = covered_ids(report)
    alone = sent_alone(covered, template, report.period)
    if alone:
        raise Conflict(
            Said(
                f"Đã có báo cáo riêng của {_named(alone, at)}; hãy bỏ ra khỏi số gộp rồi gửi lại.",
                f"There are reports of their own from {_named(alone, at)}; take them out of the lump "
                "figure and send it again.",
            )
        )
    twice = in_other_lump(report, covered)
    if twice:
        raise Conflict(
            Said(
                f"Đã nằm trong số gộp của đơn vị khác: {_named(twice, at)}; hãy bỏ ra khỏi số gộp này.",
                f"In the lump figure of another unit already: {_named(twice, at)}; take them out of this one.",
            )
        )


def left_unchanged(report: Submission, at: dt.datetime) -> str:
    """What is wrong if units left the lump and no figure fell, and nothing is said about it; "" otherwise."""
    before = Submission.objects.filter(
        unit=report.unit_id, version=report.version_id, period=report.period, state=SubmissionState.ACCEPTED
    ).first()
    left = set(covered_ids(before)) - set(covered_ids(report)) if before else set()
    if before is None or not left or report.explanations.get(EXPLAINED, "").strip():
        return ""
    old, new = cells_of(before), cells_of(report)
    if any(new[key].value < cell.value for key, cell in old.items()):
        return ""
    return (
        f"Đã bỏ {_named(left, at)} khỏi số gộp nhưng chưa số liệu nào giảm. Hãy giảm số liệu phần đơn vị đó, hoặc "
        "ghi vì sao không giảm ở trang chọn đơn vị trong số gộp."
    )


def in_other_lump(report: Submission, units: Iterable[int]) -> set[int]:
    """Those of the units that stand in the lump of a unit other than the report's own."""
    others = _other_lumps(report).filter(covers__in=list(units))
    return set(others.values_list("covers", flat=True)) & set(units)


def _other_lumps(report: Submission) -> QuerySet[Submission]:
    same = Submission.objects.filter(version__template=report.version.template_id, period=report.period)
    return same.filter(state__in=STANDING).exclude(unit=report.unit_id)


def _named(units: Iterable[int], at: dt.datetime) -> str:
    names = sorted(names_of(units, local_date(at)).values(), key=lambda name: name.sort_key)
    return "; ".join(f"«{name.name}»" for name in names)
