"""Every page of the permission table in a real browser: sound in light and dark, on desk and phone."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser

from tests.cast import Cast
from tests.web.browsing import faults
from tests.web.furnished import furnished
from tests.web.permissions import TABLE, Row, nothing
from tests.web.window import Window, window

pytestmark = [pytest.mark.e2e, pytest.mark.needs_program("chromium"), pytest.mark.usefixtures("one_day")]


@pytest.fixture(scope="module")
def shown(browser: Browser) -> Iterator[Window]:
    with window(browser) as made:
        yield made


def _let_in(row: Row) -> list[str]:
    return [who for who, status in row.expect.items() if row.method == "get" and status == HTTPStatus.OK]


def _fitting(row: Row) -> str:
    """The stranger last: somebody with work on the page tells more than somebody without."""
    return next((who for who in _let_in(row) if who != "stranger"), "stranger")


PAGES = [row for row in TABLE if _let_in(row)]
LISTS = [row for row in PAGES if row.kwargs is nothing]


@pytest.mark.parametrize("row", PAGES, ids=[f"{place}-{row.name}" for place, row in enumerate(PAGES)])
def test_a_page_is_sound(row: Row, cast: Cast, shown: Window) -> None:
    """Each with what its address needs and nothing else: what shows lists shows empty ones."""
    _look(row, reverse(row.name, kwargs=dict(row.kwargs(cast))), cast, shown)


@pytest.mark.parametrize("row", LISTS, ids=[f"{place}-{row.name}" for place, row in enumerate(LISTS)])
def test_a_page_is_sound_with_work_on_it(row: Row, db: None, shown: Window) -> None:
    _look(row, reverse(row.name), furnished(), shown)


def _look(row: Row, url: str, cast: Cast, shown: Window) -> None:
    client, who = Client(), _fitting(row)
    if who != "signed_out":
        client.force_login(cast.account(getattr(cast, who)))
    answer = client.get(url, dict(row.data))
    if answer.headers["Content-Type"].startswith("text/html") and b"</html>" in answer.getvalue():
        query = answer.wsgi_request.META["QUERY_STRING"]
        shown.open(f"{url}?{query}" if query else url, client)
        assert faults(shown.page) == []
        assert shown.faults == []
        shown.leave()


@pytest.mark.parametrize(
    ("spoilt", "found"),
    [
        ("document.querySelector('h1').outerHTML = '<h4>Việc</h4>'", "desk, light: page-has-heading-one"),
        ("document.body.prepend(document.querySelector('main h1'))", "desk, light: region"),
        ("document.querySelector('label').remove()", "desk, light: label"),
        ("document.documentElement.style.setProperty('--ink', '#26323a')", "phone, dark: color-contrast"),
        ("document.querySelector('main').style.minWidth = '500px'", "phone: wider than the screen"),
    ],
)
def test_what_would_shut_somebody_out_is_found(spoilt: str, found: str, db: None, shown: Window) -> None:
    shown.open(reverse("sign_in"), Client())
    shown.page.evaluate(spoilt)
    assert any(fault.startswith(found) for fault in faults(shown.page))


def test_what_the_policy_refuses_is_found(db: None, shown: Window) -> None:
    shown.open(reverse("sign_in"), Client())
    shown.page.evaluate("document.querySelector('main').setAttribute('style', 'color: red')")
    assert any("Content Security Policy" in fault for fault in shown.faults)
