"""A reorganisation in a CSV file: one decision, one day, and a row for every unit that begins, ends or moves.

`action` says what a row is: `event` (once: code = number of the decision, name = its subject, day), `begin`,
`end`, `move`, `rename`, `succeed` (code = who ended, successor = who goes on, share = a whole number of parts).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass

from nhipcau.core.errors import Fault, InvalidInput
from nhipcau.org.importing import collect, read_axis, read_date, read_members, read_table, refuse, trimmed

REQUIRED = ("action", "code")
OPTIONAL = (
    "name", "kind", "parent", "day", "new_code", "symbol", "place", "members", "axis", "successor", "share",
)  # fmt: skip
MOST_PARTS = 1_000_000


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
    """`successor` takes `weight` parts of what the ended unit leaves."""

    line: int
    code: str
    successor: str
    weight: int


Row = Decision | Begin | End | Move | Rename | Succeed


@dataclass(frozen=True)
class Event:
    """The whole file, understood; nothing of it is compared with the database yet."""

    decision: Decision
    begins: tuple[Begin, ...] = ()
    ends: tuple[End, ...] = ()
    moves: tuple[Move, ...] = ()
    renames: tuple[Rename, ...] = ()
    successions: tuple[Succeed, ...] = ()

    @property
    def day(self) -> dt.date:
        return self.decision.day

    @property
    def digest(self) -> str:
        """SHA-256 of what the file says, in whatever order its rows stand."""
        changes: tuple[Row, ...] = (*self.begins, *self.ends, *self.moves, *self.renames, *self.successions)
        rows: tuple[Row, ...] = (self.decision, *changes)
        said = sorted(
            json.dumps([type(row).__name__, asdict(row) | {"line": 0}], default=str, sort_keys=True) for row in rows
        )
        return hashlib.sha256("\n".join(said).encode()).hexdigest()


def read_event(data: bytes) -> Event:
    """The event in a CSV file in UTF-8 (comma or semicolon). InvalidInput lists every fault by row."""
    rows, faults = collect(read_table(data, REQUIRED, OPTIONAL), _row)
    decisions = [row for row in rows if isinstance(row, Decision)]
    if len(decisions) != 1 and not faults:
        faults.append(Fault("action", "cần đúng một dòng «event»: số quyết định, trích yếu và ngày có hiệu lực"))
    refuse(faults + list(_clashes(rows)))
    return Event(
        decision=decisions[0],
        begins=tuple(row for row in rows if isinstance(row, Begin)),
        ends=tuple(row for row in rows if isinstance(row, End)),
        moves=tuple(row for row in rows if isinstance(row, Move)),
        renames=tuple(row for row in rows if isinstance(row, Rename)),
        successions=tuple(row for row in rows if isinstance(row, Succeed)),
    )


def _row(line: int, cells: dict[str, str]) -> Row:
    where = f"dòng {line}"
    text, faults = trimmed(where, cells, (*REQUIRED, *OPTIONAL))
    action = text["action"]
    if action not in _READERS:
        faults.append(Fault(where, f"việc «{action}» không có; dùng {', '.join(_READERS)}"))
        raise InvalidInput("Dòng có lỗi.", faults)
    needed, read = _READERS[action]
    faults.extend(Fault(where, f"cột {name} trống") for name in needed if not text[name])
    row = read(line, text, faults)
    if faults:
        raise InvalidInput("Dòng có lỗi.", faults)
    return row


def _decision(line: int, text: dict[str, str], faults: list[Fault]) -> Row:
    return Decision(line, text["code"], text["name"], read_date(text["day"], f"dòng {line}", faults))


def _begin(line: int, text: dict[str, str], faults: list[Fault]) -> Row:
    where = f"dòng {line}"
    members, axis = read_members(text["members"], where, faults), read_axis(text["axis"], where, faults)
    return Begin(
        line, text["code"], text["name"], text["kind"], text["parent"], text["symbol"], text["place"], members, axis
    )


def _end(line: int, text: dict[str, str], faults: list[Fault]) -> Row:
    return End(line, text["code"])


def _move(line: int, text: dict[str, str], faults: list[Fault]) -> Row:
    return Move(line, text["code"], text["parent"], read_axis(text["axis"], f"dòng {line}", faults))


def _rename(line: int, text: dict[str, str], faults: list[Fault]) -> Row:
    return Rename(line, text["code"], text["name"], text["new_code"], text["symbol"], text["place"])


def _succeed(line: int, text: dict[str, str], faults: list[Fault]) -> Row:
    share = text["share"] or "1"
    whole = share.isdecimal() and 0 < int(share) <= MOST_PARTS
    if not whole:
        faults.append(Fault(f"dòng {line}", f"phần «{share}» phải là số nguyên từ 1 (ví dụ 2 cho hai phần)"))
    return Succeed(line, text["code"], text["successor"], int(share) if whole else 1)


_READERS: dict[str, tuple[Sequence[str], Callable[[int, dict[str, str], list[Fault]], Row]]] = {
    "event": (("code", "name", "day"), _decision),
    "begin": (("code", "name", "kind"), _begin),
    "end": (("code",), _end),
    "move": (("code", "parent"), _move),
    "rename": (("code", "name"), _rename),
    "succeed": (("code", "successor"), _succeed),
}


def _clashes(rows: Iterable[Row]) -> Iterable[Fault]:
    """Rows that say the same thing twice, and units that end and go on in one file."""
    first: dict[tuple[object, ...], int] = {}
    rows = list(rows)
    ending = {row.code: row.line for row in rows if isinstance(row, End)}
    for row in rows:
        key = _key(row)
        if key in first:
            yield Fault(f"dòng {row.line}", f"trùng với dòng {first[key]}")
        first.setdefault(key, row.line)
        if isinstance(row, Move | Rename) and row.code in ending:
            yield Fault(f"dòng {row.line}", f"«{row.code}» đã chấm dứt ở dòng {ending[row.code]}")


def _key(row: Row) -> tuple[object, ...]:
    if isinstance(row, Decision):
        return (Decision,)
    if isinstance(row, Begin):
        return (Begin, row.code)
    if isinstance(row, Move):
        return (Move, row.code, row.axis)
    if isinstance(row, Succeed):
        return (Succeed, row.code, row.successor)
    return (type(row), row.code)
