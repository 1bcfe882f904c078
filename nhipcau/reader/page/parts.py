"""Where the parts of a document begin: body, closing (signature and recipients), annexes."""

from __future__ import annotations

import re

from nhipcau.reader.language.lexicon import AUTHORITY, TITLE
from nhipcau.reader.language.text import looks_upper, plain
from nhipcau.reader.page.cells import cells_of
from nhipcau.reader.page.marks import (
    ADDRESSED,
    AS_ABOVE,
    OPENER,
    RECIPIENTS,
    ends_as_sentence,
    is_header_mark,
    is_type_title,
    nation_at,
    reads_as_sentence,
)

_LONGEST_HEAD = 90
_APART = 9  # filled rows between two marks of one header
_VV = re.compile(r"\W*v\s?/\s?v\b")
_ANNEX = re.compile(
    r"(?:phu luc|mau so|bieu mau|bieu so|danh sach|de cuong|mau \d|mau bao cao|bang tong hop|phieu"
    r"|\(?kem theo|\(?ban hanh kem theo|sao y|sao luc|trich sao)\b"
)


def find_body(raws: list[str]) -> int:
    """Index of the first raw line of the body: "Kính gửi", else the first sentence after header and title."""
    last = _last_mark(raws)
    addressed = _address_below(raws, last)
    if addressed is not None:
        return addressed
    first = next((index for index, raw in enumerate(raws) if raw.strip(" \t|")), 0)
    opening = re.sub(r"^\s*\d{1,2}[.)]\s*", "", raws[first]).strip(" \t|")
    if last < 0 and reads_as_sentence(opening or "-") and not _is_addressed(raws):
        return first
    return _first_sentence(raws, last)


def _first_sentence(raws: list[str], last: int) -> int:
    """The first row after the header's last mark that opens a body, else the end."""
    seen = 0
    titled = subjects = 0  # is the type's title behind us, and how many lines of its subject?
    blank, headed = False, last >= 0
    for index, raw in enumerate(raws):
        text = raw.strip(" \t|")
        if not text:
            blank = True
            continue
        folded = plain(text)
        if ADDRESSED.search(folded[:30]) or (index > last and _is_recipients(raw)):
            return index
        if index > last:
            if seen and _opens(text, folded, below_title=titled == 1 and subjects == 0):
                return index
            below_title = titled and not subjects
            if headed and not below_title and _is_sentence(raw, text, blank=blank, subjects=subjects):
                return index
        seen += 1
        if seen > _LONGEST_HEAD:
            return index
        is_title = is_type_title(text, folded)
        titled, subjects = (1, 0) if is_title else (titled, subjects + titled)
        headed = headed or is_title
        blank = False
    return len(raws)


def _address_below(raws: list[str], last: int) -> int | None:
    """The row of "Kính gửi" soon after the header; no body begins before it."""
    filled = 0
    for index, raw in enumerate(raws[last + 1 : last + 1 + _LONGEST_HEAD], last + 1):
        folded = plain(raw[:60]).strip(" \t|*_")
        if ADDRESSED.match(folded):
            return index
        filled += bool(folded)
        if last < 0 or filled > _APART or RECIPIENTS.match(folded):
            return None
    return None


def _is_addressed(raws: list[str]) -> bool:
    """A passage copied without its header names no addressee either."""
    return any(ADDRESSED.search(plain(raw)[:30]) for raw in raws[:_LONGEST_HEAD])


def _opens(text: str, folded: str, *, below_title: bool) -> bool:
    """The line under "KẾ HOẠCH" is its subject even if it reads "Thực hiện Nghị quyết …"."""
    return OPENER.match(text) is not None and (not below_title or folded.startswith("can cu"))


def _is_sentence(raw: str, text: str, *, blank: bool, subjects: int) -> bool:
    closed, full = ends_as_sentence(text), reads_as_sentence(text)
    return (closed or (full and (blank or subjects > 0))) and len(cells_of(raw)) == 1


def _last_mark(raws: list[str]) -> int:
    """The last row of the header's cluster of marks (Quốc hiệu, number, date), or -1 without a header."""
    last, nations, since = -1, 0, 0
    for index, raw in enumerate(raws[: 2 * _LONGEST_HEAD]):
        text = raw.strip(" \t|*_")
        if not text:
            continue
        folded = plain(text)
        if ADDRESSED.search(folded[:30]) or RECIPIENTS.match(folded):
            break
        since += 1
        if last >= 0 and since > _APART:
            break
        cells = [cell for _, cell in cells_of(raw)] if len(text) < 200 else [text]
        if not _VV.match(folded) and not any(is_header_mark(cell, plain(cell)) for cell in cells):
            continue
        if nation_at(text, folded) is not None:
            nations += 1
        if last >= 0 and nations > 1:
            break
        last, since = index, 0
    return last


def find_closing(raws: list[str], body: int) -> tuple[int, int]:
    """(first raw line of the closing, first raw line of the annexes)."""
    marks = [
        i
        for i in range(body, len(raws))
        if "i nh" in plain(raws[i].strip()) and RECIPIENTS.search(plain(raws[i])[:90]) and _is_recipients(raws[i])
    ]
    if not marks:
        marks = [i for i in range(body, len(raws)) if AS_ABOVE.match(plain(raws[i][:40]))]
    if not marks:
        return _closing_without_recipients(raws, body)
    first = marks[0]
    start = first
    for back in range(first - 1, max(body, first - 12), -1):
        text = max((cell for _, cell in cells_of(raws[back])), key=len, default="")
        if text and not (looks_upper(text) or (len(text) < 40 and not text.endswith((".", ";", "./.", "/.")))):
            break
        if looks_upper(text):
            start = back
    return start, _find_annex(raws, first)


def _is_recipients(raw: str) -> bool:
    text = plain(raw).strip(" \t|*_")
    found = RECIPIENTS.match(text)
    if found:  # "Nơi nhận hồ sơ: …" is a sentence of the body
        rest = text[found.end() :]
        return found[0].rstrip().endswith((":", ";", ".")) or not rest.strip() or rest.startswith(("  ", "\t", "|"))
    return re.search(r"(?: {3}|[\t|])\s*n.i nh.n\s*:", plain(raw)) is not None


def _find_annex(raws: list[str], after: int) -> int:
    for index in range(after + 1, len(raws)):
        text = raws[index].strip(" \t|")
        folded = plain(text)
        if index > after + 3 and nation_at(text, folded) is not None:
            return _title_above(raws, index, after)
        if _ANNEX.match(folded) and (looks_upper(text) or len(text) < 60 or "kem theo" in folded[:20]):
            return _title_above(raws, index, after)
        if index > after + 3 and is_type_title(text, folded):
            return index
    return len(raws)


def _title_above(raws: list[str], index: int, after: int) -> int:
    """An annex begins with its title in capitals, above "(Ban hành kèm theo …)"."""
    back = index
    while (
        back > after + 3 and looks_upper(raws[back - 1].strip()) and not TITLE.match(plain(raws[back - 1].strip()))
    ):
        back -= 1
    return back


def _closing_without_recipients(raws: list[str], body: int) -> tuple[int, int]:
    """No "Nơi nhận": the closing is the last run of short lines that holds a signature's capitals."""
    for index in range(len(raws) - 1, body, -1):
        for _, cell in cells_of(raws[index]):
            folded = plain(cell)
            if looks_upper(cell) and len(cell) < 70 and (AUTHORITY.match(folded) or TITLE.match(folded)):
                start = index
                while (
                    start - 1 > body
                    and looks_upper(raws[start - 1].strip(" |"))
                    and len(raws[start - 1].strip(" |")) < 90
                ):
                    start -= 1
                return _authority_above(raws, start, body), _find_annex(raws, index)
    return len(raws), len(raws)


def _authority_above(raws: list[str], start: int, body: int) -> int:
    """ "TM. BAN CHẤP HÀNH" above the title, though blank lines keep them apart."""
    above = next((i for i in range(start - 1, max(body, start - 4), -1) if raws[i].strip(" |")), None)
    if above is None or not looks_upper(raws[above].strip(" |")):
        return start
    return above if AUTHORITY.match(plain(raws[above].strip(" |"))) else start
