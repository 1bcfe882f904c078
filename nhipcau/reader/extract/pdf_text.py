"""The text layer of one PDF page as lines whose columns stay apart."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass

import pypdfium2 as pdfium
from pypdfium2 import raw

_LINE_END_HYPHEN = 2  # how pdfium marks a hyphen at the end of a line


@dataclass(frozen=True)
class _Char:
    char: str
    left: float
    right: float
    bottom: float
    top: float
    spaced: bool  # the file itself has a space before it


def page_text(page: pdfium.PdfPage) -> str:
    """Lines top to bottom, gaps as wide as printed; "" for a page without letters."""
    rows = _rows(_chars(page))
    if not rows:
        return ""
    # Indents count from the page's leftmost letter, in average letters, so that gaps look as printed.
    margin = min(row[0].left for row in rows)
    widths = sorted(c.right - c.left for row in rows for c in row if c.char.strip())
    unit = max(widths[len(widths) // 2], 1.0)
    lines: list[str] = []
    for index, row in enumerate(rows):
        if index and rows[index - 1][0].bottom - row[0].top > 0.6 * (row[0].top - row[0].bottom):
            lines.append("")
        lines.append(_line(row, margin, unit))
    return "\n".join(lines)


def _chars(page: pdfium.PdfPage) -> list[_Char]:
    textpage = page.get_textpage()
    found: list[_Char] = []
    box = raw.FS_RECTF()
    spaced = False
    for index in range(textpage.count_chars()):
        code = raw.FPDFText_GetUnicode(textpage, index)
        if code in (0, 0xFFFE, 0xFFFF) or not raw.FPDFText_GetLooseCharBox(textpage, index, ctypes.byref(box)):
            continue
        char = "-" if code in (_LINE_END_HYPHEN, 0xAD) else chr(code)
        if not char.isspace() and char.isprintable():
            found.append(_Char(char, box.left, box.right, box.bottom, box.top, spaced))
        spaced = char.isspace()
    textpage.close()
    return found


def _rows(chars: list[_Char]) -> list[list[_Char]]:
    """Letters that stand on one line, top to bottom, each row left to right."""
    rows: list[list[_Char]] = []
    middles: list[float] = []
    for char in chars:
        middle, height = (char.top + char.bottom) / 2, char.top - char.bottom
        for index in range(len(rows) - 1, max(-1, len(rows) - 80), -1):
            if abs(middles[index] - middle) < 0.3 * max(height, 4):
                rows[index].append(char)
                break
        else:
            rows.append([char])
            middles.append(middle)
    order = sorted(range(len(rows)), key=lambda i: -middles[i])
    return [sorted(rows[i], key=lambda c: c.left) for i in order]


def _line(row: list[_Char], margin: float, unit: float) -> str:
    parts = [" " * int((row[0].left - margin) / unit)]
    before: _Char | None = None
    for char in row:
        if before is not None:
            gap = char.left - before.right
            size = char.top - char.bottom
            if gap > 1.6 * size:
                parts.append(" " * max(4, int(gap / unit)))
            elif gap > 0.11 * size or (char.spaced and gap > -0.1 * size):
                parts.append(" ")
        if before is None or char.char != before.char or abs(char.left - before.left) > 0.5:
            parts.append(char.char)  # else a letter printed twice for a bold look
        before = char
    return "".join(parts)
