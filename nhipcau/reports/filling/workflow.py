"""draft → ready → submitted → accepted | returned. Every step has a post and a moment; a return has reasons."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from copy import copy

from django.db import transaction
from django.db.models import QuerySet

from nhipcau.audit.actions import Plain, record
from nhipcau.audit.screen import screen
from nhipcau.core.clock import local_date
from nhipcau.core.errors import Conflict, Fault, InvalidInput, NotAllowed
from nhipcau.core.said import Said
from nhipcau.core.text import clean
from nhipcau.org.models import Post, Role, Unit
from nhipcau.org.queries import holder_of, is_root, posts_with_role, superior_of
from nhipcau.reports.design.templates import definition_of
from nhipcau.reports.filling.asked import answered, unanswered
from nhipcau.reports.filling.seen import look
from nhipcau.reports.models import (
    PaperKind,
    ReturnReason,
    Seal,
    SealKind,
    Submission,
    SubmissionPaper,
    SubmissionState,
)
from nhipcau.reports.sealing import seals
from nhipcau.reports.sealing.alongside import as_sealed, of_unit
from nhipcau.reports.sealing.staleness import answer_earlier, mark, settle, settle_near
from nhipcau.reports.totals import stored
from nhipcau.reports.totals.around import findings_of
from nhipcau.reports.totals.lumps import covered_ids, left_unchanged, lock_units, require_once


def mark_ready(*, submission: Submission, actor: Post, at: dt.datetime) -> Submission:
    """The reporter is done: errors are corrected, warnings explained. Repeating it changes nothing."""
    with transaction.atomic():
        report = _locked(submission)
        _own(report, actor, Role.REPORTER, Role.APPROVER)
        if report.state == SubmissionState.READY:
            return report
        _expect(report, SubmissionState.DRAFT, SubmissionState.RETURNED)
        require_once(report, at)
        require_sound(report, at)
        report.state, report.ready_by = SubmissionState.READY, actor.doer
        report.save(update_fields=["state", "ready_by"])
        _log(report, "reports.ready", actor, at)
    return report


def submit(*, submission: Submission, actor: Post, at: dt.datetime) -> Submission:
    """The unit's approver sends it up. A unit without a superior accepts it in the same step.

    Who made it ready may not approve it where the unit has another approver.
    """
    with transaction.atomic():
        report = _locked_with_units(submission)
        _own(report, actor, Role.APPROVER)
        if report.state in {SubmissionState.SUBMITTED, SubmissionState.ACCEPTED}:
            return report
        _expect(report, SubmissionState.READY)
        _require_other_hand(report, actor, at)
        require_sound(report, at)
        send(report, actor, at)
    settle(at=at)  # whoever was accepted below while this was sealed left the comparing to it
    return report


def take_back(*, submission: Submission, actor: Post, at: dt.datetime) -> Submission:
    """Before it is sent, the unit's reporter or approver opens a ready report again to correct it."""
    with transaction.atomic():
        report = _locked(submission)
        _own(report, actor, Role.REPORTER, Role.APPROVER)
        if report.state == SubmissionState.DRAFT:
            return report
        _expect(report, SubmissionState.READY)
        report.state, report.ready_by = SubmissionState.DRAFT, None
        report.save(update_fields=["state", "ready_by"])
        _log(report, "reports.taken_back", actor, at)
    return report


def accept(*, submission: Submission, actor: Post, at: dt.datetime) -> Submission:
    """The level above takes the report in; an earlier accepted revision is superseded in the same moment."""
    with transaction.atomic():
        seen = look(submission, submission.version.template.axis, local_date(at))
        current = (seen.state, seen.seal_id) == (submission.state, submission.seal_id)
        report = copy(submission) if current else _locked(submission)
        _require_superior(report, actor, at, seen.superior)
        if report.state == SubmissionState.ACCEPTED:
            return report
        _expect(report, SubmissionState.SUBMITTED)
        _require_signed(report)
        take_in(report, actor, at)
    settle_near(report, at=at)
    return report


def send_back(
    *, submission: Submission, reason: str, by_cell: Mapping[str, str], actor: Post, at: dt.datetime
) -> Submission:
    """The level above returns the report with a reason, and one per cell where it concerns a cell."""
    reason = clean(reason, multiline=True)
    cells = {cell: clean(text) for cell, text in by_cell.items() if clean(text)}
    if not reason and not cells:
        raise InvalidInput("Chưa trả lại được.", [Fault("reason", "hãy ghi lý do trả lại")])
    if not set(submission.version.cells).issuperset(cells):
        raise InvalidInput("Chưa trả lại được.", [Fault("reason", "có lý do ghi cho ô không có trong biểu mẫu")])
    texts = {"reason": reason} | {f"cell.{cell}": text for cell, text in cells.items()}
    screen(texts, "narrative", actor=actor, at=at)
    with transaction.atomic():
        report = _locked(submission)
        seen = look(report, report.version.template.axis, local_date(at))
        _require_superior(report, actor, at, seen.superior)
        _expect(report, SubmissionState.SUBMITTED)
        report.state, report.decided_by, report.decided_at = SubmissionState.RETURNED, actor, at
        report.save(update_fields=["state", "decided_by", "decided_at"])
        stored.mark(report)
        reasons = ({"": reason} if reason else {}) | cells
        ReturnReason.objects.bulk_create(
            ReturnReason(submission=report, seal=report.seal, cell=cell, reason=text, at=at)
            for cell, text in reasons.items()
        )
        _log(report, "reports.returned", actor, at)
        unanswered(report, reason=reason, actor=actor, at=at)
    return report


def send(report: Submission, actor: Post, at: dt.datetime, *, reason: str = "") -> Seal:
    """Seal the report and send it up, inside the caller's transaction; accepted at once where nobody is above.

    The new seal answers what made the unit's earlier ones stale; `reason` says why they are restated.
    Conflict if some unit's figures would then be counted twice (see reports.lumps).
    """
    require_once(report, at)
    report.state, report.submitted_by = SubmissionState.SUBMITTED, actor
    report.submitted_at = report.submitted_at or at  # sent again after a return is not sent later
    printed = as_sealed(of_unit(report))
    report.seal = seal = seals.make(report=report, kind=SealKind.SUBMITTED, actor=actor, at=at, printed=printed)
    report.save(update_fields=["state", "submitted_by", "submitted_at", "seal"])
    stored.mark(report)
    answer_earlier(seal, reason=reason, by=actor.pk, at=at)
    _log(report, "reports.submitted", actor, at, seal=seal.digest)
    answered(report, actor=actor, at=at)
    if _stands_at_the_top(report, at):
        take_in(report, actor, at)
    return seal


def _locked(submission: Submission) -> Submission:
    """The row as it stands now. Its unit is never another, so it is not read again; its version only where a draft
    was moved to a new one meanwhile, and then it is to be looked at first."""
    report = Submission.objects.select_for_update().get(pk=submission.pk)
    if report.version_id != submission.version_id:
        raise Conflict(
            "Biểu mẫu vừa có phiên bản mới và báo cáo đã chuyển sang đó. Hãy mở lại để xem rồi làm tiếp."
        )
    report.version, report.unit = submission.version, submission.unit
    return report


def _locked_with_units(submission: Submission) -> Submission:
    """The report, its unit and the units it covers, units first: two that might count one unit twice take turns."""
    units = {submission.unit_id, *covered_ids(submission)}
    lock_units(units)
    report = _locked(submission)
    if not units.issuperset(covered_ids(report)):
        raise Conflict("Danh sách đơn vị trong số gộp vừa được sửa; hãy xem lại rồi gửi.")
    return report


def _log(report: Submission, action: str, actor: Post, at: dt.datetime, **more: Plain) -> None:
    data: dict[str, Plain] = {"unit": str(report.unit.uid), "period": report.period, "revision": report.revision}
    data |= more
    record(actor=actor, action=action, obj=f"submission:{report.uid}", at=at, data=data)


def _expect(report: Submission, *states: SubmissionState) -> None:
    if report.state not in states:
        wanted = " hoặc ".join(f"«{state.label}»" for state in states)
        raise Conflict(
            Said(
                f"Báo cáo đang ở trạng thái «{report.get_state_display()}», bước này cần {wanted}.",
                f"The report is in the state «{report.state}»; this step needs another.",
            )
        )


def _own(report: Submission, actor: Post, *roles: Role) -> None:
    if actor.unit_id != report.unit_id or not actor.has_role(*roles):
        names = ", ".join(str(role.label) for role in roles)
        raise NotAllowed(
            Said(
                f"Bước này dành cho {names} của chính đơn vị báo cáo.",
                "This step is for the reporters and approvers of the reporting unit itself.",
            )
        )


def approves_alone(post: Post, day: dt.date) -> bool:
    """Whether no other person approves for the unit that day; a vacant post approves nothing, and a second post of
    the same person is the same hand. Who is away and gave the duty to this post is another person still."""
    own = holder_of(post, day)
    others = [holder_of(other, day) for other in posts_with_role(post.unit, Role.APPROVER, day) if other != post]
    return all(other is None or (own is not None and other.person_id == own.person_id) for other in others)


def is_own_work(report: Submission, post: Post, day: dt.date) -> bool:
    """Whether this hand made it ready, and another one approves."""
    first = report.ready_by
    return first is not None and _same_hand(first, post, day) and not approves_alone(post, day)


def _require_other_hand(report: Submission, actor: Post, at: dt.datetime) -> None:
    if is_own_work(report, actor.doer, local_date(at)):
        raise NotAllowed("Người trình báo cáo không tự duyệt được khi đơn vị còn người duyệt khác.")


def _same_hand(one: Post, other: Post, day: dt.date) -> bool:
    if one.pk == other.pk:
        return True
    first, second = holder_of(one, day), holder_of(other, day)
    return first is not None and second is not None and first.person_id == second.person_id


def _superior(report: Submission, at: dt.datetime) -> Unit | None:
    return superior_of(report.unit, local_date(at), report.version.template.axis)


def _stands_at_the_top(report: Submission, at: dt.datetime) -> bool:
    """Whether nobody is above. A unit that has no place on the axis at all can send to nobody."""
    if _superior(report, at) is not None:
        return False
    if not is_root(report.unit, local_date(at), report.version.template.axis):
        raise Conflict("Đơn vị không có cấp trên trên trục báo cáo này nên chưa gửi được; hãy báo người quản trị.")
    return True


def _require_superior(report: Submission, actor: Post, at: dt.datetime, above: int | None) -> None:
    """`above` stands directly over the report's unit; over a unit that has ended, whoever last did and stands."""
    last = _superior(report, at) if above is None else None
    superior = above if last is None else last.pk
    if superior is None or superior != actor.unit_id or not actor.has_role(Role.APPROVER):
        raise NotAllowed("Chỉ người duyệt của đơn vị cấp trên trực tiếp mới tiếp nhận hay trả lại báo cáo này.")


def take_in(report: Submission, actor: Post, at: dt.datetime) -> None:
    """Accept the sealed report inside the caller's transaction, in place of the revision accepted before it."""
    if report.revision > 1:
        earlier = Submission.objects.filter(
            unit=report.unit,
            version__template=report.version.template_id,
            period=report.period,
            state=SubmissionState.ACCEPTED,
        )
        earlier.update(state=SubmissionState.SUPERSEDED)
    report.state, report.decided_by, report.decided_at = SubmissionState.ACCEPTED, actor, at
    report.save(update_fields=["state", "decided_by", "decided_at"])
    mark(report, at)
    stored.mark(report)
    _log(report, "reports.accepted", actor, at)


def _require_signed(report: Submission) -> None:
    """Where the template asks for it, the scan of the sheet signed since the report was last sealed."""
    if definition_of(report.version).signed_copy and not signed_papers(report).exists():
        raise Conflict(
            "Biểu mẫu này cần bản đã ký, đóng dấu trước khi tiếp nhận, mà đơn vị chưa tải lên. Đơn vị in báo cáo "
            "từ trang báo cáo, ký, đóng dấu, quét lại rồi tải lên ở chính trang đó."
        )


def signed_papers(report: Submission) -> QuerySet[SubmissionPaper]:
    """Signed scans of what the report says now; one attached before it was sealed anew no longer counts."""
    papers = report.papers.filter(kind=PaperKind.SIGNED).select_related("file").order_by("pk")
    return papers.filter(added_at__gte=report.seal.at) if report.seal else papers.none()


def require_sound(report: Submission, at: dt.datetime) -> None:
    """InvalidInput with everything that holds the report back."""
    if faults := what_holds_back(report, at):
        raise InvalidInput(
            Said(
                f"Báo cáo còn {len(faults)} chỗ phải xử lý trước khi trình.",
                f"The report has {len(faults)} places to be dealt with before it is submitted.",
            ),
            faults,
        )


def what_holds_back(report: Submission, at: dt.datetime) -> list[Fault]:
    """Every error that is left and every warning that nobody explained."""
    findings = findings_of(report)
    faults = [Fault(", ".join(f.cells), f.message) for f in findings if f.severity == "error"]
    faults += [
        Fault(", ".join(f.cells), f"Cần giải thích: {f.message}")
        for f in findings
        if f.severity == "warning" and not report.explanations.get(f.rule, "").strip()
    ]
    unchanged = left_unchanged(report, at) if report.pk else ""
    return faults + ([Fault("covers", unchanged)] if unchanged else [])
