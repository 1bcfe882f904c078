"""A stretch of the log as a file, and its proof on any machine: no database, no secret, nothing of this instance.

One JSON document a line. First what the file is and the chain's value in front of it, then every entry of the
stretch in its order, then where it ends. Of an entry that the reader did not ask for, or may not see, stand place,
digest and chain value alone: the chain can be followed all the same, and nothing can be left out unseen.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from nhipcau.audit.chain import Place, Walk, differs, digest
from nhipcau.core.errors import UnreadableFile
from nhipcau.core.said import Said
from nhipcau.core.verifying import Difference

FORMAT = 1
FIELDS = ("actor", "action", "object", "data")
_DAMAGE = (ValueError, TypeError, KeyError, AttributeError, OverflowError)
_VALUE = re.compile("[0-9a-f]{64}")
_MOST_PLACES = 10**15
_LONGEST = 300  # characters told of an entry


@dataclass(frozen=True)
class Line:
    """An entry as the file holds it; `shown` False: its place alone."""

    seq: int
    at: dt.datetime
    actor: str
    action: str
    object: str
    data: str
    digest: str
    chain: str
    shown: bool = True


@dataclass(frozen=True)
class Stretch:
    """What the file is: `first` its first place, `before` the chain's value in front of it."""

    made_at: dt.datetime
    first: int
    before: str


def written(stretch: Stretch, lines: Iterable[Line]) -> Iterator[str]:
    """The lines of the file."""
    yield _line({"nhipcau_log": FORMAT, "made_at": _moment(stretch.made_at), "first": stretch.first,
                 "before": stretch.before})  # fmt: skip
    last, chain, count, shown = stretch.first - 1, stretch.before, 0, 0
    for one in lines:
        row: dict[str, Any] = {"seq": one.seq, "digest": one.digest, "chain": one.chain}
        if one.shown:
            row |= {"at": _moment(one.at)} | {name: getattr(one, name) for name in FIELDS}
        yield _line(row)
        last, chain, count, shown = one.seq, one.chain, count + 1, shown + one.shown
    yield _line({"end": {"last": last, "chain": chain, "entries": count, "shown": shown}})


@dataclass
class Proof:
    """Follows a file from its first line to its last; afterwards it knows what it has seen."""

    first: int = 0
    last: int = 0
    chain: str = ""
    entries: int = 0
    shown: int = 0
    ended: bool = False
    anchored: int = 0  # lines of the anchors that stand in the file
    _chains: dict[int, str] = field(default_factory=dict)

    def findings(self, lines: Iterable[str], anchors: Iterable[str] = ()) -> Iterator[Difference]:
        """Everything that is not as it was written. Raises UnreadableFile for what is no such file at all."""
        rows = enumerate(lines, start=1)
        head = _read(next(rows, (1, ""))[1])
        if head is None or head.get("nhipcau_log") != FORMAT:
            raise UnreadableFile(_FOREIGN)
        wanted = dict(_anchors(anchors))
        try:
            walk = self._begin(head)
        except _DAMAGE as error:
            raise UnreadableFile(_FOREIGN) from error
        if self.last in wanted:
            self._chains[self.last] = self.chain
        for number, text in rows:
            row = _read(text)
            if row is None:
                yield _unreadable(number)
            elif self.ended:
                yield _further(number)
            elif "end" in row:
                yield from self._end(row["end"], number, walk)
            else:
                yield from self._entry(row, number, walk, wanted)
        yield from walk.close()
        if not self.ended:
            yield differs("end", "dòng kết", "không có", _CUT)
        yield from self._anchored(wanted)

    def _begin(self, head: Mapping[str, Any]) -> Walk:
        self.first = _place(head["first"])
        self.chain = _value(head["before"]) if head["before"] else ""
        self.last = self.first - 1
        return Walk(last=Place(self.last, "", self.chain, ""))

    def _entry(
        self, row: Mapping[str, Any], number: int, walk: Walk, wanted: Mapping[int, str]
    ) -> Iterator[Difference]:
        try:
            place = Place(_place(row["seq"]), _value(row["digest"]), _value(row["chain"]), _says(row))
            own = _own_digest(row)
        except _DAMAGE:
            yield _unreadable(number)
            return
        if own is not None and own != place.digest:
            yield differs(f"line:{number}", own[:16], place.digest[:16], _EDITED % (place.seq, place.says))
        if place.seq in wanted:
            self._chains[place.seq] = place.chain
        self.entries, self.shown = self.entries + 1, self.shown + (own is not None)
        self.last, self.chain = place.seq, place.chain
        yield from walk.add(place)

    def _end(self, end: Any, number: int, walk: Walk) -> Iterator[Difference]:
        yield from walk.close()
        self.ended = True
        found = {"last": self.last, "chain": self.chain, "entries": self.entries, "shown": self.shown}
        if end != found:
            said = end if isinstance(end, dict) else {}
            yield differs(
                f"line:{number}",
                f"{said.get('entries')} mục tới số {said.get('last')}",
                f"{self.entries} mục tới số {self.last}",
                "Dòng kết không khớp những mục đứng trước nó: tệp đã bị cắt bớt, thêm hoặc sửa.",
            )

    def _anchored(self, wanted: Mapping[int, str]) -> Iterator[Difference]:
        self.anchored = len(self._chains)
        for seq, chain in self._chains.items():
            if wanted[seq] != chain:
                yield differs(
                    f"anchor:{seq}",
                    wanted[seq][:16],
                    chain[:16],
                    f"Ở mục số {seq}, chuỗi trong tệp không phải chuỗi đã neo: tệp được lập lại sau khi sửa.",
                )


_FOREIGN = Said(
    "Tệp này không phải tệp nhật ký lấy ra từ Nhịp Cầu.", "This is no log file taken out of “Nhịp Cầu”."
)
_CUT = "Tệp bị cắt đuôi: không có dòng kết."
_EDITED = "Mục nhật ký số %s (%s) đã bị sửa: nội dung không khớp mã của chính nó."


def _own_digest(row: Mapping[str, Any]) -> str | None:
    """What the entry's contents come to; None where they were left out."""
    if "at" not in row:
        return None
    actor, action, obj, data = (str(row[name]) for name in FIELDS)
    return digest(at=dt.datetime.fromisoformat(row["at"]), actor=actor, action=action, obj=obj, data=data)


def _says(row: Mapping[str, Any]) -> str:
    """For a terminal: a forged file must not paint over what is said of it."""
    said = f"{row['action']} {row['object']}" if "action" in row else "không nêu nội dung"
    return "".join(char if char.isprintable() else "·" for char in said[:_LONGEST])


def _place(value: Any) -> int:
    if not isinstance(value, int) or not 0 <= value < _MOST_PLACES:
        raise ValueError(value)
    return value


def _value(value: Any) -> str:
    if not _VALUE.fullmatch(value):
        raise ValueError(value)
    return str(value)


def _anchors(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """(place, chain value) of each line of `anchors/audit.log`."""
    for line in lines:
        parts = line.split()
        if len(parts) == 3 and parts[0].isdecimal() and len(parts[0]) <= 15:
            yield int(parts[0]), parts[1]


def _read(text: str) -> dict[str, Any] | None:
    try:
        row = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return row if isinstance(row, dict) else None


def _unreadable(number: int) -> Difference:
    return differs(f"line:{number}", "một mục", "không đọc được", f"Dòng {number} không đọc được: tệp đã bị sửa.")


def _further(number: int) -> Difference:
    return differs(f"line:{number}", "hết tệp", "còn dòng", f"Dòng {number} đứng sau dòng kết: đã bị thêm vào.")


def _moment(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).isoformat(timespec="microseconds")


def _line(row: Mapping[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n"
