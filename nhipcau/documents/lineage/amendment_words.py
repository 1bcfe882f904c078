"""Whether a letter says that it recalls, replaces or corrects another one in the register. It is only proposed."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from nhipcau.core.text import canonical
from nhipcau.documents.models import Amendment, AmendmentKind, Direction, Document, DocumentState

_SENTENCE = 240
_VERBS = {
    "thu hồi": AmendmentKind.RECALL,
    "thay thế": AmendmentKind.REPLACE,
    "thay cho": AmendmentKind.REPLACE,
    "đính chính": AmendmentKind.CORRECT,
}
_BEFORE = re.compile(
    rf"(?P<not>\b(?:không|chưa|đã được|đã bị)\s+)?\b(?P<verb>{'|'.join(_VERBS)})\b(?P<gap>[^.;\n]*)$"
)
_AFTER = re.compile(
    r"^[^.;\n]{0,120}?\b(?P<not>không\s+)?(?:bị|được)\s+(?P<verb>thu hồi|thay thế|đính chính)"
    r"(?!\s+(?:bởi|bằng|theo)\s+(?!văn bản này|công văn này|quyết định này|kế hoạch này))"
)
# Between the verb and the number these words give the verb another object, or the number another part.
_ELSEWHERE = re.compile(
    r"\b(?:theo|căn cứ|thực hiện|để|nhằm|kinh phí|tiền|tài sản|thẻ|đất|giấy|khoản|người|thiết bị|bằng|tại sao)\b"
)


@dataclass(frozen=True)
class Proposal:
    """What a letter seems to do to one of the unit's registered letters."""

    kind: AmendmentKind
    target: Document


def proposals(document: Document) -> list[Proposal]:
    """Acts that the letter's words name and nobody has confirmed yet; at most one for each letter named."""
    found: dict[int, Proposal] = {}
    done = set(Amendment.objects.filter(by=document).values_list("target", flat=True))
    text = canonical(f"{document.subject}\n{document.text}").lower()
    for cited in document.citations.order_by("pk"):
        kind = _kind_of(text, canonical(cited.symbol).lower())
        target = _registered(document, cited.symbol_key, cited.dated) if kind else None
        if kind and target and target.pk not in done:
            found.setdefault(target.pk, Proposal(kind, target))
    return list(found.values())


def _kind_of(text: str, symbol: str) -> AmendmentKind | None:
    """What the words around any mention of the symbol say is done to it."""
    flat = re.sub(r"\s+", " ", text)
    for place in (one.start() for one in re.finditer(rf"(?<![\w/]){re.escape(symbol)}", flat)):
        before = _BEFORE.search(flat[max(0, place - _SENTENCE) : place])
        if before and not before["not"] and not _ELSEWHERE.search(before["gap"]):
            return _VERBS[before["verb"]]
        after = _AFTER.match(flat[place : place + _SENTENCE])
        if after and not after["not"]:
            return _VERBS[after["verb"]]
    return None


def _registered(document: Document, symbol_key: str, dated: dt.date | None) -> Document | None:
    rows = Document.objects.filter(
        unit=document.unit,
        number_key=symbol_key,
        state=DocumentState.REGISTERED,
        direction__in=(Direction.INCOMING, Direction.OUTGOING),
    ).exclude(pk=document.pk)
    if dated:
        rows = rows.filter(dated=dated)
    elif document.dated:
        rows = rows.filter(dated__lte=document.dated)
    return rows.order_by("-dated", "-pk").first()
