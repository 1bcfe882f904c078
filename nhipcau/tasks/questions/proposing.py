"""Questions that a letter's own words suggest, so that a person only has to choose and reword."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nhipcau.boundary import check
from nhipcau.core.text import canonical, clean, fold
from nhipcau.tasks.models import Obligation
from nhipcau.tasks.questions.sound import LONGEST, MOST, QuestionInput, faults_of

_LIST = re.compile(r"[;\n]|(?<=[^\d]),(?=\s)|\s{1,9}(?:và|cùng)\s{1,9}(?=số|kinh phí|tổng)", re.IGNORECASE)
_LEAD = re.compile(
    r"^[\s\-–+•*]*(?:(?:\d{1,2}|[a-zđ])[.)]\s+)?(?:(?:gồm|trong đó|báo cáo|cụ thể|nêu rõ)[:\s]+)*", re.IGNORECASE
)
_FOLLOWING = 1500  # characters
_SHAPES = (
    ("money", re.compile(r"^(tong )?(so tien|kinh phi|gia tri|tri gia|muc chi)")),
    ("number", re.compile(r"^(tong )?(so |bao nhieu)")),
    ("date", re.compile(r"^(ngay|thoi gian|thoi diem) (?!.*\d)")),
    ("yes_no", re.compile(r"^(da|co) .*(chua|khong)$|^(viec )?(da|co) to chuc")),
    ("text", re.compile(r"^(kho khan|vuong mac|kien nghi|de xuat|hinh thuc)")),
)


def propose(obligation: Obligation) -> list[QuestionInput]:
    """Questions that the letter's own words suggest, for a person to choose from; none that would be refused."""
    found: dict[str, QuestionInput] = {}
    for text in _passages(obligation):
        for part in _LIST.split(text.partition(":")[2] or text):
            one = _suggested(part)
            if one is not None:
                found.setdefault(fold(one.label), one)
    return list(found.values())[:MOST]


def _passages(obligation: Obligation) -> Iterator[str]:
    """The sentence itself, then what the letter lists right after it."""
    yield obligation.text
    if obligation.span_end:
        following = obligation.document.text[obligation.span_end : obligation.span_end + _FOLLOWING]
        yield from (line for line in following.split("\n") if len(line.strip()) < LONGEST)


def _suggested(part: str) -> QuestionInput | None:
    label = _LEAD.sub("", clean(part)).strip(" .:;,-…")
    folded = fold(canonical(label))
    if not 6 <= len(label) <= LONGEST or len(label.split()) > 25:
        return None
    kind = next((kind for kind, shape in _SHAPES if shape.search(folded)), None)
    if kind is None or check(label).verdict != "allowed":
        return None
    made = QuestionInput(kind, label[:1].upper() + label[1:])
    return None if list(faults_of(1, made)) else made
