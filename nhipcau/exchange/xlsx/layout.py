"""Where things stand in the Excel form of a template version: the writer and the reader both go by this.

Every row that is typed in carries its key in the hidden first column, so that a row is known by its key and not by
its number. Pure: no Django, no file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from nhipcau.core.errors import InvalidInput
from nhipcau.exchange.xlsx import wordings
from nhipcau.reports.design.checks import anchor
from nhipcau.reports.design.definition import Definition, Indicator, NarrativeBlock, Rule, Section

HEADING_ROW = 5  # the heading of the table, counted from 0
FIRST_ROW = HEADING_ROW + 1
WORDS_FIRST = 3


@dataclass(frozen=True)
class Line:
    """A row of the sheet of figures: a section's heading, or an indicator with the number it is printed under."""

    row: int
    section: Section
    indicator: Indicator | None = None
    number: str = ""


@dataclass(frozen=True)
class Layout:
    """The rows of a template version, or of one section of it (counted from 1; 0: all); see `Layout.of`."""

    definition: Definition
    section: int
    lines: tuple[Line, ...]
    rules_at: dict[str, tuple[Rule, ...]] = field(default_factory=dict)  # by the cell at which they speak

    @classmethod
    def of(cls, definition: Definition, section: int = 0) -> Layout:
        """The layout of a definition, always the same. InvalidInput for a section it lacks."""
        if not 0 <= section <= len(definition.sections):
            raise InvalidInput(wordings.no_section(section, len(definition.sections)))
        chosen = definition.sections[section - 1 : section] if section else definition.sections
        by_cell: dict[str, tuple[Rule, ...]] = {}
        for rule in definition.rules:
            place = anchor(rule, definition)
            by_cell[place] = (*by_cell.get(place, ()), rule)
        return cls(definition, section, tuple(_lines(chosen)), by_cell)

    @cached_property
    def rows(self) -> dict[str, int]:
        """The row of every indicator."""
        return {line.indicator.code: line.row for line in self.lines if line.indicator}

    @cached_property
    def planned(self) -> bool:
        """Whether plans are given for this template: they take the column of the unit of measure, which then stands
        behind the label. So every column that is read back stays where it was."""
        return bool(self.definition.plannable())

    @cached_property
    def entered(self) -> dict[str, Indicator]:
        """The indicators that are typed in, in the order of the payload."""
        return {item.code: item for item in self.definition.entered() if item.code in self.rows}

    @cached_property
    def asked(self) -> tuple[str, ...]:
        """The cells at which an explanation can be given."""
        return tuple(code for code in self.rows if self.asks(code))

    @cached_property
    def blocks(self) -> dict[str, tuple[int, NarrativeBlock]]:
        """The row of every narrative block on the sheet of words; one section alone has no such sheet."""
        if self.section:
            return {}
        return {block.code: (row, block) for row, block in enumerate(self.definition.narrative, start=WORDS_FIRST)}

    def asks(self, code: str) -> tuple[Rule, ...]:
        """The rules at that cell whose finding must be explained."""
        return tuple(rule for rule in self.rules_at.get(code, ()) if rule.severity == "warning")


def _lines(sections: Sequence[Section]) -> Iterator[Line]:
    row = FIRST_ROW
    for section in sections:
        yield Line(row, section)
        row += 1
        for number, item in section.numbered():
            yield Line(row, section, item, number)
            row += 1
