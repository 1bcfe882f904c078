"""Numbers kept for numbering by hand while the system cannot be reached."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.db import transaction

from nhipcau.audit.models import Entry
from nhipcau.boundary import BoundaryRefused
from nhipcau.core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from nhipcau.documents.actions import confirm, end_block, open_register, proposed, reserve_block, void_entry
from nhipcau.documents.models import Direction, Document, DocumentState, Register, RegisterEntry, ReservedBlock
from nhipcau.documents.registers.books import Slot, take_number
from nhipcau.documents.registers.proof import RegisterProof
from nhipcau.documents.registers.reserving import block_lines, blocks_of, free_numbers, get_block_for
from nhipcau.org.models import Post
from tests.cast import NOW, Cast, assemble
from tests.documents.letters import REFUSED, arrive
from tests.documents.numbers import labels, opened, sent
from tests.documents.threads import a_database_for_threads, at_once
from tests.refusals import by_field

OUTAGE = "mất điện từ 14 giờ"


def reserved(cast: Cast, count: int = 3, register: Register | None = None, **changes: object) -> ReservedBlock:
    values: dict[str, object] = {
        "register": register or opened(cast),
        "count": count,
        "reason": OUTAGE,
        "actor": cast.clerk,
        "at": NOW,
    }
    return reserve_block(**(values | changes))  # type: ignore[arg-type]


def ended(cast: Cast, block: ReservedBlock) -> ReservedBlock:
    return end_block(block=block, actor=cast.clerk, at=NOW)


def states(block: ReservedBlock) -> list[str]:
    return ["giữ" if line.is_free else "hủy" if line.void_reason else "dùng" for line in block_lines(block)]


def test_the_series_goes_on_behind_the_block(cast: Cast) -> None:
    sent(cast)
    block = reserved(cast, register=sent(cast).entry.register)
    assert (block.first, block.last) == (3, 5)
    assert sent(cast).number == "06/KH-LĐLĐ"
    assert labels(block.register) == ["1", "2", "3", "4", "5", "6"]


def test_letters_numbered_by_hand_are_entered_in_any_order_and_the_rest_is_struck(cast: Cast) -> None:
    block = reserved(cast)
    numbers = [sent(cast, slot=Slot(number=number)).number for number in (3, 1)]
    assert numbers == ["03/KH-LĐLĐ", "01/KH-LĐLĐ"]
    assert states(block) == ["dùng", "giữ", "dùng"]
    assert [line.number for line in free_numbers(cast.scope(cast.clerk), Direction.OUTGOING)] == [2]
    ended(cast, block)
    assert states(block) == ["dùng", "hủy", "dùng"]
    line = RegisterEntry.objects.get(number=2)
    assert line.void_reason == "Số giữ để ghi tay (01–03), không dùng đến."
    assert free_numbers(cast.scope(cast.clerk), Direction.OUTGOING) == []
    row = blocks_of(block.register).get()
    assert [getattr(row, name) for name in ("free", "used", "voided")] == [0, 2, 1]


def test_an_incoming_letter_is_entered_under_its_reserved_number(cast: Cast) -> None:
    reserved(cast, register=opened(cast, direction=Direction.INCOMING))
    letter = arrive(cast.clerk)
    entry = confirm(document=letter, fields=proposed(letter), actor=cast.clerk, at=NOW, slot=Slot(number=2))
    assert (entry.number, entry.document) == (2, letter)


def test_a_reserved_number_is_used_once(cast: Cast) -> None:
    block = reserved(cast)
    sent(cast, slot=Slot(number=1))
    with pytest.raises(Conflict, match="đã dùng"):
        sent(cast, slot=Slot(number=1))
    void_entry(entry=block_lines(block)[1], reason="ghi hỏng", actor=cast.clerk, at=NOW)
    with pytest.raises(Conflict, match="đã hủy: ghi hỏng"):
        sent(cast, slot=Slot(number=2))
    ended(cast, block)
    with pytest.raises(Conflict, match="không dùng đến"):
        sent(cast, slot=Slot(number=3))
    assert Document.objects.count() == 1


def test_a_number_that_was_not_reserved_cannot_be_picked(cast: Cast) -> None:
    block = reserved(cast, count=1)
    sent(cast)
    for number in (2, 7):
        with pytest.raises(InvalidInput, match="không phải số giữ sẵn"):
            sent(cast, slot=Slot(number=number))
    with pytest.raises(InvalidInput, match="một cách"):
        sent(cast, slot=Slot(number=1, after=2, reason=OUTAGE))
    assert states(block) == ["giữ"]


def test_a_struck_letter_keeps_its_number_used(cast: Cast) -> None:
    reserved(cast)
    letter = sent(cast, slot=Slot(number=1))
    void_entry(entry=letter.entry, reason="ghi nhầm", actor=cast.clerk, at=NOW)
    letter.refresh_from_db()
    assert letter.state == DocumentState.VOID
    with pytest.raises(Conflict):
        sent(cast, slot=Slot(number=1))


def test_the_log_tells_of_every_number(cast: Cast) -> None:
    block = reserved(cast, count=2)
    sent(cast, slot=Slot(number=1))
    ended(cast, ended(cast, block))
    told = [
        (act.action.removeprefix("documents."), json.loads(act.data).get("number"))
        for act in Entry.objects.filter(action__startswith="documents.").order_by("pk")
    ]
    assert told == [
        ("register_opened", None),
        ("block_reserved", None),
        ("number_reserved", 1),
        ("number_reserved", 2),
        ("issued", 1),
        ("number_voided", 2),
        ("block_ended", None),
    ]
    acts = Entry.objects.filter(action__in=("documents.number_reserved", "documents.number_voided"))
    assert {json.loads(act.data)["register"] for act in acts} == {block.register_id}


def test_a_register_with_an_outage_and_a_number_put_in_proves_whole(cast: Cast) -> None:
    block = reserved(cast)
    sent(cast)
    sent(cast, slot=Slot(number=2))
    sent(cast, slot=Slot(after=2, reason="bỏ sót"))
    assert list(RegisterProof().findings(lambda done: None)) == []
    ended(cast, block)
    assert list(RegisterProof().findings(lambda done: None)) == []
    RegisterEntry.objects.filter(number=3).delete()
    assert list(RegisterProof().findings(lambda done: None)) != []


@pytest.mark.parametrize("count", [0, -1, 101])
def test_a_block_has_one_to_a_hundred_numbers(cast: Cast, count: int) -> None:
    with pytest.raises(InvalidInput) as refusal:
        reserved(cast, count=count)
    assert set(by_field(refusal.value)) == {"count"}


def test_it_needs_a_reason_that_passes_the_boundary(cast: Cast) -> None:
    with pytest.raises(InvalidInput):
        reserved(cast, reason="")
    with pytest.raises(BoundaryRefused):
        reserved(cast, reason=REFUSED)
    assert not RegisterEntry.objects.exists()


def test_a_form_sent_twice_reserves_once(cast: Cast) -> None:
    register = opened(cast)
    assert reserved(cast, register=register, client_key="k") == reserved(cast, register=register, client_key="k")
    assert RegisterEntry.objects.count() == 3


def test_only_the_unit_itself_reserves_ends_and_finds_its_blocks(cast: Cast) -> None:
    def at_commune(actor: Post) -> ReservedBlock:
        register = open_register(
            unit=cast.commune,
            direction=Direction.OUTGOING,
            year=2026,
            first_number=1,
            actor=cast.commune_officer,
            at=NOW,
        )
        return reserved(cast, register=register, actor=actor)

    for actor, error in ((cast.stranger, NotFound), (cast.provincial_officer, NotAllowed)):
        with pytest.raises(error):
            at_commune(actor)
    block = at_commune(cast.commune_officer)
    with pytest.raises(NotAllowed):
        end_block(block=block, actor=cast.provincial_officer, at=NOW)
    for post in (cast.stranger, cast.provincial_officer):
        with pytest.raises(NotFound):
            get_block_for(cast.scope(post), block.uid)
    with pytest.raises(NotFound):
        get_block_for(cast.scope(cast.commune_officer), "khong-co")


@pytest.mark.django_db(transaction=True)
def test_clerks_who_reserve_and_take_numbers_at_once_leave_no_gap_and_no_double(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = assemble()
    register = opened(cast)
    lines: list[int] = []
    blocks: list[int] = []

    def take() -> None:
        for _ in range(4):
            with transaction.atomic():
                document = Document.objects.create(
                    unit=cast.province, direction=Direction.OUTGOING, state=DocumentState.REGISTERED, created_at=NOW
                )
                take_number(
                    unit=cast.province,
                    direction=Direction.OUTGOING,
                    year=2026,
                    document=document,
                    actor=cast.clerk,
                    at=NOW,
                )

    def reserve() -> None:
        for _ in range(2):
            reserved(cast, register=register)

    def look() -> None:
        lines.extend(RegisterEntry.objects.order_by("number").values_list("number", flat=True))
        for block in ReservedBlock.objects.all():
            numbers = [line.number for line in block_lines(block)]
            assert numbers == list(range(block.first, block.last + 1))
            blocks.append(len(numbers))

    with a_database_for_threads(tmp_path, monkeypatch):
        at_once(take, reserve, take, reserve)
        at_once(look)
    assert lines == list(range(1, 21))
    assert blocks == [3, 3, 3, 3]


@pytest.mark.django_db(transaction=True)
def test_a_reserved_number_wanted_by_two_at_once_and_struck_by_a_third_ends_one_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = assemble()
    block = reserved(cast, count=1)
    refused: list[str] = []

    def use() -> None:
        try:
            sent(cast, slot=Slot(number=1))
        except Conflict as conflict:
            refused.append(conflict.message)

    def strike() -> None:
        ended(cast, block)

    def look() -> None:
        line = RegisterEntry.objects.get()
        assert (line.document_id is None) == bool(line.void_reason)
        letters = 0 if line.document_id is None else 1
        assert Document.objects.count() == letters
        assert letters + len(refused) == 2

    with a_database_for_threads(tmp_path, monkeypatch):
        at_once(use, use, strike)
        at_once(look)
