"""Change the data behind the product's back, and see what `verify` says."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from nhipcau.core.verifying import Difference, Note
from nhipcau.ops.verify import verify


@dataclass
class Silent:
    """Keeps what it is told."""

    told: list[Note] = field(default_factory=list)
    sizes: dict[str, int] = field(default_factory=dict)
    advanced: int = 0

    def begins(self, label: str, size: int) -> None:
        self.sizes[label] = size

    def advances(self, count: int) -> None:
        self.advanced += count

    def notes(self, note: Note) -> None:
        self.told.append(note)

    def ends(self) -> None:
        """Nothing to close."""


def differences() -> list[Difference]:
    """Everything that differs."""
    return list(verify(Silent()))


def sentences() -> list[str]:
    """What a person would read."""
    return [one.message for one in differences()]


def notes() -> list[str]:
    """What is told besides."""
    watch = Silent()
    list(verify(watch))
    return [note.message for note in watch.told]


def sql(statement: str, *values: Any) -> None:
    """One statement past every rule of the program."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def without_rules(table: str) -> None:
    """The table without its constraints and triggers, as in a file that was edited by hand."""
    if connection.vendor == "postgresql":
        sql("SET CONSTRAINTS ALL IMMEDIATE")
    sql(f"CREATE TABLE {table}_bare AS SELECT * FROM {table}")
    sql(f"DROP TABLE {table}" + (" CASCADE" if connection.vendor == "postgresql" else ""))
    sql(f"ALTER TABLE {table}_bare RENAME TO {table}")
