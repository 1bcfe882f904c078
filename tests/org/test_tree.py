"""The dated tree: what holds when, and what can never hold."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from itertools import pairwise

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.org.branches import branch
from nhipcau.org.models import Placement
from nhipcau.org.queries import ancestors_of, children_of, find_unit, parent_of
from nhipcau.org.searching import search_units
from nhipcau.org.tree import CycleError, Link, Reach, closure
from tests.cast import NOW, TODAY, Cast

BEFORE = dt.date(2024, 1, 1)


def test_parent_children_and_ancestors(cast: Cast) -> None:
    assert parent_of(cast.local, TODAY) == cast.commune
    assert [unit.pk for unit in ancestors_of(cast.local, TODAY)] == [cast.province.pk, cast.commune.pk]
    assert {unit.pk for unit in children_of(cast.commune, TODAY)} == {cast.local.pk, cast.other_local.pk}


def test_a_unit_is_not_there_before_it_began(cast: Cast) -> None:
    assert parent_of(cast.local, BEFORE) is None
    assert list(children_of(cast.province, BEFORE)) == []


def test_two_places_on_the_same_day_are_refused_by_the_database(cast: Cast) -> None:
    clash = Placement(child=cast.local, parent=cast.sibling_commune, valid_from=dt.date(2026, 1, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        clash.save()


def test_a_later_place_follows_an_ended_one(cast: Cast) -> None:
    Placement.objects.filter(child=cast.local).update(valid_to=dt.date(2026, 1, 1))
    Placement.objects.create(child=cast.local, parent=cast.sibling_commune, valid_from=dt.date(2026, 1, 1))
    assert Placement.objects.at(TODAY).get(child=cast.local).parent == cast.sibling_commune


def test_a_unit_is_found_by_code_and_by_uid(cast: Cast) -> None:
    assert find_unit("A1", TODAY) == find_unit(str(cast.local.uid), TODAY) == cast.local


def test_search_ignores_diacritics_and_stays_in_scope(cast: Cast) -> None:
    assert [u.pk for u in search_units(cast.scope(cast.commune_officer), "hai au")] == [cast.local.pk]
    assert list(search_units(cast.scope(cast.commune_officer, NOW), "son ca")) == []


def test_a_branch_lies_in_depth_first_order(cast: Cast) -> None:
    tree = branch(cast.province, TODAY)
    position = {int(pk): i for i, pk in enumerate(tree.ids)}
    inside = tree.ids[position[cast.commune.pk] : tree.end[position[cast.commune.pk]]]
    assert set(inside.tolist()) == {cast.commune.pk, cast.local.pk, cast.other_local.pk}
    assert tree.depth[position[cast.sibling_local.pk]] == 2


DAYS = [dt.date(2020, 1, 1) + dt.timedelta(days=n) for n in range(12)]


@st.composite
def histories(draw: st.DrawFn) -> list[Link]:
    """Random dated links where a parent always has a smaller number: no cycle can arise."""
    links = []
    for child in range(1, draw(st.integers(2, 7))):
        cuts = sorted(draw(st.sets(st.integers(0, 11), min_size=2, max_size=4)))
        for start, end in pairwise(cuts):
            parent = draw(st.none() if child == 1 else st.one_of(st.none(), st.integers(1, child - 1)))
            links.append(Link(child, parent, DAYS[start], DAYS[end]))
    return links


def slow_ancestors(links: list[Link], unit: int, day: dt.date) -> dict[int, int]:
    """The reference: climb one link at a time on that day."""
    found: dict[int, int] = {}
    depth, current = 0, unit
    while held := [link for link in links if link.child == current and link.start <= day < link.end]:
        found[current] = depth
        if held[0].parent is None:
            break
        depth, current = depth + 1, held[0].parent
        found[current] = depth
    return found


@given(histories())
def test_the_closure_says_on_every_day_what_climbing_says(links: list[Link]) -> None:
    reaches = list(closure(links))
    for day in DAYS:
        seen: dict[int, dict[int, int]] = defaultdict(dict)
        for reach in reaches:
            if reach.start <= day < reach.end:
                assert reach.ancestor not in seen[reach.descendant], "held twice on one day"
                seen[reach.descendant][reach.ancestor] = reach.depth
        for unit in {link.child for link in links}:
            assert seen.get(unit, {}) == slow_ancestors(links, unit, day)


def test_a_cycle_on_any_day_is_found() -> None:
    links = [Link(1, 2, DAYS[0], DAYS[5]), Link(2, 1, DAYS[4], DAYS[9])]
    with pytest.raises(CycleError):
        list(closure(links))


def test_a_swap_without_a_common_day_is_no_cycle() -> None:
    links = [
        Link(1, None, DAYS[4], DAYS[9]), Link(1, 2, DAYS[0], DAYS[4]),
        Link(2, None, DAYS[0], DAYS[4]), Link(2, 1, DAYS[4], DAYS[9]),
    ]  # fmt: skip
    assert Reach(2, 1, 1, DAYS[0], DAYS[4]) in list(closure(links))
