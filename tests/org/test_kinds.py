"""The legal names of what happens to a unit: each means plain steps, and holds the law's word to its meaning."""

from __future__ import annotations

import datetime as dt
import io

import pytest
import xlsxwriter

from nhipcau.core.errors import InvalidInput, UnreadableFile
from nhipcau.org.event_file import read_event, verb_of
from nhipcau.org.models import Reorganisation, Succession, UnitName
from nhipcau.org.queries import children_of, find_unit, name_of
from tests.cast import Cast
from tests.reorganisations import DAY, HEAD, file, happen

EVENT = "event,42/QĐ-LĐLĐ,Sắp xếp công đoàn xã,,,2026-10-01\n"
NEW = "thanh-lap,XC,Công đoàn phường Hải Long,commune,T\n"


def below(code: str) -> set[str]:
    units = children_of(find_unit(code, DAY), DAY)
    return set(UnitName.objects.filter(unit__in=units).values_list("code", flat=True))


def shares() -> list[tuple[str, str, int, str]]:
    rows = Succession.objects.order_by("pk")
    return [(name_of(r.predecessor, DAY).code, name_of(r.successor, DAY).code, r.weight, r.indicator) for r in rows]


def refused(rows: str) -> str:
    with pytest.raises(InvalidInput) as refusal:
        happen(EVENT + rows)
    return "\n".join(str(fault) for fault in refusal.value.faults)


def test_a_merger_takes_the_units_below_along_to_the_one_that_stays(cast: Cast) -> None:
    happen(EVENT + "sáp nhập,XA,,,,,,,,,,XB\n")
    assert (below("T"), below("XB")) == ({"XB"}, {"A1", "A2", "B1"})
    assert shares() == [("XA", "XB", 1, "")]


def test_a_unit_below_goes_elsewhere_where_a_row_says_so(cast: Cast) -> None:
    happen(EVENT + "sap-nhap,XA,,,,,,,,,,XB\nchuyen-giao,A2,,,T\n")
    assert (below("T"), below("XB")) == ({"XB", "A2"}, {"A1", "B1"})


def test_two_are_united_in_a_new_one(cast: Cast) -> None:
    happen(EVENT + NEW + "Hợp nhất,XA,,,,,,,,,,XC\nhợp nhất,XB,,,,,,,,,,XC\n")
    assert (below("T"), below("XC")) == ({"XC"}, {"A1", "A2", "B1"})


def test_one_is_divided_into_new_ones_with_shares_of_single_indicators(cast: Cast) -> None:
    happen(
        EVENT + NEW + "thanh-lap,XD,Công đoàn xã Hải Đông,commune,T\nchia,XA,,,,,,,,,,XC,2\nchia,XA,,,,,,,,,,XD,1\n"
        "chia,XA,,,,,,,,,,XC,0,gifts\nchia,XA,,,,,,,,,,XD,1,gifts\nchuyen-giao,A1,,,XC\nchuyen-giao,A2,,,XD\n"
    )
    assert shares() == [
        ("XA", "XC", 2, ""),
        ("XA", "XD", 1, ""),
        ("XA", "XC", 0, "gifts"),
        ("XA", "XD", 1, "gifts"),
    ]


def test_a_part_is_split_off_and_the_unit_goes_on(cast: Cast) -> None:
    happen(EVENT + NEW + 'tách,XA,,,,,,,,,,XC,1/4\ntách,XA,,,,,,,,,,XC,"12,5%",gifts\nchuyển giao,A2,,,XC\n')
    assert below("T") == {"XA", "XB", "XC"}
    assert shares() == [
        ("XA", "XA", 3, ""),
        ("XA", "XA", 7, "gifts"),
        ("XA", "XC", 1, ""),
        ("XA", "XC", 1, "gifts"),
    ]


def test_without_a_share_the_figures_stay_with_the_old_unit(cast: Cast) -> None:
    happen(EVENT + NEW + "tach,XA,,,,,,,,,,XC\nchuyen-giao,A2,,,XC\n")
    assert shares() == [("XA", "XA", 1, ""), ("XA", "XC", 0, "")]


def test_where_one_indicator_is_split_the_others_stay(cast: Cast) -> None:
    happen(EVENT + NEW + "tach,XA,,,,,,,,,,XC,50%,gifts\nchuyen-giao,A2,,,XC\n")
    assert shares() == [
        ("XA", "XA", 1, "gifts"), ("XA", "XA", 1, ""), ("XA", "XC", 1, "gifts"), ("XA", "XC", 0, ""),
    ]  # fmt: skip


def test_several_kinds_stand_in_one_event_and_are_kept_as_they_were_written(cast: Cast) -> None:
    happen(EVENT + NEW + "giai-the,B1\nđổi tên,A1,Công đoàn cơ sở Công ty May Hải Âu II\ncham-dut,XA,,,,,,,,,,XC\n"
           "move,A1,,,XC\nmove,A2,,,XC\n")  # fmt: skip
    kept = Reorganisation.objects.get().rows
    assert [row["action"] for row in kept] == [
        "event", "thanh-lap", "giai-the", "doi-ten", "cham-dut", "move", "move",
    ]  # fmt: skip
    assert kept[4] == {"action": "cham-dut", "code": "XA", "successor": "XC"}


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ("sap-nhap,XA,,,,,,,,,,XC\n" + NEW, "vào đơn vị mới thì gọi là hợp nhất"),
        ("hop-nhat,XA,,,,,,,,,,XB\n", "hợp nhất thì «XB» phải được thành lập trong tệp này"),
        (NEW + "chia,XA,,,,,,,,,,XC\n", "chia «XA» thì phải có từ hai đơn vị mới"),
        ("giai-the,A1,,,,,,,,,,XB\n", "giải thể thì không có đơn vị kế thừa"),
        (NEW + "tach,XA,,,,,,,,,,XC,5/4\n", "viết dạng 1/4 hoặc 25%"),
        (NEW + "tach,XA,,,,,,,,,,XC,3\n", "viết dạng 1/4 hoặc 25%"),
        (NEW + "tach,XA,,,,,,,,,,XC,3/4\ntach,XA,,,,,,,,,,XB,50%\n", "cộng lại lớn hơn toàn bộ"),
        (NEW + "tach,XA,,,,,,,,,,XC,1/4\nend,XA\n", "«XA» đã chấm dứt ở dòng 5"),
        ("cham-dut,B1,,,,,,,,,,XA,1,gifts\n", "thiếu dòng chia chung"),
        ("cham-dut,B1,,,,,,,,,,XA\ncham-dut,B1,,,,,,,,,,XA,0,gifts\n", "không đơn vị nào nhận «gifts»"),
        ("tach,KHONG,,,,,,,,,,XB,1/2\n", "không có đơn vị nào mang mã «KHONG»"),
        ("xoa,XA\n", "việc «xoa» không có; dùng event, thanh-lap"),
    ],
)  # fmt: skip
def test_what_the_word_does_not_mean_is_refused_by_its_row(cast: Cast, rows: str, says: str) -> None:
    assert says in refused(rows)


def test_a_name_is_known_however_it_is_written() -> None:
    assert {verb_of(text) for text in ("Sáp nhập", "sap_nhap", " SÁP NHẬP ")} == {"sap-nhap"}
    assert verb_of("Chấm dứt hoạt động") == "cham-dut"


def test_a_spreadsheet_says_the_same_as_the_file(cast: Cast) -> None:
    rows = EVENT + NEW + "tach,XA,,,,,,,,,,XC,1/4\nchuyen-giao,A2,,,XC\n"
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        sheet = book.add_worksheet("Quyết định")
        for line, text in enumerate(f"{HEAD}\n{rows}".strip().splitlines()):
            for column, cell in enumerate(text.split(",")):
                sheet.write(line, column, cell)
        sheet.write_datetime(
            1,
            5,
            dt.datetime(2026, 10, 1),  # noqa: DTZ001 - a cell has no zone
            book.add_format({"num_format": 14}),
        )
    assert read_event(made.getvalue()).digest == read_event(file(rows)).digest
    with pytest.raises(UnreadableFile, match="bị hỏng"):
        read_event(made.getvalue()[:200])
