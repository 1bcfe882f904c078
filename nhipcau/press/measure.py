"""How wide a line of Times New Roman is, without the font: the decree ties rules and columns to it.

Advance widths are those of Times New Roman (and of its metric twins Tinos and Liberation Serif), in
thousandths of the type size, for the characters U+0020–U+007E. Marked letters are as wide as their base.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from nhipcau.core.official import Block, Table

# fmt: off
_REGULAR = (
    250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500, 500,
    500, 500, 500, 500, 500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611, 556, 722,
    722, 333, 389, 722, 611, 889, 722, 722, 556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611, 333,
    278, 333, 469, 500, 333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500,
    500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541,
)
_BOLD = (
    250, 333, 555, 500, 500, 1000, 833, 278, 333, 333, 500, 570, 250, 333, 250, 278, 500, 500, 500, 500,
    500, 500, 500, 500, 500, 500, 333, 333, 570, 570, 570, 500, 930, 722, 667, 722, 722, 667, 611, 778,
    778, 389, 500, 778, 667, 944, 722, 778, 611, 778, 722, 556, 667, 722, 722, 1000, 722, 722, 667, 333,
    278, 333, 581, 500, 333, 500, 556, 444, 556, 444, 333, 500, 556, 278, 333, 556, 278, 833, 556, 500,
    556, 556, 444, 389, 333, 556, 500, 722, 500, 500, 444, 394, 220, 394, 520,
)
# fmt: on
_OTHERS = {"đ": 500, "Đ": 722, "…": 1000, "–": 500, "\u00a0": 250}
_UNKNOWN = 722
CELL_PADDING_PT = 9.0
ZERO_WIDTH_SPACE = "\u200b"


class _Advances(dict[str, int]):
    """Width by character, worked out once per character (a plain dict look-up afterwards)."""

    def __init__(self, ascii_widths: tuple[int, ...]) -> None:
        super().__init__()
        self._ascii = ascii_widths

    def __missing__(self, character: str) -> int:
        base = unicodedata.normalize("NFD", character)[0]
        known = 32 <= ord(base) <= 126
        self[character] = self._ascii[ord(base) - 32] if known else _OTHERS.get(base, _UNKNOWN)
        return self[character]


_PLAIN, _HEAVY = _Advances(_REGULAR), _Advances(_BOLD)


def line_width(text: str, size: float, *, bold: bool = False) -> float:
    """Width in points of one unbroken line set at `size` points (within about 2 % for ơ and ư)."""
    return sum(map((_HEAVY if bold else _PLAIN).__getitem__, text)) * size / 1000


def table_size(table: Table, total: float, *, breadth: float = 1.0) -> float:
    """Type size in points for a table `total` points wide: 13 down to 8, the largest at which no word breaks."""
    columns = len(table.columns)
    largest = 13 if columns <= 5 else 12 if columns <= 7 else 11
    fitting = (size for size in range(largest, 8, -1) if sum(_least(table, size * breadth)) <= total)
    return next(fitting, 8 if columns > 7 else largest)


def is_wide(blocks: Iterable[Block], total: float) -> bool:
    """Whether a table needs more than `total` points to be set at 11 points without breaking a word."""
    return any(sum(_least(block, 11)) > total for block in blocks if isinstance(block, Table))


def column_widths(table: Table, total: float, *, breadth: float = 1.0) -> tuple[float, ...]:
    """Share `total` points among the columns: as asked, or by content when nothing was asked.

    A table whose columns all keep the default width is laid out like a browser's: every column gets its
    longest word, the rest goes to those that want more. A column is never narrower than its longest word
    while others have room to give, so that no figure breaks. `breadth`: width of the font used, in terms
    of Times New Roman.
    """
    size = table_size(table, total, breadth=breadth) * breadth
    least = _least(table, size)
    if all(column.width == 1.0 for column in table.columns):
        wanted = [_longest(_cells(table, index), size) for index in range(len(least))]
    else:
        asked = sum(column.width for column in table.columns)
        wanted = [column.width * total / asked for column in table.columns]
    return _fit(least, [max(pair) for pair in zip(least, wanted, strict=True)], total)


def _least(table: Table, size: float) -> list[float]:
    """The width each column needs to keep its longest word whole."""
    return [_longest(_cells(table, index, words=True), size) for index in range(len(table.columns))]


def _cells(table: Table, index: int, *, words: bool = False) -> list[tuple[str, bool]]:
    """The lines (or words) of one column, each with whether it is bold."""
    cells = [(table.columns[index].title, True)] + [(row[index], False) for row in table.rows]
    return [(part, bold) for cell, bold in cells for part in (cell.split() if words else cell.split("\n"))]


def _longest(parts: list[tuple[str, bool]], size: float) -> float:
    widest = max((line_width(part, size, bold=bold) for part, bold in parts), default=0.0)
    return widest * 1.02 + CELL_PADDING_PT


def _fit(least: list[float], wanted: list[float], total: float) -> tuple[float, ...]:
    if sum(least) >= total:
        return _capped(least, total)
    if sum(wanted) <= total:
        return tuple(width * total / sum(wanted) for width in wanted)
    spare = [want - need for want, need in zip(wanted, least, strict=True)]
    share = (total - sum(least)) / sum(spare)
    return tuple(need + extra * share for need, extra in zip(least, spare, strict=True))


def _capped(needs: list[float], total: float) -> tuple[float, ...]:
    """Not enough room: narrow columns keep what they need, the widest share what is left."""
    room, count, cap = total, len(needs), 0.0
    for need in sorted(needs):
        cap = room / count
        if need > cap:
            break
        room -= need
        count -= 1
    return tuple(min(need, cap) for need in needs)


def row_height(cells: Sequence[str], widths: Sequence[float], size: float) -> float:
    """Upper estimate in points of a row's height, `widths` in points."""
    lines = 1
    for cell, width in zip(cells, widths, strict=True):
        room = max(width - CELL_PADDING_PT, size)
        lines = max(lines, sum(1 + int(1.25 * line_width(line, size) / room) for line in cell.split("\n")))
    return lines * size * 1.3 + 6


def breakable(text: str, width: float, size: float) -> str:
    """`text` with a zero-width space inside every word wider than `width` points, so that it can wrap.

    Word breaks such words by itself; typst would print them across the next column.
    """
    return re.sub(r"\S+", lambda word: _broken(word.group(), width, size), text)


def _broken(word: str, width: float, size: float) -> str:
    if line_width(word, size, bold=True) <= width:
        return word
    pieces, used = [""], 0.0
    for character in word:
        advance = line_width(character, size, bold=True)
        if used + advance > width and pieces[-1]:
            pieces.append("")
            used = 0.0
        pieces[-1] += character
        used += advance
    return ZERO_WIDTH_SPACE.join(pieces)
