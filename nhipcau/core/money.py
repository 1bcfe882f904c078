"""Amounts in words, as Vietnamese paperwork writes them, and as people type them: 72.000.000 is "bảy mươi hai triệu
đồng" and may be typed "72 triệu"."""

from __future__ import annotations

import re
from typing import Literal

from nhipcau.core.errors import InvalidInput
from nhipcau.core.numbers import MOST_DECIMALS, Cell, CellState, check_int64, format_value, parse_cell
from nhipcau.core.said import Said

ZeroTens = Literal["linh", "lẻ"]

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_BILLION = 10**9
SCALE_WORDS = {"nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
WRITTEN_OUT = 1_000_000  # whoever writes out a million means đồng, whatever word follows
_SCALED = re.compile(r"(?P<number>.*?)\s*(?P<word>nghìn|ngàn|triệu|tỷ|tỉ)?\s*(?:đồng|đ)?\s*$", re.IGNORECASE)


def parse_money(text: str, decimals: int = 0) -> Cell:
    """A cell in đồng from what was typed, perhaps with its scale ("72 triệu"). Raises InvalidInput."""
    match = _SCALED.fullmatch(text.strip())
    if match is None or not match["word"]:
        return parse_cell(match["number"] if match else text, decimals)
    cell = scaled(match["number"], match["word"].lower(), decimals)
    if cell.state is not CellState.VALUE:
        raise InvalidInput(
            Said(
                f"«{text.strip()}» có đơn vị «{match['word']}» nhưng không có số.",
                f"«{text.strip()}» has the unit «{match['word']}» but no number.",
            )
        )
    if cell.value >= WRITTEN_OUT * SCALE_WORDS[match["word"].lower()] * 10**decimals:
        # The slip of a real report: an amount written out in đồng and called triệu besides.
        raise InvalidInput(
            Said(
                f"«{text.strip()}» nghĩa là {format_value(cell.value, decimals)} đồng. "
                f"Nếu là {match['number'].strip()} đồng thì bỏ chữ «{match['word']}».",
                f"«{text.strip()}» means {format_value(cell.value, decimals)} đồng. If "
                f"{match['number'].strip()} đồng is meant, leave out «{match['word']}».",
            )
        )
    return cell


def scaled(number: str, word: str, decimals: int = 0) -> Cell:
    """What a number in thousands, millions or billions is: "1,25" triệu 1.250.000. Exact, or InvalidInput."""
    size = SCALE_WORDS[word]
    digits = min(len(str(size)) - 1, MOST_DECIMALS)  # no part of a đồng is left over
    cell = parse_cell(number, digits)
    if cell.state is not CellState.VALUE:
        return cell
    return Cell(CellState.VALUE, check_int64(cell.value * (size // 10**digits) * 10**decimals))


def money_in_words(dong: int, *, zero_tens: ZeroTens = "linh") -> str:
    """An amount in đồng in words, lower case: "một trăm linh năm nghìn đồng", "âm hai đồng".

    `zero_tens` is the word for an empty tens place: "linh", or "lẻ" as the South says. Any 64-bit amount;
    raises `InvalidInput` beyond.
    """
    return f"{number_in_words(dong, zero_tens=zero_tens)} đồng"


def number_in_words(number: int, *, zero_tens: ZeroTens = "linh") -> str:
    """A 64-bit integer in words; see `money_in_words`."""
    check_int64(number)
    if number == 0:
        return _DIGITS[0]
    sign = ["âm"] if number < 0 else []
    return " ".join(sign + _words(abs(number), zero_tens, inner=False))


def _words(number: int, zero_tens: ZeroTens, *, inner: bool) -> list[str]:
    """Words of a positive number; `inner` if something was said before it, so that "không trăm" is due.

    Above a billion the words repeat with "tỷ": 10^12 is "một nghìn tỷ", 10^18 "một tỷ tỷ".
    """
    words: list[str] = []
    billions, number = divmod(number, _BILLION)
    if billions:
        words += [*_words(billions, zero_tens, inner=inner), "tỷ"]
    for size, name in ((10**6, "triệu"), (10**3, "nghìn"), (1, "")):
        group, number = divmod(number, size)
        if group:
            words += _group(group, zero_tens, inner=inner or bool(words))
            words += [name] if name else []
    return words


def _group(group: int, zero_tens: ZeroTens, *, inner: bool) -> list[str]:
    """Words of 1 to 999."""
    hundreds, rest = divmod(group, 100)
    tens, units = divmod(rest, 10)
    words = [_DIGITS[hundreds], "trăm"] if hundreds or inner else []
    if tens == 0:
        return words if units == 0 else [*words, *([zero_tens] if words else []), _DIGITS[units]]
    words += ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    return words if units == 0 else [*words, _unit_after_tens(tens, units)]


def _unit_after_tens(tens: int, units: int) -> str:
    if units == 5:
        return "lăm"
    if tens > 1 and units == 1:
        return "mốt"
    if tens > 1 and units == 4:
        return "tư"
    return _DIGITS[units]
