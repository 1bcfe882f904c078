"""Letters are registered and acknowledged the same day, and the sender sees the moments and nothing else."""

from __future__ import annotations

import datetime as dt

import pytest

from nhipcau.audit.models import Entry
from nhipcau.core.errors import Conflict, NotAllowed, NotFound
from nhipcau.documents.actions import acknowledge_letter, acknowledge_waiting, confirm, proposed
from nhipcau.documents.incoming.acknowledging import receipts, unanswered
from nhipcau.documents.models import Document
from tests.cast import NOW, TODAY, Cast
from tests.documents.letters import arrive, plan, register
from tests.documents.numbers import sent

LATER = NOW + dt.timedelta(hours=1)


def ours_at_the_commune(cast: Cast, letter: Document) -> Document:
    """The province's letter as it came to the commune."""
    received = arrive(cast.commune_officer, plan(letter.number, letter.subject, "16"))
    fields = proposed(received)
    changed = {"number": letter.number, "issuer": letter.issuer, "dated": letter.dated, "received_on": TODAY}
    confirm(document=received, fields=type(fields)(**(vars(fields) | changed)), actor=cast.commune_officer, at=NOW)
    received.refresh_from_db()
    return received


def test_what_is_not_registered_or_not_acknowledged_is_listed_oldest_first(cast: Cast) -> None:
    waiting, entered = arrive(cast.clerk), arrive(cast.clerk, plan("57/KH-LĐLĐ"))
    register(cast.clerk, entered)
    assert list(unanswered(cast.scope(cast.clerk))) == [waiting, entered]
    assert not unanswered(cast.scope(cast.stranger)).exists()


def test_one_click_a_letter_keeps_the_first_moment(cast: Cast) -> None:
    letter = arrive(cast.clerk)
    acknowledge_letter(document=letter, actor=cast.clerk, at=NOW)
    again = acknowledge_letter(document=letter, actor=cast.clerk, at=LATER)
    assert again.acknowledged_at == NOW
    assert Entry.objects.filter(action="documents.acknowledged").count() == 1
    register(cast.clerk, letter)
    assert not unanswered(cast.scope(cast.clerk)).exists()


def test_one_click_for_all(cast: Cast) -> None:
    for number in (60, 61, 62):
        arrive(cast.clerk, plan(f"{number}/KH-LĐLĐ"))
    assert acknowledge_waiting(unit=cast.province, actor=cast.clerk, at=NOW) == 3
    assert acknowledge_waiting(unit=cast.province, actor=cast.clerk, at=NOW) == 0


def test_the_sender_sees_who_has_it_since_when(cast: Cast) -> None:
    letter = sent(cast)
    assert receipts(letter, TODAY) == []
    received = ours_at_the_commune(cast, letter)
    (one,) = receipts(letter, TODAY)
    assert (one.unit, one.received_at, one.registered_at, one.acknowledged_at) == (
        "Công đoàn xã An Hải",
        NOW,
        NOW,
        None,
    )
    acknowledge_letter(document=received, actor=cast.commune_officer, at=LATER)
    assert receipts(letter, TODAY)[0].acknowledged_at == LATER


def test_a_letter_of_the_same_number_from_elsewhere_is_no_receipt(cast: Cast) -> None:
    letter = sent(cast)
    received = ours_at_the_commune(cast, letter)
    Document.objects.filter(pk=received.pk).update(issuer="Liên đoàn Lao động tỉnh khác")
    assert receipts(letter, TODAY) == []


def test_only_the_receiving_unit_acknowledges(cast: Cast) -> None:
    letter = register(cast.commune_officer, arrive(cast.commune_officer)).document
    assert letter is not None
    with pytest.raises(NotFound):
        acknowledge_letter(document=letter, actor=cast.stranger, at=NOW)
    with pytest.raises(NotAllowed):
        acknowledge_letter(document=letter, actor=cast.clerk, at=NOW)
    with pytest.raises(Conflict):
        acknowledge_letter(document=sent(cast), actor=cast.clerk, at=NOW)
