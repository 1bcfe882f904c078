"""Every page stands in the permission table and answers as the table says."""

from __future__ import annotations

from collections import Counter
from functools import cache
from http import HTTPStatus

import pytest
from django.conf import settings
from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse

from nhipcau.audit.models import Entry
from nhipcau.web.checks import check_pages, patterns
from nhipcau.web.declare import Level, access_of
from tests.cast import Cast
from tests.web.permissions import TABLE, Row
from tests.web.protected import unprotected
from tests.web.uploads import UPLOADS, taking_files
from tests.web.weight import LATER_PAGE, assets, hindrances, travels

pytestmark = pytest.mark.usefixtures("one_day")
PAGES = {name: access_of(pattern.callback) for name, pattern in patterns()}


def test_every_page_declares_who_may_open_it() -> None:
    assert check_pages() == []


def test_every_page_stands_in_the_table_and_the_table_names_no_other() -> None:
    assert {row.name for row in TABLE} == set(PAGES)


def test_no_two_pages_share_a_name() -> None:
    assert [name for name, count in Counter(name for name, _ in patterns()).items() if count > 1] == []


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.name}-{row.method}")
def test_every_row_says_what_the_signed_out_and_the_stranger_get(row: Row) -> None:
    assert "signed_out" in row.expect
    pattern = next(pattern for name, pattern in patterns() if name == row.name)
    about_one_object = bool(pattern.pattern.converters)
    if about_one_object:
        assert row.expect.get("stranger") == 404, "a page about one object does not exist for a stranger"


@pytest.mark.parametrize("row", TABLE, ids=[f"{place}-{row.name}-{row.method}" for place, row in enumerate(TABLE)])
def test_the_page_answers_each_visitor_as_the_table_says(row: Row, cast: Cast) -> None:
    url = reverse(row.name, kwargs=dict(row.kwargs(cast)))
    answers = {}
    for who in row.expect:
        before = transaction.savepoint()  # what one visitor changes, the next does not see
        answers[who] = _ask(row, url, who, cast)
        transaction.savepoint_rollback(before)
    assert answers == dict(row.expect)


# Its form brings a signed number of its own: it uses nobody's rights, and no cookie is set (campaigns.answering).
OPEN_TO_ALL = {"campaign_quiz"}
TAKING = [name for name, access in PAGES.items() if access and "POST" in access.methods]


def test_only_the_quiz_on_a_phone_takes_forms_without_a_session() -> None:
    free = {name for name, found in patterns() if getattr(found.callback, "csrf_exempt", False)}
    assert free == OPEN_TO_ALL


@pytest.mark.parametrize("name", sorted(set(TAKING) - OPEN_TO_ALL))
def test_no_form_is_taken_without_the_token_of_its_page(name: str, cast: Cast) -> None:
    row = next(row for row in TABLE if row.name == name)
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.account(cast.clerk))
    answer = client.post(reverse(name, kwargs=dict(row.kwargs(cast))), dict(row.data))
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert "Trang đã để quá lâu" in answer.content.decode()


# Files that the log does not name one by one: shown within a page, or read by programs under an address of which
# the log says that it was given out and ended.
UNNAMED = {
    "calendar": "a calendar program reads it every few hours",
    "activities:feed": "a calendar program reads it every few hours",
    "activities:waiting_photo": "a picture within its page",
    "activities:thumbnail": "a picture within its page",
    "documents:page_picture": "a picture within its page",
    "campaigns:code": "the public address of a poster, as a picture",
    "money_words": "what was just typed, in words",
    "questions:read_amount": "what was just typed, in words",
    "own_data": "named by the taking itself, in `ops.own_data`",
    "log:file": "named by the taking itself, in `org.log`",
    "analytics:export": "named by the export itself, in `analytics.actions`",
    "passkey_sign_in": "what the device is asked to sign",
    "manifest": "the program on a telephone",
    "worker": "the program on a telephone",
    "ticket": "the program on a telephone",
}


def _is_file(answer: HttpResponseBase) -> bool:
    named = answer.headers.get("Content-Disposition", "")
    return bool(named) or not answer.headers["Content-Type"].startswith("text/html")


def _ask(row: Row, url: str, who: str, cast: Cast) -> int:
    client = Client()
    if who != "signed_out":
        client.force_login(cast.account(getattr(cast, who)))
    answer = getattr(client, row.method)(url, dict(row.data))
    assert unprotected(answer) == []
    access = PAGES[row.name]
    assert access is not None
    if who == "signed_out" and access.level is not Level.PUBLIC:
        assert answer["Location"].startswith(settings.LOGIN_URL)
    if answer.status_code == HTTPStatus.OK and _is_file(answer):
        assert bool(access.takes) != (row.name in UNNAMED), (
            "a file that leaves is named in the log, or says why not"
        )
        logged = [access.takes] if row.method == "get" and access.takes else []
        assert list(Entry.objects.order_by("-pk").values_list("action", flat=True)[: len(logged)]) == logged
    if answer.status_code == HTTPStatus.OK and answer["Content-Type"].startswith("text/html"):
        _is_light(answer.content.decode())
        asks = {name for name, _ in taking_files(answer.content.decode(), url)}
        assert asks <= set(UPLOADS), "a page that takes a file is tried with a large one"
    return int(answer.status_code)


@cache
def _kept() -> set[str]:
    """What the first page has brought, the browser keeps."""
    return assets(Client().get(reverse("sign_in")).content.decode())


def _is_light(page: str) -> None:
    assert hindrances(page) == []
    assert travels(page, assets(page) - _kept()) <= LATER_PAGE
