"""Their total against ours: a federation's own consolidated file beside the live consolidation, cell by cell.

The file has a row for each unit, a total row, or a row for each figure. For figures that add up over units the
parts of every difference are found: rows that differ, units that are not in the file, figures of the levels between
(a total less the rows below it). They add up to the difference, so that nothing is left unexplained.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from nhipcau.core.errors import Fault, InvalidInput
from nhipcau.core.numbers import HIDDEN, MISSING, Cell, CellState
from nhipcau.core.periods import Period, parse_period
from nhipcau.core.text import fold
from nhipcau.exchange.own import wordings
from nhipcau.exchange.own.columns import Choice, figure, key_of
from nhipcau.exchange.own.history import matched
from nhipcau.exchange.own.scales import stated
from nhipcau.exchange.own.table import Row, Table
from nhipcau.exchange.own.taking import known_units, learnt_headings, named_unit
from nhipcau.org.models import Unit, UnitName
from nhipcau.org.queries import names_of
from nhipcau.reports.design.definition import Indicator
from nhipcau.reports.design.figures import parse_figure
from nhipcau.reports.design.templates import definition_of
from nhipcau.reports.models import TemplateVersion
from nhipcau.reports.totals.consolidation import Consolidated, tree_day
from nhipcau.reports.totals.gaps import gaps_of
from nhipcau.reports.totals.published import published
from nhipcau.reports.totals.suppression import touched

Why = Literal["differs", "missing", "not_in_file", "own_part", "unknown"]
Role = Literal["row", "not_in_file", "own_part"]
Named = tuple[str, Mapping[str, Cell]]  # what a row calls a unit, and its figures
_TITLES = ("group", "head", "bare")  # rows that name no unit and whose figures stand below them again
_TOTALS = ("tong cong", "tong so", "tong", "so lieu", "thuc hien", "ket qua", "trong ky")


@dataclass(frozen=True)
class Part:
    """What one unit makes of a difference. `name`: its name, or what the file calls a unit that nobody knows."""

    name: str
    code: str
    why: Why
    theirs: Cell
    ours: Cell

    @property
    def difference(self) -> int:
        """Theirs less ours."""
        return self.theirs.value - self.ours.value


@dataclass(frozen=True)
class Line:
    """One figure: their total and ours. `parts` add up to the difference where the figure adds up over units."""

    item: Indicator
    theirs: Cell
    ours: Cell
    parts: tuple[Part, ...]

    @property
    def difference(self) -> int:
        """Theirs less ours; what is missing counts for nothing."""
        return self.theirs.value - self.ours.value

    @property
    def hidden(self) -> bool:
        """Whether our figure is not shown, so that nothing can be said."""
        return self.ours == HIDDEN

    @property
    def differs(self) -> bool:
        return not self.hidden and bool(self.difference or self.parts)


@dataclass(frozen=True)
class Comparison:
    """All figures that the file has. `missing`: units whose report is not in; `units`: rows that were compared."""

    lines: tuple[Line, ...]
    missing: tuple[UnitName, ...]
    units: int
    at: dt.datetime

    @property
    def differing(self) -> list[Line]:
        """The lines that are not the same on both sides."""
        return [line for line in self.lines if line.differs]


def compare(
    *,
    table: Table,
    version: TemplateVersion,
    period: Period,
    unit: Unit,
    at: dt.datetime,
    columns: Mapping[str, str] | None = None,
) -> Comparison:
    """Every figure of the file against the unit's total. InvalidInput names what cannot be read."""
    definition = definition_of(version)
    theirs = _Theirs.read(table, version, period, unit, columns or {})
    nodes = list(published(version=version, period=period, unit=unit, at=at, depth=None if theirs.rows else 0))
    tree = _Tree(nodes, tree_day(definition, period), at)
    rows, unknown = tree.placed(theirs)
    secret = touched(definition)
    lines = []
    for item in definition.indicators():
        if item.code in theirs.codes:
            said = _total(item, theirs, tree, rows, unknown)
            parts = () if item.code in secret else tuple(tree.parts(item, rows, unknown, said))
            lines.append(Line(item, said, nodes[0].cells.get(item.code, MISSING), parts))
    return Comparison(tuple(lines), tuple(gaps_of(version, period, unit).missing), len(rows), nodes[0].at)


def _total(
    item: Indicator,
    theirs: _Theirs,
    tree: _Tree,
    rows: Mapping[int, Mapping[str, Cell]],
    unknown: Sequence[Named],
) -> Cell:
    """Their total: as the file gives it, else its rows added up where the figure adds up."""
    said = theirs.total.get(item.code, rows.get(0, {}).get(item.code, MISSING))
    if said.state is not CellState.MISSING or item.over_units != "sum":
        return said
    every = [rows[place].get(item.code, MISSING) for place in tree.rows_below(0, rows)]
    every += [cells.get(item.code, MISSING) for _name, cells in unknown]
    given = [cell.value for cell in every if cell.state is CellState.VALUE]
    return Cell(CellState.VALUE, sum(given)) if given else MISSING


@dataclass(frozen=True)
class _Theirs:
    """The file's figures: by row what names the unit, its cells and what kind of row it is; the total; and which
    figures there are."""

    rows: Sequence[tuple[Sequence[str], Mapping[str, Cell], str]]
    total: Mapping[str, Cell]
    codes: frozenset[str]

    @classmethod
    def read(
        cls, table: Table, version: TemplateVersion, period: Period, unit: Unit, columns: Mapping[str, str]
    ) -> _Theirs:
        """InvalidInput names every cell that is no figure."""
        definition = definition_of(version)
        items = {item.code: item for item in definition.indicators()}
        faults: list[Fault] = []
        if table.figures:
            total = dict(_by_label(table, items, faults))
            rows: list[tuple[Sequence[str], Mapping[str, Cell], str]] = []
        else:
            chosen = matched(table, definition, columns, learnt_headings(unit, version), entered=False)
            rows = [
                (row[1], _cells(table, row, chosen, items, faults), table.kinds.get(row[0], ""))
                for row in table.filled
                if _is_of(table, row, period)
            ]
            sums = [_cells(table, row, chosen, items, faults) for row in table.totals if _is_of(table, row, period)]
            total = sums[0] if len(sums) == 1 else {}
        if faults:
            raise InvalidInput(wordings.faulty_compared(len(faults)), faults)
        codes = frozenset(code for _names, found, _kind in rows for code in found) | total.keys()
        if not codes:
            raise InvalidInput(wordings.NO_MATCH)
        return cls(rows, total, codes)


def _is_of(table: Table, row: Row, period: Period) -> bool:
    """Whether a row is of the period, where rows name theirs."""
    named = table.periods.get(row[0], "")
    try:
        return not named or parse_period(named) == period
    except InvalidInput:
        return False


def _cells(
    table: Table, row: Row, chosen: Mapping[int, str], items: Mapping[str, Indicator], faults: list[Fault]
) -> dict[str, Cell]:
    number, _names, values = row
    pairs = zip(table.numbers, values, strict=True)
    given = ((at, Choice.of(chosen[at]), value) for (at, _heading), value in pairs if chosen.get(at))
    found = {}
    for at, choice, value in given:
        item = items[choice.code]
        cell = _cell(item, choice.word, value, table.cell(number, at), faults)
        if cell is not None:
            found[item.code] = cell
    return found


def _cell(item: Indicator, word: str, value: Any, where: str, faults: list[Fault]) -> Cell | None:
    if value is None:
        return None
    try:
        return parse_figure(item, figure(item, word, value))
    except InvalidInput as error:
        faults.append(Fault(where, error.message))
        return None


def _by_label(table: Table, items: Mapping[str, Indicator], faults: list[Fault]) -> Iterator[tuple[str, Cell]]:
    """A row for each figure, as in the annex of a report: the column of totals is found by its heading."""
    at = _total_column(table)
    known = {key_of(name): item for item in items.values() for name in (item.label, item.code)}
    column = [place for place, _heading in table.numbers].index(at)
    scale = stated(table.numbers[column][1]) or table.scale
    seen = set()
    for number, _names, values in table.every:
        item = known.get(key_of(table.figures.get(number, "")))
        if item is None or item.code in seen:
            continue
        seen.add(item.code)
        cell = _cell(item, scale if item.is_money else "", values[column], table.cell(number, at), faults)
        if cell is not None:
            yield item.code, cell


def _total_column(table: Table) -> int:
    if len(table.numbers) == 1:
        return table.numbers[0][0]
    for word in _TOTALS:
        found = [at for at, heading in table.numbers if fold(heading).rpartition(" – ")[2].startswith(word)]
        if len(found) == 1:
            return found[0]
    raise InvalidInput(wordings.WHICH_TOTAL)


class _Tree:
    """Our figures of every node, in depth-first order, with where each branch ends."""

    def __init__(self, nodes: Sequence[Consolidated], day: dt.date, at: dt.datetime) -> None:
        self.nodes = nodes
        self.days = (day, at.date())
        self.names = names_of([node.unit_id for node in nodes], day)
        self.end = _ends([node.depth for node in nodes])

    def placed(self, theirs: _Theirs) -> tuple[dict[int, Mapping[str, Cell]], list[Named]]:
        """Their rows by the position of the unit, and those that name nobody here."""
        if not theirs.rows:
            return {}, []
        units = list(Unit.objects.filter(pk__in=list(self.names)))
        known = [known_units(units, day) for day in self.days]
        at = {node.unit_id: place for place, node in enumerate(self.nodes)}
        rows: dict[int, Mapping[str, Cell]] = {}
        unknown: list[Named] = []
        for names, cells, kind in theirs.rows:
            found = named_unit(names, known[0]) or named_unit(names, known[1])
            if found is not None and at[found.pk] not in rows:
                rows[at[found.pk]] = cells
            elif found is not None or kind not in _TITLES:
                unknown.append((" ".join(filter(None, names))[:80], cells))
        return rows, unknown

    def rows_below(self, place: int, rows: Mapping[int, object]) -> list[int]:
        """The rows below a node that stand under no other row below it."""
        found: list[int] = []
        for row in sorted(row for row in rows if place < row < self.end[place]):
            if not found or row >= self.end[found[-1]]:
                found.append(row)
        return found

    def parts(
        self,
        item: Indicator,
        rows: Mapping[int, Mapping[str, Cell]],
        unknown: Sequence[Named],
        total: Cell,
    ) -> Iterator[Part]:
        """Where both sides part, by unit; of a figure that does not add up only the rows that differ."""
        theirs = {place: cells[item.code] for place, cells in rows.items() if item.code in cells and place}
        called = [(name, cells[item.code]) for name, cells in unknown if item.code in cells]
        if not theirs and not called:
            return
        adds = item.over_units == "sum"
        for place, role in self._walk(0, theirs) if adds else ((row, "row") for row in sorted(theirs)):
            node = self.nodes[place]
            name, ours = self.names[node.unit_id], node.cells.get(item.code, MISSING)
            said = theirs.get(place, MISSING) if place else total
            if role == "own_part":
                ours = self._own(item, place)
                others = sum(cell.value for _name, cell in called) if not place else 0
                said = self._rest(said, sum(theirs[row].value for row in self.rows_below(place, theirs)) + others)
            if said.value != ours.value:
                yield Part(name.name, name.code, _why(role, node), said, ours)
        for unit, cell in called:
            if cell.value:
                yield Part(unit, "", "unknown", cell, MISSING)

    def _walk(self, place: int, rows: Mapping[int, object]) -> Iterator[tuple[int, Role]]:
        """Places that together hold the whole branch once: rows, branches without one, what is own above rows."""
        yield place, "own_part"
        child = place + 1
        while child < self.end[place]:
            if any(child < row < self.end[child] for row in rows):
                yield from self._walk(child, rows)
            else:
                yield child, "row" if child in rows else "not_in_file"
            child = self.end[child]

    def _rest(self, said: Cell, below: int) -> Cell:
        """What of their figure is not in the rows below."""
        return Cell(CellState.VALUE, said.value - below) if said.state is CellState.VALUE else MISSING

    def _own(self, item: Indicator, place: int) -> Cell:
        """What of a node's figure is not of the nodes directly below."""
        whole = self.nodes[place].cells.get(item.code, MISSING)
        below, child = 0, place + 1
        while child < self.end[place]:
            below += self.nodes[child].cells.get(item.code, MISSING).value
            child = self.end[child]
        return Cell(CellState.VALUE, whole.value - below) if whole.state is CellState.VALUE else MISSING


def _why(role: Role, node: Consolidated) -> Why:
    if role != "row":
        return role
    return "differs" if node.coverage.accepted else "missing"


def _ends(depths: Sequence[int]) -> list[int]:
    """By position, the one behind its branch."""
    ends, open_ = [len(depths)] * len(depths), list[int]()
    for place, depth in enumerate(depths):
        while open_ and depths[open_[-1]] >= depth:
            ends[open_.pop()] = place
        open_.append(place)
    return ends
