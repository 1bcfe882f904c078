"""Đã sửa sau khi bị trả lại: each reason with what it brought, and what changed besides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from nhipcau.core.numbers import HIDDEN
from nhipcau.org.models import Unit
from nhipcau.org.queries import names_of
from nhipcau.org.scope import Scope
from nhipcau.reports.design.definition import Definition, load
from nhipcau.reports.filling.resubmission import (
    CellChange,
    Comparison,
    WordsChange,
    changes_since_accepted,
    changes_since_returned,
    why_sealed_anew,
)
from nhipcau.reports.models import Submission
from nhipcau.web.reports import pieces
from nhipcau.web.reports.words import of_seal
from nhipcau.web.words import labelled, titled


@dataclass(frozen=True)
class Line:
    """One figure: why it was returned, before and after, and what became of it."""

    label: str
    unit: str
    reasons: tuple[str, ...]
    before: str
    after: str
    changed: bool
    mark: str
    tone: str


@dataclass(frozen=True)
class Resent:
    """One comparison as it is shown."""

    title: str
    since: str
    reasons: tuple[str, ...]
    lines: list[Line]
    words: list[tuple[str, str, str]]
    joined: list[str]
    left: list[str]
    totals: list[Line]
    why: list[str]

    @property
    def empty(self) -> bool:
        """Nothing differs and nothing was asked of any figure."""
        return not (self.lines or self.words or self.joined or self.left or self.totals)


def comparisons(report: Submission, scope: Scope) -> list[Resent]:
    """Since it was returned, and against the accepted revision it would replace: as far as there is either."""
    returned, accepted = changes_since_returned(report), changes_since_accepted(report)
    shown = []
    if returned is not None:
        shown.append(_shown(returned, _("Đã sửa sau khi bị trả lại"), scope, asked=True))
    if accepted is not None:
        shown.append(_shown(accepted, _("Khác bản đã tiếp nhận"), scope, asked=False))
    return shown


def _shown(found: Comparison, title: str, scope: Scope, *, asked: bool) -> Resent:
    definition = load(found.after.version.definition)
    ordered = [*found.answered, *found.unanswered, *found.unasked]
    return Resent(
        title=title,
        since=pieces.stamp(found.before.at),
        reasons=found.reasons,
        lines=[_line(cell, asked=asked, own=found.after.unit_id == scope.unit.pk) for cell in ordered],
        words=_words(definition, found, scope.unit),
        joined=_names(found.joined, scope),
        left=_names(found.left, scope),
        totals=[_line(cell, asked=False, own=False) for cell in found.totals],
        why=why_sealed_anew(found.after),
    )


def _line(cell: CellChange, *, asked: bool, own: bool) -> Line:
    secret = cell.item.suppress_below and not own
    mark, tone = "", ""
    if asked and cell.reasons:
        mark, tone = (_("đã sửa"), "good") if cell.changed else (_("giữ nguyên"), "warn")
    elif asked:
        mark, tone = _("sửa ngoài yêu cầu"), "info"
    return Line(
        label=labelled(cell.item),
        unit=cell.item.unit,
        reasons=cell.reasons,
        before=pieces.figure(HIDDEN if secret else cell.before, cell.item),
        after=pieces.figure(HIDDEN if secret else cell.after, cell.item),
        changed=cell.changed,
        mark=mark,
        tone=tone,
    )


def _words(definition: Definition, found: Comparison, viewer: Unit) -> list[tuple[str, str, str]]:
    titles = {block.code: titled(block) for block in definition.narrative}
    before, after = of_seal(found.before, viewer), of_seal(found.after, viewer)

    def rows(changes: Iterable[WordsChange], otherwise: str) -> list[tuple[str, str, str]]:
        return [
            (titles.get(change.code, otherwise), before.plain(change.before), after.plain(change.after))
            for change in changes
        ]

    return [*rows(found.narrative, _("Thuyết minh")), *rows(found.explanations, _("Giải thích"))]


def _names(uids: tuple[str, ...], scope: Scope) -> list[str]:
    ids = Unit.objects.filter(uid__in=uids).values_list("pk", flat=True)
    return [name.name for name in sorted(names_of(ids, scope.day).values(), key=lambda name: name.sort_key)]
