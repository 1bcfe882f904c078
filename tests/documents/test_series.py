"""Several series: opened by name, chosen for a letter, closed for good."""

from __future__ import annotations

import pytest

from nhipcau.audit.models import Entry
from nhipcau.boundary import BoundaryRefused
from nhipcau.core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from nhipcau.documents.actions import close_register, confirm, end_block, open_register, proposed, reserve_block
from nhipcau.documents.models import Direction, Register
from nhipcau.documents.registers.books import Slot, next_number, register_entries
from nhipcau.documents.registers.series import series_of, was_opened
from tests.cast import NOW, TODAY, Cast
from tests.documents.letters import REFUSED, arrive, registered
from tests.documents.numbers import labels, opened, sent
from tests.refusals import by_field

OUT = Direction.OUTGOING
DECISIONS = Slot(series="qd")


def closed(cast: Cast, register: Register) -> Register:
    return close_register(register=register, actor=cast.clerk, at=NOW)


def test_a_series_of_its_own_counts_for_itself(cast: Cast) -> None:
    opened(cast, "qd", "Sổ quyết định")
    numbers = [sent(cast).number, sent(cast, "quyết định", DECISIONS).number, sent(cast).number]
    assert numbers == ["01/KH-LĐLĐ", "01/QĐ-LĐLĐ", "02/KH-LĐLĐ"]
    scope = cast.scope(cast.clerk)
    assert next_number(scope, OUT, 2026, "qd") == 2
    assert register_entries(scope, cast.province, OUT, 2026, "qd").count() == 1
    assert [one.name for one in series_of(scope, OUT, 2026)] == ["", "Sổ quyết định"]
    assert was_opened(scope, OUT, "qd")
    assert not was_opened(scope, OUT, "khac")


def test_an_incoming_letter_goes_into_the_series_chosen(cast: Cast) -> None:
    opened(cast, "gm", "Sổ giấy mời", direction=Direction.INCOMING)
    registered(cast.clerk)
    letter = arrive(cast.clerk, b"LI\xc3\x8aN \xc4\x90O\xc3\x80N\nS\xe1\xbb\x91: 9/GM-L\xc4\x90L\xc4\x90\n")
    fields = proposed(letter)
    fields = type(fields)(doc_type="giấy mời", subject="Mời họp", number="9/GM-LĐLĐ", received_on=TODAY)
    entry = confirm(document=letter, fields=fields, actor=cast.clerk, at=NOW, slot=Slot(series="gm"))
    assert (entry.register.series, entry.number) == ("gm", 1)


def test_a_series_that_was_never_opened_takes_no_number(cast: Cast) -> None:
    with pytest.raises(InvalidInput, match="Chưa mở sổ «qd» năm 2026"):
        sent(cast, "quyết định", DECISIONS)
    assert not Register.objects.exists()


def test_number_and_symbol_stay_unique_whichever_series_they_come_from(cast: Cast) -> None:
    opened(cast, "qd", "Sổ quyết định")
    sent(cast, "quyết định")
    with pytest.raises(Conflict, match="01/QĐ-LĐLĐ năm 2026 đã cấp"):
        sent(cast, "quyết định", DECISIONS)
    register = Register.objects.get(series="qd")
    block = reserve_block(register=register, count=1, reason="trùng số sổ chung", actor=cast.clerk, at=NOW)
    end_block(block=block, actor=cast.clerk, at=NOW)
    assert sent(cast, "quyết định", DECISIONS).number == "02/QĐ-LĐLĐ"


@pytest.mark.parametrize(
    ("series", "name", "field"),
    [("qd", "", "name"), ("Sổ QĐ", "Sổ quyết định", "series"), ("qd", "x" * 81, "name"), ("", "a", "series")],
)
def test_a_series_needs_a_short_code_and_a_name(cast: Cast, series: str, name: str, field: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        opened(cast, series, name)
    assert set(by_field(refusal.value)) == {field}


def test_opening_twice_is_safe_and_passes_the_boundary(cast: Cast) -> None:
    assert opened(cast, "qd", "Sổ quyết định") == opened(cast, "qd", "Sổ quyết định")
    assert Entry.objects.filter(action="documents.register_opened").count() == 1
    with pytest.raises(BoundaryRefused):
        opened(cast, "x", REFUSED)


def test_a_closed_register_takes_no_number_and_keeps_its_lines(cast: Cast) -> None:
    opened(cast, "qd", "Sổ quyết định")
    sent(cast, "quyết định", DECISIONS)
    register = Register.objects.get(series="qd")
    assert closed(cast, register) == closed(cast, register)
    with pytest.raises(Conflict, match="đã đóng ngày 16/03/2026"):
        sent(cast, "quyết định", DECISIONS)
    with pytest.raises(Conflict, match="đã đóng"):
        reserve_block(register=register, count=1, reason="mất mạng", actor=cast.clerk, at=NOW)
    assert labels(register) == ["1"]
    assert Entry.objects.filter(action="documents.register_closed").count() == 1


def test_a_register_with_numbers_still_reserved_does_not_close(cast: Cast) -> None:
    register = opened(cast)
    block = reserve_block(register=register, count=2, reason="mất mạng", actor=cast.clerk, at=NOW)
    with pytest.raises(Conflict, match="chưa dùng: 1, 2"):
        closed(cast, register)
    end_block(block=block, actor=cast.clerk, at=NOW)
    assert closed(cast, register).closed_at == NOW


def test_strangers_neither_open_close_nor_find_a_register(cast: Cast) -> None:
    register = opened(cast)
    with pytest.raises(NotFound):
        close_register(register=register, actor=cast.stranger, at=NOW)
    commune = open_register(
        unit=cast.commune, direction=OUT, year=2026, first_number=1, actor=cast.commune_officer, at=NOW
    )
    with pytest.raises(NotAllowed):
        close_register(register=commune, actor=cast.provincial_officer, at=NOW)
    assert series_of(cast.scope(cast.stranger), OUT, 2026) == []
