"""Reports: decided by the level above, entered in the unit's place, arrived from below, changed after sealing."""

from __future__ import annotations

import datetime as dt

from django.db.models import Count, Max
from django.urls import reverse
from django.utils.translation import gettext as _

from nhipcau.core.periods import parse_period
from nhipcau.documents.rights import REGISTRARS
from nhipcau.org.models import Role
from nhipcau.org.scope import Scope
from nhipcau.reports.design.templates import definition_of
from nhipcau.reports.models import EntrySource, StaleFlag, Submission, SubmissionState, TemplateVersion
from nhipcau.reports.queries import visible_submissions, waiting_for
from nhipcau.web.notices.kinds import MOST, Notice
from nhipcau.web.words import in_words, named

_DECIDED = (SubmissionState.RETURNED, SubmissionState.ACCEPTED)


def decided(scope: Scope, since: dt.datetime) -> list[Notice]:
    """Accepted or returned by the level above."""
    own = visible_submissions(scope).filter(unit=scope.unit, state__in=_DECIDED, entered_by_unit=None)
    rows = own.filter(decided_at__gte=since).defer("payload", "narrative", "explanations").order_by("-decided_at")
    said = {SubmissionState.RETURNED: _("bị trả lại, xem lý do"), SubmissionState.ACCEPTED: _("đã được tiếp nhận")}
    return [_notice(one, one.decided_at, said[SubmissionState(one.state)]) for one in rows[:MOST] if one.decided_at]


def entered(scope: Scope, since: dt.datetime) -> list[Notice]:
    """Entered by the level above in the unit's place."""
    own = visible_submissions(scope).filter(unit=scope.unit, entered_by_unit__isnull=False, decided_at__gte=since)
    rows = own.exclude(entry_source=EntrySource.HISTORY).defer("payload", "narrative", "explanations")
    told = _("cấp trên nhập thay, xem và xác nhận")
    return [_notice(one, one.decided_at, told) for one in rows.order_by("-decided_at")[:MOST] if one.decided_at]


def received(scope: Scope, since: dt.datetime) -> list[Notice]:
    """Reports from below that wait, gathered by template and period; one more is news again."""
    if not scope.post.has_role(Role.APPROVER):
        return []
    rows = waiting_for(scope).filter(submitted_at__gte=since).order_by()
    groups = rows.values("version", "period").annotate(n=Count("pk"), last=Max("submitted_at"), top=Max("pk"))
    found = list(groups.order_by("-last")[:MOST])
    named = _named([(row["version"], row["period"]) for row in found])
    return [
        Notice(
            key=f"waiting:{row['version']}:{row['period']}:{row['top']}",
            at=row["last"],
            title=named[row["version"], row["period"]],
            url=reverse("reports:queue"),
            told=_("%(n)d báo cáo chờ tiếp nhận") % {"n": row["n"]},
        )
        for row in found
    ]


def changed(scope: Scope, since: dt.datetime) -> list[Notice]:
    """What was sealed no longer says what stands below it."""
    if not scope.post.has_role(Role.APPROVER, *REGISTRARS):
        return []
    rows = StaleFlag.objects.filter(seal__unit=scope.unit, raised_at__gte=since, answer="")
    groups = rows.values("seal__version", "seal__period").annotate(
        n=Count("cause__unit", distinct=True), last=Max("raised_at"), top=Max("pk")
    )
    found = list(groups.order_by("-last")[:MOST])
    named = _named([(row["seal__version"], row["seal__period"]) for row in found])
    return [
        Notice(
            key=f"stale:{row['seal__version']}:{row['seal__period']}:{row['top']}",
            at=row["last"],
            title=named[row["seal__version"], row["seal__period"]],
            url=reverse("reports:changed"),
            told=_("%(n)d đơn vị thay đổi số liệu sau khi chốt") % {"n": row["n"]},
        )
        for row in found
    ]


def _notice(one: Submission, at: dt.datetime, told: str) -> Notice:
    return Notice(
        key=f"report:{one.pk}:{at:%y%m%d%H%M%S}",
        at=at,
        title=f"{named(definition_of(one.version))}, {in_words(parse_period(one.period))}",
        url=reverse("reports:report", kwargs={"uid": one.uid}),
        told=told,
    )


def _named(wanted: list[tuple[int, str]]) -> dict[tuple[int, str], str]:
    """The titles of (version, period), in one query."""
    versions = TemplateVersion.objects.in_bulk({version for version, _period in wanted})
    return {
        (
            version,
            period,
        ): f"{named(definition_of(versions[version]))}, {in_words(parse_period(period))}"
        for version, period in wanted
    }
