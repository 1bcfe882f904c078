"""The proof that a reorganisation changes no total: every figure of every period, as then and as on that day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from django.db.models import Count

from nhipcau.core.actors import Actor
from nhipcau.core.errors import NotFound
from nhipcau.core.numbers import format_cell
from nhipcau.core.periods import Period, parse_period
from nhipcau.org.events import Event
from nhipcau.org.queries import root
from nhipcau.org.reorganising import Reorganised, rehearse
from nhipcau.reports.design.definition import Definition, load
from nhipcau.reports.design.templates import version_for
from nhipcau.reports.models import Seal, Submission, SubmissionState, TemplateVersion
from nhipcau.reports.totals.consolidation import Consolidated, consolidate, tree_day


@dataclass(frozen=True)
class Difference:
    """An indicator or a count of the coverage that came out another, both as printed."""

    label: str
    then: str
    now: str


@dataclass(frozen=True)
class Balance:
    """One template and period: how many figures are equal on both trees, and which are not."""

    template: str
    period: str
    equal: int
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class Reached:
    """A period that ends on the day of an event or later, with how many totals were sealed and issued before it."""

    template: str
    period: str
    sealed: int
    issued: int


def reached_back(*, day: dt.date) -> list[Reached]:
    """Sealed totals whose period's own tree an event of that day changes: as then, they no longer need to agree."""
    rows = (
        Seal.objects.exclude(contributors=b"")
        .order_by("version__template__code", "period")
        .values("version", "version__template__code", "period")
        .annotate(sealed=Count("unit", distinct=True), papers=Count("issued", distinct=True))
    )
    versions = TemplateVersion.objects.in_bulk({row["version"] for row in rows})
    days = [tree_day(load(versions[row["version"]].definition), parse_period(row["period"])) for row in rows]
    return [
        Reached(row["version__template__code"], row["period"], row["sealed"], row["papers"])
        for row, last in zip(rows, days, strict=True)
        if last >= day
    ]


def balances(*, day: dt.date, at: dt.datetime) -> list[Balance]:
    """Every period that ended before the day and has accepted reports, compared at the top of the tree."""
    accepted = Submission.objects.filter(state=SubmissionState.ACCEPTED).order_by("version__template", "period")
    found = accepted.values_list("version__template__code", "period").distinct()
    return [balance for code, key in found if (balance := _balance(code, parse_period(key), day, at))]


def preview(*, event: Event, actor: Actor, at: dt.datetime) -> tuple[Reorganised, list[Balance]]:
    """What the event would do, and that every total stays; nothing is kept."""
    return rehearse(event=event, actor=actor, at=at, look=lambda done: balances(day=done.event.day, at=at))


def _balance(code: str, period: Period, day: dt.date, at: dt.datetime) -> Balance | None:
    version = version_for(code, period)
    definition = load(version.definition)
    then, axis = tree_day(definition, period), version.template.axis
    if then >= day:
        return None
    try:
        tops = root(then, axis), root(day, axis)
    except NotFound:  # no tree yet on that axis, so no figures that could be lost
        return None
    before = consolidate(version=version, period=period, unit=tops[0], at=at)
    after = consolidate(version=version, period=period, unit=tops[1], at=at, day=day)
    differences = tuple(_differences(definition, before, after))
    equal = len(list(definition.indicators())) + len(asdict(before.coverage)) - len(differences)
    return Balance(code, period.key, equal, differences)


def _differences(definition: Definition, before: Consolidated, after: Consolidated) -> Iterator[Difference]:
    for item in definition.indicators():
        then, now = before.cells[item.code], after.cells[item.code]
        if then != now:
            yield Difference(item.label, format_cell(then, item.decimals), format_cell(now, item.decimals))
    now_covered = asdict(after.coverage)
    for name, count in asdict(before.coverage).items():
        if count != now_covered[name]:
            yield Difference(name, str(count), str(now_covered[name]))
