"""A unit that ends within a period owes one report for its part of it and is counted where it lay last."""

from __future__ import annotations

import datetime as dt

import pytest

from nhipcau.core.numbers import CellState
from nhipcau.core.periods import parse_period
from nhipcau.org.branches import Span
from nhipcau.org.models import Post, Unit, UnitName
from nhipcau.org.queries import ended_below, superiors_during
from nhipcau.reports.filling.workflow import accept
from nhipcau.reports.models import Submission, TemplateVersion
from nhipcau.reports.sealing.seals import standing_below
from nhipcau.reports.totals.consolidation import Consolidated, consolidate_every_node
from nhipcau.reports.totals.gaps import gaps_of
from nhipcau.reports.totals.lineage import trace
from tests import quarterly
from tests.cast import Cast, unit
from tests.reorganisations import AFTER, DAY, happen

PERIOD = parse_period("2026-Q4")  # the event falls on its first day
SPAN = Span(dt.date(2026, 10, 1), dt.date(2026, 12, 31))
MERGER = """event,71/QĐ-LĐLĐ,Sáp nhập,,,2026-11-16
end,XA
move,A1,,,XB
move,A2,,,XB
succeed,XA,,,,,,,,,,XB
"""
EVE = dt.datetime(2026, 11, 13, 9, tzinfo=AFTER.tzinfo)
LATER = dt.datetime(2027, 1, 5, 9, tzinfo=AFTER.tzinfo)


@pytest.fixture
def version(cast: Cast) -> TemplateVersion:
    return quarterly.publish()


def reported(cast: Cast, version: TemplateVersion) -> Submission:
    """The commune sends its short-period report on the last working day before it ends."""
    return send(cast.commune_officer, version, EVE, "10")


def send(post: Post, version: TemplateVersion, at: dt.datetime, gifts: str) -> Submission:
    draft = quarterly.draft_for(post, version, PERIOD, at, gifts=gifts, money="1.000.000")
    return quarterly.send_draft(draft, post, at)


def nodes(version: TemplateVersion, top: Unit, day: dt.date | None = None) -> dict[str, Consolidated]:
    every = consolidate_every_node(version=version, period=PERIOD, unit=top, at=LATER, day=day)
    codes = dict(UnitName.objects.values_list("unit", "code"))
    return {codes[node.unit_id]: node for node in every}


def gifts(node: Consolidated) -> int:
    cell = node.cells["gifts"]
    return cell.value if cell.state is CellState.VALUE else 0


def test_it_is_counted_where_it_lay_and_what_moved_on_is_counted_where_it_went(
    cast: Cast, version: TemplateVersion
) -> None:
    accept(submission=reported(cast, version), actor=cast.provincial_officer, at=EVE)
    happen(MERGER, EVE)
    accept(submission=send(cast.local_volunteer, version, LATER, "3"), actor=cast.stranger, at=LATER)
    found = nodes(version, cast.province)
    assert {code: gifts(node) for code, node in found.items() if gifts(node)} == {
        "T": 13,
        "XA": 10,
        "XB": 3,
        "A1": 3,
    }
    assert (found["XA"].coverage.expected, found["XB"].coverage.expected) == (1, 4)
    assert found["T"].coverage.expected == 6
    traced = trace(version=version, indicator="gifts", period=PERIOD, unit=cast.province, at=LATER)
    assert sorted(leaf.value for leaf in traced.leaves) == [3, 10]


def test_on_todays_tree_its_figures_are_with_its_successor(cast: Cast, version: TemplateVersion) -> None:
    accept(submission=reported(cast, version), actor=cast.provincial_officer, at=EVE)
    happen(MERGER, EVE)
    found = nodes(version, cast.province, LATER.date())
    assert (gifts(found["XB"]), gifts(found["T"]), "XA" in found) == (10, 10, False)
    assert found["XB"].coverage.expected == 5


def test_it_is_named_while_it_is_missing(cast: Cast, version: TemplateVersion) -> None:
    happen(MERGER, EVE)
    assert "Công đoàn xã An Hải" in {name.name for name in gaps_of(version, PERIOD, cast.province).missing}
    before = parse_period("2027-Q1")
    assert "Công đoàn xã An Hải" not in {name.name for name in gaps_of(version, before, cast.province).missing}


def test_a_unit_that_ended_on_the_eve_of_the_period_owes_nothing(cast: Cast, version: TemplateVersion) -> None:
    happen(MERGER.replace("2026-11-16", DAY.isoformat()))
    assert "XA" not in nodes(version, cast.province)


def test_it_goes_into_the_sealed_total_of_those_above_it(cast: Cast, version: TemplateVersion) -> None:
    sent = reported(cast, version)
    happen(MERGER, EVE)
    accept(submission=sent, actor=cast.provincial_officer, at=LATER)
    assert standing_below(version, PERIOD, cast.province).tolist() == [Submission.objects.get(pk=sent.pk).seal_id]
    assert [one.pk for one in superiors_during(cast.commune, SPAN)] == [cast.province.pk]
    assert ended_below(cast.province, SPAN) == [cast.commune.pk]
    assert ended_below(cast.sibling_commune, SPAN) == []


def test_a_top_that_ended_is_counted_below_the_one_that_took_its_place(
    cast: Cast, version: TemplateVersion
) -> None:
    happen(
        "event,72/QĐ-TLĐ,Hợp nhất,,,2026-11-16\nend,T\nbegin,TG,Liên đoàn Lao động tỉnh Giang Hải,province,\n"
        "move,XA,,,TG\nmove,XB,,,TG\nsucceed,T,,,,,,,,,,TG\n",
        EVE,
    )
    found = nodes(version, unit("TG"))
    assert set(found) == {"TG", "T", "XA", "XB", "A1", "A2", "B1"}
    assert [one.pk for one in superiors_during(cast.province, SPAN)] == [unit("TG").pk]
    assert ended_below(unit("TG"), SPAN) == [cast.province.pk]
