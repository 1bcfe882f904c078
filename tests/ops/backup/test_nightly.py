"""Each night a backup, once a month a trial of it, and `doctor` says how it stands."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from nhipcau.audit.models import Entry
from nhipcau.core.actors import System
from nhipcau.core.errors import NotFound
from nhipcau.documents.storing import files
from nhipcau.ops.backup import health, records, schedule
from nhipcau.ops.backup.keys import make_pair
from nhipcau.outbox.jobs import run_due
from nhipcau.outbox.models import Job
from nhipcau.press.card import to_text
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db(transaction=True)
DAY = dt.timedelta(days=1)
HAND = System("tests")


@pytest.fixture
def disk(tmp_path: Path, settings: Settings, data_dir: Path) -> Path:
    """A disk for the backups, locked with a public key."""
    data_dir.mkdir()
    (tmp_path / "disk").mkdir()
    make_pair(tmp_path / "key")
    settings.BACKUP_DIR, settings.BACKUP_KEY = str(tmp_path / "disk"), str(tmp_path / "key.pub")
    return tmp_path / "disk"


def says(at: dt.datetime) -> dict[str, tuple[bool, str]]:
    return {name: (ok, said) for name, ok, _, said in health.lines(at)}


def test_without_a_directory_nothing_is_queued_and_doctor_says_what_to_set(data_dir: Path) -> None:
    schedule.schedule(at=NOW)
    assert not Job.objects.exists()
    assert "đặt NHIPCAU_BACKUP_DIR" in says(NOW)["Sao lưu"][1]


def test_the_first_of_a_month_is_full_and_the_oldest_go_but_never_a_base(cast: Cast, disk: Path) -> None:
    made = []
    for night in range(4):
        files.store(b"%d" % night, "text/plain")
        made.append(schedule.nightly(actor=HAND, at=NOW + night * DAY))
    assert [(one.files, one.new_files, bool(one.record.base)) for one in made] == [
        (1, 1, False), (2, 1, True), (3, 2, True), (4, 3, True),
    ]  # fmt: skip
    schedule.prune(keep=2)
    assert sorted(path.name for path in disk.iterdir()) == sorted(made[n].path.name for n in (0, 2, 3))
    next_month = schedule.nightly(actor=HAND, at=NOW + 31 * DAY)
    assert (next_month.record.base, next_month.new_files) == ("", 4)
    assert Entry.objects.filter(action="ops.backed_up").count() == 5


def test_the_worker_makes_it_and_one_that_cannot_be_made_is_an_error(
    cast: Cast, disk: Path, settings: Settings
) -> None:
    for _ in range(2):
        schedule.schedule(at=NOW)
    settings.BACKUP_DIR = ""  # another machine's worker: it leaves the job to the one that has the directory
    assert run_due(at=NOW) == 0
    settings.BACKUP_DIR = str(disk)
    assert run_due(at=NOW) == 1
    assert len(list(disk.glob("*-full.nhipcau"))) == 1
    schedule.schedule(at=NOW)
    assert set(Job.objects.values_list("name", flat=True)) == {schedule.NIGHTLY, schedule.TEST}

    for path in disk.iterdir():
        path.unlink()
    disk.rmdir()
    with pytest.raises(NotFound, match="Ổ đĩa đã được gắn chưa"):
        schedule.nightly(actor=HAND, at=NOW + DAY)
    assert "ổ đĩa đã được gắn chưa" in says(NOW)["Sao lưu"][1]


def test_the_newest_is_restored_on_trial_though_the_server_holds_no_secret(
    cast: Cast, disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files.store(b"kept", "text/plain")
    schedule.nightly(actor=HAND, at=NOW)
    made = schedule.nightly(actor=HAND, at=NOW + DAY)
    tested = schedule.try_newest(actor=HAND, at=NOW + DAY)
    assert tested is not None
    assert (tested.fault, tested.files, tested.name) == ("", 1, made.path.name)
    told = says(NOW + DAY)
    assert (told["Sao lưu"][0], told["Thử phục hồi"][0]) == (True, True)
    assert says(NOW + 3 * DAY)["Sao lưu"][0] is False

    card = to_text(health.card(NOW + DAY))
    assert f"restore --key KHÓA_BÍ_MẬT {made.path}" in card
    assert str(disk / f"nhipcau-{NOW:%Y%m%d-%H%M%S}-full.nhipcau") in card
    assert len(card.splitlines()) <= 50

    monkeypatch.setattr(sys, "prefix", f"{health.INSTALLED}/source-1/.venv")
    as_service = to_text(health.card(NOW + DAY))
    assert f"sudo nhipcau restore --key KHÓA_BÍ_MẬT --replace {made.path}" in as_service
    assert "sudo deploy/install.sh --host" in as_service
    assert "./run" not in as_service

    content = made.path.read_bytes()
    made.path.write_bytes(content[:-300] + bytes(10) + content[-290:])
    again = schedule.try_newest(actor=HAND, at=NOW + 2 * DAY)
    assert again is not None
    assert "bị hỏng" in again.fault
    assert says(NOW + 2 * DAY)["Thử phục hồi"][0] is False


def test_the_keys_of_older_archives_are_forgotten(cast: Cast, disk: Path) -> None:
    first = schedule.nightly(actor=HAND, at=NOW)
    schedule.nightly(actor=HAND, at=NOW + DAY)
    assert all(one.key for one in records.every())
    schedule.nightly(actor=HAND, at=NOW + 31 * DAY)
    assert [bool(one.key) for one in records.every()] == [False, False, True]
    assert first.record.key
