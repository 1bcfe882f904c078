"""A number put in between: 06b, with its reason."""

from __future__ import annotations

import json

import pytest
from django.db import IntegrityError, transaction

from nhipcau.audit.models import Entry
from nhipcau.boundary import BoundaryRefused
from nhipcau.core.errors import Conflict, InvalidInput
from nhipcau.documents.actions import confirm, proposed, reserve_block, void_entry
from nhipcau.documents.models import Direction, RegisterEntry
from nhipcau.documents.numbering import compose, key, number_warnings
from nhipcau.documents.registers.books import SUFFIXES, Slot, register_entries
from tests.cast import NOW, Cast
from tests.documents.letters import REFUSED, arrive, plan, registered
from tests.documents.numbers import labels, opened, sent

WHY = "bỏ sót khi lấy số ngày 10/3"


def test_a_number_put_in_stands_between_its_neighbours(cast: Cast) -> None:
    for _ in range(7):
        sent(cast)
    between = sent(cast, slot=Slot(after=6, reason=WHY))
    assert (between.number, between.entry.label, between.entry.suffix_reason) == ("06b/KH-LĐLĐ", "6b", WHY)
    lines = register_entries(cast.scope(cast.clerk), cast.province, Direction.OUTGOING, 2026)
    assert [line.label for line in lines][4:] == ["5", "6", "6b", "7"]
    assert sent(cast).number == "08/KH-LĐLĐ"


def test_a_second_one_gets_the_next_letter(cast: Cast) -> None:
    sent(cast)
    numbers = [sent(cast, "công văn", Slot(after=1, reason=WHY)).number for _ in range(3)]
    assert numbers == ["01b/LĐLĐ", "01c/LĐLĐ", "01d/LĐLĐ"]


def test_when_the_letters_are_used_up_it_says_so(cast: Cast) -> None:
    first = sent(cast)
    rows = [
        RegisterEntry(
            register=first.entry.register,
            number=1,
            suffix=letter,
            suffix_reason=WHY,
            void_reason=WHY,
            entered_at=NOW,
        )
        for letter in SUFFIXES
    ]
    RegisterEntry.objects.bulk_create(rows)
    with pytest.raises(Conflict, match="hết chữ cái"):
        sent(cast, slot=Slot(after=1, reason=WHY))


def test_it_stands_behind_a_number_that_exists(cast: Cast) -> None:
    register = opened(cast, first_number=41)
    for missing in (6, 41, 42):
        with pytest.raises(InvalidInput, match="chưa có số"):
            sent(cast, slot=Slot(after=missing, reason=WHY))
    reserve_block(register=register, count=1, reason="mất mạng", actor=cast.clerk, at=NOW)
    with pytest.raises(InvalidInput, match="chưa có số 41"):
        sent(cast, slot=Slot(after=41, reason=WHY))
    assert labels(register) == ["41"]


def test_it_needs_a_reason_that_passes_the_boundary(cast: Cast) -> None:
    sent(cast)
    with pytest.raises(InvalidInput, match="phải có lý do"):
        sent(cast, slot=Slot(after=1, reason=" "))
    with pytest.raises(BoundaryRefused):
        sent(cast, slot=Slot(after=1, reason=REFUSED))
    assert RegisterEntry.objects.count() == 1


def test_the_database_itself_wants_the_reason_and_no_double(cast: Cast) -> None:
    register = sent(cast).entry.register
    for bad in ({"suffix": "b"}, {"suffix": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            RegisterEntry.objects.create(register=register, number=1, void_reason="x", entered_at=NOW, **bad)


def test_an_incoming_letter_is_put_in_between_too(cast: Cast) -> None:
    registered(cast.clerk)
    late = arrive(cast.clerk, plan("57/KH-LĐLĐ"))
    slot = Slot(after=1, reason=WHY)
    entry = confirm(document=late, fields=proposed(late), actor=cast.clerk, at=NOW, slot=slot)
    assert entry.label == "1b"


def test_it_is_struck_like_any_number_and_the_log_names_it(cast: Cast) -> None:
    sent(cast)
    entry = sent(cast, slot=Slot(after=1, reason=WHY)).entry
    void_entry(entry=entry, reason="ghi nhầm", actor=cast.clerk, at=NOW)
    told = Entry.objects.filter(action__in=("documents.issued", "documents.number_voided")).order_by("pk")
    keys = {"register": entry.register_id, "number": 1}
    suffixed = keys | {"suffix": "b"}
    assert [json.loads(act.data) for act in told] == [keys, suffixed, suffixed]


def test_numbers_with_a_letter_are_composed_and_compared() -> None:
    assert compose(6, "kế hoạch", "LĐLĐ", suffix="b") == "06b/KH-LĐLĐ"
    assert compose(12, "công văn", "LĐLĐ", "CSPL", "c") == "12c/LĐLĐ-CSPL"
    assert key("06b/KH-LĐLĐ") == key("6B / kh-lđlđ") != key("06/KH-LĐLĐ")
    assert number_warnings("06b/KH-LĐLĐ") == []
