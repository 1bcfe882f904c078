"""Place and date (box 4): "An Hải, ngày 05 tháng 01 năm 2021"."""

from __future__ import annotations

import datetime as dt
import re

from nhipcau.reader.layout import Line
from nhipcau.reader.model import Field
from nhipcau.reader.text import LOWER, UPPER
from nhipcau.reader.times import make

SUBJECT_LINE = re.compile(r"^[\W_]*(?:v\s?/\s?v\b|v\.v\b|ve viec\b)\s*:?")
DATE_LINE = re.compile(r"ng.?y.{0,12}th.?ng.{0,10}n.?m|,\s*ng.?y\b|^ng.?y\b.*\bth.?ng\b")
_DATE = re.compile(
    r"ng.?y\s*(\d{1,2})\s*th.?ng\s*(\d{1,2})\s*n.?m\s*(\d{4})|(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4})"
)
_PLACE = re.compile(r"^\W*(.{2,40}?)\s*[,.;:]?\s*(?=\bng.?y\b|,\s*\d{1,2}[/.-])", re.IGNORECASE)
_CLEAN_PLACE = rf"[{UPPER}][^\d/_|]+"
_LAST_NAME = re.compile(rf"((?:TP\.? ?)?(?:(?<!\w)[{UPPER}][{LOWER}.]+\s?){{1,5}}?)\s*,?\s*(?=\bng.?y)")


def is_date_line(line: Line) -> bool:
    return len(line.text) < 70 and DATE_LINE.search(line.plain) is not None


def read_dateline(head: tuple[Line, ...]) -> tuple[Field, Field]:
    """(place, date); a date that is blank or unreadable has no value but keeps its span."""
    for index, line in enumerate(head):
        if not is_date_line(line) or SUBJECT_LINE.match(line.plain):
            continue
        value = _read_date(line.plain)
        following = head[index + 1] if index + 1 < len(head) else None
        if value is None and following and re.match(r"(?:n.?m|th.?ng)\s*\d", following.plain):
            value = _read_date(f"{line.plain} {following.plain}")  # the line was wrapped
        if value is None:
            return _place(line), Field(None, 0.3, "Để trống hoặc không đọc được", (line.start, line.end))
        why = "Dòng địa danh, ngày tháng năm"
        return _place(line), Field(value.isoformat(), 0.98, why, (line.start, line.end))
    return Field(), Field()


def _place(line: Line) -> Field:
    found = _PLACE.match(line.text)
    if found and "," in found[1]:  # "An Hải, hồi 15 giờ ngày …"
        found = re.match(r"^\W*([^,]{2,40})", line.text)
    if found and not re.fullmatch(_CLEAN_PLACE, found[1]):
        found = _LAST_NAME.search(line.text)
    if found is None or not found[1][0].isupper():
        return Field()
    at = line.start + found.start(1)
    return Field(found[1].strip(" ,.;"), 0.95, "Trước “ngày … tháng … năm …”", (at, at + len(found[1])))


def _read_date(folded: str) -> dt.date | None:
    found = _DATE.search(folded)
    if not found:
        return None
    day, month, year = (int(n) for n in found.groups() if n)
    return make(year, month, day)
