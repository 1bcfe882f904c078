"""The follow-up register: seven columns that fill themselves."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nhipcau.core.errors import InvalidInput, NotAllowed, NotFound
from nhipcau.documents.actions import register_outgoing, void_entry
from nhipcau.documents.models import Document
from nhipcau.documents.registers.routing import routing
from nhipcau.org.models import Unit
from nhipcau.press.register import to_pdf
from nhipcau.tasks import followup
from nhipcau.tasks.actions import (
    acknowledge,
    assign_all,
    complete,
    instruct,
    link_answer,
    unlink_answer,
    withdraw,
)
from nhipcau.tasks.followlines import FollowedLetter
from nhipcau.tasks.followup import ALL, LATE, OPEN, UNASSIGNED, followed, followed_page, sheet, write_workbook
from tests.cast import NOW, Cast
from tests.departments import head, set_up
from tests.documents.letters import RECEIVED, plan, registered
from tests.press import workbooks
from tests.press.reading import pages, squeezed
from tests.tasks.notes import LEAD_DUE, given, noted, work_of
from tests.tasks.work import on

FIRST, LAST = dt.date(2026, 3, 1), dt.date(2026, 3, 31)


@pytest.fixture
def departments(cast: Cast) -> dict[str, Unit]:
    return set_up()


def line(cast: Cast, day: int = 16, number: int = 1) -> FollowedLetter:
    lines = followed(cast.scope(cast.clerk, on(day)), FIRST, LAST)
    return next(one for one in lines if one.cells[0] == str(number))


def answer(cast: Cast, document: Document, *, cites: bool) -> Document:
    return register_outgoing(
        unit=cast.province,
        doc_type="công văn",
        subject="Trả lời về Tháng An toàn",
        dated=NOW.date(),
        cites=[document] if cites else [],
        actor=cast.clerk,
        at=NOW,
    )


def test_a_letter_nobody_dealt_with_stands_open(cast: Cast) -> None:
    registered(cast.clerk)
    assert line(cast).cells == (
        "1",
        "Kế hoạch 56/KH-LĐLĐ ngày 10/03/2026, LIÊN ĐOÀN LAO ĐỘNG TỈNH SÔNG LAM",
        "",
        "",
        "Chưa giao",
        "",
        "",
    )


def test_receivers_dates_progress_and_lateness_follow_the_note(cast: Cast, departments: dict[str, Unit]) -> None:
    note = noted(cast, departments)
    assert line(cast).cells[2:5] == (
        "Ban Chính sách pháp luật; Ban Tài chính",
        "20/03/2026: Ban Tài chính\n27/03/2026: Ban Chính sách pháp luật",
        "0/2 đơn vị xong",
    )
    late = line(cast, day=23)
    assert (late.late, late.open, late.cells[4]) == (True, True, "0/2 đơn vị xong, 1 việc chậm")
    for code, day in (("T.TC", 19), ("T.CS", 26)):
        actor = head(departments[code])
        complete(assignment=work_of(note, departments[code]), note="Xong.", actor=actor, at=on(day))
    done = line(cast, day=27)
    assert (done.late, done.open, done.cells[4]) == (False, False, "Đã xong ngày 26/03/2026")


def test_units_that_were_given_work_besides_the_note_stand_behind_it(
    cast: Cast, departments: dict[str, Unit]
) -> None:
    note = noted(cast, departments)
    assign_all(document=note.document, actor=cast.provincial_officer, at=NOW)
    told = line(cast).cells[2].split("; ")
    assert told[:2] == ["Ban Chính sách pháp luật", "Ban Tài chính"]
    assert set(told[2:]) == {"Công đoàn xã An Hải", "Công đoàn phường Bình Sơn"}
    assert line(cast).cells[4] == "0/4 đơn vị xong"


def test_one_receiver_is_told_in_words(cast: Cast, departments: dict[str, Unit]) -> None:
    alone = given(departments, support=(), inform=(), support_due=None)
    note = instruct(document=registered(cast.clerk), instruction=alone, actor=cast.provincial_officer, at=NOW)
    assert line(cast).cells[3:5] == ("27/03/2026", "Chưa tiếp nhận")
    acknowledge(assignment=work_of(note, departments["T.CS"]), actor=head(departments["T.CS"]), at=NOW)
    assert line(cast).cells[4] == "Đang giải quyết"


def test_a_withdrawn_note_no_longer_counts_and_a_filed_letter_is_done_with(
    cast: Cast, departments: dict[str, Unit]
) -> None:
    note = noted(cast, departments)
    withdraw(instruction=note, reason="Gửi nhầm", actor=cast.clerk, at=NOW)
    assert line(cast).cells[2:5] == ("", "", "Chưa giao")
    filed = given(departments, text="Lưu.", lead=None, support=(), inform=(), lead_due=None, support_due=None)
    instruct(document=note.document, instruction=filed, actor=cast.provincial_officer, at=NOW)
    assert line(cast).cells[4] == "Đã có ý kiến, không phải giải quyết"


def test_work_handed_out_without_a_note_is_followed_too(cast: Cast) -> None:
    assign_all(document=registered(cast.clerk), actor=cast.provincial_officer, at=NOW)
    cells = line(cast).cells
    assert set(cells[2].split("; ")) == {"Công đoàn xã An Hải", "Công đoàn phường Bình Sơn"}
    assert cells[3].splitlines()[0].startswith("09/05/2026: ")


def test_the_answer_is_found_by_its_citation_or_named_by_hand(cast: Cast, departments: dict[str, Unit]) -> None:
    document = noted(cast, departments).document
    found = answer(cast, document, cites=True)
    assert line(cast).cells[5] == found.number
    named = answer(cast, document, cites=False)
    for _ in range(2):
        link_answer(document=document, letter=named, actor=cast.clerk, at=NOW)
    assert line(cast).cells[5] == named.number
    unlink_answer(document=document, letter=named, actor=cast.clerk, at=NOW)
    assert line(cast).cells[5] == found.number


def test_only_a_letter_of_ones_own_that_went_out_later_is_an_answer(cast: Cast) -> None:
    document = registered(cast.clerk)
    early = register_outgoing(
        unit=cast.province, doc_type="công văn", subject="Việc khác", dated=dt.date(2026, 3, 11),
        actor=cast.clerk, at=NOW,
    )  # fmt: skip
    for letter in (document, early):
        with pytest.raises(InvalidInput):
            link_answer(document=document, letter=letter, actor=cast.clerk, at=NOW)
    with pytest.raises(NotAllowed):
        link_answer(document=registered(cast.commune_officer), letter=early, actor=cast.clerk, at=NOW)
    with pytest.raises(NotFound):
        link_answer(document=document, letter=early, actor=cast.stranger, at=NOW)


def test_a_struck_number_says_so_and_owes_nothing(cast: Cast, departments: dict[str, Unit]) -> None:
    note = noted(cast, departments)
    void_entry(entry=note.document.entry, reason="Ghi nhầm sổ", actor=cast.clerk, at=NOW)
    struck = line(cast, day=31)
    assert (struck.late, struck.open, struck.cells[4], struck.cells[6]) == (False, False, "", "Hủy số: Ghi nhầm sổ")


def test_the_register_is_the_offices_own(cast: Cast, departments: dict[str, Unit]) -> None:
    noted(cast, departments)
    for post in (cast.stranger, cast.commune_officer, head(departments["T.CS"])):
        assert followed(cast.scope(post), FIRST, LAST) == []
    assert followed(cast.scope(cast.clerk), FIRST, RECEIVED - dt.timedelta(days=1)) == []


def test_it_prints_with_its_seven_columns(cast: Cast, departments: dict[str, Unit]) -> None:
    noted(cast, departments)
    book = sheet(cast.scope(cast.clerk), FIRST, LAST)
    assert [len(row) for row in book.rows] == [7]
    printed = squeezed("".join(pages(to_pdf(book))))
    for told in ("SỔ THEO DÕI GIẢI QUYẾT VĂN BẢN ĐẾN", "Từ ngày 01/03/2026 đến ngày 31/03/2026", "(7)"):
        assert squeezed(told) in printed


def test_as_a_workbook_it_has_the_same_lines_and_one_limit_is_a_real_day(
    cast: Cast, departments: dict[str, Unit]
) -> None:
    document = registered(cast.clerk)
    instruction = given(departments, support=[], support_due=None)
    instruct(document=document, instruction=instruction, actor=cast.provincial_officer, at=NOW)
    out = io.BytesIO()
    write_workbook(cast.scope(cast.clerk), FIRST, LAST, out)
    shown = line(cast)
    written = next(row for row in workbooks.rows(out.getvalue()) if row[0] == shown.cells[0])
    assert written[:3] == list(shown.cells[:3])
    assert (workbooks.day(written[3]), shown.cells[3]) == (LEAD_DUE, f"{LEAD_DUE:%d/%m/%Y}")


def test_the_register_of_incoming_letters_learns_where_a_letter_went(
    cast: Cast, departments: dict[str, Unit]
) -> None:
    note = noted(cast, departments)
    waiting = registered(cast.clerk, plan("57/KH-LĐLĐ"))
    assert routing([note.document_id, waiting.pk]) == {
        note.document_id: ("Ban Chính sách pháp luật; Ban Tài chính", dt.date(2026, 3, 16))
    }


def test_a_longer_register_asks_no_more_of_the_database(cast: Cast, departments: dict[str, Unit]) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            followed(cast.scope(cast.clerk), FIRST, LAST)
        return len(asked)

    noted(cast, departments)
    one = queries()
    for number in range(57, 60):
        noted(cast, departments, registered(cast.clerk, plan(f"{number}/KH-LĐLĐ")))
    assert (queries(), len(followed(cast.scope(cast.clerk), FIRST, LAST))) == (one, 4)


def test_a_page_shows_one_sort_and_counts_the_others_as_their_lines_say(
    cast: Cast, departments: dict[str, Unit], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(followup, "PER_PAGE", 2)
    notes = [noted(cast, departments, registered(cast.clerk, plan(f"{n}/KH-LĐLĐ"))) for n in (60, 61, 62)]
    for code in ("T.TC", "T.CS"):
        complete(
            assignment=work_of(notes[0], departments[code]), note="Xong.", actor=head(departments[code]), at=NOW
        )
    void_entry(entry=notes[1].document.entry, reason="Ghi nhầm sổ", actor=cast.clerk, at=NOW)
    waiting = registered(cast.clerk, plan("63/KH-LĐLĐ"))
    scope = cast.scope(cast.clerk, on(23))
    lines = followed(scope, FIRST, LAST)
    shown = followed_page(scope, FIRST, LAST, ALL, "1")
    assert dict(shown.counts) == {
        ALL: len(lines),
        UNASSIGNED: sum(not one.handed for one in lines),
        OPEN: sum(one.open for one in lines),
        LATE: sum(one.late for one in lines),
    } == {ALL: 4, UNASSIGNED: 1, OPEN: 1, LATE: 1}  # fmt: skip
    assert [one.document for one in shown.lines] == [waiting, notes[2].document]
    assert shown.page.has_next()
    assert [one.document for one in followed_page(scope, FIRST, LAST, UNASSIGNED, None).lines] == [waiting]
    assert [one.document for one in followed_page(scope, FIRST, LAST, LATE, None).lines] == [notes[2].document]


def test_a_page_of_a_longer_register_asks_no_more_of_the_database(cast: Cast, departments: dict[str, Unit]) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            followed_page(cast.scope(cast.clerk), FIRST, LAST, ALL, None)
        return len(asked)

    noted(cast, departments)
    one = queries()
    for number in range(57, 60):
        noted(cast, departments, registered(cast.clerk, plan(f"{number}/KH-LĐLĐ")))
    assert queries() == one
