"""Addressees (box 9a): "Kính gửi:" on one line or as a list; the invited of a giấy mời."""

from __future__ import annotations

import re

from nhipcau.reader import confidence as why
from nhipcau.reader.confidence import Doubt, Ground
from nhipcau.reader.language.lexicon import DANGLING, ORG_HEAD, names_body
from nhipcau.reader.language.spelling import misspelt
from nhipcau.reader.language.text import legible, plain
from nhipcau.reader.model import Field
from nhipcau.reader.page.layout import ADDRESSED, OPENER, Layout, Line, split_items
from nhipcau.reader.page.marks import reads_as_sentence

_BULLET = re.compile(r"^[\s|]*[-+*•·~]\s*")
_INVITED = re.compile(
    r"(?:\d+[.)]\s*)?(?:k.nh m.i|tr.n tr.ng k.nh m.i|th.nh ph.n(?: (?:m.i|tham d.|tri.u t.p"
    r"|d. h.p))?)\b\s*(?:[^:]{0,25}):?\s*$"
)
_WIRED = re.compile(r"\b(?:điện|gửi)\s*:\s*$", re.IGNORECASE)
INVITATIONS = frozenset({"giấy mời", "thư mời", "giấy triệu tập", "thông tri", "thông tri triệu tập"})
_LONGEST = 20
_LONGEST_NAME = 110
# The legal ground that a letter opens with; no body's name holds these words.
_BODY_BESIDE = re.compile(
    r"(?<=\w) (?=Căn cứ (?!địa)|(?:Xét|Thực hiện|Phúc đáp|Trả lời|Tiếp theo|Theo)"
    r" (?:đề nghị|báo cáo|ý kiến|chỉ đạo|tờ trình|(?:công|văn|kế|quyết|nghị|chỉ|thông|hướng) ))"
)
_CITES = re.compile(r"\b(?:so|van) \d+\s*[/-]|\bco (?:cong|van) (?:van|ban) so\b")
_STOP = re.compile(
    r"(?:Căn cứ|Thực hiện|Thi hành|Để |Nhằm |Triển khai|Theo |Trong |Xét |Được sự|Ngày \d|Tiếp tục"
    r"|Vừa qua|Hiện nay)"
)
# People and groups that letters are addressed to, besides bodies.
_PEOPLE = re.compile(
    r"(?:cac|quy|ong|ba|dong chi|cac dong chi|d/c|toan the|lanh dao|thu truong|nguoi|hieu truong|giam doc"
    r"|chu tich|pho |truong |chanh |thuong truc|ban giam|can bo|giao vien|doan vien|thanh vien|dai bieu"
    r"|phu huynh|thay|co |anh|chi |can su|tong giam doc|vien truong|bi thu|cuc truong|vu truong|to truong)\b"
)


def read_addressees(layout: Layout, doc_type: str | None) -> tuple[Field, ...]:
    for index, line in enumerate(layout.lines[: layout.body + 12]):
        found = ADDRESSED.search(line.plain[:30])
        if found:
            return _list_from(layout.lines, index, _after_colon(line, found.end()), why.ADDRESSED_TO)
    if doc_type == "công điện":
        for index, line in enumerate(layout.lines[: layout.body + 6]):
            if _WIRED.search(line.text):
                return _list_from(layout.lines, index, None, why.WIRED_TO)
    if doc_type in INVITATIONS:
        for index, line in enumerate(layout.lines):
            if _INVITED.match(line.plain):
                return _list_from(layout.lines, index, None, why.INVITED)
    return ()


def _after_colon(line: Line, at: int) -> Line | None:
    rest = line.text[at:]
    skipped = len(rest) - len(rest.lstrip(" :.;*|"))
    return Line(rest[skipped:], line.start + at + skipped) if rest[skipped:].strip(" .:*_|") else None


def _list_from(lines: tuple[Line, ...], index: int, first: Line | None, ground: Ground) -> tuple[Field, ...]:
    items: list[list[Line]] = []
    if first is not None:
        items += [[_cut(item, _BULLET)] for item in _split(first)]
    following = (item for line in lines[index + 1 : index + 1 + _LONGEST] for item in _split(line))
    for line in following:
        kind = _kind(line, items, follows=first is not None)
        if kind == "end":
            break
        if kind == "item":
            items.append([_without_noise(line)])
        elif kind == "more":
            items[-1].append(line)
    return tuple(found for item in items if (found := _field(item, ground)) is not None)


def _split(line: Line) -> list[Line]:
    """ "Sở Y tế; Các bệnh viện." are two, "Các Sở: Y tế; Tài chính" is one."""
    items: list[Line] = []
    for part in split_items(line):
        edges = [0]
        for mark in re.finditer(r";\s+", part.text):
            rest = part.text[mark.end() :]
            if rest[:1].isupper() and (names_body(rest, plain(rest)) or _PEOPLE.match(plain(rest))):
                edges.append(mark.end())
        for a, b in zip(edges, [*edges[1:], len(part.text)], strict=True):
            items.append(Line(part.text[a:b].rstrip(), part.start + a, part.column, part.after_blank and a == 0))
    return items


def _kind(line: Line, items: list[list[Line]], *, follows: bool) -> str:
    """What a line after "Kính gửi" is: item, more (of the last item), skip or end."""
    beside = re.match(r"^.{1,40}\s-\s", line.text) and len(line.text) < _LONGEST_NAME
    stamped = beside and ORG_HEAD.search(line.plain) and not OPENER.match(line.text)
    if stamped and follows and line.after_blank and not _is_list(items):
        stamped = False
    listed = bool(_BULLET.match(line.text) or stamped)
    if not items:
        return _first_kind(line, listed=listed)
    last = items[-1][-1].text.rstrip(" |")
    if listed and last.endswith("."):  # the list is closed: what follows is the body's
        bare = _BULLET.sub("", line.text)
        listed = not (_STOP.match(bare) or _sentence(bare) or (follows and not _is_list(items)))
    if listed:
        return "item"
    if _STOP.match(line.text) or OPENER.match(line.text) or last.endswith(".") or _sentence(line.text):
        return "end"
    hangs = bool(DANGLING.search(plain(last))) or last.endswith(",")
    body = names_body(line.text, line.plain)
    if body and not hangs and len(line.text) < _LONGEST_NAME:
        return "item"
    if not hangs and not body and reads_as_sentence(line.text) and not line.text[0].islower():
        return "end"
    runs_on = line.text[0].islower() or last.endswith(",") or (not line.after_blank and not last.endswith(";"))
    return "more" if runs_on or line.text.startswith("(") else "end"


def _first_kind(line: Line, *, listed: bool) -> str:
    """The line under a bare "Kính gửi:" is an addressee unless a stamp or the body stands there."""
    if listed or (ORG_HEAD.match(line.plain) and not _STOP.match(line.text)):
        return "item"
    if OPENER.match(line.text) or _sentence(line.text):
        return "end"
    known = _PEOPLE.match(line.plain) is not None
    return "item" if known and line.text[0].isupper() and legible(line.text) else "skip"


def _is_list(items: list[list[Line]]) -> bool:
    return bool(_BULLET.match(items[0][0].text)) or items[0][0].text.rstrip().endswith(";")


def _sentence(text: str) -> bool:
    """Does this read as a sentence of the body rather than as the name of a body?"""
    return (
        bool(re.search(r"\b(?:y.u c.u|d. ngh.|nh. sau|t. ch.c th.c hi.n|th.ng b.o|nh.n d..c)\b", plain(text)))
        or _CITES.search(plain(text)) is not None
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


def _field(item: list[Line], ground: Ground) -> Field | None:
    text = " ".join(" ".join(line.text.split()) for line in item).strip(" ;.,:|")
    # A sentence of the body on the same line: "…, thành phố. Vừa qua, …"
    body = re.search(r"(?<=\w\w)\.\W*? (?=(?:Căn cứ|Thực hiện|Theo|Vừa qua|Để|Ngày \d|Xét|Trong)\b)", text)
    body = body or _BODY_BESIDE.search(text)
    text = text[: body.start()] if body else text
    if not re.search(r"\w{2}", text):
        return None
    return why.field(text, (item[0].start, item[-1].end), ground, *_doubts(text))


def _doubts(text: str) -> list[Doubt]:
    doubts = []
    folded = plain(text)
    if misspelt(text) or not legible(text):
        doubts.append(why.GARBLED)
    if not (ORG_HEAD.match(folded) or _PEOPLE.match(folded)):
        doubts.append(why.ODD_SHAPE)
    if len(text) > 160:
        doubts.append(why.VERY_LONG)
    if DANGLING.search(folded):
        doubts.append(why.CUT_SHORT)
    return doubts
