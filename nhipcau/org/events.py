"""A reorganisation as data: one decision, one day, and a row for every unit that begins, ends, moves or divides."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field


@dataclass(frozen=True)
class Decision:
    """The act behind everything else in the file: its number, its subject, the day it takes effect."""

    line: int
    number: str
    title: str
    day: dt.date


@dataclass(frozen=True)
class Begin:
    """A new unit; `parent` is a code that holds after the event, or empty for a new root."""

    line: int
    code: str
    name: str
    kind: str
    parent: str
    symbol: str
    place: str
    members: int
    axis: str


@dataclass(frozen=True)
class End:
    """A unit ends with its name, its places, its posts and whoever holds them."""

    line: int
    code: str


@dataclass(frozen=True)
class Move:
    """A unit goes under another superior on that axis."""

    line: int
    code: str
    parent: str
    axis: str


@dataclass(frozen=True)
class Rename:
    """A unit takes another name; what is empty stays as it was."""

    line: int
    code: str
    name: str
    new_code: str
    symbol: str
    place: str


@dataclass(frozen=True)
class Succeed:
    """`successor` takes `weight` parts of what the unit had, or of one indicator of it."""

    line: int
    code: str
    successor: str
    weight: int
    indicator: str = ""


@dataclass(frozen=True)
class Keep:
    """A unit that goes on keeps `weight` parts of what it had, or of one indicator of it."""

    line: int
    code: str
    weight: int
    indicator: str = ""


Row = Decision | Begin | End | Move | Rename | Succeed | Keep


@dataclass(frozen=True)
class Event:
    """The whole file, understood; nothing of it is compared with the database yet.

    `merged`: codes of units whose units below follow to the successor. `source`: the rows as they were written,
    without their empty cells.
    """

    decision: Decision
    begins: tuple[Begin, ...] = ()
    ends: tuple[End, ...] = ()
    moves: tuple[Move, ...] = ()
    renames: tuple[Rename, ...] = ()
    successions: tuple[Succeed, ...] = ()
    keeps: tuple[Keep, ...] = ()
    merged: frozenset[str] = frozenset()
    source: tuple[Mapping[str, str], ...] = field(default=(), compare=False)

    @property
    def day(self) -> dt.date:
        return self.decision.day

    @property
    def digest(self) -> str:
        """SHA-256 of what the file says, in whatever order its rows stand."""
        changes: tuple[Row, ...] = (*self.begins, *self.ends, *self.moves, *self.renames, *self.successions)
        rows: tuple[Row, ...] = (self.decision, *changes, *self.keeps)
        said = [[type(row).__name__, _said(row)] for row in rows] + [["Merged", code] for code in self.merged]
        lines = sorted(json.dumps(one, default=str, sort_keys=True) for one in said)
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _said(row: Row) -> dict[str, object]:
    """Without the place in the file, and without what files said nothing about before it could be said."""
    values = asdict(row) | {"line": 0}
    if values.get("indicator") == "":
        del values["indicator"]
    return values
