"""Where the report stands that a piece of work asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from nhipcau.org.models import Role
from nhipcau.org.scope import Scope
from nhipcau.reports.filling.asked import AskedReport, asked_report, owes_report, sent_reports
from nhipcau.reports.models import Submission, SubmissionState
from nhipcau.tasks.models import Assignment, Task
from nhipcau.web.reports.pieces import tone
from nhipcau.web.tasks.labels import Chip
from nhipcau.web.words import in_words


@dataclass(frozen=True)
class ReportPart:
    """What one unit is asked for. `sent`: nothing more to do; `owed`: the form is for such a unit at all."""

    asked: AskedReport
    chip: Chip
    report: Submission | None
    owed: bool
    may_open: bool

    @property
    def title(self) -> str:
        return titled(self.asked)

    @property
    def sent(self) -> bool:
        return self.report is not None and self.report.state != SubmissionState.RETURNED


def titled(asked: AskedReport) -> str:
    """Name and period, in the visitor's language."""
    return f"{asked.name}, {in_words(asked.period)}"


def report_part(given: Assignment, scope: Scope) -> ReportPart | None:
    """None where the work asks for no report."""
    asked = asked_report(given.task.obligation)
    if asked is None:
        return None
    found = sent_reports(asked, [given.unit_id]).get(given.unit_id)
    owed = owes_report(asked, given.unit)
    mine = given.unit_id == scope.unit.pk and scope.post.has_role(Role.REPORTER, Role.APPROVER)
    return ReportPart(asked, _chip(found), found, owed, mine and owed)


def report_chips(task: Task, units: Sequence[int]) -> dict[int, Chip]:
    """By unit, where its report stands; empty where the work asks for none. One query."""
    asked = asked_report(task.obligation)
    if asked is None:
        return {}
    sent = sent_reports(asked, units)
    return {unit: _chip(sent.get(unit)) for unit in units}


def _chip(report: Submission | None) -> Chip:
    if report is None:
        return Chip(_("báo cáo chưa gửi"), "neutral")
    words = {
        SubmissionState.SUBMITTED: _("báo cáo đã gửi"),
        SubmissionState.RETURNED: _("báo cáo bị trả lại"),
    }
    return Chip(words.get(SubmissionState(report.state), _("báo cáo đã tiếp nhận")), tone(report))
