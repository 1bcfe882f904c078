"""Scope is inherited: what serves a refused purpose is outside, whatever its own words say.

An item takes the strictest of: its own words, the headings and introductions above it, the purpose the
document states. A sentence that merely points ("các nội dung trên", "mục 2", "kết quả thực hiện") takes
the scope of what it points at; one that points at allowed and refused things together is `review`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from nhipcau.boundary import Passages
from nhipcau.reader.layout import Layout
from nhipcau.reader.model import ScopeName
from nhipcau.reader.segments import Paragraph, Sentence
from nhipcau.reader.text import plain

_STRICTNESS: dict[ScopeName, int] = {"in": 0, "review": 1, "outside": 2}
_PURPOSE = re.compile(r"\W*(?:muc dich|muc tieu|y nghia|quan diem)\b")
_WHOLE = re.compile(
    r"\b(?:noi dung|nhiem vu|cong viec|yeu cau|van de)\s+(?:\w+\s+)?(?:tren|neu tren|noi tren|nay|sau)\b"
    r"|\bket qua (?:thuc hien|trien khai|to chuc)\b"
    r"|\b(?:ke hoach|cong van|chi thi|huong dan|thong bao|van ban|chuong trinh|cong dien)\s+nay\b"
)
_ITEM = re.compile(r"\b(?:muc|diem|khoan|phan)\s+(?P<label>[ivx]+|\d{1,2}(?:\.\d{1,2})*|[a-z])\b")
_DEPENDENT = re.compile(
    r"\W*(?:hoan thanh|bao cao|gui|nop|thoi (?:gian|han)|danh sach|ket qua|tong hop|dinh ky|hang|han"
    r"|so lieu|viec|noi dung|cac)\b|.*\b(?:nay|do|tren|noi tren|neu tren)\b"
)


@dataclass(frozen=True)
class Ruling:
    """Scope and, where it is not `in`, the boundary rule that decided it."""

    scope: ScopeName = "in"
    rule: str | None = None


def strictest(rulings: Iterable[Ruling]) -> Ruling:
    return max(rulings, key=lambda ruling: _STRICTNESS[ruling.scope], default=Ruling())


@dataclass
class Scopes:
    """Rulings for the sentences of one document."""

    layout: Layout
    paras: tuple[Paragraph, ...]
    parts: tuple[Sentence, ...]
    subject: str | None

    @cached_property
    def _sentences(self) -> list[str]:
        return [" ".join(self.layout.text[part.start : part.end].split()) for part in self.parts]

    @cached_property
    def _headings(self) -> dict[int, str]:
        above = {parent for para in self.paras for parent in para.parents}
        return {index: self.paras[index].text(self.layout) for index in above}

    @cached_property
    def _passages(self) -> Passages:
        return Passages([*self._sentences, *self._headings.values(), self.subject or ""])

    def _judge(self, text: str) -> Ruling:
        """What the boundary says of a passage on its own."""
        found = self._passages.scope(text)
        return Ruling(found.scope, found.rule)

    def of(self, index: int) -> Ruling:
        """The ruling for sentence `index`, with everything it inherits."""
        return strictest((self._inherited(index), self._pointed_at(index)))

    @cached_property
    def purpose(self) -> Ruling:
        """The document's purpose: its subject; a refused aim among several makes the whole doubtful."""
        subject = self._judge(self.subject) if self.subject else Ruling()
        aims = strictest(
            self.own(i) for i, part in enumerate(self.parts) if self._states_purpose(self.paras[part.paragraph])
        )
        return strictest((subject, Ruling("review", aims.rule) if aims.scope == "outside" else Ruling()))

    def own(self, index: int) -> Ruling:
        return self._judge(self._sentences[index])

    def _inherited(self, index: int) -> Ruling:
        part = self.parts[index]
        above = [self._heading(parent) for parent in self.paras[part.paragraph].parents]
        return strictest((self.own(index), *above, self.purpose, self._before(index)))

    def _heading(self, paragraph: int) -> Ruling:
        return self._judge(self._headings[paragraph])

    def _before(self, index: int) -> Ruling:
        """ "Gửi danh sách trước ngày 5" serves the sentence before it in the same paragraph."""
        part = self.parts[index]
        folded = self.layout.plain[part.start : part.end]
        if index == 0 or self.parts[index - 1].paragraph != part.paragraph or not _DEPENDENT.match(folded):
            return Ruling()
        return strictest((self.own(index - 1), self._before(index - 1)))

    def _pointed_at(self, index: int) -> Ruling:
        part = self.parts[index]
        folded = self.layout.plain[part.start : part.end]
        targets = [t for found in _ITEM.finditer(folded) for t in self._labelled(found["label"], index)]
        if not targets and _WHOLE.search(folded):
            targets = [i for i in range(len(self.parts)) if i != index and not self._points(i)]
        return _together(self._inherited(i) for i in targets)

    def _points(self, index: int) -> bool:
        part = self.parts[index]
        return bool(_WHOLE.search(self.layout.plain[part.start : part.end]))

    def _labelled(self, label: str, asking: int) -> list[int]:
        """Sentences of the paragraphs numbered `label`, and of what stands under them."""
        roots = {
            i
            for i, para in enumerate(self.paras)
            if i != self.parts[asking].paragraph and _label(self.layout, para) == label
        }
        return [
            i
            for i, part in enumerate(self.parts)
            if part.paragraph in roots or roots & set(self.paras[part.paragraph].parents)
        ]

    def _states_purpose(self, para: Paragraph) -> bool:
        headings = [self.paras[parent].text(self.layout) for parent in para.parents]
        return any(_PURPOSE.match(plain(heading)) for heading in headings)


def _together(rulings: Iterable[Ruling]) -> Ruling:
    """All outside: outside. Some of several outside or doubtful: review."""
    found = list(rulings)
    worst = strictest(found)
    if worst.scope == "outside" and any(ruling.scope != "outside" for ruling in found):
        return Ruling("review", worst.rule)
    return worst


def _label(layout: Layout, para: Paragraph) -> str:
    line_start = layout.text.rfind("\n", 0, para.start) + 1
    marker = layout.plain[line_start : para.start]
    found = re.search(r"([ivx]+|\d{1,2}(?:\.\d{1,2})*|[a-z])\s*[.)/-]?\s*$", marker)
    return found[1] if found else ""
