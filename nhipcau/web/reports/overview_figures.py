"""The figures chosen for an overview: now, one period and one year before, and their way through the periods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict

from nhipcau.core.numbers import HIDDEN, MISSING, Cell
from nhipcau.reports.design.definition import Definition, Indicator
from nhipcau.reports.totals.overview import Column
from nhipcau.reports.totals.suppression import touched
from nhipcau.web import charts
from nhipcau.web.measures import measured
from nhipcau.web.reports import pieces
from nhipcau.web.reports.changes import Change, compare
from nhipcau.web.words import labelled, titled

FIRST, MOST = 4, 6
_SMALL = (320, 140)


@dataclass(frozen=True)
class Headline:
    """One figure with its change since the period before and since the same period of the year before."""

    item: Indicator
    label: str
    value: str
    before: Change
    last_year: Change
    cell: Cell


def chosen(definition: Definition, asked: QueryDict) -> list[Indicator]:
    """The figures asked for, in printed order; without any the first ones that hide nothing."""
    known, secret = list(definition.indicators()), touched(definition)
    wanted = [item for item in known if item.code in asked.getlist("chi-tieu")][:MOST]
    return wanted or [item for item in known if not item.part_of and item.code not in secret][:FIRST]


def headlines(items: Sequence[Indicator], columns: Sequence[Column], year_ago: Column | None) -> list[Headline]:
    """What the newest column says of each figure beside the one before it and the one of a year ago."""
    last, before = columns[-1], columns[-2] if len(columns) > 1 else None
    found = []
    for item in items:
        now = last.cell(item)
        then, once = (one.cell(item) if one else MISSING for one in (before, year_ago))
        found.append(
            Headline(
                item=item,
                label=labelled(item),
                value=pieces.figure(now, item),
                before=compare(item, now, then),
                last_year=compare(item, now, once),
                cell=now,
            )
        )
    return found


def trends(items: Sequence[Indicator], columns: Sequence[Column]) -> list[charts.Trend]:
    """One small chart a figure, each on its own scale: figures of different units share no axis."""
    keys = [column.period.key for column in columns]
    drawn = (
        charts.trend(
            title=labelled(item),
            curves=[charts.Curve(labelled(item), [column.cell(item) for column in columns])],
            periods=keys,
            decimals=item.decimals,
            measure=measured(item.unit),
            size=_SMALL,
        )
        for item in items
    )
    return [one for one in drawn if one is not None]


def hides(found: Sequence[Headline], columns: Sequence[Column]) -> bool:
    """Whether any figure on the page is hidden."""
    return any(column.cell(one.item) == HIDDEN for one in found for column in columns)


def sections(definition: Definition, items: Sequence[Indicator]) -> list[tuple[str, list[tuple[str, str, bool]]]]:
    """(title, [(code, label, chosen)]) of all there is to choose from, as the form has them."""
    on = {item.code for item in items}
    return [
        (
            titled(section),
            [(item.code, labelled(item), item.code in on) for item in section.indicators if not item.part_of],
        )
        for section in definition.sections
    ]
