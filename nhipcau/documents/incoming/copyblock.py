"""Whether a letter that came in is itself a copy: its block "SAO Y", "Số: 12/SY-LĐLĐ" (Decree 30, Appendix I)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nhipcau.core.text import canonical
from nhipcau.documents.models import CopyForm

_LAST_LINES = 60
_FIRST_LINES = 8
_CELLS = re.compile(r"\||\t|\s{3,}")
_TITLES = {
    "SAO Y": CopyForm.WHOLE,
    "SAO Y BẢN CHÍNH": CopyForm.WHOLE,
    "BẢN SAO Y": CopyForm.WHOLE,
    "SAO LỤC": CopyForm.AGAIN,
    "TRÍCH SAO": CopyForm.EXCERPT,
}
_NUMBER = re.compile(
    r"\bSố\s*(?::\s*)?(?P<number>\d{1,5}[a-z]?\s*/\s*(?P<code>SY|SL|TrS|TRS)\s*[-–]\s*[\wĐđ.&-]+)", re.IGNORECASE
)
_CODES = {"SY": CopyForm.WHOLE, "SL": CopyForm.AGAIN, "TRS": CopyForm.EXCERPT}


@dataclass(frozen=True)
class CopyBlock:
    """Which form of copy, and the copy's own number as printed, "" if it shows none."""

    form: CopyForm
    number: str


def copy_block(text: str) -> CopyBlock | None:
    """The copy's block near the end of the text, or at its head for an electronic copy; None for a main copy."""
    lines = [canonical(line) for line in text.split("\n") if line.strip()]
    near = lines[:_FIRST_LINES] + lines[max(len(lines) - _LAST_LINES, _FIRST_LINES) :]
    numbered = next((found for line in near if (found := _NUMBER.search(line))), None)
    titled = next((form for line in near for form in _titles(line)), None)
    if numbered is not None:
        number = re.sub(r"\s+", "", numbered["number"])
        return CopyBlock(_CODES[numbered["code"].upper()], number[:60])
    return CopyBlock(titled, "") if titled is not None else None


def _titles(line: str) -> list[CopyForm]:
    cells = (" ".join(cell.strip(" .;:*()").split()) for cell in (*_CELLS.split(line), *line.split(";")))
    return [_TITLES[cell] for cell in cells if cell in _TITLES]
