"""A leader's note makes the work: who leads, who helps by a date of its own, who is told."""

from __future__ import annotations

import datetime as dt

import pytest

from nhipcau.audit.models import Entry
from nhipcau.boundary import BoundaryRefused
from nhipcau.core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from nhipcau.documents.models import Document
from nhipcau.org.models import Unit
from nhipcau.tasks.actions import (
    acknowledge,
    assign_all,
    complete,
    instruct,
    name_handler,
    propose,
    reissue,
    remind,
    withdraw,
)
from nhipcau.tasks.issued import counted, issued, issued_late
from nhipcau.tasks.models import Assignment, AssignmentState, Instruction, Obligation, Task
from nhipcau.tasks.queries import get_assignment_for, get_letter_for, obligations_of, worklist
from nhipcau.tasks.status import branch_status
from tests.cast import NOW, Cast
from tests.departments import head, set_up
from tests.documents.letters import arrive, plan, registered
from tests.tasks.notes import LEAD_DUE, SUPPORT_DUE, TEXT, given, noted, work_of
from tests.tasks.work import INFORM, LEAD, REFUSED, SUPPORT, on


@pytest.fixture
def departments(cast: Cast) -> dict[str, Unit]:
    return set_up()


def enter(cast: Cast, document: Document, departments: dict[str, Unit], **others: object) -> Instruction:
    return instruct(
        document=document, instruction=given(departments, **others), actor=cast.provincial_officer, at=NOW
    )


def test_each_unit_has_its_role_and_its_own_deadline(cast: Cast, departments: dict[str, Unit]) -> None:
    note = noted(cast, departments)
    task = note.tasks.get()
    assert (task.title, task.obligation.text, task.due) == (TEXT, TEXT, LEAD_DUE)
    rows = {one.unit: (one.role, one.due, one.late_after) for one in task.assignments.all()}
    assert rows == {
        departments["T.CS"]: (LEAD, LEAD_DUE, LEAD_DUE),
        departments["T.TC"]: (SUPPORT, SUPPORT_DUE, SUPPORT_DUE),
        departments["T.VP"]: (INFORM, LEAD_DUE, LEAD_DUE),
    }
    support = work_of(note, departments["T.TC"])
    assert support.due_reason == "Hạn ghi trong bút phê của Trưởng ban Chính sách ngày 16/03/2026: 20/03/2026."
    assert work_of(note, departments["T.VP"]).state == AssignmentState.ACKNOWLEDGED


def test_the_deadline_of_the_helper_counts_for_its_worklist_lateness_and_reminders(
    cast: Cast, departments: dict[str, Unit]
) -> None:
    note = noted(cast, departments)
    for code in ("T.CS", "T.TC"):
        acknowledge(assignment=work_of(note, departments[code]), actor=head(departments[code]), at=NOW)
    finance = cast.scope(head(departments["T.TC"]), on(23))
    (item,) = worklist(finance)
    assert (item.due, item.late, item.days_left) == (SUPPORT_DUE, True, -3)
    rows = {one.name: one.late for one in branch_status(cast.scope(cast.clerk, on(23)), note.tasks.get()).rows}
    assert rows == {"Ban Chính sách pháp luật": False, "Ban Tài chính": True, "Văn phòng": False}
    (work,) = issued_late(cast.scope(cast.clerk, on(23)))
    assert (work.counts.expected, work.counts.late) == (2, 1)
    assert issued_late(cast.scope(cast.clerk, on(20))) == []
    assert remind(at=on(23)) == 1


def test_what_the_reader_found_goes_with_the_note_and_keeps_its_date(
    cast: Cast, departments: dict[str, Unit]
) -> None:
    document = registered(cast.clerk)
    chosen = list(document.obligations.all())
    note = enter(cast, document, departments, obligations=chosen, lead_due=None, support_due=dt.date(2026, 4, 1))
    assert {task.obligation for task in note.tasks.all()} == set(chosen)
    assert Obligation.objects.filter(document=document).count() == 2
    lead, support = (
        Assignment.objects.get(task__obligation=chosen[0], unit=departments[code]) for code in ("T.CS", "T.TC")
    )
    assert (lead.due, lead.late_after) == (dt.date(2026, 5, 9), dt.date(2026, 5, 10))
    assert support.due == dt.date(2026, 4, 1)


def test_a_deadline_is_not_before_the_note_nor_after_what_the_letter_asks(
    cast: Cast, departments: dict[str, Unit]
) -> None:
    document = registered(cast.clerk)
    first = [document.obligations.get(position=1)]
    for others, where in (
        ({"lead_due": dt.date(2026, 3, 15)}, "lead_due"),
        ({"obligations": first, "support_due": dt.date(2026, 5, 10)}, "support_due"),
    ):
        with pytest.raises(InvalidInput) as told:
            enter(cast, document, departments, **others)
        assert [fault.where for fault in told.value.faults] == [where]


def test_the_leaders_own_words_are_no_request_of_the_letter(cast: Cast, departments: dict[str, Unit]) -> None:
    note = noted(cast, departments)
    assert [one.position for one in obligations_of(note.document)] == [1, 2]
    tasks = assign_all(document=note.document, actor=cast.provincial_officer, at=NOW)
    assert [task.obligation.position for task in tasks] == [1, 2]


def test_the_same_form_twice_is_one_note(cast: Cast, departments: dict[str, Unit]) -> None:
    document = registered(cast.clerk)
    first = enter(cast, document, departments, client_key="bieu-mau-1")
    assert enter(cast, document, departments, client_key="bieu-mau-1") == first
    assert (Instruction.objects.count(), Task.objects.count(), Assignment.objects.count()) == (1, 1, 3)
    assert Entry.objects.filter(action="tasks.instructed").count() == 1
    with pytest.raises(Conflict):
        instruct(
            document=registered(cast.commune_officer),
            instruction=given(departments, lead=cast.commune, support=(), inform=(), support_due=None,
                              client_key="bieu-mau-1"),
            actor=cast.commune_officer,
            at=NOW,
        )  # fmt: skip


def test_a_clerk_enters_what_the_leader_wrote_on_paper(cast: Cast, departments: dict[str, Unit]) -> None:
    document = registered(cast.clerk)
    paper = given(departments, signed_by=cast.provincial_officer, signed_on=dt.date(2026, 3, 13))
    note = instruct(document=document, instruction=paper, actor=cast.clerk, at=NOW)
    assert (note.source, note.signed_by, note.entered_by) == ("paper", cast.provincial_officer, cast.clerk)
    assert "ngày 13/03/2026" in note.tasks.get().due_reason


def test_a_clerk_does_not_sign_and_nobody_signs_for_another_office(
    cast: Cast, departments: dict[str, Unit]
) -> None:
    document = registered(cast.clerk)
    for leader in (None, cast.commune_officer):
        with pytest.raises(InvalidInput) as told:
            instruct(document=document, instruction=given(departments, signed_by=leader), actor=cast.clerk, at=NOW)
        assert [fault.where for fault in told.value.faults] == ["signed_by"]
    with pytest.raises(NotFound):
        instruct(document=document, instruction=given(departments), actor=cast.stranger, at=NOW)
    below = registered(cast.commune_officer)
    with pytest.raises(NotAllowed):
        instruct(document=below, instruction=given(departments), actor=cast.provincial_officer, at=NOW)


def test_a_note_is_dated_between_the_arrival_and_today(cast: Cast, departments: dict[str, Unit]) -> None:
    document = registered(cast.clerk)
    for day in (dt.date(2026, 3, 11), dt.date(2026, 3, 17)):
        with pytest.raises(InvalidInput, match="bút phê") as told:
            enter(cast, document, departments, signed_on=day)
        assert told.value.faults[0].where == "signed_on"


def test_nothing_is_half_done(cast: Cast, departments: dict[str, Unit]) -> None:
    document = registered(cast.clerk)
    with pytest.raises(BoundaryRefused):
        enter(cast, document, departments, text=REFUSED)
    with pytest.raises(InvalidInput):
        enter(cast, document, departments, support=[departments["T.CS"]])
    with pytest.raises(InvalidInput):
        enter(cast, document, departments, lead=None, lead_due=None)
    # The communes have the first obligation already: the note would give one of them another role.
    assign_all(document=document, actor=cast.provincial_officer, at=NOW)
    with pytest.raises(Conflict, match="xã An Hải"):
        enter(
            cast, document, departments, obligations=document.obligations.all(), support=[cast.commune],
            lead_due=None, support_due=None,
        )  # fmt: skip
    assert not Instruction.objects.exists()
    assert not Assignment.objects.filter(unit__in=departments.values()).exists()


def test_only_a_registered_letter_inside_the_boundary_is_instructed(
    cast: Cast, departments: dict[str, Unit]
) -> None:
    with pytest.raises(Conflict, match="vào sổ"):
        enter(cast, arrive(cast.clerk), departments)
    document = registered(cast.clerk, plan("57/KH-LĐLĐ"))
    Obligation.objects.filter(document=document, position=1).update(scope="outside")
    with pytest.raises(InvalidInput):
        enter(cast, document, departments, obligations=document.obligations.all(), lead_due=None)
    Document.objects.filter(pk=document.pk).update(scope="outside")
    with pytest.raises(Conflict, match="ngoài phạm vi"):
        enter(cast, document, departments)
    assert not Instruction.objects.exists()


def test_a_letter_that_asks_nothing_is_filed_with_a_note(cast: Cast, departments: dict[str, Unit]) -> None:
    document = registered(cast.clerk)
    filed = given(departments, text="Lưu.", lead=None, support=(), inform=(), lead_due=None, support_due=None)
    note = instruct(document=document, instruction=filed, actor=cast.provincial_officer, at=NOW)
    assert (note.units.count(), note.tasks.count(), Task.objects.count()) == (0, 0, 0)


def test_another_offices_department_and_a_sibling_are_not_found(cast: Cast, departments: dict[str, Unit]) -> None:
    document = registered(cast.commune_officer)
    for unit in (departments["T.CS"], cast.sibling_commune, cast.province):
        with pytest.raises(NotFound):
            instruct(
                document=document,
                instruction=given(departments, lead=unit, support=(), inform=(), support_due=None),
                actor=cast.commune_officer,
                at=NOW,
            )


def test_a_second_note_adds_and_a_replacing_one_takes_back_what_is_not_done(
    cast: Cast, departments: dict[str, Unit]
) -> None:
    note = noted(cast, departments)
    added = enter(cast, note.document, departments, text="Ban Tài chính lập dự toán.", lead=departments["T.TC"],
                  support=(), inform=(), support_due=None)  # fmt: skip
    finance = work_of(note, departments["T.TC"])
    complete(assignment=finance, note="Đã dự trù.", actor=head(departments["T.TC"]), at=NOW)
    newer = enter(cast, note.document, departments, text="Văn phòng chủ trì.", lead=departments["T.VP"],
                  support=(), inform=(), support_due=None, replaces=note, reason="Đổi đơn vị chủ trì")  # fmt: skip
    note.refresh_from_db()
    assert note.withdrawn_reason == "Đổi đơn vị chủ trì"
    states = {one.unit: one.state for one in note.tasks.get().assignments.all()}
    assert states[departments["T.CS"]] == AssignmentState.WITHDRAWN
    assert states[departments["T.TC"]] == AssignmentState.DONE
    assert worklist(cast.scope(head(departments["T.CS"]))) == []
    assert [item.title for item in worklist(cast.scope(head(departments["T.TC"])))] == [
        "Ban Tài chính lập dự toán."
    ]
    assert [item.title for item in worklist(cast.scope(head(departments["T.VP"])))] == ["Văn phòng chủ trì."]
    assert set(Instruction.objects.filter(withdrawn_at=None)) == {added, newer}
    with pytest.raises(Conflict, match="thôi giao"):
        acknowledge(assignment=work_of(note, departments["T.CS"]), actor=head(departments["T.CS"]), at=NOW)


def test_what_was_passed_on_is_taken_back_at_every_level(cast: Cast, departments: dict[str, Unit]) -> None:
    note = enter(cast, registered(cast.clerk), departments, lead=cast.commune, support=(), support_due=None)
    given_commune = work_of(note, cast.commune)
    below = reissue(assignment=given_commune, units={cast.local: LEAD}, actor=cast.commune_officer, at=NOW)
    withdraw(instruction=note, reason="Gửi nhầm", actor=cast.provincial_officer, at=on(17))
    withdraw(instruction=note, reason="Gửi nhầm", actor=cast.provincial_officer, at=on(18))
    assert below.assignments.get().state == AssignmentState.WITHDRAWN
    assert worklist(cast.scope(cast.local_volunteer, on(18))) == []
    assert counted(issued(cast.scope(cast.clerk, on(18))), on(18).date())[0].counts.expected == 0
    with pytest.raises(Conflict):
        withdraw(instruction=note, reason="Lý do khác", actor=cast.provincial_officer, at=on(18))


def test_the_same_units_are_given_the_letters_work_anew_by_the_next_note(
    cast: Cast, departments: dict[str, Unit]
) -> None:
    document = registered(cast.clerk)
    chosen = list(document.obligations.filter(position=1))
    first = enter(cast, document, departments, obligations=chosen)
    acknowledge(assignment=work_of(first, departments["T.CS"]), actor=head(departments["T.CS"]), at=NOW)
    later = dt.date(2026, 4, 10)
    second = enter(
        cast, document, departments, obligations=chosen, lead_due=later, replaces=first, reason="Lùi hạn"
    )
    assert second.tasks.get() == first.tasks.get()
    lead = work_of(second, departments["T.CS"])
    assert (lead.state, lead.due, lead.acknowledged_at) == (AssignmentState.ASSIGNED, later, None)


def test_a_shared_task_stays_with_the_units_of_the_note_that_stands(
    cast: Cast, departments: dict[str, Unit]
) -> None:
    document = registered(cast.clerk)
    chosen = list(document.obligations.filter(position=1))
    first = enter(cast, document, departments, obligations=chosen)
    enter(cast, document, departments, obligations=chosen, support=(), inform=(), support_due=None)
    withdraw(instruction=first, reason="Bỏ phối hợp", actor=cast.clerk, at=NOW)
    assert work_of(first, departments["T.CS"]).state == AssignmentState.ASSIGNED
    assert work_of(first, departments["T.TC"]).state == AssignmentState.WITHDRAWN


def test_the_department_reads_the_letter_names_a_post_and_writes_its_proposal(
    cast: Cast, departments: dict[str, Unit]
) -> None:
    note = noted(cast, departments)
    actor, lead = head(departments["T.CS"]), work_of(note, departments["T.CS"])
    assert get_letter_for(cast.scope(actor), note.document.uid) == note.document
    with pytest.raises(Conflict, match="phân công"):
        propose(assignment=lead, text="Đề xuất ban hành kế hoạch.", actor=actor, at=on(17))
    handling = name_handler(
        assignment=lead, handler="Chuyên viên chính sách", due=dt.date(2026, 3, 25), actor=actor, at=on(17)
    )
    assert (handling.named_on, lead.due) == (dt.date(2026, 3, 17), LEAD_DUE)
    lead.refresh_from_db()
    assert lead.state == AssignmentState.ACKNOWLEDGED
    handling = propose(assignment=lead, text="Đề xuất ban hành kế hoạch.", actor=actor, at=on(18))
    assert (handling.proposal, handling.proposed_on) == ("Đề xuất ban hành kế hoạch.", dt.date(2026, 3, 18))
    complete(assignment=lead, note="Đã trình kế hoạch.", actor=actor, at=on(19))
    with pytest.raises(Conflict):
        propose(assignment=lead, text="Ý khác.", actor=actor, at=on(19))


@pytest.mark.parametrize(
    ("handler", "due", "where"),
    [
        ("", None, "handler"),
        ("Nguyễn Văn An", None, "handler"),
        ("Chuyên viên", dt.date(2026, 3, 28), "due"),
        ("Chuyên viên", dt.date(2026, 3, 15), "due"),
    ],
)
def test_the_post_in_charge_is_a_title_and_its_date_lies_within(
    cast: Cast, departments: dict[str, Unit], handler: str, due: dt.date | None, where: str
) -> None:
    lead = work_of(noted(cast, departments), departments["T.CS"])
    with pytest.raises(InvalidInput) as told:
        name_handler(assignment=lead, handler=handler, due=due, actor=head(departments["T.CS"]), at=NOW)
    assert [fault.where for fault in told.value.faults] == [where]


def test_departments_do_not_see_each_others_part_and_strangers_see_nothing(
    cast: Cast, departments: dict[str, Unit]
) -> None:
    note = noted(cast, departments)
    lead = work_of(note, departments["T.CS"])
    for post in (head(departments["T.TC"]), cast.stranger, cast.commune_officer):
        with pytest.raises(NotFound):
            get_assignment_for(cast.scope(post), lead.uid)
        with pytest.raises(NotFound):
            name_handler(assignment=lead, handler="Chuyên viên", actor=post, at=NOW)
    with pytest.raises(NotFound):
        get_letter_for(cast.scope(cast.stranger), note.document.uid)
