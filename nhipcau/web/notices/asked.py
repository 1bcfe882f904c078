"""Questions between two units about work: more time, and whose it is; asked of us, and answered to us."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _

from nhipcau.documents.rights import LEADERS
from nhipcau.org.queries import names_of
from nhipcau.org.scope import Scope
from nhipcau.tasks.models import Extension, ExtensionState, Redirection, RedirectionState
from nhipcau.tasks.queries import visible_assignments, visible_tasks
from nhipcau.web.notices.kinds import MOST, Notice
from nhipcau.web.templatetags.nhip import vi_date
from nhipcau.web.words import spoken


def extensions(scope: Scope, since: dt.datetime) -> list[Notice]:
    """Units below ask the own unit for more time."""
    if not scope.post.has_role(*LEADERS):
        return []
    issued = visible_tasks(scope).filter(issued_by=scope.unit).order_by().values("pk")
    rows = Extension.objects.filter(assignment__task__in=issued, asked_at__gte=since)
    asked = list(rows.select_related("assignment__task").order_by("-asked_at", "-pk")[:MOST])
    names = names_of({one.assignment.unit_id for one in asked}, scope.day)
    return [
        Notice(
            key=f"extension:{one.pk}:asked",
            at=one.asked_at,
            title=one.assignment.task.title,
            url=reverse("tasks:answer_extension", kwargs={"uid": one.uid}),
            told=_("xin gia hạn đến %(day)s") % {"day": vi_date(one.until)},
            source=names[one.assignment.unit_id].name,
        )
        for one in asked
    ]


def extensions_answered(scope: Scope, since: dt.datetime) -> list[Notice]:
    """The level above said yes or no."""
    own = visible_assignments(scope).filter(unit=scope.unit)
    rows = Extension.objects.filter(assignment__in=own, answered_at__gte=since).select_related("assignment__task")
    return [
        Notice(
            key=f"extension:{one.pk}:answered",
            at=one.answered_at,
            title=one.assignment.task.title,
            url=reverse("tasks:assignment", kwargs={"uid": one.assignment.uid}),
            told=_granted(one),
            source=one.answer,
        )
        for one in rows.order_by("-answered_at", "-pk")[:MOST]
        if one.answered_at
    ]


def given_back(scope: Scope, since: dt.datetime) -> list[Notice]:
    """Units below say that work is not theirs."""
    if not scope.post.has_role(*LEADERS):
        return []
    issued = visible_tasks(scope).filter(issued_by=scope.unit).order_by().values("pk")
    rows = Redirection.objects.filter(assignment__task__in=issued, asked_at__gte=since)
    asked = list(rows.select_related("assignment__task").order_by("-asked_at", "-pk")[:MOST])
    names = names_of({one.assignment.unit_id for one in asked}, scope.day)
    return [
        Notice(
            key=f"redirection:{one.pk}:asked",
            at=one.asked_at,
            title=one.assignment.task.title,
            url=reverse("tasks:answer_give_back", kwargs={"uid": one.uid}),
            told=_("trả lại vì không đúng nơi nhận"),
            source=names[one.assignment.unit_id].name,
        )
        for one in asked
    ]


def given_back_answered(scope: Scope, since: dt.datetime) -> list[Notice]:
    """What became of work that the own unit gave back."""
    own = visible_assignments(scope).filter(unit=scope.unit)
    rows = Redirection.objects.filter(assignment__in=own, answered_at__gte=since)
    return [
        Notice(
            key=f"redirection:{one.pk}:answered",
            at=one.answered_at,
            title=one.assignment.task.title,
            url=reverse("tasks:assignment", kwargs={"uid": one.assignment.uid}),
            told=spoken(RedirectionState(one.state).label),
            source=one.answer,
        )
        for one in rows.select_related("assignment__task").order_by("-answered_at", "-pk")[:MOST]
        if one.answered_at
    ]


def _granted(one: Extension) -> str:
    if one.state == ExtensionState.GRANTED and one.granted:
        return _("được gia hạn đến %(day)s") % {"day": vi_date(one.granted)}
    return _("không được gia hạn")
