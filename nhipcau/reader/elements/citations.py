"""Documents cited by number: "Kế hoạch số 10/KH-TLĐ ngày 09/3/2018 của …"."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from dataclasses import replace

from nhipcau.core.said import Said
from nhipcau.reader.language.text import UPPER, plain, with_symbols
from nhipcau.reader.language.times import make
from nhipcau.reader.model import Citation
from nhipcau.reader.page.layout import Layout

# number [/year] then "/" or "-" and a symbol whose groups hold capitals: "12/2010/NĐ-CP", "29-NQ/TW",
# "19-2016/NQ-CP". Blanks slip in around dashes and, before "ĐT" of the education service, inside a group.
_GROUP = rf"[{UPPER}](?:(?!ngày[\s\d])[\w&])*(?:(?<=[{UPPER}]GD)\s(?=ĐT\b)ĐT)?"
_MORE = (
    rf"(?:-\s{{0,2}}(?={_GROUP})|\s-\s?(?=[{UPPER}]{{2}})|(?:[/.]|\s/)(?=[{UPPER}]{{2}})"
    rf"|,\s?(?=[{UPPER}][\w]*-[{UPPER}]{{2}}))"
)
_PARTY = r"(?:\s?-\s?|\s)(?=(?:NQ|CT|KL|QĐ|QyĐ|QC|HD|KH|TB|CTr|CTHĐ|BC|TTr|ĐA|CV)\s?/)"
_SYMBOL = re.compile(
    rf"(\d(?<![\w/.,-].)(?<!\d:.)\d{{0,4}}[a-zđ]?)\s?(/\s?\d{{4}}|-\d{{4}}(?=/))?\s?(/\s?|-|{_PARTY})"
    rf"({_GROUP}(?:{_MORE}{_GROUP})*)"
)
_TYPES = (
    "nghi quyet|quyet dinh|chi thi|quy che|quy dinh|thong bao|huong dan|chuong trinh|ke hoach|de an"
    "|bao cao|to trinh|cong dien|cong van|thong tu lien tich|thong tu|nghi dinh|ket luan|luat|phap lenh"
    "|van ban|cv|qd|nd|nq|kh|hd|tb|tt|ct"
)
_NAMED = re.compile(rf"\b(?:{_TYPES})(?:\s*\(|\s+so|\s+lien tich)?\s*(?::\s*)?$")
_BARE = re.compile(rf"\b(?:{_TYPES})\s+so\s*(?::\s*)?(\d{{1,5}}[a-z]?)(?=,?\s+(?:ngay|cua|ve)\b)")
_BARE_NUMBER = re.compile(
    r"so\s*(?::\s*)?\d{1,5}[a-z]?,?\s+(?:ngay|cua|ve)\b"
)  # the end of it, which few texts hold
_NOT_A_DOCUMENT = re.compile(r"\b(?:mau|bieu|phu luc|bieu mau|mau bieu)\s*(?:so\s*)?(?::\s*)?$")
_COPY = re.compile(r"/(?:SY|SL|TrS|TRS)-")
_NUMBERED = re.compile(r"(?:^|\n)\W*so\s*:\s*$")
_DATE = r"ngay\s*(?:(\d{1,2})\s?[/.-]\s?(\d\s?\d?)\s?[/.-]\s?(\d{4})|(\d{1,2})\s*thang\s*(\d{1,2})\s*nam\s*(\d{4}))"
_DATED = re.compile(
    rf"\s*(?:[,(]\s*)?(?:(?:cua|tinh|thanh pho|huyen|thi xa)\s(?:(?!\bve\b)[^;.()\d]){{2,90}}?\s*)?"
    rf"(?:[,(]\s*)?(?:(?:ky|ban hanh)\s*)?{_DATE}"
)
# The day a document was issued on, told first; its own day may not stand between ("… ngày", ".", ";").
_TOLD = re.compile(
    rf"{_DATE}(?:(?!\bngay\b)[^.;])*?\b(?:ban hanh|(?:co|gui) (?=(?:\d+ )?(?:{_TYPES})\b))(?:(?!\bngay\b)[^.;])*$"
)
_SAME_DAY = re.compile(r"\s*(?:[,(]\s*)?(?:(?:ky|ban hanh)\s*)?cung ngay\b")
_ISSUED_BY = re.compile(
    r"[\s,)]*(?:ngay[\s\d/.,-]*(?:thang\s*\d+\s*nam\s*\d+[\s,]*)?(?:\)[\s,]*)?)?cua\s++(.{2,90}?)"
    r"(?=\s*(?:[,;.:()“\"]|\bve\b|\bquy dinh\b|\bhuong dan\b|\bban hanh\b|\bngay\b"
    r"|\bv/v\b|\bso\b\s*\d|\btrien khai\b|\bsua doi\b|$))"
)


def read_citations(layout: Layout, own_number: str | None) -> tuple[Citation, ...]:
    """Every document named by number or symbol, once, in order; the document's own number is left out."""
    text, folded = with_symbols(layout.text), layout.plain
    own = _key(own_number) if own_number else None
    found: dict[str, Citation] = {}
    last: dt.date | None = None  # of the citation before, which "cùng ngày" repeats
    end = layout.enclosed_start
    matches = [(m, _symbol_of(m)) for m in _SYMBOL.finditer(text, 0, end)]
    if _BARE_NUMBER.search(folded):
        matches += [(m, m[1]) for m in _BARE.finditer(folded, 0, end)]
    for match, symbol in sorted(matches, key=lambda pair: pair[0].start()):
        before = folded[max(0, match.start() - 40) : match.start()]
        if not symbol or _is_own(_key(symbol), own) or _in_header(layout, match) or _NOT_A_DOCUMENT.search(before):
            continue
        if _COPY.search(symbol) and _NUMBERED.search(before):
            continue  # the block of a copy: its own number
        citation = _citation(layout, match, symbol, before, last)
        last = citation.date
        first = found.setdefault(_key(symbol), citation)
        if first.date is None and citation.date is not None:
            found[_key(symbol)] = replace(first, date=citation.date)
    return tuple(found.values())


def _citation(layout: Layout, match: re.Match[str], symbol: str, before: str, last: dt.date | None) -> Citation:
    after = layout.plain[match.end() : match.end() + 220]
    date = last if _SAME_DAY.match(after) else _date(after) or _told(layout.plain, match.start())
    confidence, why = _sure(match, before, date)
    issuer = _issuer(layout.text, match.end(), after)
    return Citation(symbol, date, issuer, (match.start(1), match.end()), confidence, why)


def _sure(match: re.Match[str], before: str, date: dt.date | None) -> tuple[float, Said]:
    if match.re is _BARE:
        return 0.85, Said("Có loại văn bản và số, không có ký hiệu", "Kind and number, without a symbol")
    if _NAMED.search(before):
        return (
            (0.98, Said("Có loại, số, ký hiệu và ngày", "Kind, number, symbol and date"))
            if date
            else (0.96, Said("Có loại văn bản, số và ký hiệu", "Kind, number and symbol"))
        )
    return (
        (0.95, Said("Có số, ký hiệu và ngày", "Number, symbol and date"))
        if date
        else (
            0.85,
            Said("Có số và ký hiệu nhưng không có loại văn bản", "Number and symbol, but no kind of document"),
        )
    )


def _symbol_of(match: re.Match[str]) -> str | None:
    symbol = match[4]
    if sum(c.isupper() for c in symbol) < 2:
        return None
    return re.sub(r"\s+", "", match[0]).rstrip("-/,")


def _is_own(key: str, own: str | None) -> bool:
    """The own number, or its beginning where the rest was cut off: "43/BYT-KH" of "43/BYT-KH-TC"."""
    return own is not None and (key == own or own.startswith(key + "-"))


def _key(symbol: str) -> str:
    return re.sub(r"[^\w&/-]", "", plain(symbol))


def _in_header(layout: Layout, match: re.Match[str]) -> bool:
    """The number in the header is the document's own even when it could not be read whole."""
    if match.start() >= layout.body_start:
        return False
    line = layout.head[bisect_right(layout.head, match.start(), key=lambda line: line.start) - 1]
    before = line.text[: match.start() - line.start]
    numbered = re.search(r"\bS[ốỐOo]\s?:\s*$", before[-12:]) is not None
    return numbered or re.match(r"\W*(?:S[ốỐóÓoO0])\b", line.text) is not None


def _date(after: str) -> dt.date | None:
    found = _DATED.match(after)
    if not found:
        return None
    day, month, year = (int(n.replace(" ", "")) for n in found.groups() if n)
    return make(year, month, day)


def _told(folded: str, at: int) -> dt.date | None:
    """ "Ngày 10/3/2020, Bộ … ban hành Thông tư số 12/…": the day stands before the document."""
    said = _TOLD.search(folded[max(0, at - 250) : at])
    return _date(said[0]) if said else None


def _issuer(text: str, end: int, after: str) -> str | None:
    found = _ISSUED_BY.match(after)
    if not found:
        return None
    return " ".join(text[end + found.start(1) : end + found.end(1)].split()) or None
