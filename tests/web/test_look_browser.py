"""Every part of the style guide looks as it did when somebody last looked, light and dark, on desk and phone."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser
from pytest_django.fixtures import Settings

from tests.cast import NOW, Cast
from tests.web import fingerprints
from tests.web.browsing import DESK, PHONE
from tests.web.fingerprints import Print
from tests.web.window import Window, window

pytestmark = [pytest.mark.e2e, pytest.mark.needs_program("chromium")]


@pytest.fixture
def guide(browser: Browser, cast: Cast, settings: Settings) -> Iterator[Window]:
    """The style guide, on the day of the tests."""
    settings.DEMO_CLOCK = NOW.isoformat()
    client = Client()
    client.force_login(cast.account(cast.local_volunteer))
    with window(browser) as shown:
        shown.open(reverse("styleguide"), client)
        yield shown


def _look(guide: Window, only: str = "") -> dict[str, Print]:
    found = {}
    for size, where in ((DESK, "desk"), (PHONE, "phone")):
        guide.page.set_viewport_size(size)
        for scheme in ("light", "dark"):
            guide.page.emulate_media(color_scheme=scheme)
            for part in guide.page.locator("main > section.block").all():
                name = f"{part.locator('h2').first.inner_text()} {where} {scheme}"
                if only in name:
                    found[name] = fingerprints.of(part.screenshot(animations="disabled"))
    return found


@pytest.mark.needs_program("chromium-headless-shell")  # the whole browser writes code in another font
def test_every_part_looks_as_it_did(guide: Window) -> None:
    if os.environ.get("NHIPCAU_FINGERPRINTS") == "write":
        fingerprints.write(_look(guide))
    kept, found = fingerprints.read(), _look(guide)
    assert set(kept) == set(found), "a part came or went: see tests/web/fingerprints.py"
    changed = {name: said for name, one in found.items() if (said := one.differs(kept[name]))}
    assert changed == {}, "if this is wanted, see tests/web/fingerprints.py"


@pytest.mark.parametrize(
    ("token", "value", "seen_in"),
    [
        ("--accent", "#7a3fb0", "Nút desk light"),
        ("--good-wash", "#ffd0d0", "Tình trạng phone dark"),
        ("--pad", "1.4rem", "Bảng desk light"),
        ("--surface", "#e8f0ff", "Ô nhập số liệu desk light"),
    ],
)
def test_a_token_that_changes_is_seen(token: str, value: str, seen_in: str, guide: Window) -> None:
    guide.page.evaluate(
        "([name, value]) => document.documentElement.style.setProperty(name, value)", [token, value]
    )
    assert _look(guide, seen_in)[seen_in].differs(fingerprints.read()[seen_in])
