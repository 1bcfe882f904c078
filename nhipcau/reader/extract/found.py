"""What extraction hands back, and its form on the wire between two processes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from nhipcau.reader.model import Signature, TextSource

Tell = Callable[[int, int], object]  # (pages done, pages to do), for whoever shows progress


@dataclass(frozen=True)
class Extracted:
    """Text, where it came from, and what a person should know about it."""

    text: str
    source: TextSource
    warnings: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = ()


def to_wire(found: Extracted) -> dict[str, Any]:
    """Plain values only: the other side trusts nothing that could run."""
    return asdict(found)


def from_wire(values: dict[str, Any]) -> Extracted:
    """The inverse of `to_wire`. Raises KeyError or TypeError on anything else."""
    signatures = tuple(Signature(**signature) for signature in values["signatures"])
    return Extracted(str(values["text"]), values["source"], tuple(map(str, values["warnings"])), signatures)
