"""Who has done it, as a file to take away."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping

from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from nhipcau.core.clock import local_date
from nhipcau.documents.rights import OFFICERS
from nhipcau.press.workbook import Cell
from nhipcau.tasks.models import AssignmentState
from nhipcau.tasks.queries import get_task_for
from nhipcau.tasks.status import Listed, listed
from nhipcau.web.declare import page
from nhipcau.web.request import PageRequest
from nhipcau.web.tables import Table, send
from nhipcau.web.tasks.labels import chip
from nhipcau.web.templatetags.nhip import vi_date


@page(*OFFICERS, takes="tasks.status_taken", of="task")
def status_file(request: PageRequest, uid: uuid.UUID, kind: str) -> HttpResponseBase:
    """Everyone in sight who was given the work, at every level."""
    task, day = get_task_for(request.scope, uid), request.scope.day
    columns = (
        (_("Đơn vị"), 60), (_("Đơn vị giao việc"), 50), (_("Tình trạng"), 25), (_("Hạn"), 22), (_("chậm"), 12),
        (_("Ngày tiếp nhận"), 22), (_("Ngày hoàn thành"), 22), (_("Số lần nhắc"), 14), (_("Kết quả"), 80),
    )  # fmt: skip
    source = (task.letter or task.obligation.document).number
    notes = [one for one in (task.title, source, vi_date(day)) if one]
    words = {state: chip(state).label for state in AssignmentState}
    rows = (_cells(one, words) for one in listed(request.scope, task))
    return send(Table(f"ai-da-lam-{day:%Y%m%d}", _("Ai đã làm"), columns, rows, notes), kind, request.scope)


def _cells(one: Listed, words: Mapping[AssignmentState, str]) -> tuple[Cell, ...]:
    return (
        one.unit, one.issuer, words[one.state], one.due, _("chậm") if one.late else "",
        _day(one.acknowledged_at), _day(one.done_at), one.reminders, one.done_note,
    )  # fmt: skip


def _day(moment: dt.datetime | None) -> dt.date | None:
    return local_date(moment) if moment else None
