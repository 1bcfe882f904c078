"""Adding up without a database: a tree, reports, and what ended units hand on."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from nhipcau.core.numbers import Cell, laid_out
from nhipcau.org.branches import Branch
from nhipcau.org.columns import NOWHERE
from nhipcau.reports.design.rollup import SUM, Rollup
from nhipcau.reports.totals.engine import Ground, add_up
from nhipcau.reports.totals.succession import Heirs, home_of


def added(
    tree: Branch,
    reports: list[tuple[int, bytes]],
    keys: list[str],
    heirs: Heirs | None = None,
    operators: list[int] | None = None,
) -> Callable[[int], list[Cell]]:
    """The cells of the total at a position of the tree."""
    units = np.array(sorted(unit for unit, _ in reports), np.int64)
    heirs = heirs or Heirs()
    homes = tree.positions(np.array([home_of(unit, heirs) for unit in units.tolist()], np.int64))
    assert (homes != NOWHERE).all()
    ground = Ground(tree, units, homes, heirs, tree)
    chunks = [(np.array([unit]), laid_out([payload], len(keys))) for unit, payload in reports]
    rollup = Rollup(np.array(operators or [SUM] * len(keys), np.uint8), ())
    sheet = add_up(ground, chunks, rollup, keys)
    return lambda position: sheet.cells(int(ground.levels.row[position]))
