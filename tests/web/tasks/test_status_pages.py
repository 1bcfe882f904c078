"""Ai đã làm: one row per unit, the late ones within reach."""

from __future__ import annotations

import datetime as dt

import pytest
from pytest_django.fixtures import Settings

from nhipcau.core.clock import VN
from nhipcau.org.models import Person
from nhipcau.tasks.actions import complete, remind
from nhipcau.tasks.models import AssignmentState, Reminder
from tests.cast import NOW, Cast
from tests.web.directive import at_local, handed_out
from tests.web.tasks.conftest import As

LATE = "2026-05-12T09:00:00+07:00"


def test_each_unit_has_a_row_with_state_and_office_telephone(cast: Cast, acting: As) -> None:
    task = handed_out(cast)
    page = acting(cast.provincial_officer).get(f"/viec/tien-do/{task.uid}/").content.decode()
    assert "Công đoàn xã An Hải" in page
    assert "chưa tiếp nhận" in page
    assert 'href="tel:0200000000"' in page
    assert not any(name in page for name in Person.objects.values_list("name", flat=True))


def test_the_roll_up_counts_every_level_and_a_branch_opens_in_place(cast: Cast, acting: As) -> None:
    given = at_local(cast)
    complete(assignment=given, note="Xong", actor=cast.local_volunteer, at=NOW)
    above = given.task.parent
    assert above is not None
    client = acting(cast.provincial_officer)
    answer = client.get(f"/viec/tien-do/{above.task.uid}/")
    assert (answer.context["total"].expected, answer.context["total"].done) == (4, 1)
    assert f"/viec/tien-do/{given.task.uid}/?bac=1" in answer.content.decode()
    rows = client.get(f"/viec/tien-do/{given.task.uid}/?bac=1", headers={"HX-Request": "true"}).content.decode()
    assert rows.strip().startswith("<tbody")
    assert rows.count("<tbody") == 2


def test_a_unit_sees_its_own_row_and_never_its_peers(cast: Cast, acting: As) -> None:
    task = handed_out(cast)
    page = acting(cast.commune_officer).get(f"/viec/tien-do/{task.uid}/").content.decode()
    assert "Công đoàn phường Bình Sơn" not in page


def test_late_units_are_listed_reminded_once_a_day_and_ready_to_paste(
    cast: Cast, acting: As, settings: Settings
) -> None:
    task = handed_out(cast)
    settings.DEMO_CLOCK = LATE
    client = acting(cast.provincial_officer)
    url = f"/viec/tien-do/{task.uid}/"
    answer = client.get(url)
    message = answer.context["calling"].splitlines()
    assert message[1:] == [
        "Hạn: 09/05/2026 (56/KH-LĐLĐ)",
        "2 đơn vị chưa báo hoàn thành:",
        "1. Công đoàn phường Bình Sơn: Chủ tịch công đoàn phường, 0200 000 000",
        "2. Công đoàn xã An Hải: Chủ tịch công đoàn xã, 0200 000 000",
        f"Đăng nhập để xem: http://localhost:8000{url}",
    ]
    assert answer.context["message"].splitlines()[1:] == [
        "56/KH-LĐLĐ",
        "Hạn: 09/05/2026",
        "Đăng nhập để xem: http://localhost:8000/",
    ]
    assert "Đã nhắc 2 đơn vị." in client.post(f"{url}nhac/", follow=True).content.decode()
    assert "đã được nhắc hôm nay" in client.post(f"{url}nhac/", follow=True).content.decode()
    assert Reminder.objects.count() == 2
    assert "2 đơn vị chậm" in client.get("/").content.decode()
    assert "đã nhắc 1 lần" in acting(cast.commune_officer).get("/").content.decode()


def test_who_stays_silent_after_the_reminder_is_named_on_the_issuer_s_first_page(
    cast: Cast, acting: As, settings: Settings
) -> None:
    handed_out(cast)
    told = "đã nhắc quá hạn mà vẫn chưa xong:"

    def first_page(day: int) -> str:
        settings.DEMO_CLOCK = f"2026-05-{day}T09:00:00+07:00"
        remind(at=dt.datetime(2026, 5, day, 8, 0, tzinfo=VN))
        return acting(cast.provincial_officer).get("/").content.decode()

    assert told not in first_page(13)
    page = first_page(14)
    assert told in page and "Công đoàn xã An Hải" in page and "Công đoàn phường Bình Sơn" in page


@pytest.mark.parametrize(("shown", "names"), [("cham", 2), ("xong", 0), ("chua-nhan", 2)])
def test_the_rows_are_filtered_by_state(cast: Cast, acting: As, settings: Settings, shown: str, names: int) -> None:
    task = handed_out(cast)
    settings.DEMO_CLOCK = LATE
    answer = acting(cast.provincial_officer).get(f"/viec/tien-do/{task.uid}/?loc={shown}")
    assert len(answer.context["rows"]) == names


def test_the_unit_below_cannot_remind(cast: Cast, acting: As) -> None:
    task = handed_out(cast)
    assert acting(cast.commune_officer).post(f"/viec/tien-do/{task.uid}/nhac/").status_code == 404


def test_the_list_of_work_handed_out_counts_units(cast: Cast, acting: As) -> None:
    handed_out(cast)
    page = acting(cast.provincial_officer).get("/viec/").content.decode()
    assert "<b>0</b> / 2 đơn vị xong" in page
    assert "Chưa giao việc nào" in acting(cast.local_volunteer).get("/viec/").content.decode()


def test_what_was_handed_out_is_shown_by_how_the_units_stand(cast: Cast, acting: As, settings: Settings) -> None:
    given = at_local(cast)
    client = acting(cast.commune_officer)

    def listed(query: str) -> list[str]:
        return [one.task.title for one in client.get(f"/viec/{query}").context["rows"]]

    assert listed("") == listed("?loc=dang-lam") == [given.task.title]
    assert listed("?loc=cham") == listed("?loc=xong") == []
    assert client.get("/viec/?loc=la").status_code == 404
    settings.DEMO_CLOCK = "2026-12-12T09:00:00+07:00"
    assert listed("?loc=cham") == [given.task.title]
    given.task.assignments.update(state=AssignmentState.DONE)
    assert listed("?loc=xong") == [given.task.title]
    assert listed("?loc=cham") == listed("?loc=dang-lam") == []


def test_from_what_one_passed_on_it_is_one_step_to_what_one_was_given(cast: Cast, acting: As) -> None:
    given = at_local(cast)
    assert given.task.parent is not None
    link = f'href="/viec/{given.task.parent.uid}/"'
    address = f"/viec/tien-do/{given.task.uid}/"
    assert link in acting(cast.commune_officer).get(address).content.decode()
    assert link not in acting(cast.local_volunteer).get(address).content.decode()
