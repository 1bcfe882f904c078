"""A reorganisation in a file: CSV or XLSX, one row a line, by the legal names of what happens or by plain steps.

Legal names (`sap-nhap`, also written «sáp nhập»): thành lập, sáp nhập (into a unit that stands), hợp nhất (into a
new one), chia (into new ones), tách (a part goes to another, the unit goes on), chuyển giao, đổi tên, giải thể,
chấm dứt hoạt động. Steps: `begin`, `end`, `move`, `rename`, `succeed` (code = who ended, successor = who goes on,
share = a whole number of parts). `event` stands once: code = number of the decision, name = its subject, day.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from nhipcau.core.errors import Fault, InvalidInput
from nhipcau.core.said import Said
from nhipcau.core.text import fold
from nhipcau.org.events import Begin, Decision, End, Event, Keep, Move, Rename, Row, Succeed
from nhipcau.org.importing import collect, read_axis, read_date, read_members, read_table, refuse, trimmed
from nhipcau.org.sheets import as_csv

REQUIRED = ("action", "code")
OPTIONAL = (
    "name", "kind", "parent", "day", "new_code", "symbol", "place", "members", "axis", "successor", "share",
    "indicator",
)  # fmt: skip
MOST_PARTS = 1_000_000
_FRACTION = re.compile(r"(\d{1,7})/(\d{1,7})")
_PERCENT = re.compile(r"(\d{1,3}(?:[.,]\d{1,4})?)\s*%")

Cells = Mapping[str, str]


@dataclass(frozen=True)
class Split:
    """A part of what a unit had goes to another; what it keeps follows from all its parts."""

    line: int
    code: str
    successor: str
    share: Fraction
    indicator: str


@dataclass(frozen=True)
class Verb:
    """What a row may say: how it is called, which columns it needs, what it means. `new`: whether its successor
    must begin in the same file (None: either); `follows`: the units below go along to the successor."""

    label: str
    needs: tuple[str, ...]
    read: Callable[[int, Cells, list[Fault]], list[Row | Split]]
    new: bool | None = None
    follows: bool = False


@dataclass(frozen=True)
class _Line:
    number: int
    verb: str
    rows: tuple[Row | Split, ...]
    cells: Cells


def read_event(data: bytes) -> Event:
    """The event in a CSV file (comma or semicolon) or an XLSX file. InvalidInput lists every fault by row."""
    lines, faults = collect(read_table(as_csv(data), REQUIRED, OPTIONAL), _line)
    rows = [row for line in lines for row in line.rows]
    if sum(isinstance(row, Decision) for row in rows) != 1 and not faults:
        faults.append(Fault("action", "cần đúng một dòng «event»: số quyết định, trích yếu và ngày có hiệu lực"))
    refuse([*faults, *_clashes(lines), *_by_name(lines), *_too_much(rows)])
    return _event(lines, rows)


def verb_of(action: str) -> str:
    """ "Sáp nhập" → "sap-nhap"; a step stays as it is."""
    bare = fold(action).strip().replace(" ", "-").replace("_", "-")
    return _ALIASES.get(bare, bare)


def said_by(cells: Cells) -> str:
    """A row as a sentence would begin: "sáp nhập", "lập", …"""
    return VERBS[cells["action"]].label if cells.get("action") in VERBS else cells.get("action", "")


def _event(lines: Sequence[_Line], rows: Sequence[Row | Split]) -> Event:
    splits = [row for row in rows if isinstance(row, Split)]
    given, kept = _weighed(splits)
    return Event(
        decision=next(row for row in rows if isinstance(row, Decision)),
        begins=tuple(row for row in rows if isinstance(row, Begin)),
        ends=tuple({row.code: row for row in reversed(rows) if isinstance(row, End)}.values())[::-1],
        moves=tuple(row for row in rows if isinstance(row, Move)),
        renames=tuple(row for row in rows if isinstance(row, Rename)),
        successions=(*(row for row in rows if isinstance(row, Succeed)), *given),
        keeps=tuple(kept),
        merged=frozenset(line.cells["code"] for line in lines if VERBS[line.verb].follows),
        source=tuple(line.cells for line in lines),
    )


def _weighed(splits: Sequence[Split]) -> tuple[list[Succeed], list[Keep]]:
    """Shares of each unit and indicator as whole parts of one denominator, and what the unit keeps of them."""
    groups: dict[tuple[str, str], list[Split]] = defaultdict(list)
    for row in splits:
        groups[row.code, row.indicator].append(row)
    given: list[Succeed] = []
    kept: list[Keep] = []
    for (code, indicator), own in groups.items():
        whole = lcm(*(row.share.denominator for row in own))
        weights = [int(row.share * whole) for row in own]
        given += [Succeed(r.line, code, r.successor, w, indicator) for r, w in zip(own, weights, strict=True)]
        kept.append(Keep(own[0].line, code, whole - sum(weights), indicator))
    general = {row.code for row in kept if not row.indicator}
    bare = {row.code: row for row in splits if row.code not in general}
    for code, row in bare.items():  # nothing is said of the other indicators: they stay with the unit
        given.append(Succeed(row.line, code, row.successor, 0))
        kept.append(Keep(row.line, code, 1))
    return given, kept


def _line(line: int, cells: dict[str, str]) -> _Line:
    where = f"dòng {line}"
    text, faults = trimmed(where, cells, (*REQUIRED, *OPTIONAL))
    verb = verb_of(text["action"])
    if verb not in VERBS:
        faults.append(
            Fault(
                where,
                Said(
                    f"việc «{text['action']}» không có; dùng {', '.join(VERBS)}",
                    f"there is no act «{text['action']}»; use {', '.join(VERBS)}",
                ),
            )
        )
        raise InvalidInput("Dòng có lỗi.", faults)
    faults.extend(
        Fault(where, Said(f"cột {name} trống", f"the column {name} is empty"))
        for name in VERBS[verb].needs
        if not text[name]
    )
    rows = VERBS[verb].read(line, text, faults)
    if faults:
        raise InvalidInput("Dòng có lỗi.", faults)
    said = {name: value for name, value in text.items() if value} | {"action": verb}
    return _Line(line, verb, tuple(rows), said)


# What each row means ---------------------------------------------------------------------------------------


def _decision(line: int, text: Cells, faults: list[Fault]) -> list[Row | Split]:
    return [Decision(line, text["code"], text["name"], read_date(text["day"], f"dòng {line}", faults))]


def _begin(line: int, text: Cells, faults: list[Fault]) -> list[Row | Split]:
    where = f"dòng {line}"
    members, axis = read_members(text["members"], where, faults), read_axis(text["axis"], where, faults)
    return [
        Begin(
            line, text["code"], text["name"], text["kind"], text["parent"], text["symbol"], text["place"],
            members, axis,
        )
    ]  # fmt: skip


def _end(line: int, text: Cells, faults: list[Fault]) -> list[Row | Split]:
    return [End(line, text["code"])]


def _dissolve(line: int, text: Cells, faults: list[Fault]) -> list[Row | Split]:
    if text["successor"]:
        faults.append(Fault(f"dòng {line}", "giải thể thì không có đơn vị kế thừa; dùng chấm dứt hoặc sáp nhập"))
    return _end(line, text, faults)


def _stop(line: int, text: Cells, faults: list[Fault]) -> list[Row | Split]:
    return _hand_over(line, text, faults) if text["successor"] else _end(line, text, faults)


def _hand_over(line: int, text: Cells, faults: list[Fault]) -> list[Row | Split]:
    return [*_end(line, text, faults), *_succeed(line, text, faults)]


def _move(line: int, text: Cells, faults: list[Fault]) -> list[Row | Split]:
    return [Move(line, text["code"], text["parent"], read_axis(text["axis"], f"dòng {line}", faults))]


def _rename(line: int, text: Cells, faults: list[Fault]) -> list[Row | Split]:
    return [Rename(line, text["code"], text["name"], text["new_code"], text["symbol"], text["place"])]


def _succeed(line: int, text: Cells, faults: list[Fault]) -> list[Row | Split]:
    share = text["share"] or "1"
    least = 0 if text["indicator"] else 1
    whole = share.isdecimal() and least <= int(share) <= MOST_PARTS
    if not whole:
        faults.append(
            Fault(
                f"dòng {line}",
                Said(
                    f"phần «{share}» phải là số nguyên từ {least} (ví dụ 2 cho hai phần)",
                    f"the share «{share}» must be a whole number from {least} (such as 2 for two parts)",
                ),
            )
        )
    return [Succeed(line, text["code"], text["successor"], int(share) if whole else 1, text["indicator"])]


def _split(line: int, text: Cells, faults: list[Fault]) -> list[Row | Split]:
    share = _part(text["share"])
    if share is None or not 0 <= share <= 1:
        faults.append(
            Fault(
                f"dòng {line}",
                Said(
                    f"phần tách «{text['share']}» viết dạng 1/4 hoặc 25%; trống là số liệu ở lại",
                    f"write the share «{text['share']}» as 1/4 or 25%; empty means that the figures stay",
                ),
            )
        )
    return [Split(line, text["code"], text["successor"], share or Fraction(0), text["indicator"])]


def _part(text: str) -> Fraction | None:
    if found := _FRACTION.fullmatch(text):
        return Fraction(int(found[1]), int(found[2])) if int(found[2]) else None
    if found := _PERCENT.fullmatch(text):
        return Fraction(found[1].replace(",", ".")) / 100
    return Fraction(0) if text in ("", "0") else None


VERBS: Mapping[str, Verb] = {
    "event": Verb(Said("quyết định", "decision"), ("code", "name", "day"), _decision),
    "thanh-lap": Verb(Said("thành lập", "founded"), ("code", "name", "kind"), _begin),
    "sap-nhap": Verb(Said("sáp nhập", "merged into"), ("code", "successor"), _hand_over, new=False, follows=True),
    "hop-nhat": Verb(Said("hợp nhất", "united into"), ("code", "successor"), _hand_over, new=True, follows=True),
    "chia": Verb(Said("chia", "divided into"), ("code", "successor"), _hand_over, new=True),
    "tach": Verb(Said("tách", "split off"), ("code", "successor"), _split),
    "chuyen-giao": Verb(Said("chuyển giao", "transferred"), ("code", "parent"), _move),
    "doi-ten": Verb(Said("đổi tên", "renamed"), ("code", "name"), _rename),
    "giai-the": Verb(Said("giải thể", "dissolved"), ("code",), _dissolve),
    "cham-dut": Verb(Said("chấm dứt hoạt động", "ended"), ("code",), _stop),
    "begin": Verb(Said("lập", "made"), ("code", "name", "kind"), _begin),
    "end": Verb(Said("chấm dứt", "closed"), ("code",), _end),
    "move": Verb(Said("chuyển", "moved"), ("code", "parent"), _move),
    "rename": Verb(Said("đổi tên", "renamed"), ("code", "name"), _rename),
    "succeed": Verb(Said("kế thừa", "succeeded by"), ("code", "successor"), _succeed),
}
_ALIASES = {"cham-dut-hoat-dong": "cham-dut", "quyet-dinh": "event"}


# What cannot stand in one file -----------------------------------------------------------------------------


def _clashes(lines: Sequence[_Line]) -> Iterator[Fault]:
    """Rows that say the same thing twice, and units that end and go on in one file."""
    first: dict[tuple[object, ...], _Line] = {}
    ending = {row.code: row.line for line in lines for row in line.rows if isinstance(row, End)}
    for line in lines:
        for row in line.rows:
            key = _key(row)
            before = first.setdefault(key, line)
            # A unit that is divided, or whose shares differ by indicator, ends in several rows of one name.
            again = isinstance(row, End) and before.verb == line.verb and len(line.rows) > 1
            if before is not line and not again:
                yield Fault(
                    f"dòng {line.number}",
                    Said(f"trùng với dòng {before.number}", f"the same as row {before.number}"),
                )
            if isinstance(row, Move | Rename | Split) and row.code in ending:
                yield Fault(
                    f"dòng {line.number}",
                    Said(
                        f"«{row.code}» đã chấm dứt ở dòng {ending[row.code]}",
                        f"«{row.code}» ended in row {ending[row.code]} already",
                    ),
                )


def _key(row: Row | Split) -> tuple[object, ...]:
    if isinstance(row, Decision):
        return (Decision,)
    if isinstance(row, Move):
        return (Move, row.code, row.axis)
    if isinstance(row, Succeed | Split):
        return (Succeed, row.code, row.successor, row.indicator)
    return (type(row), row.code)


def _by_name(lines: Sequence[_Line]) -> Iterator[Fault]:
    """The law's words hold: hợp nhất and chia make new units, chia several; sáp nhập goes into one that stands."""
    begun = {row.code for line in lines for row in line.rows if isinstance(row, Begin)}
    divided: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        verb, heir = VERBS[line.verb], line.cells.get("successor", "")
        if verb.new is True and heir not in begun:
            yield Fault(
                f"dòng {line.number}",
                Said(
                    f"{verb.label} thì «{heir}» phải được thành lập trong tệp này",
                    f"«{verb.label}»: «{heir}» must be set up in this file",
                ),
            )
        if verb.new is False and heir in begun:
            yield Fault(
                f"dòng {line.number}",
                Said(
                    f"«{heir}» mới lập trong tệp này; vào đơn vị mới thì gọi là hợp nhất",
                    f"«{heir}» is set up in this file; joining into a new unit has a verb of its own",
                ),
            )
        if line.verb == "chia":
            divided[line.cells["code"]].add(heir)
    for line in lines:
        if line.verb == "chia" and len(divided.get(line.cells["code"], ())) == 1:
            yield Fault(
                f"dòng {line.number}",
                Said(
                    f"chia «{line.cells['code']}» thì phải có từ hai đơn vị mới",
                    f"to divide «{line.cells['code']}» there must be two new units or more",
                ),
            )


def _too_much(rows: Iterable[Row | Split]) -> Iterator[Fault]:
    """No more than everything can be split off, and somebody takes what is divided."""
    taken: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    parts: dict[tuple[str, str], list[Succeed]] = defaultdict(list)
    for row in rows:
        if isinstance(row, Split):
            taken[row.code, row.indicator] += row.share
            if taken[row.code, row.indicator] > 1:
                yield Fault(
                    f"dòng {row.line}",
                    Said(
                        f"các phần tách khỏi «{row.code}» cộng lại lớn hơn toàn bộ",
                        f"the parts split from «{row.code}» are more than the whole",
                    ),
                )
        elif isinstance(row, Succeed):
            parts[row.code, row.indicator].append(row)
    for (code, indicator), own in parts.items():
        if not any(row.weight for row in own):
            yield Fault(
                f"dòng {own[0].line}",
                Said(
                    f"không đơn vị nào nhận «{indicator}» của «{code}»", f"no unit takes «{indicator}» of «{code}»"
                ),
            )
        if indicator and (code, "") not in parts:
            yield Fault(
                f"dòng {own[0].line}",
                Said(
                    f"thiếu dòng chia chung (không ghi indicator) cho «{code}»",
                    f"the general row of shares (without an indicator) is missing for «{code}»",
                ),
            )
