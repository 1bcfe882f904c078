"""A line chart as numbers for an SVG: drawn by the server, read out by the table beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from nhipcau.analytics.cubes import Answer, Group
from nhipcau.analytics.questions import Line
from nhipcau.analytics.tables import Naming
from nhipcau.core.numbers import Cell, CellState, format_cell

WIDTH, HEIGHT = 640, 220
LEFT, RIGHT, TOP, BOTTOM = 8, 12, 14, 26
MOST_SERIES, MOST_TICKS = 6, 8


@dataclass(frozen=True)
class Dot:
    """One figure of a series."""

    x: str
    y: str
    label: str


@dataclass(frozen=True)
class Series:
    """One line: `runs` are the points of each unbroken stretch; where a figure is missing the line stops."""

    number: int
    name: str
    runs: list[str]
    dots: list[Dot]


@dataclass(frozen=True)
class Chart:
    """`ticks`: where the periods stand. `top`: the greatest figure, at the upper line; the lower one is 0."""

    series: list[Series]
    ticks: list[tuple[str, str]]
    top: str
    measure: str
    box: str = f"0 0 {WIDTH} {HEIGHT}"
    floor: int = HEIGHT - BOTTOM
    ceiling: int = TOP
    left: int = LEFT
    right: int = WIDTH - RIGHT


def chart_of(answer: Answer, groups: Sequence[Group], naming: Naming) -> Chart | None:
    """The trend over the periods: of one figure for each unit where there are few, else of the whole's figures.

    Only figures with the same unit of measure stand on one chart, those of the first. None if a trend needs more:
    periods, or a figure to draw.
    """
    if len(answer.periods) < 2:
        return None
    first = answer.lines[0]
    wanted = _wanted(answer, groups, naming)[:MOST_SERIES]
    cells = [[answer.cell(line, period, group) for period in answer.periods] for _, line, group in wanted]
    decimals = first.indicator.decimals
    values = [cell.value for row in cells for cell in row if cell.state is CellState.VALUE]
    if not values or max(values) <= 0:
        return None
    told = [(name, row) for (name, _, _), row in zip(wanted, cells, strict=True) if _tells(row)]
    series = [_series(place, name, row, max(values), decimals) for place, (name, row) in enumerate(told, start=1)]
    step = -(-len(answer.periods) // MOST_TICKS)
    ticks = [(_x(at, len(answer.periods)), one.key) for at, one in enumerate(answer.periods) if at % step == 0]
    top = format_cell(Cell(CellState.VALUE, max(values)), decimals)
    return Chart(series, ticks, top, first.indicator.unit)


def _wanted(answer: Answer, groups: Sequence[Group], naming: Naming) -> list[tuple[str, Line, Group | None]]:
    first = answer.lines[0]
    if len(answer.lines) == 1 and 0 < len(groups) <= MOST_SERIES:
        return [(naming.group(group), first, group) for group in groups]
    alike = [
        line
        for line in answer.lines
        if (line.indicator.unit, line.indicator.decimals) == (first.indicator.unit, first.indicator.decimals)
    ]
    return [(_name(line, answer, naming), line, None) for line in alike]


def _tells(cells: Sequence[Cell]) -> bool:
    return any(cell.state is CellState.VALUE for cell in cells)


def _name(line: Line, answer: Answer, naming: Naming) -> str:
    name = naming.indicator(line.indicator)
    return f"{name}: {naming.items(line, answer)}" if line.items else name


def _series(number: int, name: str, cells: Sequence[Cell], top: int, decimals: int) -> Series:
    runs: list[list[str]] = [[]]
    dots = []
    for at, cell in enumerate(cells):
        if cell.state is not CellState.VALUE:
            runs.append([])
            continue
        x, y = _x(at, len(cells)), _y(cell.value, top)
        runs[-1].append(f"{x},{y}")
        dots.append(Dot(x, y, format_cell(cell, decimals)))
    return Series(number, name, [" ".join(run) for run in runs if len(run) > 1], dots)


def _x(place: int, count: int) -> str:
    return f"{LEFT + (WIDTH - LEFT - RIGHT) * place / max(count - 1, 1):.1f}"


def _y(value: int, top: int) -> str:
    room = HEIGHT - TOP - BOTTOM
    return f"{float(HEIGHT - BOTTOM - Fraction(max(value, 0), top) * room):.1f}"
