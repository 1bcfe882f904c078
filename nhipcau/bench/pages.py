"""Pages: how long the server takes and how many statements a page asks, for a nation and for a small federation.

Every list and the busiest pages are opened through the product's own middleware by somebody who signed in, at four
levels. Both instances stand in processes of their own and take turns, page by page. The peer of a page is the same
page of the small federation; the limit is a page of the same account that lists nothing. What is promised of a page
is judged by the work of processors for it (`cpu`): a machine with other work on it gives the same answer.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from statistics import median
from typing import Any

from nhipcau.bench.measure import Options, Report, p95
from nhipcau.bench.page_list import BARE, PAGES, Page
from nhipcau.bench.site import Visit, visit
from nhipcau.bench.site import close as close_site
from nhipcau.bench.site import open_ as open_site

UNITS, SMALL, INDICATORS, PERIODS = 12_800, 1000, 60, 8
MOST_MS, MOST_TIMES = 150, 3  # of work at the 95th percentile, and as often as for the small federation's page
PEER = "the same page of a federation of {} units"
LIMIT = "a page of the same account that lists nothing"


@dataclass(frozen=True)
class _Site:
    """An instance in a process of its own."""

    pool: ProcessPoolExecutor

    def ask(self, work: Callable[[], Any]) -> Future[Any]:
        return self.pool.submit(work)

    def visit(self, page: Page, level: str) -> Visit:
        found: Visit = self.ask(partial(visit, page, level)).result()
        return found


def run(options: Options) -> Report:
    """`units` over `periods`, beside a thousand units (half, of few); a case for every page and level."""
    units, periods = options.size("units", UNITS), options.size("periods", PERIODS)
    indicators, small = options.size("indicators", INDICATORS), min(units // 2, SMALL)
    with ExitStack() as stack:
        large, little = sites = _site(stack), _site(stack)
        options.say(f"{units} và {small} đơn vị …")
        opened = [
            site.ask(partial(open_site, options.database_url, size, indicators, periods))
            for site, size in zip(sites, (units, small), strict=True)
        ]
        (database, reports), _ = (one.result() for one in opened)
        peer = PEER.format(small)
        cases = [_case(page, level, large, little, options) | {"peer": peer} for page, level in _visits()]
    sizes = {"units": units, "small": small, "indicators": indicators, "periods": periods, "reports": reports}
    return Report("pages", database, sizes, cases)


def _site(stack: ExitStack) -> _Site:
    """Closed, with all that it holds, when the stack is."""
    context = multiprocessing.get_context("spawn")
    pool = stack.enter_context(ProcessPoolExecutor(1, context))
    site = _Site(pool)
    stack.callback(lambda: site.ask(close_site).result())
    return site


def _visits() -> Iterator[tuple[Page, str]]:
    for page in PAGES:
        for level in page.levels:
            yield page, level


def _case(page: Page, level: str, large: _Site, small: _Site, options: Options) -> dict[str, Any]:
    name = f"{page.name}@{level}" + (f"?{page.query}" if page.query else "")
    options.say(name)
    sides = {"ours": (large, page), "peer": (small, page), "limit": (large, BARE)}
    seen: dict[str, list[Visit]] = {side: [] for side in sides}
    for _ in range(options.runs + 1):  # the first finds nothing remembered
        for side, (site, opened) in sides.items():
            seen[side].append(site.visit(opened, level))
    times = {side: [one.ms for one in visits[1:]] for side, visits in seen.items()}
    ours, peer, limit = (median(times[side]) for side in sides)
    # What is remembered for a minute, as the number beside the bell, is asked for by one visit and not by the next.
    work = {side: [one.cpu_ms for one in visits[1:]] for side, visits in seen.items()}
    ours_cpu, peer_cpu = median(work["ours"]), median(work["peer"])
    queries, queries_small = (min(one.queries for one in seen[side]) for side in ("ours", "peer"))
    return {
        "case": name,
        "ours_ms": round(ours, 1),
        "ours_p95_ms": round(p95(times["ours"]), 1),
        "ours_cpu_ms": round(ours_cpu, 1),
        "ours_cpu_p95_ms": round(p95(work["ours"]), 1),
        "first_ms": round(seen["ours"][0].ms, 1),
        "peer": PEER,
        "peer_ms": round(peer, 1),
        "peer_cpu_ms": round(peer_cpu, 1),
        "limit": LIMIT,
        "limit_ms": round(limit, 1),
        "peer_over_ours": round(peer / ours, 2),
        "ours_over_limit": round(ours / limit, 2),
        "large_over_small": round(ours / peer, 2),
        "cpu_large_over_small": round(ours_cpu / peer_cpu, 2),
        "queries": queries,
        "queries_small": queries_small,
        "kilobytes": round(seen["ours"][0].size / 1000, 1),
        "as_promised": p95(work["ours"]) <= MOST_MS and ours_cpu <= MOST_TIMES * peer_cpu,
        "same_result": queries == queries_small,
    }
