"""Letters, registers and work of the commune."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse

from nhipcau.documents.actions import receive, register_outgoing, register_petition, reserve_block
from nhipcau.documents.models import Scan
from nhipcau.documents.storing.evidence import Paper
from nhipcau.tasks.actions import (
    InstructionInput,
    ask_extension,
    assign,
    complete,
    fan_out,
    give_back,
    instruct,
    save_questions,
)
from nhipcau.tasks.models import Assignment, AssignmentRole
from nhipcau.tasks.questions.sound import QuestionInput
from tests.cast import NOW, TODAY
from tests.rights.things import WORD, Thing, World, page, thing
from tests.tasks.announced import told
from tests.web import directive


def letter(here: World) -> Thing:
    """In the register."""
    about = (page("documents:document"), page("documents:original"), page("documents:lineage"))
    return thing(here.letter, "bồ nông", hole="letter", pages=about)


def waiting_letter(here: World) -> Thing:
    """Arrived, and confirmed by nobody."""
    data = directive.directive("Giữ vệ sinh nơi làm việc.", number="72/KH-LĐLĐ", subject=f"Nuôi {WORD} cò trắng")
    arrived = receive(
        unit=here.cast.commune, data=data, name="cho.docx", received_on=TODAY,
        actor=here.cast.commune_officer, at=NOW,
    )  # fmt: skip
    about = (page("documents:document"), page("documents:confirm"), page("documents:original"))
    return thing(arrived, "cò trắng", hole="letter", pages=about)


def sent_letter(here: World) -> Thing:
    """Going out, with its number."""
    sent = register_outgoing(
        unit=here.cast.commune, doc_type="công văn", subject=f"Đàn {WORD} gõ kiến", dated=TODAY,
        actor=here.cast.commune_officer, at=NOW,
    )  # fmt: skip
    return thing(sent, "gõ kiến", hole="letter", pages=(page("documents:document"),))


def scan(here: World) -> Thing:
    """Waits to be recognised."""
    unit, post = here.cast.commune, here.cast.commune_officer
    waits = Scan(unit=unit, sent_by=post, name=f"{WORD} bìm bịp.pdf", received_on=TODAY, pages=3, created_at=NOW)
    waits.save()
    return thing(waits, "bìm bịp", pages=(page("documents:scan"),))


def petition(here: World) -> Thing:
    """A complaint: number, day and handler, for the registrars of the unit alone."""
    handler = f"Ban kiểm tra {WORD} cú mèo"
    register_petition(
        unit=here.cast.commune, received_on=TODAY, handler=handler, actor=here.cast.commune_officer, at=NOW
    )
    url = reverse("documents:petition_line", kwargs={"year": TODAY.year, "number": 1})
    return Thing((f"{WORD} cú mèo",), (url,))


def block(here: World) -> Thing:
    """Numbers kept for the pen."""
    register = here.letter.entry.register
    kept = reserve_block(register=register, count=2, reason=f"{WORD} én", actor=here.cast.commune_officer, at=NOW)
    return thing(kept, "én", pages=(page("documents:block"),))


def obligation(here: World) -> Thing:
    """What the letter asks and the commune has handed to nobody."""
    asked = here.letter.obligations.order_by("position")[4]
    return thing(asked, "sơn ca vàng", pages=(page("tasks:obligation_edit"),))


def _given(here: World, place: int) -> Assignment:
    def make() -> Assignment:
        task = assign(
            obligation=here.letter.obligations.order_by("position")[place],
            units={here.cast.local: AssignmentRole.LEAD},
            actor=here.cast.commune_officer,
            at=NOW,
        )
        return task.assignments.get()

    found: Assignment = here.once(f"given {place}", make)
    return found


def task(here: World) -> Thing:
    """Handed by the commune to one local union; with the work of that union its paper."""
    given = _given(here, 0)
    paper = [(f"{WORD} sáo nâu.txt", "Đã thi xong.".encode())]
    complete(assignment=given, note="Xong", evidence=paper, actor=here.cast.local_volunteer, at=NOW)
    own = reverse("tasks:assignment", kwargs={"uid": given.uid})
    file = reverse("tasks:evidence", kwargs={"uid": given.uid, "file": given.evidence.get().file.uid})
    found = thing(
        given.task, "sáo nâu", hole="task", pages=(page("tasks:status"), page("tasks:status_file", kind="csv"))
    )
    return Thing((*found.marks, str(given.uid)), (*found.pages, own, file), "task", found.uid)


def assignment(here: World) -> Thing:
    """The union's part of another task, of which it asks for more time."""
    given = _given(here, 1)
    until = dt.date(2026, 5, 20)
    post = here.cast.local_volunteer
    asked = ask_extension(assignment=given, until=until, reason="Chờ lịch thi", actor=post, at=NOW)
    answer = reverse("tasks:answer_extension", kwargs={"uid": asked.uid})
    found = thing(given, "diệc xám", hole="assignment", pages=(page("tasks:assignment"),))
    return Thing((*found.marks, str(asked.uid)), (*found.pages, answer), found.hole, found.uid)


def given_back(here: World) -> Thing:
    """Work that the union says is not its own."""
    given = _given(here, 2)
    back = give_back(assignment=given, reason="Thuộc đơn vị khác", actor=here.cast.local_volunteer, at=NOW)
    return thing(back, "cò lửa", pages=(page("tasks:answer_give_back"),))


def questionnaire(here: World) -> Thing:
    """What the commune asks of those who were given the second task."""
    duty = here.letter.obligations.order_by("position")[1]
    asked = [QuestionInput("number", f"Số {WORD} hoét", "con")]
    save_questions(obligation=duty, questions=asked, actor=here.cast.commune_officer, at=NOW)
    given = _given(here, 1)
    urls = (
        reverse("questions:results", kwargs={"uid": given.task.uid}),
        reverse("questions:results_file", kwargs={"uid": given.task.uid, "kind": "csv"}),
        reverse("questions:answer", kwargs={"uid": given.uid}),
    )
    return Thing((f"{WORD} hoét",), urls)


def whole_branch(here: World) -> Thing:
    """A duty on its way to every local union of the commune."""
    duty = here.letter.obligations.order_by("position")[3]
    begun = fan_out(obligation=duty, kinds=["local"], actor=here.cast.commune_officer, at=NOW)
    return thing(begun, "chích chòe", pages=(page("tasks:fan_out_progress"),))


def instruction(here: World) -> Thing:
    """The leader's note on the letter."""
    said = InstructionInput(f"Tự chủ trì việc {WORD} yểng.", lead=here.cast.commune)
    noted = instruct(document=here.letter, instruction=said, actor=here.cast.commune_officer, at=NOW)
    slip = reverse("tasks:slip", kwargs={"uid": here.letter.uid})
    pdf = reverse("tasks:slip_pdf", kwargs={"uid": here.letter.uid})
    found = thing(noted, "yểng", pages=(page("tasks:withdraw"),))
    return Thing(found.marks, (*found.pages, slip, pdf))


def announcement(here: World) -> Thing:
    """Told by the commune to one local union, with a paper."""
    one = told(
        here.cast, actor=here.cast.commune_officer, branches=[here.cast.local], title=f"Lịch ngắm {WORD} vạc",
        papers=[Paper("lich.txt", f"Lịch ngắm {WORD} vạc".encode())],
    )  # fmt: skip
    about = (page("announcements:announcement"), page("announcements:paper", number=one.files.get().pk))
    return thing(one, "vạc", hole="announcement", pages=about)
