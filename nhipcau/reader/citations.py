"""Documents cited by number: "Kế hoạch số 10/KH-TLĐ ngày 09/3/2018 của …"."""

from __future__ import annotations

import datetime as dt
import re

from nhipcau.reader.layout import Layout
from nhipcau.reader.model import Citation
from nhipcau.reader.text import UPPER, plain
from nhipcau.reader.times import make

# number [/year] then "/" or "-" and a symbol whose groups hold capitals: "12/2010/NĐ-CP", "29-NQ/TW".
_GROUP = rf"[{UPPER}][\w&]*"
_MORE = (
    rf"(?:-\s{{0,2}}(?={_GROUP})|\s-(?=[{UPPER}]{{2}})|[/.](?=[{UPPER}]{{2}})"
    rf"|,\s?(?=[{UPPER}][\w]*-[{UPPER}]{{2}}))"
)
_SYMBOL = re.compile(
    rf"(?<![\w/.,-])(?<!\d:)(\d{{1,5}}[a-zđ]?)\s?(/\s?\d{{4}})?\s?(/\s?|-)({_GROUP}(?:{_MORE}{_GROUP})*)"
)
_TYPES = (
    "nghi quyet|quyet dinh|chi thi|quy che|quy dinh|thong bao|huong dan|chuong trinh|ke hoach|de an"
    "|bao cao|to trinh|cong dien|cong van|thong tu lien tich|thong tu|nghi dinh|ket luan|luat|phap lenh"
    "|van ban|cv|qd|nd|nq|kh|hd|tb|tt|ct"
)
_BARE = re.compile(rf"\b(?:{_TYPES})\s+so\s*:?\s*(\d{{1,5}}[a-z]?)(?=,?\s+(?:ngay|cua)\b)")
_NOT_A_DOCUMENT = re.compile(r"\b(?:mau|bieu|phu luc|bieu mau|mau bieu)\s*(?:so)?\s*:?\s*$")
_DATE = r"ngay\s*(?:(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4})|(\d{1,2})\s*thang\s*(\d{1,2})\s*nam\s*(\d{4}))"
_DATED = re.compile(rf"\s*[,(]?\s*(?:cua\s(?:(?!\bve\b)[^;.()\d]){{2,90}}?)?[,(]?\s*(?:ky|ban hanh)?\s*{_DATE}")
_ISSUED_BY = re.compile(
    r"[\s,)]*(?:ngay[\s\d/.,-]*(?:thang\s*\d+\s*nam\s*\d+)?\s*)?\)?,?\s*cua\s+(.{2,90}?)"
    r"(?=\s*(?:[,;.:()“\"]|\bve\b|\bquy dinh\b|\bhuong dan\b|\bban hanh\b|\bngay\b"
    r"|\bv/v\b|\bso\b\s*\d|\btrien khai\b|\bsua doi\b|$))"
)


def read_citations(layout: Layout, own_number: str | None) -> tuple[Citation, ...]:
    """Every document named by number or symbol, once, in order; the document's own number is left out."""
    text, folded = layout.text, layout.plain
    own = _key(own_number) if own_number else None
    found: dict[str, Citation] = {}
    matches = [(m, _symbol_of(m)) for m in _SYMBOL.finditer(text)]
    matches += [(m, m[1]) for m in _BARE.finditer(folded)]
    for match, symbol in sorted(matches, key=lambda pair: pair[0].start()):
        if (
            not symbol
            or _key(symbol) == own
            or _in_header(layout, match)
            or _NOT_A_DOCUMENT.search(folded[: match.start()][-20:])
        ):
            continue
        start = match.start(1)
        after = folded[match.end() : match.end() + 220]
        citation = Citation(symbol, _date(after), _issuer(text, match.end(), after), (start, match.end()))
        key = _key(symbol)
        if key not in found or (found[key].date is None and citation.date is not None):
            found[key] = citation if key not in found else _dated(found[key], citation.date)
    return tuple(found.values())


def _symbol_of(match: re.Match[str]) -> str | None:
    symbol = match[4]
    if sum(c.isupper() for c in symbol) < 2:
        return None
    return re.sub(r"\s+", "", match[0]).rstrip("-/,")


def _key(symbol: str) -> str:
    return re.sub(r"[^\w&/-]", "", plain(symbol))


def _in_header(layout: Layout, match: re.Match[str]) -> bool:
    """The number in the header is the document's own even when it could not be read whole."""
    if match.start() >= layout.body_start:
        return False
    line = max((line for line in layout.head if line.start <= match.start()), key=lambda line: line.start)
    return re.match(r"\W*s[o0]\b", line.plain) is not None


def _dated(first: Citation, date: dt.date | None) -> Citation:
    return Citation(first.symbol, date, first.issuer, first.span)


def _date(after: str) -> dt.date | None:
    found = _DATED.match(after)
    if not found:
        return None
    day, month, year = (int(n) for n in found.groups() if n)
    return make(year, month, day)


def _issuer(text: str, end: int, after: str) -> str | None:
    found = _ISSUED_BY.match(after)
    if not found:
        return None
    return " ".join(text[end + found.start(1) : end + found.end(1)].split()) or None
