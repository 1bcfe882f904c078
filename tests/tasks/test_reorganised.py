"""Open work of a unit that ends goes to whoever takes its place, on the day, with its history."""

from __future__ import annotations

import datetime as dt

from nhipcau.core.errors import Conflict
from nhipcau.org.event_file import read_event
from nhipcau.org.models import Reorganisation, ReorganisationWork
from nhipcau.org.parts import Effect
from nhipcau.org.reorganising import carry_out, find_event, preview, undo
from nhipcau.outbox.jobs import run_due
from nhipcau.outbox.models import Job
from nhipcau.tasks.actions import acknowledge, assign, complete
from nhipcau.tasks.models import Assignment, AssignmentState, Handover
from nhipcau.tasks.status import branch_status
from tests.cast import SETUP, Cast, unit
from tests.reorganisations import AFTER, BEFORE, DAY, SPLIT, file, happen
from tests.tasks.work import LEAD, handed_out, of, on, passed_on, training

MERGER = "event,81/QĐ-LĐLĐ,Sáp nhập,,,2026-10-01\nsap-nhap,XA,,,,,,,,,,XB\n"
DISSOLVED = "event,82/QĐ-LĐLĐ,Giải thể,,,2026-10-01\ngiai-the,XA\nmove,A1,,,XB\nmove,A2,,,XB\n"


def effects(rows: str, at: dt.datetime = AFTER) -> list[Effect]:
    done = preview(event=read_event(file(rows)), actor=SETUP, at=at)
    return list(next(part.effects for part in done.touched if part.name == "tasks"))


def test_the_main_successor_goes_on_with_the_task_and_those_below_stay_under_it(cast: Cast) -> None:
    task = handed_out(cast)
    below = passed_on(cast, task)
    happen(SPLIT, AFTER)
    mine = task.assignments.get(unit=unit("XC"))
    assert (mine.state, mine.acknowledged_by) == (AssignmentState.ACKNOWLEDGED, cast.commune_officer)
    assert not task.assignments.filter(unit=cast.commune).exists()
    below.refresh_from_db()
    assert (below.parent, below.issued_by) == (mine, unit("XC"))
    handed = Handover.objects.get()
    assert (handed.assignment, handed.before, handed.after) == (mine, cast.commune, unit("XC"))
    seen = branch_status(cast.scope(cast.provincial_officer, AFTER), task)
    assert (seen.total.expected, {row.name for row in seen.rows}) == (
        4, {"Công đoàn phường Hải Long", "Công đoàn phường Bình Sơn"},
    )  # fmt: skip


def test_where_the_successor_has_the_same_task_the_old_one_closes(cast: Cast) -> None:
    task = handed_out(cast)
    happen(MERGER, AFTER)
    old = of(task, cast.commune)
    assert old.state == AssignmentState.WITHDRAWN
    assert "«Công đoàn phường Bình Sơn» cũng được giao chính việc này" in old.withdrawn_reason
    assert of(task, cast.sibling_commune).state == AssignmentState.ASSIGNED


def test_without_a_successor_it_closes_with_the_reason_and_what_was_handed_out_goes_up(cast: Cast) -> None:
    task = assign(obligation=training(cast), units={cast.commune: LEAD}, actor=cast.provincial_officer, at=on(16))
    below = passed_on(cast, task)
    happen(DISSOLVED, AFTER)
    old = of(task, cast.commune)
    assert old.state == AssignmentState.WITHDRAWN
    assert old.withdrawn_reason == (
        "Đơn vị kết thúc hoạt động từ 01/10/2026 theo 82/QĐ-LĐLĐ: đóng, không có đơn vị kế thừa."
    )
    below.refresh_from_db()
    assert below.issued_by == cast.province


def test_finished_work_stays_where_it_was_done(cast: Cast) -> None:
    task = handed_out(cast)
    mine = acknowledge(assignment=of(task, cast.commune), actor=cast.commune_officer, at=on(17))
    complete(assignment=mine, note="Đã tập huấn.", actor=cast.commune_officer, at=on(18))
    happen(SPLIT, AFTER)
    assert of(task, cast.commune).state == AssignmentState.DONE
    assert not Handover.objects.exists()


def test_the_preview_says_what_will_be_done_and_does_nothing(cast: Cast) -> None:
    task = handed_out(cast)
    passed_on(cast, task)
    seen = effects(SPLIT)
    assert [(one.unit, one.to, one.how) for one in seen] == [
        ("Công đoàn xã An Hải", "Công đoàn phường Hải Long", "chuyển sang"),
        ("Công đoàn xã An Hải", "Công đoàn phường Hải Long", "việc đã giao, theo dõi tiếp"),
    ]
    assert of(task, cast.commune).unit == cast.commune


def test_work_is_handed_over_on_the_day_and_not_before(cast: Cast) -> None:
    task = handed_out(cast)
    happen(SPLIT, BEFORE)
    assert of(task, cast.commune).state == AssignmentState.ASSIGNED
    job = Job.objects.get(name="org.carry_out")
    assert job.run_at.astimezone(BEFORE.tzinfo) == dt.datetime(2026, 10, 1, 0, 5, tzinfo=BEFORE.tzinfo)
    assert carry_out(at=BEFORE) == 0
    assert run_due(at=AFTER) >= 1
    assert task.assignments.filter(unit=unit("XC")).exists()
    assert carry_out(at=AFTER) == 0, "it is done once"
    assert set(ReorganisationWork.objects.values_list("part", flat=True)) >= {
        "org",
        "tasks",
        "registers",
        "reports",
    }


def test_undoing_gives_the_work_back(cast: Cast) -> None:
    task = handed_out(cast)
    passed_on(cast, task)
    before = sorted(Assignment.objects.values_list(), key=str)
    happen(SPLIT, AFTER)
    undo(event=Reorganisation.objects.get(), actor=SETUP, at=AFTER)
    assert sorted(Assignment.objects.values_list(), key=str) == before
    assert not Handover.objects.exists()
    assert happen(SPLIT, AFTER).fresh


def test_what_the_successor_has_done_since_stands_in_the_way(cast: Cast) -> None:
    task = handed_out(cast)
    done = happen(SPLIT, AFTER).event
    Assignment.objects.filter(task=task, unit=unit("XC")).update(state=AssignmentState.DONE)
    Assignment.objects.filter(task=task, unit=unit("XC")).update(unit=cast.sibling_local)
    try:
        undo(event=find_event(str(done.uid)), actor=SETUP, at=AFTER + dt.timedelta(days=1))
    except Conflict as refusal:
        assert "1 việc được giao đã được sửa hoặc bỏ sau sự kiện này" in refusal.message
    else:
        raise AssertionError("undone although the work went on")
    assert Reorganisation.objects.filter(day=DAY).exists()
