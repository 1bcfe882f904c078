"""What the reader found, as the confirm page shows it: how sure, why, and where in the text."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext_lazy as _

from nhipcau.core.said import unpacked
from nhipcau.core.text import fold
from nhipcau.documents.models import Document

# Fields of the form whose finding has another name in the reading.
_NAMES = {"dated": "date", "signer_authority": "authority", "signer_title": "title"}
_SURE = 0.9

Mark = tuple[int, int, str]


class Sureness(Enum):
    """Words for people; the numbers behind them stay out of sight."""

    SURE = "sure"
    LOOK = "look"
    MISSING = "missing"


LABELS = {Sureness.SURE: _("chắc"), Sureness.LOOK: _("cần xem"), Sureness.MISSING: _("không thấy")}
TONES = {Sureness.SURE: "good", Sureness.LOOK: "warn", Sureness.MISSING: "neutral"}


@dataclass(frozen=True)
class Finding:
    """One field of the reading; `spans` are offsets in the letter's text."""

    sureness: Sureness
    why: str = ""
    spans: tuple[tuple[int, int], ...] = ()

    @property
    def label(self) -> object:
        return LABELS[self.sureness]

    @property
    def tone(self) -> str:
        return TONES[self.sureness]


def finding(document: Document, name: str) -> Finding | None:
    """The finding for a form field, None where the reader does not look for it (the day of arrival)."""
    kept = document.reading.get(_NAMES.get(name, name))
    if kept is None:
        return None
    parts: list[dict[str, Any]] = [one for one in (kept if isinstance(kept, list) else [kept]) if one.get("value")]
    if not parts:
        return Finding(Sureness.MISSING)
    sure = all(one["confidence"] >= _SURE for one in parts)
    spans = tuple(
        stretch
        for one in parts
        if one.get("span")
        for stretch in _said(document.text, one["span"][0], one["span"][1], one["value"])
    )
    return Finding(Sureness.SURE if sure else Sureness.LOOK, unpacked(parts[0]["why"]), spans)


def _said(text: str, start: int, end: int, value: object) -> list[tuple[int, int]]:
    """The lines of the span that the value consists of: where a page's two columns were read as one, the lines of
    the other column stand between them. The whole span where no line is as the value says (a date)."""
    whole = _squeezed(str(value))
    lines = [(start + line.start(), start + line.end()) for line in re.finditer(r"[^\n]+", text[start:end])]
    said = [(a, b) for a, b in lines if _squeezed(text[a:b]) in whole]
    return said or [(start, end)]


def _squeezed(text: str) -> str:
    return "".join(letter for letter in fold(text) if letter.isalnum())


@dataclass(frozen=True)
class Segment:
    """A stretch of the letter: the marks that lie over it, and those that begin here."""

    text: str
    marks: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()
    asked: bool = False


def segments(text: str, marks: Iterable[Mark]) -> list[Segment]:
    """The text cut wherever a mark begins or ends; joined together the segments are the text again."""
    inside = [(max(a, 0), min(b, len(text)), key) for a, b, key in marks if max(a, 0) < min(b, len(text))]
    cuts = sorted({0, len(text), *(a for a, _b, _k in inside), *(b for _a, b, _k in inside)})
    begun: set[str] = set()
    found: list[Segment] = []
    for start, end in pairwise(cuts):
        keys = tuple(dict.fromkeys(key for a, b, key in inside if a <= start and end <= b))
        begins = tuple(key for key in keys if key not in begun)
        begun.update(begins)
        found.append(Segment(text[start:end], keys, begins, any(key.startswith("yc-") for key in keys)))
    return found


def field_marks(document: Document, names: Sequence[str]) -> list[Mark]:
    """Where the fields stand in the text, each under the form field's name."""
    return [
        (a, b, name) for name in names if (found := finding(document, name)) is not None for a, b in found.spans
    ]


def default_day(document: Document, today: dt.date) -> dt.date:
    """The day of arrival to number by, until a person enters another."""
    return document.received_on or today


_SIGNED = {
    "intact": (_("nội dung không đổi từ khi ký"), "good"),
    "changed": (_("có phần thêm vào sau chữ ký này"), "warn"),
    "broken": (_("nội dung đã sửa sau khi ký, hoặc chữ ký không kiểm được"), "bad"),
}


@dataclass(frozen=True)
class Signed:
    """A digital signature as the page shows it."""

    signer: str
    issuer: str
    moment: dt.datetime | None
    label: object
    tone: str


def signatures(document: Document) -> list[Signed]:
    """The digital signatures that the reader found in the file."""
    return [
        Signed(
            one["signer"],
            one["issuer"],
            dt.datetime.fromisoformat(one["signed_at"]) if one["signed_at"] else None,
            *_SIGNED[one["state"]],
        )
        for one in document.reading.get("signatures", [])
    ]
