"""Names of the sheets and columns of a form, for the confined reader too: it loads nothing else of ours."""

from __future__ import annotations

FIGURES, WORDS, STAMP = "Số liệu", "Thuyết minh", "_nhipcau"
MARK = "nhipcau-bieu-mau"  # in the first cell of the hidden sheet; the stamp itself stands below it

# Columns of the sheet of figures, and of the sheet of words.
KEY, NUMBER, LABEL, UNIT, EARLIER, ENTRY, VERDICT, EXPLANATION = range(8)
WORDS_TITLE, WORDS_ENTRY = 1, 2


def address(sheet: str, row: int, column: int) -> str:
    """As Excel names a cell: «Số liệu!F17». Rows and columns count from 0; a form has fewer than 26 columns."""
    return f"{sheet}!{'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[column]}{row + 1}"
