"""The entry grid as data: what a view hands to `web/parts/grid.html`.

Values are texts exactly as typed or as formatted for display: parsing them is the domain's business, once, when
they arrive. The grid works as a plain form; `grid.js` adds moving, pasting, running echoes and autosave.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class RowKind(StrEnum):
    """What a row holds: a heading, a figure to type, or a figure computed from others."""

    HEADING = "heading"
    ENTRY = "entry"
    COMPUTED = "computed"


class Severity(StrEnum):
    """How a rule speaks: must be corrected, must be explained, worth a look."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True)
class RowMessage:
    """What a rule says about a row, in plain Vietnamese with the values in it."""

    severity: Severity
    text: str


@dataclass(frozen=True)
class GridRow:
    """One row. `key` is the cell key and the input's name; `sum_of` are keys that the browser adds as one types.

    `of` is the figure that a row is a cell of: said to a screen reader, shown by the row's place under it.
    `reached`: how much of the target the value is, in per cent.
    """

    label: str
    key: str = ""
    kind: RowKind = RowKind.ENTRY
    number: str = ""
    unit: str = ""
    previous: str = ""
    target: str = ""
    reached: Decimal | None = None
    value: str = ""
    source: str = ""
    source_url: str = ""
    money: bool = False
    words: str = ""
    decimals: int = 0
    readonly: bool = False
    sum_of: Sequence[str] = ()
    of: str = ""
    explanation: str = ""
    messages: Sequence[RowMessage] = ()

    @property
    def needs_explanation(self) -> bool:
        """A warning needs a sentence before the report can go on."""
        return bool(self.explanation) or any(m.severity is Severity.WARNING for m in self.messages)

    @property
    def has_error(self) -> bool:
        """True if something must be corrected."""
        return any(m.severity is Severity.ERROR for m in self.messages)


@dataclass(frozen=True)
class Grid:
    """All rows, where they are saved, and the revision they were read at (against overwriting each other).

    The autosave posts the whole form to `save_url` and expects `web/parts/grid_state.html` with the new `edits`;
    a 409 is shown in place and stops further saving.
    """

    rows: Sequence[GridRow]
    save_url: str
    edits: int
    caption: str
    previous_label: str = ""
    target_label: str = ""
    readonly: bool = False
    state: str = field(default="")
