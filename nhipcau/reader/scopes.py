"""Scope is inherited: what serves a refused purpose is outside, whatever its own words say.

An item takes the strictest of: its own words, the headings and introductions above it, the purpose the
document states. A sentence that merely points ("các nội dung trên", "mục 2", "kết quả thực hiện") takes
the scope of what it points at; one that points at allowed and refused things together is `review`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from nhipcau.boundary import Passages
from nhipcau.reader.layout import Layout
from nhipcau.reader.model import ScopeName
from nhipcau.reader.pointers import Path, annexes, items, steps
from nhipcau.reader.segments import Paragraph, Sentence
from nhipcau.reader.text import looks_upper, plain

_STRICTNESS: dict[ScopeName, int] = {"in": 0, "review": 1, "outside": 2}
_PURPOSE = re.compile(r"\W*(?:muc dich|muc tieu|y nghia|quan diem)\b")
_WHOLE = re.compile(
    r"\b(?:noi dung|nhiem vu|cong viec|yeu cau|van de)\s+(?:\w+\s+)?(?:tren|neu tren|noi tren|nay|sau)\b"
    r"|\bket qua (?:thuc hien|trien khai|to chuc)\b"
    r"|\b(?:ke hoach|cong van|chi thi|huong dan|thong bao|van ban|chuong trinh|cong dien)\s+nay\b"
)
_ANNEX_TITLE = re.compile(r"\W*phu luc\b(?:\s+(?:so\s+)?(?P<label>[ivx]+|\d{1,2})\b)?")
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
        above = {parent for para in self.paras for parent in para.parents} | set(self._titles)
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
        above = [self._heading(parent) for parent in self._over(part.paragraph)]
        return strictest((self.own(index), *above, self.purpose, self._before(index)))

    @cached_property
    def _titles(self) -> list[int]:
        """Lines in capitals without a number: what follows stands under them although they bear no rank."""
        return [i for i, para in enumerate(self.paras) if para.heading and looks_upper(para.text(self.layout))]

    def _over(self, paragraph: int) -> tuple[int, ...]:
        """The paragraphs it stands under, and the last title in capitals before it."""
        titles = self._titles[: bisect_left(self._titles, paragraph)]
        unranked = titles[-1:] if titles and not self.paras[titles[-1]].level else []
        return (*unranked, *self.paras[paragraph].parents)

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
        targets = [t for path in items(folded) for t in self._labelled(path, index)]
        targets += [t for label in annexes(folded) for t in self._in_annex(label, index)]
        if not targets and _WHOLE.search(folded):
            targets = [i for i in range(len(self.parts)) if i != index and not self._points(i)]
        return _together(self._inherited(i) for i in targets)

    def _points(self, index: int) -> bool:
        part = self.parts[index]
        return bool(_WHOLE.search(self.layout.plain[part.start : part.end]))

    def _labelled(self, path: Path, asking: int) -> list[int]:
        """Sentences of the items meant by a path, and of what stands under them; those nearby if several are."""
        own = self.parts[asking].paragraph
        for labels in steps(path):
            roots = {i for i in self._by_label.get(labels[-1], ()) if i != own and self._stands_in(i, labels[:-1])}
            beside = {i for i in roots if self.paras[i].parents == self.paras[own].parents}
            if roots:
                return self._under(beside or roots)
        return []

    @cached_property
    def _by_label(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for index, para in enumerate(self.paras):
            found.setdefault(_label(self.layout, para), []).append(index)
        return found

    def _stands_in(self, paragraph: int, outer: Path) -> bool:
        above = [_label(self.layout, self.paras[parent]) for parent in self.paras[paragraph].parents]
        return all(label in above for label in outer)

    def _under(self, roots: set[int]) -> list[int]:
        return [
            i
            for i, part in enumerate(self.parts)
            if part.paragraph in roots or roots & set(self.paras[part.paragraph].parents)
        ]

    def _in_annex(self, label: str, asking: int) -> list[int]:
        """Sentences from an annex's title to the next one's; an unnamed annex is any of them."""
        found, here = [], False
        for i, part in enumerate(self.parts):
            title = _ANNEX_TITLE.match(self.layout.plain[part.start : part.end])
            if title and self.paras[part.paragraph].start >= self._annexes_from:
                here = not label or title["label"] in (label, None)
            if here and i != asking:
                found.append(i)
        return found

    @cached_property
    def _annexes_from(self) -> int:
        after = self.layout.lines[self.layout.annex :]
        return after[0].start if after else len(self.layout.text)

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
    found = re.search(r"(?<!\w)([ivx]+|\d{1,2}(?:\.\d{1,2})*|[a-z])\s*[.):/-]?\s*$", marker)
    return found[1] if found else ""
