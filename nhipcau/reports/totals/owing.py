"""Who owes the reports of a template for a period: what the template says of units (see `design.duty`), found on
the period's own tree, as a mask over many units, as a filter of a query, and for one.

A unit that is named and ended before the period is followed to whoever took over from it, so that a merger does not
silently leave nobody owing; one that is excepted is not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from django.db.models import Q, QuerySet

from nhipcau.core.errors import NotAllowed
from nhipcau.core.periods import Period
from nhipcau.core.said import Said
from nhipcau.org.branches import Span, tree_during
from nhipcau.org.columns import NOWHERE, Ints
from nhipcau.org.models import Placement, Succession, Unit, UnitKind
from nhipcau.org.queries import lay_below
from nhipcau.org.unit_facts import unit_facts
from nhipcau.reports.design.definition import Definition, load
from nhipcau.reports.models import TemplateVersion
from nhipcau.reports.totals.days import span_of
from nhipcau.reports.totals.views_of_tree import hung

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Owing:
    """The units that owe, on one axis over one span."""

    definition: Definition
    span: Span
    axis: str

    @classmethod
    def of(cls, definition: Definition, version: TemplateVersion, period: Period) -> Owing:
        """Those of a version for a period."""
        return cls(definition, span_of(definition, period), version.template.axis)

    def among(self, units: Ints) -> Mask:
        """Which of the units owe; all must be known."""
        facts, assigned = unit_facts(), self.definition.assignment
        found = np.isin(facts.kind[facts.rows(units)], self._kinds)
        if assigned.branches:
            found &= self._inside(units)
        if assigned.units:
            found |= np.isin(units, self._followed(assigned.units))
        if assigned.excepted:
            found &= ~np.isin(units, _ids(assigned.excepted))
        return found

    def units(self) -> Ints:
        """Ids of all that owe."""
        standing = tree_during(self.span, self.axis, lambda: hung(self.span, self.axis)).ids
        found: Ints = standing[self.among(standing)]
        return found

    def filter(self) -> Q:
        """The same of a query on units."""
        assigned = self.definition.assignment
        found = Q(kind__in=self._kinds)
        if assigned.branches:
            found &= self._branches()
        if assigned.units:
            found |= Q(pk__in=self._followed(assigned.units))
        return found & ~Q(pk__in=_ids(assigned.excepted)) if assigned.excepted else found

    def owes(self, unit: Unit) -> bool:
        """Whether that one unit does."""
        return Unit.objects.filter(self.filter(), pk=unit.pk).exists()

    @cached_property
    def _kinds(self) -> list[int]:
        return list(kinds_of(self.definition).order_by().values_list("pk", flat=True))

    def _inside(self, units: Ints) -> Mask:
        """Which of the units lie in one of the branches."""
        tree = tree_during(self.span, self.axis, lambda: hung(self.span, self.axis))
        inside = np.zeros(len(tree.ids), np.bool_)
        tops = tree.positions(np.array(self._followed(self.definition.assignment.branches), np.int64))
        for top in tops[tops != NOWHERE].tolist():
            inside[top : int(tree.end[top])] = True
        places = tree.positions(units)
        found: Mask = (places != NOWHERE) & inside[places]
        return found

    def _branches(self) -> Q:
        found = Q(pk__in=[])
        tops = Unit.objects.filter(pk__in=self._followed(self.definition.assignment.branches))
        for top in tops:
            found |= Q(pk=top.pk) | lay_below("pk", top, self.span, self.axis)
        return found

    def _followed(self, uids: Sequence[str]) -> list[int]:
        """Ids of those that stood in the span; for one that ended before, of whoever took over from it."""
        found: set[int] = set()
        here = seen = set(_ids(uids))
        while here:
            placed = Placement.objects.during(*self.span).filter(axis=self.axis, child__in=here)
            standing = set(placed.values_list("child", flat=True))
            found |= standing
            took = Succession.objects.filter(
                predecessor__in=here - standing, event__day__lte=self.span.first, indicator=""
            )
            here = set(took.values_list("successor", flat=True)) - seen
            seen = seen | here
        return sorted(found)


def by_place(definition: Definition) -> bool:
    """Whether it must be looked up in a tree who owes: else `may_owe` has said it."""
    return bool(definition.assignment.branches or definition.assignment.units)


def kinds_of(definition: Definition) -> QuerySet[UnitKind]:
    """The kinds of unit that are named, or are of a level named."""
    levels = Q(rank__in=definition.assignment.levels, internal=False)
    return UnitKind.objects.filter(Q(code__in=definition.reporters) | levels)


def require_owing(unit: Unit, version: TemplateVersion, period: Period) -> None:
    """NotAllowed unless the unit owes the report for that period."""
    definition = load(version.definition)
    if may_owe(definition, unit) and Owing.of(definition, version, period).owes(unit):
        return
    raise NotAllowed(
        Said(
            f"Đơn vị này (loại «{unit.kind.label}») không phải lập báo cáo «{definition.name}» "
            f"kỳ {period.label_vi}.",
            f"This unit (of the kind «{unit.kind.label}») does not report «{definition.name}» for {period.key}.",
        )
    )


def may_owe(definition: Definition, unit: Unit) -> bool:
    """Whether the unit could owe it as far as kind, level and name say, wherever it lies."""
    assigned, uid = definition.assignment, str(unit.uid)
    if uid in assigned.excepted:
        return False
    return unit.kind.code in definition.reporters or unit.kind.rank in assigned.levels or bool(assigned.units)


def _ids(uids: Sequence[str]) -> list[int]:
    return list(Unit.objects.filter(uid__in=uids).values_list("pk", flat=True))
