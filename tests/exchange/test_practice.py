"""A copy to practise in: the federation's own units, posts and forms, and nothing and nobody real."""

from __future__ import annotations

import csv
import json
import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.test import Client
from pytest_django.fixtures import Settings

from nhipcau.audit.models import Entry
from nhipcau.core.errors import Conflict
from nhipcau.exchange.practice.making import ACCOUNTS, MARKER, Made, make_practice
from nhipcau.org.models import Person
from nhipcau.reports.models import Submission
from tests import quarterly
from tests.cast import SETUP, Cast
from tests.quarterly import LATER

EMPTY = ("reports_submission", "documents_document", "activities_activity", "tasks_task", "outbox_mail")


@pytest.fixture
def filled(cast: Cast) -> Cast:
    quarterly.accepted(cast, quarterly.publish(), gifts="12", money="3600000")
    Person.objects.filter(appointments__post=cast.clerk).update(email="van.thu@example.vn")
    return cast


def make(folder: Path) -> Made:
    return make_practice(folder=folder, actor=SETUP, at=LATER)


def rows(folder: Path, statement: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(folder / "nhipcau.sqlite3") as database:
        return database.execute(statement).fetchall()


def in_the_copy(folder: Path, program: str) -> str:
    """What a process says that was started in the copy with the live instance's settings around it."""
    env = {key: value for key, value in os.environ.items() if not key.startswith(("NHIPCAU_", "DJANGO_"))}
    env |= {"NHIPCAU_DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "nhipcau.config.settings"}
    env |= {"NHIPCAU_DATABASE_URL": "postgresql://live/live", "NHIPCAU_EMAIL_URL": "smtp://live"}
    env |= {"NHIPCAU_SECRET_KEY": "x"}
    done = subprocess.run([sys.executable, "-c", program], env=env, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_the_copy_has_the_structure_and_nothing_and_nobody_real(filled: Cast, tmp_path: Path) -> None:
    folder = tmp_path / "tap"
    done = make(folder)
    assert (done.units, done.posts, done.templates, done.accounts) == (6, 5, 1, 5)
    assert {code for (code,) in rows(folder, "SELECT code FROM org_unitname")} == {
        "T",
        "XA",
        "XB",
        "A1",
        "A2",
        "B1",
    }
    assert rows(folder, "SELECT sum(members) FROM org_unit") == [(0,)]
    assert [rows(folder, f"SELECT count(*) FROM {table}") for table in EMPTY] == [[(0,)]] * len(EMPTY)
    people = rows(folder, "SELECT name, phone, email FROM org_person")
    assert {(phone, mail) for _name, phone, mail in people} == {("", "")}
    assert not {name for name, *_rest in people} & set(Person.objects.values_list("name", flat=True))
    assert Submission.objects.count() == 1  # the live one is as it was
    assert Entry.objects.filter(action="exchange.practice_made").count() == 1
    _opens_with_what_was_written(folder)
    _never_touches_the_live_instance(folder)
    _is_made_anew(folder)


def _opens_with_what_was_written(folder: Path) -> None:
    with (folder / ACCOUNTS).open(encoding="utf-8-sig") as file:
        _heading, first, *more = csv.reader(file)
    assert len({row[1] for row in (first, *more)}) == 5, "one password opens one account"
    assert stat.S_IMODE((folder / ACCOUNTS).stat().st_mode) == 0o600
    program = (
        "import django; django.setup()\nfrom django.contrib.auth import authenticate\n"
        f"print(authenticate(username={first[0]!r}, password={first[1]!r}))"
    )
    assert in_the_copy(folder, program) == first[0]


def _never_touches_the_live_instance(folder: Path) -> None:
    program = (
        "import django; django.setup()\nfrom django.conf import settings as s\nimport json\n"
        "print(json.dumps([s.PRACTICE, s.DATABASES['default']['ENGINE'], s.EMAIL_HOST, s.SECRET_KEY == 'x',"
        " s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME]))"
    )
    practice, engine, mail, live_key, *cookies = json.loads(in_the_copy(folder, program))
    assert practice
    assert ("sqlite" in engine, mail, live_key) == (True, "", False)
    live = {django_settings.SESSION_COOKIE_NAME, django_settings.CSRF_COOKIE_NAME}
    assert not live & set(cookies), "signing in there does not sign out here, on the same host"


def _is_made_anew(folder: Path) -> None:
    (folder / "left.txt").write_text("from the last training")
    make(folder)
    assert not (folder / "left.txt").exists()
    assert len(rows(folder, "SELECT 1 FROM org_unit")) == 6
    assert [path.name for path in folder.parent.iterdir() if path.name.endswith(".part")] == []


def test_it_is_not_made_inside_the_live_data(filled: Cast, tmp_path: Path, settings: Settings) -> None:
    live = Path(settings.DATA_DIR)
    for folder in (live, live / "tap", live.parent):
        with pytest.raises(Conflict, match="dữ liệu thật"):
            make(folder)


def test_another_directory_is_not_overwritten(filled: Cast, tmp_path: Path) -> None:
    other = tmp_path / "khac"
    other.mkdir()
    (other / "bao-cao.docx").write_bytes(b"x")
    with pytest.raises(Conflict, match="đã có dữ liệu khác"):
        make(other)
    assert (other / "bao-cao.docx").exists()
    assert not (other / MARKER).exists()


def test_every_page_says_that_it_is_for_practice(cast: Cast, settings: Settings) -> None:
    settings.PRACTICE = True
    assert "Bản tập huấn: chỉ để tập" in Client().get("/dang-nhap/").content.decode()
    officer = Client()
    officer.force_login(cast.account(cast.commune_officer))
    assert "Bản tập huấn: chỉ để tập" in officer.get("/").content.decode()
    settings.PRACTICE = False
    assert "Bản tập huấn" not in officer.get("/").content.decode()
