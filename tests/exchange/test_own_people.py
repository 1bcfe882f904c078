"""Columns about persons are told by heading and shape; money and counts are not taken for them."""

from __future__ import annotations

import pytest

from nhipcau.exchange.own.people import names_persons, of_persons
from nhipcau.exchange.own.table import read_raw
from tests.exchange.plain import sheet


@pytest.mark.parametrize(
    ("heading", "values"),
    [
        ("Số ĐT", [912_345_678.0, 987_654_321.0]),
        ("Số BHXH", [7_912_345_678.0, 123_456_789.0]),
        ("Mã thẻ BHYT", ["GD4797912345678"]),
        ("Số CMT", [123_456_789.0]),
        ("CCCD", [1_085_012_345.0, 79_085_012_345.0]),
        ("Sinh năm", [1980.0, 1991.0]),
        ("Giấy tờ", ["001085012345", "079085012345"]),
        ("Ghi chú", ["0912 345 678", "0987 654 321"]),
        ("Số", [79_085_012_345.0, 79_085_012_346.0]),
        ("Số đoàn viên", [79_085_012_345.0, 79_085_012_346.0]),
        ("NS", [1980.0, 1991.0, 1975.0]),
        ("Năm", [1980.0, 1991.0, 1975.0]),
        ("Họ tên người nhận tiền", ["Lan", "Mai"]),
    ],
)
def test_a_column_about_persons(heading: str, values: list[object]) -> None:
    assert of_persons(heading, values)


@pytest.mark.parametrize(
    ("heading", "values"),
    [
        ("Tổng thu (đồng)", [12_345_678_901.0, 23_456_789_012.0]),
        ("Nợ BHXH", [12_345_678_901.0, 345_678_901.0]),
        ("Kinh phí quyết toán", [12_345_678_901.0, 12_345_678_902.0]),
        ("Số tiền", ["84.000.000.000", "12.345.678.901"]),
        ("Số người tham gia BHXH", [420.0, 35.0]),
        ("Số người được làm CCCD", [12.0, 3.0]),
        ("Nữ dưới 35 tuổi (người)", [12.0, 3.0]),
        ("Số đoàn viên", [1980.0, 1991.0, 2001.0]),
        ("Tiền điện thoại (đồng)", [300_000.0, 200_000.0]),
    ],
)
def test_money_and_counts_are_none(heading: str, values: list[object]) -> None:
    assert not of_persons(heading, values)


@pytest.mark.parametrize(
    ("heading", "values", "persons"),
    [
        ("Tên", ["Lan", "Hùng", "Minh Anh"], True),
        ("Tên", ["Công ty May Hải Âu", "Trường Tiểu học Hải Long"], False),
        ("Cán bộ công đoàn", ["Lan", "Hùng"], True),
        ("Tên đơn vị", ["Hải Âu", "Sơn Ca"], False),
        ("Tên đơn vị sử dụng lao động", ["Hải Âu", "Sơn Ca"], False),
    ],
)
def test_words_are_units_or_persons(heading: str, values: list[object], persons: bool) -> None:
    assert names_persons(heading, values) is persons


def test_nothing_of_such_a_column_leaves_the_reader() -> None:
    raw = read_raw(
        sheet(
            ["Đơn vị", "Tên", "Sinh năm", "Số ĐT", "Số suất"],
            ["Công ty May Hải Âu", "Lan", 1980, 912_345_678, 3],
            ["Trường Tiểu học Hải Long", "Hùng", 1991, 987_654_321, 2],
        ),
        "so.xlsx",
    )
    assert [one["kind"] for one in raw["columns"]] == ["unit", "person", "person", "person", "number"]
    assert not [word for word in ("Lan", "Hùng", "1980", "912345678") if word in str(raw)]
