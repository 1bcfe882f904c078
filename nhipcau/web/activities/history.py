"""The corrections of an activity, ready to print: who, when, why, and what stood before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy, gettext_noop

from nhipcau.activities.models import Activity
from nhipcau.activities.proof import PARTS, Contents, contents
from nhipcau.activities.types import facets_of, measures_of
from nhipcau.core.numbers import MISSING_TEXT, format_value
from nhipcau.org.models import Unit
from nhipcau.org.queries import names_of
from nhipcau.org.scope import Scope
from nhipcau.web.templatetags.nhip import vi_date
from nhipcau.web.words import labelled, spoken

gettext_noop("Thêm ảnh đã xem lại")  # the one reason that the program gives itself (activities/photos)
_LABELS = {
    "held_on": gettext_lazy("Ngày tổ chức"),
    "place": gettext_lazy("Địa điểm"),
    "title": gettext_lazy("Tên hoạt động"),
    "paper_location": gettext_lazy("Nơi lưu chứng từ"),
    "partners": gettext_lazy("Cùng làm"),
    "papers": gettext_lazy("Giấy tờ kèm theo"),
}


@dataclass(frozen=True)
class Line:
    """One part of a correction."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """One correction, ready to print."""

    moment: dt.datetime
    who: str
    reason: str
    lines: list[Line]


def history(activity: Activity, scope: Scope) -> list[Change]:
    """Every correction, the latest first."""
    changes = list(activity.changes.select_related("by"))
    if not changes:
        return []
    stood = [*(change.before for change in changes), contents(activity)]
    names = _names(stood, scope)
    told = [
        Change(
            change.at, change.by.title, spoken(change.reason), list(_lines(activity, stood[n], stood[n + 1], names))
        )
        for n, change in enumerate(changes)
    ]
    return told[::-1]


def _lines(activity: Activity, before: Contents, after: Contents, names: dict[str, str]) -> Iterator[Line]:
    for part in PARTS:
        if part == "values":
            yield from _figures(activity, before[part], after[part])
        elif part == "facets":
            yield from _choices(activity, before[part], after[part])
        elif before[part] != after[part]:
            yield Line(str(_LABELS[part]), _text(part, before[part], names), _text(part, after[part], names))


def _figures(activity: Activity, *stood: Mapping[str, int]) -> Iterator[Line]:
    for measure in measures_of(activity.type.measures):
        figures = [one.get(measure.code) for one in stood]
        was, now = (MISSING_TEXT if one is None else format_value(one, measure.decimals) for one in figures)
        if was != now:
            yield Line(labelled(measure), was, now)


def _choices(activity: Activity, *stood: Mapping[str, str]) -> Iterator[Line]:
    for facet in facets_of(activity.type.facets):
        choices = {choice.code: labelled(choice) for choice in facet.choices}
        was, now = (choices.get(one.get(facet.code, ""), MISSING_TEXT) for one in stood)
        if was != now:
            yield Line(labelled(facet), was, now)


def _text(part: str, value: Any, names: dict[str, str]) -> str:
    if part == "held_on":
        return vi_date(dt.date.fromisoformat(value))
    if part == "partners":
        return "; ".join(names.get(one, one.removeprefix("body:")) for one in value) or MISSING_TEXT
    return "; ".join(name for _sha, name in value) or MISSING_TEXT if part == "papers" else value or MISSING_TEXT


def _names(stood: list[Contents], scope: Scope) -> dict[str, str]:
    uids = {one.removeprefix("unit:") for each in stood for one in each["partners"] if one.startswith("unit:")}
    units = dict(Unit.objects.filter(uid__in=uids).values_list("pk", "uid"))
    names = names_of(units, scope.day)
    return {f"unit:{uid}": names[pk].name for pk, uid in units.items()}
