"""The second scene, 1 July 2025: ten districts end, communes begin, and 2018 adds up as then and as now."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from nhipcau.access.actions import open_account
from nhipcau.core.clock import VN
from nhipcau.demo.communes import as_csv, communes
from nhipcau.demo.dates import PERIOD, moment
from nhipcau.demo.federation import DISTRICTS, PROVINCE
from nhipcau.demo.people import BOARD, FAMILY, GIVEN, PASSWORD, SETUP
from nhipcau.demo.scenes import AFTER, NEW_TREE
from nhipcau.demo.story import Counts, Story
from nhipcau.documents.models import Register
from nhipcau.org.actions import add_person, appoint, create_post
from nhipcau.org.event_file import read_event
from nhipcau.org.models import Role, UnitName
from nhipcau.org.queries import children_of
from nhipcau.org.reorganising import carry_out, reorganise
from nhipcau.reports.design.definition import load
from nhipcau.reports.totals.conservation import balances
from nhipcau.reports.totals.consolidation import consolidate_every_node
from nhipcau.tasks.actions import acknowledge, complete, reissue
from nhipcau.tasks.models import Assignment, AssignmentRole, AssignmentState, Handover

LOGIN = ("X01", "xa", "Tống Thị Vân")
_LATE = "Đã làm xong sau khi được đôn đốc; báo cáo muộn."
EVE = dt.datetime(2025, 6, 30, 9, 0, tzinfo=VN)
MORNING = dt.datetime(2025, 7, 1, 0, 5, tzinfo=VN)


def run(story: Story) -> Counts:
    """Close what 2018 left open, then change the tree by a file, and compare every total on both trees."""
    closed = _close_2018(story)
    done = reorganise(event=read_event(as_csv()), actor=SETUP, at=EVE)
    carry_out(at=MORNING)
    posts = _officers(story)
    (balance,) = balances(day=done.event.day, at=AFTER)
    return {
        "tasks_closed": closed,
        "districts_ended": len(DISTRICTS),
        "communes_begun": len(communes()),
        "moved": sum(len(one.locals) for one in communes()),
        "posts": posts,
        "work_handed_over": Handover.objects.count(),
        "registers_closed": Register.objects.filter(closed_at=MORNING).count(),
        "totals_equal": balance.equal,
        "totals_changed": len(balance.differences),
        "communes_with_figures": _with_figures(story),
    }


def _close_2018(story: Story) -> int:
    """The silent district answers on 16 July and passes its task on; whoever was late reports what was done."""
    for one in _open(story).filter(state=AssignmentState.ASSIGNED):
        actor = story.posts[story.codes[one.unit_id], "board"]
        acknowledge(assignment=one, actor=actor, at=moment(7, 16, 8))
        if "Công đoàn cơ sở" in one.task.title and one.unit.kind.code != "local":
            below = dict.fromkeys(children_of(one.unit, moment(7, 16).date()), AssignmentRole.LEAD)
            task = reissue(assignment=one, units=below, actor=actor, at=moment(7, 16, 9))
            for passed in task.assignments.select_related("unit"):
                local = story.posts[story.codes[passed.unit_id], "board"]
                acknowledge(assignment=passed, actor=local, at=moment(7, 16, 10))
    left = list(_open(story))
    for one in story.progress(left, "khép việc năm 2018", len(left)):
        actor = story.posts[story.codes[one.unit_id], "board"]
        complete(assignment=one, note=_LATE, actor=actor, at=moment(7, 16, 15))
    return len(left)


def _open(story: Story) -> QuerySet[Assignment]:
    """What of the half-year is not done yet, local unions first; what was handed out since stays for a visitor."""
    rows = Assignment.objects.exclude(state=AssignmentState.DONE).filter(unit__in=story.codes)
    rows = rows.filter(created_at__lt=moment(7, 17))
    return rows.select_related("unit__kind", "task").order_by("-unit__kind__rank", "pk")


def _officers(story: Story) -> int:
    """A leading post in every commune, held from the first day; one of them signs in."""
    names = UnitName.objects.at(NEW_TREE).select_related("unit__kind")
    units = {name.code: name.unit for name in names}
    signed, login, leader = LOGIN
    for number, one in enumerate(communes()):
        post = create_post(
            unit=units[one.code], title="Chủ tịch", roles=(*BOARD, Role.CLERK), start=NEW_TREE, actor=SETUP, at=EVE
        )
        phone = f"0200 100 {number:03d}"
        if one.code == signed:
            account = open_account(login=login, password=PASSWORD, name=leader, phone=phone, actor=SETUP, at=EVE)
            appoint(post=post, person=account.person, start=NEW_TREE, actor=SETUP, at=EVE)
            continue
        name = f"{FAMILY[(number + 2) % len(FAMILY)]} {GIVEN[number * 2 % len(GIVEN)]}"
        person = add_person(name=name, phone=phone, actor=SETUP, at=EVE)
        appoint(post=post, person=person, start=NEW_TREE, actor=SETUP, at=EVE)
    return len(communes())


def _with_figures(story: Story) -> int:
    """Communes that show figures of 2018 as now."""
    entered = [item.code for item in load(story.version.definition).entered()]
    every = consolidate_every_node(
        version=story.version, period=PERIOD, unit=story.units[PROVINCE], at=AFTER, day=NEW_TREE, depth=1
    )
    codes = {name.unit_id: name.code for name in UnitName.objects.at(NEW_TREE).filter(code__startswith="X")}
    mine = [node for node in every if codes.get(node.unit_id, "XD") != "XD"]
    return sum(any(node.cells[code].value for code in entered) for node in mine)
