"""How long things are kept: each app says what it erases and when, and proves that nothing overdue is left."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
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


class Rows(Protocol):
    """Rows of one table, as a query finds them."""

    def delete(self) -> tuple[int, dict[str, int]]: ...
    def count(self) -> int: ...


class Unlogged:
    """What is nobody's deed and so is erased without a log record, as rows."""

    def overdue(self, at: dt.datetime) -> Sequence[Rows]:
        """What was kept long enough, in the order in which it goes."""
        raise NotImplementedError

    def sweep(self, *, at: dt.datetime) -> int:
        """Erase it."""
        return sum(rows.delete()[0] for rows in self.overdue(at))

    def left(self, *, at: dt.datetime) -> int:
        """What should be gone."""
        return sum(rows.count() for rows in self.overdue(at))


_registered: dict[str, Retained] = {}


def register(*kinds: Retained) -> None:
    """Apps do so when they are ready."""
    for one in kinds:
        if _registered.setdefault(one.name, one) is not one:
            raise ValueError(f"Loại lưu giữ «{one.name}» đã được đăng ký.")


def registered() -> tuple[Retained, ...]:
    """All kinds in the order of their registration."""
    return tuple(_registered.values())
