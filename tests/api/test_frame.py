"""What holds for every endpoint: who is let in, how errors read, what is cached, what is done once."""

from __future__ import annotations

import json
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from ninja import NinjaAPI

from nhipcau.access.models import ApiAnswer
from nhipcau.access.tokens.once import KEPT, KeptAnswers
from nhipcau.api.api import api
from nhipcau.api.auth import Nobody, TokenAuth
from nhipcau.api.endpoints import ENDPOINTS
from nhipcau.api.openapi import as_text, document
from nhipcau.api.reference import as_markdown
from nhipcau.web.checks import patterns
from nhipcau.web.declare import access_of
from tests.api.asking import problem, program
from tests.cast import NOW, Cast

DOCS = Path(__file__).resolve().parents[2] / "docs" / "reference"
PAGES = {name: access_of(pattern.callback) for name, pattern in patterns()}


def operations(of: NinjaAPI) -> list[Any]:
    return [one for _, router in of._routers for view in router.path_operations.values() for one in view.operations]


def test_the_document_is_the_committed_one() -> None:
    """After a change: nhipcau api schema > docs/reference/openapi.json"""
    assert (DOCS / "openapi.json").read_text("utf-8") == as_text()


def test_the_reference_is_the_committed_one() -> None:
    """After a change: nhipcau api reference > docs/reference/api.md"""
    assert (DOCS / "api.md").read_text("utf-8") == as_markdown()


def test_the_document_is_of_openapi_31_and_served_to_everybody() -> None:
    served = Client().get("/api/v1/openapi.json")
    assert served.status_code == 200
    assert json.loads(served.content) == document()
    assert document()["openapi"].startswith("3.1")


def test_every_operation_declares_its_scope() -> None:
    for operation in operations(api):
        (auth,) = operation.auth_callbacks
        assert isinstance(auth, TokenAuth)
        assert ENDPOINTS[auth.endpoint.name] is auth.endpoint
    assert len(operations(api)) == len(ENDPOINTS)


def test_an_operation_without_a_scope_is_served_to_nobody() -> None:
    bare = NinjaAPI(auth=Nobody(), urls_namespace="bare", docs_url=None, openapi_url=None)

    @bare.get("/open")
    def forgotten(request: object) -> str:
        return "nothing"

    assert [type(one) for operation in operations(bare) for one in operation.auth_callbacks] == [Nobody]


def test_an_endpoint_asks_no_less_of_a_post_than_its_pages() -> None:
    for endpoint in ENDPOINTS.values():
        for name in endpoint.pages:
            access = PAGES[name]
            assert access is not None, f"{endpoint.name}: no page {name}"


def test_an_address_that_is_none_is_a_problem(cast: Cast) -> None:
    answer = program(cast.clerk).get("/nowhere")
    assert (answer.status_code, problem(answer)) == (404, "not-found")


def test_a_method_that_is_none_is_a_problem(cast: Cast) -> None:
    answer = program(cast.clerk).post("/me", {})
    assert (answer.status_code, problem(answer), answer["Allow"]) == (405, "method-not-allowed", "GET")


def test_errors_speak_english_to_who_asks_for_it(cast: Cast) -> None:
    asking = program(cast.clerk)
    assert asking.get("/nowhere").json()["title"] == "Không tìm thấy"
    answer = asking.get("/nowhere", headers={"Accept-Language": "en-GB"})
    assert (answer.json()["title"], answer["Content-Language"]) == ("Not found", "en")


def test_a_list_that_did_not_change_is_not_sent_again(cast: Cast) -> None:
    asking = program(cast.provincial_officer)
    first = asking.get("/seats")
    again = asking.get("/seats", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (HTTPStatus.NOT_MODIFIED, b"")


def test_a_long_list_leads_on_to_its_end(cast: Cast) -> None:
    asking = program(cast.provincial_officer)
    page, seen = asking.get("/seats", limit=2, whole=True).json(), []
    while True:
        seen += page["items"]
        if page["next"] is None:
            break
        page = asking.get(page["next"].removeprefix("/api/v1").partition("?")[0], **_query(page["next"])).json()
    assert len(seen) == page["total"] == 5


def _query(address: str) -> dict[str, Any]:
    return dict(part.split("=") for part in address.partition("?")[2].split("&"))


def test_a_limit_out_of_bounds_names_the_field(cast: Cast) -> None:
    answer = program(cast.clerk).get("/seats", limit=1000)
    assert (answer.status_code, problem(answer)) == (422, "invalid-request")
    assert answer.json()["errors"][0]["where"].endswith("limit")


def test_a_fault_of_ours_is_a_problem_and_tells_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError("mật khẩu là …")

    monkeypatch.setattr("nhipcau.api.routers.me.directory.directory", broken)
    answer = program(cast.clerk).get("/seats")
    assert (answer.status_code, problem(answer)) == (500, "server-fault")
    assert "mật khẩu" not in answer.content.decode()


def test_no_answer_of_the_api_sets_a_cookie(cast: Cast) -> None:
    answer = program(cast.clerk).get("/me")
    assert not answer.cookies
    assert answer["Cache-Control"] == "private, no-cache"
    assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_answers_are_kept_for_a_day(cast: Cast) -> None:
    from nhipcau.access.models import ApiToken

    program(cast.clerk)
    ApiAnswer.objects.create(token=ApiToken.objects.get(), key="a", digest="", at=NOW - KEPT * 2)
    ApiAnswer.objects.create(token=ApiToken.objects.get(), key="b", digest="", at=NOW)
    kept = KeptAnswers()
    assert (kept.left(at=NOW), kept.sweep(at=NOW), kept.left(at=NOW)) == (1, 1, 0)
