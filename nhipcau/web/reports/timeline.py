"""The way of a report, step by step, with the posts that took the steps."""

from __future__ import annotations

from django.utils.translation import gettext as _

from nhipcau.reports.models import Submission, SubmissionState

DECIDED = (SubmissionState.ACCEPTED, SubmissionState.SUPERSEDED)


def timeline(report: Submission, *, top: bool = False) -> list[dict[str, object]]:
    """Rows for web/parts/timeline.html. `top`: nobody is above the unit, which seals its own report."""
    steps: list[dict[str, object]] = [{"title": _("Đã lập"), "moment": report.created_at, "state": "done"}]
    if report.state == SubmissionState.DRAFT:
        steps.append({"title": _("Đang nhập"), "state": "now"})
    if report.is_history:
        return [
            {
                "title": _("Nhập từ tệp số liệu cũ"),
                "moment": report.decided_at,
                "who": _who(report),
                "state": "done",
            }
        ]
    if report.entered_by_unit_id:
        return [*steps, *_entered(report)]
    if report.ready_by and report.state != SubmissionState.DRAFT:
        steps.append({"title": _("Đã trình duyệt"), "who": report.ready_by.title, "state": "done"})
    if report.state == SubmissionState.READY:
        steps.append({"title": _("Chờ duyệt và chốt") if top else _("Chờ gửi lên cấp trên"), "state": "now"})
    if report.submitted_by and not top and report.state not in (SubmissionState.DRAFT, SubmissionState.READY):
        who = report.submitted_by.title
        steps.append({"title": _("Đã gửi"), "moment": report.submitted_at, "who": who, "state": "done"})
    if report.state == SubmissionState.SUBMITTED:
        steps.append({"title": _("Chờ cấp trên tiếp nhận"), "state": "now"})
    if report.state == SubmissionState.RETURNED:
        steps.append({"title": _("Bị trả lại"), "moment": report.decided_at, "who": _who(report), "state": "now"})
    if report.state in DECIDED:
        steps.append(
            {
                "title": _("Đã duyệt và chốt") if top else _("Đã tiếp nhận"),
                "moment": report.decided_at,
                "who": _who(report),
                "state": "done",
            }
        )
    if report.state == SubmissionState.SUPERSEDED:
        steps.append({"title": _("Đã có bản điều chỉnh thay thế"), "state": "done"})
    return steps


def _entered(report: Submission) -> list[dict[str, object]]:
    """The way of a report that the level above entered: sealed and accepted in one step, then confirmed."""
    steps: list[dict[str, object]] = [
        {"title": _("Cấp trên nhập thay"), "moment": report.decided_at, "who": _who(report), "state": "done"}
    ]
    if report.confirmed_by:
        who = report.confirmed_by.title
        steps.append({"title": _("Đã xác nhận"), "moment": report.confirmed_at, "who": who, "state": "done"})
    elif report.state == SubmissionState.ACCEPTED:
        steps.append({"title": _("Chờ đơn vị xác nhận"), "state": "now"})
    if report.state == SubmissionState.SUPERSEDED:
        steps.append({"title": _("Đã có bản điều chỉnh thay thế"), "state": "done"})
    return steps


def _who(report: Submission) -> str:
    return report.decided_by.title if report.decided_by else ""
