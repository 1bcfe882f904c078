"""Amounts in Vietnamese words, shown under the figure wherever money is typed."""

from __future__ import annotations

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SCALES = ("", " nghìn", " triệu")


def money_in_words(amount: int) -> str:
    """72000000 → "bảy mươi hai triệu đồng"; a negative amount begins with "âm"."""
    sign = "âm " if amount < 0 else ""
    return f"{sign}{number_in_words(abs(amount))} đồng"


def number_in_words(number: int) -> str:
    """A whole number from 0 up, read as in northern offices: nghìn, linh, mốt, lăm."""
    if number < 1000:
        return _below_thousand(number, leading=True)
    billions, rest = divmod(number, 10**9)
    words = [f"{number_in_words(billions)} tỷ"] if billions else []
    for power in (2, 1, 0):
        group = rest // 1000**power % 1000
        if group:
            words.append(_below_thousand(group, leading=not words) + _SCALES[power])
    return " ".join(words)


def _below_thousand(number: int, *, leading: bool) -> str:
    hundreds, rest = divmod(number, 100)
    words = [] if leading and not hundreds else [f"{_DIGITS[hundreds]} trăm"]
    if rest or not words:
        words.append(_below_hundred(rest, after_hundreds=bool(words)))
    return " ".join(words)


def _below_hundred(number: int, *, after_hundreds: bool) -> str:
    tens, unit = divmod(number, 10)
    if tens == 0:
        return f"linh {_DIGITS[unit]}" if after_hundreds else _DIGITS[unit]
    head = "mười" if tens == 1 else f"{_DIGITS[tens]} mươi"
    if unit == 0:
        return head
    if unit == 1 and tens > 1:
        return f"{head} mốt"
    return f"{head} {'lăm' if unit == 5 else _DIGITS[unit]}"
