"""The registry of jobs and the worker's loop: claim one row, run it, say how it went.

A row is held (`holding`) while it runs. A worker that dies lets go of it, and the next look gives it back to the
queue: at once, whatever the clocks say, and never while it still runs. One that hangs is ended with its worker.
"""

from __future__ import annotations

import datetime as dt
import logging
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from opentelemetry import trace
from opentelemetry.trace import SpanKind
from structlog.contextvars import bound_contextvars

from nhipcau.outbox.holding import Hold, abandoned
from nhipcau.outbox.models import Job, JobState

logger = logging.getLogger(__name__)
tracer = trace.get_tracer(__name__)

Plain = str | int
Runner = Callable[..., None]
MAX_ATTEMPTS = 5
FIRST_WAIT = dt.timedelta(seconds=30)  # four times as long after each further failure
LONGEST = 3600  # seconds
_runners: dict[str, Runner] = {}
_abandoned: dict[str, Runner] = {}
_here: dict[str, Callable[[], bool]] = {}
_longest: dict[str, int] = {}


def job(name: str, *, here: Callable[[], bool] | None = None, longest: int = LONGEST) -> Callable[[Runner], Runner]:
    """Register a function as the job `name`. It is called with the stored ids and `at=` the moment. `here`: whether
    this machine can do it; if it cannot, the job is left to one that can. After `longest` seconds its worker ends,
    and it counts as one that took it down."""
    if here is not None:
        _here[name] = here
    _longest[name] = longest
    return _into(_runners, name)


def longest_of(name: str) -> dt.timedelta:
    """How long a job of that name may run."""
    return dt.timedelta(seconds=_longest.get(name, LONGEST))


def when_abandoned(name: str) -> Callable[[Runner], Runner]:
    """Register what is to be said or put right once the job `name` was given up. It is called with the stored ids,
    `error=` the last error (None if the worker died of it) and `at=` the moment."""
    return _into(_abandoned, name)


def _into(register: dict[str, Runner], name: str) -> Callable[[Runner], Runner]:
    def put(runner: Runner) -> Runner:
        if register.setdefault(name, runner) is not runner:
            raise ValueError(f"Việc «{name}» đã được đăng ký.")
        return runner

    return put


def enqueue(name: str, *args: Plain, at: dt.datetime, key: str | None = None) -> None:
    """Queue a job in the caller's transaction; with `key`, at most once ever."""
    values = {"name": name, "args": list(args), "run_at": at}
    if key is None:
        Job.objects.create(**values)
    else:
        Job.objects.get_or_create(key=key, defaults=values)


def queue_again(*, at: dt.datetime) -> int:
    """Jobs that were given up get their tries anew, once somebody has seen to the cause; how many."""
    failed = Job.objects.filter(state=JobState.FAILED)
    return failed.update(state=JobState.QUEUED, attempts=0, run_at=at)


def run_due(*, at: dt.datetime, limit: int = 1000) -> int:
    """Run what is due at `at`, oldest first; returns how many jobs ran (well or not)."""
    _take_back(at)
    count = 0
    while count < limit:
        claimed = _claim(at)
        if claimed is None:
            break
        chosen, hold = claimed
        try:
            _run(chosen, at)
        finally:
            hold.release()
        count += 1
    return count


def _claim(at: dt.datetime) -> tuple[Job, Hold] | None:
    """Take one waiting row. SKIP LOCKED lets several workers share PostgreSQL; SQLite has one writer anyway."""
    hold: Hold | None = None
    try:
        with transaction.atomic():
            waiting = Job.objects.filter(state=JobState.QUEUED, run_at__lte=at).order_by("run_at", "pk")
            if others := [name for name, can in _here.items() if not can()]:
                waiting = waiting.exclude(name__in=others)
            if connection.features.has_select_for_update_skip_locked:
                waiting = waiting.select_for_update(skip_locked=True)
            chosen = waiting.first()
            if chosen is None:
                return None
            hold = Hold("job", chosen.pk)
            if not hold.take():  # whoever had it before is about to let go: the next beat takes it
                return None
            chosen.state, chosen.attempts, chosen.run_at = JobState.RUNNING, chosen.attempts + 1, at
            chosen.save()
    except BaseException:
        if hold is not None:
            hold.release()
        raise
    return chosen, hold


def _take_back(at: dt.datetime) -> None:
    """A worker that died leaves its row running; every job is safe to repeat, so it goes back in the queue.

    One that took its worker down every time is given up.
    """
    for pk in Job.objects.filter(state=JobState.RUNNING).order_by("pk").values_list("pk", flat=True):
        with abandoned("job", pk) as free:
            lost = Job.objects.filter(pk=pk, state=JobState.RUNNING).first() if free else None
            if lost is not None:
                _failed(lost, None, at)


def _run(claimed: Job, at: dt.datetime) -> None:
    began = time.perf_counter()
    traced = tracer.start_as_current_span(  # without the texts of errors, as they may name a person
        f"job {claimed.name}", kind=SpanKind.CONSUMER, record_exception=False, set_status_on_exception=False
    )
    with bound_contextvars(job=claimed.pk, job_name=claimed.name), traced as span:
        _attempt(claimed, at)
        span.set_attributes({"nhipcau.job.attempt": claimed.attempts, "nhipcau.job.outcome": str(claimed.state)})
        ms = round((time.perf_counter() - began) * 1000, 1)
        about = {"attempt": claimed.attempts, "outcome": str(claimed.state), "ms": ms}
        logger.info("%(outcome)s sau %(ms)s ms", about, extra=about)


def _attempt(claimed: Job, at: dt.datetime) -> None:
    try:
        with _bounded(int(longest_of(claimed.name).total_seconds())):
            _runners[claimed.name](*claimed.args, at=at)
    except Exception as error:  # the worker must outlive any job; the error is kept and shown, not lost
        logger.exception("Việc %s hỏng lần %s", claimed, claimed.attempts)
        _failed(claimed, error, at)
    else:
        claimed.state, claimed.finished_at, claimed.last_error = JobState.DONE, at, ""
        claimed.save()


@contextmanager
def _bounded(seconds: int) -> Iterator[None]:
    """Afterwards the kernel ends this process, whatever it hangs in; no clock that can be turned is asked."""
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)


def _failed(claimed: Job, error: Exception | None, at: dt.datetime) -> None:
    """Once more later, or never. The first worker that dies may have been told to: that is tried again at once."""
    claimed.last_error = f"{type(error).__name__}: {error}"[:2000] if error else "làm dừng tiến trình việc nền"
    if claimed.attempts >= MAX_ATTEMPTS:
        _give_up(claimed, error, at)
        return
    waits = FIRST_WAIT * 4 ** (claimed.attempts - 1)
    claimed.state, claimed.run_at = JobState.QUEUED, at if error is None and claimed.attempts == 1 else at + waits
    claimed.save()


def _give_up(claimed: Job, error: Exception | None, at: dt.datetime) -> None:
    claimed.state = JobState.FAILED
    claimed.save()
    tell = _abandoned.get(claimed.name)
    if tell is None:
        return
    try:
        tell(*claimed.args, error=error, at=at)
    except Exception:  # the job's own error is kept; the worker goes on
        logger.exception("Không xử lý được việc đã bỏ %s", claimed)
