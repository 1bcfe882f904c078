"""A federation's own file of earlier periods: a row for each unit and period, a column for each figure."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from nhipcau.core.errors import Fault, InvalidInput
from nhipcau.core.numbers import Cell
from nhipcau.core.periods import Period, parse_period
from nhipcau.exchange.own import wordings
from nhipcau.exchange.own.columns import Choice, figure, key_of, proposed, ways
from nhipcau.exchange.own.table import Table, read_raw, table_of
from nhipcau.exchange.own.taking import known_units, named_unit
from nhipcau.org.models import Post, Unit
from nhipcau.org.scope import Scope
from nhipcau.reports.design.definition import Definition, Indicator
from nhipcau.reports.design.figures import parse_figure
from nhipcau.reports.design.templates import definition_of, versions_for
from nhipcau.reports.filling.history import OldFigures, Outcome, SourceFile, keep_history, require_template

MOST_FAULTS = 200


def import_history(
    *,
    data: bytes,
    name: str,
    code: str,
    actor: Post,
    at: dt.datetime,
    period: Period | None = None,
    columns: Mapping[str, str] | None = None,
    replace: str = "",
    dry_run: bool = False,
) -> Outcome:
    """Take over the file's figures (see `keep_history`). `period` where no column names it; `columns`: the figure
    of a column, by its letter or heading, "" to leave it out. InvalidInput names every cell that is wrong."""
    template, table = require_template(code), table_of(read_raw(data, name), name)
    rows = _Reading(table, code, actor, at, period).rows(columns or {})
    file = SourceFile(name, hashlib.sha256(data).hexdigest())
    return keep_history(
        template=template, rows=rows, file=file, actor=actor, at=at, replace=replace, dry_run=dry_run
    )


def matched(table: Table, definition: Definition, columns: Mapping[str, str], learnt: Mapping[str, str],
            *, entered: bool = True) -> dict[int, str]:  # fmt: skip
    """The figure of each column: as said, or as it is surely named. InvalidInput for a column nobody knows."""
    said = {key_of(heading): code for heading, code in columns.items()}
    chosen: dict[int, str] = {}
    faults = []
    for match in proposed(table, definition, learnt, entered=entered):
        given = said.get(key_of(match.column), said.get(key_of(match.heading)))
        if given is None and not match.sure:
            faults.append(Fault(f"{table.sheet}!{match.column}", wordings.unmatched(match.heading, match.chosen)))
        else:
            chosen[match.at] = match.chosen if given is None else given
    known = {item.code: item for item in definition.indicators()}
    choices = {column: Choice.of(text) for column, text in chosen.items() if text}
    codes = [choice.code for choice in choices.values()]
    faults += [Fault(code, wordings.unknown_figure(code)) for code in sorted({*codes} - {*known})]
    faults += [
        Fault(heading, wordings.NO_SCALE)
        for column, heading in table.numbers
        if (choice := choices.get(column)) and choice.code in known
        and choice.word not in ways(known[choice.code], heading)
    ]  # fmt: skip
    faults += [Fault(code, wordings.doubled(code)) for code in sorted(set(codes)) if codes.count(code) > 1]
    if faults:
        raise InvalidInput(wordings.faulty(len(faults)), faults)
    if not codes:
        raise InvalidInput(wordings.NO_MATCH)
    return chosen


class _Reading:
    """A table on its way to rows of figures."""

    def __init__(self, table: Table, code: str, actor: Post, at: dt.datetime, period: Period | None) -> None:
        self.table, self.code, self.period = table, code, period
        self.scope = Scope(actor, at)
        self.faults: list[Fault] = []
        self._known: dict[dt.date, Mapping[str, Unit]] = {}

    def rows(self, columns: Mapping[str, str]) -> list[OldFigures]:
        """Every row. InvalidInput names all that cannot be read."""
        periods = {number: self._period(number) for number, _names, _values in self.table.filled}
        if self.faults:
            self._refuse()
        keys = {one.key: one for one in periods.values() if one}
        versions = dict(zip(keys, versions_for(self.code, list(keys.values()), before=True), strict=True))
        chosen: dict[int, dict[int, str]] = {}
        found: dict[tuple[int, str], OldFigures] = {}
        for number, names, values in self.table.filled:
            period = periods[number]
            assert period is not None  # noqa: S101 - refused above
            version, where = versions[period.key], self.table.cell(number, self.table.unit_at[0])
            definition = definition_of(version)
            if version.pk not in chosen:
                chosen[version.pk] = matched(self.table, definition, columns, {})
            unit = self._unit(names, period.last_day(definition.calendar))
            if unit is None or (unit.pk, period.key) in found:
                said = wordings.unknown_here if unit is None else wordings.two_rows
                self.faults.append(Fault(where, said(" ".join(filter(None, names))[:80])))
                continue
            figures = self._figures(number, values, chosen[version.pk], definition)
            found[unit.pk, period.key] = OldFigures(unit, period, where, figures)
        self._refuse()
        return list(found.values())

    def _refuse(self) -> None:
        if self.faults:
            raise InvalidInput(wordings.faulty(len(self.faults)), self.faults[:MOST_FAULTS])

    def _period(self, number: int) -> Period | None:
        text = self.table.periods.get(number, "")
        try:
            if text or self.period is None:
                return parse_period(text)
        except InvalidInput as refusal:
            where = f"{self.table.sheet}!{number + 1}"
            self.faults.append(Fault(where, refusal.message if text else wordings.NO_PERIOD))
            return None
        return self.period

    def _unit(self, names: Sequence[str], day: dt.date) -> Unit | None:
        """By what it was called then, else by what it is called now."""
        for on in (day, self.scope.day):
            if on not in self._known:
                self._known[on] = known_units(list(self.scope.units_ever()), on)
            unit = named_unit(names, self._known[on])
            if unit is not None:
                return unit
        return None

    def _figures(
        self, number: int, values: Sequence[Any], chosen: Mapping[int, str], definition: Definition
    ) -> dict[str, tuple[Cell, str]]:
        items: dict[str, Indicator] = {item.code: item for item in definition.entered()}
        found = {}
        for (at, _heading), value in zip(self.table.numbers, values, strict=True):
            choice, place = Choice.of(chosen.get(at, "")), self.table.cell(number, at)
            item = items.get(choice.code)
            if item is None or value is None:
                continue
            try:
                found[item.code] = (parse_figure(item, figure(item, choice.word, value)), place)
            except InvalidInput as error:
                self.faults.append(Fault(place, error.message))
        return found
