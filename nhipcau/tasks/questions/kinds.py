"""The kinds of question as data: how an answer is read, kept, shown and added up. Pure but for the post's unit.

A value is kept as plain JSON: numbers and đồng as integers, days as ISO text, a choice as its words.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from nhipcau.boundary.names import person_names
from nhipcau.core.errors import InvalidInput
from nhipcau.core.money import parse_money
from nhipcau.core.numbers import Cell, CellState, format_value, parse_cell
from nhipcau.core.said import Said
from nhipcau.core.text import clean

Value = int | str | list[str]
Typed = Sequence[str]
LONGEST_TEXT = 300
YES, NO = "có", "không"
_YES_NO = {YES: Said("có", "yes"), NO: Said("không", "no")}
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})|(\d{4})-(\d{2})-(\d{2})")
_FIRST, _LAST = dt.date(1945, 1, 1), dt.date(2100, 12, 31)


@dataclass(frozen=True)
class Kind:
    """`read` makes a value of what was typed (never called for nothing) or raises InvalidInput.

    `adds`: the sum says something. `counts`: how often each answer was given says something. `chosen`: what may be
    answered is listed, in the question or by the unit's posts. `filed`: the answer is papers.
    """

    code: str
    label: Said
    read: Callable[[Typed, Sequence[str]], Value]
    hint: Said | None = None
    adds: bool = False
    counts: bool = False
    chosen: bool = False
    filed: bool = False


def labelled(kind: str, text: str) -> str:
    """An answer that may be chosen, as people read it: yes and no in both languages."""
    return _YES_NO.get(text, text) if kind == "yes_no" else text


def shown(kind: str, value: Value) -> str:
    """A value as people read it."""
    if isinstance(value, list):
        return "; ".join(value)
    if isinstance(value, int):
        return format_value(value, 0)
    return f"{dt.date.fromisoformat(value):%d/%m/%Y}" if kind == "date" and value else value


def _whole(typed: Typed, _options: Sequence[str]) -> int:
    return _figure(parse_cell(typed[0], 0))


def _money(typed: Typed, _options: Sequence[str]) -> int:
    return _figure(parse_money(typed[0]))


def _figure(cell: Cell) -> int:
    if cell.state is not CellState.VALUE or cell.value < 0:
        raise InvalidInput("hãy ghi một con số, từ 0 trở lên")
    return cell.value


def _day(typed: Typed, _options: Sequence[str]) -> str:
    found = _DAY.fullmatch(typed[0].strip())
    try:
        parts = [int(part) for part in found.groups() if part] if found else []
        day = dt.date(*(parts if parts and parts[0] > 31 else reversed(parts)))
    except (ValueError, TypeError) as error:
        raise InvalidInput("không có ngày này; hãy gõ như 05/11/2026") from error
    if not _FIRST <= day <= _LAST:
        raise InvalidInput("không có ngày này; hãy gõ như 05/11/2026")
    return day.isoformat()


def _one_of(typed: Typed, options: Sequence[str]) -> str:
    if typed[0] not in options:
        raise InvalidInput("hãy chọn một trong các câu trả lời có sẵn")
    return typed[0]


def _yes_or_no(typed: Typed, _options: Sequence[str]) -> str:
    return _one_of(typed, (YES, NO))


def _several_of(typed: Typed, options: Sequence[str]) -> list[str]:
    if not set(typed) <= set(options):
        raise InvalidInput("hãy chọn trong các chức danh của đơn vị")
    return [one for one in options if one in typed]


def _words(typed: Typed, _options: Sequence[str]) -> str:
    text = clean(typed[0], multiline=True)
    if len(text) > LONGEST_TEXT:
        raise InvalidInput(Said(f"không quá {LONGEST_TEXT} chữ cái", f"at most {LONGEST_TEXT} characters"))
    if names := person_names(text):
        raise InvalidInput(
            Said(
                f"có vẻ có tên người ({', '.join(names)}); hãy thay bằng con số hoặc chức danh",
                f"this seems to name people ({', '.join(names)}); put a number or a post instead",
            )
        )
    return text


def _names_of_files(typed: Typed, _options: Sequence[str]) -> list[str]:
    return list(typed)


KINDS = {
    one.code: one
    for one in (
        Kind("number", Said("số", "number"), _whole, adds=True),
        Kind(
            "money", Said("số tiền", "sum of money"), _money, adds=True,
            hint=Said("Gõ “72.000.000” hoặc “72 triệu”.", "Type “72.000.000” or “72 triệu” (million)."),
        ),
        Kind("date", Said("ngày", "date"), _day, hint=Said("Ngày trước, tháng sau: 05/11/2026.", "As 05/11/2026.")),
        Kind("yes_no", Said("có hoặc không", "yes or no"), _yes_or_no, counts=True, chosen=True),
        Kind("choice", Said("chọn một", "one of several"), _one_of, counts=True, chosen=True),
        Kind(
            "text", Said("chữ ngắn", "short text"), _words,
            hint=Said(
                "Ghi việc và con số. Không ghi tên, sức khỏe, hoàn cảnh hay ý kiến của một người nào.",
                "Write of work and figures. No person's name, health, hardship or opinion.",
            ),
        ),
        Kind(
            "posts", Said("chức danh của đơn vị", "posts of the unit"), _several_of, chosen=True,
            hint=Said("Chọn chức danh, không ghi tên người.", "Choose posts, not persons."),
        ),
        Kind(
            "file", Said("tệp giấy tờ", "a paper"), _names_of_files, filed=True,
            hint=Said("Tệp .pdf, .docx, .xlsx, .txt; không gửi ảnh.", "A .pdf, .docx, .xlsx or .txt; no picture."),
        ),
    )
}  # fmt: skip
