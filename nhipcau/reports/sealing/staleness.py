"""A sealed report is stale when its unit's own figures, or those below, are no longer what it was added up from.

Two changes at once cannot miss each other: whoever seals or accepts leaves a mark in its own transaction and
compares after it. Of two that overlap, the later comparison sees both.
"""

from __future__ import annotations

import datetime as dt
import logging

from django.db import connection, transaction
from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from nhipcau.audit.actions import record
from nhipcau.core.actors import System
from nhipcau.core.errors import InvalidInput
from nhipcau.core.periods import parse_period
from nhipcau.org.bulk import append
from nhipcau.org.models import Closure, Unit
from nhipcau.org.queries import superiors_during
from nhipcau.reports.design.definition import load
from nhipcau.reports.models import (
    Answer,
    IssuedReport,
    Seal,
    SealKind,
    SigningState,
    StaleFlag,
    Submission,
    SubmissionState,
    Unsettled,
)
from nhipcau.reports.sealing.seals import changed_cells, contributors_of, standing_below
from nhipcau.reports.totals.consolidation import span_of

logger = logging.getLogger(__name__)
WATCH = System("reports")
OPEN = Q(answer="")
DROPPED = 500  # at once
_SEALED_ABOVE = (
    "SELECT 1 FROM org_closure c JOIN reports_seal s ON s.unit_id = c.ancestor_id "
    "WHERE c.descendant_id = %s AND c.depth > 0 AND s.version_id = %s AND s.period = %s LIMIT 1"
)


def settle(*, at: dt.datetime) -> int:
    """Compare every report just sealed or accepted with what is sealed above it; returns how many it compared.

    Called after each such step, before figures are issued, and by the worker; safe to repeat. One that cannot be
    compared (a damaged seal) is set aside with its fault, for `doctor` and `verify`, and stops nobody.
    """
    count = 0
    while dropped := _drop_idle():
        count += dropped
    while _settle_one(at):
        count += 1
    return count


def settle_near(report: Submission, *, at: dt.datetime) -> None:
    """After the transaction that accepted the report: settle, unless nothing is sealed that it could make stale.

    Then its mark waits for whoever settles next, and costs the one who accepts no second transaction. Nothing is
    missed: a seal above that is not seen here commits later, and is compared after that.
    """
    if report.revision > 1 or _sealed_above(report):
        settle(at=at)


def _sealed_above(report: Submission) -> bool:
    """Written out: it is asked after every acceptance, and to put it together takes longer than to answer it."""
    with connection.cursor() as cursor:
        cursor.execute(_SEALED_ABOVE, [report.unit_id, report.version_id, report.period])
        return cursor.fetchone() is not None


def _idle() -> QuerySet[Unsettled]:
    """Marks of first revisions accepted while nobody who ever stood above has sealed anything for the period."""
    above = Closure.objects.filter(descendant=OuterRef(OuterRef("submission__unit")), depth__gt=0)
    sealed = Seal.objects.filter(
        version=OuterRef("submission__version"),
        period=OuterRef("submission__period"),
        unit__in=above.values("ancestor"),
    )
    first = Unsettled.objects.filter(submission__state=SubmissionState.ACCEPTED, submission__revision=1, fault="")
    return first.filter(~Exists(sealed))


@transaction.atomic
def _drop_idle() -> int:
    """Take away marks that have nothing to be compared with, many at once; returns how many."""
    waiting = _idle().order_by("pk")
    if connection.features.has_select_for_update_skip_locked:
        waiting = waiting.select_for_update(skip_locked=True, of=("self",))
    keys = list(waiting.values_list("pk", flat=True)[:DROPPED])
    return Unsettled.objects.filter(pk__in=keys).delete()[0] if keys else 0


@transaction.atomic
def _settle_one(at: dt.datetime) -> bool:
    waiting = Unsettled.objects.filter(fault="").order_by("pk")
    if connection.features.has_select_for_update_skip_locked:
        waiting = waiting.select_for_update(skip_locked=True, of=("self",))
    mark = waiting.select_related("submission__version__template", "submission__unit", "submission__seal").first()
    if mark is None:
        return False
    try:
        with transaction.atomic():
            _compare_all(mark.submission, at)
    except (InvalidInput, ValueError) as error:
        logger.exception("Không đối chiếu được báo cáo %s", mark.submission.uid)
        mark.fault = str(error)[:2000]
        mark.save(update_fields=["fault"])
    else:
        mark.delete()
    return True


def _compare_all(report: Submission, at: dt.datetime) -> None:
    """The report against every seal of its own unit and, once accepted, of those above."""
    above = _above(report) if report.state == SubmissionState.ACCEPTED else []
    for seal in _standing(report, [*above, report.unit]):
        if seal.unit_id == report.unit_id:
            _compare_whole(seal, at)
        else:
            _compare(seal, report, at)


def mark(report: Submission, at: dt.datetime) -> None:
    """Leave the report to be compared; inside the transaction that accepts it."""
    append(Unsettled, submission_id=report.pk, at=at, fault="")


def open_flags(seal: Seal) -> QuerySet[StaleFlag]:
    """What changed below a seal and was not answered yet."""
    flags = seal.flags.filter(OPEN).select_related("cause__submission", "cause__unit", "replaced")
    return flags.order_by("raised_at", "pk")


def answer_flags(
    flags: QuerySet[StaleFlag],
    answer: Answer,
    *,
    reason: str,
    at: dt.datetime,
    by: int | None = None,
    seal: Seal | None = None,
    carried_to: str = "",
) -> int:
    """Close open flags with one answer, inside the caller's transaction; returns how many."""
    return flags.filter(OPEN).update(
        answer=answer,
        reason=reason,
        answered_at=at,
        answered_by=by,
        answered_with=seal,
        carried_to=carried_to,
    )


def answer_earlier(seal: Seal, *, reason: str, by: int, at: dt.datetime) -> None:
    """A new seal answers what made the earlier ones of its chain stale, as far as it holds the causes.

    A seal that an issued report stands on is answered by a restatement only, not by sealing anew.
    """
    contributors = set(contributors_of(seal).tolist())
    earlier = StaleFlag.objects.filter(OPEN, seal__in=_chain(seal.submission), seal__place__lt=seal.place)
    earlier = earlier.exclude(seal__in=_documents_on(seal.submission)).select_related("cause")
    held = [flag.pk for flag in earlier if _holds(contributors, flag.cause) != flag.is_gone]
    answer_flags(StaleFlag.objects.filter(pk__in=held), Answer.RESTATED, reason=reason, at=at, by=by, seal=seal)


def _holds(contributors: set[int], cause: Seal) -> bool:
    """Whether the cause, or what its unit sent in its place since, is among the contributors."""
    if cause.pk in contributors:
        return True
    newer = Seal.objects.filter(unit=cause.unit_id, version=cause.version_id, period=cause.period)
    return not contributors.isdisjoint(newer.filter(place__gt=cause.place).values_list("pk", flat=True))


def _above(report: Submission) -> list[Unit]:
    span = span_of(load(report.version.definition), parse_period(report.period))
    return superiors_during(report.unit, span, report.version.template.axis)


def _chain(report: Submission) -> QuerySet[Seal]:
    return Seal.objects.filter(unit=report.unit, version=report.version, period=report.period)


def _documents_on(report: Submission) -> list[int]:
    """Seals under the latest edition issued, and under a draft that is out for signature."""
    same = {"unit": report.unit, "version": report.version, "period": report.period}
    issued = IssuedReport.objects.filter(**same).order_by("-edition").values_list("seal", flat=True)[:1]
    out = Q(signing_drafts__state__in=(SigningState.OUT, SigningState.NUMBERED))
    return [*issued, *_chain(report).filter(out).values_list("pk", flat=True)]


def _standing(report: Submission, units: list[Unit]) -> list[Seal]:
    """The seals of those units, for the report's template and period, that others rely on: the last one sent up,
    and those under issued documents. Locked in one statement, in the order of their ids, so that locks cannot
    cross; a flag that only points at one of them need not wait."""
    same = Seal.objects.filter(version=report.version, period=report.period, unit__in=units)
    last = same.filter(kind=SealKind.SUBMITTED).values("unit").annotate(last=Max("place"))
    wanted = Q(pk__in=[])
    for unit, place in last.values_list("unit", "last"):
        wanted |= Q(unit=unit, place=place)
    latest = (
        IssuedReport.objects.filter(version=report.version, period=report.period, unit__in=units)
        .filter(restatement=None)
        .values("seal")
    )
    wanted |= Q(pk__in=latest)
    wanted |= Q(signing_drafts__state__in=(SigningState.OUT, SigningState.NUMBERED))
    ids = same.filter(wanted).values("pk")
    locked = Seal.objects.filter(pk__in=ids).select_for_update(of=("self",), no_key=True)
    return list(locked.select_related("unit", "submission", "version__template").order_by("pk"))


def _compare(seal: Seal, report: Submission, at: dt.datetime) -> None:
    """One report below changed: is it what the seal was added up from?"""
    if report.seal is None or report.seal_id in contributors_of(seal):
        return
    contributors = set(contributors_of(seal).tolist())
    of_unit = Seal.objects.filter(unit=report.unit, version=report.version, period=report.period)
    replaced = next((one for one in of_unit.order_by("-place") if one.pk in contributors), None)
    _flag(seal, report.seal, replaced, at)


def _compare_whole(seal: Seal, at: dt.datetime) -> None:
    """The unit's own figures and everything below against what the seal was added up from; a report in both needs
    no look."""
    _compare_own(seal, at)
    then = set(contributors_of(seal).tolist())
    now = set(standing_below(seal.version, parse_period(seal.period), seal.unit).tolist())
    replaced = {one.unit_id: one for one in Seal.objects.filter(pk__in=then - now)} if then - now else {}
    for cause in Seal.objects.filter(pk__in=now - then).select_related("unit").order_by("pk"):
        _flag(seal, cause, replaced.get(cause.unit_id), at)


def _compare_own(seal: Seal, at: dt.datetime) -> None:
    """Was a later revision of the unit's own figures accepted since? It stands in place of those in the seal."""
    accepted = Submission.objects.filter(
        unit=seal.unit, version=seal.version, period=seal.period, state=SubmissionState.ACCEPTED
    )
    newer = accepted.filter(revision__gt=seal.submission.revision, seal__isnull=False)
    for own in newer.select_related("seal__unit"):
        if own.seal is not None:
            _flag(seal, own.seal, seal, at)


def _flag(seal: Seal, cause: Seal, replaced: Seal | None, at: dt.datetime) -> None:
    """Raise a flag for the cells that differ; a later correction of the same unit takes the open flag's place."""
    if seal.flags.filter(cause=cause).exists():
        return
    seal.flags.filter(OPEN, cause__unit=cause.unit).delete()
    cells = changed_cells(seal.version.cells, bytes(replaced.own) if replaced else None, bytes(cause.own))
    if not cells:
        return
    flag = StaleFlag.objects.create(seal=seal, cause=cause, replaced=replaced, cells=cells, raised_at=at)
    record(
        actor=WATCH,
        action="reports.stale",
        obj=f"seal:{seal.uid}",
        at=at,
        data={"flag": str(flag.uid), "cause": str(cause.uid), "cells": sorted(cells)},
    )
