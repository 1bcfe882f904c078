"""Plans in a spreadsheet: a row for each unit, a column for each indicator; taken whole or not at all.

The first column holds the unit's code; a heading names its indicator by its code in brackets at the end, by the
code alone, or by its label. An empty cell changes nothing. What cannot be taken is named by its cell (C7).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from xlsxwriter.utility import xl_rowcol_to_cell

from nhipcau.core.actors import Actor
from nhipcau.core.clock import local_date
from nhipcau.core.errors import Fault, InvalidInput, UnreadableFile
from nhipcau.core.periods import Period
from nhipcau.core.said import Said
from nhipcau.core.text import fold
from nhipcau.org.models import Post, Unit, UnitName
from nhipcau.org.sheets import rows_of
from nhipcau.reports.design.definition import Indicator
from nhipcau.reports.design.figures import typed_figure
from nhipcau.reports.design.templates import definition_of
from nhipcau.reports.models import TemplateVersion
from nhipcau.reports.planning.giving import Key, give_targets, read_plan, receivers

CODE, NAME = "Mã đơn vị", "Tên đơn vị"
MOST_FAULTS = 200
Cell = str | float


def heading_of(item: Indicator) -> str:
    """How a column is headed: readable, and certain."""
    return f"{item.label} ({item.unit}) [{item.code}]"


def import_targets(*, version: TemplateVersion, period: Period, data: bytes, actor: Actor, at: dt.datetime) -> int:
    """Give the plans of a .csv or .xlsx file; how many changed. InvalidInput names every cell that is wrong."""
    values = read_targets(version=version, data=data, actor=actor, at=at)
    return give_targets(version=version, period=period, values=values, actor=actor, at=at)


def read_targets(*, version: TemplateVersion, data: bytes, actor: Actor, at: dt.datetime) -> dict[Key, str]:
    """What the file says; InvalidInput as in `import_targets`."""
    rows = [(line, list(row)) for line, row in enumerate(rows_of(data), start=1)]
    units = _known(version, actor, local_date(at))
    read = _Reading(definition_of(version).plannable(), units, [], {}, set())
    head = next(((line, row) for line, row in rows if any(str(cell).strip() for cell in row)), None)
    if head is None:
        raise UnreadableFile("Tệp trống: không có dòng nào để nhập.")
    columns = read.columns(*head)
    for line, row in rows:
        if line > head[0]:
            read.row(line, row, columns)
    if not read.faults:
        return read.values
    count = len(read.faults)
    raise InvalidInput(
        Said(f"Tệp có {count} lỗi; chưa ghi số nào.", f"The file has {count} faults; nothing was kept."),
        read.faults[:MOST_FAULTS],
    )


def _known(version: TemplateVersion, actor: Actor, day: dt.date) -> Mapping[str, int]:
    """Ids of the units the actor may give to, by code."""
    names = UnitName.objects.at(day)
    if isinstance(actor, Post):
        names = names.filter(unit__in=[unit.pk for unit in receivers(actor.unit, version, day)])
    return dict(names.values_list("code", "unit"))


@dataclass
class _Reading:
    """A file under way."""

    items: Sequence[Indicator]
    units: Mapping[str, int]
    faults: list[Fault]
    values: dict[Key, str]
    seen: set[int]

    def columns(self, line: int, row: Sequence[Cell]) -> dict[int, Indicator]:
        """Which column is which indicator."""
        found: dict[int, Indicator] = {}
        for place, cell in enumerate(row[1:], start=1):
            text = str(cell).strip()
            if not text or fold(text) == fold(NAME):
                continue
            item = self._item(text)
            if item is None:
                self._fault(
                    line,
                    place,
                    Said(
                        f"không có chỉ tiêu giao kế hoạch nào tên «{text}»",
                        f"no figure with plans is called «{text}»",
                    ),
                )
            elif item in found.values():
                self._fault(
                    line,
                    place,
                    Said(f"chỉ tiêu «{item.code}» có hai cột", f"the figure «{item.code}» has two columns"),
                )
            else:
                found[place] = item
        if not found and not self.faults:
            self._fault(line, 1, Said("chưa có cột chỉ tiêu nào", "there is no column of a figure"))
        return found

    def _item(self, text: str) -> Indicator | None:
        code = text.rpartition("[")[2].removesuffix("]").strip() if text.endswith("]") else text
        return next((item for item in self.items if code == item.code or fold(text) == fold(item.label)), None)

    def row(self, line: int, row: Sequence[Cell], columns: Mapping[int, Indicator]) -> None:
        """The values of one unit."""
        code = _text(row[0]) if row else ""
        given = {place: row[place] for place in columns if place < len(row) and str(row[place]).strip()}
        if not code:
            if given:
                self._fault(line, 0, Said("thiếu mã đơn vị", "the unit's code is missing"))
            return
        unit = self.units.get(code)
        if unit is None:
            self._fault(
                line,
                0,
                Said(
                    f"không có đơn vị trực thuộc nào mang mã «{code}»",
                    f"no unit directly below has the code «{code}»",
                ),
            )
            return
        if unit in self.seen:
            self._fault(line, 0, Said(f"đơn vị «{code}» có hai dòng", f"the unit «{code}» has two rows"))
            return
        self.seen.add(unit)
        for place, cell in given.items():
            try:
                text = typed_figure(columns[place], cell)
                read_plan(columns[place], text)
                self.values[unit, columns[place].code] = text
            except InvalidInput as error:
                self._fault(line, place, error.message)

    def _fault(self, line: int, place: int, message: str) -> None:
        self.faults.append(Fault(xl_rowcol_to_cell(line - 1, place), message))


def _text(cell: Cell) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()


def table_of(
    version: TemplateVersion, units: Sequence[tuple[Unit, str, str]], plans: Mapping[Key, str]
) -> Iterator[list[str]]:
    """The file to fill in, with what stands already: (unit, code, name) of every row."""
    items = definition_of(version).plannable()
    yield [CODE, NAME, *map(heading_of, items)]
    for unit, code, name in units:
        yield [code, name, *(plans.get((unit.pk, item.code), "") for item in items)]
