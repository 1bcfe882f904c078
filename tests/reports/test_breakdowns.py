"""A figure split by sex and sector: its cells are typed, its total is computed, and everything else sees both."""

from __future__ import annotations

import pytest
import yaml

from nhipcau.boundary import BoundaryRefused
from nhipcau.core.errors import InvalidInput
from nhipcau.core.numbers import MISSING, Cell, CellState
from nhipcau.reports.design.checks import check
from nhipcau.reports.design.definition import Definition, load
from nhipcau.reports.design.figures import with_formulas
from nhipcau.reports.design.templates import import_template
from nhipcau.reports.models import TemplateVersion
from tests import quarterly
from tests.cast import NOW, SETUP, Cast

pytestmark = pytest.mark.django_db

SPLIT = """
breakdowns:
  - {code: sex, label: Giới, items: [{code: female, label: Nữ, label_en: Women}, {code: male, label: Nam}]}
  - {code: sector, label: Khu vực, items: [{code: state, label: Nhà nước}, {code: private, label: Ngoài nhà nước}]}
sections:
  - title: Đoàn viên
    indicators:
      - {code: members, label: Số đoàn viên, label_en: Members, unit: người, breakdowns: [sex, sector]}
      - {code: new_members, label: Kết nạp mới, unit: người, breakdowns: [sex]}
      - {code: share, label: Tỷ lệ mới, unit: "%", over_units: formula, formula: 100 * new_members / members}
rules:
  - {code: nu, severity: error, check: "new_members[sex=female] <= members", message: "Nữ mới nhiều hơn {members}."}
"""
CELLS = ["members[sex=female,sector=state]", "members[sex=female,sector=private]"]
CELLS += ["members[sex=male,sector=state]", "members[sex=male,sector=private]"]


def publish(**parts: object) -> TemplateVersion:
    raw = yaml.safe_load(quarterly.YAML) | yaml.safe_load(SPLIT) | parts
    return import_template(data=yaml.safe_dump(raw, allow_unicode=True).encode(), actor=SETUP, at=NOW).version


def value(number: int) -> Cell:
    return Cell(CellState.VALUE, number)


@pytest.fixture
def definition(cast: Cast) -> Definition:
    return load(publish().definition)


def test_only_the_cells_are_typed(definition: Definition) -> None:
    assert definition.cells() == [*CELLS, "new_members[sex=female]", "new_members[sex=male]"]


def test_the_total_is_the_sum_of_its_cells_and_formulas_read_it(definition: Definition) -> None:
    cells = dict(zip(CELLS, map(value, (40, 30, 20, 10)), strict=True)) | {"new_members[sex=male]": value(5)}
    complete = with_formulas(definition, cells)
    assert (complete["members"], complete["new_members"], complete["share"]) == (value(100), value(5), value(5))


def test_a_total_none_of_whose_cells_is_there_is_missing(definition: Definition) -> None:
    assert with_formulas(definition, {})["members"] == MISSING


def test_a_rule_may_name_one_cell(definition: Definition) -> None:
    cells = dict.fromkeys(CELLS, value(1))
    cells |= {"new_members[sex=female]": value(9), "new_members[sex=male]": value(0)}
    found = check(definition, cells, {})
    assert [(one.rule, one.message) for one in found] == [("nu", "Nữ mới nhiều hơn 4.")]
    assert found[0].cells == ("members", "new_members[sex=female]")


def test_a_cell_is_called_by_its_figure_and_its_items(definition: Definition) -> None:
    cell = definition.indicator(CELLS[1])
    assert cell is not None
    assert (cell.label, cell.label_en) == ("Số đoàn viên: Nữ, Ngoài nhà nước", "Members: Women, Ngoài nhà nước")


@pytest.mark.parametrize(
    ("figure", "says"),
    [
        ({"breakdowns": ["age"]}, "«age»"),
        ({"breakdowns": ["sex"], "over_units": "max"}, "cộng được"),
        ({"over_units": "mean", "weight": "nobody"}, "«nobody»"),
        ({"over_units": "mean"}, "weight đi cùng"),
        ({"weight": "n"}, "weight đi cùng"),
    ],
)
def test_what_cannot_be_rolled_up_is_refused_with_its_place(figure: dict[str, object], says: str) -> None:
    sections = [{"title": "Phần", "indicators": [{"code": "n", "label": "Số", "unit": "người"} | figure]}]
    with pytest.raises(InvalidInput) as refusal:
        publish(sections=sections, rules=[])
    assert any(says in str(fault) for fault in refusal.value.faults)


def test_the_words_of_a_breakdown_pass_the_boundary_too() -> None:
    items = [{"code": "good", "label": "Tư tưởng tốt"}, {"code": "bad", "label": "Có biểu hiện chính trị lệch lạc"}]
    split = [{"code": "view", "label": "Xếp loại nhận thức chính trị của đoàn viên", "items": items}]
    indicators = [{"code": "n", "label": "Số đoàn viên", "unit": "người", "breakdowns": ["view"]}]
    with pytest.raises(BoundaryRefused):
        publish(breakdowns=split, sections=[{"title": "Phần", "indicators": indicators}], rules=[])
