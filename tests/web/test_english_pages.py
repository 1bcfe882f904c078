"""An English page holds no Vietnamese of ours, on any page of the permission table.

What people typed (names of units, letters, reports) is theirs and stays as it is; so does what is marked lang="vi".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from html.parser import HTMLParser
from http import HTTPStatus

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import CharField, JSONField, Model, TextField
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.web.furnished import furnished
from tests.web.permissions import TABLE, Row, nothing

pytestmark = pytest.mark.usefixtures("one_day")
MARKED = re.compile(r"[\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323đĐ]")  # a Vietnamese letter, taken apart
# Addresses, keys and what a field holds; every other attribute is there to be read or said.
SILENT = {"action", "class", "content", "for", "href", "id", "lang", "name", "src", "value"}
NOT_DATA = {"audit", "outbox"}  # what the system says of itself
# English keeps these: our name, the language's own, Tết, the currency, the symbol of decrees, an invented commune.
KEPT = ("Nhịp Cầu", "Tiếng Việt", "Tết", "đồng", "NĐ-CP", "Đông Thành")
QUOTED = re.compile(r"“[^”]*”")  # words looked at, not used
PIECES = re.compile(r" · |…|; ")
SPACES = re.compile(r"\s+")


class Words(HTMLParser):
    """What a page says in English: its texts, and the attributes that are read aloud or shown."""

    VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}

    def __init__(self, page: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self._open: list[tuple[str, str]] = []
        self.feed(page)

    def _speaks(self, lang: str | None = None) -> bool:
        told = lang or next((lang for _, lang in reversed(self._open) if lang), "en")
        return told == "en" and not any(tag in ("script", "style") for tag, _ in self._open)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = dict(attrs)
        if self._speaks(own.get("lang")):
            said = (value for name, value in attrs if value and name not in SILENT and not name.startswith("hx-"))
            self.said.extend(said)
        if tag not in self.VOID:
            self._open.append((tag, own.get("lang") or ""))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._speaks():
            self.said.append(data)


def ours(page: str, typed: list[str]) -> list[str]:
    """The Vietnamese that is left once everything typed is taken out; `typed`: the longest first."""
    left = []
    for said in map(_plain, Words(page).said):
        rest = QUOTED.sub(" ", said)
        for text in typed:
            if not _vietnamese(rest):
                break
            rest = rest.replace(text, " ")
        pieces = [piece.strip(" .,;:()") for piece in PIECES.split(rest)]
        if any(_vietnamese(piece) and not any(piece in text for text in typed) for piece in pieces):
            left.append(said)
    return left


def _plain(text: str) -> str:
    return SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()


def _vietnamese(text: str) -> bool:
    return bool(MARKED.search(unicodedata.normalize("NFD", text)))


def typed() -> list[str]:
    """Every Vietnamese text of the database that has no English of its own beside it."""
    found: set[str] = set()
    for model in apps.get_models():
        if model.__module__.startswith("nhipcau.") and model._meta.app_label not in NOT_DATA:
            found.update(text for value in _values(model) for text in _texts(value))
    plain = {_plain(text) for text in found if _vietnamese(text)}
    lines = {_plain(line) for text in found for line in text.splitlines() if _vietnamese(line)}
    return sorted(plain | lines | set(KEPT), key=len, reverse=True)


def _values(model: type[Model]) -> Iterator[object]:
    fields = [
        field for field in model._meta.concrete_fields if isinstance(field, CharField | TextField | JSONField)
    ]
    names = {field.name for field in fields}
    plain = [field.name for field in fields if not field.choices and f"{field.name}_en" not in names]
    for row in model._default_manager.order_by().values_list(*plain) if plain else ():
        yield from row


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        own = (one for key, one in value.items() if value.get(f"{key}_en", "") in ("", one))
        yield from (text for one in own for text in _texts(one))
    elif isinstance(value, list | tuple):
        yield from (text for one in value for text in _texts(one))


def _let_in(row: Row) -> list[str]:
    return [who for who, status in row.expect.items() if row.method == "get" and status == HTTPStatus.OK]


PAGES = [row for row in TABLE if _let_in(row)]
LISTS = [row for row in PAGES if row.kwargs is nothing]


def _read(row: Row, cast: Cast) -> list[str]:
    url = reverse(row.name, kwargs=dict(row.kwargs(cast)))
    client, who = Client(), next((who for who in _let_in(row) if who != "stranger"), "stranger")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    if who != "signed_out":
        client.force_login(cast.account(getattr(cast, who)))
    answer = client.get(url, dict(row.data))
    if not answer.headers["Content-Type"].startswith("text/html"):
        return []
    asked = [piece for value in row.data.values() for piece in (value, ", ".join(value.split()))]
    return ours(answer.content.decode(), [*typed(), *asked])


@pytest.mark.once  # the permission table asks the same pages for the same on both databases
@pytest.mark.parametrize("row", PAGES, ids=[f"{place}-{row.name}" for place, row in enumerate(PAGES)])
def test_a_page_says_everything_in_english(row: Row, cast: Cast) -> None:
    assert _read(row, cast) == []


@pytest.mark.parametrize("row", LISTS, ids=[f"{place}-{row.name}" for place, row in enumerate(LISTS)])
def test_a_page_with_work_on_it_says_everything_in_english(row: Row, db: None) -> None:
    assert _read(row, furnished()) == []


@pytest.mark.parametrize(
    ("page", "left"),
    [
        ("<p>Hạn gửi</p>", ["Hạn gửi"]),
        ('<a title="Xem việc" href="/viec/đã">x</a>', ["Xem việc"]),
        ('<p lang="vi">Hạn gửi <b>hôm nay</b></p><p>today</p>', []),
        ('<p lang="vi">Hạn <span lang="en">gửi</span></p>', ["gửi"]),
        ("<p>Công đoàn xã An Hải: 3 reports</p>", []),
        ("<p>Công đoàn xã An Hải: 3 báo cáo</p>", ["Công đoàn xã An Hải: 3 báo cáo"]),
        ("<p>xã An Hải · 3 tasks</p>", []),
        ("<p>As printed: “trước ngày 10/5”, in đồng.</p>", []),
    ],
)
def test_what_is_ours_is_told_from_what_was_typed(page: str, left: list[str]) -> None:
    assert ours(f'<html lang="en">{page}</html>', ["Công đoàn xã An Hải", *KEPT]) == left
