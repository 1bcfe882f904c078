"""A branch over its periods: who is in, late, missing or sent back, of which members, read from stored totals."""

from __future__ import annotations

import datetime as dt

from django.db import connection
from django.test.utils import CaptureQueriesContext

from nhipcau.core.numbers import Cell, CellState
from nhipcau.core.periods import parse_period
from nhipcau.reports.filling.workflow import send_back
from nhipcau.reports.totals.overview import Column, column_of, columns_of, periods_before, year_before
from nhipcau.reports.totals.published import published
from tests.cast import NOW, Cast
from tests.reports import secrets
from tests.reports.secrets import CODES, LATE, PERIOD
from tests.web.reports import scenes
from tests.web.reports.scenes import FEBRUARY, JANUARY

AFTER = NOW + dt.timedelta(days=30)


def told(column: Column) -> dict[int, tuple[int, ...]]:
    """By unit: expected, received, accepted, late, missing, returned."""
    return {
        pk: (c.expected, c.received, c.accepted, c.late, c.missing, one.returned)
        for pk, one in column.standings.items()
        for c in [one.node.coverage]
    }


def test_each_unit_below_is_counted_whole_and_what_was_sent_back_stays_missing(cast: Cast) -> None:
    version = scenes.consolidated(cast)
    report = scenes.sent(version, cast.stranger, {"gifts": "2"})
    send_back(submission=report, reason="Xem lại", by_cell={}, actor=cast.provincial_officer, at=NOW)
    found = column_of(version, FEBRUARY, cast.province, AFTER)
    assert found.overdue
    assert told(found) == {cast.commune.pk: (3, 2, 2, 1, 1, 0), cast.sibling_commune.pk: (2, 0, 0, 2, 2, 1)}
    assert found.whole.returned == 1
    commune = column_of(version, FEBRUARY, cast.commune, AFTER)
    assert told(commune) == {cast.local.pk: (1, 1, 1, 0, 0, 0), cast.other_local.pk: (1, 0, 0, 1, 1, 0)}
    assert [one.below for one in commune.standings.values()] == [False, False]
    assert [one.below for one in found.standings.values()] == [True, True]


def test_a_correction_sent_back_leaves_the_report_that_counts(cast: Cast) -> None:
    version = scenes.consolidated(cast)
    correction = scenes.sent(version, cast.local_volunteer, {"dialogues": "4"})
    send_back(submission=correction, reason="Xem lại", by_cell={}, actor=cast.commune_officer, at=NOW)
    assert column_of(version, FEBRUARY, cast.commune, NOW).whole.returned == 0


def test_members_stand_beside_those_who_are_in(cast: Cast) -> None:
    version = scenes.consolidated(cast)
    whole = column_of(version, FEBRUARY, cast.province, NOW).whole
    assert (whole.node.coverage.members, whole.members) == (420, 635)
    alone = column_of(version, FEBRUARY, cast.local, NOW)
    assert (alone.whole.members, alone.standings) == (420, {})


def test_periods_go_back_no_further_than_the_form(cast: Cast) -> None:
    scenes.publish()
    assert periods_before("thang", FEBRUARY, 6) == [JANUARY, FEBRUARY]
    assert periods_before("thang", FEBRUARY, 1) == [FEBRUARY]
    assert year_before("thang", FEBRUARY) is None
    assert year_before("thang", parse_period("2027-02")) == FEBRUARY


def test_a_figure_counted_otherwise_in_an_earlier_version_is_not_compared(cast: Cast) -> None:
    version = scenes.consolidated(cast)
    found = column_of(version, FEBRUARY, cast.commune, NOW)
    gifts = found.definition.indicator("gifts")
    assert gifts is not None
    assert found.cell(gifts) == Cell(CellState.VALUE, 25)
    other = type(gifts)(code="gifts", label="Quà", label_en="Gifts", unit="thùng")
    assert found.cell(other).state is CellState.MISSING


def test_what_is_hidden_everywhere_is_hidden_here(cast: Cast) -> None:
    version = secrets.publish()
    secrets.reported(version)
    found = column_of(version, PERIOD, cast.province, LATE)
    shown = {
        node.unit_id: node
        for node in published(version=version, period=PERIOD, unit=cast.province, at=LATE, depth=1)
    }
    for pk, one in {cast.province.pk: found.whole, **found.standings}.items():
        assert [one.node.cells[code] for code in CODES] == [shown[pk].cells[code] for code in CODES]
    assert found.standings[cast.commune.pk].node.cells[CODES[0]].state is CellState.HIDDEN


def test_the_number_of_queries_does_not_grow_with_what_stands_below(cast: Cast) -> None:
    scenes.consolidated(cast)
    counts = []
    for unit in (cast.commune, cast.province, cast.province):
        columns_of("thang", [JANUARY, FEBRUARY], unit, NOW)  # totals are brought up to date once
        with CaptureQueriesContext(connection) as queries:
            columns_of("thang", [JANUARY, FEBRUARY], unit, NOW)
        counts.append(len(queries))
    assert counts[1] == counts[2] <= counts[0]
