"""Scans that the machine could not read: a person tries again or drops them; nothing of them lies here for ever."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q, QuerySet

from nhipcau.audit.actions import record
from nhipcau.core.actors import System
from nhipcau.core.errors import Conflict, NhipCauError
from nhipcau.core.said import Said, english
from nhipcau.documents.incoming.scanning import JOB, forget
from nhipcau.documents.models import Scan, ScanState
from nhipcau.documents.rights import REGISTRARS, require_own
from nhipcau.documents.storing import waiting
from nhipcau.org.models import Post
from nhipcau.outbox.jobs import MAX_ATTEMPTS, enqueue, when_abandoned
from nhipcau.outbox.models import Job, JobState

KEPT = dt.timedelta(days=7)  # nobody has read whether such a paper may lie here at all
WORKER = System(JOB)
SWEEPER = System("documents.retention")
_DIED = Said(
    "tiến trình việc nền dừng giữa chừng khi đọc tệp này", "the background worker stopped while reading this file"
)
_SLIP = Said(
    "lỗi chương trình; người quản trị xem bằng «nhipcau doctor»",
    "a fault of the program; the administrator looks with «nhipcau doctor»",
)
_GONE = Said(
    f"Máy không nhận dạng được bản quét này và nó đã bị xóa sau {KEPT.days} ngày. Cần thì gửi lại tệp.",
    f"This scan could not be recognised and was erased after {KEPT.days} days. Send it again if it is needed.",
)


@when_abandoned(JOB)
def mark_unread(pk: int, *, error: Exception | None, at: dt.datetime) -> None:
    """Say on the scan why it was not read; its bytes stay for another try."""
    scan = Scan.objects.filter(pk=pk, state=ScanState.WAITING).first()
    if scan is None:
        return
    why = _DIED if error is None else error.message if isinstance(error, NhipCauError) else _SLIP
    with transaction.atomic():
        scan.state, scan.failed_at = ScanState.FAILED, at
        scan.note = Said(
            f"Máy chưa nhận dạng được sau {MAX_ATTEMPTS} lần thử: {why.rstrip('.')}.",
            f"Not recognised after {MAX_ATTEMPTS} attempts: {english(why).rstrip('.')}.",
        )
        scan.save(update_fields=["state", "failed_at", "note"])
        record(actor=WORKER, action="documents.scan_failed", obj=f"scan:{scan.uid}", at=at)


def try_again(*, scan: Scan, actor: Post, at: dt.datetime) -> Scan:
    """Give a scan that was not read to the worker once more. Safe to repeat while it waits.

    Raises Conflict (it is a letter already, or was dropped), NotFound, NotAllowed.
    """
    require_own(scan.unit, *REGISTRARS, actor=actor, at=at)
    with transaction.atomic():
        scan = Scan.objects.select_for_update().get(pk=scan.pk)
        if scan.state == ScanState.WAITING:
            return scan
        if scan.state != ScanState.FAILED:
            vi = f"Bản quét này {scan.get_state_display()} nên không thử lại."
            raise Conflict(Said(vi, "This scan waits for nobody any more, so it is not tried again."))
        scan.state, scan.note, scan.failed_at, scan.pages_done = ScanState.WAITING, "", None, 0
        scan.save(update_fields=["state", "note", "failed_at", "pages_done"])
        enqueue(JOB, scan.pk, at=at)
        record(actor=actor, action="documents.scan_retried", obj=f"scan:{scan.uid}", at=at)
    return scan


def drop_scan(*, scan: Scan, actor: Post, at: dt.datetime) -> Scan:
    """Erase a scan that is not a letter yet; safe to repeat. Raises Conflict, NotFound, NotAllowed."""
    require_own(scan.unit, *REGISTRARS, actor=actor, at=at)
    with transaction.atomic():
        scan = Scan.objects.select_for_update().get(pk=scan.pk)
        if scan.state == ScanState.DONE:
            vi = "Bản quét này đã thành văn bản chờ xác nhận; hãy bỏ ở trang xác nhận."
            raise Conflict(Said(vi, "This scan is a letter to be confirmed by now; drop it on that page."))
        if scan.state in (ScanState.WAITING, ScanState.FAILED):
            forget(scan, ScanState.DISCARDED, "")
            record(actor=actor, action="documents.scan_dropped", obj=f"scan:{scan.uid}", at=at)
    return scan


class UnreadScans:
    """Retention of papers whose words nobody knows: a week, then nothing of them is left."""

    name = "unread_scans"
    label = "Bản quét không nhận dạng được"
    kept = KEPT

    def sweep(self, *, at: dt.datetime) -> int:
        """Erase what is overdue and bytes that belong to no scan; returns how many there were."""
        overdue = [scan for scan in _overdue(at) if not _is_queued(scan)]
        for scan in overdue:
            with transaction.atomic():
                forget(scan, ScanState.KEPT_OUT, _GONE)
                record(actor=SWEEPER, action="documents.scan_swept", obj=f"scan:{scan.uid}", at=at)
        return len(overdue) + waiting.remove_strays(_known(), before=at - KEPT)

    def left(self, *, at: dt.datetime) -> int:
        """What should be gone and is not."""
        overdue = sum(not _is_queued(scan) for scan in _overdue(at))
        return overdue + len(waiting.strays(_known(), before=at - KEPT))


def _overdue(at: dt.datetime) -> QuerySet[Scan]:
    old = Q(state=ScanState.FAILED, failed_at__lt=at - KEPT) | Q(state=ScanState.WAITING, created_at__lt=at - KEPT)
    return Scan.objects.filter(old).order_by("pk")


def _is_queued(scan: Scan) -> bool:
    """A scan that no job will ever read waits for nothing."""
    return Job.objects.filter(name=JOB, args=[scan.pk], state__in=(JobState.QUEUED, JobState.RUNNING)).exists()


def _known() -> set[str]:
    held = Scan.objects.filter(state__in=(ScanState.WAITING, ScanState.FAILED))
    return {str(uid) for uid in held.values_list("uid", flat=True)}
