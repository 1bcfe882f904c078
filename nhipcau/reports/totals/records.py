"""The records that totals are made of, read in bulk: whose report is in, since when, and what it says."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import (
    Aggregate,
    BooleanField,
    Case,
    Count,
    Min,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.expressions import RawSQL

from nhipcau.core.clock import VN
from nhipcau.core.periods import Period
from nhipcau.org.columns import Ints, streamed
from nhipcau.reports.models import Submission, SubmissionState, TemplateVersion

RECEIVED = (SubmissionState.SUBMITTED, SubmissionState.ACCEPTED)
FEW = 4  # a branch of less than one unit in so many is looked up unit by unit; a larger one is read in one sweep

_FROM = {
    True: "FROM reports_submission s WHERE",
    False: "FROM json_each(%s) u CROSS JOIN reports_submission s ON s.unit_id = u.value WHERE",
}
_FROM_ON_POSTGRESQL = _FROM | {
    False: "FROM unnest(%s::bigint[]) u(value) JOIN reports_submission s ON s.unit_id = u.value WHERE"
}
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
    named: list[Any] = []
    if units is not None:
        named = [units.tolist() if on_postgresql else json.dumps(units.tolist())]
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
        template = "string_agg(int8send(%(expressions)s), ''::bytea)"
        return super().as_sql(compiler, connection, template=template, **extra)

    @staticmethod
    def read(found: Any) -> Ints:
        """The ids."""
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
    groups = (
        sent.order_by().annotate(in_time=_in_time(due)).values("state", "in_time").annotate(ids=UnitIds("unit"))
    )
    by_state: dict[tuple[str, bool], Ints] = {
        (state, in_time): UnitIds.read(ids) for state, in_time, ids in groups.values_list("state", "in_time", "ids")
    }
    standing = {key: ids for key, ids in by_state.items() if key[0] in RECEIVED}
    received = _joined(standing.values())
    in_time = _joined(ids for key, ids in by_state.items() if key[1])
    late = _joined(ids for key, ids in standing.items() if not key[1])
    if len(late) and len(in_time):
        late = late[~np.isin(late, in_time)]
    accepted = _joined(ids for key, ids in standing.items() if key[0] == SubmissionState.ACCEPTED)
    return Presence(received, accepted, late, _entered(version, period, units))


def _of(version: TemplateVersion, period: Period, units: Ints | None) -> QuerySet[Submission]:
    """The template's reports for the period, in whichever of its versions."""
    versions = list(TemplateVersion.objects.filter(template=version.template_id).values_list("pk", flat=True))
    reports = Submission.objects.filter(version__in=versions, period=period.key)
    return reports if units is None else reports.filter(unit__in=_listed(units))


def _listed(units: Ints) -> RawSQL:
    """Many ids as one parameter; the ORM would check and bind every single one."""
    if connection.vendor == "postgresql":
        return RawSQL("SELECT unnest(%s::bigint[])", (units.tolist(),))
    return RawSQL("SELECT value FROM json_each(%s)", (json.dumps(units.tolist()),))


def _in_time(due: dt.date) -> Case:
    late_from = dt.datetime.combine(due + dt.timedelta(days=1), dt.time(), VN)
    when = When(submitted_at__lt=late_from, then=Value(value=True))
    return Case(when, default=Value(value=False), output_field=BooleanField())


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
    others = _of(version, period, None).filter(state=SubmissionState.ACCEPTED).exclude(version=version)
    return np.array(list(others.values_list("unit", flat=True)), np.int64)


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
