"""Helpers of every browser test: signing in by keyboard, and looking for what would shut somebody out."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Locator, Page, ViewportSize, expect

from tests.cast import PASSWORD

MARKS = [pytest.mark.e2e, pytest.mark.needs_program("chromium"), pytest.mark.django_db(transaction=True)]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--font-render-hinting=none",
]  # what it would report to the outside is switched off; letters are drawn alike by every build of it
PATIENCE = 60_000  # milliseconds: a busy machine is slow, not wrong; what works is never waited for that long
DESK = ViewportSize(width=1366, height=900)
PHONE = ViewportSize(width=390, height=844)
_ASK = """([rules]) =>
  axe.run({resultTypes: ["violations"], preload: false, ...(rules && {runOnly: rules})}).then(({violations}) =>
    violations.flatMap(({id, nodes}) => nodes.slice(0, 3).map(({html}) => `${id}: ${html}`)))"""
# What a change of scheme can break: the rest of axe's rules read the document, which stays the same.
_COLOURS = ["color-contrast", "link-in-text-block"]
_SCHEMES: tuple[tuple[Literal["light", "dark"], list[str] | None], ...] = (("light", None), ("dark", _COLOURS))


def sign_in(page: Page, login: str = "coso", *, password: str = PASSWORD) -> None:
    """By keyboard alone; the first field has the focus."""
    page.goto("/dang-nhap/")
    expect(page.locator("[name=login]")).to_be_focused()
    page.keyboard.type(login)
    page.keyboard.press("Tab")
    expect(page.locator("[name=password]")).to_be_focused()
    page.keyboard.type(password)
    with page.expect_navigation():  # to the end: the scripts that hear the next key have come too
        page.keyboard.press("Enter")
    page.locator(".seat").wait_for()


def sign_out(page: Page) -> None:
    """By keyboard; whoever asks for a page before the answer came is signed in still."""
    follow(page.get_by_role("button", name="Đăng xuất"))


def follow(target: Locator) -> None:
    """Press Enter on a link or button and wait for the page it leads to: a look right after it sees the old one."""
    with target.page.expect_navigation():
        target.press("Enter")


def tap(target: Locator) -> None:
    """The same by mouse or finger."""
    with target.page.expect_navigation():
        target.click()


def go_to(page: Page, part: str) -> None:
    """By the menu of the parts of the work; on a phone it is opened first."""
    menu = page.get_by_role("navigation", name="Các phần việc")
    opener = menu.get_by_role("button", name="Các phần việc")
    if opener.is_visible():
        opener.press("Enter")
    follow(menu.get_by_role("link", name=part, exact=True))


def until(page: Page, holds: Callable[[], bool]) -> None:
    """Look again and again, where `expect` has nothing to say."""
    deadline = time.monotonic() + PATIENCE / 1000
    while not holds():
        assert time.monotonic() < deadline, "it did not come about"
        page.wait_for_timeout(50)


def violations(page: Page, rules: list[str] | None = None) -> list[str]:
    """Whatever axe finds, however slight, with the first elements it concerns; only by those rules, if given."""
    page.wait_for_load_state()
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(_ASK, [rules])
    return found


def faults(page: Page, name: str = "") -> list[str]:
    """Light and dark, desk and phone: what axe finds, and what must be scrolled sideways; photographed if named."""
    found = []
    for size, where in ((DESK, "desk"), (PHONE, "phone")):
        page.set_viewport_size(size)
        for scheme, rules in _SCHEMES:
            page.emulate_media(
                color_scheme=scheme, reduced_motion="reduce"
            )  # what fades in is looked at when there
            photograph(page, f"{name}-{where}-{scheme}")
            found += [f"{where}, {scheme}: {fault}" for fault in violations(page, rules)]
        if page.evaluate("document.documentElement.scrollWidth") > size["width"]:
            found.append(f"{where}: wider than the screen")
    return found


def photograph(page: Page, name: str) -> None:
    """Keep a picture for people to look at, where NHIPCAU_SCREENSHOTS names a directory."""
    folder = os.environ.get("NHIPCAU_SCREENSHOTS")
    if folder and not name.startswith("-"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def inspect(page: Page, name: str) -> None:
    """The page as it stands now shuts nobody out."""
    found = faults(page, name)
    assert not found, f"{name}: {found}"


def tab_to(page: Page, target: Locator, most: int = 120) -> None:
    """Press Tab until the target has the focus, as somebody without a mouse does; past the end it starts anew."""
    expect(target).to_be_visible()
    for _ in range(most):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{target} is not reached by Tab")
