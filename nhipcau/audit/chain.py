"""The log's chain without any database: what binds an entry to the one before, and what breaks where it is changed.

Kept free of Django, so that a file taken out of the log is proven on any machine.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from nhipcau.core.verifying import Difference

NAME = "audit"
ANALYSED = 1000  # entries of a broken stretch that are kept to say how it was broken


def digest(*, at: dt.datetime, actor: str, action: str, obj: str, data: str) -> str:
    """SHA-256 over the canonical form of one entry: a JSON list, UTF-8, the instant in UTC."""
    canonical = json.dumps(
        [at.astimezone(dt.UTC).isoformat(timespec="microseconds"), actor, action, obj, data], ensure_ascii=False
    )
    return hashlib.sha256(canonical.encode()).hexdigest()


def link(previous: str, seq: int, entry_digest: str) -> str:
    """The chain value of entry `seq`: it binds the one before, the place and the content."""
    return hashlib.sha256(f"{previous}:{seq}:{entry_digest}".encode()).hexdigest()


@dataclass(frozen=True)
class Place:
    """What the chain needs of an entry."""

    seq: int
    digest: str
    chain: str
    says: str


def differs(where: str, expected: str, found: str, message: str) -> Difference:
    """A fault of the log."""
    return Difference(NAME, where, expected, found, message)


@dataclass
class Walk:
    """Goes along the chain; entries that do not join are gathered until one joins again."""

    last: Place = field(default_factory=lambda: Place(0, "", "", ""))
    before: str = ""  # the chain value in front of the broken stretch
    broken: list[Place] = field(default_factory=list)
    length: int = 0

    def add(self, place: Place) -> Iterator[Difference]:
        """The next entry in the order of the places."""
        if place.seq == self.last.seq:
            yield differs(
                f"audit_entry:seq={place.seq}",
                "1 mục",
                "2 mục",
                f"Nhật ký có hai mục cùng mang số {place.seq} ({self.last.says}; {place.says}).",
            )
            return
        if place.seq != self.last.seq + 1:
            yield from self.close()
            yield _gap(self.last.seq + 1, place.seq - 1)
        elif place.chain != link(self.last.chain, place.seq, place.digest):
            if not self.broken:
                self.before = self.last.chain
            self.length += 1
            if self.length <= ANALYSED:
                self.broken.append(place)
            self.last = place
            return
        else:
            yield from self.close()
        self.last = place

    def close(self) -> Iterator[Difference]:
        """Say what is wrong with the stretch that ends here, if there is one."""
        if not self.broken:
            return
        first, final = self.broken[0], self.broken[0].seq + self.length - 1
        moved = _moved(self.before, self.broken) if self.length <= ANALYSED else []
        if moved:
            what = f"Các mục nhật ký số {', '.join(str(seq) for seq in moved)} đã bị đổi chỗ cho nhau."
        elif self.length == 1:
            what = f"Mục nhật ký số {first.seq} ({first.says}) không nối đúng vào chuỗi: đã bị sửa hoặc thay."
        else:
            what = (
                f"Các mục nhật ký từ số {first.seq} đến số {final} không nối đúng vào chuỗi: "
                "có mục bị bớt, chèn, sửa hoặc đổi chỗ."
            )
        yield differs(f"audit_entry:seq={first.seq}", "nối vào chuỗi", "không nối", what)
        self.broken, self.length = [], 0


def _gap(first: int, last: int) -> Difference:
    seats = f"số {first}" if first == last else f"từ số {first} đến số {last}"
    return differs(
        f"audit_entry:seq={first}", f"{last - first + 1} mục", "0", f"Nhật ký thiếu mục {seats}: đã bị xóa."
    )


def _moved(before: str, stretch: Sequence[Place]) -> list[int]:
    """The places whose entries were exchanged among themselves; none if that does not explain the stretch.

    Going from the last sound value, some digest and some value of the stretch must fit each place.
    """
    values = {place.chain for place in stretch}
    moved: list[int] = []
    for place in stretch:
        fits = (
            (other, value)
            for other in _nearest(stretch, place.seq)
            if (value := link(before, place.seq, other.digest)) in values
        )
        found = next(fits, None)
        if found is None:
            return []
        if found[0].digest != place.digest:
            moved.append(place.seq)
        before = found[1]
    return moved


def _nearest(stretch: Sequence[Place], seq: int) -> Iterable[Place]:
    """Those next to the place first; a far exchange costs more, but the stretch is short."""
    return sorted(stretch, key=lambda other: abs(other.seq - seq))
