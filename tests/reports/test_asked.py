"""A letter's duty whose answer is a report: done when the report is sent, open again when it is returned."""

from __future__ import annotations

import pytest

from nhipcau.core.errors import Conflict, InvalidInput, NotFound
from nhipcau.core.periods import parse_period
from nhipcau.org.models import Post
from nhipcau.reports.filling.asked import ask_report, asked_report, drop_asked_report, sent_reports
from nhipcau.reports.filling.standing_in import EnteredReport, enter_for
from nhipcau.reports.filling.workflow import accept, send_back
from nhipcau.reports.models import EntrySource, TemplateVersion
from nhipcau.tasks.actions import assign, complete
from nhipcau.tasks.models import Assignment, AssignmentState, Obligation, Task
from tests import quarterly
from tests.cast import NOW, Cast
from tests.quarterly import LATER, PERIOD
from tests.tasks.work import LEAD, of, on, training


@pytest.fixture
def task(cast: Cast) -> Task:
    """The province asks both communes for the quarterly report."""
    version = quarterly.publish()
    duty = training(cast)
    ask_report(obligation=duty, template=version.template, period=PERIOD, actor=cast.provincial_officer, at=NOW)
    units = {cast.commune: LEAD, cast.sibling_commune: LEAD}
    return assign(obligation=duty, units=units, actor=cast.provincial_officer, at=on(16))


def state(task: Task, post: Post) -> str:
    return Assignment.objects.get(task=task, unit=post.unit).state


def version_of(task: Task) -> TemplateVersion:
    asked = asked_report(task.obligation)
    assert asked is not None
    return asked.version


def test_it_is_done_when_the_report_is_sent(cast: Cast, task: Task) -> None:
    quarterly.draft(cast.commune_officer, version_of(task), gifts="4")
    assert state(task, cast.commune_officer) == AssignmentState.ASSIGNED
    quarterly.send(cast.commune_officer, version_of(task), gifts="4")
    mine = of(task, cast.commune)
    assert (mine.state, mine.done_by) == (AssignmentState.DONE, cast.commune_officer)
    assert mine.done_note == "Đã gửi báo cáo «Báo cáo quý», quý I năm 2026."
    assert state(task, cast.stranger) == AssignmentState.ASSIGNED, "each answers for itself"


def test_it_cannot_be_said_to_be_done_before(cast: Cast, task: Task) -> None:
    with pytest.raises(InvalidInput) as refusal:
        complete(assignment=of(task, cast.commune), note="Xong", actor=cast.commune_officer, at=LATER)
    assert refusal.value.faults[0].message == "hãy lập và gửi «Báo cáo quý», quý I năm 2026"


def test_a_report_of_another_period_is_no_answer(cast: Cast, task: Task) -> None:
    late = on(6, 7)
    draft = quarterly.draft_for(cast.commune_officer, version_of(task), parse_period("2026-Q2"), late)
    quarterly.send_draft(draft, cast.commune_officer, late)
    assert state(task, cast.commune_officer) == AssignmentState.ASSIGNED


def test_a_returned_report_opens_it_again_and_sending_it_once_more_closes_it(cast: Cast, task: Task) -> None:
    sent = quarterly.send(cast.commune_officer, version_of(task), gifts="4")
    send_back(submission=sent, reason="Thiếu số tiền", by_cell={}, actor=cast.provincial_officer, at=LATER)
    mine = of(task, cast.commune)
    assert (mine.state, mine.returned_reason) == (
        AssignmentState.ACKNOWLEDGED,
        "Báo cáo bị trả lại: Thiếu số tiền",
    )
    again = quarterly.send(cast.commune_officer, version_of(task), gifts="4", money="400.000")
    assert state(task, cast.commune_officer) == AssignmentState.DONE
    accept(submission=again, actor=cast.provincial_officer, at=LATER)
    assert state(task, cast.commune_officer) == AssignmentState.DONE


def test_what_the_level_above_enters_for_the_unit_counts(cast: Cast, task: Task) -> None:
    told = EnteredReport(source=EntrySource.TELEPHONE, note="Chủ tịch xã báo", figures={"gifts": "2"})
    enter_for(
        unit=cast.commune,
        version=version_of(task),
        period=PERIOD,
        entered=told,
        actor=cast.provincial_officer,
        at=LATER,
    )
    assert state(task, cast.commune_officer) == AssignmentState.DONE


def test_a_report_sent_before_the_letter_came_answers_at_once_by_hand(cast: Cast, task: Task) -> None:
    Assignment.objects.filter(task=task).delete()
    quarterly.send(cast.commune_officer, version_of(task), gifts="4")
    assign(obligation=task.obligation, units={cast.commune: LEAD}, actor=cast.provincial_officer, at=LATER)
    complete(assignment=of(task, cast.commune), note="Đã gửi", actor=cast.commune_officer, at=LATER)
    assert state(task, cast.commune_officer) == AssignmentState.DONE


def test_work_that_asks_for_a_paper_besides_stays_open(cast: Cast, task: Task) -> None:
    Task.objects.update(needs_evidence=True)
    quarterly.send(cast.commune_officer, version_of(task), gifts="4")
    assert state(task, cast.commune_officer) == AssignmentState.ASSIGNED
    assert set(sent_reports(asked_report(task.obligation), [cast.commune.pk])) == {cast.commune.pk}  # type: ignore[arg-type]


def test_the_way_to_answer_is_fixed_once_somebody_has_answered(cast: Cast, task: Task) -> None:
    quarterly.send(cast.commune_officer, version_of(task), gifts="4")
    with pytest.raises(Conflict):
        drop_asked_report(obligation=task.obligation, actor=cast.provincial_officer, at=LATER)


def test_only_leaders_of_the_letters_own_unit_ask_for_a_period_the_form_is_made_for(cast: Cast) -> None:
    template, duty = quarterly.publish().template, training(cast)
    with pytest.raises(NotFound):
        ask_report(obligation=duty, template=template, period=PERIOD, actor=cast.commune_officer, at=NOW)
    with pytest.raises(InvalidInput):
        ask_report(
            obligation=duty,
            template=template,
            period=parse_period("2026"),
            actor=cast.provincial_officer,
            at=NOW,
        )
    assert not Obligation.objects.exclude(report_code="").exists()
