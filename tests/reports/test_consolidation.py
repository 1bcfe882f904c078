"""live(N) = own(N) + Σ live(children), with who stands behind it."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhipcau.core.clock import VN
from nhipcau.core.errors import InvalidInput
from nhipcau.core.numbers import MISSING, Cell, CellState, pack
from nhipcau.org.branches import Branch
from nhipcau.reports.models import Submission, SubmissionState, TemplateVersion, Totals
from nhipcau.reports.queries import narratives_below
from nhipcau.reports.totals.consolidation import Consolidated, consolidate, consolidate_every_node
from nhipcau.reports.totals.lineage import trace
from tests import quarterly
from tests.cast import Cast
from tests.quarterly import LATER, PERIOD
from tests.reports.adding import added


@pytest.fixture
def version(cast: Cast) -> TemplateVersion:
    return quarterly.publish()


def at_province(cast: Cast, version: TemplateVersion, at: dt.datetime = LATER) -> Consolidated:
    return consolidate(version=version, period=PERIOD, unit=cast.province, at=at)


def gifts(node: Consolidated) -> Cell:
    return node.cells["gifts"]


def value(number: int) -> Cell:
    return Cell(CellState.VALUE, number)


def test_own_figures_and_those_below_add_up_at_every_node(cast: Cast, version: TemplateVersion) -> None:
    quarterly.accepted(cast, version, gifts="3", money="900.000")
    quarterly.send(cast.provincial_officer, version, gifts="5", money="2.500.000")
    nodes = {
        n.unit_id: n for n in consolidate_every_node(version=version, period=PERIOD, unit=cast.province, at=LATER)
    }
    found = [gifts(nodes[u.pk]) for u in (cast.province, cast.commune, cast.local, cast.sibling_commune)]
    assert found == [value(8), value(3), value(3), MISSING]
    assert nodes[cast.province.pk].cells["average"] == value(425_000)


def test_what_is_only_submitted_does_not_count_yet(cast: Cast, version: TemplateVersion) -> None:
    quarterly.send(cast.local_volunteer, version, gifts="3")
    assert gifts(at_province(cast, version)) == MISSING


def test_a_middle_unit_does_not_gate_its_children(cast: Cast, version: TemplateVersion) -> None:
    quarterly.accepted(cast, version, gifts="3")
    quarterly.draft(cast.commune_officer, version, gifts="100")
    assert gifts(at_province(cast, version)) == value(3)


def test_a_correction_replaces_and_is_not_added(cast: Cast, version: TemplateVersion) -> None:
    quarterly.accepted(cast, version, gifts="3")
    quarterly.accepted(cast, version, gifts="4")
    assert gifts(at_province(cast, version)) == value(4)


def test_coverage_counts_units_and_members_at_every_node(cast: Cast, version: TemplateVersion) -> None:
    quarterly.accepted(cast, version, gifts="3")
    quarterly.send(cast.stranger, version)
    found = at_province(cast, version).coverage
    assert (found.expected, found.received, found.accepted, found.missing) == (6, 2, 1, 4)
    assert (found.members, found.late) == (420, 0)


def test_after_the_due_date_the_missing_are_late_and_so_is_who_came_after_it(
    cast: Cast, version: TemplateVersion
) -> None:
    quarterly.accepted(cast, version)
    late = dt.datetime(2026, 4, 20, 9, 0, tzinfo=VN)
    assert at_province(cast, version, late).coverage.late == 5
    Submission.objects.update(submitted_at=late)
    Totals.objects.all().delete()  # nobody but the product's own actions marks what is stored
    assert at_province(cast, version, late).coverage.late == 6


def test_a_late_correction_does_not_make_a_unit_late(cast: Cast, version: TemplateVersion) -> None:
    quarterly.accepted(cast, version, gifts="3")
    late = dt.datetime(2026, 4, 20, 9, 0, tzinfo=VN)
    quarterly.accepted(cast, version, gifts="4")
    Submission.objects.filter(revision=2).update(submitted_at=late)
    Totals.objects.all().delete()
    assert at_province(cast, version, late).coverage.late == 5


def test_leaves_add_up_to_the_total_and_name_their_records(cast: Cast, version: TemplateVersion) -> None:
    activity = quarterly.give(cast.local_volunteer, 3, 900_000)
    quarterly.accepted(cast, version)
    quarterly.send(cast.provincial_officer, version, gifts="5", money="1.000.000")
    found = trace(version=version, indicator="gifts", period=PERIOD, unit=cast.province, at=LATER)
    assert found.total == sum(leaf.value for leaf in found.leaves) == 8
    by_unit = {leaf.unit.pk: leaf for leaf in found.leaves}
    assert [source.activity for source in by_unit[cast.local.pk].sources] == [activity]
    assert (by_unit[cast.local.pk].by_hand, by_unit[cast.province.pk].by_hand) == (0, 5)


def test_a_ratio_points_to_its_parts(cast: Cast, version: TemplateVersion) -> None:
    with pytest.raises(InvalidInput, match="gifts, money"):
        trace(version=version, indicator="average", period=PERIOD, unit=cast.province, at=LATER)


def test_paragraphs_of_the_units_below_are_gathered(cast: Cast, version: TemplateVersion) -> None:
    quarterly.accepted(cast, version)
    Submission.objects.update(narrative={"danh_gia": "Đã tổ chức tốt."})
    below = narratives_below(cast.scope(cast.commune_officer, LATER), version, PERIOD, "danh_gia")
    assert [one.text for one in below] == ["Đã tổ chức tốt."]


def test_a_sum_that_would_overflow_is_refused(cast: Cast, version: TemplateVersion) -> None:
    quarterly.accepted(cast, version)
    quarterly.send(cast.provincial_officer, version)
    huge = pack([value(2**62)] + [MISSING] * (len(version.cells) - 1))
    Submission.objects.update(payload=huge, state=SubmissionState.ACCEPTED)
    with pytest.raises(InvalidInput, match="giới hạn"):
        at_province(cast, version)


cells = st.one_of(
    st.just(MISSING), st.just(Cell(CellState.NOT_APPLICABLE)), st.integers(-(10**12), 10**12).map(value)
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(cells, cells), min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_every_node_equals_adding_its_branch_one_by_one(rows: list[tuple[Cell, Cell]], random: object) -> None:
    """Against the plain recursion, on random trees and cells: sums, missing and not applicable alike."""
    count = len(rows)
    parents = [None, *(random.randrange(i) for i in range(1, count))]  # type: ignore[attr-defined]
    order, end = _depth_first(parents)
    depth = [len(_chain(parents, unit)) - 1 for unit in order]
    tree = Branch(np.array(order), np.array(end), np.array(depth))
    totals = added(tree, [(unit, pack(rows[unit])) for unit in range(count)], ["a", "b"])
    for position, unit in enumerate(order):
        branch = [u for u in range(count) if unit in _chain(parents, u)]
        for column in range(2):
            assert totals(position)[column] == _slow_sum([rows[u][column] for u in branch])


def _chain(parents: list[int | None], unit: int | None) -> list[int]:
    chain = []
    while unit is not None:
        chain.append(unit)
        unit = parents[unit]
    return chain


def _depth_first(parents: list[int | None]) -> tuple[list[int], list[int]]:
    order: list[int] = []
    end: dict[int, int] = {}

    def visit(unit: int) -> None:
        order.append(unit)
        for child, parent in enumerate(parents):
            if parent == unit:
                visit(child)
        end[unit] = len(order)

    visit(0)
    return order, [end[unit] for unit in order]


def _slow_sum(cells: list[Cell]) -> Cell:
    present = [cell.value for cell in cells if cell.state is CellState.VALUE]
    if present:
        return value(sum(present))
    return Cell(CellState.NOT_APPLICABLE) if all(c.state is CellState.NOT_APPLICABLE for c in cells) else MISSING
