"""What people type in a cell."""

from __future__ import annotations

import pytest

from nhipcau.core.errors import InvalidInput
from nhipcau.core.numbers import MISSING, NOT_APPLICABLE, Cell, CellState
from nhipcau.reports.design.definition import Indicator, load
from nhipcau.reports.design.figures import parse_figure, typed_figure, with_formulas
from tests import quarterly

MONEY = Indicator("m", "Số tiền", "", "đồng")
COUNT = Indicator("n", "Số cuộc", "", "cuộc")


@pytest.mark.parametrize(
    ("text", "dong"),
    [
        ("72.000.000", 72_000_000),
        ("72 triệu", 72_000_000),
        ("72 triệu đồng", 72_000_000),
        ("1,5 tỷ", 1_500_000_000),
        ("500 nghìn đ", 500_000),
        ("0", 0),
    ],
)
def test_money_may_carry_its_scale(text: str, dong: int) -> None:
    assert parse_figure(MONEY, text) == Cell(CellState.VALUE, dong)


def test_missing_zero_and_not_applicable_are_three_things() -> None:
    assert parse_figure(COUNT, "") == MISSING
    assert parse_figure(COUNT, "x") == NOT_APPLICABLE
    assert parse_figure(COUNT, "0") == Cell(CellState.VALUE, 0)


def test_an_amount_written_out_and_called_millions_is_refused_with_what_it_would_mean() -> None:
    with pytest.raises(InvalidInput, match=r"nghĩa là 72\.000\.000\.000\.000 đồng"):
        parse_figure(MONEY, "72.000.000 triệu đồng")


@pytest.mark.parametrize("text", ["-3", "ba", "1.23", "1,234", "triệu", "12 3"])
def test_text_and_what_is_ambiguous_are_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        parse_figure(MONEY, text)


def test_a_scale_word_belongs_to_money_alone() -> None:
    with pytest.raises(InvalidInput):
        parse_figure(COUNT, "3 nghìn")


@pytest.mark.django_db
def test_a_ratio_is_recomputed_from_its_parts_and_missing_without_them() -> None:
    definition = load(quarterly.publish().definition)
    full = {"gifts": Cell(CellState.VALUE, 3), "money": Cell(CellState.VALUE, 1_000_000)}
    assert with_formulas(definition, full)["average"] == Cell(CellState.VALUE, 333_333)
    assert with_formulas(definition, {"gifts": Cell(CellState.VALUE, 3)})["average"] == MISSING
    zero = full | {"gifts": Cell(CellState.VALUE, 0)}
    assert with_formulas(definition, zero)["average"] == MISSING


RATE = Indicator("r", "Tỷ lệ", "", "%", decimals=1)


def test_a_number_of_a_spreadsheet_is_read_at_the_digits_it_shows() -> None:
    assert typed_figure(RATE, 0.1 + 0.2) == "0,3"
    assert typed_figure(COUNT, 1234.0) == "1.234"
    assert typed_figure(COUNT, "1.234") == "1.234"


@pytest.mark.parametrize(("value", "says"), [(1.5, "chữ số thập phân"), (1e15, "quá lớn")])
def test_a_number_that_a_figure_cannot_keep_is_refused(value: float, says: str) -> None:
    with pytest.raises(InvalidInput, match=says):
        typed_figure(COUNT, value)
