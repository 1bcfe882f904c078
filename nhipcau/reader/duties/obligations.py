"""What a document asks somebody to do: items of its lists and sentences that request, each with its scope."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from nhipcau.core.said import Said
from nhipcau.reader.duties.actors import Actors, helper_of
from nhipcau.reader.duties.scopes import Ruling, Scopes, strictest
from nhipcau.reader.duties.tables import TaskRow, task_rows
from nhipcau.reader.language.text import looks_upper, plain
from nhipcau.reader.model import Deadline, Obligation, ScopeName
from nhipcau.reader.page.layout import Layout
from nhipcau.reader.page.segments import Paragraph, Sentence

_REQUEST = re.compile(
    r"\b(?:de nghi|yeu cau|giao|phan cong|co trach nhiem|chiu trach nhiem|co nhiem vu|phai|kinh de nghi"
    r"|kinh mong|tran trong moi|kinh moi)\b"
)
# Verbs an instruction opens with.
_VERBS = (
    "to chuc|trien khai|xay dung|thuc hien|tham gia|tham muu|tang cuong|tiep tuc|day manh|chu dong"
    "|chi dao|huong dan|kiem tra|giam sat|phoi hop|tuyen truyen|pho bien|quan triet|van dong|phat dong"
    "|ra soat|cap nhat|lap|gui|nop|bao cao|tong hop|hoan thanh|hoan thien|dang ky|ban hanh|kien toan"
    "|thanh lap|bo tri|chuan bi|phan cong|cu|lua chon|to giac|tham hoi|tang|ho tro|trao|danh gia|so ket"
    "|tong ket|cong khai|niem yet|thong bao|thong tin|quyet toan|thu|trich|chuyen|bao dam|dam bao"
    "|nang cao|nghiem tuc|khac phuc|bo sung|dieu chinh|chap hanh|duy tri|cung co|sap xep|treo|trang tri"
    "|ky ket|doi thoai|khao sat|tap huan|boi duong|theo doi|don doc|giai quyet|xu ly|luu|quan ly|can cu"
    "|vao|truy cap|dang tai|gioi thieu|binh xet|khen thuong|nghien cuu|lay y kien|dua|mo|nhan|cung cap"
    "|khong|nghiem cam|han che|phat hien|thay|sua|trinh|phe duyet|kham|mua|tiep nhan|lien he|chon"
    "|tra loi|tap hop|ghi(?! chu)|xac minh|thong ke|hoa giai|cham lo"
)
_OPENS = re.compile(rf"\W*(?:(?:cac|toan the)\s++[\w, ]{{2,40}}?\s+)?(?:{_VERBS})\b")
_NO_DUTY_SECTION = re.compile(
    r"\W*(?:muc dich|muc tieu|y nghia|quan diem|thanh phan|dia diem|kinh phi|doi tuong|can cu|danh gia"
    r"|tinh hinh|ket qua|han che|nguyen nhan|khai mac)\b"
)
_GROUNDS = (
    "ke hoach|cong van|van ban|chi thi|nghi quyet|huong dan|quyet dinh|su chi dao|chi dao"
    "|chuong trinh|cong dien|luat"
)
# What is to be done may follow the ground: "Thực hiện Kế hoạch số 10, tổ chức tặng quà".
_AND_DO = r", (?:to chuc|lap|gui|nop|bao cao|tang|ra soat|tuyen truyen|kiem tra)\b"
_NO_DUTY = re.compile(
    rf"\W*(?:(?:tiep tuc )?thuc hien (?:{_GROUNDS})\b(?:(?!\bde nghi\b|\byeu cau\b|{_AND_DO}).)*$"
    r"|(?:can cu|xet|theo de nghi|ban hanh kem theo|kinh gui|tren day la|noi nhan|dia chi"
    r"|trong thoi gian qua|luu y)\b)"
)


Sure = tuple[float, Said]
_TABLED: Sure = (
    0.95,
    Said("Dòng của bảng phân công có cột thời gian", "A row of a table of tasks that has a column for the time"),
)
_LIMITED: Sure = 0.95, Said("Câu có thời hạn phải làm", "The sentence sets a time limit")
_REQUESTED: Sure = 0.9, Said("Câu có lời đề nghị, yêu cầu hoặc giao việc", "The sentence asks, requires or assigns")
_ADDRESSED: Sure = 0.85, Said("Mục nêu đơn vị và việc phải làm", "The item names a unit and its work")
_BEGUN: Sure = 0.75, Said("Mục bắt đầu bằng một việc phải làm", "The item begins with work to be done")
_FOREIGN: Sure = (
    0.75,
    Said(
        "Mục phục vụ mục đích hệ thống không làm, nêu ra để người đọc thấy",
        "An item for a purpose that this system does not serve, shown so that the reader sees it",
    ),
)


class _Piece(NamedTuple):
    """A run of sentences of one paragraph that make one obligation."""

    first: int
    last: int
    ruling: Ruling


def read_obligations(
    layout: Layout,
    paras: tuple[Paragraph, ...],
    parts: tuple[Sentence, ...],
    scopes: Scopes,
    actors: Actors,
    deadlines: tuple[Deadline, ...],
) -> tuple[tuple[Obligation, ...], tuple[Deadline, ...]]:
    """Obligations, and the deadlines with their scope; outside ones lose due date and responsible."""
    ruling = cache(scopes.of)  # one sentence may hold a thousand deadlines
    ruled = tuple(_ruled(deadline, parts, ruling) for deadline in deadlines)
    by_paragraph: dict[int, list[int]] = {}
    for index, part in enumerate(parts):
        by_paragraph.setdefault(part.paragraph, []).append(index)
    found = []
    rows = task_rows(layout, paras)
    for paragraph, indexes in by_paragraph.items():
        row = rows.get(paragraph)
        if row is not None and row.what is not None:
            found.append(_from_row(layout, paras[paragraph], row, strictest(map(ruling, indexes)), ruled))
            continue
        if _is_group(layout, paras, paragraph) or _in_section(layout, paras, paragraph, _NO_DUTY_SECTION):
            continue
        for piece in _pieces(layout, parts, indexes, ruling, deadlines, whole=paras[paragraph].level > 0):
            obligation = _obligation(layout, paras, parts, piece, actors, ruled)
            if obligation is not None:
                found.append(obligation)
    return tuple(found), ruled


def _from_row(
    layout: Layout, para: Paragraph, row: TaskRow, ruling: Ruling, deadlines: tuple[Deadline, ...]
) -> Obligation:
    """A row of a table of tasks: its cells say what, who and when."""
    what = row.what or row.when
    who, helped_by = (
        " ".join(layout.text[cell.start : cell.end].split()) if cell and ruling.scope != "outside" else None
        for cell in (row.who, row.helped_by)
    )
    return Obligation(
        text=" ".join(layout.text[what.start : what.end].split()),
        span=(what.start, what.end),
        scope=ruling.scope,
        rule=ruling.rule,
        responsible=who,
        helped_by=helped_by,
        deadline=_first_of(deadlines, para.start, para.end),
        confidence=_TABLED[0],
        why=_TABLED[1],
    )


def _first_of(deadlines: tuple[Deadline, ...], start: int, end: int) -> int | None:
    """The index of the first deadline that stands between two offsets; deadlines are in order of place."""
    at = bisect_left(deadlines, start, key=lambda deadline: deadline.span[0])
    return at if at < len(deadlines) and deadlines[at].span[0] < end else None


def _several(deadlines: tuple[Deadline, ...], start: int, end: int) -> bool:
    first = _first_of(deadlines, start, end)
    return first is not None and first + 1 < len(deadlines) and deadlines[first + 1].span[0] < end


def _ruled(deadline: Deadline, parts: tuple[Sentence, ...], ruling: Callable[[int], Ruling]) -> Deadline:
    # A time cell may stand before the row's first word: the nearest sentence speaks for it.
    index = bisect_right(parts, deadline.span[0], key=lambda part: part.start) - 1
    scope: ScopeName = ruling(max(index, 0)).scope
    if scope == "outside":
        return replace(deadline, scope=scope, due=None, late_after=None, responsible=None)
    return replace(deadline, scope=scope)


def _is_group(layout: Layout, paras: tuple[Paragraph, ...], index: int) -> bool:
    """A heading in capitals, or an introduction with items under it, asks nothing itself; the items do."""
    if paras[index].heading and looks_upper(paras[index].text):
        return True
    if not paras[index].heading and not paras[index].text.endswith(":"):
        return False
    return any(index in para.parents for para in paras[index + 1 : index + 3])


def _in_section(layout: Layout, paras: tuple[Paragraph, ...], index: int, pattern: re.Pattern[str]) -> bool:
    return any(paras[p].heading and pattern.match(plain(paras[p].text)) for p in paras[index].parents)


def _pieces(
    layout: Layout,
    parts: tuple[Sentence, ...],
    indexes: list[int],
    ruling_of: Callable[[int], Ruling],
    deadlines: tuple[Deadline, ...],
    *,
    whole: bool,
) -> list[_Piece]:
    """One piece for an item of a list unless its sentences differ in scope or hold several deadlines."""
    rulings = [ruling_of(i) for i in indexes]
    several = _several(deadlines, parts[indexes[0]].start, parts[indexes[-1]].end)
    if whole and not several and len({ruling.scope for ruling in rulings}) == 1:
        return [_Piece(indexes[0], indexes[-1], strictest(rulings))]
    pieces: list[_Piece] = []
    for index, ruling in zip(indexes, rulings, strict=True):
        runs_on = (
            pieces and layout.text[parts[index - 1].end - 1] == ";" and pieces[-1].ruling.scope == ruling.scope
        )
        if runs_on and not whole:
            pieces[-1] = _Piece(pieces[-1].first, index, ruling)
        else:
            pieces.append(_Piece(index, index, ruling))
    return pieces


def _obligation(
    layout: Layout,
    paras: tuple[Paragraph, ...],
    parts: tuple[Sentence, ...],
    piece: _Piece,
    actors: Actors,
    deadlines: tuple[Deadline, ...],
) -> Obligation | None:
    start, end = parts[piece.first].start, parts[piece.last].end
    one = piece.first == piece.last
    text = parts[piece.first].text if one else " ".join(layout.text[start:end].split())
    para = paras[parts[piece.first].paragraph]
    deadline = _first_of(deadlines, start, end)
    outside = piece.ruling.scope == "outside"
    sure = _LIMITED if deadline is not None else _asks(text, actors, listed=para.level > 0)
    if sure is None and outside and para.level and len(text.split()) > 3:
        sure = _FOREIGN
    if sure is None:
        return None
    return Obligation(
        text=text,
        span=(start, end),
        scope=piece.ruling.scope,
        rule=piece.ruling.rule,
        responsible=None if outside else actors.responsible_for(parts[piece.first]),
        helped_by=None if outside else helper_of(text),
        deadline=deadline,
        confidence=sure[0],
        why=sure[1],
    )


def _asks(text: str, actors: Actors, *, listed: bool) -> Sure | None:
    """How sure it is that the text asks for something, and why; None if it does not."""
    folded = plain(text)
    if len(folded.split()) < 4 or _NO_DUTY.match(folded):
        return None
    if _REQUEST.search(folded):
        return _REQUESTED
    if listed and actors.subject_of(text) is not None:
        return _ADDRESSED
    return _BEGUN if listed and _OPENS.match(folded) else None
