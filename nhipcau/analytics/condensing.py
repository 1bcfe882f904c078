"""Facts made brief: what lies deeper than DEPTH is folded to one row for each kind under the unit at that depth.

Every roll-up folds in steps, so a question that stays above DEPTH has the same answer from a few thousand rows as
from one for each unit. Figures that a unit keeps for itself are not needed from below, and are left out there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from nhipcau.analytics.rows import ALONE, NOWHERE, Flags, Rows
from nhipcau.core.numbers import CellState, Values
from nhipcau.org.columns import Ints
from nhipcau.reports.design.rollup import GREATEST, LEAST, OWN, SUM, Rollup

DEPTH = 2  # confederation, provinces, their superiors
_WORST = {LEAST: np.iinfo(np.int64).max, GREATEST: np.iinfo(np.int64).min}
Starts = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Facts:
    """What is written: `Rows` with counts of units, and of every cell whether it has a value, does not apply to
    some report, or is missing from some. `lumped`: units in a lump, all with the same `shared`."""

    unit: Ints
    kind: Ints
    levels: Ints
    own: Ints
    expected: Ints
    accepted: Ints
    lumped: Ints
    shared: Ints
    values: Values
    present: Flags
    inapplicable: Flags
    missing: Flags


def facts_of(rows: Rows) -> Facts:
    """A row for each row."""
    present = rows.told & (rows.states == CellState.VALUE)
    return Facts(
        rows.unit,
        rows.kind,
        rows.levels,
        rows.own.astype(np.int64),
        rows.expected.astype(np.int64),
        rows.accepted.astype(np.int64),
        (rows.shared != ALONE).astype(np.int64),
        rows.shared,
        np.where(present, rows.values, 0),
        present,
        rows.told & (rows.states == CellState.NOT_APPLICABLE),
        rows.told & (rows.states == CellState.MISSING),
    )


def condense(facts: Facts, rollup: Rollup) -> Facts:
    """The same facts with everything below DEPTH folded."""
    deep = (facts.levels[:, DEPTH + 1 :] != NOWHERE).any(axis=1)
    kept, below = _at(facts, np.flatnonzero(~deep)), _at(facts, np.flatnonzero(deep))
    if not len(below.unit):
        return kept
    shared = np.minimum(below.shared, DEPTH)
    order = np.lexsort((shared, below.lumped, below.kind, below.levels[:, DEPTH]))
    below = _at(replace(below, shared=shared), order)
    keys = np.stack([below.levels[:, DEPTH], below.kind, below.lumped > 0, below.shared], axis=1)
    starts = np.flatnonzero(np.append(True, (keys[1:] != keys[:-1]).any(axis=1)))
    folded = _folded(below, starts, rollup)
    return Facts(
        *(np.concatenate([getattr(kept, name), getattr(folded, name)]) for name in Facts.__dataclass_fields__)
    )


def _at(facts: Facts, rows: npt.NDArray[np.intp]) -> Facts:
    return Facts(*(getattr(facts, name)[rows] for name in Facts.__dataclass_fields__))


def _folded(facts: Facts, starts: Starts, rollup: Rollup) -> Facts:
    levels = facts.levels[starts].copy()
    levels[:, DEPTH + 1 :] = NOWHERE
    nobody = np.full(len(starts), NOWHERE, np.int64)
    expected, accepted, lumped = (
        np.add.reduceat(column, starts) for column in (facts.expected, facts.accepted, facts.lumped)
    )
    present, inapplicable, missing = (
        np.logical_or.reduceat(flags, starts, axis=0)
        for flags in (facts.present, facts.inapplicable, facts.missing)
    )
    values = np.zeros((len(starts), facts.values.shape[1]), np.int64)
    for operator, fold in ((SUM, np.add), (LEAST, np.minimum), (GREATEST, np.maximum)):
        columns = rollup.operators == operator
        absent = _WORST.get(operator, 0)
        chosen = np.where(facts.present[:, columns], facts.values[:, columns], absent)
        values[:, columns] = fold.reduceat(chosen, starts, axis=0)
    present[:, rollup.operators == OWN] = False
    own = np.zeros(len(starts), np.int64)
    kind, shared = facts.kind[starts], facts.shared[starts]
    return Facts(
        nobody, kind, levels, own, expected, accepted, lumped, shared, values, present, inapplicable, missing
    )
