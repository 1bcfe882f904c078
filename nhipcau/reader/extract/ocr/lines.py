"""From words with boxes to lines of text in which what stood apart stands apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median

from nhipcau.reader.extract.ocr.tesseract import Seen

_DOUBTED, _NONSENSE = 0.6, 0.15  # confidence below which a sign, and a word, is dirt on the paper
_SIGNS = frozenset("-–+•*.,:;/()")
_TALL = 4.0  # heights of a usual word
_WIDE = 1.5  # heights of the line: a gap this wide parts two columns
_SAME_ROW = 0.5  # share of the lower piece's height that lies beside the higher one


@dataclass(frozen=True)
class Piece:
    """Words that tesseract put in one line and no wide gap parts. `slope`: how much the lines of the page fall
    towards the right, as a tangent; heights are as if they were level."""

    words: tuple[Seen, ...]
    slope: float = 0.0

    @property
    def left(self) -> int:
        return self.words[0].left

    @property
    def right(self) -> int:
        return self.words[-1].right

    @property
    def top(self) -> float:
        return median(word.top - self.slope * word.left for word in self.words)

    @property
    def bottom(self) -> float:
        return median(word.bottom - self.slope * word.left for word in self.words)


def likely(words: Sequence[Seen]) -> list[Seen]:
    """The words without what tesseract makes of dust, rules, seals and signatures."""
    if not words:
        return []
    height = median(word.bottom - word.top for word in words)
    return [word for word in words if not _is_noise(word, height)]


def _is_noise(word: Seen, height: float) -> bool:
    letters = sum(char.isalnum() for char in word.text)
    if not letters and word.text not in _SIGNS:
        return word.confidence < _DOUBTED
    return word.confidence < _NONSENSE or word.bottom - word.top > _TALL * height


def in_rows(words: Sequence[Seen], slope: float = 0.0) -> list[list[Piece]]:
    """Rows from top to bottom, their pieces from left to right."""
    pieces = sorted((piece for line in _lines(words) for piece in _cut(line, slope)), key=lambda one: one.top)
    rows: list[list[Piece]] = []
    for piece in pieces:
        for row in reversed(rows[-4:]):
            if all(_beside(piece, other) for other in row):
                row.append(piece)
                break
        else:
            rows.append([piece])
    rows.sort(key=lambda row: sum(piece.top + piece.bottom for piece in row) / len(row))
    return [sorted(row, key=lambda one: one.left) for row in rows]


def text_of(rows: Sequence[Sequence[Piece]]) -> str:
    """The rows as lines; a wide gap becomes as many blanks as letters would fill it, an empty line stays one."""
    if not rows:
        return ""
    margin = min(piece.left for row in rows for piece in row)
    widths = [(w.right - w.left) / len(w.text) for row in rows for piece in row for w in piece.words]
    unit = max(1.0, median(widths))
    lines: list[str] = []
    for index, row in enumerate(rows):
        if index and _space(rows[index - 1], row) > 0.8 * (row[0].bottom - row[0].top):
            lines.append("")
        lines.append(_line(row, margin, unit))
    return "\n".join(lines)


def _lines(words: Sequence[Seen]) -> list[list[Seen]]:
    return [list(group) for _, group in groupby(words, key=lambda word: word.line)]


def _cut(line: list[Seen], slope: float) -> list[Piece]:
    height = median(word.bottom - word.top for word in line)
    pieces: list[list[Seen]] = [[line[0]]]
    for before, word in pairwise(line):
        if word.left - before.right > _WIDE * height:
            pieces.append([])
        pieces[-1].append(word)
    return [Piece(tuple(piece), slope) for piece in pieces]


def _beside(one: Piece, other: Piece) -> bool:
    """Whether two pieces stand on one row: side by side, and level for the most part."""
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    lower = min(one.bottom - one.top, other.bottom - other.top)
    overlap = min(one.right, other.right) - max(one.left, other.left)
    return shared > _SAME_ROW * lower and overlap <= 0


def _space(above: Sequence[Piece], below: Sequence[Piece]) -> float:
    return min(piece.top for piece in below) - max(piece.bottom for piece in above)


def _line(row: Sequence[Piece], margin: int, unit: float) -> str:
    text = ""
    for index, piece in enumerate(row):
        column = int((piece.left - margin) / unit)
        gap = max(4, column - len(text)) if index else column
        text += " " * gap + " ".join(word.text for word in piece.words)
    return text
