"""Ngày làm việc: the highest level enters swap days, everybody counts by them, and they can be taken back."""

from __future__ import annotations

import datetime as dt

import pytest

from nhipcau.audit.models import Entry
from nhipcau.boundary import BoundaryRefused
from nhipcau.core.errors import InvalidInput, NotAllowed
from nhipcau.org.days_off import days_of, drop_day, set_day
from nhipcau.org.queries import working_days
from tests.cast import NOW, Cast
from tests.refusals import by_field

pytestmark = pytest.mark.django_db
FRIDAY, SATURDAY = dt.date(2026, 4, 24), dt.date(2026, 4, 25)
NOTE = "Theo Thông báo về nghỉ Giỗ Tổ"


def enter(cast: Cast, day: dt.date, working: bool, note: str = NOTE) -> None:
    set_day(scope=cast.scope(cast.provincial_officer), day=day, working=working, note=note, at=NOW)


def test_a_swapped_friday_is_off_and_its_saturday_worked(cast: Cast) -> None:
    enter(cast, FRIDAY, working=False)
    enter(cast, SATURDAY, working=True)
    assert not working_days().is_working(FRIDAY)
    assert working_days().is_working(SATURDAY)
    assert [(one.day, one.why) for one in days_of(2026) if one.entered] == [(FRIDAY, NOTE), (SATURDAY, NOTE)]


def test_what_is_taken_back_counts_by_the_law_again_and_twice_is_no_mistake(cast: Cast) -> None:
    enter(cast, FRIDAY, working=False)
    for _ in range(2):
        drop_day(scope=cast.scope(cast.provincial_officer), day=FRIDAY, at=NOW)
    assert working_days().is_working(FRIDAY)
    assert Entry.objects.filter(action="org.holiday_set").count() == 2


def test_the_years_list_tells_holidays_and_leaves_plain_weekends_out(cast: Cast) -> None:
    days = {one.day: one for one in days_of(2026)}
    assert not days[dt.date(2026, 9, 2)].working
    assert dt.date(2026, 3, 14) not in days


def test_a_day_that_is_so_already_is_refused_at_the_day(cast: Cast) -> None:
    with pytest.raises(InvalidInput) as refused:
        enter(cast, SATURDAY, working=False)
    assert set(by_field(refused.value)) == {"day"}


def test_nobody_below_the_top_and_no_clerk_changes_the_calendar(cast: Cast) -> None:
    for post in (cast.commune_officer, cast.clerk):
        with pytest.raises(NotAllowed):
            set_day(scope=cast.scope(post), day=FRIDAY, working=False, note=NOTE, at=NOW)
        with pytest.raises(NotAllowed):
            drop_day(scope=cast.scope(post), day=FRIDAY, at=NOW)


def test_the_note_passes_the_boundary(cast: Cast) -> None:
    with pytest.raises(BoundaryRefused):
        enter(cast, FRIDAY, working=False, note="Theo dõi tư tưởng công nhân trong kỳ nghỉ, báo người có biểu hiện")
