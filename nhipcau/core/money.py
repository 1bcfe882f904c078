"""Amounts in words, as Vietnamese paperwork writes them: 72.000.000 is "bảy mươi hai triệu đồng"."""

from __future__ import annotations

from typing import Literal

from nhipcau.core.numbers import check_int64

ZeroTens = Literal["linh", "lẻ"]

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_BILLION = 10**9


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
