"""Nhập thay: the level above enters a unit's report from paper or telephone; the unit confirms or corrects it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import QuerySet

from nhipcau.audit.actions import Plain, record
from nhipcau.audit.screen import screen
from nhipcau.core.clock import local_date
from nhipcau.core.errors import Conflict, Fault, InvalidInput, NotAllowed, NotFound
from nhipcau.core.periods import Period
from nhipcau.core.said import Said
from nhipcau.core.text import clean
from nhipcau.documents.rights import require_own
from nhipcau.documents.storing.evidence import Paper, checked_papers
from nhipcau.org.models import Placement, Post, Role, Unit
from nhipcau.org.queries import name_of, superior_of
from nhipcau.org.scope import Scope
from nhipcau.reports.design.definition import Definition, load
from nhipcau.reports.design.figures import payload
from nhipcau.reports.filling.drafting import DraftChanges, parse_changes
from nhipcau.reports.filling.papers import keep_papers
from nhipcau.reports.filling.workflow import require_sound, send, take_in
from nhipcau.reports.models import EntrySource, PaperKind, Submission, SubmissionState, TemplateVersion
from nhipcau.reports.sealing.staleness import settle
from nhipcau.reports.totals import stored
from nhipcau.reports.totals.lumps import lock_units, require_alone
from nhipcau.reports.totals.owing import require_owing

_NOTE = 1000
_INSTEAD = {
    SubmissionState.READY: "Đơn vị đã trình duyệt nội bộ và sắp gửi; hãy chờ đơn vị gửi.",
    SubmissionState.SUBMITTED: "Hãy tiếp nhận hoặc trả lại báo cáo đơn vị đã gửi.",
    SubmissionState.RETURNED: "Đơn vị đang sửa theo lý do trả lại; hãy chờ đơn vị gửi lại.",
    SubmissionState.DRAFT: "Đơn vị đang sửa báo cáo bị trả lại; hãy chờ đơn vị gửi lại.",
    SubmissionState.ACCEPTED: "Số liệu chưa đúng thì đơn vị lập bản điều chỉnh.",
}


@dataclass(frozen=True)
class EnteredReport:
    """What was read from the paper or heard: figures as text by cell, words by block, explanations by rule.

    `note` says where it comes from (which paper, which call); `papers` hold the scan, obligatory for paper.
    """

    source: str
    note: str
    figures: Mapping[str, str] = field(default_factory=dict)
    narrative: Mapping[str, str] = field(default_factory=dict)
    explanations: Mapping[str, str] = field(default_factory=dict)
    papers: Sequence[Paper] = ()


def enter_for(
    *,
    unit: Unit,
    version: TemplateVersion,
    period: Period,
    entered: EnteredReport,
    actor: Post,
    at: dt.datetime,
    seen: int | None = None,
) -> Submission:
    """Enter the report of a unit directly below; it is checked as the unit's own, sealed and accepted in one step.

    A draft the unit never sent is kept: it becomes the unit's next revision, a correction of what was entered. What
    was entered and not confirmed yet may be entered again. Conflict if the unit made its report ready or sent it,
    or stands in a lump, or if a colleague entered it after the revision `seen` (`entered_already`); InvalidInput
    names every figure, warning and missing source.
    """
    definition = load(version.definition)
    require_superior(unit, version, period, actor, at)
    report, note = _read(definition, unit, version, period, entered), clean(entered.note, multiline=True)
    _require_source(definition, entered, note)
    texts = {f"narrative.{code}": text for code, text in report.narrative.items()} | {"note": note}
    texts |= {f"explanations.{code}": text for code, text in report.explanations.items()}
    screen(texts, "narrative", actor=actor, at=at)
    require_sound(report, at)
    papers = checked_papers(entered.papers, actor=actor, at=at)
    report.entered_by_unit, report.entry_source, report.entry_note = actor.unit, entered.source, note
    report.ready_by, report.created_at = actor, at
    with transaction.atomic():
        lock_units([unit.pk])
        require_alone(unit, version.template_id, period.key, at)
        report.revision, kept_draft = _make_room(unit, version, period, actor, at, seen)
        report.save(force_insert=True)
        keep_papers(report, papers, PaperKind.SOURCE, actor, at)
        seal = send(report, actor, at)
        take_in(report, actor, at)
        data: dict[str, Plain] = {"unit": str(unit.uid), "period": period.key, "revision": report.revision}
        data |= {"seal": seal.digest, "source": str(entered.source), "kept_draft": kept_draft}
        record(actor=actor, action="reports.entered", obj=f"submission:{report.uid}", at=at, data=data)
    settle(at=at)
    return report


def confirm_entered(*, submission: Submission, actor: Post, at: dt.datetime) -> Submission:
    """The unit says that what the level above entered for it is right. Repeating it changes nothing.

    The unit's own draft for the period, if one was never sent, is dropped: what was entered says it.
    """
    require_own(submission.unit, Role.REPORTER, Role.APPROVER, actor=actor, at=at)
    with transaction.atomic():
        locked = Submission.objects.select_for_update(of=("self",)).select_related("version", "unit")
        report = locked.get(pk=submission.pk)
        if report.confirmed_at:
            return report
        if report.entered_by_unit_id is None or report.state != SubmissionState.ACCEPTED:
            raise Conflict("Chỉ xác nhận được báo cáo do cấp trên nhập thay và đang có hiệu lực.")
        report.confirmed_by, report.confirmed_at = actor, at
        report.save(update_fields=["confirmed_by", "confirmed_at"])
        stored.mark(report)
        dropped, _ = own_draft_after(report).delete()
        record(
            actor=actor,
            action="reports.entry_confirmed",
            obj=f"submission:{report.uid}",
            at=at,
            data={"unit": str(report.unit.uid), "period": report.period, "dropped_draft": dropped > 0},
        )
    return report


def own_draft_after(report: Submission) -> QuerySet[Submission]:
    """The unit's own draft for the same period that was never sent: its correction of this report."""
    return Submission.objects.filter(
        unit=report.unit_id,
        version__template=report.version.template_id,
        period=report.period,
        state=SubmissionState.DRAFT,
        seal__isnull=True,
    )


def require_superior(unit: Unit, version: TemplateVersion, period: Period, actor: Post, at: dt.datetime) -> None:
    """Only a reporter or approver of the unit directly above on the report's axis, for a unit that has ended of the
    one that is left with it; NotFound for a stranger."""
    if not Scope(actor, at).sees(unit) or actor.unit_id == unit.pk:
        raise NotFound("Không có đơn vị cấp dưới này trong phạm vi của bạn.")
    above = superior_of(unit, local_date(at), version.template.axis)
    if above is None or above.pk != actor.unit_id or not actor.has_role(Role.REPORTER, Role.APPROVER):
        raise NotAllowed("Chỉ người lập hoặc người duyệt báo cáo của đơn vị cấp trên trực tiếp mới nhập thay được.")
    require_owing(unit, version, period)


def _read(
    definition: Definition, unit: Unit, version: TemplateVersion, period: Period, entered: EnteredReport
) -> Submission:
    """The report as it would stand, not saved. InvalidInput for every figure that cannot be read."""
    narrative = {code: clean(text, multiline=True) for code, text in entered.narrative.items()}
    explanations = {code: clean(text) for code, text in entered.explanations.items()}
    changes = DraftChanges(0, entered.figures, narrative, explanations)
    cells = parse_changes(definition, changes)
    return Submission(
        unit=unit,
        version=version,
        period=period.key,
        payload=payload(version.cells, cells),
        narrative=narrative,
        explanations=explanations,
    )


def _require_source(definition: Definition, entered: EnteredReport, note: str) -> None:
    faults = []
    if entered.source not in EntrySource.values:
        faults.append(Fault("source", "hãy chọn nhập từ bản giấy hay qua điện thoại"))
    elif definition.signed_copy and entered.source != EntrySource.PAPER:
        faults.append(Fault("source", "biểu mẫu này cần bản đã ký, đóng dấu; chỉ nhập thay được từ bản giấy"))
    if not note or len(note) > _NOTE:
        faults.append(
            Fault(
                "note",
                Said(
                    f"hãy ghi nhận từ đâu, lúc nào (không quá {_NOTE} chữ cái)",
                    f"say from whom and when it came (at most {_NOTE} characters)",
                ),
            )
        )
    if entered.source == EntrySource.PAPER and not entered.papers:
        faults.append(Fault("papers", "nhập từ bản giấy thì phải đính kèm bản quét"))
    if faults:
        raise InvalidInput("Chưa nhập thay được.", faults)


def entered_already(unit: Unit, version: TemplateVersion, period: Period, actor: Post) -> Submission | None:
    """What the actor's own unit entered and the unit has not confirmed yet: another entry takes its place."""
    _draft, standing = _standing(_of_period(unit, version, period))
    return standing if standing is not None and _unconfirmed(standing, actor) else None


def _of_period(unit: Unit, version: TemplateVersion, period: Period) -> QuerySet[Submission]:
    return Submission.objects.filter(unit=unit, version__template=version.template_id, period=period.key)


def _standing(same: QuerySet[Submission]) -> tuple[Submission | None, Submission | None]:
    """The unit's own draft that was never sent, and the report below it."""
    reports = list(same.order_by("-revision"))
    draft = None
    if reports and reports[0].state == SubmissionState.DRAFT and reports[0].seal_id is None:
        draft = reports.pop(0)
    return draft, next(iter(reports), None)


def _make_room(
    unit: Unit, version: TemplateVersion, period: Period, actor: Post, at: dt.datetime, seen: int | None
) -> tuple[int, bool]:
    """The revision to enter, and whether a draft of the unit's own moved up to make room for it."""
    draft, standing = _standing(_of_period(unit, version, period).select_for_update(of=("self",)))
    left = standing is not None and standing.state == SubmissionState.RETURNED and _has_ended(unit, version, at)
    if standing is not None and not left and not _unconfirmed(standing, actor):
        name = name_of(unit, local_date(at)).name
        state = SubmissionState(standing.state)
        raise Conflict(
            Said(
                f"«{name}» đã có báo cáo kỳ này ({state.label}), không nhập thay được. {_INSTEAD[state]}",
                f"«{name}» has a report for this period already ({state.value}), so none is entered in its place.",
            )
        )
    colleague = standing is not None and not left and standing.ready_by_id != actor.pk
    if standing is not None and colleague and seen not in (None, standing.revision):
        raise Conflict("Đồng nghiệp vừa nhập thay báo cáo này. Chưa ghi gì; hãy so hai bản rồi nhập lại nếu cần.")
    revision = standing.revision + 1 if standing else 1
    if draft is not None:
        draft.revision = revision + 1
        draft.save(update_fields=["revision"])
    return revision, draft is not None


def _has_ended(unit: Unit, version: TemplateVersion, at: dt.datetime) -> bool:
    """Whether nobody is left at the unit who could correct what was returned."""
    return not Placement.objects.at(local_date(at)).filter(child=unit, axis=version.template.axis).exists()


def _unconfirmed(report: Submission, actor: Post) -> bool:
    """Whether the actor's own unit entered it and the unit has not confirmed it yet."""
    entered = report.state == SubmissionState.ACCEPTED and report.entered_by_unit_id == actor.unit_id
    return entered and report.confirmed_at is None
