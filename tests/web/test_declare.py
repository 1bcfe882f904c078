"""Default deny: what declares nothing is not served, and roles are asked of the acting post."""

from __future__ import annotations

from types import ModuleType

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from nhipcau.core.errors import Conflict, Fault, InvalidInput, MissingProgram, NotAllowed, NotFound
from nhipcau.org.models import Role
from nhipcau.web import checks
from nhipcau.web.declare import page, public
from nhipcau.web.request import AnyRequest, PageRequest
from tests.cast import Cast

ERRORS = {
    404: NotFound("Không có văn bản này."),
    403: NotAllowed("Việc này của văn thư."),
    409: Conflict("Báo cáo đã gửi rồi."),
    422: InvalidInput("Chưa nhận tệp này.", [Fault("Dòng 3, cột D", "số chưa rõ")]),
    503: MissingProgram("Máy chủ chưa cài phông chữ Tinos."),
}


def undeclared(request: HttpRequest) -> HttpResponse:
    return HttpResponse("bí mật")


@public()
def broken(request: AnyRequest, status: int) -> HttpResponse:
    raise ERRORS[status]


@page(Role.CLERK)
def for_clerks(request: PageRequest) -> HttpResponse:
    return HttpResponse("sổ công văn")


def _urls() -> ModuleType:
    from nhipcau.web.urls import urlpatterns

    module = ModuleType("tests_web_urls")
    module.urlpatterns = [  # type: ignore[attr-defined]
        *urlpatterns,
        path("tran/", undeclared),
        path("van-thu/", for_clerks, name="clerks"),
        path("loi/<int:status>/", broken, name="broken"),
    ]
    return module


@pytest.fixture(autouse=True)
def more_pages() -> object:
    with override_settings(ROOT_URLCONF=_urls()):
        yield


def test_a_page_that_declares_nothing_is_not_served(cast: Cast, client: Client) -> None:
    client.force_login(cast.account(cast.clerk))
    answer = client.get("/tran/")
    assert answer.status_code == 404
    assert "bí mật" not in answer.content.decode()


def test_the_system_check_names_a_page_without_declaration_and_without_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(checks, "URLCONF", _urls())
    assert [fault.id for fault in checks.check_pages()] == ["nhipcau.web.E001", "nhipcau.web.E002"]


def test_a_page_asks_for_the_role_of_the_acting_post(cast: Cast, client: Client) -> None:
    client.force_login(cast.account(cast.clerk))
    assert client.get("/van-thu/").status_code == 200
    client.force_login(cast.account(cast.provincial_officer))
    refused = client.get("/van-thu/")
    assert refused.status_code == 403
    assert "văn thư" in refused.content.decode()


def test_a_method_that_was_not_declared_is_refused(cast: Cast, client: Client) -> None:
    client.force_login(cast.account(cast.clerk))
    assert client.post("/van-thu/").status_code == 405


@pytest.mark.parametrize("status", ERRORS)
def test_a_domain_error_is_a_page_with_its_sentence_and_a_way_on(status: int, db: None, client: Client) -> None:
    answer = client.get(f"/loi/{status}/")
    text = answer.content.decode()
    assert answer.status_code == status
    assert ERRORS[status].message in text
    assert 'href="/"' in text


def test_every_fault_of_a_refused_input_is_listed(db: None, client: Client) -> None:
    text = client.get("/loi/422/").content.decode()
    assert "Dòng 3, cột D" in text
    assert "số chưa rõ" in text


def test_htmx_gets_a_bare_notice_instead_of_a_page(db: None, client: Client) -> None:
    answer = client.get("/loi/409/", headers={"HX-Request": "true"})
    assert answer.status_code == 409
    assert "<html" not in answer.content.decode()
    assert "Báo cáo đã gửi rồi." in answer.content.decode()
