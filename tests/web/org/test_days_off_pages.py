"""Ngày làm việc on the page: read by everybody, entered and taken back by the highest level."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from nhipcau.org.models import DayOverride, Post
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db
TYPED = {"day": "24/04/2026", "kind": "nghi", "note": "Theo Thông báo về nghỉ Giỗ Tổ"}


@pytest.fixture(autouse=True)
def today(settings: Settings) -> None:
    settings.DEMO_CLOCK = NOW.isoformat()


def browser(cast: Cast, post: Post) -> Client:
    client = Client()
    client.force_login(cast.account(post))
    return client


def test_the_province_enters_a_day_and_takes_it_back(cast: Cast) -> None:
    client = browser(cast, cast.provincial_officer)
    shown = client.post(reverse("org:days_off"), TYPED, follow=True).content.decode()
    assert "Theo Thông báo về nghỉ Giỗ Tổ" in shown
    client.post(reverse("org:days_off_drop"), {"day": "2026-04-24"})
    assert not DayOverride.objects.exists()


def test_a_mistake_stands_at_its_field_and_what_was_typed_stays(cast: Cast) -> None:
    wrong = {**TYPED, "day": "25/04/2026"}
    answer = browser(cast, cast.provincial_officer).post(reverse("org:days_off"), wrong)
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"day"}
    assert TYPED["note"] in answer.content.decode()


def test_a_volunteer_reads_the_calendar_and_finds_no_form(cast: Cast) -> None:
    page = browser(cast, cast.local_volunteer).get(reverse("org:days_off") + "?nam=2026").content.decode()
    assert "Ngày làm việc 2026" in page
    assert "02/09/2026" in page
    assert "Ghi vào lịch" not in page


@pytest.mark.parametrize("year", ["99999", "mười", "-3"])
def test_a_year_that_is_none_is_no_error(cast: Cast, year: str) -> None:
    answer = browser(cast, cast.local_volunteer).get(reverse("org:days_off"), {"nam": year})
    assert answer.status_code == 200
