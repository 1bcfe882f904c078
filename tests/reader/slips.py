"""What OCR does to letters: a page with slips has the same truth, but parts of it are read wrongly."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

# Pairs seen on scans at 150 to 200 dpi: a mark lost or changed, a figure taken for a letter.
_CONFUSED = {
    "ề": "è", "ố": "ó", "ộ": "ọ", "ầ": "à", "ặ": "ạ", "ơ": "o", "ư": "u", "ể": "ẻ", "ữ": "ũ", "Ề": "È", "Ộ": "Ọ",
    "Ỉ": "Ĩ", "Ầ": "À", "Ự": "Ụ", "1": "l", "0": "O", "5": "S", "c": "€", ";": ":", "-": "~", "/": "⁄", "đ": "d",
}  # fmt: skip
_MOST_LINES = 12  # of the head and of the end, where the elements stand


def _slips(share: float, seed: int) -> Callable[[str], str]:
    def slip(page: str) -> str:
        chance = random.Random(seed)
        lines = page.split("\n")
        for index, line in enumerate(lines):
            if _MOST_LINES < index < len(lines) - _MOST_LINES:
                continue
            lines[index] = "".join(
                _CONFUSED[char] if char in _CONFUSED and chance.random() < share else char for char in line
            )
        return "\n".join(lines)

    return slip


def _specks(page: str) -> str:
    """Strokes of a stamp read as marks beside the closing's lines."""
    return re.sub(r"(?m)^(- .*;)$", r"\1 ~ ˆ", page)


SLIPS: dict[str, Callable[[str], str]] = {
    "a slip in a hundred": _slips(0.01, 1),
    "two slips in a hundred": _slips(0.02, 2),
    "specks of a stamp": _specks,
}
