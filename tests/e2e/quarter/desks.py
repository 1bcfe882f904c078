"""The cast at their screens: desks, a volunteer's telephone, and a school that keeps spreadsheets."""

from __future__ import annotations

import datetime as dt

from playwright.sync_api import Browser, Page
from pytest_django.fixtures import Settings

from nhipcau.access.actions import open_account
from nhipcau.org.actions import appoint, create_post
from nhipcau.org.models import Post, Role
from tests.cast import NOW, PASSWORD, SETUP, Cast
from tests.e2e.office import Desks
from tests.web.browsing import DESK, inspect

START = dt.date(2025, 7, 1)


class Quarter(Desks):
    """Six people; the local union of the brickworks has nobody who signs in."""

    year = 2026

    def __init__(self, browser: Browser, url: str, settings: Settings, cast: Cast) -> None:
        super().__init__(browser, url, settings)
        self.cast, self.school = cast, _school(cast)
        settings.SITE_URL = url
        self.at(3, 16)
        self.tinh, self.vanthu, self.xa, self.phuong, self.truong = (
            self.sit(login, PASSWORD) for login in ("tinh", "vanthu", "xa", "phuong", "truong")
        )
        self.coso = self.sit("coso", PASSWORD, phone=True)


def look(page: Page, name: str) -> None:
    """Axe and pictures at both widths, in light and dark; then as it was before."""
    before = page.viewport_size or DESK
    inspect(page, name)
    page.set_viewport_size(before)
    page.emulate_media(color_scheme="light")


def _school(cast: Cast) -> Post:
    """The post of the school's local union, held by somebody who signs in."""
    roles = (Role.BOARD, Role.REPORTER, Role.APPROVER)
    post = create_post(unit=cast.other_local, title="Chủ tịch", roles=roles, start=START, actor=SETUP, at=NOW)
    account = open_account(
        login="truong", password=PASSWORD, name="Người giữ chức Chủ tịch", phone="0200 000 001", actor=SETUP, at=NOW
    )
    appoint(post=post, person=account.person, start=START, actor=SETUP, at=NOW)
    return post
