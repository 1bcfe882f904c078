"""A letter is replaced: open work takes the new letter's dates at every level and says why; finished work stays."""

from __future__ import annotations

import datetime as dt

import pytest

from nhipcau.core.errors import NotFound
from nhipcau.core.official import Signer
from nhipcau.documents.actions import amend, register_outgoing
from nhipcau.documents.lineage.amending import preview
from nhipcau.documents.models import AmendmentKind, Document
from nhipcau.documents.outgoing.letters import OutgoingLetter
from nhipcau.tasks.actions import InstructionInput, assign, complete, instruct, reissue, remind
from nhipcau.tasks.due import Due
from nhipcau.tasks.models import Assignment, AssignmentState, Obligation, Reminder, Task
from nhipcau.tasks.queries import amendments_of_task, get_letter_for
from nhipcau.tasks.relimiting import relimited
from tests.cast import Cast
from tests.documents.letters import PLAN
from tests.documents.letters import registered as received
from tests.tasks.work import LEAD, handed_out, of, on, passed_on, training

RECALL, REPLACE = AmendmentKind.RECALL, AmendmentKind.REPLACE
OLD, NEW = dt.date(2026, 5, 9), dt.date(2026, 6, 19)
SECOND = "57/KH-LĐLĐ"


def anew(*changes: tuple[str, str]) -> bytes:
    """The plan once more, as number 57: the training until before 20/6 unless other changes are given."""
    text = PLAN.format(number=SECOND, subject="Tháng An toàn, vệ sinh lao động năm 2026", day="11")
    for old, new in changes or (("trước ngày 10/5/2026", "trước ngày 20/6/2026"),):
        assert old in text
        text = text.replace(old, new)
    return text.encode()


def replaced(cast: Cast, data: bytes | None = None, old: Document | None = None) -> Document:
    by = received(cast.clerk, data or anew())
    target = old or Document.objects.get(number="56/KH-LĐLĐ", unit=cast.province)
    amend(by=by, target=target, kind=REPLACE, actor=cast.provincial_officer, at=on(18))
    return by


def fresh(task: Task) -> Task:
    return Task.objects.get(pk=task.pk)


def test_open_work_takes_the_new_date_at_every_level(cast: Cast) -> None:
    task = handed_out(cast)
    below = passed_on(cast, task)
    assert (task.due, below.due) == (OLD, OLD)
    by = replaced(cast)
    for one in (fresh(task), fresh(below)):
        assert (one.due, one.late_after) == (NEW, dt.date(2026, 6, 20))
        assert one.obligation.document == by
        assert "56/KH-LĐLĐ đã được thay thế bằng 57/KH-LĐLĐ ngày 11/03/2026." in one.due_reason
        assert "trước ngày 20/6/2026" in one.due_reason
        assert one.due_reason.count("Hạn trước khi thay: 09/05/2026.") == 1


def test_the_task_goes_under_the_new_letters_own_words(cast: Cast) -> None:
    task = handed_out(cast)
    by = replaced(cast)
    moved = fresh(task).obligation
    assert (moved.document, moved.position) == (by, 1)
    assert moved.moved_from == task.obligation
    assert by.obligations.count() == 2


def test_a_title_in_the_old_words_does_not_go_on_naming_the_old_date(cast: Cast) -> None:
    task = handed_out(cast)
    own = reissue(
        assignment=of(task, cast.commune),
        units={cast.local: LEAD},
        actor=cast.commune_officer,
        at=on(17),
        title="Cử người dự lớp tập huấn của xã",
    )
    replaced(cast)
    assert "trước ngày 20/6/2026" in fresh(task).title
    assert fresh(own).title == "Cử người dự lớp tập huấn của xã"


def test_whoever_had_work_of_the_old_letter_can_still_read_both(cast: Cast) -> None:
    old = handed_out(cast).obligation.document
    by = replaced(cast)
    for letter in (old, by):
        assert get_letter_for(cast.scope(cast.commune_officer), letter.uid) == letter
    with pytest.raises(NotFound):
        get_letter_for(cast.scope(cast.local_volunteer), old.uid)


def test_where_the_new_letter_gives_no_date_the_old_one_stays_and_says_so(cast: Cast) -> None:
    task = handed_out(cast)
    replaced(cast, anew((" trước ngày 10/5/2026", "")))
    moved = fresh(task)
    assert moved.due == OLD
    assert "không cho biết hạn của việc này nên giữ hạn 09/05/2026" in moved.due_reason


def test_work_that_the_new_letter_does_not_name_goes_over_in_its_old_words(cast: Cast) -> None:
    task = handed_out(cast)
    line = "1. Công đoàn cấp trên cơ sở tổ chức tập huấn an toàn, vệ sinh lao động cho công đoàn cơ sở"
    by = replaced(cast, anew((line, "1. Công đoàn cấp trên cơ sở thăm hỏi gia đình đoàn viên khó khăn")))
    moved = fresh(task)
    assert (moved.due, moved.obligation.document) == (OLD, by)
    assert moved.obligation.text == task.obligation.text
    assert by.obligations.count() == 3


def test_an_earlier_date_of_the_unit_in_between_stays_while_it_is_to_come(cast: Cast) -> None:
    task = handed_out(cast)
    own = dt.date(2026, 4, 20)
    below = reissue(
        assignment=of(task, cast.commune),
        units={cast.local: LEAD},
        actor=cast.commune_officer,
        at=on(17),
        due=own,
        due_reason="để kịp tổng hợp",
    )
    replaced(cast)
    kept = fresh(below)
    assert kept.due == own
    assert "Hạn theo văn bản mới là 19/06/2026; hạn 20/04/2026 đã đặt sớm hơn nên được giữ." in kept.due_reason
    assert "để kịp tổng hợp" in kept.due_reason


def test_a_new_date_before_the_units_own_wins(cast: Cast) -> None:
    task = handed_out(cast)
    below = reissue(
        assignment=of(task, cast.commune),
        units={cast.local: LEAD},
        actor=cast.commune_officer,
        at=on(17),
        due=dt.date(2026, 4, 20),
        due_reason="để kịp tổng hợp",
    )
    replaced(cast, anew(("trước ngày 10/5/2026", "trước ngày 10/4/2026")))
    assert fresh(below).due == dt.date(2026, 4, 9)


def test_an_own_date_that_has_passed_already_does_not_hold_against_the_new_letter() -> None:
    held = Due(dt.date(2026, 3, 17), dt.date(2026, 3, 17), "")
    now = relimited(held, OLD, Due(NEW, NEW, "Hạn mới."), today=dt.date(2026, 3, 18), why="")
    assert now.due == NEW


def test_the_date_a_leader_wrote_for_a_unit_follows_too(cast: Cast) -> None:
    obligation = training(cast)
    given = InstructionInput(
        text="Giao công đoàn xã chủ trì, phường phối hợp",
        lead=cast.commune,
        support=[cast.sibling_commune],
        lead_due=dt.date(2026, 4, 1),
        support_due=dt.date(2026, 5, 1),
        obligations=[obligation],
    )
    instruct(document=obligation.document, instruction=given, actor=cast.provincial_officer, at=on(16))
    task = Task.objects.get()
    replaced(cast, anew(("trước ngày 10/5/2026", "trước ngày 10/4/2026")))
    own = {one.unit: one.due for one in Assignment.objects.select_related("task")}
    assert own == {cast.commune: dt.date(2026, 4, 1), cast.sibling_commune: dt.date(2026, 4, 9)}
    assert fresh(task).due == dt.date(2026, 4, 9)


def test_a_date_the_office_chose_later_gives_way(cast: Cast) -> None:
    task = assign(
        obligation=training(cast),
        units={cast.commune: LEAD},
        actor=cast.provincial_officer,
        at=on(16),
        due=dt.date(2026, 8, 1),
        due_reason="gộp với đợt hai",
    )
    replaced(cast)
    assert fresh(task).due == NEW


def test_finished_work_of_a_moved_task_stays_finished(cast: Cast) -> None:
    task = handed_out(cast)
    done = complete(assignment=of(task, cast.sibling_commune), note="Đã mở hai lớp", actor=cast.stranger, at=on(17))
    replaced(cast)
    done.refresh_from_db()
    assert (done.state, done.done_note) == (AssignmentState.DONE, "Đã mở hai lớp")
    assert fresh(task).due == NEW


def test_the_ladder_begins_anew_for_a_later_date(cast: Cast) -> None:
    task = handed_out(cast)
    remind(at=on(20, 5))
    assert set(Reminder.objects.values_list("rung", flat=True)) == {3}
    by = received(cast.clerk, anew())
    old = task.obligation.document
    amend(by=by, target=old, kind=REPLACE, actor=cast.provincial_officer, at=on(21, 5))
    remind(at=on(25, 6))
    sent = Reminder.objects.filter(assignment=of(task, cast.commune)).order_by("pk")
    assert list(sent.values_list("rung", "past")) == [(3, True), (3, False)]


def test_an_obligation_handed_out_already_is_not_joined(cast: Cast) -> None:
    old = handed_out(cast)
    by = received(cast.clerk, anew())
    new = by.obligations.get(position=1)
    other = assign(obligation=new, units={cast.commune: LEAD}, actor=cast.provincial_officer, at=on(17))
    amend(by=by, target=old.obligation.document, kind=REPLACE, actor=cast.provincial_officer, at=on(18))
    moved = fresh(old)
    assert moved.obligation != other.obligation
    assert (moved.obligation.document, moved.due) == (by, NEW)


def test_the_new_dates_are_seen_before_anything_is_written(cast: Cast) -> None:
    task = handed_out(cast)
    by = received(cast.clerk, anew())
    seen = preview(
        by=by, target=task.obligation.document, kind=REPLACE, actor=cast.provincial_officer, at=on(18)
    ).redated
    assert [(one.work, one.was, one.now) for one in seen] == [(task.title, OLD, NEW)]
    assert fresh(task).due == OLD
    assert not Obligation.objects.filter(moved_from__isnull=False).exists()


def outgoing(text: str, subject: str = "Tổ chức tập huấn an toàn") -> OutgoingLetter:
    return OutgoingLetter(
        doc_type="kế hoạch", subject=subject, dated=dt.date(2026, 3, 17), text=text, signer=Signer(None, None, None)
    )


def carried(cast: Cast) -> tuple[Task, Task, Document]:
    """The province's task, and the commune's with a letter of its own."""
    task = handed_out(cast)
    below = reissue(
        assignment=of(task, cast.commune),
        units={cast.local: LEAD, cast.other_local: LEAD},
        actor=cast.commune_officer,
        at=on(17),
        letter=outgoing("1. Công đoàn cơ sở cử cán bộ dự tập huấn an toàn, vệ sinh lao động."),
    )
    assert below.letter is not None
    return task, below, below.letter


def following(cast: Cast, text: str) -> Document:
    return register_outgoing(
        unit=cast.commune, doc_type="kế hoạch", subject="Điều chỉnh kế hoạch tập huấn", text=text,
        dated=dt.date(2026, 3, 18), actor=cast.commune_officer, at=on(18),
    )  # fmt: skip


def test_recalling_the_letter_that_carried_the_work_closes_it_below_and_not_above(cast: Cast) -> None:
    task, below, letter = carried(cast)
    by = following(cast, "Thu hồi kế hoạch đã gửi.")
    amend(by=by, target=letter, kind=RECALL, actor=cast.commune_officer, at=on(18))
    assert set(below.assignments.values_list("state", flat=True)) == {AssignmentState.WITHDRAWN}
    assert of(task, cast.commune).state == AssignmentState.ACKNOWLEDGED
    assert [one.by for one in amendments_of_task(fresh(below))] == [by]
    assert get_letter_for(cast.scope(cast.local_volunteer), by.uid) == by


def test_after_that_the_work_goes_down_again_with_a_new_letter(cast: Cast) -> None:
    task, below, letter = carried(cast)
    by = following(cast, "Thu hồi kế hoạch đã gửi.")
    amend(by=by, target=letter, kind=RECALL, actor=cast.commune_officer, at=on(18))
    again = reissue(
        assignment=of(task, cast.commune),
        units={cast.local: LEAD},
        actor=cast.commune_officer,
        at=on(18),
        letter=outgoing("1. Công đoàn cơ sở dự tập huấn.", "Kế hoạch tập huấn mới"),
    )
    assert again == below
    assert again.letter not in (None, letter)
    assert of(again, cast.local).state == AssignmentState.ASSIGNED
    assert of(again, cast.other_local).state == AssignmentState.WITHDRAWN


@pytest.mark.parametrize(
    ("limit", "due"),
    [("trước ngày 01/5/2026", dt.date(2026, 4, 30)), ("trước ngày 20/8/2026", OLD)],
    ids=["its own date", "not later than the unit above"],
)
def test_replacing_that_letter_gives_its_date_to_the_units_below(cast: Cast, limit: str, due: dt.date) -> None:
    task, below, letter = carried(cast)
    by = following(cast, f"I. NỘI DUNG\n1. {below.title.replace('trước ngày 10/5/2026', limit)}")
    amend(by=by, target=letter, kind=REPLACE, actor=cast.commune_officer, at=on(18))
    moved = fresh(below)
    assert (moved.letter, moved.due) == (by, due)
    assert moved.obligation == task.obligation
    assert letter.number in moved.due_reason
    assert fresh(task).due == OLD


def test_the_new_letter_of_ones_own_is_asked_for_its_words(cast: Cast) -> None:
    """Nobody has drafted what an outgoing letter asks: its text is read."""
    task = handed_out(cast)
    by = register_outgoing(
        unit=cast.province, doc_type="kế hoạch", subject="Điều chỉnh kế hoạch", dated=dt.date(2026, 3, 18),
        text="I. NỘI DUNG\n1. Công đoàn cấp trên cơ sở tổ chức tập huấn an toàn, vệ sinh lao động cho công đoàn "
        "cơ sở trước ngày 20/6/2026.",
        actor=cast.clerk, at=on(18),
    )  # fmt: skip
    amend(by=by, target=task.obligation.document, kind=REPLACE, actor=cast.provincial_officer, at=on(18))
    moved = fresh(task)
    assert (moved.due, moved.obligation.document) == (NEW, by)
    assert by.obligations.count() == 1
