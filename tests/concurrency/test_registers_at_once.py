"""Eight clerks at one register: no gap, no double."""

from __future__ import annotations

from functools import partial

import pytest

from nhipcau.core.errors import Conflict
from nhipcau.documents.actions import confirm, proposed, register_outgoing, void_entry
from nhipcau.documents.models import Direction, Document, Register, RegisterEntry
from nhipcau.documents.registers.reserving import end_block, reserve_block
from tests.cast import NOW, TODAY, Cast, assemble
from tests.concurrency.crowd import STRESS, WRITERS, together
from tests.documents.letters import arrive
from tests.ops.tampering import sentences

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 3 * STRESS


@pytest.fixture
def office() -> Cast:
    return assemble()


def letter(office: Cast, subject: str = "Việc", client_key: str = "") -> Document:
    return register_outgoing(
        unit=office.province,
        doc_type="kế hoạch",
        subject=subject,
        dated=TODAY,
        actor=office.clerk,
        at=NOW,
        client_key=client_key,
    )


def numbers() -> list[int]:
    return list(RegisterEntry.objects.order_by("number").values_list("number", flat=True))


def test_letters_out_are_numbered_one_after_the_other(office: Cast) -> None:
    def work() -> list[str]:
        return [letter(office).number for _ in range(ROUNDS)]

    taken = [number for each in together(*[work] * WRITERS).results for number in each]
    assert numbers() == list(range(1, WRITERS * ROUNDS + 1))
    assert len(set(taken)) == WRITERS * ROUNDS
    assert sentences() == []


def test_a_letter_confirmed_by_all_has_one_number(office: Cast) -> None:
    waiting = arrive(office.clerk)
    fields = proposed(waiting)
    done = together(*[lambda: confirm(document=waiting, fields=fields, actor=office.clerk, at=NOW)] * WRITERS)
    assert {entry.number for entry in done.results} == {1}
    assert (len(done.results), numbers()) == (WRITERS, [1])
    assert sentences() == []


def test_a_form_that_arrives_eight_times_takes_one_number(office: Cast) -> None:
    done = together(*[partial(letter, office, client_key="k1")] * WRITERS)
    assert {document.number for document in done.results} == {"01/KH-LĐLĐ"}
    assert numbers() == [1]


def test_numbering_striking_and_reserving_at_once_leave_a_whole_register(office: Cast) -> None:
    letters = [letter(office) for _ in range(WRITERS)]
    register = Register.objects.get(direction=Direction.OUTGOING)

    def strike(document: Document) -> None:
        void_entry(entry=document.entry, reason="ghi nhầm", actor=office.clerk, at=NOW)

    def reserve() -> None:
        for _ in range(ROUNDS):
            block = reserve_block(register=register, count=3, reason="mất điện", actor=office.clerk, at=NOW)
            end_block(block=block, actor=office.clerk, at=NOW)

    def number() -> None:
        for _ in range(ROUNDS):
            letter(office)

    strikes = [partial(strike, letters[0]) for _ in range(3)] + [partial(strike, letters[1])]
    together(*strikes, reserve, reserve, number, number)
    assert numbers() == list(range(1, WRITERS + 2 * 3 * ROUNDS + 2 * ROUNDS + 1))
    assert sentences() == []


def test_striking_with_two_reasons_at_once_is_a_conflict_for_one(office: Cast) -> None:
    entry = letter(office).entry
    strike = partial(void_entry, entry=entry, actor=office.clerk, at=NOW)
    done = together(partial(strike, reason="ghi nhầm"), partial(strike, reason="gửi trùng"))
    assert len(done.results) == 1
    assert isinstance(done.conflicts[0], Conflict)
    assert sentences() == []
