"""A letter is recalled, replaced or corrected: open work closes or moves at every level, finished work stays."""

from __future__ import annotations

import datetime as dt

import pytest

from nhipcau.audit.models import Entry
from nhipcau.boundary import BoundaryRefused
from nhipcau.core.errors import Conflict, InvalidInput, NotFound
from nhipcau.documents.actions import amend, void_entry
from nhipcau.documents.lineage.amending import amendments_of, preview
from nhipcau.documents.models import Amendment, AmendmentKind, Document
from nhipcau.org.models import Post
from nhipcau.tasks.actions import assign_all, complete
from nhipcau.tasks.followup import followed
from nhipcau.tasks.models import Assignment, AssignmentState, Task
from nhipcau.tasks.queries import amendments_of_task, awaiting_note, get_letter_for, taken_back, worklist
from tests.cast import NOW, Cast
from tests.documents.letters import RECEIVED, REFUSED, plan
from tests.documents.letters import registered as received
from tests.web.directive import at_local, registered

RECALL, REPLACE, CORRECT = AmendmentKind.RECALL, AmendmentKind.REPLACE, AmendmentKind.CORRECT


def newer(cast: Cast) -> Document:
    return received(cast.clerk, plan("57/KH-LĐLĐ", day="11"))


def act(
    cast: Cast, by: Document, target: Document, kind: AmendmentKind, actor: Post | None = None, note: str = ""
) -> Amendment:
    return amend(by=by, target=target, kind=kind, actor=actor or cast.provincial_officer, at=NOW, note=note)


def states() -> dict[str, str]:
    return {str(one.unit): one.state for one in Assignment.objects.select_related("unit")}


def test_a_recall_closes_open_work_at_every_level_and_says_why(cast: Cast) -> None:
    at_local(cast)
    target = Document.objects.get(number="56/KH-LĐLĐ")
    act(cast, newer(cast), target, RECALL)
    assert set(Assignment.objects.values_list("state", flat=True)) == {AssignmentState.WITHDRAWN}
    reason = Assignment.objects.values_list("withdrawn_reason", flat=True)[0]
    assert reason == "Văn bản đã bị thu hồi theo 57/KH-LĐLĐ ngày 11/03/2026."
    for post in (cast.commune_officer, cast.local_volunteer):
        assert worklist(cast.scope(post)) == []


@pytest.mark.parametrize("kind", [RECALL, REPLACE])
def test_no_new_work_is_made_of_a_letter_that_has_ended(cast: Cast, kind: AmendmentKind) -> None:
    target = registered(cast.clerk)
    act(cast, newer(cast), target, kind)
    with pytest.raises(Conflict, match="thu hồi hoặc thay thế"):
        assign_all(document=target, actor=cast.provincial_officer, at=NOW)


def test_finished_work_stays_finished(cast: Cast) -> None:
    given = at_local(cast)
    complete(assignment=given, note="Đã tập huấn", actor=cast.local_volunteer, at=NOW)
    act(cast, newer(cast), given.task.obligation.document, RECALL)
    given.refresh_from_db()
    assert (given.state, given.done_note) == (AssignmentState.DONE, "Đã tập huấn")


def test_a_replacement_moves_open_work_to_the_new_letter_at_every_level(cast: Cast) -> None:
    given = at_local(cast)
    old, by = given.task.obligation.document, newer(cast)
    act(cast, by, old, REPLACE)
    assert {one.obligation.document for one in Task.objects.all()} == {by}
    given.refresh_from_db()
    assert given.state == AssignmentState.ASSIGNED
    (item,) = worklist(cast.scope(cast.local_volunteer))
    assert item.title == given.task.title
    moved = Task.objects.get(pk=given.task_id).obligation
    assert moved.moved_from is not None
    assert (moved.moved_from.document, moved.text) == (old, moved.moved_from.text)


def test_work_that_is_all_finished_stays_with_the_old_letter(cast: Cast) -> None:
    given = at_local(cast)
    complete(assignment=given, note="Đã tập huấn", actor=cast.local_volunteer, at=NOW)
    others = Assignment.objects.exclude(pk=given.pk)
    others.update(state=AssignmentState.DONE, done_at=NOW)
    by = newer(cast)
    act(cast, by, given.task.obligation.document, REPLACE)
    assert not Task.objects.filter(obligation__document=by).exists()


def test_a_correction_only_notes(cast: Cast) -> None:
    given = at_local(cast)
    before = states()
    made = act(cast, newer(cast), given.task.obligation.document, CORRECT, note="Trang 2: «quý I» là «quý II»")
    assert states() == before
    assert made.note.startswith("Trang 2")


def test_the_letter_as_a_unit_below_registered_it_is_touched_too(cast: Cast) -> None:
    target = registered(cast.clerk)
    below = registered(cast.commune_officer)
    own = [one for one in below.obligations.all() if one.scope == "in"][:1]
    assign_all(document=below, obligations=own, actor=cast.commune_officer, at=NOW)
    by = newer(cast)
    act(cast, by, target, RECALL)
    assert set(Assignment.objects.values_list("state", flat=True)) == {AssignmentState.WITHDRAWN}
    (banner,) = amendments_of(below)
    assert banner.told == "đã bị thu hồi theo 57/KH-LĐLĐ ngày 11/03/2026"
    assert get_letter_for(cast.scope(cast.commune_officer), by.uid) == by
    with pytest.raises(NotFound):
        get_letter_for(cast.scope(cast.stranger), by.uid)


def test_a_replacement_goes_to_the_units_own_copy_of_the_new_letter(cast: Cast) -> None:
    target = registered(cast.clerk)
    below = registered(cast.commune_officer)
    own = [one for one in below.obligations.all() if one.scope == "in"][:1]
    (task,) = assign_all(document=below, obligations=own, actor=cast.commune_officer, at=NOW)
    by, new_below = newer(cast), received(cast.commune_officer, plan("57/KH-LĐLĐ", day="11"))
    act(cast, by, target, REPLACE)
    task.refresh_from_db()
    assert task.obligation.document == new_below


def test_units_elsewhere_with_a_letter_of_the_same_number_are_left_alone(cast: Cast) -> None:
    target = registered(cast.commune_officer)
    elsewhere = registered(cast.stranger)
    by = received(cast.commune_officer, plan("57/KH-LĐLĐ", day="11"))
    act(cast, by, target, RECALL, actor=cast.commune_officer)
    assert amendments_of(elsewhere) == []


def test_what_will_be_touched_is_seen_before_and_nothing_changes(cast: Cast) -> None:
    given = at_local(cast)
    complete(assignment=given, note="Đã tập huấn", actor=cast.local_volunteer, at=NOW)
    target, by, before = given.task.obligation.document, newer(cast), states()
    seen = preview(by=by, target=target, kind=RECALL, actor=cast.provincial_officer, at=NOW)
    assert states() == before
    assert seen.done == 1
    assert seen.open == Assignment.objects.exclude(pk=given.pk).count()
    assert not Amendment.objects.exists()


def test_repeating_changes_nothing(cast: Cast) -> None:
    given = at_local(cast)
    target, by = given.task.obligation.document, newer(cast)
    assert act(cast, by, target, REPLACE) == act(cast, by, target, REPLACE)
    assert Amendment.objects.count() == 1
    assert Entry.objects.filter(action="documents.amended").count() == 1


def test_every_task_page_can_say_what_happened(cast: Cast) -> None:
    given = at_local(cast)
    target, by = given.task.obligation.document, newer(cast)
    act(cast, by, target, CORRECT)
    later = received(cast.clerk, plan("58/KH-LĐLĐ", day="12"))
    act(cast, later, target, REPLACE)
    given.refresh_from_db()
    told = amendments_of_task(Task.objects.get(pk=given.task_id))
    assert [one.kind for one in told] == [CORRECT, REPLACE]


def test_only_another_letter_changes_what_a_letter_changed(cast: Cast) -> None:
    target, by = registered(cast.clerk), newer(cast)
    act(cast, by, target, RECALL)
    third = received(cast.clerk, plan("58/KH-LĐLĐ", day="12"))
    with pytest.raises(Conflict, match="đã bị thu hồi theo 57"):
        act(cast, third, target, REPLACE)
    with pytest.raises(InvalidInput):
        act(cast, target, by, RECALL)
    act(cast, third, by, RECALL)
    with pytest.raises(Conflict, match="không dùng để"):
        act(cast, by, target, REPLACE)


def test_letters_that_do_not_fit_are_refused(cast: Cast) -> None:
    target, by = registered(cast.clerk), newer(cast)
    with pytest.raises(InvalidInput):
        act(cast, by, by, RECALL)
    with pytest.raises(InvalidInput):
        act(cast, target, by, RECALL)
    with pytest.raises(BoundaryRefused):
        act(cast, by, target, CORRECT, note=REFUSED)
    void_entry(entry=target.entry, reason="ghi nhầm", actor=cast.clerk, at=NOW)
    with pytest.raises(Conflict):
        act(cast, by, target, RECALL)


def test_a_stranger_and_a_volunteer_cannot_touch_it(cast: Cast) -> None:
    target, by = registered(cast.clerk), newer(cast)
    for post in (cast.stranger, cast.local_volunteer):
        with pytest.raises(NotFound):
            act(cast, by, target, RECALL, actor=post)


def test_an_ended_letter_waits_for_no_note_and_its_line_says_why(cast: Cast) -> None:
    given = at_local(cast)
    old, by = given.task.obligation.document, newer(cast)
    act(cast, by, old, REPLACE)
    scope = cast.scope(cast.provincial_officer)
    assert old not in awaiting_note(scope)
    lines = {one.document: one for one in followed(scope, RECEIVED, RECEIVED)}
    assert lines[old].cells[4] == "Không phải giải quyết nữa"
    assert lines[old].cells[6] == "Văn bản đã được thay thế bằng 57/KH-LĐLĐ ngày 11/03/2026"
    assert lines[old].handed
    assert lines[by].open


def test_units_are_told_for_a_week_what_was_taken_back(cast: Cast) -> None:
    given = at_local(cast)
    act(cast, newer(cast), given.task.obligation.document, RECALL)
    assert list(taken_back(cast.scope(cast.local_volunteer))) == [given]
    assert not taken_back(cast.scope(cast.local_volunteer, NOW + dt.timedelta(days=8)))
