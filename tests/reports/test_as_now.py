"""As now: what ended units reported is carried to their successors, and no total changes."""

from __future__ import annotations

import datetime as dt
import random
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhipcau.core.errors import InvalidInput
from nhipcau.core.numbers import MISSING, NOT_APPLICABLE, Cell, CellState, pack
from nhipcau.core.shares import split
from nhipcau.org.branches import Branch, Span
from nhipcau.org.event_file import read_event
from nhipcau.org.models import Unit
from nhipcau.org.reorganising import preview
from nhipcau.reports.filling.workflow import accept
from nhipcau.reports.models import TemplateVersion
from nhipcau.reports.totals.conservation import Reached, balances, reached_back
from nhipcau.reports.totals.consolidation import Consolidated, consolidate_every_node, counted_units
from nhipcau.reports.totals.gaps import gaps_of
from nhipcau.reports.totals.lineage import trace
from nhipcau.reports.totals.succession import Division, Heirs, Shares, carry, home_of
from nhipcau.reports.totals.views_of_tree import differs, stands
from tests import quarterly
from tests.cast import SETUP, Cast, unit
from tests.quarterly import LATER, PERIOD
from tests.reorganisations import AFTER, DAY, SPLIT, file, happen
from tests.reports.adding import added

THEN = dt.date(2026, 3, 31)
QUARTER = Span(dt.date(2026, 1, 1), THEN)


@pytest.fixture
def version(cast: Cast) -> TemplateVersion:
    """The commune reported ten gifts of its own, its first local union three, the other commune one."""
    version = quarterly.publish()
    quarterly.accepted(cast, version, gifts="3", money="900.000", hours="x")
    for post, gifts in ((cast.commune_officer, "10"), (cast.stranger, "1")):
        report = quarterly.send(post, version, gifts=gifts, money="1.000.001")
        accept(submission=report, actor=cast.provincial_officer, at=LATER)
    return version


def nodes(version: TemplateVersion, top: Unit, day: dt.date | None) -> dict[int, Consolidated]:
    every = consolidate_every_node(version=version, period=PERIOD, unit=top, at=AFTER, day=day)
    return {node.unit_id: node for node in every}


def gifts(node: Consolidated) -> int | None:
    cell = node.cells["gifts"]
    return cell.value if cell.state is CellState.VALUE else None


def test_an_ended_units_own_figures_go_to_its_successors_in_their_shares(
    cast: Cast, version: TemplateVersion
) -> None:
    happen()
    now = nodes(version, cast.province, DAY)
    new = unit("XC")
    assert gifts(now[new.pk]) == 7  # two parts of three of ten; its local union reported nothing
    assert gifts(now[cast.sibling_commune.pk]) == 1 + 3 + 3  # its own, one part of three, and the union that moved
    assert gifts(now[cast.province.pk]) == 14
    assert cast.commune.pk not in now


def test_every_total_is_the_same_then_and_now(cast: Cast, version: TemplateVersion) -> None:
    happen()
    then, now = (nodes(version, cast.province, day)[cast.province.pk] for day in (None, DAY))
    assert then.cells == now.cells
    assert then.coverage == now.coverage
    (balance,) = balances(day=DAY, at=AFTER)
    assert (balance.template, balance.period, balance.differences) == ("quy", "2026-Q1", ())
    assert balance.equal == 6 + 9


def test_then_stays_as_it_was(cast: Cast, version: TemplateVersion) -> None:
    before = nodes(version, cast.province, None)
    happen()
    assert nodes(version, cast.province, None) == before


def test_what_is_missing_or_does_not_apply_stays_so(cast: Cast, version: TemplateVersion) -> None:
    happen()
    now = nodes(version, cast.province, DAY)
    assert now[unit("XC").pk].cells["hours"] == MISSING
    assert now[cast.local.pk].cells["hours"] == NOT_APPLICABLE
    assert now[cast.other_local.pk].cells["gifts"] == MISSING


def test_a_unit_is_counted_whole_with_the_successor_that_took_most(cast: Cast, version: TemplateVersion) -> None:
    happen()
    now = nodes(version, cast.province, DAY)
    new, old = now[unit("XC").pk].coverage, now[cast.sibling_commune.pk].coverage
    assert (new.expected, new.accepted, new.missing) == (2, 1, 1)  # the commune that ended, and A2
    assert (old.expected, old.accepted, old.members) == (3, 2, 420)
    counted = counted_units(version=version, period=PERIOD, unit=unit("XC"), day=DAY)
    assert counted == {cast.commune.pk: unit("XC").pk, cast.other_local.pk: cast.other_local.pk}


def test_a_lump_goes_with_the_unit_that_gave_it_and_is_elsewhere_for_whom_it_left(cast: Cast) -> None:
    version = quarterly.publish()
    report = quarterly.send(cast.commune_officer, version, gifts="10", money="1.000.000")
    report.covers.add(cast.local, cast.other_local)
    accept(submission=report, actor=cast.provincial_officer, at=LATER)
    then = nodes(version, cast.province, None)[cast.province.pk].coverage
    happen()
    now = nodes(version, cast.province, DAY)
    assert now[cast.province.pk].coverage == then
    assert (then.lumped, then.elsewhere, then.members) == (2, 0, 455)
    found = {pk: (now[pk].coverage.lumped, now[pk].coverage.elsewhere) for pk in (unit("XC").pk, cast.local.pk)}
    assert found == {unit("XC").pk: (1, 0), cast.local.pk: (1, 1)}
    assert now[cast.sibling_commune.pk].coverage.elsewhere == 1  # A1 is there now, its lump went to XC
    alone = nodes(version, unit("XC"), DAY)[unit("XC").pk].coverage
    assert alone == now[unit("XC").pk].coverage


def test_the_gaps_are_named_where_they_are_counted(cast: Cast, version: TemplateVersion) -> None:
    happen()
    gaps = gaps_of(version, PERIOD, unit("XC"), DAY)
    assert [name.name for name in gaps.missing] == ["Công đoàn cơ sở Trường Tiểu học Hải Long"]
    assert gaps_of(version, PERIOD, cast.province, DAY) == gaps_of(version, PERIOD, cast.province)


def test_lineage_shows_every_share_and_the_whole_it_is_of(cast: Cast, version: TemplateVersion) -> None:
    happen()
    found = trace(version=version, indicator="gifts", period=PERIOD, unit=cast.province, at=AFTER, day=DAY)
    shares = {(leaf.counted_at, leaf.value, leaf.whole) for leaf in found.leaves if leaf.handed_on}
    assert shares == {(unit("XC").pk, 7, 10), (cast.sibling_commune.pk, 3, 10)}
    assert sum(leaf.value for leaf in found.leaves) == found.total == 14
    below = trace(version=version, indicator="gifts", period=PERIOD, unit=unit("XC"), at=AFTER, day=DAY)
    assert [(leaf.unit, leaf.value, leaf.by_hand) for leaf in below.leaves] == [(cast.commune, 7, 10)]


def test_as_then_a_leaf_is_whole(cast: Cast, version: TemplateVersion) -> None:
    happen()
    found = trace(version=version, indicator="gifts", period=PERIOD, unit=cast.commune, at=AFTER)
    assert {(leaf.value, leaf.whole, leaf.handed_on) for leaf in found.leaves} == {(3, 3, False), (10, 10, False)}


def test_a_later_event_hands_on_what_was_handed_on(cast: Cast, version: TemplateVersion) -> None:
    happen()
    happen("event,60/QĐ-LĐLĐ,Hợp nhất,,,2027-01-01\nend,XC\nmove,A2,,,XB\nsucceed,XC,,,,,,,,,,XB\n")
    assert gifts(nodes(version, cast.province, DAY)[unit("XC").pk]) == 7
    assert gifts(nodes(version, cast.province, dt.date(2027, 1, 1))[cast.sibling_commune.pk]) == 14


def test_without_a_successor_the_level_above_takes_it(cast: Cast, version: TemplateVersion) -> None:
    happen("event,61/QĐ-LĐLĐ,Giải thể,,,2026-10-01\nend,A1\n")
    now = nodes(version, cast.province, DAY)
    assert gifts(now[cast.commune.pk]) == 13
    found = trace(version=version, indicator="gifts", period=PERIOD, unit=cast.commune, at=AFTER, day=DAY)
    assert {leaf.counted_at for leaf in found.leaves} == {cast.commune.pk}


def test_a_transferred_unit_takes_its_figures_with_it(cast: Cast, version: TemplateVersion) -> None:
    happen("event,62/QĐ-LĐLĐ,Điều chuyển,,,2026-10-01\nmove,A1,,,XB\n")
    now = nodes(version, cast.province, DAY)
    assert (gifts(now[cast.commune.pk]), gifts(now[cast.sibling_commune.pk])) == (10, 4)


def test_on_a_day_before_a_unit_began_the_level_above_counts_it(cast: Cast, version: TemplateVersion) -> None:
    early = dt.date(2024, 1, 1)  # only the province stood then
    found = nodes(version, cast.province, early)
    assert list(found) == [cast.province.pk]
    assert gifts(found[cast.province.pk]) == 14


def test_two_trees_differ_only_where_something_changed(cast: Cast, version: TemplateVersion) -> None:
    assert not differs(cast.province, QUARTER, AFTER.date(), "territory")
    happen()
    assert not differs(cast.province, QUARTER, THEN, "territory")
    for one in (cast.province, cast.sibling_commune, cast.commune):
        assert differs(one, QUARTER, AFTER.date(), "territory")
    assert not differs(cast.local, QUARTER, AFTER.date(), "territory")
    assert [stands(cast.commune, day, "territory") for day in (THEN, DAY)] == [True, False]


def test_a_preview_proves_the_totals_and_keeps_nothing(cast: Cast, version: TemplateVersion) -> None:
    done = preview(event=read_event(file(SPLIT)), actor=SETUP, at=LATER)
    assert [(balance.differences, balance.equal) for balance in done.balances] == [((), 15)]
    assert done.fresh
    assert balances(day=DAY, at=LATER)[0].equal == 15
    assert not stands(cast.sibling_commune, DAY, "sector")
    assert stands(cast.commune, DAY, "territory")


def test_an_event_that_reaches_back_into_sealed_totals_is_told(cast: Cast, version: TemplateVersion) -> None:
    """The first commune's total holds its local union's; the other reports hold nobody's but their own."""
    assert reached_back(day=THEN) == [Reached("quy", PERIOD.key, sealed=1, issued=0)]
    quarterly.send(cast.provincial_officer, version)
    assert reached_back(day=THEN) == [Reached("quy", PERIOD.key, sealed=2, issued=0)]
    assert reached_back(day=THEN + dt.timedelta(days=1)) == []


# The arithmetic --------------------------------------------------------------------------------------------

parts = st.lists(st.integers(1, 10**6), min_size=1, max_size=6)


@given(st.integers(-(2**62), 2**62), parts)
def test_shares_add_up_and_each_is_within_one_of_its_exact_share(value: int, weights: list[int]) -> None:
    shares = split(value, weights)
    assert sum(shares) == value
    exact = [Fraction(value * weight, sum(weights)) for weight in weights]
    assert all(abs(share - wanted) < 1 for share, wanted in zip(shares, exact, strict=True))
    if value >= 0:
        assert min(shares) >= 0


def test_what_is_left_over_goes_to_the_largest_remainders_and_then_to_the_first() -> None:
    assert split(10, [2, 1]) == [7, 3]
    assert split(2, [1, 1, 1]) == [1, 1, 0]
    assert split(1, [1, 5, 5]) == [0, 1, 0]
    assert split(-1, [1, 1]) == [0, -1]
    assert sum(split(2**62 - 1, [3, 7, 11])) == 2**62 - 1


CIRCLE = Heirs({unit: [Division(0, [(heir, 1)], fallen=True)] for unit, heir in ((1, 2), (2, 1))})


def test_succession_in_a_circle_is_refused() -> None:
    with pytest.raises(InvalidInput, match="vòng tròn"):
        carry(1, (5,), CIRCLE)
    with pytest.raises(InvalidInput, match="vòng tròn"):
        home_of(1, CIRCLE)


def test_a_divided_unit_keeps_its_part_and_single_indicators_go_their_own_way() -> None:
    """Unit 1 keeps one part of three and gives unit 2 the rest; gifts stay whole; then unit 2 ends for unit 3."""
    heirs = Heirs({
        1: [Division(0, [(1, 1), (2, 2)], special={"gifts": [(1, 1), (2, 0)]})],
        2: [Division(1, [(3, 1)])],
    })  # fmt: skip
    assert carry(1, (10, 10), heirs, ("gifts", "money")) == {1: [10, 3], 3: [0, 7]}
    assert (home_of(1, heirs), home_of(2, heirs)) == (1, 3)
    assert carry(1, (10,), Heirs(heirs.divisions, since={1: 1})) == {1: [10]}


def test_what_nobody_takes_over_falls_to_the_level_above_and_on_with_it() -> None:
    """Local 1 falls to commune 2, which ends by the same event for 3 and 4."""
    heirs = Heirs({1: [Division(0, [(2, 1)], fallen=True)], 2: [Division(1, [(3, 1), (4, 1)])]})
    assert carry(1, (7,), heirs) == {3: [4], 4: [3]}


cells = st.one_of(
    st.just(MISSING),
    st.just(NOT_APPLICABLE),
    st.integers(-(10**12), 10**12).map(lambda number: Cell(CellState.VALUE, number)),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(cells, cells), min_size=1, max_size=9), st.randoms(use_true_random=False))
def test_random_events_conserve_every_total_cell_by_cell(
    rows: list[tuple[Cell, Cell]], chance: random.Random
) -> None:
    """Units end in any order and hand on to later numbers; the last ones stand, flat under one top."""
    count, standing = len(rows), chance.randint(1, 3)
    last = count + standing
    shares: dict[int, Shares] = {
        ended: [(heir, chance.randint(1, 9)) for heir in chance.sample(range(ended + 1, last), chance.randint(
            1, min(3, last - ended - 1)))]
        for ended in range(count)
    }  # fmt: skip
    heirs = Heirs({ended: [Division(ended, own)] for ended, own in shares.items()})
    top = last
    order = [top, *range(count, last)]
    tree = Branch(
        np.array(order), np.array([len(order), *range(2, len(order) + 1)]), np.array([0] + [1] * standing)
    )
    totals = added(tree, [(unit, pack(row)) for unit, row in enumerate(rows)], ["a", "b"], heirs)
    for column in range(2):
        whole = [row[column] for row in rows]
        assert totals(0)[column] == slow_sum(whole)
        parts = [totals(position)[column] for position in range(1, len(order))]
        assert sum(cell.value for cell in parts) == totals(0)[column].value
        for position, unit_id in enumerate(order[1:], start=1):
            assert totals(position)[column].value == slow_share(unit_id, column, rows, shares)


def slow_sum(cells: list[Cell]) -> Cell:
    present = [cell.value for cell in cells if cell.state is CellState.VALUE]
    if present:
        return Cell(CellState.VALUE, sum(present))
    return NOT_APPLICABLE if all(cell.state is CellState.NOT_APPLICABLE for cell in cells) else MISSING


def slow_share(unit: int, column: int, rows: list[tuple[Cell, Cell]], heirs: dict[int, Shares]) -> int:
    """The reference: one report at a time, recursion instead of a work list."""

    def reach(here: int, value: int) -> int:
        if here == unit:
            return value
        shares: Shares = heirs.get(here, ())
        pieces = split(value, [weight for _, weight in shares]) if shares else []
        return sum(reach(heir, piece) for (heir, _), piece in zip(shares, pieces, strict=True))

    return sum(reach(start, row[column].value) for start, row in enumerate(rows))
