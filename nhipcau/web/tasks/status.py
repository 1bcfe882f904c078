"""Ai đã làm: who has done it, unit by unit, with a telephone number and a reminder at hand."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from nhipcau.core.errors import NotFound
from nhipcau.documents.rights import LEADERS, OFFICERS
from nhipcau.org.contacts import Contact, contacts_of
from nhipcau.org.queries import name_of
from nhipcau.org.scope import Scope
from nhipcau.tasks import actions
from nhipcau.tasks.issued import issued, went_on
from nhipcau.tasks.models import AssignmentRole, AssignmentState, Task
from nhipcau.tasks.queries import amendments_of_task, get_task_for, informed
from nhipcau.tasks.status import UnitStatus, branch_status
from nhipcau.web.declare import POST, page
from nhipcau.web.request import PageRequest
from nhipcau.web.tasks.labels import Chip, chip
from nhipcau.web.templatetags.nhip import vi_date


@dataclass(frozen=True)
class UnitRow:
    """One unit of the page; `child` is the task it passed on, for opening the branch in place."""

    status: UnitStatus
    chip: Chip
    role: str
    contact: Contact | None
    child: uuid.UUID | None


@page(*OFFICERS)
def index(request: PageRequest) -> HttpResponse:
    """What the own unit handed out, and what it was told to take note of."""
    context = {
        "page_obj": Paginator(issued(request.scope), 30).get_page(request.GET.get("page")),
        "informed": informed(request.scope)[:10],
    }
    return render(request, "web/tasks/index.html", context)


@page(*OFFICERS)
def branch(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """One level of a task; asked for by htmx from a row, only the rows below it."""
    scope = request.scope
    task = get_task_for(scope, uid)
    found = branch_status(scope, task)
    rows = _rows(scope, found.rows)
    if request.htmx:
        depth = min(_depth(request.GET.get("bac", "1")), 4)
        context = {"rows": rows, "depth": depth, "next_depth": depth + 1, "path": task.uid}
        return render(request, "web/tasks/status_below.html", context)
    shown = request.GET.get("loc", "")
    if shown not in ("", *_FILTERS):
        raise NotFound("Không có cách lọc này.")
    late = [row for row in rows if row.status.late]
    mine = task.issued_by_id == scope.unit.pk
    context = {
        "task": task,
        "amendments": amendments_of_task(task),
        "letter": task.letter or task.obligation.document,
        "issuer": name_of(task.issued_by, scope.day).name,
        "above": task.parent,
        "rows": [row for row in rows if not shown or _FILTERS[shown](row)],
        "filters": _filters(rows, shown),
        "shown": shown,
        "total": found.total,
        "late": late,
        "next_depth": 1,
        "may_remind": mine and scope.post.has_role(*LEADERS),
        "message": _message(task, late) if late else "",
    }
    return render(request, "web/tasks/status.html", context)


def _depth(text: str) -> int:
    return int(text) if text in ("1", "2", "3", "4") else 1


_FILTERS = {
    "cham": lambda row: row.status.late or row.status.below.late > 0,
    "chua-nhan": lambda row: row.status.state == AssignmentState.ASSIGNED,
    "dang-lam": lambda row: (
        row.status.state == AssignmentState.ACKNOWLEDGED and row.status.role != AssignmentRole.INFORM
    ),
    "xong": lambda row: row.status.state == AssignmentState.DONE,
}


def _filters(rows: list[UnitRow], shown: str) -> list[dict[str, object]]:
    words = {
        "": _("tất cả"),
        "cham": _("chậm"),
        "chua-nhan": _("chưa tiếp nhận"),
        "dang-lam": _("đang làm"),
        "xong": _("đã xong"),
    }
    return [
        {
            "key": key,
            "label": label,
            "count": sum(1 for row in rows if not key or _FILTERS[key](row)),
            "current": key == shown,
        }
        for key, label in words.items()
    ]


def _rows(scope: Scope, statuses: tuple[UnitStatus, ...]) -> list[UnitRow]:
    contacts = contacts_of([one.unit_id for one in statuses], scope.day)
    children = went_on(scope, [one.assignment for one in statuses])
    return [
        UnitRow(
            one,
            chip(one.state, late=one.late),
            str(one.role.label),
            contacts.get(one.unit_id),
            children.get(one.assignment),
        )
        for one in statuses
    ]


def _message(task: Task, late: list[UnitRow]) -> str:
    """A text to paste into a chat group: units and the deadline, no person."""
    source = (task.letter or task.obligation.document).number
    lines = [
        _("ĐÔN ĐỐC: %(title)s") % {"title": task.title},
        _("Hạn: %(day)s") % {"day": vi_date(task.due)} + (f" ({source})" if source else ""),
        _("%(n)s đơn vị chưa báo hoàn thành:") % {"n": len(late)},
        *(f"{place}. {row.status.name}" for place, row in enumerate(late, start=1)),
    ]
    return "\n".join(lines)


@page(*LEADERS, methods=POST)
def remind(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """Remind the late ones; each at most once a day."""
    task = get_task_for(request.scope, uid)
    sent = actions.remind_units(task=task, actor=request.scope.post, at=request.moment)
    if sent:
        messages.success(request, _("Đã nhắc %(n)s đơn vị.") % {"n": sent})
    else:
        messages.info(request, _("Không có đơn vị nào cần nhắc thêm: các đơn vị chậm đã được nhắc hôm nay."))
    return redirect(reverse("tasks:status", kwargs={"uid": task.uid}))
