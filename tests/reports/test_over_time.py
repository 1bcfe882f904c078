"""A year from its quarters: flows add up, stocks take the last, nobody counts twice, means are weighed again."""

from __future__ import annotations

import datetime as dt

import pytest
import yaml

from nhipcau.core.clock import VN
from nhipcau.core.errors import InvalidInput
from nhipcau.core.numbers import MISSING, Cell, CellState
from nhipcau.core.periods import parse_period
from nhipcau.org.models import Post
from nhipcau.reports.design.templates import import_template
from nhipcau.reports.models import TemplateVersion
from nhipcau.reports.totals.over_time import OverTime, consolidate_over_time, sub_periods
from tests import quarterly
from tests.cast import NOW, SETUP, Cast

OVER_TIME = """
sections:
  - title: Lao động, chăm lo
    indicators:
      - {code: gifts, label: Số suất quà, unit: suất}
      - {code: workers, label: Số lao động, unit: người, over_time: stock}
      - {code: helped, label: Số người được giúp, unit: người, over_time: distinct}
      - {code: wage, label: Tiền lương bình quân, unit: đồng, over_units: mean, weight: workers}
      - {code: each, label: Mỗi người, unit: suất, decimals: 2, over_units: formula, formula: gifts / workers}
"""
YEAR, QUARTERS = parse_period("2026"), (parse_period("2026-Q1"), parse_period("2026-Q2"))
AUTUMN = dt.datetime(2026, 9, 1, 9, 0, tzinfo=VN)


def publish(**parts: object) -> TemplateVersion:
    raw = yaml.safe_load(quarterly.YAML) | yaml.safe_load(OVER_TIME) | {"rules": []} | parts
    return import_template(data=yaml.safe_dump(raw, allow_unicode=True).encode(), actor=SETUP, at=NOW).version


def report(post: Post, version: TemplateVersion, quarter: int, **figures: str) -> None:
    """The province reports its own figures for the first or second quarter."""
    draft = quarterly.draft_for(post, version, QUARTERS[quarter - 1], AUTUMN, **figures)
    quarterly.send_draft(draft, post, AUTUMN)


def over_year(cast: Cast) -> OverTime:
    reported = sub_periods("quy", YEAR, AUTUMN.date())
    return consolidate_over_time(reported=reported, unit=cast.province, at=AUTUMN)[0]


def value(number: int) -> Cell:
    return Cell(CellState.VALUE, number)


@pytest.fixture
def version(cast: Cast) -> TemplateVersion:
    made = publish()
    report(cast.provincial_officer, made, 1, gifts="10", workers="100", helped="7", wage="7.000.000")
    report(cast.provincial_officer, made, 2, gifts="30", workers="300", helped="9", wage="9.000.001")
    return made


def test_a_flow_adds_up_and_a_stock_takes_the_last(cast: Cast, version: TemplateVersion) -> None:
    cells = over_year(cast).cells
    assert (cells["gifts"], cells["workers"]) == (value(40), value(300))


def test_people_counted_each_quarter_are_not_added(cast: Cast, version: TemplateVersion) -> None:
    assert over_year(cast).cells["helped"] == MISSING


def test_a_mean_is_weighed_over_all_quarters(cast: Cast, version: TemplateVersion) -> None:
    assert over_year(cast).cells["wage"] == value(8_500_001)


def test_a_formula_is_made_again_from_the_years_figures(cast: Cast, version: TemplateVersion) -> None:
    assert over_year(cast).cells["each"] == value(13)


def test_quarters_not_begun_are_left_out(cast: Cast, version: TemplateVersion) -> None:
    found = sub_periods("quy", YEAR, AUTUMN.date())
    assert [one.period.key for one in found] == ["2026-Q1", "2026-Q2", "2026-Q3"]


def test_reports_of_all_quarters_are_counted(cast: Cast, version: TemplateVersion) -> None:
    covered = over_year(cast).coverage
    assert (covered.accepted, covered.expected % 3) == (2, 0)


def test_another_version_meets_the_first_by_its_codes(cast: Cast, version: TemplateVersion) -> None:
    turned = yaml.safe_load(OVER_TIME)["sections"]
    turned[0]["indicators"] = [{"code": "new", "label": "Mới", "unit": "suất"}, *reversed(turned[0]["indicators"])]
    publish(sections=turned, first_period="2026-Q3")
    assert over_year(cast).cells["gifts"] == value(40)


def test_months_cannot_be_made_from_quarters(cast: Cast, version: TemplateVersion) -> None:
    with pytest.raises(InvalidInput, match="Không chia được"):
        sub_periods("quy", parse_period("2026-05"), AUTUMN.date())
