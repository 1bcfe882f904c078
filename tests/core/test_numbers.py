from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.core.errors import InvalidInput
from nhipcau.core.numbers import (
    INT64_MAX,
    INT64_MIN,
    MISSING,
    NOT_APPLICABLE,
    Cell,
    CellState,
    Measure,
    add_cells,
    format_cell,
    format_value,
    parse_cell,
    parse_value,
    scale,
)
from nhipcau.core.said import english

INT64 = st.integers(INT64_MIN, INT64_MAX)


def value(number: int) -> Cell:
    return Cell(CellState.VALUE, number)


@pytest.mark.parametrize(
    ("text", "decimals", "scaled"),
    [
        ("1.234", 0, 1234),
        ("1.234.567", 0, 1_234_567),
        ("1234567", 0, 1_234_567),
        ("0", 0, 0),
        ("05", 0, 5),
        (" 72.000.000 ", 0, 72_000_000),
        ("-5", 0, -5),
        ("−5", 0, -5),
        ("12,5", 1, 125),
        ("12,5", 2, 1250),
        ("1.234,56", 2, 123_456),
        ("12", 2, 1200),
        ("1.234", 3, 1_234_000),
        ("9.223.372.036.854.775.807", 0, INT64_MAX),
    ],
)
def test_a_vietnamese_number_is_read(text: str, decimals: int, scaled: int) -> None:
    assert parse_value(text, decimals) == scaled


@pytest.mark.parametrize(
    ("text", "decimals", "said"),
    [
        ("1.23", 2, "hãy viết “1,23”"),
        ("1.23", 0, "hãy viết “123”"),
        ("12.5", 1, "hãy viết “12,5”"),
        ("1234.567", 0, "không đủ ba chữ số"),
        ("1,234", 0, "hiểu là 1 phẩy 234, nhưng chỉ tiêu này là số nguyên. Nếu muốn ghi 1.234"),
        ("12,345", 2, "hiểu là 12 phẩy 345, nhưng chỉ tiêu này chỉ có 2 chữ số thập phân"),
        ("1,234,567", 0, "hãy viết “1.234.567”"),
        ("1,234.5", 1, "hãy viết “1.234,5”"),
        ("1 234", 0, "ví dụ “1.234”"),
        ("0.123", 0, "Không đọc được số “0.123”"),
        ("5 triệu", 0, "không kèm đơn vị"),
        ("1.234.56", 0, "Không đọc được"),
        ("", 0, "Không đọc được"),
        ("٣", 0, "Không đọc được"),
        ("1e3", 0, "Không đọc được"),
        ("+5", 0, "Không đọc được"),
        ("9.223.372.036.854.775.808", 0, "quá lớn"),
        ("9" * 5000, 0, "quá lớn"),
    ],
)  # fmt: skip
def test_what_could_be_read_in_two_ways_is_refused_and_explained(text: str, decimals: int, said: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        parse_value(text, decimals)
    assert said.lower() in refusal.value.message.lower()


def test_missing_zero_and_not_applicable_print_differently() -> None:
    assert [format_cell(c, 0) for c in (MISSING, value(0), NOT_APPLICABLE)] == ["…", "0", "x"]
    for text, cell in (("", MISSING), ("…", MISSING), ("...", MISSING), ("x", NOT_APPLICABLE), ("0", value(0))):
        assert parse_cell(text, 0) == cell


def test_values_print_with_all_their_decimals() -> None:
    assert format_value(1250, 2) == "12,50"
    assert format_value(-1_234_567, 0) == "-1.234.567"
    assert format_value(-5, 2) == "-0,05"


def test_a_measure_reads_and_prints_its_cells() -> None:
    hours = Measure(1, "giờ")
    assert hours.format(hours.parse("1.234,5")) == "1.234,5"
    with pytest.raises(InvalidInput):
        Measure(7, "giờ")


def test_a_cell_without_value_carries_none() -> None:
    with pytest.raises(InvalidInput):
        Cell(CellState.MISSING, 5)
    with pytest.raises(InvalidInput, match="quá lớn"):
        value(INT64_MAX + 1)


def test_exact_numbers_are_scaled_and_never_rounded() -> None:
    assert scale(Decimal("12.5"), 2) == 1250
    assert scale(-7, 1) == -70
    for bad in (Decimal("0.005"), Decimal("NaN"), Decimal("Infinity"), Decimal("1E+400000")):
        with pytest.raises(InvalidInput):
            scale(bad, 2)


@pytest.mark.parametrize(
    ("number", "said", "in_english"),
    [
        (Decimal("0.005"), "Số “0.005” có nhiều hơn 2 chữ số thập phân.", "has more than 2 decimals. Round it"),
        (Decimal("NaN"), "“NaN” không phải là một số dùng được.", "is no number that can be used"),
        (Decimal("1E+31"), "“1E+31” không phải là một số dùng được.", "is no number that can be used"),
        (Decimal("1E+30"), "quá lớn, hệ thống không lưu được", "is too large to be kept"),
    ],
)
def test_an_exact_number_that_cannot_be_kept_says_why(number: Decimal, said: str, in_english: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        scale(number, 2)
    assert said in str(refused.value.message)
    assert in_english in english(refused.value.message)


@pytest.mark.parametrize("text", ["x", "X", " x "])
def test_what_does_not_apply_is_an_x_of_either_size(text: str) -> None:
    assert parse_cell(text, 0) == NOT_APPLICABLE


@given(INT64, st.integers(0, 6))
def test_what_is_printed_reads_back(number: int, decimals: int) -> None:
    assert parse_value(format_value(number, decimals), decimals) == number


@given(st.text(alphabet="0123456789.,- x…", max_size=12), st.integers(0, 3))
def test_what_is_read_prints_as_the_same_number(text: str, decimals: int) -> None:
    try:
        number = parse_value(text, decimals)
    except InvalidInput as refusal:
        assert text.strip() in refusal.message or "quá lớn" in refusal.message
        return
    shown, typed = format_value(number, decimals), text.strip()
    assert Decimal(shown.replace(".", "").replace(",", ".")) == Decimal(typed.replace(".", "").replace(",", "."))


def test_a_sum_is_over_the_cells_present() -> None:
    assert add_cells([value(2), MISSING, NOT_APPLICABLE, value(0), value(3)]) == value(5)
    assert add_cells([NOT_APPLICABLE, NOT_APPLICABLE]) == NOT_APPLICABLE
    assert add_cells([NOT_APPLICABLE, MISSING]) == MISSING
    assert add_cells([]) == MISSING


def test_a_sum_that_does_not_fit_is_refused() -> None:
    assert add_cells([value(INT64_MAX), value(1), value(-1)]) == value(INT64_MAX)
    with pytest.raises(InvalidInput, match="quá lớn"):
        add_cells([value(INT64_MAX), value(1)])
