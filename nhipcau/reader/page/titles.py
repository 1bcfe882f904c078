"""What the titles of a table say: which column holds the task, who does it, with whom, and by when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

WHEN = re.compile(
    r"\W*(?:thoi gian|thoi han|thoi diem|han\b|tien do|ngay hoan thanh|hoan thanh\b|ngay thuc hien|moc thoi gian)"
)
WHO = re.compile(
    r"\W*(?:(?:cac )?(?:don vi|co quan|bo phan|ban|phong)\b(?! (?:tinh|do))|nguoi\b|to chuc (?:chu tri|thuc hien)"
    r"|chu tri|phu trach|trach nhiem|phan cong|thuc hien$)"
)
WITH = re.compile(r"\W*(?:(?:cac )?(?:don vi|co quan|bo phan|nguoi)\s+)?(?:cung\s+)?phoi hop\b")
WHAT = re.compile(r"\W*(?:(?:ten )?(?:noi dung|nhiem vu|cong viec|hoat dong|chi tieu|hang muc|viec)\b|ten\b)")
NUMBER = re.compile(r"\W*(?:s\S{0,2}\s?)?tt\b")
# A cell that holds a time and nothing else: "25/9/2017", "2-8/10/2017", "Quý II/2022", "Trước 15/6", "Hằng tháng".
ONLY_TIME = re.compile(
    r"(?=.*(?:\d\s?[/.-]\s?\d|thang|quy|tuan|hang nam))"
    r"(?:(?:truoc|ngay|thang|quy|tuan|nam|den|tu|het|va|cuoi|dau|giua|gio|hang|moi|trong|xong|cham nhat|hoan thanh"
    r"|[ivx]{1,3}|\d{1,4}h?)\b|[\s/.,():-])+"
)
_TITLE_WORDS = 7


@dataclass(frozen=True)
class Columns:
    """Which column says what, counted from 0; None where the table has no such column."""

    when: int
    what: int | None
    who: int | None
    helped_by: int | None


def columns_of(titles: Sequence[str]) -> Columns | None:
    """What the titles of a table say of its columns (plain text); None if no column says when."""
    short = [title if len(title.split()) <= _TITLE_WORDS else "" for title in titles]
    when = _first(short, WHEN)
    helped_by = _first(short, WITH)
    what = _first(short, WHAT)
    who = next((i for i, title in enumerate(short) if i != helped_by and WHO.match(title)), None)
    if when is None or (what is None and who is None and _first(short, NUMBER) is None):
        return None
    return Columns(when, what, who, helped_by)


def _first(titles: list[str], kind: re.Pattern[str]) -> int | None:
    return next((i for i, title in enumerate(titles) if kind.match(title)), None)
