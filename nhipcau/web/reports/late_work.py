"""What of the branch is late with its reports, and what came back to the unit, for the worklist."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from nhipcau.core.periods import Period
from nhipcau.documents.rights import LEADERS, reads_contents
from nhipcau.org.models import Role
from nhipcau.org.scope import Scope
from nhipcau.reports.design.definition import Definition
from nhipcau.reports.design.templates import definition_of
from nhipcau.reports.filling.duties import current_period
from nhipcau.reports.models import SubmissionState, TemplateVersion
from nhipcau.reports.queries import own_open, own_reports, seen_forms
from nhipcau.reports.totals.consolidation import consolidate_every_node, due_date_of
from nhipcau.reports.totals.owing import Owing, by_place, may_owe
from nhipcau.reports.totals.records import RECEIVED
from nhipcau.web.reports import pieces
from nhipcau.web.reports.work import in_hand, in_hands
from nhipcau.web.sections import Section, WorkItem, shows
from nhipcau.web.templatetags.nhip import vi_number
from nhipcau.web.words import in_words, named


@shows(lambda scope: [own_open(scope.unit).filter(state=SubmissionState.RETURNED)])
def came_back(scope: Scope) -> Section:
    """The unit's own reports that the level above returned, with its reasons."""
    title = _("Báo cáo bị trả lại")
    if not scope.post.has_role(Role.REPORTER, Role.APPROVER):
        return Section(title)
    returned = [one for one in in_hands(scope.unit) if one.state == SubmissionState.RETURNED]
    items = [item for report in returned if (item := in_hand(report, scope))]
    return Section(title, sorted(items, key=lambda item: item.due or scope.day))


def late_below(scope: Scope) -> Section:
    """Of every form, the latest period that is due and that units below have not reported."""
    title = _("Đơn vị cấp dưới chậm báo cáo")
    if not (scope.post.has_role(*LEADERS) and reads_contents(scope) and pieces.has_below(scope.unit, scope)):
        return Section(title)
    items = [item for version, period in _due(scope) if (item := _late(version, period, scope))]
    return Section(title, sorted(items, key=lambda item: item.due or scope.day))


def _due(scope: Scope) -> Iterator[tuple[TemplateVersion, Period]]:
    """The version and latest period past its due date of every form in sight."""
    for versions in seen_forms(scope):
        newest = definition_of(versions[0])
        first = min(one.first_day for one in versions)
        period = current_period(newest, scope.day)
        while due_date_of(newest, period) >= scope.day:
            period = period.previous()
        if period.first_day(newest.calendar) >= first:
            serving = (one for one in versions if one.first_day <= period.first_day(newest.calendar))
            yield max(serving, key=lambda one: one.first_day), period


def _late(version: TemplateVersion, period: Period, scope: Scope) -> WorkItem | None:
    [node] = consolidate_every_node(
        version=version, period=period, unit=scope.unit, at=scope.at, depth=0, wait=False
    )
    definition = definition_of(version)
    missing = node.coverage.missing
    missing -= int(missing > 0 and _lacks_own(definition, version, period, scope))
    if not missing:
        return None
    address = {"code": definition.code, "period": period.key, "unit": scope.unit.uid}
    return WorkItem(
        title=f"{named(definition)}, {in_words(period)}",
        url=reverse("reports:overview", kwargs=address) + "?loc=thieu#tinh-hinh",
        due=due_date_of(definition, period),
        reason=pieces.due_reason(definition, period),
        state=_("%(n)s đơn vị chưa gửi") % {"n": vi_number(missing)},
        tone="bad",
        action=_("Xem đơn vị nào"),
        overdue=True,
    )


def _lacks_own(definition: Definition, version: TemplateVersion, period: Period, scope: Scope) -> bool:
    """Whether one of the missing is the unit itself: that stands among its own reports."""
    if not may_owe(definition, scope.unit):
        return False
    if by_place(definition) and not Owing.of(definition, version, period).owes(scope.unit):
        return False
    received = ((one.version.template_id, one.period) for one in own_reports(scope.unit) if one.state in RECEIVED)
    return (version.template_id, period.key) not in received
