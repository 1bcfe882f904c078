"""Where an account is signed in, and how that ends."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from nhipcau.access.codes import hand_code
from nhipcau.access.devices import devices_of
from nhipcau.access.models import Device
from nhipcau.audit.models import Entry
from nhipcau.web.account.devices import words_of
from tests.cast import NOW, PASSWORD, SETUP, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.database]
PHONE = (
    "Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 "
    "Mobile Safari/537.36"
)
DESK = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0"
NEW = "qua-cau-song-moi"
HERE = "203.0.113.7"


@pytest.fixture(autouse=True)
def today(settings: Settings) -> None:
    settings.DEMO_CLOCK = NOW.isoformat()


def entered(agent: str, login: str = "coso") -> Client:
    client = Client(headers={"User-Agent": agent}, REMOTE_ADDR=HERE)
    assert client.post("/dang-nhap/", {"login": login, "password": PASSWORD}).status_code == 302
    return client


def inside(client: Client) -> bool:
    return client.get("/").status_code == 200


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (PHONE, "Chrome, Android"),
        (DESK, "Firefox, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) Version/17.4 Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/131.0.0.0 Safari/537.36 Edg/131.0", "Edge, Windows"),
        ("curl/8.5", ""),
    ],
)  # fmt: skip
def test_a_browser_is_called_as_its_officer_calls_it(agent: str, words: str) -> None:
    assert words_of(agent) == words


def test_each_sign_in_is_listed_without_an_address(cast: Cast) -> None:
    entered(PHONE)
    page = entered(DESK).get(reverse("devices")).content.decode()
    assert "Chrome, Android" in page and "Firefox, Windows" in page
    assert page.count("thiết bị này") == 1
    assert HERE not in str(list(Device.objects.values()))
    assert HERE not in str([session.get_decoded() for session in Session.objects.all()])


def test_one_signed_out_is_a_stranger_at_its_next_request(cast: Cast) -> None:
    phone, desk = entered(PHONE), entered(DESK)
    lost = Device.objects.get(words="Chrome, Android")
    assert desk.post(reverse("devices"), {"thiet-bi": str(lost.uid)}).status_code == 302
    assert (inside(phone), inside(desk)) == (False, True)
    assert Entry.objects.filter(action="access.device_ended").count() == 1
    assert desk.post(reverse("devices"), {"thiet-bi": str(lost.uid)}).status_code == 404


def test_all_others_are_signed_out_at_once(cast: Cast) -> None:
    others, own = [entered(PHONE), entered(DESK)], entered(DESK)
    own.post(reverse("devices"), {"thiet-bi": "khac"})
    assert [inside(client) for client in [*others, own]] == [False, False, True]
    assert devices_of(cast.account(cast.local_volunteer)).count() == 1


@pytest.mark.parametrize("wanted", ["", "khong-phai", "0198c000-0000-7000-8000-000000000000"])
def test_nobody_elses_device_exists(wanted: str, cast: Cast) -> None:
    own, other = entered(DESK), entered(PHONE, "vanthu")
    theirs = Device.objects.get(account=cast.account(cast.clerk))
    assert own.post(reverse("devices"), {"thiet-bi": wanted or str(theirs.uid)}).status_code == 404
    assert inside(other)


def test_after_a_change_of_password_only_this_device_is_left(cast: Cast) -> None:
    phone, desk = entered(PHONE), entered(DESK)
    desk.post(reverse("change_password"), {"old": PASSWORD, "new": NEW, "again": NEW})
    assert (inside(phone), inside(desk)) == (False, True)
    (left,) = devices_of(cast.account(cast.local_volunteer))
    assert left.words == "Firefox, Windows"


def test_a_code_from_the_level_above_ends_them_all(cast: Cast) -> None:
    phone = entered(PHONE)
    hand_code(cast.account(cast.local_volunteer), actor=SETUP, at=NOW)
    assert not inside(phone)
    assert not Device.objects.exists()


def test_a_session_that_has_ended_is_not_listed_and_then_forgotten(cast: Cast) -> None:
    entered(PHONE).post(reverse("sign_out"))
    assert not devices_of(cast.account(cast.local_volunteer)).exists()
    entered(DESK)
    assert [device.words for device in Device.objects.all()] == ["Firefox, Windows"]


def test_when_it_was_last_seen_is_noted_now_and_then(cast: Cast, settings: Settings) -> None:
    client = entered(PHONE)
    settings.DEMO_CLOCK = (NOW + dt.timedelta(hours=1)).isoformat()
    client.get("/")
    assert Device.objects.get().seen_at == NOW + dt.timedelta(hours=1)
    settings.DEMO_CLOCK = (NOW + dt.timedelta(hours=1, minutes=1)).isoformat()
    client.get("/")
    assert Device.objects.get().seen_at == NOW + dt.timedelta(hours=1), "no write with every page"
