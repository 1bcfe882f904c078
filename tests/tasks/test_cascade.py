"""A unit answers for what it was given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from nhipcau.audit.models import Entry
from nhipcau.boundary import BoundaryRefused
from nhipcau.core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from nhipcau.documents.models import Direction, Document, DocumentState, StoredFile
from nhipcau.documents.outgoing.letters import OutgoingLetter
from nhipcau.org.models import Post
from nhipcau.tasks.actions import acknowledge, acknowledge_all, assign, assign_all, complete, reissue, reopen
from nhipcau.tasks.models import Assignment, AssignmentState
from nhipcau.tasks.queries import download_evidence, evidence_of, get_letter_for
from tests.cast import TODAY, Cast
from tests.tasks.work import INFORM, LEAD, REFUSED, handed_out, of, on, passed_on, training

LETTER = OutgoingLetter("công văn", "Triển khai tập huấn an toàn, vệ sinh lao động", TODAY)
PDF = b"%PDF-1.7\n1 0 obj\n"


def test_acknowledging_twice_is_once(cast: Cast) -> None:
    assignment = of(handed_out(cast), cast.commune)
    for at in (on(16), on(18)):
        done = acknowledge(assignment=assignment, actor=cast.commune_officer, at=at)
    assert (done.state, done.acknowledged_at) == (AssignmentState.ACKNOWLEDGED, on(16))
    assert Entry.objects.filter(action="tasks.acknowledged").count() == 1


def test_nobody_answers_for_another_unit(cast: Cast) -> None:
    assignment = of(handed_out(cast), cast.commune)
    acts: list[Callable[[Post], object]] = [
        lambda actor: acknowledge(assignment=assignment, actor=actor, at=on(16)),
        lambda actor: complete(assignment=assignment, note="xong", actor=actor, at=on(16)),
        lambda actor: reissue(assignment=assignment, units={cast.local: LEAD}, actor=actor, at=on(16)),
    ]
    for act in acts:
        for post in (cast.stranger, cast.local_volunteer):
            with pytest.raises(NotFound):
                act(post)
        with pytest.raises(NotAllowed):
            act(cast.provincial_officer)


def test_passing_on_acknowledges_and_keeps_the_date_above(cast: Cast) -> None:
    task = handed_out(cast)
    below = passed_on(cast, task)
    assert below.parent == of(task, cast.commune)
    assert of(task, cast.commune).state == AssignmentState.ACKNOWLEDGED
    assert (below.due, below.late_after) == (task.due, task.late_after)
    assert set(below.assignments.values_list("unit", flat=True)) == {cast.local.pk, cast.other_local.pk}


def test_a_letter_of_ones_own_is_numbered_once_and_cites_the_directive(cast: Cast) -> None:
    task = handed_out(cast)
    for units in ({cast.local: LEAD}, {cast.local: LEAD, cast.other_local: LEAD}):
        below = reissue(
            assignment=of(task, cast.commune), units=units, actor=cast.commune_officer, at=on(17), letter=LETTER
        )
    letter = Document.objects.get(direction=Direction.OUTGOING)
    assert below.letter == letter
    assert letter.number == "01/CĐX"
    assert [cited.symbol for cited in letter.citations.all()] == ["56/KH-LĐLĐ"]
    assert below.assignments.count() == 2
    assert get_letter_for(cast.scope(cast.local_volunteer), letter.uid) == letter
    with pytest.raises(NotFound):
        get_letter_for(cast.scope(cast.stranger), letter.uid)
    with pytest.raises(NotFound):
        get_letter_for(cast.scope(cast.local_volunteer), task.obligation.document.uid)


def test_a_failing_reissue_numbers_no_letter(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    task = handed_out(cast)

    def fail(*_: Any, **__: Any) -> int:
        raise Conflict("đứt giữa chừng")

    with monkeypatch.context() as patch:
        patch.setattr("nhipcau.tasks.cascade.add_units", fail)
        with pytest.raises(Conflict):
            reissue(
                assignment=of(task, cast.commune),
                units={cast.local: LEAD},
                actor=cast.commune_officer,
                at=on(17),
                letter=LETTER,
            )
    assert not Document.objects.filter(direction=Direction.OUTGOING).exists()
    assert of(task, cast.commune).state == AssignmentState.ASSIGNED


def test_everything_is_acknowledged_at_once_and_once(cast: Cast) -> None:
    document = training(cast).document
    assign_all(document=document, actor=cast.provincial_officer, at=on(16))
    assert [acknowledge_all(actor=cast.commune_officer, at=at) for at in (on(16), on(17))] == [2, 0]
    states = Assignment.objects.order_by("unit").values_list("unit", "state")
    assert set(states) == {
        (cast.commune.pk, AssignmentState.ACKNOWLEDGED),
        (cast.sibling_commune.pk, AssignmentState.ASSIGNED),
    }
    assert Entry.objects.filter(action="tasks.acknowledged").count() == 2


def test_a_date_below_is_later_than_above_only_if_that_is_said(cast: Cast) -> None:
    assignment = of(handed_out(cast), cast.commune)
    values: dict[str, Any] = {"assignment": assignment, "units": {cast.local: LEAD}, "actor": cast.commune_officer}
    later: dict[str, Any] = {"due": dt.date(2026, 5, 20), "due_reason": "chờ giảng viên"}
    with pytest.raises(InvalidInput, match="hạn"):
        reissue(**values, **later, at=on(17))
    task = reissue(**values, **later, at=on(17), beyond=True)
    assert task.due == dt.date(2026, 5, 20)
    assert "muộn hơn hạn của cấp trên: 09/05/2026" in task.due_reason


def test_a_date_below_may_be_earlier(cast: Cast) -> None:
    assignment = of(handed_out(cast), cast.commune)
    values: dict[str, Any] = {"assignment": assignment, "units": {cast.local: LEAD}, "actor": cast.commune_officer}
    task = reissue(**values, at=on(17), due=dt.date(2026, 4, 20), due_reason="xã tổng hợp trước")
    assert task.due == dt.date(2026, 4, 20)


def test_a_task_goes_down_only_to_ones_own_units(cast: Cast) -> None:
    assignment = of(handed_out(cast), cast.commune)
    with pytest.raises(NotFound):
        reissue(assignment=assignment, units={cast.sibling_local: LEAD}, actor=cast.commune_officer, at=on(17))
    with pytest.raises(InvalidInput):
        reissue(assignment=assignment, units={cast.commune: LEAD}, actor=cast.commune_officer, at=on(17))


def test_who_only_takes_note_neither_passes_on_nor_reports(cast: Cast) -> None:
    task = assign(obligation=training(cast), units={cast.commune: INFORM}, actor=cast.provincial_officer, at=on(16))
    assignment = of(task, cast.commune)
    with pytest.raises(Conflict):
        reissue(assignment=assignment, units={cast.local: LEAD}, actor=cast.commune_officer, at=on(17))
    with pytest.raises(Conflict):
        complete(assignment=assignment, note="xong", actor=cast.commune_officer, at=on(17))


def test_a_report_of_done_work_keeps_note_and_papers(cast: Cast) -> None:
    assignment = of(handed_out(cast), cast.commune)
    for _ in range(2):
        done = complete(
            assignment=assignment,
            note="Đã tập huấn 2 lớp, 85 lượt người dự.",
            actor=cast.commune_officer,
            at=on(20),
            evidence=[("Báo cáo.pdf", PDF)],
        )
    assert (done.state, done.done_at, done.acknowledged_at) == (AssignmentState.DONE, on(20), on(20))
    paper = evidence_of(done).get()
    scope = cast.scope(cast.provincial_officer)
    assert download_evidence(scope, done.uid, paper.file.uid) == (PDF, "Báo cáo.pdf", "application/pdf")
    with pytest.raises(NotFound):
        download_evidence(cast.scope(cast.stranger), done.uid, paper.file.uid)
    with pytest.raises(Conflict):
        complete(assignment=assignment, note="Khác", actor=cast.commune_officer, at=on(21))


def test_where_a_paper_is_asked_for_none_is_not_enough(cast: Cast) -> None:
    assignment = of(handed_out(cast, needs_evidence=True), cast.commune)
    with pytest.raises(InvalidInput, match="minh chứng"):
        complete(assignment=assignment, note="Xong", actor=cast.commune_officer, at=on(20))
    assert of(assignment.task, cast.commune).state == AssignmentState.ASSIGNED
    complete(assignment=assignment, note="Xong", actor=cast.commune_officer, at=on(20), evidence=[("a.pdf", PDF)])


@pytest.mark.parametrize("data", [b"\xff\xd8\xff\xe0anh", b"\x89PNG\r\n\x1a\nanh", b"\x00\x00\x00\x18ftypheicanh"])
def test_photographs_wait_until_faces_can_be_blurred(cast: Cast, data: bytes) -> None:
    assignment = of(handed_out(cast), cast.commune)
    with pytest.raises(InvalidInput) as refusal:
        complete(
            assignment=assignment, note="", actor=cast.commune_officer, at=on(20), evidence=[("lop.pdf", data)]
        )
    assert "khuôn mặt" in str(refusal.value.faults[0])
    assert StoredFile.objects.count() == 1  # the province's letter


def test_work_may_be_sent_back_by_the_unit_that_gave_it(cast: Cast) -> None:
    assignment = of(handed_out(cast), cast.commune)
    values: dict[str, Any] = {"assignment": assignment, "reason": "Chưa có số liệu", "at": on(21)}
    with pytest.raises(Conflict):
        reopen(**values, actor=cast.provincial_officer)
    complete(assignment=assignment, note="Xong", actor=cast.commune_officer, at=on(20))
    with pytest.raises(NotFound):
        reopen(**values, actor=cast.stranger)
    for _ in range(2):
        back = reopen(**values, actor=cast.provincial_officer)
    assert (back.state, back.returned_reason, back.done_at) == (
        AssignmentState.ACKNOWLEDGED, "Chưa có số liệu", None,
    )  # fmt: skip
    again = complete(assignment=assignment, note="Xong, 85 lượt", actor=cast.commune_officer, at=on(22))
    assert again.state == AssignmentState.DONE


def test_refused_words_in_any_field_are_refused_and_logged_without_them(cast: Cast) -> None:
    task = handed_out(cast)
    assignment = of(task, cast.commune)
    own: dict[str, Any] = {"assignment": assignment, "actor": cast.commune_officer, "at": on(20)}
    down: dict[str, Any] = own | {"units": {cast.local: LEAD}}
    letter = OutgoingLetter("công văn", REFUSED, TODAY)
    attempts: list[Callable[[], object]] = [
        lambda: complete(**own, note=REFUSED),
        lambda: complete(**own, note="", evidence=[(f"{REFUSED}.pdf", PDF)]),
        lambda: complete(**own, note="", evidence=[("a.txt", REFUSED.encode())]),
        lambda: reissue(**down, title=REFUSED),
        lambda: reissue(**down, due=dt.date(2026, 4, 20), due_reason=REFUSED),
        lambda: reissue(**down, letter=letter),
        lambda: reopen(assignment=assignment, reason=REFUSED, actor=cast.provincial_officer, at=on(20)),
    ]
    for attempt in attempts:
        with pytest.raises(BoundaryRefused):
            attempt()
    logged = Entry.objects.filter(action="boundary.refused")
    assert logged.count() >= len(attempts)
    assert not any("dư luận" in entry.data for entry in logged)
    assert of(task, cast.commune).state == AssignmentState.ASSIGNED


@pytest.mark.parametrize("struck", ["directive", "letter"])
def test_a_struck_letter_asks_nothing(cast: Cast, struck: str) -> None:
    assignment = of(handed_out(cast), cast.commune)
    below = reissue(
        assignment=assignment, units={cast.local: LEAD}, actor=cast.commune_officer, at=on(17), letter=LETTER
    )
    given = below.letter if struck == "letter" else below.obligation.document
    Document.objects.filter(pk=given.pk if given else 0).update(state=DocumentState.VOID)
    one = of(below, cast.local)
    acts: list[Callable[[], object]] = [
        lambda: acknowledge(assignment=one, actor=cast.local_volunteer, at=on(18)),
        lambda: complete(assignment=one, note="xong", actor=cast.local_volunteer, at=on(18)),
    ]
    if struck == "directive":
        acts.append(
            lambda: reissue(
                assignment=assignment, units={cast.other_local: LEAD}, actor=cast.commune_officer, at=on(18)
            )
        )
    for act in acts:
        with pytest.raises(Conflict, match="hủy số"):
            act()
    assert of(below, cast.local).state == AssignmentState.ASSIGNED
