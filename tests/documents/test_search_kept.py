"""Every action that touches letters leaves the search in step with them, whatever it changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

import pytest

from nhipcau.core.official import Signer
from nhipcau.core.said import UNSAID
from nhipcau.documents import actions
from nhipcau.documents.models import (
    AmendmentKind,
    CopyForm,
    Direction,
    Document,
    DocumentState,
    ReservedBlock,
    SearchRow,
)
from nhipcau.documents.search.proof import SearchProof
from nhipcau.documents.storing.evidence import Paper
from nhipcau.outbox.jobs import run_due
from nhipcau.reader.extract import Extracted
from nhipcau.reader.model import Field, Reading
from tests.cast import NOW, TODAY, Cast
from tests.documents.letters import RECEIVED, arrive, plan, register

SCANNED = Reading("Số: 61/KH-LĐLĐ", "ocr", number=Field("61/KH-LĐLĐ", 0.97, UNSAID, (4, 14)))


@dataclass
class Office:
    """The clerk's office, and what earlier steps left there."""

    cast: Cast
    letters: dict[str, Document] = field(default_factory=dict)
    blocks: list[ReservedBlock] = field(default_factory=list)

    @property
    def who(self) -> dict[str, Any]:
        return {"actor": self.cast.clerk, "at": NOW}


def _receive(office: Office) -> None:
    for name, number in (("first", "56"), ("wrong", "57"), ("new", "58")):
        office.letters[name] = arrive(office.cast.clerk, plan(number=f"{number}/KH-LĐLĐ"))


def _confirm(office: Office) -> None:
    for name in ("first", "new"):
        register(office.cast.clerk, office.letters[name])
    second = arrive(office.cast.clerk, plan() + b"\n")
    actions.confirm(document=second, fields=actions.proposed(second), copy=True, **office.who)


def _discard(office: Office) -> None:
    actions.discard(document=office.letters["wrong"], reason="Nhầm tệp", **office.who)


def _accept(office: Office) -> None:
    given: dict[str, Any] = {"data": b"%PDF-1.7 only pictures", "name": "quet.pdf", "received_on": RECEIVED}
    with patch("nhipcau.documents.incoming.scanning.extract", return_value=Extracted("", "ocr", unread=1)):
        actions.accept(unit=office.cast.province, **given, **office.who)
    with patch("nhipcau.documents.incoming.scanning.read_bytes", return_value=SCANNED):
        assert run_due(at=NOW) == 1
    office.letters["scan"] = Document.objects.get(number="61/KH-LĐLĐ")


def _receive_parcel(office: Office) -> None:
    data = (
        b"From: a@example.invalid\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\n"
        b"Content-Type: text/plain\nContent-Disposition: attachment; filename=a.txt\n"
        b"Content-Transfer-Encoding: 8bit\n\n" + plan(number="62/KH-LĐLĐ") + b"\n--x--\n"
    )
    arrivals = actions.receive_parcel(
        unit=office.cast.province, data=data, name="thu.eml", received_on=TODAY, **office.who
    )  # fmt: skip
    assert arrivals


def _receive_several(office: Office) -> None:
    papers = [Paper(f"{number}.txt", plan(number=f"{number}/KH-LĐLĐ")) for number in (64, 65)]
    arrivals = actions.receive_several(unit=office.cast.province, papers=papers, received_on=TODAY, **office.who)
    assert all(one.document for one in arrivals)


def _register_outgoing(office: Office) -> None:
    for name in ("sent", "recalling"):
        office.letters[name] = actions.register_outgoing(
            unit=office.cast.province, doc_type="kế hoạch", subject=f"Hội thao {name}", text="", dated=TODAY,
            **office.who,
        )  # fmt: skip


def _amend(office: Office) -> None:
    by, target = office.letters["recalling"], office.letters["sent"]
    for kind in (AmendmentKind.CORRECT, AmendmentKind.RECALL):
        actions.amend(by=by, target=target, kind=kind, actor=office.cast.provincial_officer, at=NOW)


def _make_copy(office: Office) -> None:
    signer = Signer("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG", "Phạm Thị Sen")
    order = actions.CopyOrder(CopyForm.WHOLE, dated=TODAY, signer=signer, recipients=("Lưu: VT",))
    actions.make_copy(source=office.letters["first"], order=order, **office.who)


def _reserve_block(office: Office) -> None:
    book = office.letters["first"].entry.register
    block = actions.reserve_block(register=book, count=2, reason="Mất điện", **office.who)
    office.blocks.append(block)
    slot = actions.Slot(number=block.first)
    late = arrive(office.cast.clerk, plan(number="63/KH-LĐLĐ"))
    actions.confirm(document=late, fields=actions.proposed(late), slot=slot, **office.who)


def _void_entry(office: Office) -> None:
    actions.void_entry(entry=office.letters["new"].entry, reason="Ghi nhầm sổ", **office.who)


WALK: dict[str, Callable[[Office], object]] = {
    "receive": _receive,
    "confirm": _confirm,
    "discard": _discard,
    "accept": _accept,
    "receive_parcel": _receive_parcel,
    "receive_several": _receive_several,
    "register_outgoing": _register_outgoing,
    "amend": _amend,
    "make_copy": _make_copy,
    "reserve_block": _reserve_block,
    "void_entry": _void_entry,
    "end_block": lambda office: actions.end_block(block=office.blocks[0], **office.who),
    "acknowledge_letter": lambda office: actions.acknowledge_letter(document=office.letters["scan"], **office.who),
    "acknowledge_waiting": lambda office: actions.acknowledge_waiting(unit=office.cast.province, **office.who),
}
# These write lines and books alone, or decide nothing.
NO_LETTER = {
    "close_register", "confirm_warnings", "drop_scan", "fill_line", "open_register", "proposed",
    "register_petition", "try_again",
}  # fmt: skip


def test_every_action_is_walked_or_touches_no_letter() -> None:
    assert {*WALK, *NO_LETTER} == {name for name in actions.__all__ if name.islower()}


def test_the_search_is_in_step_after_every_action(cast: Cast) -> None:
    office = Office(cast)
    for name, act in WALK.items():
        act(office)
        for letter in office.letters.values():
            letter.refresh_from_db()
        assert list(SearchProof().findings(lambda _: None)) == [], name
    states = set(Document.objects.values_list("state", flat=True))
    assert states == {*DocumentState}, "the walk leaves letters in every state"
    assert Document.objects.filter(direction=Direction.COPY).exists()
    assert SearchRow.objects.count() == Document.objects.exclude(state__in=("copy", "discarded")).count()


def test_the_walk_tells_when_an_action_forgets(cast: Cast) -> None:
    with patch("nhipcau.documents.incoming.registering.keep"), pytest.raises(AssertionError, match="confirm"):
        test_the_search_is_in_step_after_every_action(cast)
