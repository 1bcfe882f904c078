"""Deadlines: time limits of something somebody must do, tied to the sentence they stand in."""

from __future__ import annotations

import datetime as dt
import re

from nhipcau.core.deadlines import DeadlineRule, due_days
from nhipcau.core.workdays import WorkingDays
from nhipcau.reader.duties.actors import Actors
from nhipcau.reader.duties.phrases import Finder, Phrase
from nhipcau.reader.duties.tables import TaskRow, task_rows
from nhipcau.reader.language.text import plain
from nhipcau.reader.language.times import Calendar, Found
from nhipcau.reader.model import Deadline
from nhipcau.reader.page.layout import Layout
from nhipcau.reader.page.segments import Paragraph, Sentence, sentence_at

_NARRATIVE = re.compile(
    r"(?:\b(?:tinh den|so lieu den|luy ke den|co hieu luc|hieu luc|(?P<issued>ban hanh))|(?:^|[,;(]\s*)sinh)"
    r"(?:\s+(?:het|thi hanh|ngay))*\s*:?\s*$"
)
_EFFECT = re.compile(r"\b(?:co hieu luc|hieu luc thi hanh|bao quan|bao hanh)\b")
# "gửi báo cáo về phòng A ngày 10/7": without this a bare date is an event or a citation.
_SENT_ON = re.compile(r"\b(?:gui|nop|bao cao)\b[^.;]{0,80}\bve\b[^.;,]{2,60}$")
_HANDED_IN = re.compile(r"\b(?:gui|nop)\b[^.;:/\d]{0,40}$")
_THEN_HAND_IN = re.compile(r"[\s,]*(?:cac\s[\w ]{2,30}?\s)?(?:gui|nop|dang ky|hoan thanh)\b")
_PURPOSE = re.compile(r"\W*(?:de|nham)\b[^,]*$")  # "Để dự thảo hoàn thiện hơn trước khi trình, …"
_DONE_BY = re.compile(r"\bhoan (?:thanh|tat)\b[^.;]{0,80}$")
# "Thời gian tổ chức hội nghị: 8h00, ngày D" is when to come, not by when to do anything.
_MEETING = re.compile(
    r"thoi gian\s+(?:to chuc|thuc hien|trien khai)[\w ]{0,40}:?\s*(?:luc\s+|vao\s+|tu\s+)*\d{1,2}\s*(?:gio|g|h)"
)
# "được kéo dài đến ngày …", "điều chỉnh thời hạn … đến tháng 6": the limit is moved there.
_MOVED = re.compile(r"\b(?:gia han|keo dai|lui|dieu chinh)\b[^.;]{0,140}$")
_DONE_ALREADY = re.compile(r"\b(?:đã|Đã)\b")
_DUTY = re.compile(
    r"\b(?:gui|nop|bao cao|dang ky|hoan thanh|hoan tat|tra loi|phan hoi|cap nhat|tong hop|chuyen|thong bao"
    r"|trien khai|thuc hien|to chuc|xay dung|de nghi|yeu cau|lap|kiem tra|phai|ra soat|tham gia|ung ho"
    r"|quyet toan|phe duyet|ban hanh|cung cap|danh gia|lua chon|phat dong|gop y|tap huan|tuyen truyen|niem yet"
    r"|cong khai|nghiem thu|giao|phan cong|cam ket|hop|sinh hoat|giao ban|so ket|tong ket|doi thoai|trich)\b"
)
_REPORTS = re.compile(
    r"\b(?:bao cao|gui|nop|hoan thien|hop|sinh hoat|giao ban|kiem tra|danh gia|tong hop|so ket|tong ket|cap nhat"
    r"|thong ke"
    r"|to chuc|ra soat|cong khai|doi thoai|phan anh|thong tin|tham muu|dang ky|chuyen|theo doi|trich)\b"
)
# "kế hoạch hàng năm", "ngân sách hàng năm": the recurrence describes a noun, nobody must act then.
_NOUN_BEFORE = re.compile(
    r"\b(?:ke hoach|kinh phi|ngan sach|nha nuoc|du toan|chuong trinh|cong tac|hoat dong|thi dua|nhiem vu"
    r"|cong nghe|phat trien|thuong xuyen|chi tieu|tai chinh|nghi|phep|dot xuat|luong|tien|so luong"
    r"|dien ra)\s*,?\s*$"
)

# "- Ngày 11/7: hạn cuối các đơn vị gửi hồ sơ": an entry of a schedule that asks for something.
_SCHEDULED = re.compile(r"\s*:[^.;]{0,60}?\b(?:han (?:cuoi|chot|nop|gui)|nop|gui|goi|dang ky|hoan thanh|bao cao)\b")
_REPORTED = re.compile(r"\b(?:bao cao|gui|nop|hop)\b[^.;,]{0,40}$")  # "… theo quý"
# "định kỳ 6 tháng, hằng năm": one recurrence beside another.
_ALSO_EVERY = re.compile(r"\b(?:dinh ky|hang|moi)\s[\w ]{2,14}(?:,|\bva|\bhoac)\s*$")


def read_deadlines(
    layout: Layout,
    paras: tuple[Paragraph, ...],
    parts: tuple[Sentence, ...],
    actors: Actors,
    anchor: dt.date | None,
) -> tuple[Deadline, ...]:
    """All deadlines in order. `anchor` is the day of the document (a missing year is the next occurrence)."""
    found: list[Deadline] = []
    when = Calendar(anchor)
    rows = task_rows(layout, paras)
    whole = layout.plain.replace("\n", " ")
    finder = Finder(_COLUMN + whole if rows else whole, when)
    for index, para in enumerate(paras):
        row = rows.get(index)
        if row is not None:
            found += _in_row(layout, row, when, finder)
            continue
        counts = False
        for phrase in finder.find(whole[para.start : para.end]):
            span = (para.start + phrase.start, para.start + phrase.end)
            part = sentence_at(parts, span[0])
            if part is not None and not phrase.joined:
                counts = _is_limit(layout, parts[part], phrase, span)
            if part is None or not counts:
                continue
            action = _action(layout, paras, parts, part, span)
            found.append(_deadline(layout, phrase, span, anchor, action, actors.responsible_for(parts[part])))
    return tuple(found)


_WORKING = WorkingDays()
_COLUMN = "thoi gian thuc hien: "  # what the heading says of every cell of the column


def _in_row(layout: Layout, row: TaskRow, when: Calendar, finder: Finder) -> list[Deadline]:
    """The time cell of a table of tasks; the other cells say what and who."""
    cell = layout.plain[row.when.start : row.when.end]
    found = []
    for phrase in finder.find(_COLUMN + cell):
        start = row.when.start + max(0, phrase.start - len(_COLUMN))
        span = (start, row.when.start + phrase.end - len(_COLUMN))
        action = _clean(layout.text[row.what.start : row.what.end]) if row.what else None
        responsible = _clean(layout.text[row.who.start : row.who.end]) if row.who else None
        found.append(_deadline(layout, phrase, span, when.anchor, action, responsible))
    return found


def _deadline(
    layout: Layout,
    phrase: Phrase,
    span: tuple[int, int],
    anchor: dt.date | None,
    action: str | None,
    responsible: str | None,
) -> Deadline:
    printed = " ".join(layout.text[slice(*span)].split())
    meant = phrase.found
    rule = DeadlineRule(meant.kind, meant.normalised, printed, meant.exclusive)
    # The receipt is not known to the reader; the register computes relative deadlines again with it.
    due, late_after = due_days(rule, document_date=anchor, received_on=None, working=_WORKING)
    return Deadline(
        phrase=printed,
        kind=meant.kind,
        normalised=meant.normalised,
        due=due,
        late_after=late_after,
        action=action,
        responsible=responsible,
        scope="in",  # settled by obligations.read_obligations, which knows the purposes
        span=span,
        exclusive=meant.exclusive,
        why=meant.why,
        confidence=_sure(meant, printed),
    )


# How often a limit of its kind was right on letters not seen before; "needs a look" is below 0.9.
_SURE = {"date": 0.96, "period": 0.92, "recurring": 0.92, "relative": 0.9}
_BARE_WORD = re.compile(r"(?:vao|trong|den|ngay|hang|moi)\b")
_LIMIT_WORD = re.compile(r"\b(?:truoc|cham nhat|muon nhat|(?:den )?het|han|hoan thanh|khong qua)\b")


def _sure(meant: Found, printed: str) -> float:
    """Printed words of limit make it sure; a bare "vào", "ngày" or an event without a day does not."""
    folded = plain(printed)
    if meant.kind == "relative" and not meant.normalised.endswith((" receipt", " document")):
        return 0.8 if meant.normalised.endswith(" event") or meant.normalised.startswith("P0D") else 0.88
    if meant.kind == "recurring" and "BY" in meant.normalised:
        return 0.95
    if _BARE_WORD.match(folded) and not _LIMIT_WORD.search(folded):
        return 0.8
    return _SURE[meant.kind]


_NEAR = 500  # letters on either side that can say what a limit is of; sentences are seldom longer


def _is_limit(layout: Layout, part: Sentence, phrase: Phrase, span: tuple[int, int]) -> bool:
    """Is the expression a limit of a duty here, rather than narrative, an event or an adjective?"""
    start, end = max(part.start, span[0] - _NEAR), min(part.end, span[1] + _NEAR)
    before, sentence = layout.plain[start : span[0]], layout.plain[start:end]
    printed = layout.text[slice(*span)]
    kind = phrase.found.kind
    after = layout.plain[span[1] : end]
    if _is_narrative(before, layout.text[start : span[0]], printed):
        return False
    if kind == "relative":
        # Plain text confuses "ngay sau khi" (at once) with "ngày sau khi".
        if phrase.found.normalised.startswith("P0D before") and _PURPOSE.match(before):
            return False
        in_effect = _EFFECT.search(before) or _EFFECT.search(after)
        return not in_effect and not printed.startswith(("ngày sau khi", "ngày khi"))
    if kind == "recurring":
        return _recurs(before, after, sentence, printed, phrase.found.normalised)
    if _SCHEDULED.match(after) and not before.strip(" -+*"):
        return True
    return _is_bare_limit(before, after, sentence, printed, kind)


def _is_narrative(before: str, printed_before: str, printed: str) -> bool:
    """ "số liệu tính đến …", "có hiệu lực từ …", "đã xong trước …": nobody is asked to do anything by then."""
    told = _NARRATIVE.search(before)
    if told and not (told["issued"] and _LIMIT_WORD.match(plain(printed))):
        return True
    if re.search(r"\b[Tt]ính\s*$", printed_before):
        return True
    done = _DONE_ALREADY.search(printed_before)
    if done is None or re.search(r"\b(?:phải|sẽ)\b", printed_before[done.end() :]):
        return False
    # "báo cáo số cuộc đối thoại đã tổ chức về … trước ngày D": what is done describes what is to be reported.
    return _REPORTS.search(plain(printed_before[: done.start()])) is None


def _is_bare_limit(before: str, after: str, sentence: str, printed: str, kind: str) -> bool:
    """Dates and periods: those without a word of limit ("vào ngày", "ngày") need a verb of sending."""
    folded = plain(printed)
    if printed[:4].lower() == "ngày" and kind == "date":
        handed_in = _SENT_ON.search(before) or _HANDED_IN.search(before)
        return handed_in is not None or (not before.strip(" -+*") and _THEN_HAND_IN.match(after) is not None)
    if kind == "date" and _MEETING.match(folded):
        return False
    bare = re.match(r"(?:vào|trong|đến|tới|sang)\s+(?!hết)", printed, re.IGNORECASE)
    if not bare or _MOVED.search(before):
        return True
    if folded.startswith("sang") or (kind == "period" and folded[:3] in ("den", "toi")):
        return False
    if kind == "date":
        opens = folded[:3] in ("den", "toi") and not before.strip(" -+*") and _DUTY.search(after) is not None
        asked = opens or _REPORTS.search(before) or _DONE_BY.search(before)
        return bool(asked) and not re.search(r"gio|\dh\b", folded)
    # "trong tháng 10" sets a limit by itself; "vào tháng 10" may only say when something happens.
    return folded.startswith("trong") or _DUTY.search(sentence) is not None


def _recurs(before: str, after: str, sentence: str, printed: str, normalised: str) -> bool:
    if printed.lower().startswith("theo"):
        return _REPORTED.search(before) is not None and not printed.endswith("quy")  # "theo quy định"
    if not re.match(r"(?:hang|moi)\s+\w+$", plain(printed)):
        return True  # it names a day, a count or "định kỳ": never a mere adjective
    opening = before.strip(" -+,;:(")
    if printed[:1].isupper() or not opening or (len(opening) < 16 and before.rstrip().endswith(",")):
        return _DUTY.search(sentence) is not None
    if _NOUN_BEFORE.search(before) or normalised == "FREQ=DAILY":
        return False
    if _ALSO_EVERY.search(before) or _DUTY.match(after.lstrip(" ,")):
        return True
    return _REPORTS.search(before[-80:]) is not None


def _action(
    layout: Layout, paras: tuple[Paragraph, ...], parts: tuple[Sentence, ...], part: int, span: tuple[int, int]
) -> str | None:
    """What must be done by then: the words before the phrase; else those after it; else the sentence before."""
    sentence = parts[part]
    printed = layout.text[max(sentence.start, span[0] - 2 * _NEAR) : span[0]]
    before, after = _clean(printed), _clean(layout.text[span[1] : min(sentence.end, span[1] + 2 * _NEAR)])
    joined = re.search(r"(?:\bvà|,)\s*$", printed) is not None and _DUTY.match(plain(after)) is not None
    if _says_something(before) and not joined:
        if _ELLIPTIC.match(plain(before)) and len(before.split()) < 10 and _follows(parts, part):
            return _clean(layout.text[max(parts[part - 1].start, span[0] - 4 * _NEAR) : span[0]])
        return before
    if _says_something(after):
        return after
    if _follows(parts, part):
        return _clean(layout.text[parts[part - 1].start : parts[part - 1].end])
    parents = paras[sentence.paragraph].parents
    if before or not parents:
        return before or after or None
    return _clean(layout.text[paras[parents[-1]].start : paras[parents[-1]].end]) or None


def _follows(parts: tuple[Sentence, ...], part: int) -> bool:
    return part > 0 and parts[part - 1].paragraph == parts[part].paragraph


def _says_something(text: str) -> bool:
    return len(text.split()) > 2 or _DUTY.search(plain(text)) is not None


# "… nộp về phòng": what is sent stands in the sentence before.
_ELLIPTIC = re.compile(r"\W*(?:gui|nop|hoan thanh)\b")
# What the issuer says about itself before it asks.
_REQUEST = re.compile(
    r"^(?:(?:Thực hiện|Theo|Căn cứ|Để|Nhằm)\b.*?|[^,;]{0,80}?)\b(?:đề nghị|yêu cầu)\s+(?=(?:\S+\s+){3})",
    re.IGNORECASE,
)


_THEN_LIMIT = re.compile(r"\s\b(?:hoàn thành|thời hạn)$", re.IGNORECASE)


def _clean(text: str) -> str:
    text = " ".join(text.split())
    asks = _REQUEST.match(text)
    text = (text[asks.end() :] if asks else text).strip(" .,;:-+*|(")
    return (_THEN_LIMIT.sub("", text) if text[-1:] in "hHnN" else text).strip(" .,;:-(")
