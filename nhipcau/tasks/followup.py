"""Sổ theo dõi giải quyết văn bản đến: what became of every letter that came in (Decree 30/2020/NĐ-CP, App. IV).

Seven columns: number of arrival · kind, number, day and issuer · receiver · time limit · progress · answer ·
notes. All of it is read from notes, tasks and citations; nothing is typed twice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import BinaryIO

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from nhipcau.core.official import Column
from nhipcau.documents.models import (
    Amendment,
    AmendmentKind,
    Direction,
    Document,
    DocumentState,
    RegisterEntry,
)
from nhipcau.documents.rights import reads_contents
from nhipcau.org.queries import name_of, parent_of
from nhipcau.org.scope import Scope
from nhipcau.press.register import RegisterSheet
from nhipcau.press.workbook import to_xlsx
from nhipcau.tasks.followlines import FollowedLetter, answers_to, lines_of
from nhipcau.tasks.models import Assignment, AssignmentRole, AssignmentState, Instruction, Task

__all__ = ["FollowedLetter", "FollowedPage", "answering", "followed", "followed_page", "sheet", "write_workbook"]

COLUMNS = (
    Column("Số đến", 6, "center"),
    Column("Tên loại, số, ký hiệu, ngày, tháng và tên cơ quan, tổ chức ban hành", 26),
    Column("Đơn vị hoặc người nhận", 17),
    Column("Thời hạn giải quyết", 13),
    Column("Tiến độ giải quyết", 16),
    Column("Số, ký hiệu văn bản trả lời", 12),
    Column("Ghi chú", 10),
)
# Sorts of lines: all, nobody was given the work, somebody is still to do it, somebody is late.
SORTS = ALL, UNASSIGNED, OPEN, LATE = "all", "unassigned", "open", "late"
PER_PAGE = 50
_OPEN = (AssignmentState.ASSIGNED, AssignmentState.ACKNOWLEDGED)
_HEAVY = ("document__text", "document__folded", "document__reading")
_ORDER = ("register__year", "register__series", "number", "suffix")


@dataclass(frozen=True)
class AnsweringLetter:
    """A letter of our own that answers; `named` by a person, else found by its citation."""

    letter: Document
    named: bool


@dataclass(frozen=True)
class FollowedPage:
    """A page of the register, newest arrival first, and how many lines of each sort (`SORTS`) there are in all."""

    lines: list[FollowedLetter]
    page: Page[RegisterEntry]
    counts: Mapping[str, int]


def followed(scope: Scope, first: dt.date, last: dt.date) -> list[FollowedLetter]:
    """The own unit's incoming letters that arrived in the closed range, in order; a constant number of queries."""
    return lines_of(_entries(scope, first, last), scope)


def followed_page(scope: Scope, first: dt.date, last: dt.date, sort: str, number: str | None) -> FollowedPage:
    """Of the same lines a page of one sort; what became of the other letters is only counted."""
    entries, sorts = _entries(scope, first, last), _sorts(scope)
    counts = entries.aggregate(**{f"of_{one}": Count("pk", filter=asked) for one, asked in sorts.items()})
    page = Paginator(entries.filter(sorts[sort]).reverse(), PER_PAGE).get_page(number)
    return FollowedPage(lines_of(page.object_list, scope), page, {one: counts[f"of_{one}"] for one in sorts})


def _entries(scope: Scope, first: dt.date, last: dt.date) -> QuerySet[RegisterEntry]:
    if not reads_contents(scope):
        return RegisterEntry.objects.none()
    rows = RegisterEntry.objects.filter(
        register__unit=scope.unit,
        register__direction=Direction.INCOMING,
        document__received_on__range=(first, last),
    )
    return rows.select_related("document", "register").defer(*_HEAVY).order_by(*_ORDER)


def _sorts(scope: Scope) -> dict[str, Q]:
    """The lines of each sort, as filters; a nation's task is asked whether it has such work, not for all of it."""
    tasks = Task.objects.filter(parent=None, obligation__document__unit=scope.unit)

    def having(*work: Q) -> Q:
        found = [Exists(Assignment.objects.filter(one, task=OuterRef("pk"))) for one in work]
        return Q(document__in=tasks.filter(reduce(or_, map(Q, found))).values("obligation__document"))

    standing, open_ = Q(void_reason=""), Q(state__in=_OPEN) & ~Q(role=AssignmentRole.INFORM)
    own, common = Q(own_due__lt=scope.day), Q(own_due=None, task__late_after__lt=scope.day)
    noted = Instruction.objects.filter(withdrawn_at=None, document__unit=scope.unit)
    ended = Amendment.objects.exclude(kind=AmendmentKind.CORRECT).filter(target__unit=scope.unit)
    dealt = Q(document__in=noted.values("document")) | Q(document__in=ended.values("target"))
    return {
        ALL: Q(),
        UNASSIGNED: standing & ~(dealt | having(~Q(state=AssignmentState.WITHDRAWN))),
        OPEN: standing & having(open_),
        LATE: standing & having(open_ & own, open_ & common),
    }


def write_workbook(scope: Scope, first: dt.date, last: dt.date, out: BinaryIO) -> None:
    """The register of that range as .xlsx into `out`."""
    lines = followed(scope, first, last)
    to_xlsx(_sheet(scope, first, last, ()), (line.typed for line in lines), out)


def sheet(scope: Scope, first: dt.date, last: dt.date) -> RegisterSheet:
    """The register of that range, ready for the press."""
    return _sheet(scope, first, last, [line.cells for line in followed(scope, first, last)])


def _sheet(scope: Scope, first: dt.date, last: dt.date, rows: Sequence[tuple[str, ...]]) -> RegisterSheet:
    above = parent_of(scope.unit, scope.day)
    return RegisterSheet(
        title="Sổ theo dõi giải quyết văn bản đến",
        issuer=name_of(scope.unit, scope.day).name,
        parent=name_of(above, scope.day).name if above else "",
        subtitle=[f"Từ ngày {first:%d/%m/%Y} đến ngày {last:%d/%m/%Y}"],
        columns=COLUMNS,
        rows=rows,
        printed_on=scope.day,
    )


def answering(document: Document) -> list[AnsweringLetter]:
    """The letters that answer this one (fetched through a scope), oldest first."""
    numbers = [number for _, number in answers_to([document.pk])]
    named = set(document.answers.values_list("letter", flat=True))
    letters = Document.objects.filter(
        Q(answers_to__document=document) | Q(citations__target=document),
        unit=document.unit,
        direction=Direction.OUTGOING,
        state=DocumentState.REGISTERED,
        number__in=numbers,
    )
    return [AnsweringLetter(one, one.pk in named) for one in letters.distinct().order_by("dated", "pk")]
