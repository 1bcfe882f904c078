"""What was kept long enough is gone from the database, and from the disk beneath it."""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection

from nhipcau.access.models import Device, EntryCode
from nhipcau.audit.models import Entry
from nhipcau.config import env
from nhipcau.core.retaining import registered
from nhipcau.documents.storing import files
from nhipcau.ops import retention
from nhipcau.org.models import Appointment, Person
from nhipcau.outbox.models import Mail, MailState
from tests.cast import NOW, Cast, assemble

LONG_AGO, LATER = NOW - dt.timedelta(days=800), NOW + dt.timedelta(days=1)
PHONE, ADDRESS = "0987654321", "dau.vet.da-nghi@congdoan.example"
SUBJECT, BODY, SESSION = "TieuDeDauVetCanXoa", "NoiDungDauVetCanXoa" * 300, "khoaphiendauvetcanxoa"
DEVICE, ERROR = "TrinhDuyetDauVet", "LoiMayChuThuDauVet"
MARKERS = (PHONE, ADDRESS, SUBJECT, BODY[:40], SESSION, DEVICE, ERROR)


def leave_behind(cast: Cast) -> Person:
    """One of everything that must be erased, long overdue."""
    person = Person.objects.create(name="Người Đã Nghỉ", phone=PHONE, email=ADDRESS)
    post = cast.local_volunteer
    Appointment.objects.create(
        post=post, person=person, valid_from=LONG_AGO.date(), valid_to=(LONG_AGO + dt.timedelta(days=30)).date()
    )
    for number, state in enumerate((MailState.SENT, MailState.FAILED, MailState.REFUSED)):
        Mail.objects.create(
            key=f"{number}", address=ADDRESS, subject=SUBJECT, body=BODY, state=state, last_error=ERROR,
            made_at=LONG_AGO, run_at=LONG_AGO, ended_at=LONG_AGO,
        )  # fmt: skip
    account = cast.account(post)
    Session.objects.create(session_key=SESSION, session_data="x", expire_date=LONG_AGO)
    Device.objects.create(account=account, session_key=SESSION, words=DEVICE, opened_at=LONG_AGO, seen_at=LONG_AGO)
    EntryCode.objects.create(account=account, digest="d" * 64, expires_at=LONG_AGO)
    return person


def on_disk(folder: Path) -> set[str]:
    """Which of the markers stand in any file of the database, its log of writes included."""
    files = [path for path in folder.glob(f"{Path(str(connection.settings_dict['NAME'])).name}*") if path.is_file()]
    held = b"".join(path.read_bytes() for path in files)
    return {marker for marker in MARKERS if marker.encode() in held}


@pytest.mark.django_db(transaction=True)
def test_what_is_overdue_is_gone_from_the_database_and_from_the_disk() -> None:
    person = leave_behind(assemble())
    sqlite, folder = connection.vendor == "sqlite", Path(str(connection.settings_dict["NAME"])).parent
    if sqlite:
        assert on_disk(folder) == set(MARKERS), "the search finds what is there"
    retention.sweep(at=LATER)
    person.refresh_from_db()
    assert (person.name, person.phone, person.email) == ("Người Đã Nghỉ", "", "")
    assert not Mail.objects.exists()
    assert not Session.objects.exists()
    assert not Device.objects.exists()
    assert not EntryCode.objects.exists()
    assert sum(kind.left(at=LATER) for kind in registered()) == 0
    if sqlite:
        assert on_disk(folder) == set()


def test_the_log_says_that_it_was_erased_and_not_what(cast: Cast) -> None:
    person = leave_behind(cast)
    retention.sweep(at=LATER)
    [entry] = Entry.objects.filter(action="org.contact_erased")
    assert entry.object == f"person:{person.uid}"
    assert [marker for marker in MARKERS if marker in entry.data] == []


def test_who_holds_a_post_or_left_lately_stays_within_reach(cast: Cast) -> None:
    holder = cast.account(cast.clerk).person
    holder.phone, holder.email = "0900000001", "van.thu@congdoan.example"
    holder.save()
    fresh = Person.objects.create(name="Mới Nghỉ", phone="0900000002")
    ended = (LATER - dt.timedelta(days=300)).date()
    Appointment.objects.create(post=cast.stranger, person=fresh, valid_from=LONG_AGO.date(), valid_to=ended)
    newcomer = Person.objects.create(name="Chưa Nhận", phone="0900000003")
    retention.sweep(at=LATER)
    for person, phone in ((holder, "0900000001"), (fresh, "0900000002"), (newcomer, "0900000003")):
        person.refresh_from_db()
        assert person.phone == phone


def test_a_sweep_done_twice_finds_nothing_more(cast: Cast) -> None:
    leave_behind(cast)
    retention.sweep(at=LATER)
    assert set(retention.sweep(at=LATER).values()) == {0}


@pytest.mark.django_db
def test_sqlite_overwrites_what_is_deleted() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("SQLite only")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete")
        assert cursor.fetchone() == (1,)


@pytest.mark.django_db
def test_bytes_of_an_upload_that_was_refused_are_gone_after_a_day_unless_wanted_again() -> None:
    for text in (b"bi tu choi", b"gui lai sau"):
        files.write(text)
        path = settings.DATA_DIR / files.key_of(files.sha256(text))
        os.utime(path, times=(0, 0))
    files.write(b"gui lai sau")
    retention.run(at=dt.datetime.now(dt.UTC))
    assert [one.key for one in files.kept().keys(files.PREFIX)] == [files.key_of(files.sha256(b"gui lai sau"))]
    assert Entry.objects.filter(action="ops.store_pruned").count() == 1


def test_on_sqlite_what_was_acknowledged_outlives_a_power_cut(tmp_path: Path) -> None:
    """Asked of an instance's own connection: that of the tests may forget."""
    made = env.database("", tmp_path)
    with closing(sqlite3.connect(made["NAME"])) as opened:
        opened.executescript(made["OPTIONS"]["init_command"])
        assert opened.execute("PRAGMA synchronous").fetchone() == (2,), "FULL: written through before it is over"
