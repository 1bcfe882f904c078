"""How long things are kept: each app says what it erases and when, and proves that nothing overdue is left."""

from __future__ import annotations

import datetime as dt
from typing import Protocol


class Retained(Protocol):
    """One kind of record that is kept for `kept` and then erased."""

    @property
    def name(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def kept(self) -> dt.timedelta: ...

    def sweep(self, *, at: dt.datetime) -> int:
        """Erase what was kept long enough, each with its log record; returns how many. Safe to repeat."""
        ...

    def left(self, *, at: dt.datetime) -> int:
        """How many overdue ones are still there: 0 after a sweep."""
        ...


_registered: dict[str, Retained] = {}


def register(*kinds: Retained) -> None:
    """Apps do so when they are ready."""
    for one in kinds:
        if _registered.setdefault(one.name, one) is not one:
            raise ValueError(f"Loại lưu giữ «{one.name}» đã được đăng ký.")


def registered() -> tuple[Retained, ...]:
    """All kinds in the order of their registration."""
    return tuple(_registered.values())
