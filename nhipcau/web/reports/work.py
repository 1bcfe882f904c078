"""What the reports put on the worklist: due, in hand, returned, to approve, to receive from below."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from nhipcau.core.periods import Period, parse_period
from nhipcau.documents.rights import REGISTRARS
from nhipcau.org.models import Role, Unit
from nhipcau.org.scope import Scope
from nhipcau.reports.design.definition import Definition
from nhipcau.reports.design.templates import definition_of, every_form
from nhipcau.reports.filling.duties import duties
from nhipcau.reports.models import Submission, SubmissionState
from nhipcau.reports.queries import (
    IN_HAND,
    StaleReport,
    is_unconfirmed,
    own_reports,
    reasons_of,
    stale_reports,
    unanswered_flags,
    waiting_anywhere,
    waiting_for,
)
from nhipcau.reports.totals.consolidation import due_date_of
from nhipcau.web.reports import pieces
from nhipcau.web.sections import Section, WorkItem, shows
from nhipcau.web.templatetags.nhip import tr
from nhipcau.web.words import in_words, named

LATEST = 3  # the current period and the two before; older gaps stand on the reports' own page


def own(scope: Scope) -> Section:
    """Reports the unit owes or has in hand."""
    if not scope.post.has_role(Role.REPORTER, Role.APPROVER):
        return Section(_("Báo cáo của đơn vị"))
    here = [one for one in in_hands(scope.unit) if one.state != SubmissionState.RETURNED]  # see late_work.came_back
    open_items = [item for report in here if (item := in_hand(report, scope))]
    items = sorted([*open_items, *_owed(scope), *_to_confirm(scope)], key=lambda item: item.due or dt.date.max)
    return Section(_("Báo cáo của đơn vị"), items, reverse("reports:mine") if items else "")


@shows(waiting_anywhere)
def to_receive(scope: Scope) -> Section:
    """Reports from directly below that wait for an answer, gathered by template and period."""
    title = _("Báo cáo chờ tiếp nhận")
    if not scope.post.has_role(Role.APPROVER):
        return Section(title)
    groups: dict[tuple[int, str], list[tuple[UUID, dt.datetime | None]]] = defaultdict(list)
    rows = waiting_for(scope).values_list("version", "period", "uid", "submitted_at")
    for version, period, uid, sent in rows:
        groups[version, period].append((uid, sent))
    versions = {version.pk: version for form in every_form() for version in form}
    items = [
        _waiting(definition_of(versions[version]), parse_period(period), reports, scope)
        for (version, period), reports in groups.items()
    ]
    return Section(title, sorted(items, key=lambda item: item.due or scope.day))


@shows(lambda scope: [unanswered_flags(scope.unit)])
def changed_below(scope: Scope) -> Section:
    """Sealed reports that no longer say what stands below them."""
    title = _("Số liệu thay đổi sau khi chốt")
    if not scope.post.has_role(Role.APPROVER, *REGISTRARS):
        return Section(title)
    return Section(title, [_stale(stale) for stale in stale_reports(scope.unit)])


def _stale(stale: StaleReport) -> WorkItem:
    definition, period = definition_of(stale.seal.version), parse_period(stale.seal.period)
    number = _("đã phát hành số %(number)s") % {"number": stale.issued.document.number} if stale.issued else ""
    return WorkItem(
        title=f"{named(definition)}, {in_words(period)}",
        url=reverse("reports:changed"),
        source=number,
        state=_("%(n)d đơn vị thay đổi số liệu") % {"n": len({flag.cause.unit_id for flag in stale.flags})},
        tone="warn",
        action=_("Xem và xử lý"),
    )


def _owed(scope: Scope) -> Iterator[WorkItem]:
    for rows in duties(scope, LATEST):
        for duty in rows:
            if duty.report is not None or duty.lump is not None or not duty.ended:
                continue
            yield WorkItem(
                title=f"{named(duty.definition)}, {in_words(duty.period)}",
                url=f"{reverse('reports:mine')}?{urlencode({'ky': duty.period.key})}",
                due=duty.due,
                reason=pieces.due_reason(duty.definition, duty.period),
                state=_("chưa lập"),
                tone="bad" if duty.overdue else "neutral",
                action=_("Lập báo cáo"),
                overdue=duty.overdue,
                post_url=reverse("reports:open"),
                sent=(("mau", duty.definition.code), ("ky", duty.period.key)),
            )


def _to_confirm(scope: Scope) -> Iterator[WorkItem]:
    """What the level above entered for the unit, to be confirmed or corrected."""
    for report in own_reports(scope.unit):
        if not is_unconfirmed(report):
            continue
        definition, period = definition_of(report.version), parse_period(report.period)
        yield WorkItem(
            title=f"{named(definition)}, {in_words(period)}",
            url=reverse("reports:report", args=[report.uid]),
            source=report.entry_note,
            state=_("cấp trên nhập thay"),
            tone="warn",
            action=_("Xem và xác nhận"),
        )


def in_hands(unit: Unit) -> list[Submission]:
    """`own_open` among the unit's reports, all of which the worklist reads."""
    return sorted((one for one in own_reports(unit) if one.state in IN_HAND), key=lambda one: one.created_at)


def in_hand(report: Submission, scope: Scope) -> WorkItem | None:
    """A draft, a returned report with its reason, or one that waits for the approver."""
    ready = report.state == SubmissionState.READY
    if ready and not scope.post.has_role(Role.APPROVER):
        return None  # it is out of the reporter's hands
    definition, period = definition_of(report.version), parse_period(report.period)
    due = due_date_of(definition, period)
    actions = {SubmissionState.READY: _("Xem và gửi"), SubmissionState.RETURNED: _("Sửa và gửi lại")}
    return WorkItem(
        title=f"{named(definition)}, {in_words(period)}",
        url=reverse("reports:report", args=[report.uid]),
        due=due,
        reason=pieces.due_reason(definition, period),
        source=_returned(report),
        state=tr(report.get_state_display()),
        tone=pieces.tone(report),
        action=actions.get(SubmissionState(report.state), _("Nhập tiếp")),
        overdue=scope.day > due,
    )


def _returned(report: Submission) -> str:
    if report.state != SubmissionState.RETURNED:
        return ""
    reasons = list(reasons_of(report))
    general = next((reason.reason for reason in reasons if not reason.cell), "")
    cells = len([reason for reason in reasons if reason.cell])
    marked = _("%(n)d ô bị trả lại") % {"n": cells} if cells else ""
    return " · ".join(filter(None, (general, marked)))


def _waiting(
    definition: Definition, period: Period, reports: list[tuple[UUID, dt.datetime | None]], scope: Scope
) -> WorkItem:
    (first, oldest), count = reports[0], len(reports)
    alone, due = count == 1, due_date_of(definition, period)
    return WorkItem(
        title=f"{named(definition)}, {in_words(period)}",
        url=reverse("reports:review", args=[first]) if alone else reverse("reports:queue"),
        due=due,
        reason=pieces.due_reason(definition, period),
        source=_("gửi sớm nhất lúc %(moment)s") % {"moment": pieces.stamp(oldest)} if oldest else "",
        state=_("%(n)d báo cáo chờ") % {"n": count},
        tone="warn",
        action=_("Xem và tiếp nhận"),
        overdue=scope.day > due,
    )
