"""The shape of an invented nation, as arrays: who stands under whom, and who moves when. Pure and deterministic.

A confederation; 54 provinces and sectors of unequal size, the largest four times the smallest; their superiors, one
in 39 units; local unions, of which some have member unions of their own. The proportions are those of the figures
the design was made on (see reference/performance.md of the design).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]

PROVINCES, SECTORS = 34, 20
SUPERIORS, NESTED = 0.0257, 0.156  # shares of all units
HOSTS = 0.02  # of the local unions: those large enough for member unions of their own
ELSEWHERE = 0.1  # of the units that move, how many go to another province


@dataclass(frozen=True)
class Shape:
    """Units by position, parents before children. `child`, `parent`, `since`, `until` are the placements, in the
    order of their beginnings: `since` counts boundaries between periods (0: always), `until` is -1 while open."""

    level: Ints  # of every unit: 0 the confederation … 4 a member union
    child: Ints
    parent: Ints
    since: Ints
    until: Ints


def shape(units: int, boundaries: int, churn: float, seed: int = 5) -> Shape:
    """`units` in all; at each boundary the share `churn` of the placements ends and another begins."""
    random = np.random.default_rng(seed)
    level, parent = _standing(units, random)
    children = [np.arange(units)]
    parents = [parent]
    since = [np.zeros(units, np.int64)]
    until = [np.full(units, -1, np.int64)]
    open_row = np.arange(units)  # the placement that holds, by unit
    current = parent.copy()
    total = units
    for boundary in range(1, boundaries + 1):
        movers = random.choice(np.flatnonzero((level == 2) | (level == 3)), round(units * churn), replace=False)
        to = _destinations(movers, current, level, random)
        movers, to = movers[to != current[movers]], to[to != current[movers]]
        ends = np.concatenate(until)
        ends[open_row[movers]] = boundary
        until = [ends, np.full(len(movers), -1, np.int64)]
        children.append(movers)
        parents.append(to)
        since.append(np.full(len(movers), boundary, np.int64))
        open_row[movers] = total + np.arange(len(movers))
        current[movers] = to
        total += len(movers)
    return Shape(level, *(np.concatenate(part) for part in (children, parents, since, until)))


def _standing(units: int, random: np.random.Generator) -> tuple[Ints, Ints]:
    """Levels and parents (-1 for the top) at the beginning."""
    provinces = max(1, min(PROVINCES + SECTORS, units // 40))
    superiors = max(provinces, round(units * SUPERIORS))
    nested = round(units * NESTED)
    locals_ = units - 1 - provinces - superiors - nested
    level = np.repeat(np.arange(5), (1, provinces, superiors, locals_, nested))
    weights = np.cumsum(np.linspace(1.58, 0.42, provinces))
    province = 1 + np.searchsorted(weights / weights[-1], (np.arange(superiors) + 0.5) / superiors)
    superior = 1 + provinces + np.arange(locals_) * superiors // locals_
    hosts = 1 + provinces + superiors + np.flatnonzero(random.random(locals_) < HOSTS)
    member_of = np.sort(random.choice(hosts, nested)) if len(hosts) else np.full(nested, units - nested - 1)
    return level, np.concatenate([[-1], np.zeros(provinces, np.int64), province, superior, member_of])


def _destinations(movers: Ints, current: Ints, level: Ints, random: np.random.Generator) -> Ints:
    """A superior moves to another province, a local union to another superior, mostly of its own province."""
    provinces, superiors = np.flatnonzero(level == 1), np.flatnonzero(level == 2)
    by_province = superiors[np.argsort(current[superiors], kind="stable")]
    starts = np.searchsorted(current[by_province], provinces)
    ends = np.searchsorted(current[by_province], provinces, side="right")
    home = current[current[movers]] - provinces[0]
    low, high = starts[home], ends[home]
    drawn = low + (random.random(len(movers)) * (high - low)).astype(np.int64)
    within = by_province[np.minimum(drawn, len(superiors) - 1)]  # a province may have been left by all of them
    anywhere = random.choice(superiors, len(movers))
    to = np.where(random.random(len(movers)) < ELSEWHERE, anywhere, within)
    found: Ints = np.where(level[movers] == 2, random.choice(provinces, len(movers)), to)
    return found
