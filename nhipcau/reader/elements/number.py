"""Number and symbol (box 3): "Số: 15/KH-LĐLĐ", also 06b/…, Party style 127-QĐ/TW, blank or unreadable."""

from __future__ import annotations

import re

from nhipcau.core.said import Said
from nhipcau.reader import confidence as why
from nhipcau.reader.language.text import LOWER, UPPER, with_symbols
from nhipcau.reader.model import Field
from nhipcau.reader.page.layout import Line
from nhipcau.reader.page.marks import NUMBER_LINE

_GROUP = rf"[{UPPER}][\w&.]*"
_SYMBOL = rf"{_GROUP}(?:\s?[-/&+]\s?(?=[{UPPER}\d])[\w&.]+|,\s?{_GROUP}(?![{LOWER} ]))*"
_NUMBER = re.compile(rf"(\d{{1,6}}[a-zđ]?)\s*(?:/\s*\d{{4}}\s*)?(?:/\s*|-\s?|\s(?=[{UPPER}]{{2}}))({_SYMBOL})")
_BLANK = re.compile(rf"^[\W_]*(?:/\s*\d{{4}}\s*)?[/-]\s*({_SYMBOL})")
_AFTER_SLASH = re.compile(rf"/\s*({_SYMBOL})\s*$")
_IN_HEADLINE = re.compile(rf"(?:[Ss]ố:?\s*)?(\d{{1,5}}[a-zđ]?)\s*/\s*({_SYMBOL})")


def read_number(head: tuple[Line, ...]) -> tuple[Field, str | None]:
    """(number, symbol). A blank or unreadable number has no value, but its symbol is still known."""
    for index, line in enumerate(head):
        label = NUMBER_LINE.match(line.plain)
        if not label or len(line.text) > _LONGEST:
            continue
        rest = with_symbols(line.text)[label.end() :].strip()
        if not rest.strip(" ._…"):
            found = _on_next_line(head[index + 1 : index + 4])
            if found[1] is not None:
                return found
            continue
        read = _labelled(line, rest)
        if read is not None:
            return read
    return _without_label(head)


_LONGEST = 90


def _labelled(line: Line, rest: str) -> tuple[Field, str | None] | None:
    at = line.start + len(line.text.rstrip()) - len(rest)
    blank, found = _BLANK.match(rest), _NUMBER.match(rest)
    if blank and sum(char.isupper() for char in blank[1]) > 1:
        return why.field(None, (line.start, line.end), why.NUMBER_BLANK), _compact(blank[1])
    if found:
        after = rest[found.end() :].strip(" .,;:*_-|")
        doubts = [why.ODD_SHAPE] if after and not after.startswith("(") else []
        if not re.search(r"[/-]", found[0]):
            doubts.append(why.ODD_SHAPE)
        span = (at, at + found.end())
        return why.field(_compact(found[0]), span, why.NUMBER_LABELLED, *doubts), _compact(found[2])
    symbol = _AFTER_SLASH.search(rest)
    if symbol:
        seen = Said(f"trong “{line.text}”", f"in “{line.text}”")
        span = (line.start, line.end)
        return why.field(None, span, why.NUMBER_UNREADABLE, detail=seen), _compact(symbol[1])
    return None


def _without_label(head: tuple[Line, ...]) -> tuple[Field, str | None]:
    """A line that is nothing but a number and its symbol; else the number a page's headline names."""
    for line in head:
        found = _NUMBER.fullmatch(line.text)
        if found and re.search(r"[/-]", found[0]):
            return why.field(_compact(found[0]), (line.start, line.end), why.NUMBER_UNLABELLED), _compact(found[2])
    return Field(), None


def number_in_headline(line: Line) -> tuple[Field, str | None]:
    """ "Công văn số 12/LĐLĐ-VP ngày …", the title of a web page whose copy has no header."""
    found = _IN_HEADLINE.search(line.text[:60])
    if found is None:
        return Field(), None
    span = (line.start + found.start(1), line.start + found.end())
    return why.field(_compact(f"{found[1]}/{found[2]}"), span, why.NUMBER_HEADLINE), _compact(found[2])


def _on_next_line(lines: tuple[Line, ...]) -> tuple[Field, str | None]:
    for line in lines:
        found, blank = _NUMBER.match(line.text), _BLANK.match(line.text)
        if found:
            span = (line.start, line.start + found.end())
            return why.field(_compact(found[0]), span, why.NUMBER_NEXT_LINE), _compact(found[2])
        if blank:
            return why.field(None, (line.start, line.end), why.NUMBER_BLANK), _compact(blank[1])
    return Field(), None


def _compact(number: str) -> str:
    """No spaces, except after a comma that joins two drafting units."""
    if len(number.split()) > 1:
        number = re.sub(r"\s*([-/&+])\s*", r"\1", number)
    return re.sub(r",\s*", ", ", number).strip(" .,")
