"""From a record to the figures it stands in: the way back of `prefill`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nhipcau.activities.models import Activity, ActivityState
from nhipcau.core.periods import period_of
from nhipcau.org.scope import Scope
from nhipcau.reports.design.definition import Definition, Indicator, load
from nhipcau.reports.design.templates import definition_of
from nhipcau.reports.models import Submission, SubmissionSource, SubmissionState
from nhipcau.reports.queries import forms_for, visible_submissions


@dataclass(frozen=True)
class Counted:
    """A figure of a report, and how much of it is this record's."""

    report: Submission
    definition: Definition
    item: Indicator
    value: int


def counted_in(activity: Activity, scope: Scope) -> list[Counted]:
    """The figures the activity stands in, in the latest revision of each report that the scope sees."""
    rows = SubmissionSource.objects.filter(activity=activity, submission__in=visible_submissions(scope).order_by())
    latest: dict[tuple[int, int, str], Submission] = {}
    found = []
    for row in rows.select_related("submission__version__template").order_by("-submission__revision", "pk"):
        report = row.submission
        series = (report.unit_id, report.version.template_id, report.period)
        definition = load(report.version.definition)
        item = definition.indicator(row.cell)
        if latest.setdefault(series, report) == report and item is not None:
            found.append(Counted(report, definition, item, row.value))
    return found


def will_count_in(activity: Activity) -> Iterator[tuple[Definition, Indicator]]:
    """The figures of its unit's reports that take activities like this one; none once it was withdrawn."""
    if activity.state != ActivityState.RECORDED:
        return
    for newest, *_ in forms_for(activity.unit):
        definition = definition_of(newest)
        for item in definition.entered():
            source = item.source
            if source is None or source.activity != activity.type.code:
                continue
            fits = all(activity.facets.get(facet) == choice for facet, choice in source.where.items())
            if fits and (not source.measure or source.measure in activity.values):
                yield definition, item


def sent_without(activity: Activity, definition: Definition) -> bool:
    """Whether the report for the time of the activity is on its way up or accepted: it will not take it in."""
    period = period_of(activity.held_on, definition.period_kind, definition.calendar)
    sent = (SubmissionState.SUBMITTED, SubmissionState.ACCEPTED)
    same = Submission.objects.filter(unit=activity.unit, version__template__code=definition.code, period=period.key)
    latest = same.order_by("-revision").first()
    return latest is not None and latest.state in sent


def taken_now(source: SubmissionSource, item: Indicator) -> int | None:
    """How much the record would give the figure today: another number says that it was corrected since."""
    if source.activity is None or item.source is None:
        return source.value
    fits = all(source.activity.facets.get(facet) == choice for facet, choice in item.source.where.items())
    if not fits:
        return None
    return source.activity.values.get(item.source.measure) if item.source.measure else 1
