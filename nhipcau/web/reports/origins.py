"""The records behind a figure, as links."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from nhipcau.activities.models import ActivityState
from nhipcau.core.numbers import format_value
from nhipcau.reports.design.definition import Indicator
from nhipcau.reports.models import SubmissionSource
from nhipcau.web.activities.shown import labelled


@dataclass(frozen=True)
class Origin:
    """An activity or a letter, its day, and how much of the figure it stands for."""

    title: str
    url: str
    day: dt.date | None
    value: str
    withdrawn: bool = False


def origins(sources: Iterable[SubmissionSource], item: Indicator) -> list[Origin]:
    """Rows for web/reports/origins.html."""
    return [row for row in (_origin(source, item) for source in sources) if row]


def _origin(source: SubmissionSource, item: Indicator) -> Origin | None:
    value = format_value(source.value, item.decimals)
    if source.activity is not None:
        activity = source.activity
        url = reverse("activities:detail", args=[activity.uid])
        withdrawn = activity.state == ActivityState.WITHDRAWN
        return Origin(activity.title or labelled(activity.type), url, activity.held_on, value, withdrawn)
    if source.document is None:
        return None
    letter = source.document
    return Origin(
        f"{letter.number}: {letter.subject}", reverse("documents:document", args=[letter.uid]), letter.dated, value
    )
