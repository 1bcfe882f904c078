"""The type of the document (box 5a): its title line, else the type code of its symbol, else công văn."""

from __future__ import annotations

import re

from nhipcau.reader import confidence as why
from nhipcau.reader.language.lexicon import AMBIGUOUS_CODES, DOC_TYPES, TYPE_CODES
from nhipcau.reader.language.text import looks_upper
from nhipcau.reader.model import Field
from nhipcau.reader.page.layout import ADDRESSED, Layout, Line

_TYPES = "|".join(sorted(DOC_TYPES, key=len, reverse=True))
_STARTS = re.compile(rf"^[\W_]*({_TYPES})\b")
_LONGEST_HEADLINE = 100
_FEW = 4  # the headline of a web page is among its first lines


def title_line(layout: Layout) -> Line | None:
    """The capitals line that names the type ("KẾ HOẠCH"), or None for a công văn."""
    marks = [i for i, line in enumerate(layout.head) if line.is_mark]
    start = marks[0] if marks else 0
    for line in layout.lines[start : layout.body + 3]:
        found = _STARTS.match(line.plain)
        if found and line.text[: found.end()].isupper():
            rest = line.plain[found.end() :].strip(" :.-*")
            if rest == "den":  # "CÔNG VĂN ĐẾN" is a stamp
                continue
            if not rest or looks_upper(line.text) or not line.column:
                return line
    return None


def _has_vv(layout: Layout) -> bool:
    """Only a công văn has "V/v" in its header; "CT" in its symbol then is no chỉ thị but a cục thuế."""
    return any(re.match(r"\W*v\s?/\s?v\b", line.plain) for line in layout.head)


def _is_running_text(line: Line) -> bool:
    """ "Thể lệ cuộc thi thực hiện theo Quyết định 12/… ." is a sentence of a body, no title."""
    return len(line.text) > _LONGEST_HEADLINE and line.text.rstrip().endswith(".")


def headline(layout: Layout) -> Line | None:
    """The title of a web page: one of its first lines, which begins with the name of a type."""
    for line in layout.lines[:_FEW]:
        if _STARTS.match(line.plain) and line.text.lstrip(' "“*')[:1].isupper() and not _is_running_text(line):
            return line
    return None


def is_letter_about(layout: Layout, title: Line) -> bool:
    """ "Báo cáo kết quả …" above "Kính gửi" is what the letter asks for, not its type."""
    asked = re.match(r"\W*(?:bao cao|huong dan)\b(?!\s*(?:so\b|v/v|ve viec|\d))", title.plain)
    return asked is not None and any(ADDRESSED.search(line.plain[:30]) for line in layout.lines[: layout.body + 4])


def read_doc_type(layout: Layout, symbol: str | None) -> Field:
    """`symbol` is the text after the number ("KH-LĐLĐ"); only its first group may be a type code."""
    code = (re.match(r"[^-/]+", symbol or "") or [""])[0].strip()
    coded = TYPE_CODES.get(code)
    line = title_line(layout)
    if line is not None:
        found = _STARTS.match(line.plain)
        assert found is not None  # noqa: S101 - title_line returns only lines that match
        span = (line.start + found.start(1), line.start + found.end(1))
        named = DOC_TYPES[found[1]]
        doubts = [why.CONFLICT] if coded and coded != named else []
        return why.field(named, span, why.TYPE_TITLE, *doubts)
    if coded is not None and not (code in AMBIGUOUS_CODES and _has_vv(layout)):
        return why.field(coded, None, why.TYPE_CODE, detail=f"({code})")
    title = headline(layout)
    if title is not None and not (layout.headed and symbol) and not is_letter_about(layout, title):
        found = _STARTS.match(title.plain)
        assert found is not None  # noqa: S101 - headline returns only lines that match
        span = (title.start + found.start(1), title.start + found.end(1))
        return why.field(DOC_TYPES[found[1]], span, why.TYPE_HEADLINE)
    if any(ADDRESSED.search(line.plain[:30]) for line in layout.lines[: layout.body + 4]) or symbol:
        doubts = [] if layout.headed else [why.FAR_FROM_HEADER]
        return why.field("công văn", None, why.TYPE_LETTER, *doubts)
    return Field()
