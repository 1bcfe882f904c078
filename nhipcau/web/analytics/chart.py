"""Which figures of an answer are drawn as a trend (the drawing itself: `nhipcau.web.charts`)."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from nhipcau.analytics.cubes import Answer, Group
from nhipcau.analytics.questions import Line
from nhipcau.analytics.tables import Naming
from nhipcau.web.charts import MOST_SERIES, Curve, Trend, trend
from nhipcau.web.measures import measured


def chart_of(answer: Answer, groups: Sequence[Group], naming: Naming) -> Trend | None:
    """The trend over the periods: of one figure for each unit where there are few, else of the whole's figures.

    Only figures with the same unit of measure stand on one chart, those of the first. None if a trend needs more:
    periods, or a figure to draw.
    """
    item = answer.lines[0].indicator
    wanted = _wanted(answer, groups, naming)[:MOST_SERIES]
    return trend(
        title=_("Diễn biến qua các kỳ"),
        curves=[
            Curve(name, [answer.cell(line, period, group) for period in answer.periods])
            for name, line, group in wanted
        ],
        periods=[period.key for period in answer.periods],
        decimals=item.decimals,
        measure=measured(item.unit),
    )


def _wanted(answer: Answer, groups: Sequence[Group], naming: Naming) -> list[tuple[str, Line, Group | None]]:
    first = answer.lines[0]
    if len(answer.lines) == 1 and 0 < len(groups) <= MOST_SERIES:
        return [(naming.group(group), first, group) for group in groups]
    alike = [
        line
        for line in answer.lines
        if (line.indicator.unit, line.indicator.decimals) == (first.indicator.unit, first.indicator.decimals)
    ]
    return [(_name(line, answer, naming), line, None) for line in alike]


def _name(line: Line, answer: Answer, naming: Naming) -> str:
    name = naming.indicator(line.indicator)
    return f"{name}: {naming.items(line, answer)}" if line.items else name
