"""The days of a period as a template counts them: on which tree, over which span, due when and why then."""

from __future__ import annotations

import datetime as dt

from nhipcau.core.periods import Period
from nhipcau.org.branches import Span
from nhipcau.org.queries import working_days
from nhipcau.reports.design.definition import Definition
from nhipcau.reports.design.duty import Due, due_day, due_of, rule_for


def tree_day(definition: Definition, period: Period) -> dt.date:
    """The last day of a period; on its tree a period is counted (`as_then`), see `span_of`."""
    return period.last_day(definition.calendar)


def span_of(definition: Definition, period: Period) -> Span:
    """The days of a period. A unit that stood on any of them owes a report and counts at its last place in them."""
    return Span(period.first_day(definition.calendar), period.last_day(definition.calendar))


def due_date_of(definition: Definition, period: Period) -> dt.date:
    """The last day on which a report for the period is in time."""
    rule = rule_for(definition.due, definition.due_working_days, period)
    return due_day(rule, period, definition.calendar, working_days())


def explained_due(definition: Definition, period: Period) -> Due:
    """The same with the reason in words."""
    rule = rule_for(definition.due, definition.due_working_days, period)
    return due_of(rule, period, definition.calendar, working_days())
