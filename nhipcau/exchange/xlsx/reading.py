"""From filled workbooks to exact figures and texts; every cell that cannot be taken is named by its address."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any

from nhipcau.core import confined
from nhipcau.core.apart import HIDDEN, Raw, read_apart, refused
from nhipcau.core.errors import Fault, InvalidInput
from nhipcau.core.numbers import MISSING, Cell, CellState, format_value
from nhipcau.exchange.xlsx import stamp as stamps
from nhipcau.exchange.xlsx import wordings
from nhipcau.exchange.xlsx.layout import Layout
from nhipcau.exchange.xlsx.places import ENTRY, EXPLANATION, FIGURES, WORDS, WORDS_ENTRY, address
from nhipcau.exchange.xlsx.stamp import Stamp
from nhipcau.reports.design.definition import Indicator
from nhipcau.reports.design.figures import parse_figure

START = confined.starting("nhipcau.exchange.xlsx.worker")
_EXACT = 1e15  # Excel keeps 15 digits: a longer number is no longer what was typed


@dataclass(frozen=True)
class Filled:
    """One file as read. `refused` says why nothing of it is taken; `faults` name cells, and then nothing is either.

    `explanations` by the cell they stand at, `words` by block; `rows` is where each cell and block stood.
    """

    name: str
    stamp: Stamp | None = None
    cells: Mapping[str, Cell] = field(default_factory=dict)
    explanations: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[str, int] = field(default_factory=dict)
    refused: str = ""
    faults: Sequence[Fault] = ()

    def at(self, code: str) -> str:
        """The address of a cell or block; the code itself for what stands nowhere in the form."""
        sheet, column = (WORDS, WORDS_ENTRY) if code in self.words else (FIGURES, ENTRY)
        return address(sheet, self.rows[code], column) if code in self.rows else code


Named = tuple[str, Raw]


def read_raw(files: Sequence[tuple[str, bytes]]) -> list[Named]:
    """What stands in every file by name and contents, as JSON could carry it; in their order."""
    return list(zip((name for name, _ in files), read_apart([data for _, data in files], START), strict=True))


def understood(raws: Sequence[Named], layout_of: Callable[[Stamp], Layout]) -> list[Filled]:
    """Each as figures and texts. `layout_of` finds the version that a stamp names."""
    return [_filled(name, raw, layout_of) for name, raw in raws]


def read_forms(files: Sequence[tuple[str, bytes]], layout_of: Callable[[Stamp], Layout]) -> list[Filled]:
    """Both."""
    return understood(read_raw(files), layout_of)


def _filled(name: str, raw: Raw, layout_of: Callable[[Stamp], Layout]) -> Filled:
    if "refused" in raw:
        return Filled(name, refused=refused(name, raw["refused"]))
    try:
        stamp = stamps.read(raw["stamp"], name)
        layout = layout_of(stamp)
        if not stamps.fits(stamp, len(layout.definition.cells())):
            raise InvalidInput(wordings.other_version(name))
        return _taken(name, stamp, layout, raw)
    except InvalidInput as error:
        return Filled(name, refused=error.message)
    except (KeyError, TypeError, ValueError, IndexError):
        return Filled(name, refused=wordings.unreadable(name))


def _taken(name: str, stamp: Stamp, layout: Layout, raw: Raw) -> Filled:
    faults: list[Fault] = []
    unread: dict[str, str] = raw["unread"]
    cells: dict[str, Cell] = {}
    rows: dict[str, int] = {}
    entered = layout.entered
    for row, key, value in raw["figures"]:
        item = entered.get(key)
        if item is None:
            continue  # a row of the person's own
        if key in rows:
            faults.append(Fault(address(FIGURES, row, ENTRY), wordings.doubled(item.label)))
        rows[key] = row
        if unread and (hidden := unread.get(f"F{row + 1}")):
            faults.append(Fault(address(FIGURES, row, ENTRY), HIDDEN[hidden]))
            continue
        try:
            cells[key] = _figure(item, value)
        except InvalidInput as error:
            faults.append(Fault(address(FIGURES, row, ENTRY), error.message))
    faults += [Fault(FIGURES, wordings.lacking(entered[key].label)) for key in entered if key not in rows]
    words = dict(_texts(raw["words"], WORDS, WORDS_ENTRY, layout.blocks, rows, faults))
    said = dict(_texts(raw["explanations"], FIGURES, EXPLANATION, entered, {}, faults))
    return Filled(name, stamp, cells, said, words, rows, faults=tuple(faults))


@lru_cache(maxsize=50_000)  # the same numbers come again and again
def _whole(value: float) -> Cell:
    return Cell(CellState.VALUE, int(value))


def _figure(item: Indicator, value: Any) -> Cell:
    """A cell from what Excel holds: a number, exact or refused, or a text as a person may type it."""
    if isinstance(value, float):
        plain = not item.decimals and value.is_integer() and 0 <= value < _EXACT
        return _whole(value) if plain else _number(item, value)
    if isinstance(value, str):
        return parse_figure(item, value) if value else MISSING
    if isinstance(value, int):
        return parse_figure(item, str(value))
    raise InvalidInput(wordings.odd(value["kind"], str(value["shown"])[:30]))


def _number(item: Indicator, value: float) -> Cell:
    """A number that is not plainly a whole one, at the 15 digits that Excel keeps."""
    exact = Decimal(format(value, ".15g"))
    shown = format(exact, "f").replace(".", ",")[:30]
    if not exact.is_finite() or abs(value) >= _EXACT:
        raise InvalidInput(wordings.too_large(shown))
    if exact < 0:
        raise InvalidInput(wordings.negative(shown))
    numerator, denominator = (exact * 10**item.decimals).as_integer_ratio()
    if denominator != 1:
        raise InvalidInput(wordings.too_precise(item.decimals, shown))
    return Cell(CellState.VALUE, numerator)


def _texts(
    found: Sequence[Sequence[Any]], sheet: str, column: int, known: Mapping[str, object], rows: dict[str, int],
    faults: list[Fault],
) -> Iterator[tuple[str, str]]:  # fmt: skip
    for row, key, value in found:
        if key not in known:
            continue
        rows[key] = row
        if isinstance(value, str):
            yield key, value
        elif isinstance(value, float | int):
            yield key, str(int(value)) if float(value).is_integer() else str(value)
        else:
            faults.append(Fault(address(sheet, row, column), wordings.odd(value["kind"], str(value["shown"])[:30])))


def shown(item: Indicator, cell: Cell) -> str:
    """A figure as a preview shows it."""
    if cell.state is CellState.MISSING:
        return wordings.EMPTY
    return "x" if cell.state is CellState.NOT_APPLICABLE else format_value(cell.value, item.decimals)
