"""Mật khẩu: at any time."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from tests.cast import NOW, PASSWORD, Cast

PAGE = "/tai-khoan/mat-khau/"
NEW = "qua-cau-song-moi"
TYPED = {"old": PASSWORD, "new": NEW, "again": NEW}


@pytest.fixture(autouse=True)
def today(settings: Settings) -> None:
    settings.DEMO_CLOCK = NOW.isoformat()


@pytest.fixture
def browser(cast: Cast) -> Client:
    return signed_in()


def signed_in(password: str = PASSWORD) -> Client:
    client = Client()
    assert client.post("/dang-nhap/", {"login": "coso", "password": password}).status_code == 302
    return client


def test_this_device_stays_and_every_other_one_is_signed_out(cast: Cast, browser: Client) -> None:
    other = signed_in()
    assert browser.post(PAGE, TYPED)["Location"] == "/"
    assert browser.get("/").status_code == 200
    assert other.get("/")["Location"].startswith("/dang-nhap/")
    signed_in(NEW)


def test_who_chose_it_sees_the_way_to_the_page(browser: Client) -> None:
    assert f'href="{PAGE}"' in browser.get("/").content.decode()


@pytest.mark.parametrize(
    ("changed", "vi", "en"),
    [
        ({"old": "khong-phai"}, "mật khẩu đang dùng chưa đúng", "the password in use is not right"),
        ({"again": "khac-han-lan-kia"}, "Hai lần nhập chưa giống nhau", "The two entries are not the same"),
        ({"new": "ngan", "again": "ngan"}, "phải có ít nhất 10 ký tự", "needs 10 characters"),
        (dict.fromkeys(("new", "again"), "1234567890"), "Mật khẩu này quá phổ biến", "too common"),
        (dict.fromkeys(("new", "again"), "mat-khau-coso"), "không được chứa tên đăng nhập", "contain the login"),
    ],
    ids=["wrong", "typed differently", "short", "known to all", "the login in it"],
)
def test_what_is_wrong_is_said_in_the_visitors_language(
    browser: Client, changed: dict[str, str], vi: str, en: str
) -> None:
    answer = browser.post(PAGE, TYPED | changed)
    assert (answer.status_code, vi in answer.content.decode()) == (422, True)
    browser.post("/ngon-ngu/", {"language": "en"})
    assert en in browser.post(PAGE, TYPED | changed).content.decode()


def test_somebody_at_a_device_left_open_cannot_guess_the_password_here(browser: Client) -> None:
    for guess in range(5):
        assert "chưa đúng" in browser.post(PAGE, TYPED | {"old": f"thu-{guess}"}).content.decode()
    assert "thử sai quá nhiều lần" in browser.post(PAGE, TYPED).content.decode()


def test_looking_for_a_good_new_password_is_no_guessing(browser: Client) -> None:
    for _ in range(6):
        browser.post(PAGE, TYPED | {"new": "1234567890", "again": "1234567890"})
    assert browser.post(PAGE, TYPED)["Location"] == "/"
