"""The first steps of each post, seen done in what is there; and the walk through a demonstration."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser
from pytest_django.fixtures import Settings

from nhipcau.org.actions import create_post
from nhipcau.org.models import Role
from nhipcau.web.help import guide
from nhipcau.web.help.tour import STOPS
from tests.cast import NOW, SETUP, TODAY, Cast
from tests.web import directive
from tests.web.browsing import inspect
from tests.web.reports import scenes
from tests.web.window import Window, window


def _client(cast: Cast, who: str) -> Client:
    client = Client()
    client.force_login(cast.account(getattr(cast, who)))
    return client


@pytest.mark.parametrize(
    ("who", "wanted"),
    [
        ("local_volunteer", guide.VOLUNTEER),
        ("commune_officer", guide.COMMUNE),
        ("provincial_officer", guide.PROVINCE),
        ("clerk", guide.CLERK),
    ],
)
def test_each_kind_of_post_has_its_own_list(who: str, wanted: guide.Guide, cast: Cast) -> None:
    assert guide.guide_of(cast.scope(getattr(cast, who))) is wanted
    home = _client(cast, who).get(reverse("home")).content.decode()
    assert all(step.title in home for step in wanted.steps)


def test_an_administrator_and_an_auditor_have_theirs(cast: Cast) -> None:
    for role, wanted in ((Role.ADMINISTRATOR, guide.ADMINISTRATOR), (Role.AUDITOR, guide.NONE)):
        post = create_post(unit=cast.province, title=role, roles=(role,), start=TODAY, actor=SETUP, at=NOW)
        assert guide.guide_of(cast.scope(post)) is wanted


def _done(cast: Cast, who: str) -> set[str]:
    return {step.key for step, done in guide.progress(cast.scope(getattr(cast, who))) if done}


def test_a_step_is_done_once_its_trace_is_there(cast: Cast) -> None:
    every = {who: _done(cast, who) for who in ("local_volunteer", "commune_officer", "provincial_officer", "clerk")}
    assert every == {
        "local_volunteer": set(),
        "commune_officer": {"chuc-danh"},
        "provincial_officer": set(),
        "clerk": set(),
    }
    directive.at_local(cast)
    scenes.issued(cast)
    person = cast.account(cast.local_volunteer).person
    person.email = "coso@vi-du.vn"
    person.save()
    assert _done(cast, "local_volunteer") == {"lien-he", "ghi-hoat-dong", "gui-bao-cao"}
    assert _done(cast, "commune_officer") == {"tiep-nhan", "giao-viec", "nhan-bao-cao", "chuc-danh"}
    assert _done(cast, "provincial_officer") == {"vao-so", "giao-viec", "bieu-mau", "nhan-bao-cao", "phat-hanh"}
    assert _done(cast, "clerk") == {"mo-so", "vao-so"}


def test_every_open_step_leads_to_a_page_the_post_may_open(cast: Cast) -> None:
    for who in ("local_volunteer", "commune_officer", "provincial_officer", "clerk"):
        for step, _ in guide.progress(cast.scope(getattr(cast, who))):
            assert _client(cast, who).get(step.url).status_code == 200, f"{who}: {step.key}"


def test_the_list_put_aside_is_found_again_in_the_help(cast: Cast) -> None:
    volunteer = _client(cast, "local_volunteer")
    assert "Bước đầu của bạn" in volunteer.get(reverse("home")).content.decode()
    answer = volunteer.post(reverse("help:dismiss"), follow=True).content.decode()
    assert "Đã cất danh sách bước đầu" in answer
    assert "Bước đầu của bạn" not in volunteer.get(reverse("home")).content.decode()
    assert "Bước đầu của bạn" in volunteer.get(reverse("help:start")).content.decode()
    assert "Bước đầu của bạn" in _client(cast, "clerk").get(reverse("home")).content.decode()


def test_a_list_done_is_shown_no_more(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nhipcau.web.help.views.progress", lambda scope: [(guide.VOLUNTEER.steps[0], True)])
    assert "Bước đầu của bạn" not in _client(cast, "local_volunteer").get(reverse("home")).content.decode()


def test_whoever_holds_no_post_is_helped_too(cast: Cast) -> None:
    post = cast.local_volunteer
    account = cast.account(post)
    account.person.appointments.all().delete()
    client = Client()
    client.force_login(account)
    assert client.get(reverse("help:start")).status_code == 200


def test_a_demonstration_has_a_walk_through_the_main_job(cast: Cast, settings: Settings) -> None:
    settings.DEMO_CLOCK = NOW.isoformat()
    volunteer = _client(cast, "local_volunteer")
    page = volunteer.get(reverse("help:tour")).content.decode()
    assert len(STOPS) == 8
    assert all(f'href="{stop.url}"' in page for stop in STOPS)
    assert reverse("help:tour") in volunteer.get(reverse("help:start")).content.decode()


def test_its_accounts_are_those_of_the_demonstration() -> None:
    from nhipcau.demo.people import ACCOUNTS

    assert {stop.login for stop in STOPS} <= {login for _, _, login, _ in ACCOUNTS}


@pytest.fixture(scope="module")
def shown(browser: Browser) -> Iterator[Window]:
    with window(browser) as made:
        yield made


@pytest.mark.e2e
@pytest.mark.needs_program("chromium")
def test_the_pages_are_sound(cast: Cast, shown: Window, settings: Settings) -> None:
    settings.DEMO_CLOCK = NOW.isoformat()
    for name in ("home", "help:start", "help:tour"):
        shown.open(reverse(name), _client(cast, "commune_officer"))
        inspect(shown.page, f"buoc-dau-{name.replace(':', '-')}")
