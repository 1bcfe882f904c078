"""Paragraphs, items and sentences of the body, with the headings they stand under."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import NamedTuple

from nhipcau.reader.language.text import looks_upper, plain
from nhipcau.reader.page.layout import ADDRESSED, CELL, Layout, Line
from nhipcau.reader.page.long_lines import LONGEST

_MARKER = re.compile(
    r"^\s*(?:(?P<part>(?:Phần|PHẦN|Chương|CHƯƠNG|Mục|MỤC|Điều|ĐIỀU)\s+[\dIVXLA-Z]+[.:]?)"
    r"|(?P<roman>[IVX]{1,5})\s?[.)/-]|(?P<deep>\d{1,2}(?:\.\d{1,2}){1,3})[.)]?(?=\s|[^\W\d])"
    r"|(?P<number>\d{1,2})\s?[.)/](?!\d)|(?P<letter>[a-zđ])\s?[.)](?=\s)|(?P<dash>[-–*•·+]))\s*"
)
_TERMINAL = (".", ";", ":", "!", "?", "./.", "/.")


@dataclass(frozen=True)
class Paragraph:
    """An item or paragraph: offsets of its words (marker left out), depth, and the headings above it."""

    start: int
    end: int
    level: int
    heading: bool
    parents: tuple[int, ...]  # indexes of the paragraphs it stands under, outermost first
    text: str  # its words, blanks and line ends shrunk to one blank
    cells: bool = False  # a table's row


class Sentence(NamedTuple):
    """One sentence of a paragraph, or one part of it between semicolons."""

    start: int
    end: int
    paragraph: int
    text: str  # its words, blanks and line ends shrunk to one blank


def paragraphs(layout: Layout, *, after: int = 0) -> tuple[Paragraph, ...]:
    """The body from offset `after` (the addressees' end) and the annexes, not the closing or what is enclosed."""
    found: list[Paragraph] = []
    stack: list[tuple[int, int]] = []  # (level, index)
    body = [line for line in layout.lines[layout.body : layout.closing] if line.start >= after]
    groups = _groups([*body, *layout.lines[layout.annex : layout.enclosed]])
    for number, group in enumerate(groups):
        first = group[0]
        level, skip = _level(first.text)
        start, end = first.start + skip, group[-1].end
        printed = layout.text[start:end]
        cells = CELL in printed
        text = " ".join(printed.split())
        heading = not cells and _is_heading(text, level)
        introduces = text.endswith(":")
        depth = level or (_depth_of_introduction(groups[number + 1 : number + 2]) if introduces else 90)
        if not level and not introduces and _CLOSES.match(plain(printed)):
            stack.clear()
        while stack and stack[-1][0] >= depth:
            stack.pop()
        found.append(Paragraph(start, end, level, heading, tuple(i for _, i in stack), text, cells))
        if not cells and (level or heading or introduces):
            stack.append((depth, len(found) - 1))
    return tuple(found)


# "Đề nghị các đơn vị nghiêm túc thực hiện": the letter speaks of all again, not of its last item.
_CLOSES = re.compile(
    r"\W*(?:tren day la|trong qua trinh|nhan duoc|de nghi|yeu cau|kinh de nghi|moi thong tin|tran trong"
    r"|(?:ke hoach|thong bao|quyet dinh|huong dan|chi thi|cong van) nay\b|[^.;]{0,80}\b(?:de nghi|yeu cau) )"
)


def _depth_of_introduction(following: list[list[Line]]) -> int:
    """ "… như sau:" stands just above the items that follow it."""
    level = _level(following[0][0].text)[0] if following else 0
    return level - 1 if level else 60


def _level(text: str) -> tuple[int, int]:
    found = _MARKER.match(text)
    if not found:
        return 0, 0
    kind = found.lastgroup or ""
    level = {"part": 5, "roman": 10, "number": 20, "letter": 40, "dash": 50 + 5 * (found[0].strip() in "+*")}.get(
        kind, 20
    )
    if kind == "deep":
        level = 20 + 5 * found["deep"].count(".")
    return level, found.end()


def _is_heading(text: str, level: int) -> bool:
    """A short line that opens a group: capitals, or an item that ends in ":" or in nothing at all."""
    if len(text) < 200 and looks_upper(text):
        return True
    return (
        bool(level)
        and len(text) < 160
        and (text.endswith(":") or (not text.endswith((".", ";")) and level < 50 and len(text) < 90))
    )


def _groups(lines: list[Line]) -> list[list[Line]]:
    groups: list[list[Line]] = []
    width = _width(lines)
    for line in lines:
        if not groups or _begins(line, groups[-1][-1], width) or line.end - groups[-1][0].start > LONGEST:
            groups.append([line])
        else:
            groups[-1].append(line)
    return groups


def _width(lines: list[Line]) -> int:
    """Length of a full line where the text is wrapped; 0 where every line is a paragraph of its own."""
    lengths = sorted(len(line.text) for line in lines)
    if not lengths or lengths[-1] > _NEVER_WRAPPED:
        return 0
    return lengths[int(len(lengths) * 0.9)]


_NEVER_WRAPPED = 160


def _begins(line: Line, before: Line, width: int) -> bool:
    """Does `line` begin a paragraph, or does it continue the one that `before` stands in?"""
    if ADDRESSED.match(before.plain) or CELL in line.text or CELL in before.text:
        return True
    if _marked(line, before) or before.text.rstrip().endswith(_TERMINAL):
        return True
    if line.text[0].islower() or line.text[0].isdigit():
        return False
    if line.indent - before.indent >= 3 or looks_upper(before.text) or not width:
        return True
    # A page break leaves a blank line inside a sentence: a full line without an end goes on.
    full = len(before.text) > 0.8 * width
    return (line.after_blank and not full) or len(before.text) < 0.6 * width


def _marked(line: Line, before: Line) -> bool:
    marker = _MARKER.match(line.text)
    if marker is None or (before.text.rstrip().endswith((",", "-")) and line.text[0].isdigit()):
        return False
    return marker.lastgroup not in {"number", "letter", "deep"} or not _runs_on(before)


def _runs_on(before: Line) -> bool:
    """ "… ngày\n20. …": a number that the wrapped sentence needs is no marker."""
    said = before.plain.strip()
    return said.endswith(_NUMBERED) and _NUMBERED_WORD.search(said) is not None


_NUMBERED = ("ngay", "thang", "nam", "so", "muc", "khoan", "dieu", "quy", "den", "tu", "va", "hoc ky", "lan")
_NUMBERED_WORD = re.compile(rf"\b(?:{'|'.join(_NUMBERED)})$")


def sentences(layout: Layout, paras: tuple[Paragraph, ...]) -> tuple[Sentence, ...]:
    found = []
    for index, para in enumerate(paras):
        text = layout.text[para.start : para.end]
        ends = _SENTENCE_OR_CELL_END if "|" in text else _SENTENCE_END
        start = 0
        for stop in [*(m.end() for m in ends.finditer(text) if _really_ends(text, m)), len(text)]:
            piece = text[start:stop]
            lead = len(piece) - len(piece.lstrip())
            if piece.strip():
                begins, ends_at = para.start + start + lead, para.start + start + len(piece.rstrip())
                found.append(Sentence(begins, ends_at, index, " ".join(piece.split())))
            start = stop
    return tuple(found)


_SENTENCE_END = re.compile(r"[.;!?]+(?=\s+(\S))")
_SENTENCE_OR_CELL_END = re.compile(rf"{_SENTENCE_END.pattern}|\s\|\s")
_SHORTENED = frozenset({"tp", "ths", "ts", "tm", "kt", "tl", "tuq", "đ/c", "so", "st"})
_NEAR = 40  # letters before a full stop in which its word stands


def _really_ends(text: str, match: re.Match[str]) -> bool:
    if match[0].strip() != ".":
        return True
    following, before = match[1], text[max(0, match.start() - _NEAR) : match.start()].split()
    return (following.isupper() or following in "-+*(") and plain("".join(before[-1:])) not in _SHORTENED


def sentence_at(found: tuple[Sentence, ...], offset: int) -> int | None:
    """The index of the sentence that holds `offset`, or None between two."""
    index = bisect_right(found, offset, key=lambda sentence: sentence.start) - 1
    return index if index >= 0 and offset < found[index].end else None
