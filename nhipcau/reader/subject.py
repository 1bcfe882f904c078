"""The subject, trích yếu (boxes 5a and 5b): after "V/v", or under the type's name."""

from __future__ import annotations

import re

from nhipcau.reader.dateline import SUBJECT_LINE, is_date_line
from nhipcau.reader.doctype import title_line
from nhipcau.reader.header import is_nation_or_motto
from nhipcau.reader.layout import ADDRESSED, OPENER, Layout, Line
from nhipcau.reader.lexicon import DOC_TYPES
from nhipcau.reader.model import Field
from nhipcau.reader.number import NUMBER_LINE
from nhipcau.reader.text import looks_upper

_LONGEST = 8  # lines; a subject is one sentence
_HEADLINE = re.compile(
    rf"^\W*(?:{'|'.join(sorted(DOC_TYPES, key=len, reverse=True))})\s*(?:v\s?/\s?v|ve viec)?\s*:?\s*"
)


def read_subject(layout: Layout, doc_type: str | None) -> Field:
    title = title_line(layout)
    if title is not None:
        found = _under_title(layout, title)
        if found.value:
            return found
    found = _after_vv(layout)
    return found if found.value else _headline(layout, doc_type)


def _under_title(layout: Layout, title: Line) -> Field:
    start = layout.lines.index(title) + 1
    rest_of_title = _HEADLINE.sub("", title.plain)
    lines: list[Line] = []
    if rest_of_title and len(rest_of_title) > 3:
        lines.append(_cut(title, len(title.text) - len(rest_of_title)))
    for line in layout.lines[start : start + _LONGEST + 2]:
        if is_nation_or_motto(line) or NUMBER_LINE.match(line.plain) or (is_date_line(line) and line.column):
            continue
        if ADDRESSED.match(line.plain) or _garbled(line.text) or (lines and _body_begins(line, lines)):
            break
        if not lines and re.match(r"(?:Căn cứ|Kính gửi)", line.text):
            break
        lines.append(line)
    return _join(lines, "Dưới tên loại văn bản")


def _cut(line: Line, at: int) -> Line:
    return Line(line.text[at:], line.start + at, line.column)


def _body_begins(line: Line, so_far: list[Line]) -> bool:
    if line.text[0].islower():
        return False
    if OPENER.match(line.text) or line.after_blank:
        return True
    # "CHỦ TỊCH ỦY BAN NHÂN DÂN …" between a decision's subject and its grounds.
    return looks_upper(line.text) and not looks_upper(so_far[-1].text)


def _after_vv(layout: Layout) -> Field:
    lines: list[Line] = []
    for line in layout.lines[: layout.body + 1]:
        if not lines:
            found = SUBJECT_LINE.match(line.plain)
            if found:
                lines.append(_cut(line, found.end()))
            continue
        if (is_date_line(line) and not line.plain.startswith("thang")) or is_nation_or_motto(line):
            continue
        if line.column == 1 and lines[-1].column == 0:
            continue
        ends = (
            ADDRESSED.match(line.plain) or NUMBER_LINE.match(line.plain) or layout.lines.index(line) >= layout.body
        )
        if ends or (line.after_blank and not line.text[0].islower()) or line.plain.strip(" :") in DOC_TYPES:
            break
        lines.append(line)
    return _join([line for line in lines if line.text.strip()], "Sau “V/v” dưới số, ký hiệu")


def _headline(layout: Layout, doc_type: str | None) -> Field:
    if not doc_type:
        return Field()
    for line in layout.lines[:4]:
        found = _HEADLINE.match(line.plain)
        if found and found.end() < len(line.text):
            return _join([_cut(line, found.end())], "Phần sau tên loại trong tiêu đề")
    return Field()


def _garbled(text: str) -> bool:
    """A stamp or signature read as letters: hardly a word in it is a Vietnamese syllable."""
    words = text.split()
    good = sum(
        bool(re.fullmatch(r"[\"“(]?[^\W\d_]{1,7}[\"”),;:.]*|\d{1,4}(?:[-/.]\d{1,4})*[,.;]?", word))
        for word in words
    )
    return len(words) > 2 and good < 0.6 * len(words)


def _join(lines: list[Line], why: str) -> Field:
    if not lines:
        return Field()
    text = " ".join(line.text for line in lines)
    text = re.sub(r"^\W*(?:V\s?/\s?v|Về việc|VỀ VIỆC)\b\s*:?\s*", "", text, flags=re.IGNORECASE)
    text = re.sub(r"\s+:(?=\s)", "", text).strip(" \t.;:*_-/")
    if text.count("”") > text.count("“") or text.count('"') % 2:
        text = text.strip(' ”"“')
    return Field(text or None, 0.9, why, (lines[0].start, lines[-1].end))
