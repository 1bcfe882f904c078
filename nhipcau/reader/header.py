"""Boxes 2, 3 and 4 of the header: parent body, issuing body, number, place and date."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nhipcau.reader.dateline import SUBJECT_LINE, is_date_line, read_dateline
from nhipcau.reader.layout import ADDRESSED, MOTTO, NATION, Layout, Line
from nhipcau.reader.lexicon import BARE_ORG, DANGLING, DOC_TYPES, ORG_HEAD, names_body
from nhipcau.reader.model import Field
from nhipcau.reader.number import NUMBER_LINE, read_number
from nhipcau.reader.text import legible, looks_upper, plain

_SMALL_NAME = re.compile(r"(?:lien doan lao dong|cong doan|uy ban nhan dan|ubnd|so |phong |b.{0,2} giao duc)")
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


def read_header(layout: Layout) -> Header:
    """Read the header; what is not printed (or not readable) is a Field without a value."""
    head = layout.head
    place, date = read_dateline(head)
    parent, issuer = _issuers(head)
    if issuer.value is None:
        issuer = _speaker(layout)
    number, symbol = read_number(head)
    return Header(parent, issuer, number, symbol, place, date)


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
    # Web copies print the names in small letters; a menu above the letter may look the same.
    plain_names = not names or not any(looks_upper(part.text) for name in names for part in name)
    return (
        plain_names
        and len(line.text) < 60
        and line.text[0].isupper()
        and _SMALL_NAME.match(line.plain) is not None
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
