"""The records that totals are made of, read in bulk: whose report is in, since when, and what it says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import Aggregate, Count, Min, Q, QuerySet, TextField
from django.db.models.expressions import RawSQL

from nhipcau.core.clock import VN
from nhipcau.core.periods import Period
from nhipcau.org.columns import Ints, listed, streamed
from nhipcau.reports.models import Submission, SubmissionState, TemplateVersion

RECEIVED = (SubmissionState.SUBMITTED, SubmissionState.ACCEPTED)
FEW = 4  # a branch of less than one unit in so many is looked up unit by unit; a larger one is read in one sweep

_FROM = {
    True: "FROM reports_submission s WHERE",
    False: "FROM json_each(%s) u CROSS JOIN reports_submission s ON s.unit_id = u.value WHERE",
}
_FROM_ON_POSTGRESQL = _FROM | {False: "FROM reports_submission s WHERE s.unit_id = ANY(%s::bigint[]) AND"}
_ROWS = "SELECT s.unit_id, {figures} {source} s.version_id = %s AND s.period = %s AND s.state = 'accepted'"
_SEALED = "COALESCE((SELECT own FROM reports_seal WHERE id = s.seal_id), s.payload)"


def payloads(
    version: TemplateVersion, period: Period, units: Ints | None = None, *, sealed: bool = False
) -> Iterator[tuple[Ints, list[bytes]]]:
    """The accepted reports, of some units or of all, in chunks: unit ids and packed figures.

    `sealed` reads the figures from the reports' seals, which nobody changes unseen, where they have one.
    """
    on_postgresql = connection.vendor == "postgresql"
    source = (_FROM_ON_POSTGRESQL if on_postgresql else _FROM)[units is None]
    named = [] if units is None else [listed(units.tolist())]
    statement = _ROWS.format(source=source, figures=_SEALED if sealed else "s.payload")
    for rows in streamed(statement, (*named, version.pk, period.key)):
        yield np.array([row[0] for row in rows], np.int64), [row[1] for row in rows]


class UnitIds(Aggregate):
    """The ids of a group in one value: a row for each costs the driver more than finding them the database."""

    output_field = TextField()
    allow_distinct = False

    template = "group_concat(%(expressions)s)"  # as text, on SQLite

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, Any]:
        """As their bytes."""
        found = self.copy()
        found.template = "string_agg(int8send(%(expressions)s), ''::bytea)"
        return found.as_sql(compiler, connection, **extra)

    @staticmethod
    def read(found: Any) -> Ints:
        """The ids; none of a group without any."""
        if found is None:
            return np.zeros(0, np.int64)
        if isinstance(found, str):
            return np.fromstring(found, np.int64, sep=",")
        return np.frombuffer(bytes(found), ">i8").astype(np.int64)


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
    return Presence(received, accepted, late, _entered(version, period, units))


def _of(version: TemplateVersion, period: Period, units: Ints | None) -> QuerySet[Submission]:
    """The template's reports for the period, in whichever of its versions."""
    reports = Submission.objects.filter(version__in=list(_versions(version)), period=period.key)
    return reports if units is None else reports.filter(unit__in=_among(units))


def _versions(version: TemplateVersion) -> QuerySet[TemplateVersion, int]:
    """Ids of all versions of the template."""
    return TemplateVersion.objects.filter(template=version.template_id).values_list("pk", flat=True)


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
    return set(_entered(version, period, None).tolist())


def _entered(version: TemplateVersion, period: Period, units: Ints | None) -> Ints:
    entered = _of(version, period, units).filter(
        state=SubmissionState.ACCEPTED, entered_by_unit__isnull=False, confirmed_at__isnull=True
    )
    return np.array(list(entered.values_list("unit", flat=True)), np.int64)


def of_other_versions(version: TemplateVersion, period: Period) -> Ints:
    """Units with an accepted report for the period in another version of the template."""
    others = [pk for pk in _versions(version) if pk != version.pk]
    if not others:
        return np.zeros(0, np.int64)
    reports = Submission.objects.filter(version__in=others, period=period.key, state=SubmissionState.ACCEPTED)
    return np.array(list(reports.values_list("unit", flat=True)), np.int64)


def received(version: TemplateVersion, period: Period) -> list[tuple[int, dt.datetime, bool]]:
    """(unit, when it first reported, accepted) of every unit whose report is in; a correction is not late."""
    rows = (
        _of(version, period, None)
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
