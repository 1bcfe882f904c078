"""What the machine is short of is told apart from what is a fault of ours."""

from __future__ import annotations

import errno
import sqlite3

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError, ProgrammingError
from django.test import Client
from django.urls import reverse

from nhipcau.ops.troubles import Trouble, trouble_of
from tests.cast import Cast

pytestmark = pytest.mark.django_db


class Told(Exception):
    """What psycopg raises, as far as it matters here."""

    def __init__(self, sqlstate: str | None) -> None:
        super().__init__("said by the server")
        self.sqlstate = sqlstate


def raised(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


def of_sqlite(code: int) -> Exception:
    cause = sqlite3.OperationalError("said by the library")
    cause.sqlite_errorcode = code
    return raised(OperationalError("said"), cause)


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (raised(OperationalError("x"), Told(None)), Trouble.AWAY),
        (raised(OperationalError("x"), Told("57P01")), Trouble.AWAY),
        (raised(OperationalError("x"), Told("53300")), Trouble.AWAY),
        (InterfaceError("connection already closed"), Trouble.AWAY),
        (raised(OperationalError("x"), Told("55P03")), Trouble.BUSY),
        (raised(OperationalError("x"), Told("40P01")), Trouble.BUSY),
        (raised(OperationalError("x"), Told("53100")), Trouble.FULL),
        (of_sqlite(sqlite3.SQLITE_BUSY), Trouble.BUSY),
        (of_sqlite(sqlite3.SQLITE_BUSY_SNAPSHOT), Trouble.BUSY),
        (of_sqlite(sqlite3.SQLITE_FULL), Trouble.FULL),
        (of_sqlite(sqlite3.SQLITE_CANTOPEN), Trouble.AWAY),
        (OSError(errno.ENOSPC, "no space"), Trouble.FULL),
        (raised(RuntimeError("while writing"), OSError(errno.EDQUOT, "quota")), Trouble.FULL),
        (raised(ProgrammingError("x"), Told("42703")), None),
        (raised(IntegrityError("x"), Told("23505")), None),
        (OSError(errno.ENOENT, "no file"), None),
        (ZeroDivisionError(), None),
        (None, None),
    ],
)  # fmt: skip
def test_each_error_has_its_name(error: Exception | None, trouble: Trouble | None) -> None:
    assert trouble_of(error) == trouble


@pytest.mark.parametrize(
    ("number", "wait", "said"),
    [(errno.ENOSPC, "60", "Máy chủ đã hết chỗ lưu"), (errno.EIO, "10", "Kho tệp của máy chủ không trả lời")],
)
def test_what_the_store_does_not_take_may_be_sent_again(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, number: int, wait: str, said: str
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise OSError(number, "…")

    client = Client()
    client.force_login(cast.account(cast.clerk))
    monkeypatch.setattr("nhipcau.core.store.disk.tempfile.mkstemp", broken)
    letter = SimpleUploadedFile("thu.txt", "KẾ HOẠCH\nTập huấn an toàn".encode())
    answer = client.post(reverse("documents:upload"), {"file": letter, "received_on": "16/03/2026"})
    assert (answer.status_code, answer["Retry-After"]) == (503, wait)
    assert said in answer.content.decode()


def test_a_busy_database_is_told_as_such_to_people_and_programs(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(*_: object, **__: object) -> None:
        raise raised(DatabaseError("x"), Told("55P03"))

    client = Client(raise_request_exception=False)
    client.force_login(cast.account(cast.clerk))
    monkeypatch.setattr("nhipcau.web.middleware.seats_of", held)
    answer = client.get(reverse("home"))
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "Máy chủ đang rất bận" in answer.content.decode()
    monkeypatch.setattr("nhipcau.api.door.resolve", held)
    problem = client.get("/api/v1/units", headers={"Accept-Language": "en"})
    assert (problem.status_code, problem["Retry-After"]) == (503, "5")
    assert problem.json()["type"] == "urn:nhip-cau:problem:busy"
