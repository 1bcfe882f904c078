"""Scans beside a report: the signed and sealed sheet, and the paper that somebody else entered it from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from nhipcau.audit.actions import record
from nhipcau.core.errors import Conflict, Fault, InvalidInput
from nhipcau.core.said import Said
from nhipcau.documents.rights import require_own
from nhipcau.documents.storing.evidence import Paper, accept_paper, checked_papers
from nhipcau.org.models import Post, Role
from nhipcau.reports.models import PaperKind, Submission, SubmissionPaper
from nhipcau.reports.totals.lumps import STANDING


def attach_signed(*, submission: Submission, papers: Sequence[Paper], actor: Post, at: dt.datetime) -> Submission:
    """The unit attaches the scan of its printed report, signed and sealed. The same file again changes nothing.

    Only once the report was sent: before that the print is a draft without a check code.
    """
    require_own(submission.unit, Role.REPORTER, Role.APPROVER, Role.CLERK, actor=actor, at=at)
    if not papers:
        raise InvalidInput("Chưa đính kèm được.", [Fault("papers", "hãy chọn tệp quét của bản đã ký, đóng dấu")])
    checked = checked_papers(papers, actor=actor, at=at)
    with transaction.atomic():
        report = Submission.objects.select_for_update().get(pk=submission.pk)
        if report.state not in STANDING:
            raise Conflict(
                Said(
                    f"Báo cáo đang ở trạng thái «{report.get_state_display()}». Hãy gửi báo cáo trước, rồi in bản "
                    "có mã kiểm tra, ký, đóng dấu và tải bản quét lên.",
                    f"The report is in the state «{report.state}». Send it first, then print it with its "
                    "check code, sign and seal it, and upload the scan.",
                )
            )
        kept = keep_papers(report, checked, PaperKind.SIGNED, actor, at)
        if kept:
            record(
                actor=actor,
                action="reports.own_signed_attached",
                obj=f"submission:{report.uid}",
                at=at,
                data={"files": kept},
            )
    return report


def keep_papers(
    report: Submission, papers: Sequence[Paper], kind: PaperKind, actor: Post, at: dt.datetime
) -> list[str]:
    """Keep papers that `checked_papers` let through, inside the caller's transaction; returns their digests.

    A file attached again counts from now: it is what stands beside the report as it was last sealed.
    """
    kept = []
    for paper in papers:
        file = accept_paper(paper)
        row, _ = SubmissionPaper.objects.update_or_create(
            submission=report,
            kind=kind,
            file=file,
            defaults={"name": paper.name, "added_by": actor, "added_at": at},
        )
        kept.append(row.file.sha256)
    return kept
