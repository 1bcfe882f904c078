"""What is planned: on a page, in the calendar and its feed, and recorded from there."""

from __future__ import annotations

from icalendar import Calendar

from nhipcau.activities.models import Activity, ActivityType, PlannedActivity
from tests.cast import TODAY, Cast
from tests.web.activities.conftest import As
from tests.web.reports import scenes


def made(cast: Cast, acting: As) -> PlannedActivity:
    """The local union plans for today, on the page."""
    scenes.publish()
    client, kind = acting(cast.local_volunteer), ActivityType.objects.order_by("pk")[0]
    page = client.get("/hoat-dong/du-kien/").content.decode()
    assert f"?loai={kind.code}" in page
    given = {"day": f"{TODAY:%d/%m/%Y}", "title": "Tập huấn đầu quý", "place": "Hội trường"}
    assert client.post(f"/hoat-dong/du-kien/?loai={kind.code}", given).status_code == 302
    return PlannedActivity.objects.get()


def test_it_stands_in_the_calendar_and_counts_nowhere(cast: Cast, acting: As) -> None:
    plan = made(cast, acting)
    page = acting(cast.commune_officer).get("/hoat-dong/lich/?thang=2026-03&pham_vi=nhanh")
    assert f"/hoat-dong/du-kien/{plan.uid}/" in page.content.decode()
    assert (page.context["total"], page.context["ahead"]) == (0, 1)
    assert not Activity.objects.exists()


def test_its_figures_are_entered_from_its_page(cast: Cast, acting: As) -> None:
    plan = made(cast, acting)
    client = acting(cast.local_volunteer)
    assert f"du-kien={plan.uid}" in client.get(f"/hoat-dong/du-kien/{plan.uid}/").content.decode()
    url = f"/hoat-dong/ghi/?loai={plan.type.code}&du-kien={plan.uid}"
    form = client.get(url)
    assert 'value="Tập huấn đầu quý"' in form.content.decode()
    initial = {name: field.value() or "" for name, field in ((f.name, f) for f in form.context["form"])}
    figures = {name: "3" for name in initial if name.startswith("so-")}
    choices = {f.name: f.field.choices[0][0] for f in form.context["form"].choices}
    filled = {"held_on": f"{TODAY:%d/%m/%Y}", "title": plan.title, "du-kien": str(plan.uid), **figures, **choices}
    assert client.post(f"/hoat-dong/ghi/?loai={plan.type.code}", filled).status_code == 302
    plan.refresh_from_db()
    assert plan.activity == Activity.objects.get()
    assert "Đã làm và đã ghi số liệu." in client.get(f"/hoat-dong/du-kien/{plan.uid}/").content.decode()


def test_it_is_dropped_with_a_reason(cast: Cast, acting: As) -> None:
    plan = made(cast, acting)
    client, url = acting(cast.local_volunteer), f"/hoat-dong/du-kien/{plan.uid}/"
    assert client.post(url, {"reason": ""}).status_code == 422
    client.post(url, {"reason": "Bão số 3"})
    assert "Bão số 3" in client.get(url).content.decode()
    assert client.get("/hoat-dong/lich/").context["ahead"] == 0


def test_the_feed_holds_it_as_tentative(cast: Cast, acting: As) -> None:
    made(cast, acting)
    account = cast.account(cast.local_volunteer)
    account.calendar = "k" * 32
    account.save()
    client = acting(cast.local_volunteer)
    address = client.get("/hoat-dong/lich/").context["feed"]
    feed = Calendar.from_ical(client.get(address[address.index("/hoat-dong") :]).content)
    [event] = feed.walk("VEVENT")
    assert (event["status"], str(event["summary"]).startswith("Dự kiến: Tập huấn đầu quý")) == ("TENTATIVE", True)
