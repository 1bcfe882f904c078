"""A federation's own spreadsheet: found, matched, learnt once, entered whole; its people never leave the reader."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence

import pytest
import xlsxwriter

from nhipcau.core.errors import InvalidInput, UnreadableFile
from nhipcau.exchange.models import LearntTable
from nhipcau.exchange.own.columns import proposed
from nhipcau.exchange.own.table import Table, read_raw, table_of
from nhipcau.exchange.own.taking import learnt_headings, take_table
from nhipcau.org.models import Post
from nhipcau.reports.design.figures import cells_of
from nhipcau.reports.design.templates import definition_of
from nhipcau.reports.models import Submission, TemplateVersion
from tests import quarterly
from tests.cast import Cast
from tests.exchange.test_hostile_forms import HOSTILE
from tests.quarterly import LATER, PERIOD

PEOPLE = ["Nguyễn Văn Giả", "Trần Thị Bịa"]
ROWS = [
    [1, "Công ty May Hải Âu", PEOPLE[0], "0900000001", 12, 3_600_000],
    [2, "Trường Tiểu học Hải Long", PEOPLE[1], "0900000002", 7, 2_100_000],
]


def workbook(rows: Sequence[Sequence[object]]) -> bytes:
    """As such tables are: a title, two rows of headings with a merged one, the columns' numbers, a sum."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Quý I")
        sheet.merge_range(0, 0, 0, 5, "BẢNG TỔNG HỢP QUÝ I")
        for place, title in enumerate(["TT", "Đơn vị", "Họ và tên", "Liên hệ"]):
            sheet.merge_range(2, place, 3, place, title)
        sheet.merge_range(2, 4, 2, 5, "Quà Tết")
        sheet.write_row(3, 4, ["Số suất quà", "Tiền quà (đồng)"])
        sheet.write_row(4, 0, ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"])
        for place, row in enumerate(rows, start=5):
            sheet.write_row(place, 0, row)
        sheet.write_row(5 + len(rows), 0, ["", "Tổng cộng", "", "", 19, 5_700_000])
    return out.getvalue()


def table(rows: Sequence[Sequence[object]] = ROWS) -> Table:
    return table_of(read_raw(workbook(rows), "so.xlsx"), "so.xlsx")


@pytest.fixture(scope="module")
def good() -> Table:
    return table()


@pytest.fixture
def version(cast: Cast) -> TemplateVersion:
    return quarterly.publish()


def take(cast: Cast, version: TemplateVersion, made: Table, post: Post | None = None) -> int:
    return take_table(
        table=made, chosen={4: "gifts", 5: "money"}, version=version, period=PERIOD,
        actor=post or cast.commune_officer, at=LATER,
    )  # fmt: skip


def test_headings_are_found_and_merged_titles_joined(good: Table) -> None:
    assert good.numbers == [(4, "Quà Tết – Số suất quà"), (5, "Quà Tết – Tiền quà (đồng)")]
    assert (good.unit_at, len(good.rows), len(good.totals)) == ([1], 2, 1)


def test_columns_of_persons_never_leave_the_reader() -> None:
    raw = read_raw(workbook(ROWS), "so.xlsx")
    assert not [word for word in (*PEOPLE, "0900000001") if word in str(raw)]
    assert [one["at"] for one in raw["columns"] if one["kind"] == "person"] == [
        2,
        3,
    ]  # the second by its shape alone


def test_a_list_of_people_is_no_table_of_units() -> None:
    rows = [[1, PEOPLE[0], "x", "y", 1, 2], [2, PEOPLE[1], "x", "y", 3, 4]]
    with pytest.raises(UnreadableFile, match="không nhận bảng theo người"):
        table(rows)


def test_names_are_proposed_and_what_was_learnt_is_sure(good: Table, cast: Cast, version: TemplateVersion) -> None:
    first = proposed(good, definition_of(version), {})
    assert [(one.column, one.chosen, one.sure) for one in first] == [("E", "gifts", True), ("F", "money", False)]
    take(cast, version, good)
    again = proposed(good, definition_of(version), learnt_headings(cast.commune, version))
    assert [(one.chosen, one.sure) for one in again] == [("gifts", True), ("money", True)]


def test_every_row_is_entered_for_its_unit(good: Table, cast: Cast, version: TemplateVersion) -> None:
    assert take(cast, version, good) == 2
    report = Submission.objects.get(unit=cast.local)
    assert (report.entry_source, cells_of(report)["money"].value) == ("table", 3_600_000)
    assert LearntTable.objects.get().unit == cast.commune


def test_one_wrong_cell_and_nothing_is_entered(cast: Cast, version: TemplateVersion) -> None:
    rows = [ROWS[0], [2, "Công ty không ai biết", "", "", 1.5, "nhiều"], [*ROWS[1][:4], 1.5, 2]]
    with pytest.raises(InvalidInput) as refusal:
        take(cast, version, table(rows))
    assert [fault.where for fault in refusal.value.faults] == ["Quý I!B7", "Quý I!E8"]
    assert not Submission.objects.exists()
    assert not LearntTable.objects.exists()


def test_a_stranger_enters_nothing(good: Table, cast: Cast, version: TemplateVersion) -> None:
    with pytest.raises(InvalidInput, match="lỗi"):
        take(cast, version, good, cast.stranger)
    assert not Submission.objects.exists()


@pytest.mark.parametrize("kind", ["a bomb", "macros", "a cell at the far end", "nothing"])
def test_a_hostile_file_is_refused(kind: str) -> None:
    data, said = HOSTILE[kind]
    with pytest.raises(UnreadableFile, match=said):
        read_raw(data, "a.xlsx")


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ('<c r="F7" t="e"><v>#REF!</v></c>', "lỗi"),
        ('<c r="F7"><f>E7*300000</f></c>', "công thức"),
        ('<c r="F7"><f>E7*300000</f><v></v></c>', "công thức"),
    ],
)
def test_an_error_or_a_formula_never_computed_is_no_blank(
    cast: Cast, version: TemplateVersion, cell: str, says: str
) -> None:
    made = table_of(read_raw(_with(cell), "so.xlsx"), "so.xlsx")
    with pytest.raises(InvalidInput) as refusal:
        take(cast, version, made)
    assert [one.where for one in refusal.value.faults] == ["Quý I!F7"]
    assert says in str(refusal.value.faults[0].message)
    assert not Submission.objects.exists()


def test_a_formula_that_came_out_as_no_words_is_a_blank(cast: Cast, version: TemplateVersion) -> None:
    made = table_of(read_raw(_with('<c r="F7" t="str"><f>IF(E7=7,"",1)</f><v></v></c>'), "so.xlsx"), "so.xlsx")
    assert take(cast, version, made) == 2


def _with(cell: str) -> bytes:
    """The workbook with another cell for the second unit's money, as other programs write it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(ROWS))) as made, zipfile.ZipFile(out, "w") as changed:
        for name in made.namelist():
            text = made.read(name)
            if name == "xl/worksheets/sheet1.xml":
                text, times = re.subn(rb'<c r="F7"[^>]*>.*?</c>', cell.encode(), text)
                assert times == 1
            changed.writestr(name, text)
    return out.getvalue()
