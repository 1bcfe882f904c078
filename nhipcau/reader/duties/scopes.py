"""Scope is inherited: what serves a refused purpose is outside, whatever its own words say.

An item takes the strictest of: its own words, the headings and introductions above it, the purpose the
document states. A sentence that merely points ("các nội dung trên", "mục 2", "kết quả thực hiện") takes
the scope of what it points at; one that points at allowed and refused things together is `review`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain

from nhipcau.boundary import Passages, names_no_work
from nhipcau.reader.duties.pointers import Path, annexes, items, steps
from nhipcau.reader.language.text import looks_upper, plain
from nhipcau.reader.model import ScopeName
from nhipcau.reader.page.layout import Layout
from nhipcau.reader.page.segments import Paragraph, Sentence

_STRICTNESS: dict[ScopeName, int] = {"in": 0, "review": 1, "outside": 2}
_PURPOSE = re.compile(r"\W*(?:muc dich|muc tieu|y nghia|quan diem)\b")
_SAYS_WHOLE = ("tren", "nay", "sau", "ket qua")  # one of them stands in whatever the next expression matches
_WHOLE = re.compile(
    r"\b(?:noi dung|nhiem vu|cong viec|yeu cau|van de)\s+(?:\w+\s+)?(?:tren|neu tren|noi tren|nay|sau)\b"
    r"|\bket qua (?:thuc hien|trien khai|to chuc)\b"
    r"|\b(?:ke hoach|cong van|chi thi|huong dan|thong bao|van ban|chuong trinh|cong dien)\s+nay\b"
)
_ANNEX_TITLE = re.compile(r"\W*phu luc\b(?:\s+(?:so\s+)?(?P<label>[ivx]+|\d{1,2})\b)?")
_LABEL = re.compile(r"(?<!\w)([ivx]+|\d{1,2}(?:\.\d{1,2})*|[a-z])\s*[.):/-]?\s*$")
_DEPENDENT = re.compile(
    r"\W*(?:hoan thanh|bao cao|gui|nop|thoi (?:gian|han)|danh sach|ket qua|tong hop|dinh ky|hang|han"
    r"|so lieu|viec|noi dung|cac)\b|.*\b(?:nay|do|tren|noi tren|neu tren)\b"
)
_REPORTS = re.compile(r"\W*(?:bao cao|gui|nop|danh sach|ket qua|tong hop|so lieu|ho so)\b")


@dataclass(frozen=True)
class Ruling:
    """Scope and, where it is not `in`, the boundary rule that decided it."""

    scope: ScopeName = "in"
    rule: str | None = None


_IN = Ruling()
_MIXED = Ruling("review", "review-mixed")


def strictest(rulings: Iterable[Ruling]) -> Ruling:
    """The first of the strictest."""
    worst = _IN
    for ruling in rulings:
        if ruling is not _IN and _STRICTNESS[ruling.scope] > _STRICTNESS[worst.scope]:
            worst = ruling
    return worst


@dataclass
class Scopes:
    """Rulings for the sentences of one document; each question is answered once, however many sentences ask it."""

    layout: Layout
    paras: tuple[Paragraph, ...]
    parts: tuple[Sentence, ...]
    subject: str | None

    @cached_property
    def _headings(self) -> dict[int, str]:
        above = {parent for para in self.paras for parent in para.parents} | set(self._titles)
        return {index: self.paras[index].text for index in above}

    @cached_property
    def _passages(self) -> Passages:
        return Passages([*(part.text for part in self.parts), *self._headings.values(), self.subject or ""])

    def _judge(self, text: str) -> Ruling:
        """What the boundary says of a passage on its own."""
        found = self._passages.scope(text)
        return _IN if found.scope == "in" else Ruling(found.scope, found.rule)

    def of(self, index: int) -> Ruling:
        """The ruling for sentence `index`, with everything it inherits."""
        return _IN if self._harmless else strictest((self._inherited[index], self._pointed_at(index)))

    @cached_property
    def _harmless(self) -> bool:
        """As most letters are: with nothing refused or doubtful in it, nothing such is inherited or pointed at."""
        headings = map(self._judge, self._headings.values())
        return all(ruling is _IN for ruling in chain((self.purpose,), self.own, headings))

    @cached_property
    def purpose(self) -> Ruling:
        """The document's purpose: its subject; a refused aim among several makes the whole doubtful."""
        subject = self._judge(self.subject) if self.subject else _IN
        headings = {index for index, heading in self._headings.items() if _PURPOSE.match(plain(heading))}
        aims = strictest(
            self.own[i]
            for i, part in enumerate(self.parts)
            if not headings.isdisjoint(self.paras[part.paragraph].parents)
        )
        return strictest((subject, _MIXED if aims.scope == "outside" else _IN))

    @cached_property
    def own(self) -> list[Ruling]:
        """For each sentence what the boundary says of it alone."""
        return [self._judge(part.text) for part in self.parts]

    @cached_property
    def _inherited(self) -> list[Ruling]:
        """For each sentence the strictest of its own ruling and those above and before it."""
        headings = {index: self._judge(heading) for index, heading in self._headings.items()}
        return [
            strictest((own, *(headings[over] for over in self._over(part.paragraph)), self.purpose, before))
            for part, own, before in zip(self.parts, self.own, self._before, strict=True)
        ]

    @cached_property
    def _titles(self) -> list[int]:
        """Lines in capitals without a number: what follows stands under them although they bear no rank."""
        return [i for i, para in enumerate(self.paras) if para.heading and looks_upper(para.text)]

    def _over(self, paragraph: int) -> tuple[int, ...]:
        """The paragraphs it stands under, and the last title in capitals before it."""
        before = bisect_left(self._titles, paragraph)
        unranked = (
            self._titles[before - 1 : before] if before and not self.paras[self._titles[before - 1]].level else []
        )
        return (*unranked, *self.paras[paragraph].parents)

    @cached_property
    def _before(self) -> list[Ruling]:
        """For each sentence the ruling of what it serves: "Gửi danh sách trước ngày 5" serves the one before it."""
        before: list[Ruling] = []
        for index, part in enumerate(self.parts):
            follows = index > 0 and self.parts[index - 1].paragraph == part.paragraph
            if follows and _DEPENDENT.match(self.layout.plain[part.start : part.end]):
                before.append(strictest((self.own[index - 1], before[index - 1])))
            else:
                before.append(_IN)
        return before

    def _pointed_at(self, index: int) -> Ruling:
        part = self.parts[index]
        folded = self.layout.plain[part.start : part.end]
        found = [ruling for path in items(folded) for ruling in self._labelled(path, part.paragraph)]
        asking = index if self._annexes[index] is not None else None
        found += [ruling for label in annexes(folded) for ruling in self._in_annex(label, asking)]
        if not found and self._says_whole[index]:
            return self._whole
        return _together(found or self._beside(index))

    def _beside(self, index: int) -> list[Ruling]:
        """What an item that names no work ("Kết quả gửi về trước ngày 25") reports on: the items before it
        under the same heading."""
        own = self.parts[index]
        begins = not index or self.parts[index - 1].paragraph != own.paragraph
        reports = begins and _REPORTS.match(self.layout.plain[own.start : own.end])
        if not reports or not names_no_work(own.text):
            return []
        over = self.paras[own.paragraph].parents
        return [
            ruling
            for part, ruling in zip(self.parts[:index], self._inherited, strict=False)
            if self.paras[part.paragraph].level and self.paras[part.paragraph].parents == over
        ]

    @cached_property
    def _whole(self) -> Ruling:
        """What "các nội dung trên" means: all but the sentences that say so."""
        return _together(ruling for ruling, says in zip(self._inherited, self._says_whole, strict=True) if not says)

    @cached_property
    def _says_whole(self) -> list[bool]:
        said = (self.layout.plain[part.start : part.end] for part in self.parts)
        return [any(map(text.__contains__, _SAYS_WHOLE)) and _WHOLE.search(text) is not None for text in said]

    def _labelled(self, path: Path, own: int) -> list[Ruling]:
        """Rulings of the items meant by a path, and of what stands under them; those nearby if several are."""
        for labels in steps(path):
            roots = {i for i in self._by_label.get(labels[-1], ()) if i != own and self._stands_in(i, labels[:-1])}
            beside = {i for i in roots if self.paras[i].parents == self.paras[own].parents}
            if roots:
                return [ruling for root in sorted(beside or roots) for ruling in self._under.get(root, ())]
        return []

    @cached_property
    def _labels(self) -> list[str]:
        return [_label(self.layout, para) for para in self.paras]

    @cached_property
    def _by_label(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for index, label in enumerate(self._labels):
            found.setdefault(label, []).append(index)
        return found

    def _stands_in(self, paragraph: int, outer: Path) -> bool:
        return all(any(self._labels[over] == label for over in self.paras[paragraph].parents) for label in outer)

    @cached_property
    def _under(self) -> dict[int, dict[Ruling, None]]:
        """For each paragraph the different rulings of its sentences and of those of the paragraphs under it."""
        under: dict[int, dict[Ruling, None]] = {}
        for part, inherited in zip(self.parts, self._inherited, strict=True):
            for paragraph in (part.paragraph, *self.paras[part.paragraph].parents):
                under.setdefault(paragraph, {})[inherited] = None
        return under

    @cached_property
    def _in_annex(self) -> Callable[[str, int | None], tuple[Ruling, ...]]:
        """The different rulings of an annex's sentences but the asking one; an unnamed annex is any of them."""

        @cache
        def in_annex(label: str, asking: int | None) -> tuple[Ruling, ...]:
            found = (
                inherited
                for i, (annex, inherited) in enumerate(zip(self._annexes, self._inherited, strict=True))
                if i != asking and annex is not None and (not label or annex in (label, ""))
            )
            return tuple(dict.fromkeys(found))

        return in_annex

    @cached_property
    def _annexes(self) -> list[str | None]:
        """For each sentence the label of its annex, from title to title: "" without one, None in the letter."""
        found: list[str | None] = []
        for part in self.parts:
            inside = self.paras[part.paragraph].start >= self._annexes_from
            title = _ANNEX_TITLE.match(self.layout.plain[part.start : part.end]) if inside else None
            found.append(title["label"] or "" if title else found[-1] if found else None)
        return found

    @cached_property
    def _annexes_from(self) -> int:
        after = self.layout.lines[self.layout.annex :]
        return after[0].start if after else len(self.layout.text)


def _together(rulings: Iterable[Ruling]) -> Ruling:
    """All outside: outside. Some of several outside or doubtful: review."""
    found = list(rulings)
    worst = strictest(found)
    if worst.scope == "outside" and any(ruling.scope != "outside" for ruling in found):
        return _MIXED
    return worst


def _label(layout: Layout, para: Paragraph) -> str:
    line_start = layout.text.rfind("\n", 0, para.start) + 1
    found = _LABEL.search(layout.plain[line_start : para.start])
    return found[1] if found else ""
