"""The answers to a correction: restate, carry the difference into the next period, or dismiss it with a reason."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from nhipcau.audit.actions import record
from nhipcau.audit.screen import screen
from nhipcau.core.errors import Conflict, Fault, InvalidInput
from nhipcau.core.periods import Period, parse_period
from nhipcau.core.said import Said
from nhipcau.core.text import clean
from nhipcau.documents.rights import require_own
from nhipcau.org.models import Post, Role, Unit
from nhipcau.reports.filling.workflow import send
from nhipcau.reports.models import Answer, Seal, StaleFlag, Submission, SubmissionSource, SubmissionState
from nhipcau.reports.sealing.staleness import answer_flags, open_flags, settle
from nhipcau.reports.totals.lumps import lock_units

_REASON = 2000


def restate(*, seal: Seal, reason: str, actor: Post, at: dt.datetime) -> Submission:
    """Seal the unit's consolidated figures anew as the next revision and send it up; its own figures stay.

    Answers the seal's open flags. An issued document is restated by `issuing.restate_issue` instead.
    """
    reason = _reasoned(seal, reason, actor, at)
    with transaction.atomic():
        lock_units([seal.unit_id])  # before the report, as whoever sends or issues does
        report = _latest(seal)
        if report.state not in {SubmissionState.ACCEPTED, SubmissionState.SUBMITTED}:
            raise Conflict("Đơn vị đang sửa báo cáo này; gửi bản đang sửa lên là số liệu được chốt lại.")
        if not open_flags(seal).exists():
            raise Conflict("Không có thay đổi nào chờ trả lời; số liệu đã chốt vẫn đúng.")
        # Not accepted yet, the same revision is sealed again with what stands below it now.
        newer = report if report.state == SubmissionState.SUBMITTED else _next_revision(report, at)
        again = send(newer, actor, at, reason=reason)
        _record("reports.restated", seal, actor, at, by=str(again.uid))
    settle(at=at)
    return newer


def carry_over(*, seal: Seal, note: str, actor: Post, at: dt.datetime) -> Period:
    """Keep what was sealed; the next period's issued report prints the differences beside its own figures.

    They are printed, never added: the live figures of the corrected period hold them already.
    Returns the period they go to.
    """
    note = _reasoned(seal, note, actor, at)
    following = parse_period(seal.period).next()
    with transaction.atomic():
        _answer(seal, Answer.CARRIED, note, actor, at, carried_to=following.key)
        _record("reports.carried_over", seal, actor, at, to=following.key)
    return following


def dismiss(*, seal: Seal, reason: str, actor: Post, at: dt.datetime) -> None:
    """Keep what was sealed and say why the change does not matter. The live figures show it all the same."""
    reason = _reasoned(seal, reason, actor, at)
    with transaction.atomic():
        _answer(seal, Answer.DISMISSED, reason, actor, at)
        _record("reports.dismissed", seal, actor, at)


def carried_into(unit: Unit, template_id: int, period: Period) -> list[StaleFlag]:
    """What the unit carried over into this period from the one before, in the order it was answered.

    One flag per unit: what was sent and what was issued were sealed apart, and a unit may correct itself twice;
    the last of them says it all.
    """
    flags = StaleFlag.objects.filter(
        seal__unit=unit, seal__version__template=template_id, answer=Answer.CARRIED, carried_to=period.key
    )
    by_unit: dict[int, StaleFlag] = {}
    for flag in flags.select_related("seal", "cause__unit").order_by("answered_at", "seal__place"):
        by_unit[flag.cause.unit_id] = flag
    return list(by_unit.values())


def _reasoned(seal: Seal, reason: str, actor: Post, at: dt.datetime) -> str:
    require_own(seal.unit, Role.APPROVER, actor=actor, at=at)
    reason = clean(reason, multiline=True)
    screen({"reason": reason}, "reason", actor=actor, at=at)
    if not reason or len(reason) > _REASON:
        raise InvalidInput(
            "Chưa ghi được.",
            [
                Fault(
                    "reason",
                    Said(
                        f"hãy ghi lý do, không quá {_REASON} chữ cái",
                        f"give the reason, at most {_REASON} characters",
                    ),
                )
            ],
        )
    return reason


def _latest(seal: Seal) -> Submission:
    """The unit's newest revision, locked."""
    same = Submission.objects.select_for_update(of=("self",)).filter(
        unit=seal.unit, version=seal.version, period=seal.period
    )
    return same.select_related("version__template", "unit__kind").order_by("-revision")[0]


def _next_revision(report: Submission, at: dt.datetime) -> Submission:
    """A copy of the accepted revision; only what stands below it differs."""
    newer = Submission.objects.create(
        unit=report.unit,
        version=report.version,
        period=report.period,
        revision=report.revision + 1,
        payload=bytes(report.payload),
        narrative=report.narrative,
        explanations=report.explanations,
        ready_by=report.ready_by,
        submitted_at=report.submitted_at,
        created_at=at,
    )
    newer.covers.set(report.covers.all())
    SubmissionSource.objects.bulk_create(
        SubmissionSource(
            submission=newer,
            cell=source.cell,
            activity_id=source.activity_id,
            document_id=source.document_id,
            file_id=source.file_id,
            place=source.place,
            value=source.value,
        )
        for source in report.sources.order_by("pk")
    )
    return newer


def _answer(seal: Seal, answer: Answer, reason: str, actor: Post, at: dt.datetime, carried_to: str = "") -> None:
    """One answer for everything sealed of that report: what was sent, and what was issued from it."""
    Seal.objects.select_for_update().get(pk=seal.pk)
    flags = StaleFlag.objects.filter(
        seal__unit=seal.unit, seal__version=seal.version_id, seal__period=seal.period, raised_at__lte=at
    )
    count = answer_flags(flags, answer, reason=reason, at=at, by=actor.pk, carried_to=carried_to)
    if not count:
        raise Conflict("Không có thay đổi nào chờ trả lời; có thể người khác vừa trả lời.")


def _record(action: str, seal: Seal, actor: Post, at: dt.datetime, **data: str) -> None:
    record(actor=actor, action=action, obj=f"seal:{seal.uid}", at=at, data={"period": seal.period, **data})
