"""The page of notifications: read or not is the post's own mark, set one by one or for all, counted in the head."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.fixtures import Settings

from nhipcau.access.models import ReadNotice
from nhipcau.access.notices import KEPT, put_aside
from nhipcau.audit.models import Entry
from nhipcau.web.notices.kinds import SHOWN, reached
from tests.cast import NOW, TODAY, Cast
from tests.tasks.announced import told
from tests.tasks.work import handed_out, passed_on

BADGE = re.compile(r'class="badge"[^>]*>([^<]+)<')


@pytest.fixture(autouse=True)
def afresh(settings: Settings) -> None:
    settings.DEMO_CLOCK = "2026-03-20T09:00:00+07:00"
    caches["process"].clear()


@pytest.fixture
def volunteer(cast: Cast) -> Client:
    """Given one piece of work, and told two things."""
    passed_on(cast, handed_out(cast))
    for title in ("Nghỉ lễ", "Họp cụm"):
        told(cast, title=title)
    client = Client()
    client.force_login(cast.account(cast.local_volunteer))
    return client


def badge(client: Client) -> str:
    found = BADGE.search(client.get(reverse("home")).content.decode())
    return found[1] if found else ""


def listed(client: Client, **asked: str) -> str:
    return client.get(reverse("notices"), asked).content.decode()


def keys(client: Client) -> list[str]:
    return re.findall(r'name="tin" value="([^"]+)"', listed(client))


def put(client: Client, **said: str) -> str:
    return client.post(reverse("notices_read"), said)["Location"]


def test_the_head_of_every_page_counts_what_is_not_read(volunteer: Client) -> None:
    assert badge(volunteer) == "3"
    put(volunteer, tin=keys(volunteer)[0])
    assert badge(volunteer) == "2"
    put(volunteer, **{"tat-ca": "1"})
    assert badge(volunteer) == ""
    assert keys(volunteer) == [] and listed(volunteer).count("đã đọc</span>") == 3


def test_what_happens_later_is_unread_again(volunteer: Client, cast: Cast) -> None:
    put(volunteer, **{"tat-ca": "1"})
    told(cast, title="Báo bão")
    caches["process"].clear()  # within a minute the number may lag behind; the page itself never does
    assert badge(volunteer) == "1"
    assert "Báo bão" in listed(volunteer, **{"chua-doc": "1"})
    assert "Họp cụm" not in listed(volunteer, **{"chua-doc": "1"})


def test_the_page_itself_never_lags_behind(volunteer: Client, cast: Cast) -> None:
    assert badge(volunteer) == "3"
    told(cast, title="Báo bão")
    assert "Báo bão" in listed(volunteer)
    assert badge(volunteer) == "4"


def test_one_kind_alone_is_shown_and_put_aside(volunteer: Client) -> None:
    page = listed(volunteer, loai="thong-bao")
    assert "Họp cụm" in page and "tập huấn an toàn" not in page
    assert (
        put(volunteer, loai="thong-bao", **{"tat-ca": "1", "chua-doc": "1"})
        == "/tin-bao/?loai=thong-bao&chua-doc=1"
    )
    assert badge(volunteer) == "1"


def test_a_mark_is_the_post_s_own(volunteer: Client, cast: Cast) -> None:
    put(volunteer, **{"tat-ca": "1"})
    officer = Client()
    officer.force_login(cast.account(cast.commune_officer))
    assert badge(officer) == "3"
    stranger = Client()
    stranger.force_login(cast.account(cast.stranger))
    put(stranger, tin=ReadNotice.objects.values_list("key", flat=True)[0])
    own = {one.key for one in reached(cast.scope(cast.stranger))}
    kept = set(ReadNotice.objects.filter(post=cast.stranger).values_list("key", flat=True))
    assert kept <= own, "what never reached the post is not kept for it"


def test_reading_leaves_no_trace_of_whom_or_when(volunteer: Client) -> None:
    before = Entry.objects.count()
    put(volunteer, **{"tat-ca": "1"})
    assert Entry.objects.count() == before
    fields = {field.name for field in ReadNotice._meta.get_fields()}
    assert fields == {"id", "post", "key", "day"}
    assert set(ReadNotice.objects.values_list("day", flat=True)) <= {TODAY, TODAY + dt.timedelta(days=1)}


def test_marking_twice_is_no_error_and_old_marks_go(volunteer: Client, cast: Cast) -> None:
    old = (TODAY - KEPT - dt.timedelta(days=1), "announcement:0:posted")
    put_aside(notices=[(old[1], old[0])], actor=cast.local_volunteer, at=NOW - KEPT)
    assert ReadNotice.objects.count() == 1
    for _again in range(2):
        put(volunteer, **{"tat-ca": "1"})
    assert ReadNotice.objects.count() == 3


def test_what_is_long_past_is_no_news(volunteer: Client, settings: Settings) -> None:
    settings.DEMO_CLOCK = (NOW + SHOWN + dt.timedelta(days=3)).isoformat()
    assert badge(volunteer) == ""
    assert "Không có tin nào" in listed(volunteer)


def test_the_page_speaks_english_too(volunteer: Client) -> None:
    volunteer.post(reverse("language"), {"language": "en"})
    page = listed(volunteer)
    assert "<h1>Notifications</h1>" in page and "new announcement" in page and "new work, due" in page


def test_however_much_there_is_the_database_is_asked_as_often(volunteer: Client, cast: Cast) -> None:
    few = _queries(volunteer)
    for number in range(12):
        told(cast, title=f"Thông báo {number}")
    assert _queries(volunteer) == few


def _queries(client: Client, name: str = "notices") -> int:
    client.get(reverse(name))
    with CaptureQueriesContext(connection) as seen:
        client.get(reverse(name))
    return len(seen)


def test_the_number_in_the_head_costs_a_page_one_query(volunteer: Client, cast: Cast) -> None:
    volunteer.get(reverse("profile"))
    with CaptureQueriesContext(connection) as seen:
        volunteer.get(reverse("profile"))
    asked = [one["sql"] for one in seen if "readnotice" in one["sql"]]
    assert len(asked) == 1
    assert not [one for one in seen if "announcement" in one["sql"] or "tasks_reminder" in one["sql"]]
