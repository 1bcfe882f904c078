"""What happened to an assignment, as a timeline. Posts are named, never persons."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from nhipcau.tasks.ladder import LABELS, explained
from nhipcau.tasks.models import (
    CLOSED,
    Assignment,
    AssignmentRole,
    AssignmentState,
    Extension,
    Redirection,
    RedirectionState,
    Reminder,
)
from nhipcau.web.templatetags.nhip import vi_date
from nhipcau.web.words import spoken


@dataclass(frozen=True)
class Step:
    """One line of web/parts/timeline.html."""

    title: str
    moment: dt.datetime | None = None
    who: str = ""
    note: str = ""
    state: str = "done"


def steps(given: Assignment, *, passed_on: bool) -> list[Step]:
    """What was done in order of time, then what is still to come."""
    past = [Step(_("Được giao"), given.created_at)]
    past += [Step(_("Được nhắc"), one.sent_at, note=_why(one)) for one in given.reminders.all()]
    if given.acknowledged_at:
        past.append(Step(_("Tiếp nhận"), given.acknowledged_at, _post(given.acknowledged_by)))
    if given.returned_at:
        past.append(Step(_("Bị trả lại"), given.returned_at, note=given.returned_reason))
    if given.done_at:
        past.append(Step(_("Báo hoàn thành"), given.done_at, _post(given.done_by), given.done_note))
    if given.withdrawn_at:
        past.append(Step(_("Thôi giao"), given.withdrawn_at, note=spoken(given.withdrawn_reason)))
    past += [Step(_("Chuyển sang đơn vị kế thừa"), one.at, note=str(one.event)) for one in given.handovers.all()]
    for one in given.extensions.select_related("asked_by", "answered_by"):
        past += _extension(one)
    for back in given.redirections.select_related("asked_by", "answered_by"):
        past += _redirection(back)
    past.sort(key=lambda step: step.moment or given.created_at)
    return past + _ahead(given, passed_on=passed_on)


def _extension(one: Extension) -> list[Step]:
    until = vi_date(one.until)
    asked = Step(_("Xin gia hạn đến %(day)s") % {"day": until}, one.asked_at, _post(one.asked_by), one.reason)
    if one.answered_at is None:
        return [asked]
    said = _("Được gia hạn đến %(day)s") % {"day": vi_date(one.granted)} if one.granted else _("Không được gia hạn")
    return [asked, Step(said, one.answered_at, _post(one.answered_by), one.answer)]


def _redirection(one: Redirection) -> list[Step]:
    told = " ".join(filter(None, (one.reason, one.belongs_to)))
    asked = Step(_("Trả lại vì không phải việc của đơn vị"), one.asked_at, _post(one.asked_by), told)
    if one.answered_at is None:
        return [asked]
    said = spoken(str(RedirectionState(one.state).label))
    return [asked, Step(said[:1].upper() + said[1:], one.answered_at, _post(one.answered_by), one.answer)]


def _ahead(given: Assignment, *, passed_on: bool) -> list[Step]:
    if given.role == AssignmentRole.INFORM or given.state in CLOSED:
        return []
    working = Step(_("Đã giao xuống, đang thực hiện") if passed_on else _("Đang thực hiện"), state="now")
    last = Step(_("Báo hoàn thành"), state="next")
    if given.state == AssignmentState.ASSIGNED:
        return [Step(_("Tiếp nhận"), state="now"), last]
    return [working, last]


def _why(one: Reminder) -> str:
    return spoken((one.cause and explained(one.cause, one.counted_from)) or LABELS[one.rung])


def _post(post: object) -> str:
    return str(post) if post else ""
