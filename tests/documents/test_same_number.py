"""A second letter with the same number: a person says whether it is a copy."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from nhipcau.documents.actions import SameNumber, confirm, proposed
from nhipcau.documents.models import Document, DocumentState, RegisterEntry
from nhipcau.documents.queries import visible_documents
from tests.cast import NOW, Cast, assemble
from tests.documents.letters import arrive, plan, registered
from tests.documents.threads import a_database_for_threads, at_once

PAPER = plan() + "\nBản giấy\n".encode()


def entered(cast: Cast, document: Document, *, copy: bool | None) -> RegisterEntry:
    return confirm(document=document, fields=proposed(document), actor=cast.clerk, at=NOW, copy=copy)


def test_nothing_is_joined_before_a_person_was_asked(cast: Cast) -> None:
    first = registered(cast.clerk)
    second = arrive(cast.clerk, PAPER)
    assert second != first
    with pytest.raises(SameNumber, match="số đến 1") as asked:
        entered(cast, second, copy=None)
    assert asked.value.entry.document == first
    second.refresh_from_db()
    assert second.state == DocumentState.READ
    assert RegisterEntry.objects.count() == 1


def test_a_copy_joins_the_number_of_the_first(cast: Cast) -> None:
    first = registered(cast.clerk)
    second = arrive(cast.clerk, PAPER)
    assert entered(cast, second, copy=True).document == first
    second.refresh_from_db()
    assert (second.state, second.copy_of) == (DocumentState.COPY, first)
    assert list(visible_documents(cast.scope(cast.clerk))) == [first]


def test_another_letter_takes_a_number_of_its_own(cast: Cast) -> None:
    registered(cast.clerk)
    second = arrive(cast.clerk, PAPER)
    assert entered(cast, second, copy=False).number == 2
    assert entered(cast, second, copy=False).number == 2
    second.refresh_from_db()
    assert (second.state, second.copy_of) == (DocumentState.REGISTERED, None)


def test_an_answer_without_a_question_changes_nothing(cast: Cast) -> None:
    assert entered(cast, arrive(cast.clerk), copy=True).number == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_copies_confirmed_at_once_one_is_asked_about(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = assemble()
    waiting = [arrive(cast.clerk), arrive(cast.clerk, PAPER)]
    outcomes: list[str] = []

    def worker(document: Document) -> Callable[[], None]:
        def work() -> None:
            try:
                outcomes.append(str(entered(cast, document, copy=None)))
            except SameNumber as asked:
                outcomes.append(f"hỏi {asked.entry}")

        return work

    with a_database_for_threads(tmp_path, monkeypatch):
        at_once(*(worker(document) for document in waiting))
    assert sorted(outcomes) == ["1", "hỏi 1"]
