"""How the instance stands, in numbers for a monitor: read from the database at the moment somebody asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db import Error as DatabaseError
from django.db import connection
from django.db.models import Min
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from nhipcau.audit.models import Entry
from nhipcau.ops.backup import records
from nhipcau.ops.models import Beat
from nhipcau.ops.moment import now
from nhipcau.outbox.models import Job, JobState, Mail, MailState


class Standing(Collector):
    """Counts and ages of the whole instance; no label names a person or a unit."""

    def describe(self) -> list[GaugeMetricFamily]:
        """Registering asks the database nothing."""
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        try:
            found = list(_measured(now()))
        except DatabaseError:
            found = []
        finally:
            connection.close()  # asked now and then, from a thread of its own
        yield _gauge("database_up", "Whether the database answers", int(bool(found)))
        yield from found


def _measured(at: dt.datetime) -> Iterator[GaugeMetricFamily]:
    due = Job.objects.filter(state=JobState.QUEUED, run_at__lte=at)
    yield _gauge("jobs_waiting", "Jobs that are due and wait", due.count())
    yield _gauge(
        "jobs_oldest_seconds", "How long the oldest due job waits", _age(due.aggregate(m=Min("run_at"))["m"], at)
    )
    yield _gauge("jobs_failed", "Jobs given up", Job.objects.filter(state=JobState.FAILED).count())
    mail = GaugeMetricFamily("nhipcau_mail", "Mail by state", labels=["state"])
    for state in MailState:
        mail.add_metric([state.value], Mail.objects.filter(state=state).count())
    yield mail
    unsealed = Entry.objects.filter(seq=None)
    yield _gauge("log_unsealed", "Log entries not yet chained", unsealed.count())
    yield _gauge(
        "log_unsealed_seconds", "Age of the oldest of them", _age(unsealed.aggregate(m=Min("at"))["m"], at)
    )
    beats = GaugeMetricFamily("nhipcau_last_done_seconds", "Time since regular work was done", labels=["work"])
    for beat in Beat.objects.all():
        beats.add_metric([beat.name], _age(beat.at, at))
    kept = records.every()
    if kept:
        beats.add_metric(["backup"], _age(dt.datetime.fromisoformat(kept[-1].made_at), at))
    yield beats
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
            yield _gauge("database_connections", "Connections to our database", cursor.fetchone()[0])


def _age(since: dt.datetime | None, at: dt.datetime) -> float:
    return max((at - since).total_seconds(), 0.0) if since else 0.0


def _gauge(name: str, help: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"nhipcau_{name}", help, value=value)
