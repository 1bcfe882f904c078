"""The slip of a letter fills as the work goes on; each visitor sees the part that is theirs."""

from __future__ import annotations

import datetime as dt

import pytest

from nhipcau.core.errors import NotFound
from nhipcau.org.models import Unit
from nhipcau.press.slip import SlipLine, to_pdf
from nhipcau.tasks.actions import complete, instruct, name_handler, propose, withdraw
from nhipcau.tasks.models import AssignmentRole
from nhipcau.tasks.slips import get_instruction_for, paper, slip_for
from tests.cast import NOW, Cast
from tests.departments import head, set_up
from tests.documents.letters import registered
from tests.press.reading import pages, squeezed
from tests.tasks.notes import TEXT, given, noted, work_of
from tests.tasks.work import on


@pytest.fixture
def departments(cast: Cast) -> dict[str, Unit]:
    return set_up()


def test_a_letter_without_a_note_has_a_slip_for_the_pen(cast: Cast) -> None:
    scope = cast.scope(cast.clerk)
    slip = paper(scope, slip_for(scope, registered(cast.clerk).uid))
    assert [part.dated for part in slip.parts] == ["ngày … tháng … năm …"] * 3
    assert (slip.arrival, slip.parent) == ("Số đến: 1, ngày 12/03/2026", "")
    assert slip.letter.startswith("Kế hoạch số 56/KH-LĐLĐ ngày 10/03/2026 của")


def test_the_three_parts_fill_as_they_become_known(cast: Cast, departments: dict[str, Unit]) -> None:
    note = noted(cast, departments)
    scope, actor = cast.scope(cast.clerk, on(18)), head(departments["T.CS"])
    lead = work_of(note, departments["T.CS"])
    first = paper(scope, slip_for(scope, note.document.uid)).parts[0]
    assert (first.text, first.signed, first.dated) == (TEXT, "Trưởng ban Chính sách", "Ngày 16 tháng 03 năm 2026")
    assert first.lines == [
        SlipLine("Đơn vị chủ trì", "Ban Chính sách pháp luật (hạn 27/03/2026)"),
        SlipLine("Đơn vị phối hợp", "Ban Tài chính (hạn 20/03/2026)"),
        SlipLine("Đơn vị nhận để biết", "Văn phòng"),
    ]
    due = dt.date(2026, 3, 25)
    name_handler(assignment=lead, handler="Chuyên viên chính sách", due=due, actor=actor, at=on(17))
    propose(assignment=lead, text="Đề xuất ban hành kế hoạch.", actor=actor, at=on(18))
    complete(
        assignment=work_of(note, departments["T.TC"]), note="Đã dự trù.", actor=head(departments["T.TC"]), at=on(18)
    )
    _, second, *third = paper(scope, slip_for(scope, note.document.uid)).parts
    assert second.title == "2. Ý kiến của lãnh đạo đơn vị: Ban Chính sách pháp luật"
    assert second.lines == [
        SlipLine("Giao cho", "Chuyên viên chính sách"),
        SlipLine("Thời hạn giải quyết", "25/03/2026"),
    ]
    assert [(part.text, part.signed) for part in third] == [
        ("Đề xuất ban hành kế hoạch.", "Chuyên viên chính sách"),
        ("Đã dự trù.", "Trưởng ban"),
    ]


def test_the_paper_holds_every_word_of_the_slip(cast: Cast, departments: dict[str, Unit]) -> None:
    note = noted(cast, departments)
    scope = cast.scope(cast.clerk)
    printed = squeezed(pages(to_pdf(paper(scope, slip_for(scope, note.document.uid))))[0])
    for told in (TEXT, "Ban Tài chính (hạn 20/03/2026)", "Số đến: 1, ngày 12/03/2026", "Giao cho: ...."):
        assert squeezed(told) in printed


def test_a_department_sees_the_note_but_not_what_another_one_answers(
    cast: Cast, departments: dict[str, Unit]
) -> None:
    note = noted(cast, departments)
    lead = work_of(note, departments["T.CS"])
    name_handler(assignment=lead, handler="Chuyên viên", actor=head(departments["T.CS"]), at=NOW)
    (seen,) = slip_for(cast.scope(head(departments["T.TC"])), note.document.uid).notes
    assert {unit.name for unit in seen.units} == {"Ban Chính sách pháp luật", "Ban Tài chính", "Văn phòng"}
    assert [unit.name for unit in seen.units if unit.assignment] == ["Ban Tài chính"]
    assert not any(unit.handling for unit in seen.units)


def test_a_lower_union_sees_itself_and_the_office_never_its_peers(cast: Cast, departments: dict[str, Unit]) -> None:
    note = instruct(
        document=registered(cast.clerk),
        instruction=given(departments, support=[cast.commune, cast.sibling_commune], inform=()),
        actor=cast.provincial_officer,
        at=NOW,
    )
    (seen,) = slip_for(cast.scope(cast.commune_officer), note.document.uid).notes
    assert [unit.name for unit in seen.units] == ["Ban Chính sách pháp luật", "Công đoàn xã An Hải"]
    assert "Bình Sơn" not in str(paper(cast.scope(cast.commune_officer), slip_for(
        cast.scope(cast.commune_officer), note.document.uid)))  # fmt: skip


def test_strangers_find_neither_slip_nor_note(cast: Cast, departments: dict[str, Unit]) -> None:
    note = noted(cast, departments)
    for post in (cast.stranger, cast.commune_officer, cast.local_volunteer):
        with pytest.raises(NotFound):
            slip_for(cast.scope(post), note.document.uid)
        with pytest.raises(NotFound):
            get_instruction_for(cast.scope(post), note.uid)
    with pytest.raises(NotFound):  # who is only named in the note does not change it
        get_instruction_for(cast.scope(head(departments["T.CS"])), note.uid)


def test_a_withdrawn_note_is_kept_apart(cast: Cast, departments: dict[str, Unit]) -> None:
    note = noted(cast, departments)
    withdraw(instruction=note, reason="Gửi nhầm ban", actor=cast.clerk, at=NOW)
    found = slip_for(cast.scope(cast.clerk), note.document.uid)
    assert (len(found.notes), [one.instruction for one in found.withdrawn]) == (0, [note])
    assert AssignmentRole.LEAD in {unit.role for unit in found.withdrawn[0].units}
