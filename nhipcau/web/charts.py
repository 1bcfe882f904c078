"""The one place that draws charts: figures in, numbers for a server-rendered SVG out (`web/charts/*.html`).

A chart never stands alone: beneath it the same figures stand as a table, or the page has them in one. Lines differ
by dashes and tiles by signs as well as by colour, so that they hold in print and for whoever sees few colours.

Units are drawn as tiles and not as a map or a tree map. A map needs borders, which change with every merger and
which unions of a sector do not have. A tree map makes size the message and the small units unreadable on a phone,
where tiles of one size flow into as many columns as there is room for and always have room for a name and a sign.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from nhipcau.core.numbers import Cell, CellState, format_cell

MOST_SERIES = 6  # more than that nobody can tell apart
_LEFT, _RIGHT, _TOP, _BOTTOM = 8, 12, 22, 26
_TICK_ROOM, _WIDE_TICK_ROOM = 80, 130  # the key of a period with air around it; a wide chart shrinks on a phone
_BAR_HEIGHT, _BAR_WIDTH = 44, 640
_LINES, _LINE_LENGTH = 3, 17  # of a name on a tile


@dataclass(frozen=True)
class Curve:
    """What is to be drawn as one line: a cell for every tick."""

    name: str
    cells: Sequence[Cell]


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
class Trend:
    """Lines over periods. `ticks`: where the periods stand. `top`: the greatest figure, at the upper line; `low`:
    what the lower line stands for. `rows`: the figures as the table beneath has them."""

    title: str
    series: list[Series]
    ticks: list[tuple[str, str]]
    top: str
    low: str
    measure: str
    columns: Sequence[str]
    rows: list[tuple[str, list[str]]]
    width: int
    height: int

    @property
    def box(self) -> str:
        return f"0 0 {self.width} {self.height}"

    @property
    def floor(self) -> int:
        return self.height - _BOTTOM

    @property
    def ceiling(self) -> int:
        return _TOP

    @property
    def foot(self) -> int:
        """The baseline of what is written under the axis."""
        return self.height - 8

    @property
    def left(self) -> int:
        return _LEFT

    @property
    def right(self) -> int:
        return self.width - _RIGHT


def trend(
    *,
    title: str,
    curves: Sequence[Curve],
    periods: Sequence[str],
    decimals: int = 0,
    measure: str = "",
    size: tuple[int, int] = (640, 220),
) -> Trend | None:
    """Lines of figures with one unit of measure; None where there is nothing to draw: one period, or no figure."""
    told = [curve for curve in curves if any(cell.state is CellState.VALUE for cell in curve.cells)][:MOST_SERIES]
    values = [cell.value for curve in told for cell in curve.cells if cell.state is CellState.VALUE]
    if len(periods) < 2 or not any(values):
        return None
    top, low = max(*values, 0), min(*values, 0)
    width, height = size
    places = [_across(at, len(periods), width) for at in range(len(periods))]

    def up(value: int) -> str:
        return f"{float(height - _BOTTOM - Fraction(value - low, top - low) * (height - _TOP - _BOTTOM)):.1f}"

    step = -(-len(periods) // max(2, width // (_WIDE_TICK_ROOM if width > 500 else _TICK_ROOM)))
    return Trend(
        title=title,
        series=[
            _series(number, curve, [up(cell.value) for cell in curve.cells], places, decimals)
            for number, curve in enumerate(told, start=1)
        ],
        ticks=[(place, key) for at, (place, key) in enumerate(zip(places, periods, strict=True)) if at % step == 0],
        top=format_cell(Cell(CellState.VALUE, top), decimals),
        low=format_cell(Cell(CellState.VALUE, low), decimals),
        measure=measure,
        columns=periods,
        rows=[(curve.name, [format_cell(cell, decimals) for cell in curve.cells]) for curve in curves],
        width=width,
        height=height,
    )


def _across(place: int, count: int, width: int) -> str:
    return f"{_LEFT + (width - _LEFT - _RIGHT) * place / max(count - 1, 1):.1f}"


def _series(number: int, curve: Curve, heights: Sequence[str], places: Sequence[str], decimals: int) -> Series:
    runs: list[list[str]] = [[]]
    dots = []
    for cell, x, y in zip(curve.cells, places, heights, strict=True):
        if cell.state is not CellState.VALUE:
            runs.append([])
            continue
        runs[-1].append(f"{x},{y}")
        dots.append(Dot(x, y, format_cell(cell, decimals)))
    return Series(number, curve.name, [" ".join(run) for run in runs if len(run) > 1], dots)


@dataclass(frozen=True)
class Bar:
    """One bar: how far it reaches of the whole, and the figures in words."""

    name: str
    said: str
    length: str
    text_at: int
    at: int

    @property
    def share(self) -> float:
        """From 0 to 100."""
        return float(self.length) * 100 / _BAR_WIDTH


@dataclass(frozen=True)
class Bars:
    """Parts of wholes, one under the other, each under its name."""

    title: str
    bars: list[Bar]
    width: int = _BAR_WIDTH

    @property
    def box(self) -> str:
        return f"0 0 {_BAR_WIDTH} {len(self.bars) * _BAR_HEIGHT}"


def bars(*, title: str, parts: Sequence[tuple[str, str, int, int]]) -> Bars:
    """(name, figures in words, part, whole) of each; a part is never drawn longer than its whole."""
    return Bars(
        title,
        [
            Bar(name, said, _length(part, whole), at * _BAR_HEIGHT + 20, at * _BAR_HEIGHT + 27)
            for at, (name, said, part, whole) in enumerate(parts)
        ],
    )


def _length(part: int, whole: int) -> str:
    return f"{float(Fraction(min(max(part, 0), whole), whole) * _BAR_WIDTH):.1f}" if whole > 0 else "0"


@dataclass(frozen=True)
class Tile:
    """One unit: its name in lines that fit, its sign and look, a few words, and how full it is of 120."""

    name: str
    lines: list[tuple[int, str]]
    sign: str
    look: str
    said: str
    figure: str
    length: str
    url: str = ""


def tile(
    *, name: str, short: str, said: str, tone: tuple[str, str], figure: str, share: tuple[int, int], url: str
) -> Tile:
    """`short`: the name as it stands on the tile, `figure` what stands there besides. `tone`: sign and look.
    `said`: what a screen reader says after the whole name."""
    sign, look = tone
    lines = [(40 + 15 * at, line) for at, line in enumerate(_wrapped(short))]
    length = _length(*share)
    return Tile(name, lines, sign, look, said, figure, f"{float(length) * 120 / _BAR_WIDTH:.1f}", url)


def without_common_words(names: Sequence[str]) -> list[str]:
    """The names without the words all of them begin with ("Công đoàn xã"), so that a tile shows what differs."""
    if len(names) < 2:
        return list(names)
    words = [name.split() for name in names]
    shared = 0
    while all(len(one) > shared + 1 for one in words) and len({one[shared] for one in words}) == 1:
        shared += 1
    return [" ".join(one[shared:]) for one in words]


def _wrapped(name: str) -> Iterator[str]:
    """The name in at most so many lines, the last one cut where it is too long."""
    words, count = name.split(), 0
    while words and count < _LINES:
        line = words.pop(0)
        while words and len(line) + 1 + len(words[0]) <= _LINE_LENGTH:
            line += " " + words.pop(0)
        count += 1
        if len(line) > _LINE_LENGTH or (words and count == _LINES):
            line = line[: _LINE_LENGTH - 1].rstrip() + "…"
        yield line
