"""Reminders to a unit in which nobody approves: the nearest level above that has somebody is told, once."""

from __future__ import annotations

import datetime as dt

from nhipcau.audit.models import Entry
from nhipcau.org.models import Appointment, Post, Unit
from nhipcau.tasks.actions import complete, remind
from nhipcau.tasks.jobs import run
from nhipcau.tasks.models import Unreached
from nhipcau.tasks.unreached import explained, tell_above, unreached_below
from nhipcau.web.org.work import leaderless
from tests.cast import Cast
from tests.tasks.work import handed_out, of, on, passed_on


def left(post: Post) -> None:
    """The holder has gone."""
    Appointment.objects.filter(post=post).update(valid_to=dt.date(2026, 3, 18))


def silent(cast: Cast) -> None:
    """The commune handed work to its local unions on the 17th; nobody there has answered by the 20th."""
    passed_on(cast, handed_out(cast))
    remind(at=on(20))


def told(unit: Unit) -> set[Unit]:
    return {one.unit for one in unreached_below(unit)}


def test_the_level_above_is_told_of_a_unit_where_nobody_approves(cast: Cast) -> None:
    silent(cast)
    assert tell_above(at=on(20)) == 1
    assert told(cast.commune) == {cast.other_local}, "A1 has its approver"
    [one] = unreached_below(cast.commune)
    assert "từ 20/03/2026 lời nhắc không đến ai" in explained(one)


def test_where_that_level_has_nobody_either_the_next_one_is_told(cast: Cast) -> None:
    silent(cast)
    left(cast.commune_officer)
    assert tell_above(at=on(20)) == 1
    assert told(cast.province) == {cast.other_local}
    assert told(cast.commune) == set()
    titles = {item.title for item in leaderless(cast.scope(cast.provincial_officer, on(20))).items}
    assert titles == {"Công đoàn xã An Hải", "Công đoàn cơ sở Trường Tiểu học Hải Long"}
    assert not leaderless(cast.scope(cast.stranger, on(20))).items


def test_it_is_told_once_and_logged_once(cast: Cast) -> None:
    silent(cast)
    assert tell_above(at=on(20)) == 1
    assert tell_above(at=on(20)) == tell_above(at=on(21)) == 0
    [entry] = Entry.objects.filter(action="tasks.unreached_told")
    assert (entry.object, entry.data) == (f"unit:{cast.commune.uid}", '{"units":1}')
    assert Unreached.objects.get().day == dt.date(2026, 3, 20)


def test_nothing_is_told_before_a_reminder_went_there(cast: Cast) -> None:
    passed_on(cast, handed_out(cast))
    assert tell_above(at=on(17)) == 0


def test_it_ends_when_somebody_is_appointed_and_begins_anew_when_the_seat_falls_empty(cast: Cast) -> None:
    silent(cast)
    left(cast.commune_officer)
    tell_above(at=on(20))
    Appointment.objects.filter(post=cast.commune_officer).update(valid_to=None)
    tell_above(at=on(21))
    assert told(cast.province) == set()
    assert told(cast.commune) == {cast.other_local}
    left(cast.commune_officer)
    assert tell_above(at=on(22)) == 1
    assert told(cast.province) == {cast.other_local}


def test_it_ends_with_the_work(cast: Cast) -> None:
    task = handed_out(cast)
    remind(at=on(20))
    left(cast.stranger)
    assert tell_above(at=on(20)) == 1
    Appointment.objects.filter(post=cast.stranger).update(valid_to=None)
    complete(assignment=of(task, cast.sibling_commune), note="", actor=cast.stranger, at=on(21))
    left(cast.stranger)
    tell_above(at=on(22))
    assert told(cast.province) == set()


def test_the_daily_climb_tells_it(cast: Cast) -> None:
    passed_on(cast, handed_out(cast))
    run(at=on(20))
    assert told(cast.commune) == {cast.other_local}
