"""The table of plans as a page shows it: some units, some indicators at a time."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from nhipcau.core.errors import NotFound
from nhipcau.core.numbers import MISSING, Cell, CellState, add_cells, format_cell
from nhipcau.core.periods import Period, parse_period
from nhipcau.org.models import Unit, UnitName
from nhipcau.org.queries import name_of, names_of
from nhipcau.reports.design.definition import Definition, Indicator, load
from nhipcau.reports.design.templates import version_for, versions_of
from nhipcau.reports.filling.duties import current_period
from nhipcau.reports.models import TemplateVersion
from nhipcau.reports.planning.giving import Key, read_plan, receivers, require_period, sheet_of
from nhipcau.reports.queries import visible_templates
from nhipcau.web.measures import measured
from nhipcau.web.request import PageRequest
from nhipcau.web.stale import Differing
from nhipcau.web.words import in_words, labelled, named

WIDE, LONG = 6, 60  # indicators and units on one page
FIELD = "k"


@dataclass(frozen=True)
class Sheet:
    """The plans that a unit gives for one template and period."""

    version: TemplateVersion
    definition: Definition
    period: Period
    giver: Unit
    units: Sequence[Unit]
    names: Mapping[int, UnitName]

    @cached_property
    def cells(self) -> Mapping[Key, Cell]:
        """What stands, by unit and indicator; with the giver's own."""
        wanted = {unit.pk for unit in self.units} | {self.giver.pk}
        return sheet_of(self.version, self.period, wanted).cells

    def named_units(self) -> list[tuple[Unit, str, str]]:
        """(unit, code, name) of every row."""
        return [(unit, self.names[unit.pk].code, self.names[unit.pk].name) for unit in self.units]

    def written(self) -> dict[Key, str]:
        """What stands, as it would be typed."""
        decimals = {item.code: item.decimals for item in self.definition.plannable()}
        return {
            (unit, code): format_cell(cell, decimals[code])
            for (unit, code), cell in self.cells.items()
            if code in decimals
        }

    def replaced(self, values: Mapping[Key, str]) -> list[Differing]:
        """What stands and would give way to other figures."""
        items = {item.code: item for item in self.definition.plannable()}
        standing = self.written()
        found = []
        for (unit, code), text in values.items():
            now = standing.get((unit, code), "")
            mine = format_cell(read_plan(items[code], text), items[code].decimals)
            if now not in ("", mine):
                found.append(Differing(f"{self.names[unit].name} – {labelled(items[code])}", mine, now))
        return found

    def context(self, request: PageRequest, faults: Mapping[str, str]) -> dict[str, object]:
        """What the page needs; what was typed and refused is shown again with the reason at its cell."""
        items = Paginator(self.definition.plannable(), WIDE).get_page(request.GET.get("phan"))
        rows = Paginator(self.units, LONG).get_page(request.GET.get("page"))
        standing = self.written()
        return {
            "sheet": self,
            "name": named(self.definition),
            "period": in_words(self.period),
            "giver": name_of(self.giver, request.scope.day).name,
            "items": [(item.code, labelled(item), measured(item.unit)) for item in items],
            "parts": items,
            "page_obj": rows,
            "rows": [self._row(unit, list(items), standing, faults, request) for unit in rows],
            "own": [self._shown(self.cells.get((self.giver.pk, item.code), MISSING), item) for item in items],
            "given": [self._given(item) for item in items],
            "periods": _periods(self.definition, self.version, request),
        }

    def _row(
        self,
        unit: Unit,
        items: Sequence[Indicator],
        standing: Mapping[Key, str],
        faults: Mapping[str, str],
        request: PageRequest,
    ) -> dict[str, object]:
        cells = []
        for item in items:
            field = f"{FIELD}:{unit.uid}:{item.code}"
            value = request.POST.get(field, standing.get((unit.pk, item.code), ""))
            cells.append((field, str(value), faults.get(f"{unit.pk}:{item.code}", ""), labelled(item)))
        return {"name": self.names[unit.pk].name, "own": unit.pk == self.giver.pk, "cells": cells}

    def _given(self, item: Indicator) -> str:
        """What was given to those below, added up where it can be."""
        if item.over_units != "sum":
            return ""
        given = [self.cells.get((unit.pk, item.code), MISSING) for unit in self.units if unit.pk != self.giver.pk]
        return self._shown(add_cells(given), item)

    def _shown(self, cell: Cell, item: Indicator) -> str:
        return format_cell(cell, item.decimals) if cell.state is CellState.VALUE else ""


def find(request: PageRequest, code: str, period: str, unit: uuid.UUID) -> Sheet:
    """The table an address names; a unit gives its own plans alone, and another's do not exist for it."""
    scope, key = request.scope, parse_period(period)
    if unit != scope.unit.uid or not visible_templates(scope).filter(code=code).exists():
        raise NotFound("Không có bảng kế hoạch này trong phạm vi của bạn.")
    newest = versions_of(code)[0]
    version = version_for(code, key) if key.kind == newest.definition["period_kind"] else newest
    definition = load(version.definition)
    require_period(definition, key)
    units = receivers(scope.unit, version, scope.day)
    return Sheet(version, definition, key, scope.unit, units, names_of([one.pk for one in units], scope.day))


def typed(posted: Mapping[str, str], sheet: Sheet) -> dict[Key, str]:
    """What came back, by unit and indicator; a field about somebody else's unit is no field of this table."""
    by_uid = {str(unit.uid): unit.pk for unit in sheet.units}
    found: dict[Key, str] = {}
    for field, text in posted.items():
        kind, _sep, rest = field.partition(":")
        uid, _sep, code = rest.partition(":")
        if kind == FIELD and uid in by_uid:
            found[by_uid[uid], code] = text
    return found


def _periods(definition: Definition, version: TemplateVersion, request: PageRequest) -> list[tuple[str, str]]:
    """This year and the next, and the template's own periods within them."""
    now = current_period(definition, request.scope.day)
    found: list[tuple[str, str]] = []
    for year in (now.year, now.year + 1):
        whole = Period("year", year)
        found.append((whole.key, _("Cả %(period)s") % {"period": in_words(whole)}))
        if definition.period_kind not in ("year", "term"):
            shorter = [one for one in _within(now, year) if one.first_day(definition.calendar) >= version.first_day]
            found += [(one.key, in_words(one)) for one in shorter]
    return found


def _within(period: Period, year: int) -> list[Period]:
    """The periods of its kind with that nominal year."""
    while period.year > year or period.previous().year == year:
        period = period.previous()
    while period.year < year:
        period = period.next()
    found = []
    while period.year == year:
        found.append(period)
        period = period.next()
    return found
