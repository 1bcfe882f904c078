"""The page that takes a federation's own spreadsheet: looked at, matched by a person, entered or refused whole."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from nhipcau.org.models import Post
from nhipcau.reports.models import Submission
from tests import quarterly
from tests.cast import Cast
from tests.exchange.test_own_table import PEOPLE, ROWS, workbook
from tests.quarterly import LATER, PERIOD


@pytest.fixture(autouse=True)
def published(cast: Cast, settings: Settings) -> None:
    settings.DEMO_CLOCK = LATER.isoformat()
    quarterly.publish()


def client(cast: Cast, post: Post) -> Client:
    made = Client()
    made.force_login(cast.account(post))
    return made


def address(cast: Cast) -> str:
    return reverse("reports:own_table", args=["quy", PERIOD.key, cast.commune.uid])


def looked_at(cast: Cast, officer: Client) -> str:
    file = SimpleUploadedFile("so.xlsx", workbook(ROWS))
    return officer.post(address(cast), {"table": file}).content.decode()


def carried(page: str) -> str:
    found = re.search(r'name="noi-dung" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def test_the_columns_are_shown_and_the_people_are_not(cast: Cast) -> None:
    page = looked_at(cast, client(cast, cast.commune_officer))
    assert "Cột C, D trông như thông tin của từng người" in page
    assert not any(name in page for name in PEOPLE)
    assert "E · Quà Tết – Số suất quà" in page
    assert not Submission.objects.exists()


def test_what_a_person_confirms_is_entered(cast: Cast) -> None:
    officer = client(cast, cast.commune_officer)
    sent = {"noi-dung": carried(looked_at(cast, officer)), "cot-4": "gifts", "cot-5": "money"}
    assert officer.post(address(cast), sent).status_code == 302
    assert Submission.objects.filter(entry_source="table").count() == 2
    again = officer.post(address(cast), sent)
    assert again.status_code == 302  # what was entered and not confirmed may be entered again


def test_a_table_that_was_tampered_with_is_refused(cast: Cast) -> None:
    officer = client(cast, cast.commune_officer)
    answer = officer.post(address(cast), {"noi-dung": carried(looked_at(cast, officer))[:-3] + "abc"})
    assert answer.status_code == 422
    assert not Submission.objects.exists()


def test_it_is_nobody_elses_page(cast: Cast) -> None:
    assert client(cast, cast.stranger).get(address(cast)).status_code == 404
