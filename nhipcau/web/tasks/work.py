"""What tasks bring to the worklist."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from nhipcau.documents.rights import LEADERS
from nhipcau.org.queries import names_of
from nhipcau.org.scope import Scope
from nhipcau.tasks import queries
from nhipcau.tasks.instructing import SIGNERS
from nhipcau.tasks.issued import issued
from nhipcau.web.home.sections import Section, WorkItem
from nhipcau.web.tasks.labels import NEXT, chip
from nhipcau.web.templatetags.nhip import vi_date

_MOST = 20


def to_instruct(scope: Scope) -> Section:
    """Letters in the register that wait for a leader's note."""
    title = _("Văn bản đến chờ bút phê")
    if not scope.post.has_role(*SIGNERS):
        return Section(title)
    items = [
        WorkItem(
            title=one.subject or one.original_name,
            url=reverse("tasks:instruct", kwargs={"uid": one.uid}),
            reason=_("đến ngày %(day)s") % {"day": vi_date(one.received_on)},
            source=" · ".join(filter(None, (one.number, one.issuer))),
            state=_("chờ bút phê"),
            tone="warn",
            action=_("Bút phê"),
        )
        for one in queries.awaiting_note(scope)[:_MOST]
    ]
    return Section(title, items, reverse("tasks:followup") + "?loc=chua-giao" if len(items) == _MOST else "")


def due(scope: Scope) -> Section:
    """What the own unit still owes, soonest first; reminders received stand in the state."""
    items = [_item(one) for one in queries.worklist(scope)]
    return Section(_("Việc được giao"), items)


def to_extend(scope: Scope) -> Section:
    """Requests for more time that wait for an answer."""
    title = _("Xin gia hạn")
    if not scope.post.has_role(*LEADERS):
        return Section(title)
    asked = list(queries.extensions_to_answer(scope)[:_MOST])
    names = names_of([one.assignment.unit_id for one in asked], scope.day)
    items = [
        WorkItem(
            title=one.assignment.task.title,
            url=reverse("tasks:answer_extension", kwargs={"uid": one.uid}),
            due=one.assignment.due,
            source=names[one.assignment.unit_id].name,
            state=_("xin đến %(day)s") % {"day": vi_date(one.until)},
            tone="warn",
            action=_("Trả lời"),
        )
        for one in asked
    ]
    return Section(title, items)


def taken_back(scope: Scope) -> Section:
    """Work that was taken back in the last week, so that nobody goes on with it."""
    items = [
        WorkItem(
            title=one.task.title,
            url=reverse("tasks:assignment", kwargs={"uid": one.uid}),
            reason=one.withdrawn_reason,
            source=(one.task.letter or one.task.obligation.document).number,
            state=_("không phải làm nữa"),
        )
        for one in queries.taken_back(scope)[:_MOST]
    ]
    return Section(_("Vừa thôi giao"), items)


def _item(one: queries.WorkItem) -> WorkItem:
    state = chip(one.assignment.state, late=one.late)
    times = len(one.reminders)
    reminded = _("đã nhắc %(n)s lần") % {"n": times} if times else ""
    return WorkItem(
        title=one.title,
        url=reverse("tasks:assignment", kwargs={"uid": one.assignment.uid}),
        due=one.due,
        reason=one.due_reason,
        source=" · ".join(filter(None, (one.letter.number, one.letter.issuer))),
        state=" · ".join(filter(None, (state.label, reminded))),
        tone=state.tone,
        action=str(NEXT[one.next_step]),
        overdue=one.late,
        post_url=_one_tap(one),
    )


def _one_tap(one: queries.WorkItem) -> str:
    if one.next_step != queries.Step.ACKNOWLEDGE:
        return ""
    return reverse("tasks:acknowledge", kwargs={"uid": one.assignment.uid})


def late_below(scope: Scope) -> Section:
    """Work that the own unit handed out and that units below have not done in time."""
    items = [
        WorkItem(
            title=one.task.title,
            url=reverse("tasks:status", kwargs={"uid": one.task.uid}) + "?loc=cham",
            due=one.task.due,
            source=one.task.obligation.document.number,
            state=_("%(n)s đơn vị chậm") % {"n": one.counts.late},
            tone="bad",
            action=_("Xem và nhắc"),
            overdue=True,
        )
        for one in issued(scope, late_only=True)
    ]
    return Section(_("Đơn vị cấp dưới chậm"), items)
