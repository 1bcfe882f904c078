"""Amounts in words, as Vietnamese paperwork writes them, and as people type them: 72.000.000 is "bảy mươi hai triệu
đồng" and may be typed "72 triệu"."""

from __future__ import annotations

import re
from typing import Literal

from nhipcau.core.errors import InvalidInput
from nhipcau.core.numbers import MOST_DECIMALS, Cell, CellState, check_int64, format_value, parse_cell
from nhipcau.core.said import Said
from nhipcau.core.text import fold

ZeroTens = Literal["linh", "lẻ"]

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_BILLION = 10**9
SCALE_WORDS = {"nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
WRITTEN_OUT = 1_000_000  # whoever writes out a million means đồng, whatever word follows
# As people type them, with or without marks: "72 triệu", "72tr", "1,5 ty dong".
_WORDS = {"nghin": "nghìn", "ngan": "nghìn", "trieu": "triệu", "tr": "triệu", "ty": "tỷ", "ti": "tỷ"}
_CURRENCY = re.compile(r"\s{0,9}(?:dong|vnd|d)\s{0,9}$")
_PART = re.compile(r"\s*(?P<number>[^\sa-z][^a-z]{0,40}?)\s{0,9}(?P<word>nghin|ngan|trieu|tr|ty|ti)\b\.?")
_LETTER = re.compile(r"[a-z]")


def parse_money(text: str, decimals: int = 0) -> Cell:
    """A cell in đồng from what was typed, with its scale if it has one: "72 triệu", "1 tỷ 200 triệu"."""
    folded = fold(text.strip())
    wanted = _CURRENCY.sub("", folded)
    parts, rest = _parts(wanted)
    if not parts:
        if wanted != "x" and _LETTER.search(wanted):
            raise _unread(text)
        return parse_cell(wanted, decimals)
    if rest:
        raise _unread(text)
    cells = [scaled(number, word, decimals) for number, word in parts]
    sizes = [SCALE_WORDS[word] for _, word in parts]
    if any(cell.state is not CellState.VALUE for cell in cells) or sizes != sorted(set(sizes), reverse=True):
        raise _unread(text)
    for (number, word), cell in zip(parts, cells, strict=True):
        _require_no_slip(text, number, word, cell, decimals)
    return Cell(CellState.VALUE, check_int64(sum(cell.value for cell in cells)))


def _parts(wanted: str) -> tuple[list[tuple[str, str]], str]:
    """Numbers with their words of scale, from the left; and what is left over."""
    found, place = [], 0
    while match := _PART.match(wanted, place):
        found.append((match["number"], _WORDS[match["word"]]))
        place = match.end()
    return found, wanted[place:].strip()


def _unread(text: str) -> InvalidInput:
    return InvalidInput(
        Said(
            f"Không đọc được số tiền «{text.strip()}»: hãy viết như 72.000.000 hoặc 72 triệu.",
            f"«{text.strip()}» is no amount that can be read: write it as 72.000.000 or “72 triệu” (million).",
        )
    )


def _require_no_slip(text: str, number: str, word: str, cell: Cell, decimals: int) -> None:
    """The slip of a real report: an amount written out in đồng and called triệu besides."""
    if cell.value >= WRITTEN_OUT * SCALE_WORDS[word] * 10**decimals:
        raise InvalidInput(
            Said(
                f"«{text.strip()}» nghĩa là {format_value(cell.value, decimals)} đồng. "
                f"Nếu là {number} đồng thì bỏ chữ «{word}».",
                f"«{text.strip()}» means {format_value(cell.value, decimals)} đồng. If "
                f"{number} đồng is meant, leave out «{word}».",
            )
        )


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
