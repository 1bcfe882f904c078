"""An activity as the pages show it: labels in the visitor's language, figures with their units."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from nhipcau.activities.models import Activity, ActivityType
from nhipcau.activities.types import Measure, facets_of, measures_of
from nhipcau.core.money import money_in_words
from nhipcau.core.numbers import format_value
from nhipcau.core.text import sort_key
from nhipcau.org.models import Unit
from nhipcau.org.queries import names_of
from nhipcau.org.scope import Scope
from nhipcau.web.measures import measured
from nhipcau.web.words import labelled


@dataclass(frozen=True)
class Figure:
    """One measure of an activity, ready to print; `words` only for money."""

    label: str
    value: str
    unit: str
    words: str = ""

    def __str__(self) -> str:
        return f"{self.value} {self.unit}"


@dataclass(frozen=True)
class Shown:
    """One row of the register."""

    activity: Activity
    kind: str
    unit_name: str
    figures: list[Figure]

    @property
    def brief(self) -> str:
        """All figures in one line."""
        return " · ".join(map(str, self.figures))


def figures(activity: Activity) -> list[Figure]:
    """The recorded measures in the order of the type."""
    return [
        _figure(m, activity.values[m.code])
        for m in measures_of(activity.type.measures)
        if m.code in activity.values
    ]


def answers(activity: Activity) -> list[tuple[str, str]]:
    """(question, answer) of every facet that was answered."""
    return [
        (labelled(facet), labelled(choice))
        for facet in facets_of(activity.type.facets)
        for choice in facet.choices
        if activity.facets.get(facet.code) == choice.code
    ]


def shown(activities: Iterable[Activity], scope: Scope) -> list[Shown]:
    """Rows of the register, with every unit's name in one query."""
    rows = list(activities)
    names = names_of({row.unit_id for row in rows}, scope.day)
    return [Shown(row, labelled(row.type), names[row.unit_id].name, figures(row)) for row in rows]


def types_by_use(unit: Unit) -> list[ActivityType]:
    """Every type, the unit's most used first, then in Vietnamese order."""
    used: dict[int, int] = dict(Activity.objects.filter(unit=unit).values_list("type").annotate(Count("pk")))
    return sorted(ActivityType.objects.all(), key=lambda kind: (-used.get(kind.pk, 0), sort_key(kind.label)))


def _figure(measure: Measure, value: int) -> Figure:
    words = money_in_words(value) if measure.is_money and not measure.decimals else ""
    return Figure(labelled(measure), format_value(value, measure.decimals), measured(measure.unit), words)
