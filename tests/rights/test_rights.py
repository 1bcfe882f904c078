"""Each row of the table of rights, asked on every way out at once by every visitor."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

import pytest
from django.core.cache import caches
from django.db import connection

from nhipcau.ops import moment
from tests.cast import NOW, Cast
from tests.rights import people, ways
from tests.rights.kinds import KINDS
from tests.rights.people import COUSIN, EVERYBODY, FORMER, OUT, SIBLING
from tests.rights.table import TABLE
from tests.rights.things import Thing, world

Told = Mapping[str, Mapping[str, set[str]]]
_VARYING = re.compile(r"[A-Za-z0-9_\-]{20,}|tu-\d+")  # tokens of forms, numbered marks of glossary words


@dataclass
class Survey:
    """What everybody was told of everything, found out once: by visitor and way. `before`: the pages of those who
    may know nothing, when there was nothing yet; `after`: the same with one thing of every kind there."""

    told: Told
    before: Mapping[str, list[str]] = field(default_factory=dict)
    after: Mapping[str, list[str]] = field(default_factory=dict)
    made: ClassVar[dict[str, Survey]] = {}


@pytest.fixture
def survey(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Survey:
    """Made by the first test that asks, in its database, which is then emptied again."""
    if connection.vendor not in Survey.made:
        monkeypatch.setattr(moment, "fixed", lambda scene="": NOW)
        caches["process"].clear()
        Survey.made[connection.vendor] = _surveyed(cast)
        caches["process"].clear()
    return Survey.made[connection.vendor]


def _surveyed(cast: Cast) -> Survey:
    visitors = people.gather(cast)
    here = world(cast)
    blind = [visitors[SIBLING], visitors[COUSIN]]
    before = {one.name: _pages(one) for one in blind}
    things: dict[str, Thing] = {name: make(here) for name, make in KINDS.items()}
    people.leave(visitors)
    after = {one.name: _pages(one) for one in blind}
    return Survey({name: ways.told(one, things) for name, one in visitors.items()}, before, after)


def _pages(visitor: people.Visitor) -> list[str]:
    return [_VARYING.sub("", text) for _way, text in ways.standing(visitor)]


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_told_to_whom_the_table_says_and_to_nobody_else(kind: str, survey: Survey) -> None:
    found = {way: {name for name in EVERYBODY if kind in survey.told[name][way]} for way in ways.WAYS}
    assert found == {way: set(TABLE[kind].get(way, ())) for way in ways.WAYS}


def test_whoever_lost_the_post_and_whoever_never_signed_in_are_told_nothing(survey: Survey) -> None:
    assert {name: kinds for name in (FORMER, OUT) for kinds in survey.told[name].values() if kinds} == {}


@pytest.mark.parametrize("name", [SIBLING, COUSIN])
def test_lists_counts_and_files_of_the_neighbours_do_not_change_by_a_letter(name: str, survey: Survey) -> None:
    assert len(survey.before[name]) > 60
    changed = [now for was, now in zip(survey.before[name], survey.after[name], strict=True) if was != now]
    assert changed == []
