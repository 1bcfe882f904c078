"""CSV that leaves and CSV that comes in. A spreadsheet runs a text that begins like a formula, whoever wrote it: on
its way out such a text gets an apostrophe in front, and on its way in that apostrophe is taken off again.

No other module writes CSV (tests/test_architecture.py).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class Out(Protocol):
    """Whatever takes text."""

    def write(self, text: str, /) -> object: ...


def guarded(cell: str) -> str:
    """As a spreadsheet may open it; a negative figure is still a figure."""
    return f"'{cell}" if _runs(cell) else cell


def plain(cell: str) -> str:
    """What was guarded, as it was."""
    return cell[1:] if cell.startswith("'") and _runs(cell[1:]) else cell


def write_rows(out: Out, rows: Iterable[Iterable[object]]) -> int:
    """The rows with their texts guarded; returns how many."""
    writer, count = csv.writer(out), 0
    for row in rows:
        writer.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in row])
        count += 1
    return count


def as_text(rows: Iterable[Iterable[object]]) -> str:
    """A whole file."""
    text = io.StringIO()
    write_rows(text, rows)
    return text.getvalue()


def table(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    """A whole file with a heading; a cell that a row does not name is empty. ValueError for a column unheard of."""

    def cells() -> Iterator[list[object]]:
        yield list(columns)
        for row in rows:
            if strange := set(row) - set(columns):
                raise ValueError(f"no such column: {', '.join(sorted(strange))}")
            yield [row.get(name, "") for name in columns]

    return as_text(cells())


class Reader(csv.DictReader):  # type: ignore[type-arg]  # takes no subscript before Python 3.12
    """Rows by column, each cell as it was before it was guarded."""

    def __next__(self) -> dict[str, Any]:
        row = super().__next__()
        return {name: plain(cell) if isinstance(cell, str) else cell for name, cell in row.items()}


def _runs(cell: str) -> bool:
    """Whether it begins like a formula, however many apostrophes already stand in front."""
    text = cell.lstrip("'")
    return text.startswith(_STARTS) and not text[1:].replace(",", "").isdigit()
