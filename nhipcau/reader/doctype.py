"""The type of the document (box 5a): its title line, else the type code of its symbol, else công văn."""

from __future__ import annotations

import re

from nhipcau.reader.layout import ADDRESSED, Layout, Line
from nhipcau.reader.lexicon import DOC_TYPES, TYPE_CODES
from nhipcau.reader.model import Field
from nhipcau.reader.text import looks_upper

_TYPES = "|".join(sorted(DOC_TYPES, key=len, reverse=True))
_STARTS = re.compile(rf"^[\W_]*({_TYPES})\b")


def title_line(layout: Layout) -> Line | None:
    """The capitals line that names the type ("KẾ HOẠCH"), or None for a công văn."""
    for line in layout.lines[: layout.body + 3]:
        found = _STARTS.match(line.plain)
        if found and looks_upper(line.text[: found.end()]) and line.text[: found.end()].isupper():
            rest = line.plain[found.end() :].strip(" :.-*")
            if not rest or looks_upper(line.text) or not line.column:
                return line
    return None


def read_doc_type(layout: Layout, symbol: str | None) -> Field:
    """`symbol` is the text after the number ("KH-LĐLĐ"); only its first group may be a type code."""
    line = title_line(layout)
    if line is not None:
        found = _STARTS.match(line.plain)
        assert found is not None  # noqa: S101 - title_line returns only lines that match
        span = (line.start + found.start(1), line.start + found.end(1))
        return Field(DOC_TYPES[found[1]], 0.98, "Tên loại in hoa trên trích yếu", span)
    code = re.match(r"[^-/]+", symbol or "")
    if code and code[0].strip() in TYPE_CODES:
        return Field(TYPE_CODES[code[0].strip()], 0.9, f"Ký hiệu {code[0]} trong số văn bản")
    opening = _opening(layout)
    if opening is not None:
        return opening
    if any(ADDRESSED.search(line.plain[:30]) for line in layout.lines[: layout.body + 4]) or symbol:
        return Field("công văn", 0.9, "Không có tên loại; có “Kính gửi” hoặc ký hiệu chỉ gồm tên cơ quan")
    return Field()


def _opening(layout: Layout) -> Field | None:
    """Web copies print type and subject as one headline: "Thông báo v/v …"."""
    for line in layout.lines[:4]:
        found = _STARTS.match(line.plain)
        if found and line.text.lstrip()[0].isupper():
            span = (line.start + found.start(1), line.start + found.end(1))
            return Field(DOC_TYPES[found[1]], 0.8, "Tiêu đề bắt đầu bằng tên loại", span)
    return None
