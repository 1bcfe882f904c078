"""Proof of the registers: no gap, no double, and every line what the log says was entered."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, islice

from django.db.models import QuerySet

from nhipcau.audit.models import Entry
from nhipcau.core.verifying import Difference, Finding, Step
from nhipcau.documents.models import Direction, Register, RegisterEntry
from nhipcau.org.models import UnitName

CHUNK = 500
NUMBERED = ("documents.registered", "documents.issued", "documents.copy_made")
RESERVED = "documents.number_reserved"
PETITION = "documents.petition_entered"
VOIDED = "documents.number_voided"
OPENED = "documents.register_opened"
# Lines without a letter: told of under the unit, each with what it is called.
_UNDER_THE_UNIT = {RESERVED: "số giữ lại", PETITION: "một đơn"}
_NUMBER = re.compile(r"0{0,9}(\d{1,9})([a-zđ]?)/")

Key = tuple[int, int, str]  # register, number, suffix


class RegisterProof:
    """The registers against themselves, the letters and the log."""

    name = "registers"
    label = "Sổ đăng ký"

    def size(self) -> int:
        """Lines, and log entries that tell of lines."""
        return RegisterEntry.objects.count() + _logged_acts().count()

    def findings(self, step: Step) -> Iterator[Finding]:
        """Every register line by line, then the log's side: a line that is told of and no longer there."""
        for register in Register.objects.order_by("pk").iterator(CHUNK):
            yield from _Lines(register).check(step)
        acts = _logged_acts().order_by("pk").iterator(CHUNK)
        while chunk := list(islice(acts, CHUNK)):
            yield from _told_and_gone(chunk)
            step(len(chunk))


def _logged_acts() -> QuerySet[Entry]:
    return Entry.objects.filter(action__in=(*NUMBERED, RESERVED, PETITION, VOIDED))


def _differs(key: Key, expected: str, found: str, message: str) -> Difference:
    register, number, suffix = key
    return Difference(RegisterProof.name, f"register:{register}:{number}{suffix}", expected, found, message)


def _key_of(act: Entry) -> Key | None:
    """The line that the act tells of; None where its data was damaged, which the log's own proof names."""
    try:
        data = json.loads(act.data)
        return int(data["register"]), int(data["number"]), str(data.get("suffix", ""))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _said(key: Key) -> str:
    return f"{key[1]:02d}{key[2]}"


def describe(register: Register) -> str:
    """ "Sổ văn bản đi năm 2026 của T": direction, year and the unit's latest code."""
    named = UnitName.objects.filter(unit=register.unit_id).order_by("-valid_from").first()
    series = "" if register.series == "chung" else f" «{register.series}»"
    return f"Sổ {register.get_direction_display()}{series} năm {register.year} của {named.code if named else '?'}"


@dataclass
class _Lines:
    """One register. `seen` counts each number's own lines; the memory is one byte a number."""

    register: Register
    seen: bytearray = field(default_factory=bytearray)
    suffixed: set[tuple[int, str]] = field(default_factory=set)

    def check(self, step: Step) -> Iterator[Difference]:
        self.seen = bytearray(self.register.next_number)
        lines = self.register.entries.select_related("document", "register__unit").order_by("number", "suffix")
        stream = lines.iterator(CHUNK)
        while chunk := list(islice(stream, CHUNK)):
            told = _told_of(chunk)
            for line in chunk:
                yield from self._line(line, told[line.pk])
            step(len(chunk))
        yield from self._gaps()

    def _line(self, line: RegisterEntry, told: _Told) -> Iterator[Difference]:
        key: Key = (line.register_id, line.number, line.suffix)
        if told.places and key not in told.places:
            true = min(told.places)
            self._count(true)  # the place it was given; what stands now is named here
            yield _contradicted(line, key, true, self.register)
            return
        yield from self._place(key)
        if not told.places:
            yield self._unlogged(key, "dòng này")
        elif line.void_reason and not told.struck:
            yield self._unlogged(key, "việc hủy số này")
        if line.document is not None and self.register.direction in (Direction.OUTGOING, Direction.COPY):
            yield from self._printed(key, line.document.number)

    def _printed(self, key: Key, number: str) -> Iterator[Difference]:
        found = _NUMBER.match(number)
        if found is None or (int(found[1]), found[2]) != key[1:]:
            yield _differs(
                key,
                _said(key),
                number[:20],
                f"{describe(self.register)}, số {_said(key)}: văn bản của dòng này mang số «{number}»; "
                "số trên văn bản đã bị sửa.",
            )

    def _place(self, key: Key) -> Iterator[Difference]:
        if not self._count(key):
            yield _differs(
                key, "1 dòng", "2 dòng", f"{describe(self.register)} có hai dòng cùng mang số {_said(key)}."
            )
        if not 1 <= key[1] < self.register.next_number:
            yield _differs(
                key,
                f"dưới {self.register.next_number}",
                str(key[1]),
                f"{describe(self.register)} có số {_said(key)}, trong khi số tiếp theo của sổ là "
                f"{self.register.next_number}.",
            )

    def _count(self, key: Key) -> bool:
        """Mark the number as used; False if it was."""
        _, number, suffix = key
        if suffix:
            fresh = (number, suffix) not in self.suffixed
            self.suffixed.add((number, suffix))
            return fresh
        if key[0] != self.register.pk or not 0 < number < len(self.seen):
            return True
        fresh = not self.seen[number]
        self.seen[number] = 1
        return fresh

    def _unlogged(self, key: Key, what: str) -> Difference:
        said = f"{describe(self.register)}, số {_said(key)}: nhật ký không ghi {what}."
        return _differs(key, "có trong nhật ký", "không có", said)

    def _gaps(self) -> Iterator[Difference]:
        """Numbers without a line. Those that the log tells of are named there, with their letter."""
        if self.seen.find(0, 1) < 0:
            return
        told = self._told_numbers()
        missing = (n for n in range(self._first(), len(self.seen)) if not self.seen[n] and n not in told)
        for _, run in groupby(enumerate(missing), key=lambda pair: pair[1] - pair[0]):
            numbers = [number for _, number in run]
            first, last = numbers[0], numbers[-1]
            what = f"số {first:02d}" if first == last else f"các số từ {first:02d} đến {last:02d}"
            yield _differs(
                (self.register.pk, first, ""),
                f"{len(numbers)} dòng",
                "0",
                f"{describe(self.register)} thiếu {what} (số tiếp theo của sổ là {self.register.next_number}).",
            )

    def _told_numbers(self) -> set[int]:
        acts = _logged_acts().filter(data__contains=f'"register":{self.register.pk}')
        keys = (_key_of(act) for act in acts.exclude(action=VOIDED).iterator(CHUNK))
        return {key[1] for key in keys if key and key[0] == self.register.pk and not key[2]}

    def _first(self) -> int:
        """The number the series began at: 1, or what the log says it was opened from."""
        opened = Entry.objects.filter(action=OPENED, object=f"unit:{self.register.unit.uid}").order_by("-pk")
        for act in opened.iterator(CHUNK):
            try:
                data = json.loads(act.data)
                if data["register"] == self.register.pk:
                    return int(data["first"])
            except (ValueError, KeyError, TypeError, AttributeError):
                continue
        return 1


def _contradicted(line: RegisterEntry, key: Key, true: Key, register: Register) -> Difference:
    letter = f"văn bản «{line.document.number}»" if line.document else "dòng này"
    elsewhere = "" if true[0] == key[0] else " ở sổ khác"
    return _differs(
        key,
        _said(true),
        _said(key),
        f"{describe(register)}, số {_said(key)}: nhật ký ghi {letter} mang số {_said(true)}{elsewhere}; "
        "số hoặc văn bản của dòng này đã bị đổi.",
    )


@dataclass
class _Told:
    """What the log says of a line: the places it was given, and whether it was struck."""

    places: set[Key] = field(default_factory=set)
    struck: bool = False


def _told_of(lines: Sequence[RegisterEntry]) -> dict[int, _Told]:
    """By line. The log tells of a letter's line under the letter, of a reserved number and a striking under
    the unit."""
    by_object: dict[str, list[RegisterEntry]] = {}
    for line in lines:
        if line.document is not None:
            by_object.setdefault(f"document:{line.document.uid}", []).append(line)
        if line.document is None or line.void_reason:
            by_object.setdefault(f"unit:{line.register.unit.uid}", []).append(line)
    told = {line.pk: _Told() for line in lines}
    for act in _logged_acts().filter(object__in=list(by_object)).order_by("pk"):
        key = _key_of(act)
        for line in by_object[act.object] if key else ():
            own = key == (line.register_id, line.number, line.suffix)
            if act.action == VOIDED:
                told[line.pk].struck |= own
            elif key and (act.action in NUMBERED or (own and line.document is None)):
                told[line.pk].places.add(key)
    return told


def _told_and_gone(acts: Sequence[Entry]) -> Iterator[Difference]:
    """Lines that the log tells of and that stand no more, or stand as if they had not been struck."""
    uids = [act.object.removeprefix("document:") for act in acts if act.action in NUMBERED]
    letters = RegisterEntry.objects.filter(document__uid__in=uids).values_list("document__uid", flat=True)
    entered = {f"document:{uid}" for uid in letters}
    told = [(act, key) for act in acts if (key := _key_of(act))]
    struck = _struck({key for act, key in told if act.action not in NUMBERED})
    for act, key in told:
        if act.action in NUMBERED:
            if act.object not in entered:
                yield _gone(key, f"văn bản ({act.object})")
        elif key not in struck:
            if act.action in _UNDER_THE_UNIT:
                yield _gone(key, _UNDER_THE_UNIT[act.action])
        elif act.action == VOIDED and not struck[key]:
            said = f"{_register(key)}, số {_said(key)}: nhật ký ghi số này đã hủy, trong sổ thì không."
            yield _differs(key, "đã hủy", "còn dùng", said)


def _struck(keys: set[Key]) -> dict[Key, bool]:
    """Which of the lines stand, and whether each is struck."""
    rows = RegisterEntry.objects.filter(
        register__in={key[0] for key in keys}, number__in={key[1] for key in keys}
    ).values_list("register", "number", "suffix", "void_reason")
    return {(register, number, suffix): bool(reason) for register, number, suffix, reason in rows}


def _gone(key: Key, what: str) -> Difference:
    said = f"{_register(key)}: nhật ký ghi {what} vào số {_said(key)}, nhưng dòng sổ đã bị xóa."
    return _differs(key, "có dòng", "không có", said)


def _register(key: Key) -> str:
    register = Register.objects.filter(pk=key[0]).first()
    return describe(register) if register else f"Sổ {key[0]} (không còn)"
