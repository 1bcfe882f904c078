"""Accepting reports, eight at once: against an ORM insert of the same row with its log row, and against adding to
the totals of all superiors in the accepting transaction.

On PostgreSQL every commit waits 2 ms, as a disk would. Throughput is the whole round's; the sides take turns.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Sequence
from statistics import median
from typing import TYPE_CHECKING, Any

import numpy as np

from nhipcau.bench.instance import temporary_instance
from nhipcau.bench.measure import Options, Report
from nhipcau.bench.nation import AT, INDICATORS, Nation, analyse, build

if TYPE_CHECKING:
    from nhipcau.org.models import Post
    from nhipcau.reports.models import Submission

UNITS, WRITERS, EACH = 12_800, 8, 40
COMMIT_DELAY = 2000  # microseconds
Pairs = Sequence[tuple["Submission", "Post"]]
Work = Callable[[Pairs], None]
OURS, PEER, LIMIT = "accept", "naive", "insert"


def run(options: Options) -> Report:
    """`runs` rounds of eight writers, forty reports each."""
    units = options.size("units", UNITS)
    indicators = options.size("indicators", INDICATORS)
    with temporary_instance(options.database_url) as database:
        nation = build(units=units, indicators=indicators, periods=1, say=options.say)
        rounds = options.runs + 1
        reports = _waiting(nation, 2 * rounds * WRITERS * EACH)
        analyse()
        _slow_commits()
        case = _race(nation, reports, rounds, options)
    sizes = {"units": units, "indicators": indicators, "periods": 1, "writers": WRITERS, "each": EACH}
    return Report("submit", database, sizes, [case])


def _waiting(nation: Nation, count: int) -> list[int]:
    """Ids of reports of local unions made to wait, in no order; every superior gets a post that accepts."""
    from nhipcau.org.models import Placement, Post, Role
    from nhipcau.reports.models import Submission, SubmissionState

    local = nation.keys[np.flatnonzero(nation.shape.level == 3)]
    told = Submission.objects.filter(state=SubmissionState.ACCEPTED).values_list("unit", flat=True)
    reported = np.intersect1d(local, np.array(list(told), np.int64))
    chosen = np.random.default_rng(3).permutation(reported)[:count].tolist()
    Submission.objects.filter(unit__in=chosen).update(state=SubmissionState.SUBMITTED, decided_at=None)
    above = set(Placement.objects.filter(child__in=chosen).values_list("parent", flat=True))
    day = nation.periods[0].first_day()
    Post.objects.bulk_create(
        [Post(unit_id=unit, title="Chủ tịch", roles=[Role.APPROVER.value], valid_from=day) for unit in above]
    )
    found = dict(Submission.objects.filter(unit__in=chosen).values_list("unit", "pk"))
    if len(found) < count:
        raise ValueError(f"--units quá nhỏ: cần {count} công đoàn cơ sở có báo cáo, có {len(found)}.")
    return [found[unit] for unit in chosen]


def _slow_commits() -> None:
    from django.db import connection

    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        name = connection.ops.quote_name(str(connection.settings_dict["NAME"]))
        cursor.execute(f"ALTER DATABASE {name} SET commit_delay = {COMMIT_DELAY}")
        cursor.execute(f"ALTER DATABASE {name} SET commit_siblings = 0")


def _race(nation: Nation, reports: list[int], rounds: int, options: Options) -> dict[str, Any]:
    from nhipcau.reports.totals.stored import bring_up_to_date

    period = nation.periods[0]
    bring_up_to_date(nation.version, period, at=AT)
    half = len(reports) // 2
    shares = {OURS: reports[:half], PEER: reports[half:], LIMIT: reports[:half]}
    works: dict[str, Work] = {OURS: accept_all, PEER: accept_adding, LIMIT: insert_all}
    times: dict[str, list[float]] = {name: [] for name in works}
    settled: list[float] = []
    same = True
    for turn in range(rounds):
        part = slice(turn * WRITERS * EACH, (turn + 1) * WRITERS * EACH)
        for name, work in works.items():
            options.say(f"{name}: {turn}/{rounds - 1}")
            times[name].append(_at_once(work, shares[name][part]) / (WRITERS * EACH))
            if name == OURS:
                began = time.perf_counter()
                bring_up_to_date(nation.version, period, at=AT)
                settled.append((time.perf_counter() - began) * 1000)
                same = same and _is_right(nation)
    ours, peer, limit = (median(times[name][1:]) for name in (OURS, PEER, LIMIT))
    return {
        "case": "accept",
        "ours_ms": round(ours, 3),
        "ours_per_second": round(1000 / ours),
        "peer": "the same, adding to the stored total of every superior in the accepting transaction",
        "peer_ms": round(peer, 3),
        "limit": "ORM insert of the same row with its log row",
        "limit_ms": round(limit, 3),
        "limit_per_second": round(1000 / limit),
        "peer_over_ours": round(peer / ours, 2),
        "ours_over_limit": round(ours / limit, 2),
        "share_of_limit": round(limit / ours, 2),
        "settled_ms": round(median(settled[1:]), 1),
        "deadlocks": _deadlocks(),
        "same_result": same,
    }


def _at_once(work: Work, reports: Sequence[int]) -> float:
    """Milliseconds from the start to the last writer's end; a writer that fails fails the bench."""
    from django.db import connections

    connections.close_all()
    context = multiprocessing.get_context("fork")
    ready = context.Barrier(WRITERS + 1)
    writers = [
        context.Process(target=_write, args=(work, list(reports[place::WRITERS]), ready))
        for place in range(WRITERS)
    ]
    for writer in writers:
        writer.start()
    ready.wait()
    began = time.perf_counter()
    for writer in writers:
        writer.join()
    if any(writer.exitcode for writer in writers):
        raise RuntimeError("Một tiến trình ghi đã dừng giữa chừng.")
    return (time.perf_counter() - began) * 1000


def _write(work: Work, reports: list[int], ready: Any) -> None:
    from django.db import connection

    pairs = _with_actors(reports)
    ready.wait()
    work(pairs)
    connection.close()


def _with_actors(keys: Sequence[int]) -> list[tuple[Submission, Post]]:
    """Each report with the approver above it, read before the clock matters: a page has both at hand."""
    from nhipcau.org.models import Post
    from nhipcau.reports.models import Submission

    posts = {post.unit_id: post for post in Post.objects.select_related("unit")}
    reports = Submission.objects.filter(pk__in=keys).select_related("version__template", "unit__kind")
    pairs = {}
    for report in reports.prefetch_related("unit__placements"):
        place = next(one for one in report.unit.placements.all() if one.valid_to is None)
        pairs[report.pk] = (report, posts[place.parent_id or 0])
    return [pairs[key] for key in keys]


def accept_all(pairs: Pairs) -> None:
    """The product's own action."""
    from nhipcau.reports.filling.workflow import accept

    for report, actor in pairs:
        accept(submission=report, actor=actor, at=AT)


def accept_adding(pairs: Pairs) -> None:
    """The same action with every superior's total read, added to and written in its transaction, lowest first."""
    from django.db import transaction

    from nhipcau.core.numbers import pack_arrays, sum_vectors, unpack_arrays
    from nhipcau.org.models import Closure
    from nhipcau.reports.filling.workflow import accept
    from nhipcau.reports.models import NodeTotal

    for report, actor in pairs:
        count = len(report.version.cells)
        mine = unpack_arrays(bytes(report.payload), count)
        with transaction.atomic():
            accept(submission=report, actor=actor, at=AT)
            above = Closure.objects.filter(descendant=report.unit_id, depth__gt=0, valid_to=None).order_by("depth")
            for node in above.values_list("ancestor", flat=True):
                row = NodeTotal.objects.select_for_update().get(totals__period=report.period, unit=node)
                row.figures = pack_arrays(*sum_vectors([unpack_arrays(bytes(row.figures), count), mine]))
                row.save(update_fields=["figures"])


def insert_all(pairs: Pairs) -> None:
    """A row like the report's and an entry of the log, in one transaction."""
    from django.db import transaction

    from nhipcau.audit.actions import Plain, record
    from nhipcau.core.ids import new_uid
    from nhipcau.reports.models import SubmissionState

    for report, actor in pairs:
        report.pk, report.uid, report.revision = None, new_uid(), report.revision + 100
        report.state = SubmissionState.DRAFT
        data: dict[str, Plain] = {
            "unit": str(report.unit.uid),
            "period": report.period,
            "revision": report.revision,
        }
        with transaction.atomic():
            report.save(force_insert=True)
            record(actor=actor, action="reports.accepted", obj=f"submission:{report.uid}", at=AT, data=data)


def _is_right(nation: Nation) -> bool:
    """Whether every stored total equals a recomputation, and nothing waits."""
    from nhipcau.reports.models import DirtyMark
    from nhipcau.reports.totals.totalsproof import TotalsProof

    return not DirtyMark.objects.exists() and not list(TotalsProof().findings(lambda _: None))


def _deadlocks() -> int:
    """How many the server counted in this database."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        return int(cursor.fetchone()[0])
