"""Báo cáo của đơn vị: what is owed, what is in hand, what was sent."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nhipcau.core.periods import parse_period
from nhipcau.org.models import Role
from nhipcau.org.queries import name_of
from nhipcau.reports.design.templates import version_for
from nhipcau.reports.filling.drafting import EDITABLE, open_draft
from nhipcau.reports.filling.duties import Duty, duties
from nhipcau.reports.models import Submission, SubmissionState
from nhipcau.web.declare import POST, page
from nhipcau.web.reports import pieces
from nhipcau.web.request import PageRequest
from nhipcau.web.words import in_words, named

FEW, MANY = 4, 24


@page()
def mine(request: PageRequest) -> HttpResponse:
    """Templates times periods; `?ky=tat-ca` goes further back, `?ky=2018-H1` shows that period alone."""
    asked = request.GET.get("ky", "")
    every = asked == "tat-ca"
    groups = duties(request.scope, MANY if every else FEW)
    alone = [found for rows in groups if (found := [duty for duty in rows if duty.period.key == asked])]
    groups = alone or groups
    context = {
        "groups": [
            (named(rows[0].definition), [_row(duty) for duty in sorted(rows, key=_waits)]) for rows in groups
        ],
        "tabs": pieces.tabs(request.scope, "reports:mine"),
        "may_fill": request.scope.post.has_role(Role.REPORTER, Role.APPROVER),
        "alone": bool(alone),
        "more": not every and any(len(rows) == FEW for rows in groups),
    }
    return render(request, "web/reports/mine.html", context)


@page(Role.REPORTER, Role.APPROVER, methods=POST)
def open_report(request: PageRequest) -> HttpResponse:
    """The report in hand for that template and period, or a new one filled from the registers."""
    period = parse_period(request.POST.get("ky", ""))
    version = version_for(request.POST.get("mau", ""), period)
    scope = request.scope
    draft = open_draft(unit=scope.unit, version=version, period=period, actor=scope.post, at=request.moment)
    return redirect("reports:report", uid=draft.uid)


def _waits(duty: Duty) -> tuple[bool, int]:
    """What is owed stands first, the oldest on top; then the periods as they came, the newest on top."""
    owed = duty.ended and duty.lump is None and (duty.report is None or duty.report.state in EDITABLE)
    return not owed, duty.due.toordinal() if owed else 0


def _row(duty: Duty) -> dict[str, object]:
    report = duty.report
    return {
        "duty": duty,
        "period": in_words(duty.period),
        "reason": pieces.due_reason(duty.definition, duty.period),
        "tone": pieces.tone(report) if report else "bad" if duty.overdue else "neutral",
        "action": _action(report, early=not duty.ended),
        "lump": name_of(duty.lump.unit, duty.today).name if duty.lump else "",
        "may_correct": report is not None and report.state == SubmissionState.ACCEPTED,
    }


def _action(report: Submission | None, *, early: bool) -> str:
    if report is None:
        return _("Lập sớm") if early else _("Lập báo cáo")
    if report.state in EDITABLE:
        return _("Sửa và gửi lại") if report.state == SubmissionState.RETURNED else _("Nhập tiếp")
    return _("Xem và gửi") if report.state == SubmissionState.READY else _("Xem")
