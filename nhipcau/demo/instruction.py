"""The president writes on the directive which department leads, which ones help, and by when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from nhipcau.core.clock import VN
from nhipcau.demo.federation import departments_csv
from nhipcau.demo.people import SETUP, START
from nhipcau.documents.models import Document
from nhipcau.org.actions import appoint, create_post, import_tree
from nhipcau.org.importing import read_rows
from nhipcau.org.models import Post, Role, Unit, UnitName
from nhipcau.org.queries import holder_of
from nhipcau.tasks.actions import InstructionInput, complete, instruct, name_handler, propose
from nhipcau.tasks.models import Assignment, Instruction

POLICY, OFFICE, FINANCE = "SL.CSPL", "SL.VP", "SL.TC"
NOTE = (
    "Giao Ban Chính sách pháp luật chủ trì tham mưu kế hoạch của Liên đoàn Lao động tỉnh; "
    "Ban Tài chính bố trí kinh phí, Văn phòng chuẩn bị tài liệu."
)
PROPOSAL = "Đề xuất ban hành kế hoạch trong tháng 5, mỗi công đoàn cơ sở tổ chức một buổi tuyên truyền."
RESULTS = {
    POLICY: "Đã trình dự thảo kế hoạch của Liên đoàn Lao động tỉnh.",
    FINANCE: "Đã bố trí kinh phí trong dự toán quý II.",
    OFFICE: "Đã chuẩn bị tài liệu gửi các đơn vị.",
}


@dataclass(frozen=True)
class Departments:
    """The province's departments and the posts that lead them, by code."""

    units: dict[str, Unit]
    heads: dict[str, Post]


def set_up_departments(policy_officer: Post, at: dt.datetime) -> Departments:
    """Three departments of the provincial office; whoever is the policy officer leads the first."""
    import_tree(rows=read_rows(departments_csv()), actor=SETUP, at=at)
    named = UnitName.objects.filter(code__in=RESULTS, valid_to=None).select_related("unit")
    units = {name.code: name.unit for name in named}
    titles = {POLICY: "Trưởng ban", FINANCE: "Trưởng ban", OFFICE: "Chánh Văn phòng"}
    roles = (Role.BOARD, Role.REPORTER)
    heads = {
        code: create_post(unit=units[code], title=title, roles=roles, start=START, actor=SETUP, at=at)
        for code, title in titles.items()
    }
    held = holder_of(policy_officer, START)
    if held is not None:
        appoint(post=heads[POLICY], person=held.person, start=START, actor=SETUP, at=at)
    return Departments(units, heads)


def instruct_directive(directive: Document, leader: Post, departments: Departments) -> Instruction:
    """The note of 14 May, and what the three departments make of it before the reminders of 21 May."""
    note = instruct(
        document=directive,
        instruction=InstructionInput(
            text=NOTE,
            lead=departments.units[POLICY],
            support=[departments.units[FINANCE], departments.units[OFFICE]],
            lead_due=dt.date(2018, 5, 18),
            support_due=dt.date(2018, 5, 16),
        ),
        actor=leader,
        at=_may(14, 16),
    )
    lead, helpers = _work(note, departments, [POLICY])[0], _work(note, departments, [FINANCE, OFFICE])
    head = departments.heads[POLICY]
    name_handler(
        assignment=lead, handler="Chuyên viên chính sách", due=dt.date(2018, 5, 17), actor=head, at=_may(15)
    )
    propose(assignment=lead, text=PROPOSAL, actor=head, at=_may(16))
    for code, given in zip((FINANCE, OFFICE), helpers, strict=True):
        complete(assignment=given, note=RESULTS[code], actor=departments.heads[code], at=_may(16))
    complete(assignment=lead, note=RESULTS[POLICY], actor=head, at=_may(18))
    return note


def _work(note: Instruction, departments: Departments, codes: Sequence[str]) -> list[Assignment]:
    rows = Assignment.objects.filter(task__instructions=note)
    return [rows.get(unit=departments.units[code]) for code in codes]


def _may(day: int, hour: int = 9) -> dt.datetime:
    return dt.datetime(2018, 5, day, hour, tzinfo=VN)
