"""The registers as printed: ten columns each, Decree 30, Appendix IV."""

from __future__ import annotations

import datetime as dt

import pytest

from nhipcau.core.errors import InvalidInput, NotAllowed
from nhipcau.core.official import Signer
from nhipcau.documents.actions import amend, close_register, end_block, fill_line, reserve_block, void_entry
from nhipcau.documents.models import AmendmentKind, Direction, Document, RegisterEntry
from nhipcau.documents.registers import routing
from nhipcau.documents.registers.books import Slot
from nhipcau.documents.registers.printing import Range, printed_register
from nhipcau.documents.registers.routing import Routed, routes
from nhipcau.press.register import RegisterSheet
from tests.cast import NOW, TODAY, Cast
from tests.documents.letters import SUBJECT, plan, registered
from tests.documents.numbers import opened, sent
from tests.refusals import by_field


@pytest.fixture(autouse=True)
def nobody_routes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routing, "_providers", [])


def book(cast: Cast, direction: Direction, limits: Range | None = None, series: str = "chung") -> RegisterSheet:
    return printed_register(cast.scope(cast.clerk), direction, 2026, series, limits or Range())


def filled(entry: RegisterEntry, cast: Cast, **columns: object) -> RegisterEntry:
    return fill_line(entry=entry, actor=cast.clerk, at=NOW, **columns)  # type: ignore[arg-type]


def test_the_incoming_register_has_its_ten_columns(cast: Cast) -> None:
    registered(cast.clerk)
    sheet = book(cast, Direction.INCOMING)
    assert [column.title for column in sheet.columns] == [
        "Ngày đến",
        "Số đến",
        "Tác giả",
        "Số, ký hiệu",
        "Ngày tháng văn bản",
        "Tên loại và trích yếu nội dung văn bản",
        "Đơn vị hoặc người nhận",
        "Ngày chuyển",
        "Ký nhận",
        "Ghi chú",
    ]
    assert list(sheet.rows) == [
        (
            "12/03/2026",
            "01",
            "LIÊN ĐOÀN LAO ĐỘNG TỈNH SÔNG LAM",
            "56/KH-LĐLĐ",
            "10/03/2026",
            f"Kế hoạch: {SUBJECT}",
            "",
            "",
            "",
            "",
        )
    ]


def test_where_an_incoming_letter_went_comes_from_routing(cast: Cast) -> None:
    first = registered(cast.clerk)
    registered(cast.clerk, plan("57/KH-LĐLĐ"))
    routes(lambda documents: {first.pk: Routed("Ban Chính sách", TODAY)} if first.pk in documents else {})
    rows = book(cast, Direction.INCOMING).rows
    assert [row[6:8] for row in rows] == [("Ban Chính sách", "16/03/2026"), ("", "")]


def test_what_the_clerk_writes_stands_where_nobody_routed(cast: Cast) -> None:
    filled(registered(cast.clerk).entry, cast, keeper="Ban Nữ công", dispatched_on=TODAY, note="bản giấy đến sau")
    row = book(cast, Direction.INCOMING).rows[0]
    assert (row[6], row[7], row[9]) == ("Ban Nữ công", "16/03/2026", "bản giấy đến sau")


def test_as_above_is_said_by_name_and_no_semicolon_is_doubled(cast: Cast) -> None:
    places = ["Như trên;", "Các ban Liên đoàn;", "Lưu: VT."]
    sent(cast, addressees=["Công đoàn xã An Hải", "Công đoàn xã Bình Sơn"], recipients=places)
    row = book(cast, Direction.OUTGOING).rows[0]
    assert row[4] == "Công đoàn xã An Hải; Công đoàn xã Bình Sơn; Các ban Liên đoàn; Lưu: VT"


def test_the_outgoing_register_has_its_ten_columns(cast: Cast) -> None:
    letter = sent(cast, recipients=["Như trên", "Lưu: VT"], signer=Signer(name="Lê Thị Minh Họa"))
    filled(letter.entry, cast, copies=12, keeper="Văn thư, Ban Chính sách", dispatched_on=TODAY)
    sheet = book(cast, Direction.OUTGOING)
    assert [column.title for column in sheet.columns] == [
        "Số, ký hiệu văn bản",
        "Ngày tháng văn bản",
        "Tên loại và trích yếu nội dung văn bản",
        "Người ký",
        "Nơi nhận văn bản",
        "Đơn vị, người nhận bản lưu",
        "Số lượng bản",
        "Ngày chuyển",
        "Ký nhận",
        "Ghi chú",
    ]
    assert list(sheet.rows) == [
        (
            "01/KH-LĐLĐ",
            "16/03/2026",
            "Kế hoạch: Tổ chức Tháng Công nhân năm 2026",
            "Lê Thị Minh Họa",
            "Như trên; Lưu: VT",
            "Văn thư, Ban Chính sách",
            "12",
            "16/03/2026",
            "",
            "",
        )
    ]


def test_the_cover_names_the_book_the_series_and_what_it_holds(cast: Cast) -> None:
    opened(cast, "qd", "Sổ quyết định", first_number=5)
    for _ in range(3):
        sent(cast, "quyết định", Slot(series="qd"))
    sheet = book(cast, Direction.OUTGOING, series="qd")
    assert (sheet.title, sheet.parent) == ("Sổ đăng ký văn bản đi", "")
    assert sheet.issuer == "Liên đoàn Lao động tỉnh Đông Giang"
    assert list(sheet.subtitle) == [
        "Sổ quyết định",
        "Năm 2026",
        "Từ ngày 16/03/2026 đến ngày 16/03/2026",
        "Từ số 05 đến số 07",
    ]
    assert list(sheet.closing) == ["Sổ có 3 số: 3 văn bản."]


def test_struck_reserved_and_put_in_numbers_keep_their_lines_and_say_why(cast: Cast) -> None:
    first = sent(cast)
    reserve_block(register=first.entry.register, count=2, reason="mất mạng", actor=cast.clerk, at=NOW)
    sent(cast, slot=Slot(after=1, reason="bỏ sót"))
    void_entry(entry=first.entry, reason="in hỏng", actor=cast.clerk, at=NOW)
    sheet = book(cast, Direction.OUTGOING)
    assert [(row[0], row[9]) for row in sheet.rows] == [
        ("01/KH-LĐLĐ", "Hủy số: in hỏng"),
        ("01b/KH-LĐLĐ", "Số chen: bỏ sót"),
        ("02", "Số giữ để ghi tay"),
        ("03", "Số giữ để ghi tay"),
    ]
    assert list(sheet.closing) == ["Sổ có 4 số: 1 văn bản, 1 số hủy, 2 số giữ chưa dùng."]


def test_a_letter_that_was_recalled_is_marked(cast: Cast) -> None:
    target, by = registered(cast.clerk), registered(cast.clerk, plan("57/KH-LĐLĐ"))
    amend(by=by, target=target, kind=AmendmentKind.RECALL, actor=cast.provincial_officer, at=NOW)
    remarks = [row[-1] for row in book(cast, Direction.INCOMING).rows]
    assert remarks[0].startswith("Văn bản đã bị thu hồi theo 57/KH-LĐLĐ ngày ")
    assert remarks[1] == ""


def test_a_closed_book_says_when(cast: Cast) -> None:
    register = sent(cast).entry.register
    block = reserve_block(register=register, count=1, reason="mất mạng", actor=cast.clerk, at=NOW)
    end_block(block=block, actor=cast.clerk, at=NOW)
    close_register(register=register, actor=cast.clerk, at=NOW)
    assert book(cast, Direction.OUTGOING).closing[-1] == "Đã đóng sổ ngày 16/03/2026."


def test_a_part_is_printed_by_number_or_by_day(cast: Cast) -> None:
    for day in (1, 5, 9, 16):
        sent(cast, dated=dt.date(2026, 3, day))

    def numbers(limits: Range) -> list[str]:
        return [row[0][:2] for row in book(cast, Direction.OUTGOING, limits).rows]

    assert numbers(Range(first=2, last=3)) == ["02", "03"]
    assert numbers(Range(since=dt.date(2026, 3, 5))) == ["02", "03", "04"]
    assert numbers(Range(until=dt.date(2026, 3, 8))) == ["01", "02"]
    assert numbers(Range(first=9)) == []
    assert book(cast, Direction.OUTGOING, Range(last=1)).closing == ("Phần in có 1 số: 1 văn bản.",)


def test_an_empty_book_prints_its_cover(cast: Cast) -> None:
    sheet = book(cast, Direction.INCOMING)
    assert (sheet.rows, list(sheet.subtitle)) == ((), ["Năm 2026"])


def test_columns_typed_wrong_are_named_and_nothing_is_written(cast: Cast) -> None:
    entry = sent(cast).entry
    bad = {"copies": 0, "keeper": "x" * 121, "dispatched_on": TODAY + dt.timedelta(days=1), "note": "x" * 251}
    with pytest.raises(InvalidInput) as refusal:
        filled(entry, cast, **bad)
    assert set(by_field(refusal.value)) == set(bad)
    with pytest.raises(NotAllowed):
        fill_line(entry=registered(cast.commune_officer).entry, actor=cast.provincial_officer, at=NOW)
    assert book(cast, Direction.OUTGOING).rows[0][5:8] == ("", "", "")


def test_a_year_of_letters_needs_a_fixed_number_of_questions(
    cast: Cast, django_assert_max_num_queries: object
) -> None:
    for number in range(6):
        registered(cast.clerk, plan(f"{60 + number}/KH-LĐLĐ"))
    with django_assert_max_num_queries(14):  # type: ignore[operator]
        assert len(book(cast, Direction.INCOMING).rows) == Document.objects.count()
