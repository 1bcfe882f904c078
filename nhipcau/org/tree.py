"""The tree as data: links with dates in, closure and faults out. Pure, so that a slow reference can check it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

FOREVER = dt.date.max


@dataclass(frozen=True)
class Link:
    """Child under parent (None = root) from `start` up to, not including, `end`."""

    child: int
    parent: int | None
    start: dt.date
    end: dt.date = FOREVER


@dataclass(frozen=True)
class Reach:
    """Descendant lies `depth` steps under ancestor from `start` up to `end`."""

    ancestor: int
    descendant: int
    depth: int
    start: dt.date
    end: dt.date


class CycleError(ValueError):
    """The units, in order, that lie under themselves."""

    def __init__(self, path: list[int]) -> None:
        super().__init__(path)
        self.path = path


def closure(links: Iterable[Link], of: Collection[int] | None = None) -> Iterator[Reach]:
    """Every (ancestor, descendant) pair with the days it holds; depth 0 is the unit itself.

    With `of`, only those descendants. Raises CycleError if on any day a unit lies under itself.
    """
    up: dict[int, list[Link]] = defaultdict(list)
    for link in links:
        up[link.child].append(link)
    for unit, own in up.items():
        for link in own if of is None or unit in of else ():
            yield Reach(unit, unit, 0, link.start, link.end)
            yield from _climb(up, [unit], link)


def _climb(up: dict[int, list[Link]], path: list[int], link: Link) -> Iterator[Reach]:
    if link.parent is None:
        return
    if link.parent in path:
        raise CycleError([*path, link.parent])
    yield Reach(link.parent, path[0], len(path), link.start, link.end)
    for above in up.get(link.parent, ()):
        start, end = max(link.start, above.start), min(link.end, above.end)
        if start < end:
            yield from _climb(up, [*path, link.parent], Link(link.parent, above.parent, start, end))
