"""Every register as a workbook, with its filters."""

from __future__ import annotations

import datetime as dt
import io

import pytest

from nhipcau.core.errors import InvalidInput
from nhipcau.documents.actions import fill_line, void_entry
from nhipcau.documents.models import Direction
from nhipcau.documents.registers import printing as register_print
from nhipcau.documents.registers.forms import SENT
from nhipcau.documents.registers.lines import Range
from nhipcau.documents.registers.printing import printed_register, write_workbook
from tests.cast import NOW, TODAY, Cast
from tests.documents.letters import plan, registered
from tests.documents.numbers import opened, sent
from tests.press.workbooks import cells, day, rows


def written(cast: Cast, kind: str, limits: Range | None = None, series: str = "chung") -> bytes:
    out = io.BytesIO()
    write_workbook(cast.scope(cast.clerk), kind, 2026, out, series, limits or Range())
    return out.getvalue()


def lines(data: bytes) -> list[list[str]]:
    """The rows below the numbers of the columns, without the closing."""
    found = rows(data)
    start = next(place for place, row in enumerate(found) if row[0] == "(1)")
    return [row for row in found[start + 1 :] if len(row) > 1]


def test_the_incoming_register_has_its_ten_columns_and_real_days(cast: Cast) -> None:
    registered(cast.clerk)
    data = written(cast, Direction.INCOMING)
    (line,) = lines(data)
    assert len(line) == 10
    assert (day(line[0]), line[1], line[3], day(line[4])) == (
        dt.date(2026, 3, 12),
        "01",
        "56/KH-LĐLĐ",
        dt.date(2026, 3, 10),
    )
    assert rows(data)[-1] == ["Sổ có 1 số: 1 văn bản."]


def test_a_subject_that_looks_like_a_formula_stays_text(cast: Cast) -> None:
    sent(cast, subject="=HYPERLINK(1)")
    found = [cell for cell in cells(written(cast, Direction.OUTGOING)).values() if "HYPERLINK" in cell.value]
    assert [cell.kind for cell in found] == ["text"]


def test_a_part_and_a_series_are_chosen_as_for_paper(cast: Cast) -> None:
    opened(cast, "qd", "Sổ quyết định")
    for _ in range(3):
        sent(cast)
    assert len(lines(written(cast, Direction.OUTGOING, Range(first=2)))) == 2
    assert lines(written(cast, Direction.OUTGOING, Range(until=TODAY - dt.timedelta(days=1)))) == []
    assert lines(written(cast, Direction.OUTGOING, series="qd")) == []
    assert ["Từ số 2, đến ngày 31/12/2026"] in rows(
        written(cast, Direction.OUTGOING, Range(first=2, until=dt.date(2026, 12, 31)))
    )


def test_workbook_and_paper_say_the_same(cast: Cast) -> None:
    for number in (60, 61):
        registered(cast.clerk, plan(f"{number}/KH-LĐLĐ"))
    paper = printed_register(cast.scope(cast.clerk), Direction.INCOMING, 2026)
    book = lines(written(cast, Direction.INCOMING))
    assert [[row[1], row[3], row[5]] for row in book] == [[row[1], row[3], row[5]] for row in paper.rows]


def test_the_register_of_what_was_sent_is_drawn_from_the_letters(cast: Cast) -> None:
    first, second, third = (sent(cast, recipients=("Các công đoàn xã",)) for _ in range(3))
    for letter, day_of_transfer in ((second, TODAY), (first, TODAY - dt.timedelta(days=0)), (third, TODAY)):
        fill_line(entry=letter.entry, dispatched_on=day_of_transfer, copies=5, actor=cast.clerk, at=NOW)
    void_entry(entry=third.entry, reason="ghi nhầm", actor=cast.clerk, at=NOW)
    sheet = printed_register(cast.scope(cast.clerk), SENT, 2026)
    assert [row[:4] for row in sheet.rows] == [
        ("16/03/2026", "01/KH-LĐLĐ", "Các công đoàn xã", "5"),
        ("16/03/2026", "02/KH-LĐLĐ", "Các công đoàn xã", "5"),
    ]
    assert len(lines(written(cast, SENT))) == 2


def test_a_print_that_would_be_too_long_names_the_way_out(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(register_print, "MOST_ON_PAPER", 1)
    sent(cast)
    sent(cast)
    with pytest.raises(InvalidInput, match="xlsx"):
        printed_register(cast.scope(cast.clerk), Direction.OUTGOING, 2026)
    assert len(lines(written(cast, Direction.OUTGOING))) == 2


def test_a_stranger_gets_an_empty_register_of_his_own(cast: Cast) -> None:
    sent(cast)
    out = io.BytesIO()
    assert write_workbook(cast.scope(cast.stranger), Direction.OUTGOING, 2026, out) == 0
