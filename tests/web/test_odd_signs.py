"""Signs that no database keeps, figures that are none: in every field of every page, never a fault of the server.

Each value goes to each page under every name that any page reads, as a query and as a form.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.core.signals import got_request_exception
from django.db import transaction
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

import nhipcau.web
from nhipcau.web.checks import patterns
from nhipcau.web.declare import access_of
from tests.cast import Cast
from tests.web.permissions import TABLE, Row

pytestmark = pytest.mark.usefixtures("one_day")
_ASKED = re.compile(r"""(?:GET|POST|query|asked|given|params)(?:\.get|\.getlist)?[(\[]["']([a-z_0-9-]+)["']""")
_DECLARED = re.compile(r"^    ([a-z_]+)(?:: [^=\n]+)? = (?:forms|fields)\.\w+\(", re.MULTILINE)
ODD = {
    "NUL": "an\0toàn",
    "a lone half of a pair": "%ED%A0%80",
    "a raised two": "²",
    "figures without end": "9" * 5_000,
    "too large for a column": "9223372036854775808",
    "no character": "\uffff",
    "the other way round": "a\u202eb",
    "a day before all days": "0001-01-01",
    "NUL in JSON": '{"a": "\\u0000", "b": ["\\ud800", 1e400]}',
    "other people's figures": "٣",
    "a nothing": "NaN",
}
PAGES = {name: found.methods if (found := access_of(one.callback)) else () for name, one in patterns()}
STRESS = "NHIPCAU_STRESS" in os.environ  # then every value goes to every page, else each page gets NUL and another


@cache
def _names() -> tuple[str, ...]:
    code = [path.read_text("utf-8") for path in sorted(Path(nhipcau.web.__path__[0]).rglob("*.py"))]
    return tuple(sorted({name for text in code for one in (_ASKED, _DECLARED) for name in one.findall(text)}))


def _forms(place: int) -> Iterator[tuple[str, str]]:
    nul, *others = ODD.items()
    some = [nul, *others] if STRESS else [nul, others[place % len(others)]]
    for called, value in some:
        data = QueryDict(mutable=True)
        for name in _names():
            data[name] = value
        yield called, data.urlencode().replace("%25ED%25A0%2580", "%ED%A0%80")


def _asked(client: Client, row: Row, cast: Cast, form: str) -> Iterator[int]:
    url = reverse(row.name, kwargs=dict(row.kwargs(cast)))
    yield client.get(f"{url}?{form}"[:16_000]).status_code
    if "POST" in PAGES[row.name]:
        yield client.post(url, form, content_type="application/x-www-form-urlencoded").status_code


@pytest.mark.parametrize("who", ["commune_officer", "local_volunteer"])
def test_no_page_breaks_at_an_odd_sign(who: str, cast: Cast) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(cast.account(getattr(cast, who)))
    broken: dict[str, str] = {}
    kept, told = dict(client.cookies), list[str]()

    def note(sender: object, **more: object) -> None:
        told.append(repr(sys.exc_info()[1])[:200])

    got_request_exception.connect(note)
    try:
        for place, row in enumerate(TABLE):
            for called, form in _forms(place):
                before = transaction.savepoint()
                client.cookies.update(kept)
                for status in _asked(client, row, cast, form):
                    if status >= 500:
                        broken[f"{row.name} ({called})"] = told[-1] if told else str(status)
                transaction.savepoint_rollback(before)
    finally:
        got_request_exception.disconnect(note)
    assert broken == {}
