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
from django.utils.translation import gettext_lazy

from nhipcau.core.errors import NotFound
from nhipcau.documents.rights import LEADERS, OFFICERS
from nhipcau.org.contacts import Contact, contacts_of
from nhipcau.org.models import Unit
from nhipcau.org.queries import name_of
from nhipcau.org.scope import Scope
from nhipcau.tasks import actions
from nhipcau.tasks.heat import HeatMap, of_task
from nhipcau.tasks.issued import Standing, counted, issued, issued_standing, went_on
from nhipcau.tasks.models import AssignmentRole, AssignmentState, Task
from nhipcau.tasks.queries import amendments_of_task, get_task_for, informed
from nhipcau.tasks.questions.tally import questions_of_task
from nhipcau.tasks.recurring import instances
from nhipcau.tasks.status import MOST_LISTED, UnitStatus, branch_status, is_wide
from nhipcau.web.declare import POST, page
from nhipcau.web.request import PageRequest
from nhipcau.web.saved.opening import opens_as_chosen
from nhipcau.web.sharing import calling_list, invitation
from nhipcau.web.tasks.labels import Chip, chip
from nhipcau.web.tasks.reports import report_chips
from nhipcau.web.templatetags.nhip import vi_date

_PERIODS = 6
_STANDINGS = {
    "cham": (Standing.LATE, gettext_lazy("có đơn vị chậm")),
    "dang-lam": (Standing.OPEN, gettext_lazy("chưa xong")),
    "xong": (Standing.DONE, gettext_lazy("mọi đơn vị đã xong")),
}


@dataclass(frozen=True)
class UnitRow:
    """One unit of the page; `child` is the task it passed on, for opening the branch in place; `report` says where
    the report stands that the work asks for."""

    status: UnitStatus
    chip: Chip
    role: str
    contact: Contact | None
    child: uuid.UUID | None
    report: Chip | None = None


@page(*OFFICERS)
@opens_as_chosen("giao-viec")
def index(request: PageRequest) -> HttpResponse:
    """What the own unit handed out, and what it was told to take note of; `?loc=` by how the units stand."""
    shown = request.GET.get("loc", "")
    if shown not in ("", *_STANDINGS):
        raise NotFound("Không có cách lọc này.")
    found = issued_standing(request.scope, _STANDINGS[shown][0]) if shown else issued(request.scope)
    listed = Paginator(found, 30).get_page(request.GET.get("page"))
    context = {
        "shown": shown,
        "standings": [(key, label) for key, (_standing, label) in _STANDINGS.items()],
        "page_obj": listed,
        "rows": counted(listed, request.scope.day),
        "informed": informed(request.scope)[:10],
    }
    return render(request, "web/tasks/index.html", context)


@page(*OFFICERS)
def branch(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """One level of a task; asked for by htmx from a row, only the rows below it."""
    scope = request.scope
    task, within = get_task_for(scope, uid), None
    if not request.htmx and is_wide(scope, task):
        within = scope.get_unit(request.GET["nhanh"]) if request.GET.get("nhanh") else _top(scope, task)
        parts = of_task(scope, within, task)
        if len(parts.lines) * 2 <= parts.total.total.expected > MOST_LISTED:
            return _branches(request, task, within, parts)
    found = branch_status(scope, task, within)
    rows = _rows(scope, task, found.rows)
    if request.htmx:
        depth = min(_depth(request.GET.get("bac", "1")), 4)
        context = {"rows": rows, "depth": depth, "next_depth": depth + 1, "path": task.uid}
        return render(request, "web/tasks/status_below.html", context)
    shown = request.GET.get("loc", "")
    if shown not in ("", *_FILTERS):
        raise NotFound("Không có cách lọc này.")
    late = [row for row in rows if row.status.late]
    context = _head(request, task) | {
        "rows": [row for row in rows if not shown or _FILTERS[shown](row)],
        "filters": _filters(rows, shown),
        "shown": shown,
        "total": found.total,
        "late": late,
        "next_depth": 1,
        "message": _message(task),
        "calling": _calling(task, late) if late else "",
    }
    return render(request, "web/tasks/status.html", context)


def _branches(request: PageRequest, task: Task, place: Unit, found: HeatMap) -> HttpResponse:
    """A task that went to thousands: branch by branch, each counted whole."""
    top = _top(request.scope, task)
    context = _head(request, task) | {
        "total": found.total.total,
        "place": found.name if place.pk != top.pk else "",
        "lines": found.lines,
    }
    return render(request, "web/tasks/status_branches.html", context)


def _top(scope: Scope, task: Task) -> Unit:
    """Whose branch is shown first: the issuer's, else as much of it as is in sight."""
    return task.issued_by if scope.sees(task.issued_by) else scope.unit


def _head(request: PageRequest, task: Task) -> dict[str, object]:
    scope = request.scope
    mine = task.issued_by_id == scope.unit.pk
    return {
        "task": task,
        "amendments": amendments_of_task(task),
        "letter": task.letter or task.obligation.document,
        "issuer": name_of(task.issued_by, scope.day).name,
        "above": task.parent if scope.sees(task.issued_by) else None,
        "may_remind": mine and scope.post.has_role(*LEADERS),
        "asks": bool(questions_of_task(task)),
        "fan_out": task.fan_outs.first() if mine else None,
        **_recurrence(task, mine=mine and scope.post.has_role(*LEADERS)),
    }


def _recurrence(task: Task, *, mine: bool) -> dict[str, object]:
    """The other periods of a duty that recurs, and whether it may be stopped."""
    every = instances(task)
    return {
        "instances": every[:_PERIODS],
        "may_stop": mine and bool(every) and every[0].stopped_at is None and task.parent_id is None,
        "stopped_at": every[0].stopped_at if every else None,
    }


@page(*LEADERS, methods=POST)
def stop_recurring(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """No further period."""
    task = get_task_for(request.scope, uid)
    actions.stop_recurring(task=task, actor=request.scope.post, at=request.moment)
    messages.success(request, _("Đã dừng: từ kỳ sau không giao việc này nữa. Kỳ đang giao vẫn phải làm."))
    return redirect("tasks:status", uid=task.uid)


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


def _rows(scope: Scope, task: Task, statuses: tuple[UnitStatus, ...]) -> list[UnitRow]:
    contacts = contacts_of([one.unit_id for one in statuses], scope.day)
    children = went_on(scope, [one.assignment for one in statuses])
    reports = report_chips(task, [one.unit_id for one in statuses if one.role != AssignmentRole.INFORM])
    return [
        UnitRow(
            one,
            chip(one.state, late=one.late),
            str(one.role.label),
            contacts.get(one.unit_id),
            children.get(one.assignment),
            reports.get(one.unit_id),
        )
        for one in statuses
    ]


def _message(task: Task) -> str:
    """To paste into a chat group: what is to be done, by when, and the way in."""
    letter = task.letter or task.obligation.document
    return invitation(task.title, reverse("home"), due=task.due, source=letter.number)


def _calling(task: Task, late: list[UnitRow]) -> str:
    """The late units of this level, to ring up: posts and their office telephones, no person."""
    source = (task.letter or task.obligation.document).number
    head = [
        _("ĐÔN ĐỐC: %(title)s") % {"title": task.title},
        _("Hạn: %(day)s") % {"day": vi_date(task.due)} + (f" ({source})" if source else ""),
        _("%(n)s đơn vị chưa báo hoàn thành:") % {"n": len(late)},
    ]
    link = reverse("tasks:status", kwargs={"uid": task.uid})
    return calling_list("\n".join(head), [(row.status.name, row.contact) for row in late], link)


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
