"""A question asked of the facts, as it is saved, put into an address, and answered. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from itertools import product
from typing import Any, Literal, get_args

from nhipcau.core.errors import Fault, InvalidInput
from nhipcau.core.periods import Period, parse_period
from nhipcau.core.said import Said
from nhipcau.reports.design.definition import Breakdown, Definition, Indicator

Columns = Literal["periods", "items"]
Tree = Literal["then", "now"]
DEEPEST = 4  # levels below the unit
MOST_PERIODS = 120  # ten years of months


@dataclass(frozen=True)
class Question:
    """What is asked: figures of a unit and of the units `below` levels under it, for some periods of one template.

    `kinds` keeps the reports of those kinds of unit, empty all. `by` splits broken-down figures by the breakdowns
    named; `tree` is that of each period or today's. `columns`: what stands side by side in the table.
    """

    template: str
    periods: tuple[str, ...]
    unit: str
    indicators: tuple[str, ...]
    below: int = 0
    kinds: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    tree: Tree = "then"
    columns: Columns = "periods"

    def __post_init__(self) -> None:
        faults = list(self._faults())
        if faults:
            raise InvalidInput("Câu hỏi phân tích chưa đủ hoặc chưa đúng.", faults)

    def _faults(self) -> Iterable[Fault]:
        if not self.periods:
            yield Fault("periods", "hãy chọn ít nhất một kỳ")
        if len(self.periods) > MOST_PERIODS:
            yield Fault(
                "periods", Said(f"hãy chọn nhiều nhất {MOST_PERIODS} kỳ", f"choose at most {MOST_PERIODS} periods")
            )
        if not self.indicators:
            yield Fault("indicators", "hãy chọn ít nhất một chỉ tiêu")
        if not 0 <= self.below <= DEEPEST:
            yield Fault("below", Said(f"số cấp phải từ 0 đến {DEEPEST}", f"levels must be 0 to {DEEPEST}"))
        if self.tree not in get_args(Tree):
            yield Fault("tree", "cây tổ chức không có cách xem này")
        if self.columns not in get_args(Columns):
            yield Fault("columns", "bảng không có cách xếp cột này")
        if self.columns == "items" and not self.by:
            yield Fault("columns", "chưa chọn cách chia nhỏ để xếp thành cột")

    def in_order(self) -> list[Period]:
        """The periods, in the order of time, each once. Raises InvalidInput for one that cannot be."""
        return sorted({parse_period(key) for key in self.periods}, key=lambda one: (one.year, one.number))

    def as_json(self) -> dict[str, Any]:
        """What is saved; `read` gives the question back."""
        return {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(self).items()}


def read(stored: Mapping[str, Any]) -> Question:
    """A saved question. Raises InvalidInput."""
    known = {field.name for field in fields(Question)}
    parts: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in stored.items() if k in known}
    return Question(**parts)


@dataclass(frozen=True)
class Line:
    """A figure asked for: an indicator whole (`items` empty), or the part of it with those items ("sex=female")."""

    indicator: Indicator
    items: tuple[str, ...] = ()

    @property
    def addable(self) -> bool:
        """Whether periods can be added at all: what is distinct in each asks for a figure of its own."""
        return self.indicator.over_time != "distinct"


def lines_of(question: Question, definition: Definition) -> list[Line]:
    """The figures asked for: each indicator whole, then its parts by the breakdowns it has of those asked."""
    lines: list[Line] = []
    for code in question.indicators:
        item = definition.indicator(code)
        if item is None:
            raise InvalidInput(
                Said(
                    f"Biểu mẫu «{definition.code}» không có chỉ tiêu «{code}».",
                    f"The form «{definition.code}» has no figure «{code}».",
                )
            )
        lines.append(Line(item))
        chosen = [
            split for split in definition.breakdowns if split.code in question.by and split.code in item.breakdowns
        ]
        if chosen:
            lines.extend(Line(item, items) for items in _combinations(chosen))
    return lines


def _combinations(chosen: list[Breakdown]) -> Iterable[tuple[str, ...]]:
    return product(*([f"{split.code}={one.code}" for one in split.items] for split in chosen))


def cells_of_line(line: Line, definition: Definition) -> tuple[str, ...]:
    """The cells that the line is the sum of."""
    parts = definition.parts_of(line.indicator.code)
    if not line.items:
        return parts
    return tuple(
        code
        for code in parts
        if (cell := definition.indicator(code)) is not None and set(line.items) <= set(cell.items)
    )
