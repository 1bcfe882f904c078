"""Which reports a unit owes: its templates times the latest periods."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nhipcau.core.periods import Period, period_of
from nhipcau.documents.rights import reads_contents
from nhipcau.org.queries import began
from nhipcau.org.scope import Scope
from nhipcau.reports.design.definition import Definition
from nhipcau.reports.design.templates import definition_of, serving
from nhipcau.reports.models import Submission, TemplateVersion
from nhipcau.reports.queries import forms_for, latest_own
from nhipcau.reports.totals.consolidation import due_date_of
from nhipcau.reports.totals.lumps import lumps_over
from nhipcau.reports.totals.owing import Owing, by_place


@dataclass(frozen=True)
class Duty:
    """One report for one period, with what the unit has done about it so far."""

    version: TemplateVersion
    definition: Definition
    period: Period
    due: dt.date
    report: Submission | None
    today: dt.date
    lump: Submission | None = None  # the report of another unit that this one stands in

    @property
    def ended(self) -> bool:
        return self.period.last_day(self.definition.calendar) < self.today

    @property
    def overdue(self) -> bool:
        """Due, and nothing was sent."""
        if self.lump is not None:
            return False
        if self.report is not None and self.report.is_history:
            return False
        return self.today > self.due and (self.report is None or self.report.submitted_at is None)


def duties(scope: Scope, latest: int) -> list[list[Duty]]:
    """By template: the latest so many periods, newest first, the current one included; none for a post that reads
    no contents."""
    if not reads_contents(scope):
        return []
    reports, lumps, start = latest_own(scope), lumps_over(scope.unit), began(scope.unit)
    found = []
    for form in forms_for(scope.unit):
        rows = [
            duty
            for period in _periods(form, start, scope.day, latest)
            if _owed(duty := _duty(form, period, reports, lumps, scope), scope)
        ]
        if rows:
            found.append(rows)
    return found


def _owed(duty: Duty, scope: Scope) -> bool:
    """Whether the unit owes it, or has begun it all the same. Where the tree does not matter it is not asked."""
    if duty.report is not None or not by_place(duty.definition):
        return True
    return Owing.of(duty.definition, duty.version, duty.period).owes(scope.unit)


def current_period(definition: Definition, day: dt.date) -> Period:
    """The period that day falls in; for nine months, those of its year."""
    kind = definition.period_kind
    if kind == "nine":
        return Period("nine", period_of(day, "year", definition.calendar).year)
    return period_of(day, kind, definition.calendar)


def _periods(form: Sequence[TemplateVersion], began: dt.date, day: dt.date, latest: int) -> Iterator[Period]:
    definition = definition_of(form[0])
    first = min(version.first_day for version in form)
    period = current_period(definition, day)
    for _ in range(latest):
        if period.first_day(definition.calendar) < first or period.last_day(definition.calendar) < began:
            return
        yield period
        period = period.previous()


def _duty(
    form: Sequence[TemplateVersion],
    period: Period,
    reports: dict[tuple[int, str], Submission],
    lumps: dict[tuple[int, str], Submission],
    scope: Scope,
) -> Duty:
    [version] = serving(form, [period])
    definition = definition_of(version)
    key = (version.template_id, period.key)
    due = due_date_of(definition, period)
    return Duty(version, definition, period, due, reports.get(key), scope.day, lumps.get(key))
