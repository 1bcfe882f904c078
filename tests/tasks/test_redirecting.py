"""Work that came to the wrong unit: given back with its reason, handed on, insisted on or let go; never lost."""

from __future__ import annotations

import pytest

from nhipcau.audit.models import Entry
from nhipcau.boundary import BoundaryRefused
from nhipcau.core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from nhipcau.tasks.actions import (
    acknowledge_all,
    assign,
    complete,
    give_back,
    hand_on,
    insist,
    let_go,
    remind,
)
from nhipcau.tasks.models import Assignment, AssignmentState, Redirection, RedirectionState
from nhipcau.tasks.queries import redirections_to_answer, worklist
from tests.cast import Cast
from tests.tasks.work import LEAD, REFUSED, of, on, passed_on, training

WHY = "Việc này thuộc công đoàn phường Bình Sơn"


@pytest.fixture
def given(cast: Cast) -> Assignment:
    """The training, given to one commune alone."""
    task = assign(obligation=training(cast), units={cast.commune: LEAD}, actor=cast.provincial_officer, at=on(16))
    return of(task, cast.commune)


@pytest.fixture
def returned(cast: Cast, given: Assignment) -> Redirection:
    return give_back(
        assignment=given, reason=WHY, belongs_to="Công đoàn phường", actor=cast.commune_officer, at=on(16)
    )


def test_it_waits_for_the_giver_and_nobody_is_reminded_meanwhile(cast: Cast, returned: Redirection) -> None:
    assert list(redirections_to_answer(cast.scope(cast.provincial_officer))) == [returned]
    (item,) = worklist(cast.scope(cast.commune_officer))
    assert item.given_back
    assert remind(at=on(11, 5)) == 0
    assert acknowledge_all(actor=cast.commune_officer, at=on(17)) == 0
    assert Entry.objects.filter(action="tasks.given_back").count() == 1


def test_handed_on_it_is_the_other_units_and_no_longer_the_first_ones(
    cast: Cast, given: Assignment, returned: Redirection
) -> None:
    for _ in range(2):
        done = hand_on(redirection=returned, to=cast.sibling_commune, actor=cast.provincial_officer, at=on(16))
    assert done.handed_to == of(given.task, cast.sibling_commune)
    given.refresh_from_db()
    assert given.state == AssignmentState.WITHDRAWN
    assert "Công đoàn phường Bình Sơn" in given.withdrawn_reason
    assert worklist(cast.scope(cast.commune_officer)) == []
    assert len(worklist(cast.scope(cast.stranger))) == 1
    assert not redirections_to_answer(cast.scope(cast.provincial_officer)).exists()


def test_insisted_on_it_stays_and_is_not_given_back_twice(
    cast: Cast, given: Assignment, returned: Redirection
) -> None:
    with pytest.raises(InvalidInput):
        insist(redirection=returned, answer="", actor=cast.provincial_officer, at=on(16))
    for _ in range(2):
        insist(redirection=returned, answer="Đúng địa bàn xã", actor=cast.provincial_officer, at=on(16))
    (item,) = worklist(cast.scope(cast.commune_officer))
    assert not item.given_back
    with pytest.raises(Conflict):
        give_back(assignment=given, reason="Vẫn không phải", actor=cast.commune_officer, at=on(17))
    assert remind(at=on(18)) == 1


def test_let_go_nobody_owes_it(cast: Cast, given: Assignment, returned: Redirection) -> None:
    let_go(redirection=returned, actor=cast.provincial_officer, at=on(16))
    given.refresh_from_db()
    assert given.state == AssignmentState.WITHDRAWN
    with pytest.raises(Conflict):
        hand_on(redirection=returned, to=cast.sibling_commune, actor=cast.provincial_officer, at=on(17))


def test_repeating_changes_nothing_and_another_reason_waits(
    cast: Cast, given: Assignment, returned: Redirection
) -> None:
    again = give_back(
        assignment=given, reason=WHY, belongs_to="Công đoàn phường", actor=cast.commune_officer, at=on(17)
    )
    assert again == returned
    with pytest.raises(Conflict):
        give_back(assignment=given, reason="Lý do khác", actor=cast.commune_officer, at=on(17))


def test_to_the_same_unit_or_out_of_sight_it_does_not_go(cast: Cast, returned: Redirection) -> None:
    with pytest.raises(InvalidInput):
        hand_on(redirection=returned, to=cast.commune, actor=cast.provincial_officer, at=on(16))
    with pytest.raises(NotFound):
        hand_on(redirection=returned, to=cast.sibling_commune, actor=cast.stranger, at=on(16))
    assert Redirection.objects.get().state == RedirectionState.ASKED


def test_what_was_done_or_passed_on_is_not_given_back(cast: Cast, given: Assignment) -> None:
    passed_on(cast, given.task)
    with pytest.raises(Conflict):
        give_back(assignment=given, reason=WHY, actor=cast.commune_officer, at=on(18))
    complete(assignment=given, note="", actor=cast.commune_officer, at=on(18))
    with pytest.raises(Conflict):
        give_back(assignment=given, reason=WHY, actor=cast.commune_officer, at=on(18))


def test_only_the_unit_gives_back_and_only_the_giver_answers(
    cast: Cast, given: Assignment, returned: Redirection
) -> None:
    with pytest.raises(NotFound):
        give_back(assignment=given, reason=WHY, actor=cast.stranger, at=on(16))
    with pytest.raises(NotAllowed):
        give_back(assignment=given, reason=WHY, actor=cast.provincial_officer, at=on(16))
    with pytest.raises(NotFound):
        insist(redirection=returned, answer="Không", actor=cast.commune_officer, at=on(16))


def test_the_reason_is_asked_for_and_passes_the_boundary(cast: Cast, given: Assignment) -> None:
    with pytest.raises(InvalidInput):
        give_back(assignment=given, reason="", actor=cast.commune_officer, at=on(16))
    with pytest.raises(BoundaryRefused):
        give_back(assignment=given, reason=REFUSED, actor=cast.commune_officer, at=on(16))
    with pytest.raises(BoundaryRefused):
        give_back(assignment=given, reason=WHY, belongs_to=REFUSED, actor=cast.commune_officer, at=on(16))
