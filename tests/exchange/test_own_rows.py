"""Every row of a federation's own spreadsheet is a unit, a fault with its address, or left out and said."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from nhipcau.core.errors import InvalidInput
from nhipcau.exchange.own.table import Table, read_raw, table_of
from nhipcau.exchange.own.taking import take_table, understood
from nhipcau.org.models import UnitName
from nhipcau.reports.models import Submission, TemplateVersion
from tests import quarterly
from tests.cast import Cast
from tests.exchange.plain import sheet
from tests.quarterly import LATER, PERIOD

HEAD = ["STT", "Đơn vị", "Số suất quà", "Tiền quà (đồng)"]
FIRST = [1, "Công ty May Hải Âu", 12, 3_600_000]
SECOND = [2, "Trường Tiểu học Hải Long", 7, 2_100_000]
CHOSEN = {2: "gifts", 3: "money"}


def table(*rows: Sequence[object]) -> Table:
    return table_of(read_raw(sheet(HEAD, *rows), "so.xlsx"), "so.xlsx")


@pytest.fixture
def version(cast: Cast) -> TemplateVersion:
    return quarterly.publish()


def take(cast: Cast, version: TemplateVersion, made: Table) -> int:
    return take_table(
        table=made, chosen=CHOSEN, version=version, period=PERIOD, actor=cast.commune_officer, at=LATER
    )


def told(cast: Cast, version: TemplateVersion, made: Table) -> list[str]:
    return [str(one) for one in understood(made, CHOSEN, version, cast.commune_officer, LATER).told(made)]


@pytest.mark.parametrize("row", [[2, "Trường Tiểu học Hải Long", "bảy", "nhiều"], [2, "Công ty lạ", "bảy", ""]])
def test_a_row_without_a_single_number_is_a_fault_not_nothing(
    cast: Cast, version: TemplateVersion, row: list[object]
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        take(cast, version, table(FIRST, row))
    assert refusal.value.faults[0].where in ("Q!C3", "Q!B3")
    assert not Submission.objects.exists()


def test_figures_without_a_unit_are_a_fault(cast: Cast, version: TemplateVersion) -> None:
    with pytest.raises(InvalidInput) as refusal:
        take(cast, version, table(FIRST, ["", "", 3, 4], SECOND))
    assert [(one.where, "không có tên đơn vị" in one.message) for one in refusal.value.faults] == [("Q!B3", True)]


@pytest.mark.parametrize(
    "title",
    [
        ["I. Khối huyện"],
        ["", "II. Khối huyện", 19, 5_700_000],
        ["A", "Khối huyện"],
        ["III", "Doanh nghiệp", 19, 5_700_000],
        ["", "Khối doanh nghiệp", 19, ""],
    ],
)
def test_the_title_of_a_group_is_left_out_and_said(
    cast: Cast, version: TemplateVersion, title: list[object]
) -> None:
    made = table(title, FIRST, title, SECOND)
    assert told(cast, version, made) == ["2 dòng tên nhóm, không phải đơn vị trực thuộc, không lấy (dòng 2, 4)."]
    assert take(cast, version, made) == 2


def test_a_unit_left_blank_is_counted_and_nothing_is_entered_for_it(cast: Cast, version: TemplateVersion) -> None:
    made = table(["", SECOND[1]], FIRST)
    assert told(cast, version, made) == ["1 đơn vị để trống, không nhập gì (dòng 2)."]
    assert take(cast, version, made) == 1
    assert Submission.objects.get().unit == cast.local


def test_sums_headings_printed_again_and_what_stands_below_are_said(cast: Cast, version: TemplateVersion) -> None:
    made = table(
        FIRST, ["", "Cộng khối I", 12, 3_600_000], HEAD, SECOND, ["Tổng cộng", "", 19, 5_700_000], [],
        ["", "Người lập biểu", "", "Chủ tịch"], ["", "Nguyễn Văn Giả"],
    )  # fmt: skip
    assert told(cast, version, made) == [
        "1 dòng tiêu đề in lại, không lấy (dòng 4).",
        "2 dòng tổng, không lấy (dòng 3, 6).",
        "2 dòng dưới bảng không đọc.",
    ]
    assert take(cast, version, made) == 2


def test_a_unit_named_like_a_sum_is_a_unit(cast: Cast, version: TemplateVersion) -> None:
    UnitName.objects.filter(unit=cast.other_local).update(name="Cộng Hòa")
    assert take(cast, version, table(FIRST, [2, "Cộng Hòa", 7, 2_100_000])) == 2


def test_a_person_among_the_units_is_not_read(cast: Cast, version: TemplateVersion) -> None:
    made = table(FIRST, SECOND, [3, "Nguyễn Văn Giả", 1, 2])
    assert "Giả" not in str(made)
    with pytest.raises(InvalidInput) as refusal:
        take(cast, version, made)
    assert [one.where for one in refusal.value.faults] == ["Q!B4"]


def test_a_table_whose_units_are_all_blank_enters_nothing(cast: Cast, version: TemplateVersion) -> None:
    made = table(FIRST)
    with pytest.raises(InvalidInput, match="Không có dòng nào"):
        take_table(table=table_of(read_raw(sheet([*HEAD, "Số lớp"], [*FIRST[:2], "", "", 3]), "a"), "a"),
                   chosen=CHOSEN, version=version, period=PERIOD, actor=cast.commune_officer, at=LATER)  # fmt: skip
    assert made.below == 0
