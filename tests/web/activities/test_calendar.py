"""Lịch hoạt động: a month of a unit or its branch, and a feed under an address that can be ended."""

from __future__ import annotations

import datetime as dt
import hmac

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar
from pytest_django.fixtures import Settings

from nhipcau.access.models import Account
from nhipcau.activities.actions import withdraw_activity
from nhipcau.activities.joint import answer_partnership
from nhipcau.activities.models import ActivityPartner
from nhipcau.org.actions import end_appointment
from nhipcau.org.models import Appointment, Post
from tests.cast import NOW, SETUP, TODAY, Cast
from tests.web.activities.conftest import As
from tests.web.reports import places, scenes


def days(client: Client, **query: str) -> dict[int, int]:
    """Day of the month to how many activities it shows."""
    page = client.get("/hoat-dong/lich/", query)
    return {one.day.day: len(one.rows) + one.more for week in page.context["weeks"] for one in week if one.rows}


def test_a_month_shows_the_unit_and_with_a_tap_its_branch(cast: Cast, acting: As) -> None:
    scenes.publish()
    scenes.gave_gifts(cast.local_volunteer)
    scenes.gave_gifts(cast.commune_officer, day=dt.date(2026, 2, 3))
    client = acting(cast.commune_officer)
    assert days(client, thang="2026-02") == {3: 1}
    assert days(client, thang="2026-02", **{"pham_vi": "nhanh"}) == {3: 1, 10: 1}
    assert days(client, thang="2026-02", **{"don_vi": str(cast.local.uid)}) == {10: 1}
    assert days(client, thang="khong-co") == {}
    assert client.get("/hoat-dong/lich/", {"don_vi": str(cast.sibling_local.uid)}).status_code == 404
    assert days(acting(cast.stranger), thang="2026-02", **{"pham_vi": "nhanh"}) == {}


def test_the_months_before_and_after_are_a_key_away(cast: Cast, acting: As) -> None:
    page = acting(cast.local_volunteer).get("/hoat-dong/lich/?thang=2026-01").content.decode()
    assert 'data-key="ArrowLeft" href="?thang=2025-12"' in page
    assert 'data-key="ArrowRight" href="?thang=2026-02"' in page


def test_a_day_of_many_lists_a_few_and_leads_to_the_rest(cast: Cast, acting: As) -> None:
    scenes.publish()
    for _time in range(5):
        scenes.gave_gifts(cast.local_volunteer)
    page = acting(cast.local_volunteer).get("/hoat-dong/lich/?thang=2026-02").content.decode()
    assert "và 2 hoạt động nữa" in page
    assert "?tu=10/02/2026&amp;den=10/02/2026" in page


def test_withdrawn_ones_and_those_one_took_no_part_in_are_left_out(cast: Cast, acting: As) -> None:
    places.joint(cast)
    partner = ActivityPartner.objects.get()
    client = acting(cast.commune_officer)
    assert days(client) == {TODAY.day: 1}
    answer_partnership(partner=partner, ours=False, actor=cast.commune_officer, at=NOW)
    assert days(client) == {}
    assert days(acting(cast.local_volunteer)) == {TODAY.day: 1}
    withdraw_activity(activity=partner.activity, reason="ghi nhầm", actor=cast.local_volunteer, at=NOW)
    assert days(acting(cast.local_volunteer)) == {}


@pytest.fixture
def officer(cast: Cast, acting: As, settings: Settings) -> Post:
    """A commune officer who has taken a calendar address; one gift of the local union lies below."""
    settings.SITE_URL = "https://nhipcau.example"
    scenes.publish()
    scenes.gave_gifts(cast.local_volunteer)
    acting(cast.commune_officer).post(reverse("calendar_address"), {"viec": "moi"})
    return cast.commune_officer


def address(acting: As, post: Post, of: str) -> str:
    page = acting(post).get("/hoat-dong/lich/", {"pham_vi": of})
    return str(page.context["feed"]).removeprefix("https://nhipcau.example")


def events(path: str) -> list[str]:
    answer = Client().get(path)
    assert answer["Content-Type"].startswith("text/calendar")
    return [str(one["summary"]) for one in Calendar.from_ical(answer.content).walk("VEVENT")]


def test_a_feed_holds_titles_units_and_dates_and_no_figures(acting: As, officer: Post) -> None:
    path = address(acting, officer, "nhanh")
    assert events(path) == ["Quà Tết cho đoàn viên (Công đoàn cơ sở Công ty May Hải Âu)"]
    assert "6000000" not in Client().get(path).content.decode()
    assert events(address(acting, officer, "don-vi")) == []


def test_ending_the_address_ends_every_feed_and_one_does_not_tell_the_other(
    acting: As, officer: Post, cast: Cast
) -> None:
    branch, unit = address(acting, officer, "nhanh"), address(acting, officer, "don-vi")
    account = cast.account(officer)
    assert Account.objects.get(pk=account.pk).calendar not in branch
    assert branch != unit
    acting(officer).post(reverse("calendar_address"), {"viec": "huy"})
    assert {Client().get(one).status_code for one in (branch, unit)} == {404}


def test_a_post_that_ended_shows_nothing_more(acting: As, officer: Post) -> None:
    path = address(acting, officer, "nhanh")
    end_appointment(appointment=Appointment.objects.get(post=officer), end=TODAY, actor=SETUP, at=NOW)
    assert events(path) == []


def test_an_account_that_gave_out_no_address_has_no_feed(cast: Cast) -> None:
    account = cast.account(cast.local_volunteer)
    for of in ("don-vi", "nhanh"):
        key = hmac.new(b"", of.encode(), "sha256").hexdigest()[:32]
        assert Client().get(f"/hoat-dong/lich/{account.uid}/{key}.ics").status_code == 404
