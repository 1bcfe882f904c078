"""What a letter asks."""

from __future__ import annotations

import pytest

from nhipcau.audit.models import Entry
from nhipcau.boundary import BoundaryRefused
from nhipcau.core.deadlines import DeadlineRule
from nhipcau.core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from nhipcau.reader import read_text
from nhipcau.tasks.actions import Wording, add_obligation, drop_obligation, edit_obligation
from nhipcau.tasks.models import Obligation
from nhipcau.tasks.obligations import drafts
from nhipcau.tasks.queries import get_obligation_for, obligations_of
from tests.cast import NOW, Cast
from tests.documents.letters import registered
from tests.tasks.work import REFUSED, handed_out, training

BEFORE_JUNE = DeadlineRule("date", "2026-06-01", "trước ngày 01/6", exclusive=True)


def test_the_letters_obligations_are_drafted_with_their_sentences_and_deadlines(cast: Cast) -> None:
    document = registered(cast.clerk)
    first, second = obligations_of(document)
    assert document.text[first.span_start : first.span_end].split() == first.text.split()
    assert (first.deadline_normalised, first.deadline_exclusive) == ("2026-05-10", True)
    assert (second.deadline_normalised, second.deadline_exclusive) == ("2026-05-31", True)
    assert (first.scope, first.responsible) == ("in", "Công đoàn cấp trên cơ sở")


def test_who_lends_a_hand_is_kept_beside_who_leads(cast: Cast) -> None:
    text = (
        "1. Ban Chính sách pháp luật chủ trì, phối hợp với Ban Tài chính xây dựng kế hoạch chăm lo đoàn viên "
        "trước ngày 15/5/2026."
    )
    duty = drafts(registered(cast.clerk), read_text(text))[0]
    assert (duty.responsible, duty.helped_by) == ("Ban Chính sách pháp luật", "Ban Tài chính")


def test_an_obligation_may_be_added_by_hand(cast: Cast) -> None:
    document = registered(cast.clerk)
    wording = Wording("Rà soát tủ thuốc sơ cứu tại nơi làm việc", "Công đoàn cơ sở", BEFORE_JUNE)
    added = add_obligation(document=document, wording=wording, actor=cast.provincial_officer, at=NOW)
    assert (added.position, added.scope, added.deadline_phrase) == (3, "in", "trước ngày 01/6")


@pytest.mark.parametrize(
    "wording",
    [
        Wording(REFUSED),
        Wording("Tập huấn", REFUSED),
        Wording("Tập huấn", "", DeadlineRule("date", "2026-06-01", REFUSED)),
    ],
)
def test_refused_words_are_refused_and_logged_without_them(cast: Cast, wording: Wording) -> None:
    document = registered(cast.clerk)
    with pytest.raises(BoundaryRefused):
        add_obligation(document=document, wording=wording, actor=cast.provincial_officer, at=NOW)
    obligation = document.obligations.get(position=1)
    with pytest.raises(BoundaryRefused):
        edit_obligation(obligation=obligation, wording=wording, actor=cast.provincial_officer, at=NOW)
    logged = Entry.objects.filter(action="boundary.refused")
    assert logged.count() == 2
    assert not any("dư luận" in entry.data for entry in logged)
    assert document.obligations.count() == 2


def test_an_outside_obligation_cannot_be_reworded_into_another(cast: Cast) -> None:
    obligation = training(cast)
    Obligation.objects.filter(pk=obligation.pk).update(scope="outside")
    with pytest.raises(Conflict):
        edit_obligation(
            obligation=obligation, wording=Wording("Tập huấn an toàn"), actor=cast.provincial_officer, at=NOW
        )


def test_the_allowed_part_of_a_mixed_obligation_may_be_kept(cast: Cast) -> None:
    obligation = training(cast)
    Obligation.objects.filter(pk=obligation.pk).update(scope="review", rule="x")
    edited = edit_obligation(
        obligation=obligation, wording=Wording("Tập huấn an toàn"), actor=cast.provincial_officer, at=NOW
    )
    assert (edited.scope, edited.rule, edited.deadline_kind) == ("in", "", "")


def test_what_was_handed_out_is_neither_edited_nor_dropped(cast: Cast) -> None:
    obligation = handed_out(cast).obligation
    with pytest.raises(Conflict):
        edit_obligation(obligation=obligation, wording=Wording("Khác"), actor=cast.provincial_officer, at=NOW)
    with pytest.raises(Conflict):
        drop_obligation(obligation=obligation, actor=cast.provincial_officer, at=NOW)


def test_dropping_twice_is_safe(cast: Cast) -> None:
    obligation = training(cast)
    for _ in range(2):
        drop_obligation(obligation=obligation, actor=cast.provincial_officer, at=NOW)
    assert Entry.objects.filter(action="tasks.obligation_dropped").count() == 1


def test_an_impossible_deadline_is_refused_when_typed(cast: Cast) -> None:
    wording = Wording("Tập huấn", "", DeadlineRule("date", "2026-02-31", "31/2"))
    with pytest.raises(InvalidInput):
        add_obligation(document=registered(cast.clerk), wording=wording, actor=cast.provincial_officer, at=NOW)


def test_strangers_do_not_find_an_obligation_and_the_clerk_may_word_it(cast: Cast) -> None:
    obligation = training(cast)
    for post in (cast.stranger, cast.commune_officer, cast.local_volunteer):
        with pytest.raises(NotFound):
            get_obligation_for(cast.scope(post), obligation.uid)
        with pytest.raises(NotFound):
            edit_obligation(obligation=obligation, wording=Wording("Khác"), actor=post, at=NOW)
    edit_obligation(obligation=obligation, wording=Wording("Khác"), actor=cast.clerk, at=NOW)


def test_above_reads_but_does_not_word_the_obligations_of_a_unit_below(cast: Cast) -> None:
    obligation = registered(cast.commune_officer).obligations.get(position=1)
    assert get_obligation_for(cast.scope(cast.provincial_officer), obligation.uid) == obligation
    with pytest.raises(NotAllowed):
        drop_obligation(obligation=obligation, actor=cast.provincial_officer, at=NOW)
