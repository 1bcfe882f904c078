"""The records that totals are made of, read in bulk: whose report is in, since when, and what it says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import Count, Min, Q, QuerySet
from django.db.models.expressions import RawSQL

from nhipcau.core.clock import VN
from nhipcau.core.numbers import Payloads, laid_out
from nhipcau.core.periods import Period
from nhipcau.org.columns import NOWHERE, Ints, Places, UnitIds, listed, streamed
from nhipcau.reports.models import EntrySource, Submission, SubmissionState, TemplateVersion

RECEIVED = (SubmissionState.SUBMITTED, SubmissionState.ACCEPTED)
FEW = 4  # a branch of less than one unit in so many is looked up unit by unit; a larger one is read in one sweep
NEAR = 32  # ids no further apart than this are one run of the index
RUN = 256  # units; what so many reported PostgreSQL puts together and hands over as one
AT_ONCE = 16  # such parts are taken apart at once

_ACCEPTED = "s.version_id = %s AND s.period = %s AND s.state = 'accepted'"
_PAYLOAD = "s.payload"
_SEALED = "COALESCE((SELECT own FROM reports_seal WHERE id = s.seal_id), s.payload)"
_ALL = f"SELECT s.unit_id, {{figures}} FROM reports_submission s WHERE {_ACCEPTED}"  # noqa: S608 - constants
_ONE_BY_ONE = (
    "SELECT s.unit_id, {figures} FROM json_each(%s) u "  # noqa: S608 - constants
    f"CROSS JOIN reports_submission s ON s.unit_id = u.value WHERE {_ACCEPTED}"
)
# Row by row, what is found would cost the driver more than finding it. OFFSET 0: figures are looked up once.
_BY_RUNS = (
    "SELECT lump.* FROM unnest(%s::bigint[], %s::bigint[]) AS run(first, last) CROSS JOIN LATERAL ("  # noqa: S608
    "SELECT string_agg(int8send(one.unit_id), ''::bytea), string_agg(one.figures, ''::bytea), "
    "string_agg(int4send(octet_length(one.figures)), ''::bytea) FROM (SELECT s.unit_id, {figures} AS figures "
    f"FROM reports_submission s WHERE {_ACCEPTED} AND s.unit_id BETWEEN run.first AND run.last OFFSET 0) AS one"
    ") AS lump"
)
Chunk = tuple[Ints, Payloads]


def payloads(
    version: TemplateVersion, period: Period, units: Ints | None = None, *, sealed: bool = False
) -> Iterator[Chunk]:
    """The accepted reports, of some units or of all, in chunks: unit ids and packed figures, one report to a row.

    `sealed` reads the figures from the reports' seals, which nobody changes unseen, where they have one. Raises
    `InvalidInput` if a payload is not of the version's length.
    """
    figures, asked, cells = _SEALED if sealed else _PAYLOAD, (version.pk, period.key), len(version.cells)
    if units is None:
        yield from _one_to_a_row(streamed(_ALL.format(figures=figures), asked), cells)
    elif connection.vendor == "postgresql":
        runs = streamed(_BY_RUNS.format(figures=figures), (*_runs(units), *asked), AT_ONCE)
        asked_for = Places(units)
        for ids, packed in _together(runs, cells):
            wanted = asked_for(ids) != NOWHERE
            if wanted.all():
                yield ids, packed
            elif wanted.any():
                yield ids[wanted], packed[wanted]
    else:
        named = streamed(_ONE_BY_ONE.format(figures=figures), (listed(units.tolist()), *asked))
        yield from _one_to_a_row(named, cells)


def _one_to_a_row(chunks: Iterable[list[tuple[Any, ...]]], cells: int) -> Iterator[Chunk]:
    for rows in chunks:
        yield np.array([row[0] for row in rows], np.int64), laid_out([row[1] for row in rows], cells)


def _together(chunks: Iterable[list[tuple[Any, ...]]], cells: int) -> Iterator[Chunk]:
    for rows in chunks:
        ids, packed, lengths = (b"".join(filter(None, column)) for column in zip(*rows, strict=True))
        if ids:
            laid = laid_out([packed], cells, np.frombuffer(lengths, ">i4").tolist())
            yield np.frombuffer(ids, ">i8").astype(np.int64), laid


def _runs(units: Ints) -> tuple[str, str]:
    """The first and the last ids of the runs that the units stand in, a few strangers among them.

    Units are entered branch by branch, so that most ids of a branch are neighbours: PostgreSQL walks once along the
    index for a run, where it would go down from the top for every single id.
    """
    ids = np.sort(units)
    begins = np.union1d(np.flatnonzero(np.diff(ids) > NEAR) + 1, np.arange(0, len(ids), RUN))
    ends = np.append(begins[1:], len(ids)) - 1 if len(ids) else begins
    return listed(ids[begins].tolist()), listed(ids[ends].tolist())


@dataclass(frozen=True)
class Presence:
    """Ids of the units whose report stands: all of them, those accepted, those in after the due date, and those
    whose accepted report the level above entered and the unit has not confirmed. An id may stand twice."""

    received: Ints
    accepted: Ints
    late: Ints
    entered: Ints


def presence(version: TemplateVersion, period: Period, due: dt.date, units: Ints | None = None) -> Presence:
    """Who is in for the period, of some units or of all. A correction is not late: the first time sent counts."""
    reports = _of(version, period, units)
    sent = reports.filter(state__in=(*RECEIVED, SubmissionState.SUPERSEDED), submitted_at__isnull=False)
    late_from = dt.datetime.combine(due + dt.timedelta(days=1), dt.time(), VN)
    groups = (
        sent.order_by()
        .values("state")  # in the order of the index: nothing is sorted
        .annotate(
            early=UnitIds("unit", filter=Q(submitted_at__lt=late_from)),
            tardy=UnitIds("unit", filter=Q(submitted_at__gte=late_from)),
        )
    )
    found = {state: pair for state, *pair in groups.values_list("state", "early", "tardy")}
    by_state = {state: [UnitIds.read(ids) for ids in pair] for state, pair in found.items()}
    standing = {state: pair for state, pair in by_state.items() if state in RECEIVED}
    received = _joined(ids for pair in standing.values() for ids in pair)
    in_time = _joined(early for early, _ in by_state.values())
    late = _joined(tardy for _, tardy in standing.values())
    if len(late) and len(in_time):
        late = late[~np.isin(late, in_time)]
    accepted = _joined(standing.get(SubmissionState.ACCEPTED.value, ()))
    entered, taken_over = _entered(version, period, units)
    if len(taken_over):  # figures of the years before are in, and nobody was late with them
        received, accepted = _joined((received, taken_over)), _joined((accepted, taken_over))
    return Presence(received, accepted, late, entered)


def _of(version: TemplateVersion, period: Period, units: Ints | None) -> QuerySet[Submission]:
    """The template's reports for the period, in whichever of its versions."""
    reports = Submission.objects.filter(version__in=_versions(version), period=period.key)
    return reports if units is None else reports.filter(unit__in=_among(units))


def _versions(version: TemplateVersion) -> list[int]:
    """Ids of all versions of the template."""
    with connection.cursor() as cursor:  # every figure asks for them: Django would take longer than the database
        cursor.execute("SELECT id FROM reports_templateversion WHERE template_id = %s", [version.template_id])
        return [pk for (pk,) in cursor.fetchall()]


def _among(units: Ints) -> RawSQL:
    """Many ids as one parameter; the ORM would check and bind every single one."""
    if connection.vendor == "postgresql":
        return RawSQL("SELECT unnest(%s::bigint[])", (listed(units.tolist()),))
    return RawSQL("SELECT value FROM json_each(%s)", (listed(units.tolist()),))


def _joined(parts: Any) -> Ints:
    found = [part for part in parts if len(part)]
    return np.concatenate(found) if found else np.zeros(0, np.int64)


def entered_for_others(version: TemplateVersion, period: Period) -> set[int]:
    """Units whose accepted report the level above entered, and that have not confirmed it."""
    return set(_entered(version, period, None)[0].tolist())


def taken_over(version: TemplateVersion, period: Period) -> set[int]:
    """Units whose figures for the period come from a file of the years before (see `filling.history`)."""
    return set(_entered(version, period, None)[1].tolist())


def _entered(version: TemplateVersion, period: Period, units: Ints | None) -> tuple[Ints, Ints]:
    """Of the units that did not enter their report themselves: those somebody entered it for, and those whose
    figures were taken over from a file."""
    entered = _of(version, period, units).filter(
        state=SubmissionState.ACCEPTED, entered_by_unit__isnull=False, confirmed_at__isnull=True
    )
    rows = list(entered.values_list("unit", "entry_source"))
    parts = [
        [unit for unit, source in rows if (source == EntrySource.HISTORY) == history] for history in (False, True)
    ]
    return np.array(parts[0], np.int64), np.array(parts[1], np.int64)


def of_other_versions(version: TemplateVersion, period: Period) -> Ints:
    """Units with an accepted report for the period in another version of the template."""
    others = [pk for pk in _versions(version) if pk != version.pk]
    if not others:
        return np.zeros(0, np.int64)
    reports = Submission.objects.filter(version__in=others, period=period.key, state=SubmissionState.ACCEPTED)
    return np.array(list(reports.values_list("unit", flat=True)), np.int64)


def received(
    version: TemplateVersion, period: Period, units: Ints | None = None
) -> list[tuple[int, dt.datetime, bool]]:
    """(unit, when it first reported, accepted) of every unit, or of those, whose report is in; a correction is not
    late."""
    rows = (
        _of(version, period, units)
        .filter(state__in=(*RECEIVED, SubmissionState.SUPERSEDED), submitted_at__isnull=False)
        .values("unit")
        .annotate(
            first=Min("submitted_at"),
            standing=Count("pk", filter=Q(state__in=RECEIVED)),
            accepted=Count("pk", filter=Q(state=SubmissionState.ACCEPTED)),
        )
        .filter(standing__gt=0)
    )
    return [(row["unit"], row["first"], row["accepted"] > 0) for row in rows]
