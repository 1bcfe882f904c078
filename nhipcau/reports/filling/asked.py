"""A duty of a letter whose answer is a report: asked for by template and period, done when the report is sent.

The unit has done its part with the sending; what the level above returns opens the duty again with the reason.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from nhipcau.audit.actions import record
from nhipcau.core.errors import Conflict, Fault, InvalidInput, NotFound
from nhipcau.core.periods import Period, parse_period
from nhipcau.core.said import Said
from nhipcau.documents.rights import LEADERS, require_own
from nhipcau.org.models import Post, Unit
from nhipcau.reports.design.templates import definition_of, version_for
from nhipcau.reports.models import ReportTemplate, Submission, SubmissionState, TemplateVersion
from nhipcau.reports.queries import visible_templates
from nhipcau.reports.totals.owing import may_owe
from nhipcau.tasks.cascade import begin_again, finish
from nhipcau.tasks.due import recurs
from nhipcau.tasks.models import CLOSED, Assignment, AssignmentRole, AssignmentState, Obligation
from nhipcau.tasks.obligations import allowed_today

SENT = (SubmissionState.SUBMITTED, SubmissionState.ACCEPTED, SubmissionState.SUPERSEDED)
SEEN = (*SENT, SubmissionState.RETURNED)


@dataclass(frozen=True)
class AskedReport:
    """What a duty asks for."""

    version: TemplateVersion
    period: Period

    @property
    def name(self) -> str:
        return definition_of(self.version).name


def ask_report(
    *, obligation: Obligation, template: ReportTemplate, period: Period, actor: Post, at: dt.datetime
) -> Obligation:
    """The units that are given the duty answer with a report. Safe to repeat.

    Raises NotFound (letter or template out of sight), InvalidInput (a period the template is not made for),
    Conflict (outside the scope, recurring, or somebody has answered otherwise), NotAllowed.
    """
    scope = require_own(obligation.document.unit, *LEADERS, actor=actor, at=at)
    if not visible_templates(scope).filter(pk=template.pk).exists():
        raise NotFound("Không có biểu mẫu này trong phạm vi của bạn.")
    if not allowed_today(obligation):
        raise Conflict("Yêu cầu này ngoài phạm vi hệ thống hoặc chưa rõ mục đích nên không hỏi báo cáo.")
    if recurs(obligation):
        raise Conflict("Việc lặp lại đã có biểu mẫu định kỳ với hạn của nó; không gắn thêm một kỳ báo cáo.")
    version_for(template.code, period)
    with transaction.atomic():
        duty = Obligation.objects.select_for_update().get(pk=obligation.pk)
        if (duty.report_code, duty.report_period) == (template.code, period.key):
            return duty
        _write(duty, template.code, period.key, "reports.asked", actor, at)
    return duty


def drop_asked_report(*, obligation: Obligation, actor: Post, at: dt.datetime) -> None:
    """Ask for no report after all. Safe to repeat; errors as in `ask_report`."""
    require_own(obligation.document.unit, *LEADERS, actor=actor, at=at)
    with transaction.atomic():
        duty = Obligation.objects.select_for_update().get(pk=obligation.pk)
        if duty.report_code:
            _write(duty, "", "", "reports.ask_dropped", actor, at)


def asked_report(obligation: Obligation) -> AskedReport | None:
    """What a duty fetched through a scope asks for; None if it asks for no report."""
    if not obligation.report_code:
        return None
    period = parse_period(obligation.report_period)
    return AskedReport(version_for(obligation.report_code, period), period)


def sent_reports(asked: AskedReport, units: Iterable[int]) -> dict[int, Submission]:
    """By unit, the latest report that was sent, as the level above sees it. Drafts are nobody else's business."""
    rows = Submission.objects.filter(
        unit__in=list(units), version__template=asked.version.template_id, period=asked.period.key, state__in=SEEN
    )
    return {report.unit_id: report for report in rows.order_by("revision")}


def owes_report(asked: AskedReport, unit: Unit) -> bool:
    """Whether the template is for such a unit at all: one that only passes the work on sends none."""
    return may_owe(definition_of(asked.version), unit)


def require_sent(assignment: Assignment) -> None:
    """InvalidInput while the report that the work asks for has not been sent."""
    asked = asked_report(assignment.task.obligation)
    if asked is None or not owes_report(asked, assignment.unit):
        return
    report = sent_reports(asked, [assignment.unit_id]).get(assignment.unit_id)
    if report is None or report.state == SubmissionState.RETURNED:
        raise InvalidInput(
            "Việc này xong khi báo cáo được gửi.",
            [
                Fault(
                    "note",
                    Said(
                        f"hãy lập và gửi «{asked.name}», {asked.period.label_vi}",
                        f"fill in and send «{asked.name}» for {asked.period.label_en}",
                    ),
                )
            ],
        )


def answered(report: Submission, *, actor: Post, at: dt.datetime) -> None:
    """The report was sent: what asks for it is done, in the same transaction."""
    name = definition_of(report.version).name
    note = f"Đã gửi báo cáo «{name}», {parse_period(report.period).label_vi}."
    for one in _asking(report).exclude(state__in=CLOSED).order_by("pk"):
        finish(one, note=note, actor=actor, at=at)


def unanswered(report: Submission, *, reason: str, actor: Post, at: dt.datetime) -> None:
    """The report was returned: what asked for it is open again, in the same transaction."""
    why = f"Báo cáo bị trả lại: {reason}" if reason else "Báo cáo bị trả lại, có lý do ghi tại từng ô."
    for one in _asking(report).filter(state=AssignmentState.DONE).order_by("pk"):
        begin_again(one, reason=why, actor=actor, at=at)


def _asking(report: Submission) -> QuerySet[Assignment]:
    rows = Assignment.objects.filter(
        unit=report.unit_id,
        task__obligation__report_code=report.version.template.code,
        task__obligation__report_period=report.period,
    )
    return rows.exclude(role=AssignmentRole.INFORM)


def _write(duty: Obligation, code: str, period: str, action: str, actor: Post, at: dt.datetime) -> None:
    done = Assignment.objects.filter(task__obligation=duty, state=AssignmentState.DONE)
    if done.exists():
        raise Conflict("Đã có đơn vị làm xong yêu cầu này nên không đổi cách trả lời được nữa.")
    duty.report_code, duty.report_period = code, period
    duty.save(update_fields=["report_code", "report_period"])
    data = {"document": str(duty.document.uid), "template": code, "period": period}
    record(actor=actor, action=action, obj=f"obligation:{duty.uid}", at=at, data=data)
