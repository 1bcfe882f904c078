"""Helpers of every browser test: signing in by keyboard, and looking for what would shut somebody out."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error, Locator, Page, ViewportSize, expect

from tests.cast import PASSWORD

MARKS = [pytest.mark.e2e, pytest.mark.needs_program("chromium"), pytest.mark.django_db(transaction=True)]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
DESK = ViewportSize(width=1366, height=900)
PHONE = ViewportSize(width=390, height=844)
_ASK = """([rules]) =>
  axe.run({resultTypes: ["violations"], preload: false, ...(rules && {runOnly: rules})}).then(({violations}) =>
    violations.flatMap(({id, nodes}) => nodes.slice(0, 3).map(({html}) => `${id}: ${html}`)))"""
# What a change of scheme can break: the rest of axe's rules read the document, which stays the same.
_COLOURS = ["color-contrast", "link-in-text-block"]


def sign_in(page: Page, login: str = "coso", *, password: str = PASSWORD) -> None:
    """By keyboard alone; the first field has the focus."""
    page.goto("/dang-nhap/")
    expect(page.locator("[name=login]")).to_be_focused()
    page.keyboard.type(login)
    page.keyboard.press("Tab")
    expect(page.locator("[name=password]")).to_be_focused()
    page.keyboard.type(password)
    page.keyboard.press("Enter")
    page.locator(".seat").wait_for()


def follow(target: Locator) -> None:
    """Press Enter on a link or button and wait for the page it leads to: a look right after it sees the old one."""
    with target.page.expect_navigation():
        target.press("Enter")


def serious(page: Page) -> list[str]:
    """What axe finds serious or critical, with the first element it concerns."""
    page.wait_for_load_state()
    try:
        found = Axe().run(page).response["violations"]
    except Error:  # the page was left while it was read: what counts is the one arrived at
        page.wait_for_load_state()
        found = Axe().run(page).response["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html']}" for v in found if v["impact"] in ("serious", "critical")]


def inspect_all(page: Page) -> list[str]:
    """Light and dark, desk and phone: whatever axe finds, however slight, and what must be scrolled sideways."""
    found = []
    page.evaluate(AXE_SCRIPT)
    for size, where in ((DESK, "desk"), (PHONE, "phone")):
        page.set_viewport_size(size)
        for scheme, rules in (("light", None), ("dark", _COLOURS)):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            found += [f"{where}, {scheme}: {fault}" for fault in page.evaluate(_ASK, [rules])]
        if page.evaluate("document.documentElement.scrollWidth") > size["width"]:
            found.append(f"{where}: wider than the screen")
    return found


def photograph(page: Page, name: str) -> None:
    """Keep a picture for people to look at, where NHIPCAU_SCREENSHOTS names a directory."""
    folder = os.environ.get("NHIPCAU_SCREENSHOTS")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def inspect(page: Page, name: str) -> None:
    """Light and dark, desk and phone: nothing serious, nothing to scroll sideways."""
    for size, where in ((DESK, "desk"), (PHONE, "phone")):
        page.set_viewport_size(size)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            photograph(page, f"{name}-{where}-{scheme}")
            assert serious(page) == [], f"{name}, {where}, {scheme}"
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], f"{name}, {where}"


def tab_to(page: Page, target: Locator, most: int = 120) -> None:
    """Press Tab until the target has the focus, as somebody without a mouse does; past the end it starts anew."""
    expect(target).to_be_visible()
    for _ in range(most):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{target} is not reached by Tab")
