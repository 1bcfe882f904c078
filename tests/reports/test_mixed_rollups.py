"""A template whose figures roll up in every way: what the superior sees, and what stands behind each figure."""

from __future__ import annotations

import pytest
import yaml

from nhipcau.core.numbers import MISSING, Cell, CellState, unpack
from nhipcau.reports.design.templates import import_template
from nhipcau.reports.models import Seal, TemplateVersion
from nhipcau.reports.totals.consolidation import consolidate
from nhipcau.reports.totals.lineage import Trace, trace
from tests import quarterly
from tests.cast import NOW, SETUP, Cast
from tests.quarterly import LATER, PERIOD

MIXED = """
breakdowns:
  - {code: sex, label: Giới, items: [{code: female, label: Nữ}, {code: male, label: Nam}]}
sections:
  - title: Lao động, tiền lương
    indicators:
      - {code: workers, label: Số người được tính, unit: người, breakdowns: [sex]}
      - {code: wage, label: Tiền lương bình quân, unit: đồng, over_units: mean, weight: workers}
      - {code: lowest, label: Mức lương thấp nhất, unit: đồng, over_units: min}
      - {code: longest, label: Ca dài nhất, unit: giờ, over_units: max}
      - {code: offices, label: Phòng làm việc của cơ quan, unit: phòng, over_units: none}
"""
LOCAL = {"workers[sex=female]": "60", "workers[sex=male]": "40", "wage": "7.000.000", "lowest": "4.900.000"}
LOCAL |= {"longest": "10", "offices": "1"}
PROVINCE = {"workers[sex=female]": "200", "workers[sex=male]": "100", "wage": "9.000.001", "lowest": "5.200.000"}
PROVINCE |= {"longest": "8", "offices": "12"}


@pytest.fixture
def version(cast: Cast) -> TemplateVersion:
    raw = yaml.safe_load(quarterly.YAML) | yaml.safe_load(MIXED) | {"rules": []}
    made = import_template(data=yaml.safe_dump(raw, allow_unicode=True).encode(), actor=SETUP, at=NOW).version
    quarterly.accepted(cast, made, **LOCAL)
    quarterly.send(cast.provincial_officer, made, **PROVINCE)
    return made


def value(number: int) -> Cell:
    return Cell(CellState.VALUE, number)


def traced(cast: Cast, version: TemplateVersion, code: str) -> Trace:
    return trace(version=version, indicator=code, period=PERIOD, unit=cast.province, at=LATER)


def test_each_figure_rolls_up_in_its_own_way(cast: Cast, version: TemplateVersion) -> None:
    cells = consolidate(version=version, period=PERIOD, unit=cast.province, at=LATER).cells
    found = [cells[code] for code in ("workers", "workers[sex=female]", "wage", "lowest", "longest", "offices")]
    assert found == list(map(value, (400, 260, 8_500_001, 4_900_000, 10, 12)))


def test_what_does_not_roll_up_is_missing_where_nobody_reported_it(cast: Cast, version: TemplateVersion) -> None:
    assert consolidate(version=version, period=PERIOD, unit=cast.commune, at=LATER).cells["offices"] == MISSING


def test_the_sealed_total_rolls_up_the_same_way(cast: Cast, version: TemplateVersion) -> None:
    seal = Seal.objects.get(unit=cast.province)
    live = dict(zip(version.cells, unpack(bytes(seal.live), len(version.cells)), strict=True))
    assert (live["wage"], live["lowest"], live["offices"]) == (value(8_500_001), value(4_900_000), value(12))


@pytest.mark.parametrize("code", ["workers", "workers[sex=male]", "wage", "lowest", "longest"])
def test_every_figure_leads_to_both_reports(cast: Cast, version: TemplateVersion, code: str) -> None:
    assert {leaf.unit for leaf in traced(cast, version, code).leaves} == {cast.province, cast.local}


def test_a_mean_shows_what_it_was_weighed_by(cast: Cast, version: TemplateVersion) -> None:
    found = traced(cast, version, "wage")
    assert (found.rollup, found.total) == ("mean", 8_500_001)
    assert {(leaf.value, leaf.weight) for leaf in found.leaves} == {(7_000_000, 100), (9_000_001, 300)}


def test_a_figure_that_does_not_roll_up_leads_to_the_unit_alone(cast: Cast, version: TemplateVersion) -> None:
    assert [leaf.unit for leaf in traced(cast, version, "offices").leaves] == [cast.province]
