"""What tasks bring to the worklist."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from nhipcau.core.clock import local_date
from nhipcau.documents.rights import LEADERS
from nhipcau.org.queries import names_of
from nhipcau.org.scope import Scope
from nhipcau.tasks import queries
from nhipcau.tasks.instructing import SIGNERS
from nhipcau.tasks.issued import issued_due, issued_late
from nhipcau.tasks.reminding import notices
from nhipcau.web.sections import Section, WorkItem, shows
from nhipcau.web.tasks.labels import NEXT, Chip, chip
from nhipcau.web.templatetags.nhip import vi_date

_MOST = 20
_NAMED = 3
_FEW = 2  # from so many on, one tap takes them all


@shows(lambda scope: [queries.awaiting_note(scope)])
def to_instruct(scope: Scope) -> Section:
    """Letters in the register that wait for a leader's note."""
    title = _("Văn bản đến chờ bút phê")
    if not scope.post.has_role(*SIGNERS):
        return Section(title)
    items = [
        WorkItem(
            title=one.subject or one.original_name,
            url=reverse("tasks:instruct", kwargs={"uid": one.uid}),
            reason=_("nhận ngày %(day)s") % {"day": vi_date(one.received_on)},
            source=" · ".join(filter(None, (one.number, one.issuer))),
            state=_("chờ bút phê"),
            tone="warn",
            action=_("Bút phê"),
        )
        for one in queries.awaiting_note(scope)[:_MOST]
    ]
    return Section(title, items, reverse("tasks:followup") + "?loc=chua-giao" if len(items) == _MOST else "")


@shows(lambda scope: [queries.owed(scope)])
def due(scope: Scope) -> Section:
    """What the own unit still owes, soonest first; reminders received stand in the state."""
    items = [_item(one) for one in queries.worklist(scope)]
    silent = sum(1 for item in items if item.post_url)
    if silent < _FEW:
        return Section(_("Việc được giao"), items)
    label = _("Tiếp nhận cả %(n)s việc mới") % {"n": silent}
    return Section(_("Việc được giao"), items, all_url=reverse("tasks:acknowledge_all"), all_label=label)


@shows(lambda scope: [queries.extensions_to_answer(scope)])
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


@shows(lambda scope: [queries.redirections_to_answer(scope)])
def given_back(scope: Scope) -> Section:
    """Work that units gave back as somebody else's: to be handed on the same day."""
    title = _("Trả lại vì không đúng nơi nhận")
    if not scope.post.has_role(*LEADERS):
        return Section(title)
    asked = list(queries.redirections_to_answer(scope)[:_MOST])
    names = names_of([one.assignment.unit_id for one in asked], scope.day)
    items = [
        WorkItem(
            title=one.assignment.task.title,
            url=reverse("tasks:answer_give_back", kwargs={"uid": one.uid}),
            due=local_date(one.asked_at),
            reason=_("chuyển đúng nơi ngay trong ngày"),
            source=names[one.assignment.unit_id].name,
            state=_("đơn vị trả lại"),
            tone="warn",
            action=_("Trả lời"),
            overdue=local_date(one.asked_at) < scope.day,
        )
        for one in asked
    ]
    return Section(title, items)


@shows(lambda scope: [queries.taken_back(scope)])
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
    if one.given_back:
        state = Chip(_("đã trả lại, chờ trả lời"), "info")
    reminded = _("đã nhắc %(n)s lần") % {"n": times} if times else ""
    return WorkItem(
        title=one.title,
        url=reverse("tasks:assignment", kwargs={"uid": one.assignment.uid}),
        due=one.due,
        reason=one.due_reason,
        source=" · ".join(filter(None, (one.letter.number, one.letter.issuer))),
        state=" · ".join(filter(None, (state.label, reminded))),
        tone=state.tone,
        action="" if one.given_back else str(NEXT[one.next_step]),
        overdue=one.late,
        post_url=_one_tap(one),
    )


def _one_tap(one: queries.WorkItem) -> str:
    if one.given_back or one.next_step != queries.Step.ACKNOWLEDGE:
        return ""
    return reverse("tasks:acknowledge", kwargs={"uid": one.assignment.uid})


@shows(lambda scope: [issued_due(scope)])
def late_below(scope: Scope) -> Section:
    """Work that the own unit handed out and that units below have not done in time; the notice of the ladder's
    last rung names those that stayed silent even so."""
    rows = issued_late(scope)
    silent = _still_silent(scope) if rows else {}
    items = [
        WorkItem(
            title=one.task.title,
            url=reverse("tasks:status", kwargs={"uid": one.task.uid}) + "?loc=cham",
            due=one.task.due,
            reason=one.task.due_reason,
            source=" · ".join(filter(None, (one.task.obligation.document.number, silent.get(one.task.pk)))),
            state=_("%(n)s đơn vị chậm") % {"n": one.counts.late},
            tone="bad",
            action=_("Xem và nhắc"),
            overdue=True,
        )
        for one in rows
    ]
    return Section(_("Đơn vị cấp dưới chậm"), items)


def _still_silent(scope: Scope) -> dict[int, str]:
    """By task, whom the ladder reports to this unit: the first few by name, the others as a number."""
    told: dict[int, list[int]] = {}
    for task, unit in notices(scope.unit).values_list("assignment__task_id", "assignment__unit_id"):
        told.setdefault(task, []).append(unit)
    names = names_of([unit for units in told.values() for unit in units[:_NAMED]], scope.day)
    said = {}
    for task, units in told.items():
        named = ", ".join(names[unit].name for unit in units[:_NAMED])
        more = len(units) - _NAMED
        others = _(" và %(n)s đơn vị khác") % {"n": more} if more > 0 else ""
        said[task] = _("đã nhắc quá hạn mà vẫn chưa xong: %(units)s") % {"units": named + others}
    return said
