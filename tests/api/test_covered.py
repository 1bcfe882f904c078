"""What a page does for a post the API can do, or a reason says why not: nothing is silently missing."""

from __future__ import annotations

from nhipcau.api.api import api
from nhipcau.api.covered import NOT_YET
from nhipcau.api.endpoints import ENDPOINTS
from nhipcau.web.checks import patterns
from nhipcau.web.declare import Level, access_of

DECLARED = {name: access_of(pattern.callback) for name, pattern in patterns()}
PAGES = {name for name, access in DECLARED.items() if access and access.level is Level.POST}
DONE = {page for endpoint in ENDPOINTS.values() for page in endpoint.pages}
REASONED = [name for names in NOT_YET.values() for name in names]


def test_every_page_of_a_post_has_an_endpoint_or_a_reason() -> None:
    assert api is not None
    assert sorted(PAGES - DONE - set(REASONED)) == []


def test_no_page_stands_under_two_reasons_or_has_one_without_need() -> None:
    assert sorted(name for name in set(REASONED) if REASONED.count(name) > 1) == []
    assert sorted(DONE & set(REASONED)) == []
    assert sorted((DONE | set(REASONED)) - set(DECLARED)) == []
