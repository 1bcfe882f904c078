"""What a refusal says, by the field it says it of."""

from __future__ import annotations

from nhipcau.core.errors import InvalidInput


def by_field(refusal: InvalidInput) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for fault in refusal.faults:
        found.setdefault(fault.where, []).append(fault.message)
    return found
