"""What a post sees: its own unit and below, from the first day of its rights to the last."""

from __future__ import annotations

import datetime as dt

import pytest

from nhipcau.access.queries import posts_of
from nhipcau.core.errors import Conflict, NotAllowed, NotFound
from nhipcau.org.actions import appoint, end_appointment
from nhipcau.org.models import Appointment, Role, Unit
from tests.cast import NOW, SETUP, TODAY, Cast


def names(units: set[Unit]) -> set[int]:
    return {unit.pk for unit in units}


def test_the_commune_officer_sees_the_commune_and_its_local_unions(cast: Cast) -> None:
    seen = set(cast.scope(cast.commune_officer).units())
    assert names(seen) == names({cast.commune, cast.local, cast.other_local})


def test_the_volunteer_sees_one_unit(cast: Cast) -> None:
    assert names(set(cast.scope(cast.local_volunteer).units())) == {cast.local.pk}


def test_a_stranger_is_told_that_the_unit_does_not_exist(cast: Cast) -> None:
    with pytest.raises(NotFound):
        cast.scope(cast.stranger).get_unit(cast.local.uid)


@pytest.mark.parametrize("nonsense", ["", "x", None, 7, "01a2-not-a-uid"])
def test_nonsense_is_not_found_either(cast: Cast, nonsense: object) -> None:
    with pytest.raises(NotFound):
        cast.scope(cast.provincial_officer).get_unit(nonsense)


def test_a_role_is_asked_by_its_name(cast: Cast) -> None:
    with pytest.raises(NotAllowed, match="văn thư"):
        cast.scope(cast.provincial_officer).require_role(Role.CLERK)


def test_rights_end_with_the_appointment(cast: Cast) -> None:
    held = Appointment.objects.get(post=cast.commune_officer)
    account = cast.account(cast.commune_officer)
    assert list(posts_of(account, TODAY)) == [cast.commune_officer]
    end_appointment(appointment=held, end=TODAY, actor=SETUP, at=NOW)
    assert list(posts_of(account, TODAY)) == []


def test_a_post_has_one_holder_at_a_time(cast: Cast) -> None:
    person = cast.account(cast.stranger).person
    with pytest.raises(Conflict, match="đang có người giữ"):
        appoint(post=cast.commune_officer, person=person, start=dt.date(2026, 2, 1), actor=SETUP, at=NOW)
