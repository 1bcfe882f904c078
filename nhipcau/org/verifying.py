"""Proof of the tree: places without cycle, orphan, overlap or gap, and a closure that follows from them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from operator import attrgetter

from nhipcau.core.verifying import Difference, Finding, Step
from nhipcau.org.models import Axis, Closure, Placement, UnitName
from nhipcau.org.tree import FOREVER, CycleError, Link, Reach, closure

CHUNK = 2000
Span = tuple[dt.date, dt.date]


class TreeProof:
    """One axis at a time. The links of an axis are held in memory (a few dozen bytes each); the closure, which is
    several times as long, streams past."""

    name = "tree"
    label = "Cây tổ chức"

    def size(self) -> int:
        """Places and rows of the closure."""
        return Placement.objects.count() + Closure.objects.count()

    def findings(self, step: Step) -> Iterator[Finding]:
        """Places first; a closure is compared only where they make a tree."""
        placed: dict[int, list[Span]] = defaultdict(list)
        for axis in Axis.values:
            links = _links(axis)
            step(len(links))
            for link in links:
                placed[link.child].append((link.start, link.end))
            yield from _overlaps(axis, links)
            yield from _orphans(axis, links)
            yield from _compared(axis, links, step)
        yield from _unplaced(placed)


def _differs(where: str, expected: str, found: str, message: str) -> Difference:
    return Difference(TreeProof.name, where, expected, found, message)


def _links(axis: str) -> list[Link]:
    rows = Placement.objects.filter(axis=axis).order_by("child", "valid_from", "pk")
    columns = rows.values_list("child", "parent", "valid_from", "valid_to")
    return [Link(child, parent, start, end or FOREVER) for child, parent, start, end in columns.iterator(CHUNK)]


def _unit(pk: int) -> str:
    named = UnitName.objects.filter(unit=pk).order_by("-valid_from").first()
    return f"«{named.code}»" if named else f"đơn vị {pk}"


def _days(start: dt.date, end: dt.date) -> str:
    return f"từ {start:%d/%m/%Y}" + ("" if end == FOREVER else f" đến trước {end:%d/%m/%Y}")


def _overlaps(axis: str, links: Iterable[Link]) -> Iterator[Difference]:
    for child, own in groupby(links, key=attrgetter("child")):
        last: Link | None = None
        for link in own:
            if last is not None and link.start < last.end:
                yield _differs(
                    f"placement:{axis}:{child}",
                    "1 cấp trên",
                    "2 cấp trên",
                    f"{_unit(child)} cùng lúc ở hai chỗ trong cây {Axis(axis).label} "
                    f"{_days(link.start, min(last.end, link.end))}.",
                )
            last = link


def _orphans(axis: str, links: Iterable[Link]) -> Iterator[Difference]:
    """A superior must itself stand in the tree for as long as somebody stands under it."""
    spans: dict[int, list[Span]] = defaultdict(list)
    for link in links:
        spans[link.child].append((link.start, link.end))
    for link in links:
        if link.parent is None:
            continue
        for start, end in _uncovered((link.start, link.end), spans.get(link.parent, [])):
            yield _differs(
                f"placement:{axis}:{link.child}",
                "cấp trên có trong cây",
                "không có",
                f"{_unit(link.child)} trực thuộc {_unit(link.parent)}, đơn vị không có trong cây "
                f"{Axis(axis).label} {_days(start, end)}.",
            )


def _uncovered(wanted: Span, spans: Iterable[Span]) -> Iterator[Span]:
    """The parts of an interval that no span covers."""
    at, end = wanted
    for first, last in sorted(spans):
        if first >= end:
            break
        if first > at:
            yield at, first
        at = max(at, last)
    if at < end:
        yield at, end


def _unplaced(placed: dict[int, list[Span]]) -> Iterator[Difference]:
    """A unit that has a name has a place, on one axis at least."""
    names = UnitName.objects.order_by("unit", "valid_from").values_list("unit", "valid_from", "valid_to")
    for unit, start, end in names.iterator(CHUNK):
        for first, last in _uncovered((start, end or FOREVER), placed.get(unit, [])):
            yield _differs(
                f"unit:{unit}",
                "có chỗ trong cây",
                "không có",
                f"{_unit(unit)} không có chỗ trong cây tổ chức {_days(first, last)}.",
            )


def _compared(axis: str, links: list[Link], step: Step) -> Iterator[Difference]:
    """Descendant by descendant, both sides in the same order."""
    rows = Closure.objects.filter(axis=axis).order_by("descendant", "depth")
    columns = rows.values_list("ancestor", "descendant", "depth", "valid_from", "valid_to").iterator(CHUNK)
    held = (Reach(above, below, depth, start, end or FOREVER) for above, below, depth, start, end in columns)
    stored = groupby(held, key=attrgetter("descendant"))
    derived = groupby(closure(links), key=attrgetter("descendant"))
    try:
        for unit, right, found in _merged(derived, stored):
            step(len(found))
            yield from _rows(axis, unit, right, found)
    except CycleError as cycle:
        path = " → ".join(_unit(pk) for pk in cycle.path)
        yield _differs(
            f"placement:{axis}:{cycle.path[0]}",
            "không có vòng",
            f"vòng {len(cycle.path) - 1} đơn vị",
            f"Cây {Axis(axis).label} có vòng: {path}; phần sau của cây này chưa đối chiếu được.",
        )


Groups = Iterator[tuple[int, Iterator[Reach]]]


def _merged(derived: Groups, stored: Groups) -> Iterator[tuple[int, set[Reach], list[Reach]]]:
    """(descendant, what it should have, what is stored) for everyone on either side, ascending."""
    right, found = next(derived, None), next(stored, None)
    while right or found:
        unit = min(group[0] for group in (right, found) if group)
        wanted: set[Reach] = set()
        held: list[Reach] = []
        if right and right[0] == unit:
            wanted = set(_joined(right[1]))
            right = next(derived, None)
        if found and found[0] == unit:
            held = _joined(found[1])
            found = next(stored, None)
        yield unit, wanted, held


def _joined(rows: Iterable[Reach]) -> list[Reach]:
    """Rows that follow on each other without a break say the same as one."""
    joined: list[Reach] = []
    for row in sorted(rows, key=attrgetter("ancestor", "depth", "start", "end")):
        last = joined[-1] if joined else None
        if last and (last.ancestor, last.depth, last.end) == (row.ancestor, row.depth, row.start):
            joined[-1] = replace(last, end=row.end)
        else:
            joined.append(row)
    return joined


def _rows(axis: str, unit: int, wanted: set[Reach], held: list[Reach]) -> Iterator[Difference]:
    """A row that should be there and one that should not, of the same two units, are one changed row."""
    extra = list(held)
    for reach in sorted(wanted, key=attrgetter("depth")):
        if reach in extra:
            extra.remove(reach)
            continue
        changed = next((one for one in extra if one.ancestor == reach.ancestor and one not in wanted), None)
        if changed is not None:
            extra.remove(changed)
        yield _row(axis, reach, changed)
    for one in extra:
        yield _row(axis, None, one)


def _row(axis: str, wanted: Reach | None, found: Reach | None) -> Difference:
    known = wanted or found
    assert known is not None  # noqa: S101 - one of the two is given
    what = "bị đổi" if wanted and found else "bị xóa" if wanted else "thừa"
    return _differs(
        f"closure:{axis}:{known.ancestor}:{known.descendant}",
        _reach(wanted),
        _reach(found),
        f"Bao đóng của cây {Axis(axis).label}: dòng {_unit(known.descendant)} dưới {_unit(known.ancestor)} {what} "
        f"(đúng ra: {_reach(wanted)}; đang ghi: {_reach(found)}).",
    )


def _reach(reach: Reach | None) -> str:
    return f"{reach.depth} bậc, {_days(reach.start, reach.end)}" if reach else "không có"
