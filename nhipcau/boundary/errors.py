"""Refusals. They carry rule and field for the log, never the text that was refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nhipcau.core.errors import Fault, InvalidInput


@dataclass(frozen=True)
class Hit:
    """One refusal as it may be logged: which rule, in which field. The text is left out on purpose."""

    rule: str
    field: str


class BoundaryRefused(InvalidInput):
    """A text serves a purpose this system does not serve; `hits` may be logged (HTTP 422, exit 1)."""

    def __init__(self, message: str, faults: Sequence[Fault] = (), hits: Sequence[Hit] = ()) -> None:
        super().__init__(message, faults)
        self.hits = tuple(hits)


class ReviewNeeded(BoundaryRefused):
    """Doubtful: refused until a post outside the requesting line approves it with a reason."""
