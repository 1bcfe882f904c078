"""Deadlines: time limits of something somebody must do, tied to the sentence they stand in."""

from __future__ import annotations

import datetime as dt
import re

from nhipcau.reader.actors import responsible_for
from nhipcau.reader.layout import Layout, plain
from nhipcau.reader.model import Deadline
from nhipcau.reader.phrases import Calendar, Phrase, asks, find_phrases
from nhipcau.reader.segments import Paragraph, Sentence, sentence_at

_NARRATIVE = re.compile(
    r"\b(?:tinh den|so lieu den|luy ke den|co hieu luc|hieu luc|ban hanh|sinh)(?:\s+(?:het|thi hanh|ngay))*\s*:?\s*$"
)
_EFFECT = re.compile(r"\b(?:co hieu luc|hieu luc thi hanh|bao quan|bao hanh)\b")
_DONE_ALREADY = re.compile(r"\b(?:đã|Đã)\b")
_REPORTS = re.compile(
    r"\b(?:bao cao|gui|nop|hop|sinh hoat|giao ban|kiem tra|danh gia|tong hop|so ket|tong ket|cap nhat|thong ke|to chuc|ra soat|cong khai|doi thoai|phan anh|thong tin|tham muu|dang ky|chuyen|theo doi|trich)\b"
)
# "kế hoạch hàng năm", "ngân sách hàng năm": the recurrence describes a noun, nobody must act then.
_NOUN_BEFORE = re.compile(
    r"\b(?:ke hoach|kinh phi|ngan sach|nha nuoc|du toan|chuong trinh|cong tac|hoat dong|thi dua|nhiem vu|cong nghe|dinh ky|phat trien|thuong xuyen|chi tieu|bao cao tai chinh|nghi|phep|dot xuat|luong|tien|so luong|dien ra)\s*,?\s*$"
)


def read_deadlines(
    layout: Layout, paras: tuple[Paragraph, ...], parts: tuple[Sentence, ...], anchor: dt.date | None
) -> tuple[Deadline, ...]:
    """All deadlines in order. `anchor` is the day of the document (a missing year is the next occurrence)."""
    found = []
    for index, para in enumerate(paras):
        folded = layout.plain[para.start : para.end].replace("\n", " ")
        for phrase in find_phrases(folded, Calendar(anchor)):
            start, end = para.start + phrase.start, para.start + phrase.end
            part = sentence_at(parts, start)
            if part is None or not _is_limit(layout, para, parts[part], phrase):
                continue
            due, late_after = last_days(phrase)
            found.append(
                Deadline(
                    phrase=" ".join(layout.text[start:end].split()),
                    kind=phrase.kind,
                    normalised=phrase.normalised,
                    due=due,
                    late_after=late_after,
                    action=_action(layout, paras, parts, part, (start, end)),
                    responsible=responsible_for(layout, paras, index, parts[part]),
                    scope="in",
                    span=(start, end),
                    exclusive=phrase.exclusive,
                    why=phrase.why,
                )
            )
    return tuple(found)


def _is_limit(layout: Layout, para: Paragraph, part: Sentence, phrase: Phrase) -> bool:
    """Is the expression a limit of a duty here, rather than narrative, an event or an adjective?"""
    start, end = para.start + phrase.start, para.start + phrase.end
    before, sentence = layout.plain[part.start : start], layout.plain[part.start : part.end]
    printed = layout.text[start:end]
    if _NARRATIVE.search(before) or (_EFFECT.search(sentence) and phrase.kind == "relative"):
        return False
    if _DONE_ALREADY.search(layout.text[part.start : start]) and "phải" not in layout.text[part.start : start]:
        return False
    if phrase.kind == "recurring":
        return _recurs(before, printed, phrase, sentence)
    bare = re.match(r"(?:vào|trong|đến|Vào|Trong|Đến)\s", printed)
    if bare and phrase.kind == "date":
        return _REPORTS.search(before) is not None and not re.search(r"gio|\bh\b", plain(printed))
    if bare and phrase.kind == "period":
        return asks(sentence)
    return True


def _recurs(before: str, printed: str, phrase: Phrase, sentence: str) -> bool:
    if not re.match(r"(?:hang|moi)\s+\w+$", plain(printed)):
        return True  # it names a day, a count or "định kỳ": never a mere adjective
    if printed[:1].isupper() or not before.strip(" -+,;:("):
        return asks(sentence)
    if _NOUN_BEFORE.search(before) or phrase.normalised == "FREQ=DAILY":
        return False
    return _REPORTS.search(before[-80:]) is not None


def last_days(phrase: Phrase) -> tuple[dt.date | None, dt.date | None]:
    """(due, late after): "trước ngày D" asks for D-1 and is late only after D; others ask for D."""
    if phrase.kind not in ("date", "period"):
        return None, None
    day = _last_day(phrase.normalised.split("/")[-1])
    return (day - dt.timedelta(days=1), day) if phrase.exclusive else (day, day)


def _last_day(value: str) -> dt.date:
    quarter = re.fullmatch(r"(\d{4})-Q(\d)", value)
    month = re.fullmatch(r"(\d{4})-(\d{2})", value)
    if quarter or month:
        year, last = (int(quarter[1]), 3 * int(quarter[2])) if quarter else (int(value[:4]), int(value[5:]))
        return (dt.date(year + last // 12, last % 12 + 1, 1)) - dt.timedelta(days=1)
    return dt.date.fromisoformat(value)


def _action(
    layout: Layout, paras: tuple[Paragraph, ...], parts: tuple[Sentence, ...], part: int, span: tuple[int, int]
) -> str | None:
    """What must be done by then: the words before the phrase; else those after it; else the sentence before."""
    sentence = parts[part]
    before = _clean(layout.text[sentence.start : span[0]])
    after = _clean(layout.text[span[1] : sentence.end])
    if _says_something(before):
        return before
    if _says_something(after):
        return after
    if part and parts[part - 1].paragraph == sentence.paragraph:
        return _clean(layout.text[parts[part - 1].start : parts[part - 1].end])
    parents = paras[sentence.paragraph].parents
    if before or not parents:
        return before or after or None
    return _clean(layout.text[paras[parents[-1]].start : paras[parents[-1]].end])


def _says_something(text: str) -> bool:
    return len(text.split()) > 2 or asks(plain(text))


def _clean(text: str) -> str:
    text = " ".join(text.split()).strip(" .,;:-+*|(")
    return re.sub(r"\s*\b(?:Hoàn thành|Thời hạn|Thời gian|hoàn thành|thời hạn)$", "", text).strip(" .,;:-(")
