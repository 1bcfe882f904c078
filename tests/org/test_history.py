"""Random histories of reorganisations, replayed in the product and against a slow reference, then taken back.

`NHIPCAU_HISTORY=200` sets how many events; the suite plays a short one.
"""

from __future__ import annotations

import datetime as dt
import os
import random

import pytest

from nhipcau.core.numbers import Cell, CellState, pack
from nhipcau.core.periods import Period, parse_period
from nhipcau.org.actions import import_tree
from nhipcau.org.event_file import read_event
from nhipcau.org.importing import read_rows
from nhipcau.org.models import Closure, Placement, Reorganisation, UnitName
from nhipcau.org.reorganising import reorganise, undo
from nhipcau.org.verifying import TreeProof
from nhipcau.reports.models import Submission, SubmissionState, TemplateVersion
from nhipcau.reports.totals.consolidation import consolidate_every_node
from tests import quarterly
from tests.cast import SETUP
from tests.org.history import FIGURES, SECTOR, START, TERRITORY, Figures, Tree, World, total
from tests.org.test_undo import rows
from tests.reorganisations import file

EVENTS = int(os.environ.get("NHIPCAU_HISTORY", "14"))
DAYS = 3650
REPORTED = 8  # quarters with reports, spread over the ten years


def moment(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(9), tzinfo=quarterly.LATER.tzinfo)


class Replay:
    """The product beside the reference, event by event."""

    def __init__(self, seed: int) -> None:
        self.world = World(random.Random(seed))
        self.version = first_version()
        import_tree(rows=read_rows(self.world.file().encode()), actor=SETUP, at=moment(START))
        self.reports: dict[str, dict[str, Figures]] = {}
        self.before: list[dict[str, list[tuple[object, ...]]]] = []
        step = DAYS // EVENTS
        reported = {n * EVENTS // REPORTED for n in range(REPORTED)}
        for number in range(EVENTS):
            day = START + dt.timedelta(days=number * step + 1 + self.world.chance.randrange(max(step - 1, 1)))
            if number in reported:
                self.report(previous_quarter(day))
            self.before.append(rows())
            text = self.world.happen(number, day)
            reorganise(event=read_event(file(text)), actor=SETUP, at=moment(day))
        self.last = day

    def report(self, period: Period) -> None:
        """Everybody who stood in the quarter reports some figures, accepted at once."""
        if period.first_day() < START or period.key in self.reports:
            return
        ids = dict(UnitName.objects.values_list("code", "unit"))
        given = {
            code: {name: self.world.chance.randrange(1, 10**6) for name in FIGURES}
            for code in self.world.as_then(period.first_day(), period.last_day())
        }
        self.reports[period.key] = given
        Submission.objects.bulk_create(
            Submission(
                unit_id=ids[code], version=self.version, period=period.key, state=SubmissionState.ACCEPTED,
                payload=pack([Cell(CellState.VALUE, figures.get(key, 0)) for key in self.version.cells]),
                created_at=moment(period.last_day()), submitted_at=moment(period.last_day()),
            )
            for code, figures in given.items()
        )  # fmt: skip


def first_version() -> TemplateVersion:
    version = quarterly.publish()
    TemplateVersion.objects.filter(pk=version.pk).update(first_day=START)
    version.refresh_from_db()
    return version


def previous_quarter(day: dt.date) -> Period:
    return parse_period(f"{day.year}-Q{(day.month - 1) // 3 + 1}").previous()


def codes(day: dt.date) -> dict[int, str]:
    return dict(UnitName.objects.at(day).values_list("unit", "code"))


def stored(day: dt.date, axis: str) -> Tree:
    named = codes(day)
    links = Placement.objects.at(day).filter(axis=axis).values_list("child", "parent")
    return {named[child]: named[parent] if parent else "" for child, parent in links}


@pytest.mark.django_db
@pytest.mark.parametrize("seed", [2025])
def test_a_random_history_is_what_the_reference_says_and_can_be_taken_back(seed: int) -> None:
    played = Replay(seed)
    world = played.world
    days = [day for day, _ in world.trees[TERRITORY]]
    for day in (*days, days[-1] + dt.timedelta(days=400)):
        for axis in (TERRITORY, SECTOR):
            assert stored(day, axis) == world.tree(day, axis), (day, axis)
            assert closure_on(day, axis) == walked(world.tree(day, axis)), (day, axis)
    assert list(TreeProof().findings(lambda n: None)) == []
    every = dict(UnitName.objects.values_list("unit", "code"))
    for key, given in played.reports.items():
        period = parse_period(key)
        span = period.first_day(), period.last_day()
        then = world.as_then(*span)
        compare(
            played, period, None, then, {code: figures for code, figures in given.items() if code in then}, every
        )
        for day in (played.last, world.chance.choice(days)):
            if day > span[1]:
                now: dict[str, Figures] = {}
                for code, figures in given.items():
                    for holder, part in world.carried(code, figures, world.left_on(code, *span), day):
                        at = now.setdefault(holder, dict.fromkeys(FIGURES, 0))
                        for name in FIGURES:
                            at[name] += part[name]
                compare(played, period, day, world.tree(day), now, every)
    taken_back(played)


def compare(
    played: Replay, period: Period, day: dt.date | None, tree: Tree, at: dict[str, Figures], every: dict[int, str]
) -> None:
    from nhipcau.org.queries import root

    top = root(day or period.last_day())
    nodes = consolidate_every_node(version=played.version, period=period, unit=top, at=moment(played.last), day=day)
    assert {every[node.unit_id] for node in nodes} == set(tree)
    for node in nodes:
        for name in FIGURES:
            assert node.cells[name].value == total(tree, every[node.unit_id], at, name), (period, day, node, name)


def closure_on(day: dt.date, axis: str) -> set[tuple[str, str, int]]:
    named = codes(day)
    reach = Closure.objects.at(day).filter(axis=axis).values_list("ancestor", "descendant", "depth")
    return {(named[above], named[below], depth) for above, below, depth in reach}


def walked(tree: Tree) -> set[tuple[str, str, int]]:
    found = set()
    for code in tree:
        here, depth = code, 0
        while here:
            found.add((here, code, depth))
            here, depth = tree[here], depth + 1
    return found


def taken_back(played: Replay) -> None:
    """Without its reports, the whole history is undone, the last event first: every row as it was before it."""
    Submission.objects.all().delete()
    for before in reversed(played.before):
        event = Reorganisation.objects.order_by("-day", "-pk")[0]
        undo(event=event, actor=SETUP, at=moment(played.last))
        assert rows() == before
    assert not Reorganisation.objects.exists()
