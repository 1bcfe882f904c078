"""Who would report by a draft, and by when: counted on the tree as it stands, said with the reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from nhipcau.core.periods import Period, parse_period
from nhipcau.org.queries import names_of
from nhipcau.org.scope import Scope
from nhipcau.reports.design.definition import Definition
from nhipcau.reports.totals.days import explained_due, span_of
from nhipcau.reports.totals.owing import Owing
from nhipcau.web.design.desk import Desk
from nhipcau.web.reports.pieces import Due
from nhipcau.web.words import in_words, spoken

FEW, PERIODS = 20, 4


@dataclass(frozen=True)
class Duty:
    """How many units owe it, the first of them by name, and the due dates of the first periods."""

    count: int
    names: list[str]
    period: str
    dues: list[tuple[str, Due]]


def duty_of(desk: Desk, scope: Scope) -> Duty | None:
    """None while the draft does not say enough."""
    definition = desk.reading.definition
    blocking = {"first_period", "period", "calendar", "axis", "due", "branches", "units", "except"}
    wrong = any(fault.where.partition(".")[0] in blocking for fault in desk.reading.faults)
    if definition is None or wrong:
        return None
    first = parse_period(definition.first_period)
    if first.kind != definition.period_kind:
        return None
    units = Owing(definition, span_of(definition, first), definition.axis).units().tolist()
    names = names_of(units[:FEW], scope.day)
    shown = sorted(names.values(), key=lambda name: name.sort_key)
    return Duty(
        len(units),
        [name.name for name in shown],
        in_words(first),
        [(in_words(one), _due(definition, one)) for one in islice(_from(first), PERIODS)],
    )


def _due(definition: Definition, period: Period) -> Due:
    found = explained_due(definition, period)
    return Due(found.day, spoken(found.why), passed=False)


def _from(period: Period) -> Iterator[Period]:
    while True:
        yield period
        period = period.next()
