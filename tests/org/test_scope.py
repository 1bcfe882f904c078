"""What a post sees: its own unit and below, from the first day of its rights to the last."""

from __future__ import annotations

import datetime as dt

import pytest
from pytest_django import DjangoAssertNumQueries

from nhipcau.access.queries import posts_of
from nhipcau.core.errors import Conflict, NotAllowed, NotFound
from nhipcau.org.actions import appoint, create_post, end_appointment, import_tree
from nhipcau.org.importing import read_rows
from nhipcau.org.models import Appointment, Post, Role, Unit
from tests.cast import NOW, SETUP, TODAY, Cast, unit

ANOTHER = """code,name,kind,parent,from,symbol,place,members
K,Công đoàn ngành Than,province,,2020-01-01,CĐN,Đông Giang,0
"""


def names(units: set[Unit]) -> set[int]:
    return {unit.pk for unit in units}


def test_the_commune_officer_sees_the_commune_and_its_local_unions(cast: Cast) -> None:
    seen = set(cast.scope(cast.commune_officer).units())
    assert names(seen) == names({cast.commune, cast.local, cast.other_local})


def test_the_volunteer_sees_one_unit(cast: Cast) -> None:
    assert names(set(cast.scope(cast.local_volunteer).units())) == {cast.local.pk}


def test_whoever_stands_on_top_of_the_only_tree_sees_all_of_it_without_looking_units_up(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    assert cast.scope(cast.provincial_officer).is_whole  # where the tree has a number, this is kept from now on
    top, below = cast.scope(cast.provincial_officer), cast.scope(cast.commune_officer)
    with django_assert_num_queries(4):  # each asks once: who is on top, or the tree's number
        assert Post.objects.filter(top.own_or_below("unit")).count() == 5
        assert Post.objects.filter(below.own_or_below("unit")).count() == 2
        assert (top.is_whole, below.is_whole) == (True, False)


def test_beside_another_tree_the_top_of_one_sees_its_own_alone(cast: Cast) -> None:
    import_tree(rows=read_rows(ANOTHER.encode()), actor=SETUP, at=NOW)
    other = create_post(unit=unit("K"), title="Chủ tịch", roles=[Role.BOARD], start=TODAY, actor=SETUP, at=NOW)
    top = cast.scope(cast.provincial_officer)
    assert not top.is_whole
    assert not Post.objects.filter(top.own_or_below("unit"), pk=other.pk).exists()


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
