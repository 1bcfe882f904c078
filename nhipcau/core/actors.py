"""Who acts: anything with an id that the log may keep. Posts act for people; the system acts for itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class Actor(Protocol):
    """The log stores `audit_id` alone: a kind and a plain id, never a person's name."""

    @property
    def audit_id(self) -> str: ...


@dataclass(frozen=True)
class System:
    """A job, a command of the operator, the set-up of the demonstration."""

    name: str

    @property
    def audit_id(self) -> str:
        return f"system:{self.name}"
