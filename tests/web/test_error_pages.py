"""Every way a request can fail ends on a page that says what happened and what to do, in both languages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import ProgrammingError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser
from pytest_django.fixtures import Settings

from nhipcau.web import handlers, middleware
from tests.cast import Cast
from tests.web.browsing import faults, photograph
from tests.web.window import Window, window

ENGLISH = {settings.LANGUAGE_COOKIE_NAME: "en"}


class Unlucky(Client):
    """Shows the page where others would see the exception."""

    def __init__(self, **settings: object) -> None:
        super().__init__(raise_request_exception=False, **settings)  # type: ignore[arg-type]


def _said(answer: HttpResponseBase) -> str:
    page = answer.getvalue().decode()
    assert "</html>" in page
    assert "Traceback" not in page
    assert "css/base.css" in page
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    return page


def _in_english(client: Client) -> Client:
    client.cookies.load(ENGLISH)
    return client


def test_an_unknown_address_has_a_page_of_its_own(db: None) -> None:
    answer = Client().get("/khong-co/")
    assert answer.status_code == 404
    assert "Không có trang nào ở địa chỉ này." in _said(answer)


def test_a_step_opened_as_a_page_says_how_to_go_on(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.account(cast.clerk))
    answer = client.get(reverse("sign_out"))
    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    assert "Trang này không mở theo cách ấy" in _said(answer)
    assert "cannot be opened that way" in _said(_in_english(client).get(reverse("sign_out")))


def test_more_than_the_server_takes_is_named_as_such(db: None, settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 20
    answer = Unlucky().post(reverse("sign_in"), {"login": "x" * 100})
    assert answer.status_code == 413
    assert "Nội dung gửi lên quá lớn" in _said(answer)
    assert "Too much was sent at once" in _said(
        _in_english(Unlucky()).post(reverse("sign_in"), {"login": "x" * 100})
    )


def test_a_host_that_is_not_ours_gets_a_page_too(db: None) -> None:
    answer = Unlucky().get(reverse("sign_in"), headers={"host": "khac.example"})
    assert answer.status_code == 400
    assert "Yêu cầu không đọc được" in _said(answer)


def test_a_form_of_a_session_that_is_over_says_so(db: None) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(reverse("sign_in"), {"login": "x", "password": "y"})
    assert answer.status_code == 403
    assert "Trang đã để quá lâu" in _said(answer)
    assert "left open too long" in _said(_in_english(strict).post(reverse("sign_in"), {"login": "x"}))


def test_an_expired_session_leads_back_to_the_page_one_was_on(cast: Cast) -> None:
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = "het-tu-lau"
    came = "http://testserver/van-ban/?trang=2"
    sent = client.post(reverse("tasks:acknowledge_all"), headers={"referer": came})
    assert sent["Location"] == "/dang-nhap/?next=%2Fvan-ban%2F%3Ftrang%3D2&het=gui"
    assert "nội dung vừa gửi chưa được nhận" in _said(client.get(sent["Location"]))
    assert client.get(reverse("profile"))["Location"].endswith("&het=mo")


def test_an_expired_session_leads_to_no_page_of_others(db: None) -> None:
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = "het-tu-lau"
    sent = client.post(reverse("tasks:acknowledge_all"), headers={"referer": "https://khac.example/x"})
    assert sent["Location"] == "/dang-nhap/?het=gui"


def test_who_was_never_signed_in_is_told_of_no_session(db: None) -> None:
    assert Client().get(reverse("profile"))["Location"] == "/dang-nhap/?next=%2Ftai-khoan%2F"


@pytest.fixture
def fault(monkeypatch: pytest.MonkeyPatch) -> None:
    """Our own pages fail."""

    def fail(*_: object) -> None:
        raise ZeroDivisionError("bí mật")

    monkeypatch.setattr(middleware, "seats_of", fail)


def test_a_fault_of_ours_says_so_and_gives_nothing_away(cast: Cast, fault: None) -> None:
    client = Unlucky()
    client.force_login(cast.account(cast.clerk))
    answer = client.get(reverse("home"))
    assert answer.status_code == 500
    assert "Máy chủ gặp lỗi" in _said(answer)
    assert "bí mật" not in _said(answer)
    assert "The server met an error" in _said(_in_english(client).get(reverse("home")))


def test_a_fragment_gets_the_notice_alone(cast: Cast, fault: None) -> None:
    client = Unlucky()
    client.force_login(cast.account(cast.clerk))
    answer = client.get(reverse("home"), headers={"HX-Request": "true"})
    assert "<html" not in answer.content.decode()
    assert "Máy chủ gặp lỗi" in answer.content.decode()


def test_a_database_of_an_older_version_is_named(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ProgrammingError("no such column")

    client = Unlucky()
    client.force_login(cast.account(cast.clerk))
    monkeypatch.setattr(middleware, "seats_of", fail)
    assert client.get(reverse("home")).status_code == 500, "every migration has run: this one is our own fault"
    MigrationRecorder(connection).migration_qs.filter(app="org").order_by("-pk")[0].delete()
    answer = client.get(reverse("home"))
    assert answer.status_code == 503
    assert "Phần mềm đang được nâng cấp" in _said(answer)
    assert "being upgraded" in _said(_in_english(client).get(reverse("home")))


@pytest.fixture
def away(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No database answers, and the browser brings a session that would have to be looked up."""
    connection.close()
    with monkeypatch.context() as patched:
        patched.setitem(connection.settings_dict, "NAME", "/khong-co/nhip-cau.sqlite3")
        yield
        connection.close()


def _with_session() -> Client:
    client = Unlucky()
    client.cookies[settings.SESSION_COOKIE_NAME] = "mot-phien"
    return client


def test_a_database_that_is_away_is_named_and_tried_again(away: None) -> None:
    answer = _with_session().get(reverse("home"))
    assert answer.status_code == 503
    assert answer["Retry-After"] == "10"
    assert "Máy chủ chưa nối được với cơ sở dữ liệu" in _said(answer)
    assert "cannot reach its database" in _said(_in_english(_with_session()).get(reverse("home")))


@pytest.fixture(scope="module")
def shown(browser: Browser) -> Iterator[Window]:
    with window(browser) as made:
        yield made


@pytest.mark.e2e
@pytest.mark.needs_program("chromium")
def test_the_page_is_sound_while_the_database_is_away(away: None, shown: Window) -> None:
    shown.open(reverse("home"), _with_session())
    assert shown.page.locator("h1").inner_text() == "Máy chủ chưa nối được với cơ sở dữ liệu"
    photograph(shown.page, "loi-503")
    assert faults(shown.page) == []


def test_every_answer_has_its_handler() -> None:
    from nhipcau.config import urls

    for name in ("handler400", "handler403", "handler404", "handler500"):
        module, _, function = getattr(urls, name).rpartition(".")
        assert module == handlers.__name__
        assert callable(getattr(handlers, function))
