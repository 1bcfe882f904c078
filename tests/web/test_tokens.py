"""The style guide shows every token of the design and every icon, and what fetches parts fetches them there too."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client

from nhipcau.web import icons
from nhipcau.web.kit import tokens
from tests.cast import Cast

CSS = Path(tokens.__file__).parents[1] / "static" / "css"
GUIDE, FETCHED = "/kieu-mau/", {"HX-Request": "true"}


@pytest.fixture
def client(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.account(cast.local_volunteer))
    return client


def test_every_token_has_a_place_and_every_place_a_token() -> None:
    shown = {one.name: sort.look for sort in tokens.sorts() for one in sort.tokens}
    assert [one.name for one in tokens.tokens() if one.name not in shown] == []
    assert set(shown.values()) == {"colour", "type", "shape", "motion"}
    looks = set(re.findall(r"\.token-([\w-]+)", (CSS / "kit.css").read_text("utf-8")))
    assert looks == {name for name, look in shown.items() if look != "colour"}


def test_no_style_uses_a_token_that_is_not_there() -> None:
    known = {one.name for one in tokens.tokens()}
    used = {name for path in CSS.glob("*.css") for name in re.findall(r"var\(--([\w-]+)", path.read_text("utf-8"))}
    assert used - known == set()
    assert known - used == set()


def test_the_guide_shows_tokens_and_icons(client: Client) -> None:
    page = client.get(GUIDE).content.decode()
    assert [one.name for one in tokens.tokens() if f"<code>--{one.name}</code>" not in page] == []
    assert [name for name in icons.NAMES if f"{icons.drawn(name)}<code>{name}</code>" not in page] == []


def test_what_the_guide_fetches_is_a_part_of_a_page(client: Client) -> None:
    told = {
        "": "Trường Tiểu học Hải Long",
        "?phan=nguon": "Công đoàn xã Đông Thành",
        "?phan=sau": "Chưa có báo cáo nào được tiếp nhận",
    }
    for query, words in told.items():
        part = client.get(GUIDE + query, headers=FETCHED).content.decode()
        assert words in part
        assert "<html" not in part
