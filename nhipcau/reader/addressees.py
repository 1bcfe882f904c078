"""Addressees (box 9a): "Kính gửi:" on one line or as a list; the invited of a giấy mời."""

from __future__ import annotations

import re

from nhipcau.reader.layout import ADDRESSED, OPENER, Layout, Line, split_items
from nhipcau.reader.lexicon import DANGLING, ORG_HEAD, names_body
from nhipcau.reader.model import Field
from nhipcau.reader.text import plain

_BULLET = re.compile(r"^\s*[-+*•·~]\s*")
_INVITED = re.compile(
    r"(?:\d+[.)]\s*)?(?:k.nh m.i|tr.n tr.ng k.nh m.i|th.nh ph.n(?: (?:m.i|tham d."
    r"|d. h.p))?)\b\s*(?:[^:]{0,25}):?\s*$"
)
_WIRED = re.compile(r"\b(?:điện|gửi)\s*:\s*$", re.IGNORECASE)
INVITATIONS = frozenset({"giấy mời", "thư mời"})
_LONGEST = 20
_STOP = re.compile(
    r"(?:Căn cứ|Thực hiện|Thi hành|Để |Nhằm |Triển khai|Theo |Trong |Xét |Được sự|Ngày \d|Tiếp tục"
    r"|Vừa qua|Hiện nay)"
)


def read_addressees(layout: Layout, doc_type: str | None) -> tuple[Field, ...]:
    for index, line in enumerate(layout.lines[: layout.body + 12]):
        found = ADDRESSED.search(line.plain[:30])
        if found:
            return _list_from(layout.lines, index, _after_colon(line, found.end()))
    if doc_type == "công điện":
        for index, line in enumerate(layout.lines[: layout.body + 6]):
            if _WIRED.search(line.text):
                return _list_from(layout.lines, index, None, why="Sau “điện:” trong công điện")
    if doc_type in INVITATIONS:
        for index, line in enumerate(layout.lines):
            if _INVITED.match(line.plain):
                return _list_from(layout.lines, index, None, why="Thành phần mời trong giấy mời")
    return ()


def _after_colon(line: Line, at: int) -> Line | None:
    rest = line.text[at:]
    skipped = len(rest) - len(rest.lstrip(" :.;*"))
    return Line(rest[skipped:], line.start + at + skipped) if rest[skipped:].strip(" .:*_") else None


def _list_from(
    lines: tuple[Line, ...], index: int, first: Line | None, *, why: str = "Sau “Kính gửi”"
) -> tuple[Field, ...]:
    items: list[list[Line]] = []
    if first is not None:
        items += [[_cut(item, _BULLET)] for item in split_items(first)]
    following = (item for line in lines[index + 1 : index + 1 + _LONGEST] for item in split_items(line))
    for line in following:
        kind = _kind(line, items, follows=first is not None)
        if kind == "end":
            break
        if kind == "item":
            items.append([_without_noise(line)])
        elif kind == "more":
            items[-1].append(line)
    return tuple(_field(item, why) for item in items)


def _kind(line: Line, items: list[list[Line]], *, follows: bool) -> str:
    """What a line after "Kính gửi" is: item, more (of the last item), skip or end."""
    stamped = re.match(r"^.{1,40}\s-\s", line.text) and ORG_HEAD.search(line.plain)
    listed = bool(_BULLET.match(line.text) or stamped)
    if not items:
        first = listed or (ORG_HEAD.match(line.plain) and not _STOP.match(line.text))
        return "item" if first else "end" if OPENER.match(line.text) else "skip"
    last = items[-1][-1].text.rstrip()
    if listed and not (follows and not _is_list(items) and last.endswith(".")):
        return "item"
    if _STOP.match(line.text) or OPENER.match(line.text) or last.endswith(".") or _sentence(line.text):
        return "end"
    finished = not DANGLING.search(plain(last)) and not last.endswith(",")
    if names_body(line.text, line.plain) and finished and len(line.text) < _LONGEST_NAME:
        return "item"
    runs_on = line.text[0].islower() or (not line.after_blank and not last.endswith(";"))
    return "more" if runs_on else "end"


_LONGEST_NAME = 110


def _is_list(items: list[list[Line]]) -> bool:
    return bool(_BULLET.match(items[0][0].text)) or items[0][0].text.rstrip().endswith(";")


def _sentence(text: str) -> bool:
    """Does this read as a sentence of the body rather than as the name of a body?"""
    return (
        bool(re.search(r"\b(?:y.u c.u|d. ngh.|nh. sau|t. ch.c th.c hi.n|th.ng b.o|nh.n d..c)\b", plain(text)))
        or len(text) > 160
    )


def _without_noise(line: Line) -> Line:
    """Drop the bullet, and what a stamp left before it ("P - UBND …")."""
    found = _BULLET.match(line.text)
    if not found:
        before = re.match(r"^(.{1,40})\s-\s+(?=\w)", line.text)
        if before and not ORG_HEAD.match(line.plain.strip()):
            found = before
    cut = found.end() if found else 0
    return Line(line.text[cut:], line.start + cut)


def _cut(line: Line, pattern: re.Pattern[str]) -> Line:
    found = pattern.match(line.text)
    return Line(line.text[found.end() :], line.start + found.end()) if found else line


def _field(item: list[Line], why: str) -> Field:
    text = " ".join(" ".join(line.text.split()) for line in item).strip(" ;.,:")
    return Field(text, 0.9, why, (item[0].start, item[-1].end))
