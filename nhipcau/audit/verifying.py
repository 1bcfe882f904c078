"""Proof of the log: every entry's digest, the chain over all of them, and the heads written beside the data."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from nhipcau.audit import anchors
from nhipcau.audit.anchors import Heads
from nhipcau.audit.chain import NAME, Place, Walk, differs, digest
from nhipcau.audit.models import Entry, Head
from nhipcau.core.verifying import Difference, Finding, Note, Step

CHUNK = 2000
ANCHORS = 500  # lines of the anchors looked up at once
ANCHOR_PATIENCE = 0.5  # seconds between a sealed batch and its line in the anchors, generously


class AuditProof:
    """The log: edited, deleted, doubled and reordered entries, a cut tail, a chain made anew."""

    name = NAME
    label = "Nhật ký"

    def size(self) -> int:
        """How many entries there are."""
        return Entry.objects.count()

    def findings(self, step: Step) -> Iterator[Finding]:
        """Entries and chain first, then what is not yet chained, then the head and the anchors."""
        # Before the first query: what is sealed from now on is in the anchors, but not in the snapshot.
        with anchors.heads() as heads:
            yield from self._findings(heads, step)

    def _findings(self, heads: Heads, step: Step) -> Iterator[Finding]:
        walk = Walk()
        for entry in Entry.objects.exclude(seq=None).order_by("seq", "pk").iterator(CHUNK):
            yield from _own_digest(entry)
            yield from walk.add(_place(entry))
            step(1)
        yield from walk.close()
        waiting = 0
        for entry in Entry.objects.filter(seq=None).order_by("pk").iterator(CHUNK):
            yield from _own_digest(entry)
            waiting += 1
            step(1)
        if waiting:
            yield Note(self.name, f"{waiting} mục nhật ký chờ niêm phong.")
        yield from _head(walk.last)
        yield from _anchors(heads, walk.last)


def _place(entry: Entry) -> Place:
    assert entry.seq is not None  # noqa: S101 - the query leaves the others out
    return Place(entry.seq, entry.digest, entry.chain, f"{entry.action} {entry.object}")


def _own_digest(entry: Entry) -> Iterator[Difference]:
    expected = digest(at=entry.at, actor=entry.actor, action=entry.action, obj=entry.object, data=entry.data)
    if expected != entry.digest:
        named = f"số {entry.seq}" if entry.seq else f"chưa niêm phong {entry.pk}"
        yield differs(
            f"audit_entry:{entry.pk}",
            expected[:16],
            entry.digest[:16],
            f"Mục nhật ký {named} ({entry.action}, {entry.object}) đã bị sửa: nội dung không khớp mã của chính nó.",
        )


def _head(last: Place) -> Iterator[Difference]:
    head = Head.objects.filter(pk=1).first() or Head()
    if (head.seq, head.chain) == (last.seq, last.chain):
        return
    yield differs(
        "audit_head:1",
        f"{head.seq} {head.chain[:16]}",
        f"{last.seq} {last.chain[:16]}",
        f"Dòng đầu chuỗi ghi nhật ký tới mục số {head.seq}, nhưng mục cuối đang có là số {last.seq}"
        + (" với giá trị khác." if head.seq == last.seq else "."),
    )


# --- the anchors ---------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Anchor:
    """A line of `anchors/audit.log`: how far the chain reached at a moment, and its value there."""

    line: int
    seq: int
    chain: str
    moment: str

    @property
    def where(self) -> str:
        return f"anchors/audit.log:{self.line}"


def _anchors(heads: Heads, last: Place) -> Iterator[Difference]:
    """Every line stands in the chain; the last one reaches as far as the chain does."""
    path = heads.path
    reached = _reach(path)
    if reached < last.seq:  # a batch just sealed may still be waiting for its line
        time.sleep(ANCHOR_PATIENCE)
        heads.renew()
        reached = _reach(path)
    if not path.exists():
        if last.seq:
            yield differs(
                "anchors/audit.log",
                "tệp neo",
                "không có",
                f"Tệp neo anchors/audit.log không còn, trong khi nhật ký đã niêm phong {last.seq} mục.",
            )
        return
    yield from _compared(_lines(path, heads.extent), last)
    if reached < last.seq:
        yield differs(
            "anchors/audit.log",
            f"số {last.seq}",
            f"số {reached}",
            f"Tệp neo anchors/audit.log chỉ tới mục số {reached}, nhật ký đã niêm phong tới số {last.seq}: "
            "tệp đã bị cắt bớt, hoặc máy dừng đúng lúc niêm phong (lần niêm phong sau sẽ ghi tiếp).",
        )


def _lines(path: Path, extent: int | None = None) -> Iterator[Anchor | int]:
    """The lines of the first `extent` bytes in their order; the number of the line where it cannot be read."""
    read = 0
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            read += len(line)
            if extent is not None and read > extent:
                return
            parts = line.decode("ascii", "replace").split()
            if len(parts) == 3 and _is_place(parts[0]) and len(parts[1]) == 64 and parts[2].isprintable():
                yield Anchor(number, int(parts[0]), parts[1], parts[2])
            else:
                yield number


def _is_place(text: str) -> bool:
    """Whether it can be a place of the chain: no number that a database cannot even look for."""
    return text.isdecimal() and len(text) <= anchors.PLACES


def _reach(path: Path) -> int:
    if not path.exists():
        return 0
    return max((one.seq for one in _lines(path) if isinstance(one, Anchor)), default=0)


def _compared(lines: Iterator[Anchor | int], last: Place) -> Iterator[Difference]:
    """A line that differs while a later one agrees was edited itself, since a chain binds all before it;
    where none agrees any more, the chain was made anew."""
    beyond: Anchor | None = None
    doubtful: tuple[Anchor, str, int] | None = None  # the first line that differs, what the chain has, how many
    while chunk := list(islice(lines, ANCHORS)):
        known = [one for one in chunk if isinstance(one, Anchor)]
        chain = dict(Entry.objects.filter(seq__in={one.seq for one in known}).values_list("seq", "chain"))
        for one in chunk:
            if isinstance(one, int):
                yield _unreadable(one)
            elif one.seq > last.seq:
                beyond = one if beyond is None or one.seq > beyond.seq else beyond
            elif one.seq in chain and chain[one.seq] != one.chain:
                first, found, count = doubtful or (one, chain[one.seq], 0)
                doubtful = (first, found, count + 1)
            elif one.seq in chain and doubtful and one.seq >= doubtful[0].seq:
                yield _edited(*doubtful)
                doubtful = None
    if doubtful:
        yield _forged(*doubtful)
    if beyond:
        yield _cut(beyond, last)


def _unreadable(number: int) -> Difference:
    return differs(
        f"anchors/audit.log:{number}",
        "số, giá trị, thời điểm",
        "không đọc được",
        f"Dòng {number} của anchors/audit.log không đọc được: tệp neo đã bị sửa.",
    )


def _edited(anchor: Anchor, found: str, count: int) -> Difference:
    lines = f"Dòng {anchor.line}" if count == 1 else f"{count} dòng, từ dòng {anchor.line},"
    return differs(
        anchor.where,
        found[:16],
        anchor.chain[:16],
        f"{lines} của anchors/audit.log đã bị sửa: giá trị ghi cho mục số {anchor.seq} không phải của chuỗi.",
    )


def _forged(anchor: Anchor, found: str, count: int) -> Difference:
    more = f" và {count - 1} dòng neo sau đó" if count > 1 else ""
    return differs(
        anchor.where,
        anchor.chain[:16],
        found[:16],
        f"Nhật ký không còn là nhật ký đã neo lúc {anchor.moment}: ở mục số {anchor.seq}{more}, chuỗi đã bị "
        "tính lại sau khi sửa, hoặc tệp neo đã bị sửa.",
    )


def _cut(anchor: Anchor, last: Place) -> Difference:
    return differs(
        anchor.where,
        f"số {anchor.seq}",
        f"số {last.seq}",
        f"Nhật ký bị cắt đuôi: lúc {anchor.moment} đã niêm phong tới mục số {anchor.seq}, "
        f"nay chỉ còn tới số {last.seq}.",
    )
