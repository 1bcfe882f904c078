"""A scan the machine could not read: seen with its reason, tried again or dropped, and gone after a week."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from unittest.mock import patch

import pytest

from nhipcau.audit.models import Entry
from nhipcau.core.errors import Conflict, NhipCauError, NotAllowed, NotFound
from nhipcau.core.retaining import registered
from nhipcau.documents.actions import accept, drop_scan, try_again
from nhipcau.documents.incoming.unread import KEPT, UnreadScans
from nhipcau.documents.models import Document, Scan, ScanState
from nhipcau.documents.queries import unread_scans, waiting_scans
from nhipcau.ops import retention
from nhipcau.org.models import Post
from nhipcau.outbox.jobs import MAX_ATTEMPTS, run_due
from nhipcau.outbox.models import Job
from nhipcau.reader.extract import Extracted
from nhipcau.reader.model import Reading
from tests.cast import NOW, Cast
from tests.documents.letters import RECEIVED

PDF = b"%PDF-1.7 only pictures"
DAY = dt.timedelta(days=1)
READER = "nhipcau.documents.incoming.scanning.read_bytes"


@pytest.fixture(autouse=True)
def pictures_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "nhipcau.documents.incoming.scanning.extract", lambda *_, **__: Extracted("", "ocr", unread=2)
    )


def sent(actor: Post, data: bytes = PDF) -> Scan:
    scan = accept(unit=actor.unit, data=data, name="quet.pdf", received_on=RECEIVED, actor=actor, at=NOW)
    assert isinstance(scan, Scan)
    return scan


def given_up(actor: Post, error: Exception, data: bytes = PDF) -> Scan:
    """A scan after five attempts within a day."""
    scan = sent(actor, data)
    with patch(READER, side_effect=error):
        for hour in range(MAX_ATTEMPTS):
            run_due(at=NOW + dt.timedelta(hours=4 * hour))
    scan.refresh_from_db()
    return scan


def bytes_waiting(data_dir: Path) -> int:
    return sum(1 for _ in (data_dir / "waiting").glob("*"))


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (NhipCauError("Máy chủ đã hết chỗ lưu tệp."), "Máy chủ đã hết chỗ lưu tệp."),
        (RuntimeError("/bi/mat/duong-dan"), "lỗi chương trình; người quản trị xem bằng «nhipcau doctor»."),
    ],
)
def test_the_clerk_sees_why_and_the_bytes_stay_for_another_try(
    cast: Cast, data_dir: Path, error: Exception, said: str
) -> None:
    scan = given_up(cast.clerk, error)
    assert (scan.state, scan.note) == (ScanState.FAILED, f"Máy chưa nhận dạng được sau 5 lần thử: {said}")
    assert list(unread_scans(cast.scope(cast.clerk))) == [scan]
    assert not unread_scans(cast.scope(cast.stranger))
    assert not waiting_scans(cast.scope(cast.clerk))
    assert bytes_waiting(data_dir) == 1


def test_a_scan_that_takes_the_worker_down_every_time_is_told_too(cast: Cast) -> None:
    scan = sent(cast.clerk)
    Job.objects.update(state="running", attempts=MAX_ATTEMPTS, run_at=NOW - DAY)
    run_due(at=NOW)
    scan.refresh_from_db()
    assert scan.state == ScanState.FAILED
    assert "dừng giữa chừng" in scan.note


def test_trying_again_makes_it_a_letter(cast: Cast, data_dir: Path) -> None:
    scan = given_up(cast.clerk, RuntimeError())
    for _ in range(2):
        scan = try_again(scan=scan, actor=cast.clerk, at=NOW + DAY)
    assert (scan.state, scan.note, scan.failed_at) == (ScanState.WAITING, "", None)
    assert Job.objects.filter(state="queued").count() == 1
    with patch(READER, return_value=Reading("KẾ HOẠCH", "ocr")):
        run_due(at=NOW + DAY)
    assert Document.objects.get().original_name == "quet.pdf"
    assert bytes_waiting(data_dir) == 0


@pytest.mark.parametrize("failed", [True, False])
def test_dropping_leaves_nothing_but_that_something_was_sent(cast: Cast, data_dir: Path, failed: bool) -> None:
    scan = given_up(cast.clerk, RuntimeError()) if failed else sent(cast.clerk)
    for _ in range(2):
        scan = drop_scan(scan=scan, actor=cast.clerk, at=NOW + DAY)
    assert (scan.state, scan.name, scan.sha256, scan.note) == (ScanState.DISCARDED, "", "", "")
    assert bytes_waiting(data_dir) == 0
    assert Entry.objects.filter(action="documents.scan_dropped").count() == 1
    with pytest.raises(Conflict, match="đã bỏ"):
        try_again(scan=scan, actor=cast.clerk, at=NOW + DAY)
    run_due(at=NOW + DAY)
    assert not Document.objects.exists()


def test_sending_it_again_points_to_the_one_that_failed(cast: Cast) -> None:
    scan = given_up(cast.clerk, RuntimeError())
    with pytest.raises(Conflict, match="thử lại hoặc bỏ"):
        sent(cast.clerk)
    drop_scan(scan=scan, actor=cast.clerk, at=NOW)
    assert sent(cast.clerk).state == ScanState.WAITING


def test_a_scan_that_became_a_letter_is_put_aside_there(cast: Cast) -> None:
    scan = sent(cast.clerk)
    with patch(READER, return_value=Reading("KẾ HOẠCH", "ocr")):
        run_due(at=NOW)
    with pytest.raises(Conflict, match="trang xác nhận"):
        drop_scan(scan=scan, actor=cast.clerk, at=NOW)


def test_only_the_units_own_registrars_decide(cast: Cast) -> None:
    scan = given_up(cast.commune_officer, RuntimeError())
    for act in (try_again, drop_scan):
        with pytest.raises(NotFound):
            act(scan=scan, actor=cast.stranger, at=NOW)
        with pytest.raises(NotAllowed):
            act(scan=scan, actor=cast.clerk, at=NOW)


def test_after_a_week_nothing_of_it_is_left(cast: Cast, data_dir: Path) -> None:
    scan = given_up(cast.clerk, RuntimeError())
    assert scan.failed_at is not None
    assert retention.sweep(at=scan.failed_at + KEPT)["unread_scans"] == 0
    assert retention.sweep(at=scan.failed_at + KEPT + DAY)["unread_scans"] == 1
    scan.refresh_from_db()
    assert (scan.state, scan.name, scan.sha256) == (ScanState.KEPT_OUT, "", "")
    assert "đã bị xóa sau 7 ngày" in scan.note
    assert bytes_waiting(data_dir) == 0
    assert Entry.objects.filter(action="documents.scan_swept").count() == 1


def test_a_scan_still_in_the_queue_is_not_swept_and_one_without_a_job_is(cast: Cast) -> None:
    queued, lost = sent(cast.clerk), sent(cast.clerk, PDF + b"2")
    Job.objects.filter(args=[lost.pk]).delete()
    retention.sweep(at=NOW + KEPT + DAY)
    states = dict(Scan.objects.values_list("pk", "state"))
    assert states == {queued.pk: ScanState.WAITING, lost.pk: ScanState.KEPT_OUT}


def test_bytes_that_belong_to_no_scan_go_too_but_not_those_being_written(cast: Cast, data_dir: Path) -> None:
    scan = sent(cast.clerk)
    stray, fresh = data_dir / "waiting" / "stray", data_dir / "waiting" / ".tmp-fresh"
    for path in (stray, fresh):
        path.write_bytes(b"x")
    long_ago = (NOW - KEPT - DAY).timestamp()
    for path in (stray, data_dir / "waiting" / str(scan.uid)):
        os.utime(path, (long_ago, long_ago))
    now = NOW.timestamp()
    os.utime(fresh, (now, now))
    assert UnreadScans().sweep(at=NOW) == 1
    assert sorted(path.name for path in (data_dir / "waiting").iterdir()) == sorted([".tmp-fresh", str(scan.uid)])


def test_what_could_not_be_erased_is_named_and_the_job_fails(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    (kind,) = (one for one in registered() if one.name == "unread_scans")
    monkeypatch.setattr(type(kind), "left", lambda self, *, at: 2)
    with pytest.raises(NhipCauError, match=r"Bản quét không nhận dạng được \(2\)"):
        retention.sweep(at=NOW)


def test_the_sweep_is_queued_once_a_day(cast: Cast) -> None:
    for hour in (1, 5, 9):
        retention.schedule(at=NOW + dt.timedelta(hours=hour))
    retention.schedule(at=NOW + DAY)
    assert Job.objects.filter(name=retention.NAME).count() == 2
    assert run_due(at=NOW) == 1
