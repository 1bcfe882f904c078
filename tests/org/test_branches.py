"""A branch as arrays: laid out level by level, kept for as long as the tree stands."""

from __future__ import annotations

import datetime as dt
from random import Random

import numpy as np
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from nhipcau.org.branches import branch, lay_out, whole_tree
from nhipcau.org.columns import NOWHERE
from nhipcau.org.models import Placement
from nhipcau.org.soundness import hold_tree, tree_version
from tests.cast import TODAY, Cast
from tests.reorganisations import DAY, happen

Parents = dict[int, int | None]


@settings(max_examples=80, deadline=None)
@given(st.integers(1, 25), st.randoms(use_true_random=False))
def test_a_forest_is_laid_out_as_walking_it_would(count: int, chance: Random) -> None:
    ids = chance.sample(range(1000), count)
    rows: list[tuple[int, int | None]] = [
        (unit, chance.choice([None, *ids[:place]]) if place else None) for place, unit in enumerate(ids)
    ]
    chance.shuffle(rows)
    tops = np.array([unit for unit, parent in rows if parent is None], np.int64)
    links = np.array([row for row in rows if row[1] is not None], np.int64).reshape(-1, 2)
    found = lay_out(tops, links[:, 0], links[:, 1])
    walked = [line for top in tops.tolist() for line in walk(top, rows, 0)]
    assert found.ids.tolist() == [unit for unit, _ in walked]
    assert found.depth.tolist() == [depth for _, depth in walked]
    parents = dict(rows)
    for place, unit in enumerate(found.ids.tolist()):
        assert found.end[place] - place == len(walk(unit, rows, 0))
        above = found.above[place]
        assert parents[unit] == (None if above == NOWHERE else found.ids[above])
        assert found.below(place).ids.tolist() == [one for one, _ in walk(unit, rows, 0)]


def walk(unit: int, rows: list[tuple[int, int | None]], depth: int) -> list[tuple[int, int]]:
    """The reference: the unit, then its children in the order of the rows."""
    children = (child for child, parent in rows if parent == unit)
    return [(unit, depth), *(line for child in children for line in walk(child, rows, depth + 1))]


def test_a_branch_holds_what_stands_below_on_that_day(cast: Cast) -> None:
    assert set(branch(cast.commune, TODAY).ids.tolist()) == {cast.commune.pk, cast.local.pk, cast.other_local.pk}
    assert branch(cast.local, TODAY).ids.tolist() == [cast.local.pk]
    early = branch(cast.local, dt.date(2021, 1, 1))
    assert (early.ids.tolist(), early.end.tolist()) == ([cast.local.pk], [1])


def test_the_tree_is_read_once_and_again_after_it_changed(cast: Cast) -> None:
    first = whole_tree(TODAY)
    assert whole_tree(TODAY) is first
    happen()
    assert whole_tree(TODAY) is not first
    assert whole_tree(TODAY).ids.tolist() == first.ids.tolist()
    assert cast.commune.pk not in whole_tree(DAY).ids.tolist()


def test_what_was_undone_leaves_no_tree_behind(cast: Cast) -> None:
    number = tree_version()
    with transaction.atomic():
        hold_tree()
        Placement.objects.filter(child=cast.local).update(parent=cast.sibling_commune)
        assert cast.local.pk in branch(cast.sibling_commune, TODAY).ids.tolist()
        transaction.set_rollback(True)
    assert tree_version() == number
    assert cast.local.pk not in branch(cast.sibling_commune, TODAY).ids.tolist()
    hold_tree()
    assert cast.local.pk not in branch(cast.sibling_commune, TODAY).ids.tolist()
