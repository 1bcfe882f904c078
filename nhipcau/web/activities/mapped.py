"""Which figures an activity counts in, as the page shows it."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from nhipcau.activities.models import Activity
from nhipcau.core.numbers import format_value
from nhipcau.core.periods import parse_period
from nhipcau.org.scope import Scope
from nhipcau.reports.filling.counted_in import counted_in, sent_without, will_count_in
from nhipcau.web.words import in_words, labelled, named


@dataclass(frozen=True)
class Line:
    """A figure, the report it stands in, and how much of it is the activity's."""

    label: str
    report: str
    value: str = ""
    url: str = ""
    sent: bool = False  # the report of that time has gone without it


def mapped(activity: Activity, scope: Scope) -> dict[str, list[Line]]:
    """`counted`: figures of reports that the visitor sees. `will_count`, told to the unit itself: figures that its
    next report takes it into."""
    counted = [
        Line(
            labelled(one.item),
            f"{named(one.definition)}, {in_words(parse_period(one.report.period))}",
            format_value(one.value, one.item.decimals),
            reverse("reports:sources", args=[one.report.uid, one.item.code]),
        )
        for one in counted_in(activity, scope)
    ]
    own = activity.unit_id == scope.unit.pk
    waiting = will_count_in(activity) if own and not counted else ()
    return {
        "counted": counted,
        "will_count": [
            Line(labelled(item), named(definition), sent=sent_without(activity, definition))
            for definition, item in waiting
        ],
    }
