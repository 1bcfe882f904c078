"""The page of codes: who has none learns nothing there."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from nhipcau.access.codes import hand_code
from tests.cast import NOW, SETUP, Cast

pytestmark = pytest.mark.django_db
NEW = "qua-cau-song-moi"
HERE = "203.0.113.7"


@pytest.fixture(autouse=True)
def today(settings: Settings) -> None:
    settings.DEMO_CLOCK = NOW.isoformat()


def tried(code: str, again: str = NEW) -> int:
    typed = {"code": code, "new": NEW, "again": again}
    return int(Client().post("/ma-kich-hoat/", typed, REMOTE_ADDR=HERE).status_code)


def test_twenty_wrong_codes_close_the_page_to_an_address_for_a_while(cast: Cast) -> None:
    code = hand_code(cast.account(cast.clerk), actor=SETUP, at=NOW).code
    assert [tried(f"AAAA-{number}") for number in range(21)] == [422] * 20 + [429]
    assert tried(code) == 429


def test_two_different_passwords_do_not_use_it_up(cast: Cast) -> None:
    code = hand_code(cast.account(cast.clerk), actor=SETUP, at=NOW).code
    assert [tried(code, "mot-cau-khac-han"), tried(code), tried(code)] == [422, 302, 422]


def test_the_page_is_not_kept_by_the_browser(client: Client) -> None:
    assert client.get("/ma-kich-hoat/")["Cache-Control"] == "no-store"
