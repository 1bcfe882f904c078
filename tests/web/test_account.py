"""Signing in and out, the post one acts for, the language."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from nhipcau.access.models import Account
from nhipcau.org.actions import appoint, create_post
from nhipcau.org.models import Appointment, Post, Role
from tests.cast import NOW, PASSWORD, SETUP, TODAY, Cast
from tests.web.directive import handed_out


@pytest.fixture(autouse=True)
def today(settings: Settings) -> None:
    settings.DEMO_CLOCK = NOW.isoformat()


def _second_post(cast: Cast, role: Role = Role.BOARD, of: Post | None = None) -> Post:
    account = cast.account(of or cast.local_volunteer)
    post = create_post(
        unit=cast.commune,
        title="Uỷ viên ban chấp hành xã",
        roles=(role,),
        start=TODAY,
        actor=SETUP,
        at=NOW,
    )
    appoint(post=post, person=account.person, start=TODAY, actor=SETUP, at=NOW)
    return post


def test_the_right_password_leads_to_the_page_one_wanted(cast: Cast, client: Client) -> None:
    asked = client.get("/kieu-mau/")
    assert asked["Location"] == "/dang-nhap/?next=%2Fkieu-mau%2F"
    answer = client.post("/dang-nhap/", {"login": " COSO ", "password": PASSWORD, "next": "/kieu-mau/"})
    assert (answer.status_code, answer["Location"]) == (302, "/kieu-mau/")


def test_a_wrong_password_and_an_unknown_login_are_told_alike(cast: Cast, client: Client) -> None:
    def told(login: str) -> str:
        answer = client.post("/dang-nhap/", {"login": login, "password": "sai-mat-khau-1"})
        assert answer.status_code == 422
        return str(answer.context["form"].errors)

    assert told("coso") == told("khong-co-ai")


def test_a_closed_account_cannot_sign_in(cast: Cast, client: Client) -> None:
    Account.objects.filter(login="coso").update(is_active=False)
    assert client.post("/dang-nhap/", {"login": "coso", "password": PASSWORD}).status_code == 422


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org/", "javascript:alert(1)"])
def test_signing_in_never_leads_to_another_site(elsewhere: str, cast: Cast, client: Client) -> None:
    answer = client.post("/dang-nhap/", {"login": "coso", "password": PASSWORD, "next": elsewhere})
    assert answer["Location"] == "/"


def test_signing_out_ends_the_session(cast: Cast, client: Client) -> None:
    client.force_login(cast.account(cast.clerk))
    client.post("/dang-xuat/")
    assert client.get("/").status_code == 302


def test_a_form_without_its_token_is_refused_with_a_sentence(cast: Cast) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/dang-nhap/", {"login": "coso", "password": PASSWORD})
    assert answer.status_code == 403
    assert "Trang đã để quá lâu" in answer.content.decode()


def test_one_may_change_to_another_post_one_holds(cast: Cast, client: Client) -> None:
    other = _second_post(cast)
    client.force_login(cast.account(cast.local_volunteer))
    assert client.get("/").context["seat"].title == "Chủ tịch công đoàn cơ sở"
    client.post("/chuc-danh/", {"post": str(other.uid)})
    page = client.get("/")
    assert page.context["seat"].unit == "Công đoàn xã An Hải"
    assert page.wsgi_request.scope.post == other  # type: ignore[attr-defined]


def test_work_that_waits_at_another_post_is_told_on_the_first_page(cast: Cast, client: Client) -> None:
    other = _second_post(cast)
    client.force_login(cast.account(cast.local_volunteer))
    assert client.get("/").context["elsewhere"] == []
    handed_out(cast)
    page = client.get("/")
    (found,) = page.context["elsewhere"]
    assert (found.post, found.unit, found.count) == (other, "Công đoàn xã An Hải", 1)
    client.post("/chuc-danh/", {"post": str(other.uid)})
    assert client.get("/").context["elsewhere"] == []


def test_nobody_can_act_for_a_post_he_does_not_hold(cast: Cast, client: Client) -> None:
    client.force_login(cast.account(cast.local_volunteer))
    assert client.post("/chuc-danh/", {"post": str(cast.clerk.uid)}).status_code == 404
    assert client.get("/").context["seat"].title == "Chủ tịch công đoàn cơ sở"


def test_rights_end_with_the_post(cast: Cast, client: Client) -> None:
    client.force_login(cast.account(cast.local_volunteer))
    assert client.get("/").status_code == 200
    Appointment.objects.filter(post=cast.local_volunteer).update(valid_to=TODAY)
    refused = client.get("/")
    assert refused.status_code == 403
    assert "không giữ chức danh nào" in refused.content.decode()


def test_a_chosen_post_that_has_ended_gives_way_to_the_one_still_held(cast: Cast, client: Client) -> None:
    other = _second_post(cast)
    client.force_login(cast.account(cast.local_volunteer))
    client.post("/chuc-danh/", {"post": str(other.uid)})
    Post.objects.filter(pk=other.pk).update(valid_from=TODAY - dt.timedelta(9), valid_to=TODAY)
    assert client.get("/").context["seat"].title == "Chủ tịch công đoàn cơ sở"


def test_the_browsers_header_does_not_choose_the_language(db: None, client: Client) -> None:
    page = client.get("/dang-nhap/", headers={"Accept-Language": "en"})
    assert 'lang="vi"' in page.content.decode()


def test_the_language_stays_with_the_device_and_the_account(cast: Cast, client: Client) -> None:
    client.force_login(cast.account(cast.clerk))
    client.post("/ngon-ngu/", {"language": "en", "next": "/"})
    assert '<html lang="en">' in client.get("/").content.decode()
    assert cast.account(cast.clerk).language == "en"
    elsewhere = Client()
    elsewhere.post("/dang-nhap/", {"login": "vanthu", "password": PASSWORD})
    assert '<html lang="en">' in elsewhere.get("/").content.decode()


def test_a_held_clock_is_told_on_every_page(db: None, client: Client) -> None:
    assert "Bản trình diễn, lúc 09:00 16/03/2026" in client.get("/dang-nhap/").content.decode()


def test_without_a_held_clock_there_is_no_banner(db: None, client: Client, settings: Settings) -> None:
    settings.DEMO_CLOCK = ""
    assert "đồng hồ được giữ" not in client.get("/dang-nhap/").content.decode()


def test_a_page_that_only_another_own_post_opens_is_one_press_away(cast: Cast, client: Client) -> None:
    page = "/bao-cao/cho-tiep-nhan/?trang=1"
    client.force_login(cast.account(cast.clerk))
    assert "Chức danh khác của bạn" not in client.get(page).content.decode()
    other = _second_post(cast, Role.APPROVER, of=cast.clerk)
    refused = client.get(page)
    assert refused.status_code == 403
    assert "Mở bằng Uỷ viên ban chấp hành xã, Công đoàn xã" in refused.content.decode()
    assert client.post("/chuc-danh/", {"post": str(other.uid), "next": page})["Location"] == page
    assert client.get(page).status_code == 200


def test_switching_posts_never_leads_to_another_site(cast: Cast, client: Client) -> None:
    other = _second_post(cast)
    client.force_login(cast.account(cast.local_volunteer))
    answer = client.post("/chuc-danh/", {"post": str(other.uid), "next": "https://example.org/"})
    assert answer["Location"] == "/"
