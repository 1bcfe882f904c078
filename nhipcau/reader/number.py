"""Number and symbol (box 3): "Số: 15/KH-LĐLĐ", also 06b/…, Party style 127-QĐ/TW, blank or unreadable."""

from __future__ import annotations

import re

from nhipcau.reader.layout import Line
from nhipcau.reader.model import Field
from nhipcau.reader.text import LOWER, UPPER

NUMBER_LINE = re.compile(r"^[\W_]*(?:s[oó0ô]\b\s*[:.;]?|s\s*:)")
_GROUP = rf"[{UPPER}][\w&.]*"
_SYMBOL = rf"{_GROUP}(?:\s?[-/&+]\s?(?=[{UPPER}\d])[\w&.]+|,\s?{_GROUP}(?![{LOWER} ]))*"
_NUMBER = re.compile(rf"(\d{{1,5}}[a-zđ]?)\s*(?:/\s*\d{{4}}\s*)?(?:/\s*|-\s?)({_SYMBOL})")
_BLANK = re.compile(rf"^[\W_]*(?:/\s*\d{{4}}\s*)?[/-]\s*({_SYMBOL})")
_AFTER_SLASH = re.compile(rf"/\s*({_SYMBOL})\s*$")


def read_number(head: tuple[Line, ...]) -> tuple[Field, str | None]:
    """(number, symbol). A blank or unreadable number has no value, but its symbol is still known."""
    for index, line in enumerate(head):
        label = NUMBER_LINE.match(line.plain)
        if not label:
            continue
        rest = line.text[label.end() :].strip()
        if not rest:
            return _on_next_line(head[index + 1 : index + 4])
        blank, found = _BLANK.match(rest), _NUMBER.match(rest)
        if blank:
            return Field(None, 0.9, "Số để trống, chỉ in ký hiệu", (line.start, line.end)), _compact(blank[1])
        if found:
            at = line.start + line.text.index(rest)
            number = Field(_compact(found[0]), 0.99, "Dòng bắt đầu bằng “Số”", (at, at + found.end()))
            return number, _compact(found[2])
        symbol = _AFTER_SLASH.search(rest)
        if symbol:
            why = f"Không đọc chắc được số trong “{line.text}”"
            return Field(None, 0.2, why, (line.start, line.end)), _compact(symbol[1])
    return _without_label(head)


def _without_label(head: tuple[Line, ...]) -> tuple[Field, str | None]:
    """A line that is nothing but a number and its symbol."""
    for line in head:
        found = _NUMBER.fullmatch(line.text)
        if found:
            why = "Dòng chỉ gồm số và ký hiệu, không có chữ “Số”"
            return Field(_compact(found[0]), 0.7, why, (line.start, line.end)), _compact(found[2])
    return Field(), None


def _on_next_line(lines: tuple[Line, ...]) -> tuple[Field, str | None]:
    for line in lines:
        found = _NUMBER.match(line.text)
        if found:
            span = (line.start, line.start + found.end())
            return Field(_compact(found[0]), 0.9, "Số nằm ở dòng sau chữ “Số”", span), _compact(found[2])
    return Field(), None


def _compact(number: str) -> str:
    """No spaces, except after a comma that joins two drafting units."""
    return re.sub(r",\s*", ", ", re.sub(r"\s*([-/&+])\s*", r"\1", number)).strip(" .,")
