"""A foreign table as read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from nhipcau.core import confined
from nhipcau.core.apart import read_apart, refused
from nhipcau.core.errors import UnreadableFile
from nhipcau.exchange.own import wordings

_START = confined.starting("nhipcau.exchange.own.worker")
MOST_BYTES = 5_000_000


Row = tuple[int, Sequence[str], Sequence[Any]]


@dataclass(frozen=True)
class Table:
    """A table without its people. `rows`: (row number, what names the unit, the numbers in their columns);
    `totals`: the same of rows that add up the others. By the number of a row `periods` and `figures` hold what
    names its period or figure, and `kinds` what it is if no plain row of a unit: "sum", "group", "head" (headings
    printed again), "bare", "person", "nameless". `scale`: the word of the note above; `below`: rows below, unread.
    """

    name: str
    sheet: str
    numbers: Sequence[tuple[int, str]]
    unit_at: Sequence[int]
    dropped: Sequence[int]
    words: Sequence[str]
    rows: Sequence[Row]
    totals: Sequence[Row] = ()
    periods: Mapping[int, str] = field(default_factory=dict)
    figures: Mapping[int, str] = field(default_factory=dict)
    kinds: Mapping[int, str] = field(default_factory=dict)
    scale: str = ""
    below: int = 0

    @property
    def every(self) -> Sequence[Row]:
        """All that are no blank, from top to bottom."""
        return sorted([*self.rows, *self.totals], key=lambda row: row[0])

    @property
    def filled(self) -> Sequence[Row]:
        """The rows with a figure at all."""
        return [row for row in self.rows if any(value is not None for value in row[2])]

    def column(self, place: int) -> list[Any]:
        """The figures of one column of numbers."""
        return [values[place] for _row, _names, values in self.rows]

    def cell(self, row: int, at: int) -> str:
        """ "Sheet1!D17"."""
        return f"{self.sheet}!{xl_rowcol_to_cell(row, at)}"


def read_raw(data: bytes, name: str) -> dict[str, Any]:
    """The table as JSON could carry it. UnreadableFile where there is none."""
    if len(data) > MOST_BYTES:
        raise UnreadableFile(wordings.TOO_LARGE)
    (raw,) = read_apart([data], _START)
    if "refused" in raw:
        raise UnreadableFile(refused(name, raw["refused"]))
    return raw


def table_of(raw: Mapping[str, Any], name: str, *, units: bool = True) -> Table:
    """The same as a table. UnreadableFile where no column names `units`, unless none need be named."""
    at = {kind: [one["at"] for one in raw["columns"] if one["kind"] == kind] for kind in ("unit", "person")}
    if units and not at["unit"]:
        raise UnreadableFile(wordings.no_units(name))
    headed = {kind: [(one["at"], one["heading"]) for one in raw["columns"] if one["kind"] == kind]
              for kind in ("number", "text")}  # fmt: skip
    rows, totals = (
        [(one["at"], one["units"], one["values"]) for one in raw["rows"] if (one["kind"] == "sum") == total]
        for total in (False, True)
    )
    periods, figures, kinds = (
        {one["at"]: one[key] for one in raw["rows"] if one[key]} for key in ("period", "figure", "kind")
    )
    words = [heading for _, heading in headed["text"] if heading]
    numbers, units_at, dropped = headed["number"], at["unit"], at["person"]
    return Table(
        name, raw["sheet"], numbers, units_at, dropped, words, rows, totals, periods, figures, kinds,
        raw["scale"], raw["below"],
    )  # fmt: skip
