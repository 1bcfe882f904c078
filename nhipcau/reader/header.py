"""Boxes 2, 3 and 4 of the header: parent body, issuing body, number, place and date."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from nhipcau.reader.layout import ADDRESSED, MOTTO, NATION, UPPER, Layout, Line, looks_upper
from nhipcau.reader.lexicon import BARE_ORG, DANGLING, DOC_TYPES, ORG_HEAD
from nhipcau.reader.model import Field

NUMBER_LINE = re.compile(r"^[\W_]*s[oó0ô]\b\s*[:.;]?")
SUBJECT_LINE = re.compile(r"^[\W_]*(?:v\s?/\s?v\b|v\.v\b|ve viec\b)\s*:?")
_SYMBOL = rf"[{UPPER}][\w&.]*(?:\s?[-,&/]\s?[{UPPER}\d][\w&.]*)*"
_NUMBER = re.compile(rf"(\d{{1,5}}[a-zđ]?)\s*((?:/\s*\d{{4}}\s*)?[/-]\s*{_SYMBOL})")
_BLANK_NUMBER = re.compile(rf"^[\W_]*/\s*{_SYMBOL}")
DATE_LINE = re.compile(r"ng.y.{0,12}th.ng.{0,10}n.m|,\s*ng.y\b|^ng.y\b.*\bth.ng\b")
_DATE = re.compile(
    r"ngay\s*(\d{1,2})\s*thang\s*(\d{1,2})\s*nam\s*(\d{4})|(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4})"
)
_PLACE = re.compile(r"^\W*(.{2,40}?)\s*[,.;:]?\s*(?=\bng.y\b|,\s*\d{1,2}[/.-])", re.IGNORECASE)


@dataclass(frozen=True)
class Header:
    parent: Field
    issuer: Field
    number: Field
    place: Field
    date: Field


def is_nation_or_motto(line: Line) -> bool:
    return bool(NATION.search(line.plain) or MOTTO.search(line.plain))


def is_date_line(line: Line) -> bool:
    return len(line.text) < 70 and DATE_LINE.search(line.plain) is not None


def read_header(layout: Layout) -> Header:
    """Read the header; what is not printed (or not readable) is a Field without a value."""
    head = layout.head
    place, date = _place_and_date(head)
    parent, issuer = _issuers(head)
    return Header(parent, issuer, _number(head), place, date)


def _number(head: tuple[Line, ...]) -> Field:
    for index, line in enumerate(head):
        if not NUMBER_LINE.match(line.plain):
            continue
        offset = NUMBER_LINE.match(line.plain).end()  # type: ignore[union-attr]
        rest = line.text[offset:].strip()
        if _BLANK_NUMBER.match(rest):
            return Field(None, 0.9, "Số để trống, chỉ in ký hiệu", (line.start, line.end))
        found = _NUMBER.match(rest)
        if found:
            at = line.start + line.text.index(rest) if rest else line.start
            return Field(_compact(found[0]), 0.99, "Dòng bắt đầu bằng “Số”", (at, at + found.end()))
        if not rest:
            return _number_on_next_line(head[index + 1 : index + 4])
        if "/" in rest:
            return Field(None, 0.2, f"Không đọc chắc được số trong “{line.text}”", (line.start, line.end))
    return Field()


def _number_on_next_line(lines: tuple[Line, ...]) -> Field:
    for line in lines:
        found = _NUMBER.match(line.text)
        if found:
            return Field(
                _compact(found[0]), 0.9, "Số nằm ở dòng sau chữ “Số”", (line.start, line.start + found.end())
            )
    return Field()


def _compact(number: str) -> str:
    """No spaces, except after a comma that joins two drafting units."""
    return re.sub(r",\s*", ", ", re.sub(r"\s*([-/&])\s*", r"\1", number)).strip(" .,")


def _place_and_date(head: tuple[Line, ...]) -> tuple[Field, Field]:
    for line in head:
        if not is_date_line(line) or SUBJECT_LINE.match(line.plain):
            continue
        place = Field()
        found = _PLACE.match(line.text)
        if found and found[1][0].isupper():
            at = line.start + found.start(1)
            place = Field(found[1].strip(" ,.;"), 0.95, "Trước “ngày … tháng … năm …”", (at, at + len(found[1])))
        value = _read_date(line.plain)
        if value is None:
            return place, Field(None, 0.3, "Ngày ban hành để trống hoặc không đọc được", (line.start, line.end))
        return place, Field(value.isoformat(), 0.98, "Dòng địa danh, ngày tháng năm", (line.start, line.end))
    return Field(), Field()


def _read_date(folded: str) -> dt.date | None:
    found = _DATE.search(folded)
    if not found:
        return None
    day, month, year = (int(n) for n in found.groups() if n)
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _issuers(head: tuple[Line, ...]) -> tuple[Field, Field]:
    """(parent, issuer) from the left column above the number."""
    names: list[list[Line]] = []
    for line in head:
        if _ends_names(line):
            if names:
                break
            continue
        if line.column == 1 or is_nation_or_motto(line) or is_date_line(line) or not _may_name_a_body(line, names):
            continue
        starts = ORG_HEAD.match(line.plain.lstrip(" *-_")) is not None
        if not names or (starts and not _unfinished(names[-1], line)):
            if starts:
                names.append([line])
        else:
            names[-1].append(line)
    if not names:
        return Field(), Field()
    why = "Dòng dưới của góc trái" if len(names) > 1 else "Tên cơ quan duy nhất ở góc trái"
    parent = _join(names[-2], "Dòng trên của góc trái") if len(names) > 1 else Field()
    return parent, _join(names[-1], why)


def _ends_names(line: Line) -> bool:
    folded = line.plain.strip(" :.")
    return bool(
        (NUMBER_LINE.match(line.plain)
        and ("/" in line.text or len(folded) < 4))
        or SUBJECT_LINE.match(line.plain)
        or folded in DOC_TYPES
        or ADDRESSED.match(line.plain)
    )


def _may_name_a_body(line: Line, names: list[list[Line]]) -> bool:
    if looks_upper(line.text) and len(line.text) > 2:
        return not re.search(r"\d{4}", line.text)
    first = line.text.split()[0]
    return (
        not names
        and len(line.text) < 60
        and first[0].isupper()
        and bool(
            re.match(
                r"(?:lien doan lao dong|cong doan|uy ban nhan dan|ubnd|so |phong |b.{0,2} giao duc)", line.plain
            )
        )
        and not re.search(r"[.;!?]|\d", line.text)
    )


def _unfinished(name: list[Line], following: Line) -> bool:
    """Does the name so far need the next line, although that begins like a body of its own?"""
    so_far = " ".join(line.plain for line in name).strip(" *-_")
    if DANGLING.search(so_far):
        return True
    bare = BARE_ORG.fullmatch(so_far) is not None
    return (
        bare
        and so_far.startswith(("ban ", "hoi dong", "uy ban kiem tra"))
        and not following.plain.startswith("ban ")
    )


def _join(lines: list[Line], why: str) -> Field:
    text = " ".join(line.text.strip(" *_|") for line in lines).strip(" -.,;")
    return Field(text, 0.95, why, (lines[0].start, lines[-1].end))
