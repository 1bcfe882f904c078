"""Their total against ours: by cell, and which units make the difference, adding up to it."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from python_calamine import CalamineWorkbook

from nhipcau.core.clock import VN
from nhipcau.core.errors import InvalidInput
from nhipcau.exchange.own.parallel import Comparison, Line, compare
from nhipcau.exchange.own.parallel_paper import as_json, as_xlsx
from nhipcau.exchange.own.table import read_raw, table_of
from nhipcau.org.models import Unit
from nhipcau.reports.filling.workflow import accept
from nhipcau.reports.models import TemplateVersion
from tests import quarterly
from tests.cast import Cast
from tests.quarterly import PERIOD

AT = dt.datetime(2026, 4, 20, 9, 0, tzinfo=VN)
HEAD = "Mã đơn vị,Số suất quà,Số tiền quà\n"


@pytest.fixture
def version(cast: Cast) -> TemplateVersion:
    """A1 and the commune itself have reported; A2 and the other branch have not."""
    made = quarterly.publish()
    quarterly.accepted(cast, made, gifts="12", money="3600000")
    own = quarterly.send(cast.commune_officer, made, gifts="5", money="1000000")
    accept(submission=own, actor=cast.provincial_officer, at=AT)
    return made


def beside(version: TemplateVersion, unit: Unit, text: str) -> Comparison:
    table = table_of(read_raw(text.encode(), "tong.csv"), "tong.csv", units=False)
    return compare(table=table, version=version, period=PERIOD, unit=unit, at=AT)


def line(done: Comparison, code: str) -> Line:
    return next(one for one in done.lines if one.item.code == code)


def parts(done: Comparison, code: str = "gifts") -> dict[str, tuple[str, int]]:
    return {part.code or part.name: (part.why, part.difference) for part in line(done, code).parts}


def test_equal_totals_have_no_difference(cast: Cast, version: TemplateVersion) -> None:
    done = beside(version, cast.province, "Đơn vị,Số suất quà,Số tiền quà\nTổng cộng,17,4600000\n")
    assert done.differing == []
    assert as_json(done)["equal"] is True


def test_units_that_are_missing_or_differ_explain_the_whole_difference(
    cast: Cast, version: TemplateVersion
) -> None:
    done = beside(version, cast.commune, HEAD + "XA,24,5400000\nA1,10,3600000\nA2,9,800000\n")
    assert parts(done) == {"A1": ("differs", -2), "A2": ("missing", 9)}
    for one in done.differing:
        assert sum(part.difference for part in one.parts) == one.difference
    assert line(done, "gifts").difference == 24 - 17
    assert cast.other_local.pk in {name.unit_id for name in done.missing}


def test_units_out_of_their_file_are_named(cast: Cast, version: TemplateVersion) -> None:
    done = beside(version, cast.province, HEAD + "XB,3,0\nĐơn vị lạ,4,0\n")
    assert parts(done) == {"XB": ("missing", 3), "XA": ("not_in_file", -17), "Đơn vị lạ": ("unknown", 4)}
    assert line(done, "gifts").theirs.value == 7  # no total row: their rows added up


def test_a_subtotal_above_rows_is_counted_once(cast: Cast, version: TemplateVersion) -> None:
    done = beside(version, cast.province, HEAD + "XA,17,4600000\nA1,12,3600000\nTổng cộng,17,4600000\n")
    assert done.differing == []
    off = beside(version, cast.province, HEAD + "XA,18,4600000\nA1,12,3600000\nTổng cộng,21,4600000\n")
    assert parts(off) == {"T": ("own_part", 3), "XA": ("own_part", 1)}  # 21 - 18 there, 18 - 12 against 5 here
    assert line(off, "gifts").difference == 4


def test_a_table_of_figures_is_read_by_its_labels(cast: Cast, version: TemplateVersion) -> None:
    text = "TT,Chỉ tiêu,Đơn vị tính,Số liệu\n1,Số suất quà,suất,18\n2,Bình quân một suất,đồng,270588\n"
    done = beside(version, cast.province, text)
    assert line(done, "gifts").difference == 1
    assert line(done, "average").difference == 0  # 4.600.000 / 17, rounded
    assert {one.code for one in done.missing} == {"A2", "B1", "XB", "T"}


def test_rows_of_other_periods_are_left_alone(cast: Cast, version: TemplateVersion) -> None:
    text = "Mã đơn vị,Kỳ,Số suất quà\nT,2025-Q4,99\nT,2026-Q1,17\n"
    assert beside(version, cast.province, text).differing == []


def test_a_cell_that_is_no_number_is_named_and_nothing_compared(cast: Cast, version: TemplateVersion) -> None:
    with pytest.raises(InvalidInput) as refusal:
        beside(version, cast.province, HEAD + "XA,1.5,3\nXB,2,3\n")
    assert [fault.where for fault in refusal.value.faults] == ["CSV!B2"]


def test_the_differences_leave_as_a_workbook(cast: Cast, version: TemplateVersion) -> None:
    done = beside(version, cast.province, HEAD + "XB,3,0\nTổng cộng,20,4600000\n")
    book = CalamineWorkbook.from_filelike(io.BytesIO(as_xlsx(done, issuer="LĐLĐ", title="CHÊNH LỆCH")))
    cells = [cell for row in book.get_sheet_by_index(0).to_python() for cell in row]
    assert "+3" in cells
    assert "đơn vị không có trong tệp" in cells
