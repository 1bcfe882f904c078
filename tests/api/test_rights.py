"""Generated from the endpoints themselves: who is let in where, beside the pages' permission table."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest

from nhipcau.access.models import ApiAnswer, TokenScope
from nhipcau.api.api import api
from nhipcau.api.endpoints import ENDPOINTS, Endpoint
from nhipcau.org.models import Post
from nhipcau.web.checks import patterns
from nhipcau.web.declare import access_of
from tests.api.asking import Program, problem, program
from tests.cast import Cast

PAGES = {name: access_of(pattern.callback) for name, pattern in patterns()}
EVERY = sorted(ENDPOINTS.values(), key=lambda one: one.name)
SAID = {"{direction}": "incoming", "{int:year}": "2026", "{int:number}": "1", "{str:period}": "2026-Q1"}
assert api is not None


def address(endpoint: Endpoint) -> str:
    """With things in it that do not exist."""
    path = endpoint.path
    for hole, filling in SAID.items():
        path = path.replace(hole, filling)
    path = re.sub(r"\{uuid:\w+\}", str(uuid.uuid4()), path)
    return re.sub(r"\{\w+:\w+\}", "khong-co", path)


def ask(endpoint: Endpoint, asking: Program) -> Any:
    if endpoint.method == "GET":
        return asking.get(address(endpoint))
    return asking.send(endpoint.method.lower(), address(endpoint), {})


@pytest.mark.parametrize("endpoint", EVERY, ids=lambda one: one.name)
def test_nobody_is_let_in_without_a_token(endpoint: Endpoint, db: None) -> None:
    answer = ask(endpoint, Program(""))
    assert (answer.status_code, problem(answer)) in ((401, "token-missing"), (401, "token-refused"))


@pytest.mark.parametrize("endpoint", EVERY, ids=lambda one: one.name)
def test_a_token_with_every_scope_but_its_own_is_refused(endpoint: Endpoint, cast: Cast) -> None:
    others = [scope for scope in TokenScope if scope != endpoint.scope]
    answer = ask(endpoint, program(cast.local_volunteer, *others))
    assert (answer.status_code, problem(answer)) == (403, "scope-missing")
    assert not ApiAnswer.objects.exists()


@pytest.mark.parametrize("endpoint", [one for one in EVERY if one.roles], ids=lambda one: one.name)
def test_a_post_without_the_roles_is_refused(endpoint: Endpoint, cast: Cast) -> None:
    Post.objects.filter(pk=cast.local_volunteer.pk).update(roles=[])
    answer = ask(endpoint, program(cast.local_volunteer))
    assert (answer.status_code, problem(answer)) == (403, "not-allowed")


@pytest.mark.parametrize("endpoint", EVERY, ids=lambda one: one.name)
def test_what_does_not_exist_is_never_a_fault(endpoint: Endpoint, cast: Cast) -> None:
    answer = ask(endpoint, program(cast.commune_officer))
    if "{uuid:" in endpoint.path:
        assert answer.status_code in (404, 422), answer.content
    assert answer.status_code < 500


@pytest.mark.parametrize("endpoint", EVERY, ids=lambda one: one.name)
def test_it_asks_of_a_post_no_less_than_its_pages_do(endpoint: Endpoint) -> None:
    """A step may be open to fewer than the page it stands on, never to more."""
    for name in endpoint.pages:
        access = PAGES[name]
        assert access is not None
        if access.roles:
            assert endpoint.roles and set(endpoint.roles) <= set(access.roles), (endpoint.name, name)


def test_reading_is_a_scope_of_its_own() -> None:
    assert {one.scope for one in EVERY if not one.writes} == {TokenScope.READ}
    assert TokenScope.READ not in {one.scope for one in EVERY if one.writes}
