"""The records behind a figure, as links."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from nhipcau.activities.models import ActivityState
from nhipcau.core.clock import local_date
from nhipcau.core.numbers import format_value
from nhipcau.reports.design.definition import Indicator
from nhipcau.reports.filling.counted_in import taken_now
from nhipcau.reports.models import SubmissionSource
from nhipcau.web.words import labelled


@dataclass(frozen=True)
class Origin:
    """An activity or a letter, its day, and how much of the figure it stands for."""

    title: str
    url: str
    day: dt.date | None
    value: str
    withdrawn: bool = False
    corrected: bool = False


def origins(sources: Iterable[SubmissionSource], item: Indicator) -> list[Origin]:
    """Rows for web/reports/origins.html."""
    return [row for row in (_origin(source, item) for source in sources) if row]


def _origin(source: SubmissionSource, item: Indicator) -> Origin | None:
    value = format_value(source.value, item.decimals)
    if source.activity is not None:
        activity = source.activity
        url = reverse("activities:detail", args=[activity.uid])
        withdrawn = activity.state == ActivityState.WITHDRAWN
        corrected = taken_now(source, item) != source.value
        title = activity.title or labelled(activity.type)
        return Origin(title, url, activity.held_on, value, withdrawn, corrected)
    if source.file is not None:
        title = _("Tệp số liệu cũ «%(file)s», ô %(place)s") % {"file": source.file.name, "place": source.place}
        return Origin(title, "", local_date(source.file.imported_at), value)
    if source.document is None:
        return None
    letter = source.document
    return Origin(
        f"{letter.number}: {letter.subject}", reverse("documents:document", args=[letter.uid]), letter.dated, value
    )
