"""Letters of the province's own, numbered in one line."""

from __future__ import annotations

from nhipcau.documents.actions import open_register, register_outgoing
from nhipcau.documents.models import Direction, Document, Register, RegisterEntry
from nhipcau.documents.registers.books import SERIES, Slot
from tests.cast import NOW, TODAY, Cast


def sent(cast: Cast, doc_type: str = "kế hoạch", slot: Slot | None = None, **changes: object) -> Document:
    """A letter of the province, dated today."""
    values: dict[str, object] = {
        "unit": cast.province,
        "doc_type": doc_type,
        "subject": "Tổ chức Tháng Công nhân năm 2026",
        "dated": TODAY,
        "actor": cast.clerk,
        "at": NOW,
        "slot": slot or Slot(),
    }
    return register_outgoing(**(values | changes))  # type: ignore[arg-type]


def opened(
    cast: Cast,
    series: str = SERIES,
    name: str = "",
    first_number: int = 1,
    direction: Direction = Direction.OUTGOING,
    year: int = 2026,
) -> Register:
    """A register of the province."""
    return open_register(
        unit=cast.province,
        direction=direction,
        year=year,
        first_number=first_number,
        series=series,
        name=name,
        actor=cast.clerk,
        at=NOW,
    )


def labels(register: Register) -> list[str]:
    """The register's numbers in order."""
    return [entry.label for entry in RegisterEntry.objects.filter(register=register).order_by("number", "suffix")]
