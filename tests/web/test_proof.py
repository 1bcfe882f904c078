"""The password once more before what cannot be taken back; what was sent is carried along."""

from __future__ import annotations

import re

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings

from nhipcau.access.codes import hand_code
from nhipcau.access.models import EntryCode
from nhipcau.documents.models import Document, RegisterEntry
from nhipcau.reports.models import IssuedReport
from nhipcau.web.checks import patterns
from nhipcau.web.declare import access_of
from tests.cast import NOW, PASSWORD, SETUP, Cast
from tests.web.browsing import follow, inspect, sign_in
from tests.web.documents.test_registers_pages import OWN
from tests.web.reports import places

ASKED = 403
ASKING = {
    "identities",
    "identity_drop",
    "org:appoint",
    "org:enter",
    "org:reissue",
    "org:undo",
    "own_data",
    "passkey",
    "recovery_codes",
    "second_app",
    "second_remove",
    "reports:answer",
    "reports:issue",
    "reports:signing",
    "tokens",
}


@pytest.fixture(autouse=True)
def today(settings: Settings) -> None:
    settings.DEMO_CLOCK = NOW.isoformat()
    settings.FRESH_MINUTES = 15


def aged(client: Client) -> Client:
    """As if the password had been typed long ago."""
    session = client.session
    for one in session["account_authentication_methods"]:
        one["at"] -= 16 * 60
    session.save()
    return client


@pytest.fixture
def clerk(cast: Cast) -> Client:
    client = Client()
    client.post("/dang-nhap/", {"login": "vanthu", "password": PASSWORD})
    return client


def address(cast: Cast) -> str:
    return f"/bao-cao/phat-hanh/thang/2026-02/{cast.province.uid}/"


def test_the_pages_that_ask_are_these() -> None:
    found = {name for name, pattern in patterns() if (access := access_of(pattern.callback)) and access.fresh}
    assert found == ASKING


def test_who_has_just_signed_in_is_not_asked(cast: Cast, clerk: Client) -> None:
    places.to_issue(cast)
    assert clerk.post(address(cast), {"nguoi-ky": str(cast.provincial_officer.uid)}).status_code == 302
    assert IssuedReport.objects.exists()


def test_later_the_password_is_asked_for_and_what_was_sent_goes_on(cast: Cast, clerk: Client) -> None:
    places.to_issue(cast)
    sent = {"nguoi-ky": str(cast.provincial_officer.uid)}
    asked = aged(clerk).post(address(cast), sent)
    assert asked.status_code == ASKED
    assert asked["Cache-Control"] == "no-store"
    assert f'name="nguoi-ky" value="{sent["nguoi-ky"]}"' in asked.content.decode()
    assert not IssuedReport.objects.exists()
    wrong = clerk.post(address(cast), {**sent, "xac-nhan": "khong-phai-the-nay"})
    assert wrong.status_code == ASKED
    assert "Mật khẩu chưa đúng." in wrong.content.decode()
    assert "khong-phai-the-nay" not in wrong.content.decode()
    done = clerk.post(address(cast), {**sent, "xac-nhan": PASSWORD})
    assert done["Location"].startswith("/bao-cao/da-phat-hanh/")


def test_once_it_was_given_nobody_is_asked_again_for_a_while(cast: Cast) -> None:
    client = Client()
    client.post("/dang-nhap/", {"login": "xa", "password": PASSWORD})
    url = reverse("org:reissue", kwargs={"uid": cast.local_volunteer.uid})
    assert aged(client).post(url).status_code == ASKED
    assert client.post(url, {"xac-nhan": PASSWORD}).status_code == 200
    assert client.post(url).status_code == 200
    assert EntryCode.objects.count() == 1


def test_only_the_step_that_cannot_be_taken_back_asks(cast: Cast) -> None:
    places.signing(cast)
    client = Client()
    client.post("/dang-nhap/", {"login": "vanthu", "password": PASSWORD})
    url = reverse("reports:signing", kwargs=dict(places.signing(cast)))
    assert aged(client).post(url, {"buoc": "so"}).status_code == 422
    assert client.post(url, {"buoc": "ban-ky"}).status_code == ASKED


def test_a_number_for_a_letter_asks_for_none_as_it_can_be_voided(cast: Cast, clerk: Client) -> None:
    aged(clerk).post(reverse("documents:outgoing"), OWN)
    letter, entry = Document.objects.get(), RegisterEntry.objects.get()
    void = reverse("documents:void", kwargs={"uid": letter.uid})
    assert clerk.post(void, {"reason": "lấy nhầm số"}).status_code == 302
    entry.refresh_from_db()
    assert entry.void_reason == "lấy nhầm số"


def test_somebody_at_a_device_left_open_cannot_guess(cast: Cast, clerk: Client) -> None:
    aged(clerk)
    sent = {"nguoi-ky": str(cast.provincial_officer.uid), "xac-nhan": "sai"}
    assert {clerk.post(address(cast), sent).status_code for _ in range(5)} == {ASKED}
    told = clerk.post(address(cast), {**sent, "xac-nhan": PASSWORD})
    assert told.status_code == ASKED
    assert "Đã thử sai quá nhiều lần" in told.content.decode()


def test_a_session_that_never_typed_a_password_is_asked(cast: Cast) -> None:
    places.to_issue(cast)
    client = Client()
    client.force_login(cast.account(cast.clerk))
    assert client.post(address(cast), {"nguoi-ky": str(cast.provincial_officer.uid)}).status_code == ASKED


def test_a_code_counts_as_a_password(cast: Cast) -> None:
    code = hand_code(cast.account(cast.clerk), actor=SETUP, at=NOW).code
    places.to_issue(cast)
    client = Client()
    client.post("/ma-kich-hoat/", {"code": code, "new": "qua-cau-song-moi", "again": "qua-cau-song-moi"})
    assert client.post(address(cast), {"nguoi-ky": str(cast.provincial_officer.uid)}).status_code == 302


def test_a_form_with_a_file_asks_on_its_own_page(cast: Cast, clerk: Client) -> None:
    url = reverse("reports:signing", kwargs=dict(places.signing(cast)))
    asks = re.compile(r'name="xac-nhan"')
    assert not asks.search(clerk.get(url).content.decode())
    clerk.post(url, {"buoc": "so", "signed_on": "16/03/2026"})
    assert asks.search(aged(clerk).get(url).content.decode())


@pytest.mark.e2e
@pytest.mark.needs_program("chromium")
@pytest.mark.django_db(transaction=True)
def test_a_code_is_given_after_the_password_was_typed_again(page: Page, live_cast: Cast) -> None:
    sign_in(page, "xa")
    (cookie,) = [one for one in page.context.cookies() if one["name"] == django_settings.SESSION_COOKIE_NAME]
    client = Client()
    client.cookies[django_settings.SESSION_COOKIE_NAME] = cookie["value"]
    aged(client)
    page.goto(reverse("org:post", kwargs={"uid": live_cast.local_volunteer.uid}))
    follow(page.get_by_role("button", name="Cấp mã kích hoạt"))
    expect(page.get_by_role("heading", name="Xác nhận lại")).to_be_visible()
    expect(page.get_by_label("Mật khẩu đang dùng")).to_be_focused()
    inspect(page, "proof")
    page.keyboard.type(PASSWORD)
    follow(page.get_by_role("button", name="Xác nhận và làm tiếp"))
    expect(page.get_by_text("Đã cấp mã kích hoạt")).to_be_visible()
    inspect(page, "code-given")
