"""The dated tree: a branch and a way up at a past date against recursion, a merge against materialised paths.

A province of the usual size (about one in forty of all units) for reading; for the merge, the smallest province
(about 1,000 of 128,000 units) goes under its neighbour. Every run of the merge is undone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from nhipcau.bench.instance import temporary_instance
from nhipcau.bench.measure import Case, Options, Report, measure, middle
from nhipcau.bench.nation import PERIODS, UNITS, Nation, analyse, build

if TYPE_CHECKING:
    from nhipcau.org.models import Unit

ASKED = 40  # units whose way up is asked for, one after another
RECURSION = "recursive query over the dated places"
PATHS = "materialised paths with their history: those of the branch end, and new ones begin"


def run(options: Options) -> Report:
    """`units` over `periods`; four cases."""
    units, periods = options.size("units", UNITS), options.size("periods", PERIODS)
    with temporary_instance(options.database_url) as database:
        from nhipcau.bench.tree_peers import make_paths

        nation = build(units=units, periods=periods, indicators=1, reports=False, say=options.say)
        options.say("paths …")
        make_paths()
        analyse()
        cases = [measure(case(nation), options) for case in (_subtree, _ancestors, _way_up, _merge)]
    return Report(
        "tree", database, {"units": units, "periods": periods, "placements": len(nation.shape.child)}, cases
    )


def _province(nation: Nation, size: int) -> Unit:
    """The province whose branch is nearest to that size."""
    from nhipcau.org.models import Unit
    from nhipcau.org.queries import branch_ids

    provinces = Unit.objects.filter(kind__code="province")
    return min(provinces, key=lambda unit: abs(branch_ids(unit, nation.day).count() - size))


def _past(nation: Nation) -> dt.date:
    """A day in the middle of the history."""
    return nation.periods[len(nation.periods) // 2].last_day()


def _subtree(nation: Nation) -> Case:
    """The statement that `branch_ids` stands for, as the pages have it inside their own, and the recursive one."""
    from nhipcau.bench import tree_peers
    from nhipcau.org.branches import branch
    from nhipcau.org.queries import branch_ids

    unit, day = _province(nation, len(nation.keys) // 40), _past(nation)
    count = branch_ids(unit, day).count()
    statement = tree_peers.counting(branch_ids(unit, day))

    def agree(ours: int, peer: int) -> bool:
        return ours == peer and sorted(branch_ids(unit, day)) == sorted(tree_peers.ids_below(unit.pk, day))

    return Case(
        name="subtree",
        ours=lambda: tree_peers.count(*statement),
        peer=RECURSION,
        peer_side=lambda: tree_peers.count_below(unit.pk, day),
        limit="count as many rows in the order of their keys",
        limit_side=lambda: _count_rows(count),
        agree=agree,
        more=lambda _: {
            "units_below": count,
            "through_orm_ms": middle(lambda: branch_ids(unit, day).count()),
            "as_arrays_ms": middle(lambda: branch(unit, day)),
        },
    )


def _count_rows(count: int) -> int:
    from nhipcau.org.models import Placement

    return Placement.objects.filter(pk__in=Placement.objects.order_by("pk").values("pk")[:count]).count()


def _ancestors(nation: Nation) -> Case:
    """The ways up of all units of the province, in one statement."""
    from nhipcau.bench import tree_peers
    from nhipcau.org.models import Closure
    from nhipcau.org.queries import branch_ids

    unit, day = _province(nation, len(nation.keys) // 40), _past(nation)
    ways = Closure.objects.at(day).filter(descendant__in=branch_ids(unit, day), axis="territory", depth__gt=0)
    statement = tree_peers.counting(ways.values_list("ancestor", flat=True))
    return Case(
        name="ancestors",
        ours=lambda: tree_peers.count(*statement),
        peer=RECURSION,
        peer_side=lambda: tree_peers.count_above(unit.pk, day),
        limit="count as many rows in the order of their keys",
        limit_side=lambda: _count_rows(branch_ids(unit, day).count()),
        more=lambda _: {"units": branch_ids(unit, day).count()},
    )


def _way_up(nation: Nation) -> Case:
    """One unit after another, as a page's line of superiors: what the statement costs, and what the ORM adds."""
    from nhipcau.bench import tree_peers
    from nhipcau.org.models import Closure, Unit
    from nhipcau.org.queries import ancestors_of

    day, below = _past(nation), len(nation.keys) - 1
    asked = [Unit.objects.get(pk=int(nation.keys[below - step * below // (2 * ASKED)])) for step in range(ASKED)]
    reach = Closure.objects.at(day).filter(axis="territory", depth__gt=0).order_by("-depth")
    ready = [
        reach.filter(descendant=one).values_list("ancestor", flat=True).query.sql_with_params() for one in asked
    ]

    def ours() -> list[list[int]]:
        return [[row[0] for row in tree_peers.rows(*statement)] for statement in ready]

    return Case(
        name="way_up",
        ours=ours,
        peer=RECURSION,
        peer_side=lambda: [tree_peers.units_above(one.pk, day) for one in asked],
        limit="read one unit by its key, as often",
        limit_side=lambda: [Unit.objects.get(pk=unit.pk) for unit in asked],
        more=lambda ms: {
            "asked": ASKED,
            "one_ms": round(ms / ASKED, 3),
            "objects_ms": middle(lambda: [ancestors_of(one, day) for one in asked]),
        },
    )


@dataclass(frozen=True)
class _Merge:
    """All directly below `old` go under `new` on that day."""

    old: int
    new: int
    day: dt.date

    def places(self) -> list[int]:
        """Write the places alone; who moved."""
        from nhipcau.org.bulk import fill
        from nhipcau.org.models import Placement

        standing = Placement.objects.filter(parent=self.old, valid_to=None)
        moved = list(standing.values_list("child", flat=True))
        standing.update(valid_to=self.day)
        fill(Placement, {"child_id": moved}, {"parent_id": self.new, "axis": "territory", "valid_from": self.day})
        return moved

    def ours(self) -> None:
        """The places and all that follows from them, checked."""
        from nhipcau.org.soundness import rebuild_closure

        rebuild_closure({}, self.places())

    def peer(self) -> None:
        from nhipcau.bench.tree_peers import move_paths

        move_paths(self.old, self.new, self.day)

    def undone(self, side: Callable[[], object], look: Callable[[], object] = lambda: None) -> object:
        from django.db import transaction

        with transaction.atomic():
            side()
            seen = look()
            transaction.set_rollback(True)
        return seen

    def agree(self, ours: object, peer: object) -> bool:
        """Whether both put the same units under the new superior, before the day and after it."""
        from nhipcau.bench.tree_peers import paths_below
        from nhipcau.org.models import Unit
        from nhipcau.org.queries import branch_ids

        unit, eve = Unit.objects.get(pk=self.new), self.day - dt.timedelta(days=1)
        days = (eve, self.day)
        mine = self.undone(self.ours, lambda: [set(branch_ids(unit, day)) - {unit.pk} for day in days])
        theirs = self.undone(self.peer, lambda: [paths_below(unit.pk, day) for day in days])
        return mine == theirs


def _merge(nation: Nation) -> Case:
    from nhipcau.org.models import Closure
    from nhipcau.org.queries import branch_ids

    old = _province(nation, 0)
    new = next(unit for unit in _others(old))
    merge = _Merge(old.pk, new.pk, nation.day)
    moved = branch_ids(old, nation.day).count() - 1
    assert Closure.objects.exists()  # noqa: S101 - nothing to keep in step otherwise

    return Case(
        name="merge",
        ours=partial(merge.undone, merge.ours),
        peer=PATHS,
        peer_side=partial(merge.undone, merge.peer),
        limit="write the places alone",
        limit_side=partial(merge.undone, merge.places),
        agree=merge.agree,
        more=lambda _: {"units_moved": moved},
    )


def _others(unit: Unit) -> Any:
    from nhipcau.org.models import Unit

    return Unit.objects.filter(kind__code="province").exclude(pk=unit.pk).order_by("-pk")
