"""Boxes 2, 3 and 4 of the header: parent body, issuing body, number, place and date."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nhipcau.reader import confidence as why
from nhipcau.reader.confidence import Doubt, Ground
from nhipcau.reader.elements.dateline import date_in_headline, is_date_line, read_dateline
from nhipcau.reader.elements.doctype import headline
from nhipcau.reader.elements.number import number_in_headline, read_number
from nhipcau.reader.language.lexicon import BARE_ORG, DANGLING, DOC_TYPES, HOSTED, ORG_HEAD, names_body
from nhipcau.reader.language.spelling import misspelt
from nhipcau.reader.language.text import legible, looks_upper, plain
from nhipcau.reader.model import Field
from nhipcau.reader.page.layout import ADDRESSED, Layout, Line
from nhipcau.reader.page.marks import NUMBER_LINE, SUBJECT_LINE, is_whole_date, motto_in, nation_at

_SMALL_NAME = re.compile(r"(?:lien doan lao dong|cong doan|uy ban nhan dan|ubnd|so |phong |b.{0,2} giao duc)")
_TYPE_TITLE = re.compile(rf"(?:{'|'.join(sorted(DOC_TYPES, key=len, reverse=True))})\b")
_STAMP = re.compile(
    r"\W*(?:hoa toc|thuong khan|khan|mat|toi mat|tuyet mat|du thao|ban sao|sao y|cong bao|den"
    r"|cong van den|sao luc|trich sao|xem xong tra lai|luu hanh noi bo)\b\W*\w{0,8}$"
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
    return nation_at(line.text, line.plain) is not None or motto_in(line.plain) is not None


def is_stamp(line: Line) -> bool:
    """ "HỎA TỐC", "DỰ THẢO", "SAO Y": stamped on the page, part of no element."""
    return _STAMP.match(line.plain) is not None


def read_header(layout: Layout) -> Header:
    """Read the header; what is not printed (or not readable) is a Field without a value."""
    head = layout.head
    place, date = read_dateline(head)
    parent, issuer = _issuers(head)
    if issuer.value is None:
        issuer = _speaker(layout)
    number, symbol = read_number(head)
    if date.span is None:
        place, date = read_dateline(_last_date(layout)) if place.value is None else (place, date)
    title = None if layout.headed else headline(layout)
    if layout.headed and symbol is None and number.span is None:
        headed_by = headline(layout)  # the site's title above a header that lost its number
        number, symbol = number_in_headline(headed_by) if headed_by else (number, symbol)
    if title is not None:
        if symbol is None:
            number, symbol = number_in_headline(title)
        if date.span is None:
            date = date_in_headline(title)
    return Header(parent, issuer, number, symbol, place, date)


def _last_date(layout: Layout) -> tuple[Line, ...]:
    """Old habits put place and date at the end, above the signature."""
    near = layout.lines[max(layout.body, layout.closing - 3) : layout.annex]
    return tuple(line for line in near if is_whole_date(line.text, line.plain))


def _issuers(head: tuple[Line, ...]) -> tuple[Field, Field]:
    """(parent, issuer) from the left column above the number."""
    names = _bodies(_names(head))
    if not names:
        return Field(), Field()
    if len(names) == 1:
        return Field(), _join(names[0], why.ISSUER_ONLY, alone=True)
    return _join(names[-2], why.PARENT_UPPER, alone=True), _join(names[-1], why.ISSUER_LOWER, alone=False)


def _names(head: tuple[Line, ...]) -> list[list[Line]]:
    """Groups of lines that may be names, those of a site's menu above the header left out."""
    marks = [i for i, line in enumerate(head) if line.is_mark]
    first = marks[0] if marks else 0
    names: list[list[Line]] = []
    for index, line in enumerate(head):
        if _ends_names(line):
            if names and index >= first:
                break
            names = []  # above the header it is the site's title
            continue
        if line.column == 1 or is_nation_or_motto(line) or is_date_line(line):
            continue
        if not _may_name_a_body(line, names):
            if index < first and len(line.text) > 12 and line.text[0] not in "-+*(":
                names = []
            continue
        starts = ORG_HEAD.match(line.plain.lstrip(" *-_")) is not None
        if not names or (starts and not _unfinished(names[-1], line) and not _broken_word(names[-1], line)):
            names.append([line])
        else:
            names[-1].append(line)
    return names


_EVENT = re.compile(r"(?:hoi (?:nghi|thao|thi|dien|khoe|dam)|cuoc thi|le (?:ky niem|phat dong)|giai )\b")


def _bodies(names: list[list[Line]]) -> list[list[Line]]:
    """Without what stands above the first real name ("MỤC LỤC VĂN BẢN")."""
    names = [group for group in names if not _EVENT.match(group[0].plain.lstrip(' "“*-_'))]
    known = [bool(ORG_HEAD.match(" ".join(line.plain for line in group).lstrip(" *-_"))) for group in names]
    return names[known.index(True) :] if any(known) else names


SPEAKS = re.compile(
    r"\s+(?:to chuc|keu goi|de nghi|yeu cau|thong bao|ban hanh|xay dung|huong dan|tran trong|kinh moi"
    r"|phat dong|trien khai|chi dao|bao cao|quyet dinh|kinh de nghi|lay y kien"
    r"|khuyen khich|se|xin|nhan duoc|(?:da|vua) (?:ban hanh|co|nhan|phoi hop))\b"
)


_HEAD_OF_BODY = re.compile(r"(?:Hiệu trưởng|Giám đốc|Thủ trưởng)\s+(?=[^\W\d_])")
_FIRST_WORDS = 1500  # letters of a paragraph in which its speaker must stand
_DRAFTERS = re.compile(r"(?:ban|to) (?:soan thao|giup viec|thu ky)\b")


def _speaker(layout: Layout) -> Field:
    """Without a header: the first body in the text that is the subject of a speaking verb."""
    start = layout.body if layout.headed and layout.body < len(layout.lines) else 0
    for line in layout.lines[start : start + 15]:
        for verb in SPEAKS.finditer(line.plain, 0, _FIRST_WORDS):
            if verb[0].strip() == "se" and line.text[verb.end() - 1] != "ẽ":  # "chia sẻ"
                continue
            at = max(line.plain.rfind(mark, 0, verb.start()) for mark in ",;.:") + 1
            at += len(line.text[at:]) - len(line.text[at:].lstrip())
            name = re.sub(r"\s*\([^()]*\)$", "", line.text[at : verb.start()].strip())
            head = _HEAD_OF_BODY.match(name)
            at, name = (at + head.end(), name[head.end() :]) if head else (at, name)
            if _DRAFTERS.match(plain(name)) or not _is_speaker(name, line.text[:at]):
                continue
            if names_body(name, plain(name)) and name[:1].isupper() and 1 < len(name.split()) < 22:
                span = (line.start + at, line.start + at + len(name))
                return why.field(name, span, why.ISSUER_SPEAKS)
    return Field()


# What no name ends with: the words between a body and its verb, and "us".
_HALF_SAID = re.compile(r"\b(?:ta|phoi hop|theo|da|dang|se|cung|voi|de|duoc|va|trong|tai|phai|can|xet|gui)$")
_TOLD = re.compile(r"\W*ngay \d[\d/. -]*(?:thang \d+ nam \d+)?\W*$")


def _is_speaker(name: str, before: str) -> bool:
    """Not one of several in a row, half a sentence, or whoever did something on a day of the past."""
    if _HALF_SAID.search(plain(name)) or _TOLD.match(plain(before)):
        return False
    if re.search(r"\bphoi hop\b[^.;]*$", plain(before)):
        return False
    beside = before.rstrip(" ,").rsplit(",", 1)[-1].strip()
    return not (before.rstrip().endswith(",") and names_body(beside, plain(beside)))


def _ends_names(line: Line) -> bool:
    folded = line.plain.strip(" :.")
    return bool(
        (NUMBER_LINE.match(line.plain) and ("/" in line.text or len(folded) < 4))
        or SUBJECT_LINE.match(line.plain)
        or (looks_upper(line.text) and _TYPE_TITLE.match(folded))
        or ADDRESSED.match(line.plain)
    )


_SYMBOL_LEFT = re.compile(r"\S+[/-]\S+")  # one word: what a stamp left of the number, as "J[B-LĐLĐ"
_RULE_LEFT = 2  # letters, read from the rule below the issuer
_FULL_CELL = 26  # letters; only a longer name wraps


def _is_remnant(line: Line, names: list[list[Line]]) -> bool:
    if _SYMBOL_LEFT.fullmatch(line.text):
        return True
    return len(line.text) <= _RULE_LEFT and bool(names) and len(names[-1][-1].text) < _FULL_CELL


def _may_name_a_body(line: Line, names: list[list[Line]]) -> bool:
    if _is_remnant(line, names):
        return False
    if looks_upper(line.text) and len(line.text) > 1:
        return legible(line.text) and not re.search(r"\d{4}", line.text) and not is_stamp(line)
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
    if DANGLING.search(so_far) or so_far.count('"') % 2 or so_far.count("“") > so_far.count("”"):
        return True
    if HOSTED.fullmatch(so_far):  # "CÔNG ĐOÀN CƠ SỞ" + "TRƯỜNG MẦM NON …"
        return not re.match(r"(?:cong doan|lien doan|ban chap hanh|bch)\b", following.plain)
    bare = BARE_ORG.fullmatch(so_far) is not None
    return (
        bare
        and so_far.startswith(("ban ", "hoi dong", "uy ban kiem tra"))
        and not following.plain.startswith("ban ")
    )


def _broken_word(name: list[Line], following: Line) -> bool:
    """ "TỔNG" + "CỤC THUẾ", "ỦY" + "BAN NHÂN DÂN": a narrow cell broke the first words of one name."""
    first = name[0].plain.strip()
    return len(name) == 1 and " " not in first and ORG_HEAD.match(f"{first} {following.plain}") is not None


def _join(lines: list[Line], ground: Ground, *, alone: bool) -> Field:
    # A stamp beside the name leaves rules and letters behind it.
    names = (re.sub(r"\s(?:[-_=~*^<>]{2,}|[>»›|]\s).*$", "", line.text) for line in lines)
    text = " ".join(name.strip(" *_|") for name in names).strip(" -.,;")
    return why.field(text, (lines[0].start, lines[-1].end), ground, *_doubts(text, alone=alone))


def _doubts(name: str, *, alone: bool) -> list[Doubt]:
    folded = plain(name)
    doubts = []
    if not ORG_HEAD.match(folded):
        doubts.append(why.UNUSUAL_BODY)
    elif alone and BARE_ORG.fullmatch(folded):
        doubts.append(why.BARE_BODY)
    if misspelt(name) or re.search(r"[^\w\s.,&()/:'\"“”’-]|\d", re.sub(r"(?:SỐ|số|QUẬN|PHƯỜNG) \d+", "", name)):
        doubts.append(why.GARBLED)
    if len(name) > 110:
        doubts.append(why.VERY_LONG)
    return doubts
