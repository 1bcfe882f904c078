"""Timing: the sides of a case run in turn, so that a noisy neighbour slows all of them."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

Side = Callable[[], object]
STEADY_MS = 20.0


@dataclass(frozen=True)
class Options:
    """What the command line says. `sizes` holds the sizes given by name; absent ones take the bench's default."""

    runs: int = 5
    database_url: str = ""
    sizes: Mapping[str, int] = field(default_factory=dict)
    say: Callable[[str], None] = lambda _: None

    def size(self, name: str, default: int) -> int:
        """The size asked for, else the bench's own."""
        return self.sizes.get(name, default)


@dataclass(frozen=True)
class Case:
    """One comparison. `agree` compares the answer of ours with the peer's; the limit answers nothing.

    `ours` is the function that the product itself calls; `peer` what a user would otherwise do, honestly done;
    `limit` the least work any solution must do. `once`: a run uses up what it works on and cannot be repeated.
    """

    name: str
    ours: Side
    peer: str
    peer_side: Side
    limit: str
    limit_side: Side
    agree: Callable[[Any, Any], bool] = lambda ours, peer: bool(ours == peer)
    more: Callable[[float], Mapping[str, float]] = lambda _: {}  # further figures out of ours_ms
    once: bool = False


@dataclass(frozen=True)
class Report:
    """The document `nhipcau bench NAME --json` prints, as in the contract."""

    name: str
    database: str | None
    sizes: Mapping[str, int]
    cases: list[dict[str, Any]]

    def as_json(self) -> dict[str, Any]:
        """The contract's keys."""
        return {"name": self.name, "database": self.database, "sizes": dict(self.sizes), "cases": self.cases}


def measure(case: Case, options: Options) -> dict[str, Any]:
    """Medians and 95th percentiles over the runs, in milliseconds, after one warm-up that also compares answers."""
    same = case.agree(case.ours(), case.peer_side())
    case.limit_side()
    sides: dict[str, Side] = {"ours": case.ours, "peer": case.peer_side, "limit": case.limit_side}
    times: dict[str, list[float]] = {name: [] for name in sides}
    for turn in range(options.runs):
        options.say(f"{case.name}: {turn + 1}/{options.runs}")
        for name, side in sides.items():
            times[name].append(timed(side, once=case.once))
    ours, peer, limit = (median(times[name]) for name in sides)
    found: dict[str, Any] = {
        "case": case.name,
        "ours_ms": round(ours, 3),
        "ours_p95_ms": round(p95(times["ours"]), 3),
        "peer": case.peer,
        "peer_ms": round(peer, 3),
        "peer_p95_ms": round(p95(times["peer"]), 3),
        "limit": case.limit,
        "limit_ms": round(limit, 3),
        "peer_over_ours": round(peer / ours, 2),
        "ours_over_limit": round(ours / limit, 2),
        "same_result": same,
    }
    return found | dict(case.more(ours))


def p95(times: list[float]) -> float:
    """The value that 95 % of the times do not exceed (nearest rank)."""
    return sorted(times)[max(0, -(-len(times) * 95 // 100) - 1)]


def timed(side: Side, *, once: bool = False) -> float:
    """How long it takes, in milliseconds: the mean of as many runs in a row as fill `STEADY_MS`, or of one.

    After the collection the first run finds cold caches and a server asleep, which would be most of what a short
    side is charged with.
    """
    gc.collect()
    runs, spent, began = 0, 0.0, time.perf_counter()
    while runs == 0 or (spent < STEADY_MS and not once):
        side()
        runs, spent = runs + 1, (time.perf_counter() - began) * 1000
    return spent / runs


def middle(side: Side, runs: int = 5) -> float:
    """The median of a few runs, in milliseconds."""
    return round(median(timed(side) for _ in range(runs)), 3)


def peak_mb() -> int:
    """Megabytes that this process has held at most: VmHWM of proc(5). `getrusage` counts what its parent held when
    it forked."""
    status = Path("/proc/self/status").read_text("utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024
