"""The registers of a unit that ends are closed on the day and print for whoever is above it."""

from __future__ import annotations

import pytest

from nhipcau.audit.models import Entry
from nhipcau.core.errors import Conflict, NotFound
from nhipcau.documents.actions import open_register
from nhipcau.documents.models import Direction, Register
from nhipcau.documents.registers.printing import printed_register
from nhipcau.documents.registers.reserving import reserve_block
from nhipcau.org.event_file import read_event
from nhipcau.org.models import Reorganisation
from nhipcau.org.reorganising import preview, undo
from tests.cast import SETUP, Cast
from tests.reorganisations import AFTER, BEFORE, SPLIT, file, happen


@pytest.fixture
def book(cast: Cast) -> Register:
    return open_register(
        unit=cast.commune,
        direction=Direction.OUTGOING,
        year=2026,
        first_number=7,
        actor=cast.commune_officer,
        at=BEFORE,
    )


def test_the_preview_names_the_book_and_who_keeps_it(cast: Cast, book: Register) -> None:
    done = preview(event=read_event(file(SPLIT)), actor=SETUP, at=AFTER)
    (found,) = next(part.effects for part in done.touched if part.name == "registers")
    assert (found.unit, found.to) == ("Công đoàn xã An Hải", "Công đoàn phường Hải Long")
    assert found.how == "đóng ở số 6; in và lưu"


def test_the_book_closes_and_the_level_above_prints_it(cast: Cast, book: Register) -> None:
    with pytest.raises(NotFound):
        printed_register(cast.scope(cast.provincial_officer), Direction.OUTGOING, 2026, unit=cast.commune)
    happen(SPLIT, AFTER)
    book.refresh_from_db()
    assert book.closed_at == AFTER
    sheet = printed_register(
        cast.scope(cast.provincial_officer, AFTER), Direction.OUTGOING, 2026, unit=cast.commune
    )
    assert (sheet.issuer, sheet.parent) == ("Công đoàn xã An Hải", "Liên đoàn Lao động tỉnh Đông Giang")
    assert "Đã đóng sổ ngày 02/10/2026." in sheet.closing
    with pytest.raises(NotFound):
        printed_register(cast.scope(cast.stranger, AFTER), Direction.OUTGOING, 2026, unit=cast.commune)
    undo(event=Reorganisation.objects.get(), actor=SETUP, at=AFTER)
    book.refresh_from_db()
    assert book.closed_at is None


def test_reserved_numbers_that_were_never_used_are_struck_for_good(cast: Cast, book: Register) -> None:
    reserve_block(register=book, count=3, reason="Mất điện", actor=cast.commune_officer, at=BEFORE)
    happen(SPLIT, AFTER)
    assert book.entries.exclude(void_reason="").count() == 3
    assert Entry.objects.filter(action="documents.number_voided").count() == 3
    with pytest.raises(Conflict, match="3 số giữ chưa dùng"):
        undo(event=Reorganisation.objects.get(), actor=SETUP, at=AFTER)
