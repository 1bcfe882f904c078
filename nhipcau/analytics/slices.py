"""The one expression that every engine answers: columns of a branch, folded by period and by a level below."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, reduce
from operator import add, or_
from typing import Any

from nhipcau.analytics.folding import Columns
from nhipcau.analytics.needs import ibis
from nhipcau.analytics.rows import LEVELS
from nhipcau.reports.design.rollup import GREATEST, LEAST, OWN, SUM

_FOLDS = {SUM: "sum", LEAST: "min", GREATEST: "max", OWN: "max"}


@dataclass(frozen=True)
class Branch:
    """What to fold: the branch of a unit, `below` levels down, of reports of those `kinds` (None: all).

    `depth` is that of the unit on the tree; None where it must be found in the rows: the unit ended in the period.
    """

    unit: int
    depth: int | None
    below: int
    kinds: tuple[int, ...] | None


@dataclass(frozen=True)
class Ask:
    """An expression before it knows its table: equal ones are the same statement."""

    columns: Columns
    branch: Branch

    def expression(self, table: Any) -> Any:
        """See `expression`."""
        return expression(table, self.columns, self.branch)


def expression(table: Any, columns: Columns, branch: Branch) -> Any:
    """A row for each period and `node`, a unit on the way down: those at the last level with their branch, those
    above it with their own figures alone. `path1` … are the units below the one asked for down to the node.

    `c…` are folded by their roll-ups, `inapplicable…` and `missing…` hold the states seen (`own_…` those of the
    node itself); `elsewhere` counts units whose lump is outside the node's branch, `outside` outside the unit's.
    """
    if branch.kinds is not None:
        table = table.filter(table.kind.isin(list(branch.kinds)))
    table = table.filter(_inside(table, branch))
    selected = table.select(**_selected(table, columns, branch))
    folded = {name: selected[name].sum() for name in ("expected", "accepted", "elsewhere", "outside")}
    folded |= {f"path{step}": selected[f"path{step}"].max() for step in range(1, branch.below + 1)}
    for column in columns.wanted:
        operator = int(columns.rollup.operators[column])
        where = {"where": selected.mine} if operator == OWN else {}
        folded[f"c{column}"] = getattr(selected[f"c{column}"], _FOLDS[operator])(**where)
    for word in columns.words():
        for name in (f"inapplicable{word}", f"missing{word}"):
            folded[name] = _bit_or()(selected[name])
            if columns.has_own:
                folded[f"own_{name}"] = _bit_or()(selected[name], where=selected.mine)
    return selected.group_by("period", "node").agg(**folded)


@cache
def _bit_or() -> Any:
    """The engines' own `bit_or`, by its name: all have it, Ibis does not know that Spark does."""

    def bit_or(bits: int) -> int:  # type: ignore[empty-body]
        ...

    return ibis().udf.agg.builtin(bit_or, signature=((ibis().dtype("int64"),), ibis().dtype("int64")))


def _inside(table: Any, branch: Branch) -> Any:
    if branch.depth is not None:
        return table[f"level{branch.depth}"] == branch.unit
    return reduce(or_, (table[f"level{depth}"] == branch.unit for depth in range(LEVELS)))


def _selected(table: Any, columns: Columns, branch: Branch) -> dict[str, Any]:
    """The columns that are folded."""
    path = [_below(table, branch, step) for step in range(1, branch.below + 1)]
    node = ibis().coalesce(*reversed(path), ibis().literal(branch.unit, "int64"))
    top = _depth(table, branch)
    at = reduce(add, (step.notnull().cast("int32") for step in path), top)
    words = [f"{name}{word}" for word in columns.words() for name in ("inapplicable", "missing")]
    kept = ["period", "expected", "accepted", *(f"c{column}" for column in columns.wanted), *words]
    return {
        **{name: table[name] for name in kept},
        **{f"path{step}": found for step, found in enumerate(path, start=1)},
        "node": node,
        "mine": (table.own == 1) & (table.unit == node),
        "elsewhere": table.lumped * (table.shared < at).cast("int32"),
        "outside": table.lumped * (table.shared < top).cast("int32"),
    }


def _below(table: Any, branch: Branch, steps: int) -> Any:
    """The unit so many steps below the one asked for, on the way to a row's place."""
    if branch.depth is not None:
        deeper = branch.depth + steps
        return table[f"level{deeper}"] if deeper < LEVELS else ibis().null("int64")
    ways = [
        (table[f"level{depth}"] == branch.unit, table[f"level{depth + steps}"]) for depth in range(LEVELS - steps)
    ]
    return ibis().cases(*ways)


def _depth(table: Any, branch: Branch) -> Any:
    if branch.depth is not None:
        return ibis().literal(branch.depth, "int32")
    ways = [(table[f"level{depth}"] == branch.unit, depth) for depth in range(LEVELS)]
    return ibis().cases(*ways).cast("int32")
