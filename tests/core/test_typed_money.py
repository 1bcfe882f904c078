"""An amount as people type it is understood, or refused with one sentence that says how to write it."""

import unicodedata

import pytest

from nhipcau.core.errors import InvalidInput
from nhipcau.core.money import parse_money, scaled
from nhipcau.core.numbers import MISSING, NOT_APPLICABLE, Cell, CellState
from nhipcau.core.said import english


@pytest.mark.parametrize(
    ("typed", "dong"),
    [
        ("72.000.000", 72_000_000),
        ("72000000 đồng", 72_000_000),
        ("72 triệu", 72_000_000),
        ("72 TRIỆU ĐỒNG", 72_000_000),
        (unicodedata.normalize("NFD", "72 triệu đồng"), 72_000_000),
        ("72 trieu", 72_000_000),
        ("72tr", 72_000_000),
        ("72tr.đ", 72_000_000),
        ("1,5 tỷ", 1_500_000_000),
        ("1 tỷ 200 triệu", 1_200_000_000),
        ("2 triệu 500 nghìn đồng", 2_500_000),
        ("500 ngàn", 500_000),
        ("0 triệu", 0),
    ],
)
def test_amounts_are_understood_as_typed(typed: str, dong: int) -> None:
    assert parse_money(typed) == Cell(CellState.VALUE, dong)


def test_a_large_amount_in_words_is_exact_to_the_last_dong() -> None:
    assert scaled("9.000.000.001,000001", "tỷ") == Cell(CellState.VALUE, 9_000_000_001_000_001_000)


@pytest.mark.parametrize(("typed", "cell"), [("", MISSING), ("…", MISSING), ("x", NOT_APPLICABLE)])
def test_what_is_no_amount_stays_what_it_says(typed: str, cell: Cell) -> None:
    assert parse_money(typed) == cell


@pytest.mark.parametrize(
    "typed", ["72 triêuu", "bảy mươi hai triệu", "triệu", "72 triệu 5", "200 triệu 1 tỷ", "72 trăm", "72 suất"]
)
def test_other_words_are_refused_without_forbidding_the_unit(typed: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        parse_money(typed)
    told = f"Không đọc được số tiền «{typed}»: hãy viết như 72.000.000 hoặc 72 triệu."
    assert str(refused.value.message) == told


def test_an_amount_written_out_and_called_millions_besides_is_the_slip_of_a_real_report() -> None:
    with pytest.raises(InvalidInput, match="bỏ chữ «triệu»"):
        parse_money("72.000.000 triệu")


@pytest.mark.parametrize(
    ("number", "word", "decimals", "amount"),
    [
        ("1,25", "triệu", 0, 1_250_000),
        ("1,25", "nghìn", 2, 125_000),
        ("0,001", "nghìn", 1, 10),
        ("2", "tỷ", 0, 2 * 10**9),
    ],
)
def test_a_measure_with_decimals_keeps_them(number: str, word: str, decimals: int, amount: int) -> None:
    assert parse_money(f"{number} {word}", decimals) == Cell(CellState.VALUE, amount)


@pytest.mark.parametrize(("number", "slip"), [("999.999", False), ("1.000.000", True), ("1.000.001", True)])
def test_a_million_millions_are_a_slip_and_a_little_less_is_not(number: str, slip: bool) -> None:
    if not slip:
        assert parse_money(f"{number} triệu").state is CellState.VALUE
        return
    with pytest.raises(InvalidInput, match=f"Nếu là {number} đồng thì bỏ chữ «triệu»") as refused:
        parse_money(f"{number} triệu")
    assert "leave out «triệu»" in english(refused.value.message)
