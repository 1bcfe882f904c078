"""Place and date (box 4): "An Hải, ngày 05 tháng 01 năm 2021"."""

from __future__ import annotations

import datetime as dt
import re

from nhipcau.reader import confidence as why
from nhipcau.reader.language.text import LOWER, UPPER, plain
from nhipcau.reader.language.times import make
from nhipcau.reader.model import Field
from nhipcau.reader.page.layout import Line
from nhipcau.reader.page.marks import DATE_LINE, SUBJECT_LINE, is_whole_date

_DATE = re.compile(
    r"ng.?y\s*(\d{1,2})\s*th.?ng\s*(\d{1,2})\s*n.?m\s*(\d{4})|(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4})"
)
_PLACE = re.compile(r"^\W*+(.{2,40}?)\s*(?:[,.;:]\s*)?(?=\bng.?y(?=\b|\d)|,\s*\d{1,2}[/.-])", re.IGNORECASE)
_NUMBERED = re.compile(r"(?:Quận|Phường|Khu phố|Xã|Khu vực) \d{1,2}")
_CLEAN_PLACE = re.compile(rf"[{UPPER}][^\d/_|]+")
_LAST_NAME = re.compile(rf"((?:TP\.? ?)?(?:(?<!\w)[{UPPER}][{LOWER}.]+\s?){{1,5}}?)\s*,?\s*(?=\bng.?y)")
_PLACE_WORD = re.compile(rf"[{UPPER}][{LOWER}]{{0,6}}|[{UPPER}]{{2,4}}\.?|\d{{1,2}}|-")
_WEEKDAY = re.compile(r"(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat)")
_SURE_LENGTH = 70


def is_date_line(line: Line) -> bool:
    return len(line.text) < _SURE_LENGTH and DATE_LINE.search(line.plain) is not None and _has_figures(line.plain)


def _has_figures(folded: str) -> bool:
    """ "Ngày sinh Chủ tịch Tôn Đức Thắng" is no date; "ngày … tháng …" with its blanks is."""
    return re.search(r"\d|\.\.|…|th.?ng\s+n.?m|ng.?y\s+th.?ng|_|,\s*ng.?y\W*$", folded) is not None


def read_dateline(head: tuple[Line, ...]) -> tuple[Field, Field]:
    """(place, date); a date that is blank or unreadable has no value but keeps its span."""
    candidates = [
        (index, line)
        for index, line in enumerate(head)
        if is_date_line(line) and not SUBJECT_LINE.match(line.plain)
    ]
    whole = [(index, line) for index, line in candidates if is_whole_date(line.text, line.plain)]
    for index, line in whole or candidates:
        value = _read_date(line.plain)
        following = head[index + 1] if index + 1 < len(head) else None
        if value is None and following and re.match(r"(?:n.?m|th.?ng)\s*\d", following.plain):
            value = _read_date(f"{line.plain} {following.plain}")  # the line was wrapped
        span = (line.start, line.end)
        if value is None:
            return _place(line), why.field(None, span, why.DATE_BLANK)
        doubts = [] if whole else [why.ODD_SHAPE]
        return _place(line), why.field(value.isoformat(), span, why.DATE_LINE, *doubts)
    return Field(), Field()


def date_in_headline(line: Line) -> Field:
    """ "Công văn số … ngày 06/9/2023 …", the title of a web page whose copy has no header."""
    value = _read_date(line.plain[:120])
    return why.field(value.isoformat(), (line.start, line.end), why.DATE_HEADLINE) if value else Field()


def _place(line: Line) -> Field:
    found = _PLACE.match(line.text)
    if found and "," in found[1]:  # "An Hải, hồi 15 giờ ngày …"
        found = re.match(r"^\W*([^,]{2,40})", line.text)
    if found and not (_CLEAN_PLACE.fullmatch(found[1]) or _NUMBERED.fullmatch(found[1])):
        found = _LAST_NAME.search(line.text)
    if found is None or not found[1][0].isupper():
        return Field()
    at, name = line.start + found.start(1), found[1].strip(" ,.;")
    if _WEEKDAY.fullmatch(plain(name)):  # a web page's clock
        return Field()
    words = re.split(r"[\s.]+|(?<=-)|(?=-)", name)
    usual = all(_PLACE_WORD.fullmatch(word) for word in words if word)
    doubts = [] if usual and len(words) < 7 else [why.ODD_SHAPE]
    return why.field(name, (at, at + len(found[1])), why.PLACE_BEFORE_DATE, *doubts)


def _read_date(folded: str) -> dt.date | None:
    found = _DATE.search(folded)
    if not found:
        return None
    day, month, year = (int(n) for n in found.groups() if n)
    return make(year, month, day)
