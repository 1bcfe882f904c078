"""What a reorganisation means to the apps above `org`: each registers a part, all parts run in one transaction."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from nhipcau.core.actors import Actor
from nhipcau.core.said import Said
from nhipcau.org.journal import Journal
from nhipcau.org.models import Placement, Reorganisation, Succession
from nhipcau.org.queries import names_of

BATCH = 1000


@dataclass(frozen=True)
class Moved:
    """A unit that went from one superior to another on one axis; ids, None above a top."""

    unit: int
    axis: str
    before: int | None
    after: int | None


@dataclass(frozen=True)
class Change:
    """What an event did to the tree, by ids of units. Parts read the tree of `day` from the database."""

    event: Reorganisation
    ended: Sequence[int]
    begun: Sequence[int] = ()
    moved: Sequence[Moved] = ()
    renamed: Sequence[int] = ()
    divided: Sequence[int] = ()

    @property
    def day(self) -> dt.date:
        return self.event.day

    @cached_property
    def heirs(self) -> Mapping[int, Sequence[tuple[int, int]]]:
        """By unit that ended: (heir, whole parts), general shares, in the order of the file."""
        rows = Succession.objects.filter(event=self.event, indicator="").order_by("pk")
        found: dict[int, list[tuple[int, int]]] = {unit: [] for unit in self.ended}
        for unit, heir, weight in rows.values_list("predecessor", "successor", "weight"):
            if unit in found:
                found[unit].append((heir, weight))
        return found

    @cached_property
    def takers(self) -> Mapping[int, int | None]:
        """By unit that ended, who takes what cannot be divided: the heir with most parts, the first; or nobody."""
        return {unit: max(own, key=lambda one: one[1])[0] if own else None for unit, own in self.heirs.items()}

    @cached_property
    def above(self) -> Mapping[int, int | None]:
        """By unit that ended, the nearest of those above it that stands; over a top, who took its place."""
        last: dict[int, int | None] = {}
        ended = sorted(self.ended)
        for start in range(0, len(ended), BATCH):
            rows = Placement.objects.filter(child__in=ended[start : start + BATCH], valid_to=self.day)
            last |= dict(rows.order_by("axis").values_list("child", "parent"))  # territory has the last word
        return {unit: self._standing_above(unit, last) for unit in ended}

    def batches(self) -> Iterator[Sequence[int]]:
        """The units that ended, as many at a time as one query takes."""
        for start in range(0, len(self.ended), BATCH):
            yield self.ended[start : start + BATCH]

    def branch_after(self, unit: int) -> list[int]:
        """What stands for the branch of a unit that ended: its heirs that began by the event and what went from it
        to others; the one that takes its place where it had nothing below it."""
        begun = [heir for heir, _ in self.heirs[unit] if heir in self._begun]
        went = [one.unit for one in self._left[unit] if one.after not in begun and one.unit not in self.heirs]
        taker = self.takers[unit]
        return list(dict.fromkeys([*begun, *went])) or ([taker] if taker else [])

    @cached_property
    def _begun(self) -> frozenset[int]:
        return frozenset(self.begun)

    @cached_property
    def _left(self) -> Mapping[int | None, Sequence[Moved]]:
        """By former superior, the units that went to another."""
        found: dict[int | None, list[Moved]] = defaultdict(list)
        for one in self.moved:
            found[one.before].append(one)
        return found

    @property
    def cause(self) -> Said:
        """Why something of a unit that ended is closed or goes on elsewhere."""
        return Said(
            f"Đơn vị kết thúc hoạt động từ {self.day:%d/%m/%Y} theo {self.event.decision}",
            f"The unit ended on {self.day:%d/%m/%Y} by {self.event.decision}",
        )

    def _standing_above(self, unit: int, last: Mapping[int, int | None]) -> int | None:
        here: int | None = unit
        while here is not None and here in last:
            here = last[here] or self.takers[here]
        return None if here == unit else here

    @cached_property
    def names(self) -> Mapping[int, str]:
        """Names of everybody concerned: of who ended the last one, of the others that of the day."""
        ids = {*self.ended, *self.begun, *self.renamed, *self.divided, *(m.unit for m in self.moved)}
        ids |= {heir for own in self.heirs.values() for heir, _ in own}
        ids |= {pk for m in self.moved for pk in (m.before, m.after) if pk}
        ids |= {pk for pk in self.above.values() if pk} if self.ended else set()
        return {pk: name.name for pk, name in names_of(ids, self.day).items()}


@dataclass(frozen=True)
class Effect:
    """One thing of one unit that an event touches: what it is, who has it afterwards ("" = nobody), how."""

    unit: str
    what: str
    to: str
    how: str


@dataclass(frozen=True)
class Figure:
    """An indicator or a count of the coverage on two trees, as printed."""

    label: str
    then: str
    now: str

    @property
    def equal(self) -> bool:
        return self.then == self.now


@dataclass(frozen=True)
class Balance:
    """One report and period at the top of the tree, on the tree before the event and on the one after.

    `title` names both in words; `fault` says why it could not be compared, then there are no figures.
    """

    template: str
    period: str
    figures: tuple[Figure, ...] = ()
    fault: str = ""
    title: str = ""

    @property
    def differences(self) -> tuple[Figure, ...]:
        return tuple(one for one in self.figures if not one.equal)

    @property
    def equal(self) -> int:
        return len(self.figures) - len(self.differences)


@dataclass(frozen=True)
class Touched:
    """What one part of the program shows of an event."""

    name: str
    label: str
    effects: Sequence[Effect] = field(default_factory=tuple)


class ReorganisationPart(Protocol):
    """One app's share. Rows that carry no dates are changed on the day of the event; see `reorganising`."""

    @property
    def name(self) -> str: ...
    @property
    def label(self) -> str: ...

    def preview(self, change: Change, at: dt.datetime) -> list[Effect]:
        """What `apply` would touch now, read after the tree has changed and before any part has applied."""
        ...

    def apply(self, change: Change, journal: Journal, *, actor: Actor, at: dt.datetime) -> int:
        """Do it inside the caller's transaction, every row through the journal; how many things were touched."""
        ...

    def undo(self, change: Change, at: dt.datetime) -> list[str]:
        """Why the event can no longer be undone, beyond rows that changed since: the journal itself puts rows back
        and finds those."""
        ...

    def conserve(self, change: Change, at: dt.datetime) -> list[Balance]:
        """The totals that must not change, read after the tree has changed."""
        ...


_parts: list[ReorganisationPart] = []


def register_part(part: ReorganisationPart) -> None:
    """Apps above register here, in `ready`, in the order in which they are to run."""
    if all(one.name != part.name for one in _parts):
        _parts.append(part)


def parts() -> tuple[ReorganisationPart, ...]:
    """All parts in the order of their registration."""
    return tuple(_parts)
