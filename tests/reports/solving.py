"""What can be known of an unknown that a system of sums leaves open: its least and greatest value, exactly.

A plain simplex over fractions with Bland's rule: slow, and without any idea of trees or suppression.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

Row = list[Fraction]


def bounds(
    system: Sequence[Sequence[int]], figures: Sequence[int], asked: Sequence[int]
) -> tuple[Fraction, Fraction | None]:
    """Of `asked` · x over every x ≥ 0 with system · x = figures: the least and the greatest, None without end."""
    least = _minimise(system, figures, [Fraction(one) for one in asked])
    most = _minimise(system, figures, [Fraction(-one) for one in asked])
    if least is None:
        raise ValueError("a count cannot fall without end")
    return least, None if most is None else -most


def _minimise(system: Sequence[Sequence[int]], figures: Sequence[int], cost: Row) -> Fraction | None:
    width, height = len(cost), len(system)
    table = [
        [Fraction(one) for one in row] + [Fraction(int(place == at)) for at in range(height)] + [Fraction(figure)]
        for place, (row, figure) in enumerate(zip(system, figures, strict=True))
    ]
    basis = list(range(width, width + height))
    _run(table, basis, [Fraction(0)] * width + [Fraction(1)] * height, width + height)
    if any(table[place][-1] for place, held in enumerate(basis) if held >= width):
        raise ValueError("the figures contradict each other")
    for place in range(height):  # what is left of the artificial ones stands at zero: out, or its row says nothing
        if basis[place] >= width:
            column = next((c for c in range(width) if table[place][c]), None)
            if column is not None:
                _pivot(table, basis, place, column)
    return _run(table, basis, cost + [Fraction(0)] * height, width)


def _run(table: list[Row], basis: list[int], cost: Row, width: int) -> Fraction | None:
    """To the optimum over the first `width` columns; None if it falls without end."""
    while True:
        column = next((c for c in range(width) if c not in basis and _reduced(table, basis, cost, c) < 0), None)
        if column is None:
            return sum((cost[held] * table[place][-1] for place, held in enumerate(basis)), Fraction(0))
        ratios = [
            (row[-1] / row[column], basis[place], place) for place, row in enumerate(table) if row[column] > 0
        ]
        if not ratios:
            return None
        _pivot(table, basis, min(ratios)[2], column)


def _reduced(table: list[Row], basis: list[int], cost: Row, column: int) -> Fraction:
    return cost[column] - sum((cost[held] * table[place][column] for place, held in enumerate(basis)), Fraction(0))


def _pivot(table: list[Row], basis: list[int], place: int, column: int) -> None:
    head = table[place][column]
    table[place] = [one / head for one in table[place]]
    for other, row in enumerate(table):
        if other != place and row[column]:
            factor = row[column]
            table[other] = [one - factor * two for one, two in zip(row, table[place], strict=True)]
    basis[place] = column
