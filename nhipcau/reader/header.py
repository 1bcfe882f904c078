"""Boxes 2, 3 and 4 of the header: parent body, issuing body, number, place and date."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from nhipcau.reader.layout import ADDRESSED, LOWER, MOTTO, NATION, UPPER, Layout, Line, legible, looks_upper, plain
from nhipcau.reader.lexicon import BARE_ORG, DANGLING, DOC_TYPES, ORG_HEAD, names_body
from nhipcau.reader.model import Field
from nhipcau.reader.number import NUMBER_LINE, read_number
from nhipcau.reader.times import make

SUBJECT_LINE = re.compile(r"^[\W_]*(?:v\s?/\s?v\b|v\.v\b|ve viec\b)\s*:?")
DATE_LINE = re.compile(r"ng.?y.{0,12}th.?ng.{0,10}n.?m|,\s*ng.?y\b|^ng.?y\b.*\bth.?ng\b")
_DATE = re.compile(
    r"ng.?y\s*(\d{1,2})\s*th.?ng\s*(\d{1,2})\s*n.?m\s*(\d{4})|(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4})"
)
_PLACE = re.compile(r"^\W*(.{2,40}?)\s*[,.;:]?\s*(?=\bng.?y\b|,\s*\d{1,2}[/.-])", re.IGNORECASE)


_CLEAN_PLACE = rf"[{UPPER}][^\d/_|]+"
_LAST_NAME = re.compile(rf"((?:(?<!\w)[{UPPER}][{LOWER}.]+\s?){{1,5}}?)\s*,?\s*(?=\bng.?y)")
_TYPE_TITLE = re.compile(rf"(?:{'|'.join(sorted(DOC_TYPES, key=len, reverse=True))})\b")
_STAMP = re.compile(
    r"\W*(?:hoa toc|thuong khan|khan|mat|toi mat|tuyet mat|du thao|ban sao|sao y|cong bao|den"
    r"|cong van den|sao luc)\b\W*\w{0,8}$"
)


@dataclass(frozen=True)
class Header:
    parent: Field
    issuer: Field
    number: Field
    symbol: str | None  # "KH-LĐLĐ", known even where the number is blank
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
    if issuer.value is None:
        issuer = _speaker(layout)
    number, symbol = read_number(head)
    return Header(parent, issuer, number, symbol, place, date)


def _place_and_date(head: tuple[Line, ...]) -> tuple[Field, Field]:
    for line in head:
        if not is_date_line(line) or SUBJECT_LINE.match(line.plain):
            continue
        place = Field()
        found = _PLACE.match(line.text)
        if found and "," in found[1]:  # "An Hải, hồi 15 giờ ngày …"
            found = re.match(r"^\W*([^,]{2,40})", line.text)
        if found and not re.fullmatch(_CLEAN_PLACE, found[1]):
            found = _LAST_NAME.search(line.text)
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
    return make(year, month, day)


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
            names.append([line])
        else:
            names[-1].append(line)
    if not names:
        return Field(), Field()
    why = "Dòng dưới của góc trái" if len(names) > 1 else "Tên cơ quan duy nhất ở góc trái"
    parent = _join(names[-2], "Dòng trên của góc trái") if len(names) > 1 else Field()
    return parent, _join(names[-1], why)


_SPEAKS = re.compile(
    r"\s+(?:to chuc|keu goi|de nghi|yeu cau|thong bao|ban hanh|xay dung|huong dan|tran trong|kinh moi"
    r"|phat dong|trien khai|chi dao|bao cao|quyet dinh|kinh de nghi|se)\b"
)


def _speaker(layout: Layout) -> Field:
    """Without a header: the first body in the text that is the subject of a speaking verb."""
    for line in layout.lines[layout.body : layout.body + 15]:
        for verb in _SPEAKS.finditer(line.plain):
            start = max(line.plain.rfind(mark, 0, verb.start()) for mark in ",;.:") + 1
            start += len(line.text[start:]) - len(line.text[start:].lstrip())
            name = line.text[start : verb.start()].strip()
            if names_body(name, plain(name)) and name[:1].isupper() and 2 < len(name.split()) < 16:
                at = line.start + start
                return Field(
                    name, 0.5, "Không có phần đầu; đây là cơ quan nói trong nội dung", (at, at + len(name))
                )
    return Field()


def _ends_names(line: Line) -> bool:
    folded = line.plain.strip(" :.")
    return bool(
        (NUMBER_LINE.match(line.plain) and ("/" in line.text or len(folded) < 4))
        or SUBJECT_LINE.match(line.plain)
        or (looks_upper(line.text) and _TYPE_TITLE.match(folded))
        or ADDRESSED.match(line.plain)
    )


def _may_name_a_body(line: Line, names: list[list[Line]]) -> bool:
    if looks_upper(line.text) and len(line.text) > 2:
        return legible(line.text) and not re.search(r"\d{4}", line.text) and not _STAMP.match(line.plain)
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
    # A stamp beside the name leaves rules and letters behind it.
    names = (re.sub(r"\s[-_=~*^<>]{2,}.*$", "", line.text) for line in lines)
    text = " ".join(name.strip(" *_|") for name in names).strip(" -.,;")
    return Field(text, 0.95, why, (lines[0].start, lines[-1].end))
