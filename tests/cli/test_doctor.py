"""`doctor` names what is lacking or was left undone, what that means and the way to mend it."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import smtplib
import ssl
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.db import OperationalError, connection, transaction
from pytest_django.fixtures import Settings

from nhipcau.audit.actions import record, seal
from nhipcau.cli.doctor import doctor
from nhipcau.core.clock import SystemClock
from nhipcau.ops.actions import VERIFY, WORKER, note_beat
from nhipcau.ops.backup.schedule import NIGHTLY
from nhipcau.ops.doctor import CHECKS, Line, examine, machine, running
from nhipcau.ops.doctor.table import table
from nhipcau.ops.extras import EXTRAS, Extra
from nhipcau.outbox.jobs import queue_again
from nhipcau.outbox.models import Job, JobState
from tests.cast import NOW, SETUP

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
KEYS = {"check", "about", "name", "ok", "needed", "says", "means", "mend"}


@pytest.fixture(autouse=True)
def there(data_dir: Path) -> None:
    data_dir.mkdir()


def look(key: str, at: dt.datetime = NOW) -> Line:
    [line] = examine([check for check in CHECKS if check.key == key], at)
    return line


def test_the_log_is_well_once_it_is_sealed() -> None:
    with transaction.atomic():
        record(actor=SETUP, action="org.imported", obj="org:tree", at=NOW)
    assert (look("log").found.ok, look("log").found.says) == (False, "1 mục, 1 mục chờ niêm phong")
    seal(at=NOW)
    assert (look("log").found.ok, look("log").found.says) == (True, "1 mục, 0 mục chờ niêm phong")


def test_jobs_that_were_given_up_are_named_with_the_last_error_until_they_are_queued_again() -> None:
    for name, error in (("tasks.remind", "hết giờ"), ("mail.send", "không tới được máy chủ thư")):
        Job.objects.create(name=name, run_at=NOW, state=JobState.FAILED, last_error=error, attempts=5)
    Job.objects.create(name="tasks.other", run_at=NOW)
    line = look("jobs-failed")
    assert line.found.says == "2 việc hỏng (mail.send, tasks.remind); lỗi cuối: không tới được máy chủ thư"
    assert "nhipcau worker --again" in line.mend
    assert queue_again(at=NOW) == 2
    assert look("jobs-failed").found.ok
    assert set(Job.objects.values_list("state", "attempts")) == {(JobState.QUEUED, 0)}


def test_jobs_that_wait_too_long_are_a_fault() -> None:
    Job.objects.create(name="tasks.remind", run_at=NOW)
    assert not look("jobs-waiting", NOW + dt.timedelta(minutes=29)).bad
    late = look("jobs-waiting", NOW + dt.timedelta(minutes=31))
    assert (late.bad, late.found.says) == (True, "1 việc đến hạn, chờ lâu nhất 31 phút")


def test_a_worker_that_never_ran_or_fell_silent_is_a_fault() -> None:
    assert look("worker").bad
    note_beat(name=WORKER, at=NOW)
    assert not look("worker", NOW + dt.timedelta(minutes=4)).bad
    assert look("worker", NOW + dt.timedelta(hours=3)).found.says.endswith("im đã 3 giờ")


def test_a_recomputation_that_found_differences_stays_red_until_one_finds_none() -> None:
    assert (look("verify").found.ok, look("verify").bad) == (False, False)
    note_beat(name=VERIFY, at=NOW, fault="có 2 chỗ sai khác")
    assert look("verify").bad
    note_beat(name=VERIFY, at=NOW)
    assert look("verify").found.ok
    assert look("verify", NOW + dt.timedelta(days=15)).found.says.endswith("đã 15 ngày")


def test_a_mail_server_that_refuses_us_is_a_fault(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.EMAIL_HOST, settings.SITE_URL = "thu.example", "https://congdoan.example"

    def refused(*_: object, **__: object) -> None:
        raise smtplib.SMTPServerDisconnected("đã ngắt")

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.open", refused)
    assert look("mail-server").bad
    assert "SMTPServerDisconnected" in look("mail-server").found.says


def test_mail_that_would_lead_to_localhost_is_a_fault(settings: Settings) -> None:
    settings.EMAIL_HOST, settings.SITE_URL = "thu.example", "http://localhost:8000"
    assert look("mail").bad
    assert "NHIPCAU_SITE_URL" in look("mail").mend


@pytest.mark.parametrize(("days", "ok", "bad"), [(60, True, False), (20, False, False), (5, False, True)])
def test_a_certificate_is_told_of_before_it_ends(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, *, days: int, ok: bool, bad: bool
) -> None:
    settings.SITE_URL = "https://congdoan.example"
    ends = SystemClock().now() + dt.timedelta(days=days, hours=1)
    monkeypatch.setattr(running, "_ends", lambda host, port: ends)
    line = look("https")
    assert (line.found.ok, line.bad) == (ok, bad)
    assert f"còn {days} ngày" in line.found.says


def test_a_certificate_that_nobody_vouches_for_is_a_remark(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SITE_URL = "https://congdoan.example"

    def unknown(host: str, port: int) -> dt.datetime:
        error = ssl.SSLCertVerificationError()
        error.verify_message = "self-signed certificate"
        raise error

    monkeypatch.setattr(running, "_ends", unknown)
    assert (look("https").found.ok, look("https").bad) == (False, False)


@pytest.mark.parametrize(
    ("free", "ok", "bad"), [(9 * 10**9, True, False), (2 * 10**9, False, False), (1, False, True)]
)
def test_a_disk_is_told_of_before_it_is_full(
    monkeypatch: pytest.MonkeyPatch, *, free: int, ok: bool, bad: bool
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda path: shutil._ntuple_diskusage(1, 1, free))
    assert (look("disk").found.ok, look("disk").bad) == (ok, bad)


def test_while_the_database_is_away_the_rest_is_still_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(connection, "ensure_connection", away)
    lines = {line.check.key: line for line in examine(CHECKS, NOW)}
    assert lines["database"].bad
    assert {"disk", "pdf-fonts", "boundary"} <= set(lines)
    assert "worker" not in lines


def test_tables_that_are_behind_are_told_with_the_command_that_brings_them_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(running, "pending", lambda: 3)
    assert (look("migrations").bad, look("migrations").mend) == (True, "sudo nhipcau migrate")


def test_every_fault_says_what_it_means_and_how_to_mend_it() -> None:
    assert [check.key for check in CHECKS if not check.means or not (check.mend or check.key == "boundary")] == []
    assert len({check.key for check in CHECKS}) == len(CHECKS)
    text = look("worker").text().splitlines()
    assert text[0].startswith("✗ Tiến trình việc nền: ")
    assert text[1].startswith("    nghĩa là: ")
    assert text[2].startswith("    cách sửa: sudo systemctl restart nhipcau-worker")


def test_a_check_that_breaks_is_a_fault_and_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "EXTRAS", None)
    found = {line.check.key: line for line in examine(CHECKS, NOW)}
    assert found["extra"].bad
    assert "boundary" in found


def test_programs_get_the_same_keys_from_version_to_version() -> None:
    ran = CliRunner().invoke(doctor, ["--json"])
    lines = json.loads(ran.stdout)
    assert {frozenset(line) for line in lines} == {frozenset(KEYS)}
    assert {line["check"] for line in lines} <= {check.key for check in CHECKS}
    assert ran.exit_code == int(any(line["needed"] and not line["ok"] for line in lines))


def test_the_reference_of_all_checks_is_what_the_code_says() -> None:
    assert (ROOT / "docs/reference/doctor.md").read_text("utf-8") == table(CHECKS)


def test_every_extra_of_the_package_has_its_line_and_a_lock_to_install_from() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert {one.name for one in EXTRAS} == set(project["optional-dependencies"])
    assert all((ROOT / "requirements" / f"{one.name}.txt").exists() for one in EXTRAS)


def test_a_missing_extra_is_named_with_its_use_and_the_way_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    photos = Extra("photos", ("cv2_that_nobody_has",), "che khuôn mặt")
    monkeypatch.setattr(machine, "EXTRAS", (photos,))
    line = look("extra")
    assert (line.name, line.found.ok, line.bad) == ("Gói thêm photos", False, False)
    assert line.found.says == "chưa cài; cần để che khuôn mặt"
    assert line.mend == ".venv/bin/pip install --require-hashes -r requirements/photos.txt"


@pytest.mark.parametrize(
    ("name", "minutes", "told"),
    [
        ("tasks.fan_out", 29, None),
        ("tasks.fan_out", 31, ("tasks.fan_out chạy đã 31 phút, tối đa 60 phút", False)),
        ("tasks.fan_out", 61, ("tasks.fan_out chạy đã 61 phút, tối đa 60 phút", True)),
        (NIGHTLY, 170, None),
        (NIGHTLY, 190, (f"{NIGHTLY} chạy đã 3 giờ, tối đa 6 giờ", False)),
    ],
)
def test_a_job_is_named_in_the_second_half_of_its_time_and_is_a_fault_beyond_it(
    name: str, minutes: int, told: tuple[str, bool] | None
) -> None:
    Job.objects.create(name=name, run_at=NOW - dt.timedelta(minutes=minutes), state=JobState.RUNNING)
    found = next(running.waiting(NOW))
    assert found.ok if told is None else (found.ok, found.says, found.needed) == (False, *told)


def test_a_clock_that_went_back_is_told_by_the_log() -> None:
    with transaction.atomic():
        record(actor=SETUP, action="org.imported", obj="org:tree", at=NOW + dt.timedelta(days=1))
    found = next(running.skew(NOW))
    assert not found.ok
    assert "sau giờ của máy này" in found.says
