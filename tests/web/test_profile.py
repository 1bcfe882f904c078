"""One's own account: how pages look on every device, one's posts, who acts for whom."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from nhipcau.access.actions import open_account
from nhipcau.org.actions import appoint, create_post, end_appointment
from nhipcau.org.delegating import delegate
from nhipcau.org.models import Appointment, Post, Role
from tests.cast import NOW, PASSWORD, SETUP, TODAY, Cast

HTML = re.compile(r"<html[^>]*>")


@pytest.fixture(autouse=True)
def today(settings: Settings) -> None:
    settings.DEMO_CLOCK = NOW.isoformat()


@pytest.fixture
def volunteer(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.account(cast.local_volunteer))
    return client


def chosen(client: Client, **changes: str) -> int:
    sent = {"language": "vi", "theme": "", "density": "", **changes}
    return client.post(reverse("profile"), sent).status_code


def head(client: Client, name: str = "home") -> str:
    found = HTML.search(client.get(reverse(name)).content.decode())
    assert found
    return found.group()


def test_unless_something_is_chosen_the_page_goes_by_the_device(volunteer: Client) -> None:
    assert head(volunteer) == '<html lang="vi">'
    assert 'name="color-scheme" content="light dark"' in volunteer.get(reverse("home")).content.decode()


def test_what_is_chosen_stands_on_the_page_itself_on_every_device(volunteer: Client, cast: Cast) -> None:
    assert chosen(volunteer, theme="dark", density="touch", language="en") == 302
    assert head(volunteer) == '<html lang="en" data-theme="dark" data-density="touch">'
    other = Client()
    other.post(reverse("sign_in"), {"login": "coso", "password": PASSWORD})
    assert head(other) == '<html lang="en" data-theme="dark" data-density="touch">'
    assert 'name="color-scheme" content="dark"' in other.get(reverse("home")).content.decode()


def test_it_is_each_officer_s_own_and_before_signing_in_only_the_language_stays(
    volunteer: Client, cast: Cast
) -> None:
    chosen(volunteer, theme="dark", language="en")
    stranger = Client()
    stranger.force_login(cast.account(cast.stranger))
    assert head(stranger) == '<html lang="vi">'
    volunteer.post(reverse("sign_out"))
    assert head(volunteer, "sign_in") == '<html lang="en">'


@pytest.mark.parametrize("wrong", [{"theme": "hong"}, {"density": "x"}, {"language": "fr"}, {"language": ""}])
def test_a_choice_that_is_none_is_refused(wrong: dict[str, str], volunteer: Client) -> None:
    assert chosen(volunteer, **wrong) == 422
    assert head(volunteer) == '<html lang="vi">'


def test_the_switch_of_the_header_keeps_the_other_choices(volunteer: Client) -> None:
    chosen(volunteer, theme="light", density="compact")
    volunteer.post(reverse("language"), {"language": "en"})
    assert head(volunteer) == '<html lang="en" data-theme="light" data-density="compact">'


def _deputy(cast: Cast) -> Post:
    post = create_post(
        unit=cast.commune, title="Phó Chủ tịch xã", roles=[Role.REPORTER], start=TODAY, actor=SETUP, at=NOW
    )
    account = open_account(login="phoxa", password=PASSWORD, name="Người giữ chức phó", actor=SETUP, at=NOW)
    appoint(post=post, person=account.person, start=TODAY, actor=SETUP, at=NOW)
    return post


def test_it_names_posts_since_when_and_who_acts_for_whom(volunteer: Client, cast: Cast) -> None:
    officer = Client()
    officer.force_login(cast.account(cast.commune_officer))
    deputy = _deputy(cast)
    delegate(taker=deputy, roles=[Role.REPORTER], first=TODAY, last=TODAY, actor=cast.commune_officer, at=NOW)
    page = officer.get(reverse("profile")).content.decode()
    assert "Công đoàn xã An Hải" in page and "từ 01/07/2025" in page
    assert deputy.title in page
    assert deputy.title not in volunteer.get(reverse("profile")).content.decode()


def test_an_officer_without_a_post_still_chooses_how_pages_look(volunteer: Client, cast: Cast) -> None:
    held = Appointment.objects.get(post=cast.local_volunteer)
    end_appointment(appointment=held, end=TODAY, actor=SETUP, at=NOW)
    page = volunteer.get(reverse("profile")).content.decode()
    assert "Hôm nay bạn không giữ chức danh nào" in page
    assert chosen(volunteer, theme="dark") == 302
    assert head(volunteer, "profile") == '<html lang="vi" data-theme="dark">'
