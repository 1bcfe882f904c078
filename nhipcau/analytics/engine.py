"""What every engine of the analyses is: one Ibis table over the files of a template version, and answers to it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any

from nhipcau.analytics.facts import Part
from nhipcau.analytics.folding import Raw
from nhipcau.analytics.slices import Ask

KEPT = 64  # statements, and views on DuckDB


class Engine(ABC):
    """An open connection. Ibis writes the statement and the engine's own driver reads the answer: through data
    frames a whole number with gaps would become a floating one. Statements are kept: to write one takes Ibis longer
    than DuckDB takes to answer it.
    """

    def __init__(self, backend: Any) -> None:
        self.backend = backend
        self._statements: dict[tuple[str, Ask], str] = {}

    @abstractmethod
    def table(self, parts: Sequence[Part]) -> Any:
        """One Ibis table over files of one template version."""

    @abstractmethod
    def fetch(self, statement: str) -> list[Raw]:
        """The rows of a statement, whole numbers as Python has them."""

    def rows(self, parts: Sequence[Part], ask: Ask) -> list[Raw]:
        """The rows of what is asked of those files."""
        table = self.table(parts)
        key = (repr([str(part.path) for part in parts]), ask)
        if key not in self._statements:
            if len(self._statements) == KEPT:
                self._statements.pop(next(iter(self._statements)))
            self._statements[key] = str(self.backend.compile(ask.expression(table)))
        return self.fetch(self._statements[key])

    @property
    def usable(self) -> bool:
        """Whether it still answers; a lost connection does not."""
        return True

    def close(self) -> None:
        """Let go of the connection."""
        self.backend.disconnect()


def named(cursor: Any) -> list[Raw]:
    """The rows of a cursor by the names of its columns."""
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
