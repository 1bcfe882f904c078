"""The proof that a reorganisation changes no total: every figure of every period, on the tree before and after."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from django.db.models import Count

from nhipcau.core.errors import InvalidInput, NotFound
from nhipcau.core.numbers import HIDDEN_TEXT, format_cell, format_value
from nhipcau.core.periods import Period, parse_period
from nhipcau.org.parts import Balance, Figure
from nhipcau.org.queries import root
from nhipcau.reports.design.definition import Definition, load
from nhipcau.reports.design.templates import version_for
from nhipcau.reports.models import Seal, Submission, SubmissionState, TemplateVersion
from nhipcau.reports.totals.consolidation import Consolidated, from_records, tree_day
from nhipcau.reports.totals.suppression import touched

COVERED = {
    "expected": "Số đơn vị phải báo cáo",
    "received": "Số đơn vị đã gửi",
    "accepted": "Số đơn vị đã được tiếp nhận",
    "late": "Số đơn vị muộn",
    "missing": "Số đơn vị còn thiếu",
    "members": "Số đoàn viên",
    "lumped": "Số đơn vị trong số gộp",
    "elsewhere": "Số đơn vị trong số gộp nơi khác",
    "entered": "Số báo cáo nhập thay",
}


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
    """Every period with accepted reports at the top of the tree, on the two sides of the event of that day.

    A period that was over by then is compared with the tree of that day, a later one with the tree of its eve.
    """
    accepted = Submission.objects.filter(state=SubmissionState.ACCEPTED).order_by("version__template", "period")
    found = accepted.values_list("version__template__code", "period").distinct()
    return [balance for code, key in found if (balance := _balance(code, parse_period(key), day, at))]


def _balance(code: str, period: Period, day: dt.date, at: dt.datetime) -> Balance | None:
    version = version_for(code, period)
    definition = load(version.definition)
    then, axis = tree_day(definition, period), version.template.axis
    other = day if then < day else day - dt.timedelta(days=1)
    title = f"{definition.name}, {period.label_vi}"
    try:
        tops = root(then, axis), root(other, axis)
    except NotFound:  # no tree yet on that axis, so no figures that could be lost
        return None
    try:
        own = from_records(version=version, period=period, unit=tops[0], at=at)[0]
        seen = from_records(version=version, period=period, unit=tops[1], at=at, day=other)[0]
    except InvalidInput as error:  # the period cannot be added up on any tree: nothing that the event could change
        return Balance(code, period.key, fault=error.message, title=title)
    before, after = (own, seen) if then < day else (seen, own)
    return Balance(code, period.key, tuple(_figures(definition, before, after)), title=title)


def _figures(definition: Definition, before: Consolidated, after: Consolidated) -> Iterator[Figure]:
    secret = touched(definition)
    for item in definition.indicators():
        then, now = before.cells[item.code], after.cells[item.code]
        if item.code in secret:  # compared like the others, and printed nowhere
            yield Figure(item.label, HIDDEN_TEXT, HIDDEN_TEXT if then == now else f"{HIDDEN_TEXT} ≠")
            continue
        yield Figure(item.label, format_cell(then, item.decimals), format_cell(now, item.decimals))
    covered = asdict(after.coverage)
    for name, count in asdict(before.coverage).items():
        yield Figure(COVERED.get(name, name), format_value(count, 0), format_value(covered[name], 0))
