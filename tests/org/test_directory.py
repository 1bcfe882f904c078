"""Danh bạ: seats of one's own unit, above and below; searched without marks; telephones as far as rights allow."""

from __future__ import annotations

import io
import zipfile

import pytest

from nhipcau.core.errors import InvalidInput
from nhipcau.org import directory as module
from nhipcau.org.actions import end_appointment
from nhipcau.org.directory import ABOVE, BELOW, OWN, Card, cards, directory, sheet, write_workbook
from nhipcau.org.models import Appointment, Person, Post, Role
from nhipcau.org.scope import Scope
from tests.cast import NOW, SETUP, TODAY, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def found(scope: Scope, text: str = "", *, whole: bool = False) -> list[Card]:
    return cards(scope, directory(scope, text, whole=whole))


def test_own_comes_first_then_above_then_directly_below(cast: Cast) -> None:
    told = [(card.place, card.title) for card in found(cast.scope(cast.commune_officer))]
    assert told == [
        (OWN, "Chủ tịch công đoàn xã"),
        (ABOVE, "Trưởng ban Chính sách"),
        (ABOVE, "Văn thư"),
        (BELOW, "Chủ tịch công đoàn cơ sở"),
    ]


def test_further_down_is_found_by_words_or_as_the_whole_branch(cast: Cast) -> None:
    scope = cast.scope(cast.provincial_officer)
    assert "Chủ tịch công đoàn cơ sở" not in [card.title for card in found(scope)]
    assert "Chủ tịch công đoàn cơ sở" in [card.title for card in found(scope, whole=True)]


@pytest.mark.parametrize("text", ["may hai au", "Hải Âu", "co so chu tich", "nguoi giu chuc cơ sở", "A1"])
def test_words_of_unit_title_or_holder_find_it_with_or_without_marks(cast: Cast, text: str) -> None:
    (card,) = found(cast.scope(cast.commune_officer), text)
    assert card.title == "Chủ tịch công đoàn cơ sở"


def test_peers_and_their_units_are_not_there(cast: Cast) -> None:
    assert found(cast.scope(cast.commune_officer), "bình sơn") == []
    assert found(cast.scope(cast.stranger), "an hải") == []


def test_mail_is_shown_for_own_and_below_and_never_for_above(cast: Cast) -> None:
    Person.objects.update(email="a@donggiang.example")
    cards = found(cast.scope(cast.commune_officer))
    assert {card.phone for card in cards} == {"0200 000 000"}
    assert {(card.place == ABOVE, bool(card.email)) for card in cards} == {(True, False), (False, True)}


def test_who_does_not_reach_people_sees_seats_alone(cast: Cast) -> None:
    Post.objects.filter(pk=cast.commune_officer.pk).update(roles=[Role.AUDITOR.value])
    Person.objects.update(email="a@donggiang.example")
    shown = found(cast.scope(Post.objects.get(pk=cast.commune_officer.pk)))
    assert {(card.phone, card.email) for card in shown} == {("", "")}
    assert all(card.name for card in shown)


def test_a_vacant_seat_stands_there_without_a_name(cast: Cast) -> None:
    held = Appointment.objects.get(post=cast.local_volunteer)
    end_appointment(appointment=held, end=TODAY, actor=SETUP, at=NOW)
    (card,) = found(cast.scope(cast.commune_officer), "hai au")
    assert (card.name, card.phone, card.cells[2]) == ("", "", "(khuyết)")


def test_it_prints_and_comes_as_a_workbook(cast: Cast) -> None:
    scope, out = cast.scope(cast.commune_officer), io.BytesIO()
    assert len(sheet(scope).rows) == 4
    write_workbook(scope, out)
    assert "Chủ tịch công đoàn xã" in zipfile.ZipFile(out).read("xl/worksheets/sheet1.xml").decode()


def test_what_is_too_long_for_paper_says_so(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_ON_PAPER", 2)
    with pytest.raises(InvalidInput, match="quá dài"):
        sheet(cast.scope(cast.provincial_officer), whole=True)
