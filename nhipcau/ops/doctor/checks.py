"""The form of a check, and how all of them are run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.db import Error as DatabaseError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


@dataclass(frozen=True)
class Found:
    """What one look found. Not `ok` is a fault if it is `needed`, else a remark. `about` names one of several,
    `mend` takes the place of the check's own way where this case has a better one."""

    ok: bool
    says: str
    needed: bool = True
    about: str = ""
    mend: str = ""


Look = Callable[[dt.datetime], Iterator[Found]]


@dataclass(frozen=True)
class Check:
    """`key` never changes: programs go by it. `means` says what follows from a red line, `mend` the exact command
    or setting. `stored`: it asks our tables; passed over while they are away or behind."""

    key: str
    name: str
    look: Look
    means: str
    mend: str
    stored: bool = False


@dataclass(frozen=True)
class Line:
    """A finding with the check it comes from."""

    check: Check
    found: Found

    @property
    def name(self) -> str:
        return f"{self.check.name} {self.found.about}".rstrip()

    @property
    def mend(self) -> str:
        """How to put it right; nothing where all is well."""
        return "" if self.found.ok else self.found.mend or self.check.mend

    @property
    def bad(self) -> bool:
        return self.found.needed and not self.found.ok

    def text(self) -> str:
        """For a person: the finding, and under a fault or a remark what it means and how to mend it."""
        mark = "✓" if self.found.ok else "✗" if self.found.needed else "–"
        told = [f"{mark} {self.name}: {self.found.says}"]
        if self.bad:
            told.append(f"    nghĩa là: {self.check.means}")
        if self.mend:
            told.append(f"    cách sửa: {self.mend}")
        return "\n".join(told)

    def plain(self) -> dict[str, str | bool]:
        """For programs: the keys and `check` stay as they are from one version to the next."""
        return {
            "check": self.check.key,
            "about": self.found.about,
            "name": self.name,
            "ok": self.found.ok,
            "needed": self.found.needed,
            "says": self.found.says,
            "means": "" if self.found.ok else self.check.means,
            "mend": self.mend,
        }


def examine(checks: Sequence[Check], at: dt.datetime) -> Iterator[Line]:
    """Run them in their order. A check that breaks is a finding, never the end of the others."""
    there = _tables_there()
    for check in checks:
        if check.stored and not there:
            continue
        try:
            yield from (Line(check, found) for found in check.look(at))
        except Exception as error:  # whatever is broken is what the doctor is asked about
            yield Line(check, Found(ok=False, says=f"không kiểm tra được: {type(error).__name__}: {error}"[:300]))


def pending() -> int:
    """How many steps the tables are behind this version of the software. Raises DatabaseError."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _tables_there() -> bool:
    try:
        return not pending()
    except DatabaseError:
        return False
