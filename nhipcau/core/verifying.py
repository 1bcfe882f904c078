"""What `nhipcau verify` runs: each app says what it can recompute, and names what differs from the record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

Step = Callable[[int], None]


@dataclass(frozen=True)
class Difference:
    """A fault. `where` is a kind and a plain id ("audit_entry:12"); `expected` and `found` are short texts, never
    contents; `message` says in Vietnamese what is wrong and where a person finds it."""

    check: str
    where: str
    expected: str
    found: str
    message: str


@dataclass(frozen=True)
class Note:
    """Worth knowing, and no fault: told to a person, left out of the list of differences."""

    check: str
    message: str


Finding = Difference | Note


class Verifiable(Protocol):
    """One check. `size` is about how many things it goes through, `step(n)` says that n more are done.

    `findings` reads in pieces, all from the snapshot of its first query: whatever the size of the instance, the
    memory stays bounded. Damage of any kind in what it reads is a Difference, not an exception.
    """

    @property
    def name(self) -> str: ...
    @property
    def label(self) -> str: ...
    def size(self) -> int: ...
    def findings(self, step: Step) -> Iterator[Finding]: ...


_registered: dict[str, Verifiable] = {}


def register(*verifiables: Verifiable) -> None:
    """Add checks, in the order they are to run; an app does so when it is ready."""
    for one in verifiables:
        if _registered.setdefault(one.name, one) is not one:
            raise ValueError(f"Phép kiểm tra «{one.name}» đã được đăng ký.")


def registered() -> tuple[Verifiable, ...]:
    """All checks in the order of their registration."""
    return tuple(_registered.values())
