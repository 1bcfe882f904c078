"""Work handed to the unit: given, reminded of, opened again, taken back."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from nhipcau.org.scope import Scope
from nhipcau.tasks.models import Assignment, AssignmentRole, AssignmentState, Reminder
from nhipcau.tasks.queries import visible_assignments
from nhipcau.web.notices.kinds import MOST, Notice
from nhipcau.web.templatetags.nhip import vi_date
from nhipcau.web.words import spoken


def given(scope: Scope, since: dt.datetime) -> list[Notice]:
    """Work from above; what the unit gave itself is no news."""
    rows = _own(scope).filter(created_at__gte=since).exclude(state=AssignmentState.WITHDRAWN)
    rows = rows.exclude(task__issued_by=scope.unit).order_by("-created_at", "-pk")
    return [_notice(one, "given", one.created_at, _given(one)) for one in rows[:MOST]]


def opened_again(scope: Scope, since: dt.datetime) -> list[Notice]:
    """Work reported done that the level above returned."""
    rows = _own(scope).filter(returned_at__gte=since).order_by("-returned_at", "-pk")
    told = _("làm tiếp: %(reason)s")
    return [
        _notice(
            one, f"opened:{one.returned_at:%y%m%d%H%M%S}", one.returned_at, told % {"reason": one.returned_reason}
        )
        for one in rows[:MOST]
        if one.returned_at
    ]


def taken_back(scope: Scope, since: dt.datetime) -> list[Notice]:
    """Work that need not be done any more."""
    rows = _own(scope).filter(withdrawn_at__gte=since, state=AssignmentState.WITHDRAWN).order_by("-withdrawn_at")
    return [
        _notice(one, "taken", one.withdrawn_at, _told(_("không phải làm nữa"), spoken(one.withdrawn_reason)))
        for one in rows[:MOST]
        if one.withdrawn_at
    ]


def reminded(scope: Scope, since: dt.datetime) -> list[Notice]:
    """Reminders, by the ladder or by hand."""
    rows = Reminder.objects.filter(assignment__in=_own(scope), sent_at__gte=since, past=False)
    rows = rows.select_related("assignment__task__obligation__document", "assignment__task__letter")
    return [
        _notice(one.assignment, f"reminder:{one.pk}", one.sent_at, _told(_("nhắc việc"), _due(one.assignment)))
        for one in rows.order_by("-sent_at", "-pk")[:MOST]
    ]


def _own(scope: Scope) -> QuerySet[Assignment]:
    rows = visible_assignments(scope).filter(unit=scope.unit)
    return rows.select_related("task__obligation__document", "task__letter")


def _given(one: Assignment) -> str:
    if one.role == AssignmentRole.INFORM:
        return _("gửi để biết")
    return _told(_("việc mới"), _due(one))


def _due(one: Assignment) -> str:
    return _("hạn %(day)s") % {"day": vi_date(one.due)} if one.due else ""


def _told(*parts: str) -> str:
    return ", ".join(filter(None, parts))


def _notice(one: Assignment, what: str, at: dt.datetime, told: str) -> Notice:
    letter = one.task.letter or one.task.obligation.document
    return Notice(
        key=f"assignment:{one.pk}:{what}",
        at=at,
        title=one.task.title,
        url=reverse("tasks:assignment", kwargs={"uid": one.uid}),
        told=told,
        source=" · ".join(filter(None, (letter.number, letter.issuer))),
    )
