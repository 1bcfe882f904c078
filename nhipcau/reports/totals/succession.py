"""What units leave to others when they end or are divided: exact shares, nothing lost and nothing added.

Pure arithmetic over unit ids and integers. Shares are whole parts; a value is split by the largest remainder,
event by event, so that the total of a branch is the same before and after every event within it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from nhipcau.core.errors import InvalidInput
from nhipcau.core.shares import split

Shares = Sequence[tuple[int, int]]  # (unit, whole parts, 0 and more), in the order of the file; not all 0


@dataclass(frozen=True)
class Division:
    """What one event makes of a unit's figures. A unit that goes on stands among its own heirs with what it keeps.

    `step` orders events. `fallen`: the unit ended and left nobody, so that the level above takes all, and what that
    hands on by the same event goes on with it. `special` holds the shares of single indicators, by code.
    """

    step: int
    shares: Shares
    fallen: bool = False
    special: Mapping[str, Shares] = field(default_factory=dict)

    def of(self, indicator: str) -> Shares:
        """The shares of that indicator."""
        return self.special.get(indicator, self.shares)


@dataclass(frozen=True)
class Heirs:
    """By unit, the divisions it went through, earliest first; `since`: by unit, the first step after its report.

    `above`: at the end, who counts what came to a unit that does not stand on the day looked at.
    """

    divisions: Mapping[int, Sequence[Division]] = field(default_factory=dict)
    since: Mapping[int, int] = field(default_factory=dict)
    above: Mapping[int, int] = field(default_factory=dict)

    def __contains__(self, unit: int) -> bool:
        """Whether anything of the unit's own report goes to another, or may."""
        return unit in self.above or self.next(unit, self.since.get(unit, 0)) is not None

    def next(self, unit: int, step: int) -> Division | None:
        """The unit's first division from that step on."""
        return next((one for one in self.divisions.get(unit, ()) if one.step >= step), None)


def carry(unit: int, values: Sequence[int], heirs: Heirs, indicators: Sequence[str] = ()) -> dict[int, list[int]]:
    """Where the values of a unit's report come to stand, by the unit they stand at.

    `indicators` names the indicator of each value; without it every value goes by the event's general shares.
    """
    landed: dict[int, list[int]] = {}
    going: list[tuple[int, int, list[int], tuple[int, ...]]] = [(unit, heirs.since.get(unit, 0), list(values), ())]
    while going:
        here, step, carried, path = going.pop()
        division = heirs.next(here, step)
        if division is None:
            home = _climb(here, heirs.above)
            before = landed.get(home)
            landed[home] = [a + b for a, b in zip(before, carried, strict=True)] if before else carried
            continue
        path = _along(path, here) if division.fallen else ()
        then = division.step + (not division.fallen)
        parts = _divided(division, carried, indicators)
        going.extend((heir, then, part, path) for heir, part in parts.items())
    return landed


def _divided(division: Division, carried: list[int], indicators: Sequence[str]) -> dict[int, list[int]]:
    """By heir, its part of every value; an heir that takes no part of any value, by any shares, is left out."""
    names = indicators or [""] * len(carried)
    used = {name: division.of(name) for name in names} or {"": division.shares}
    parts = {heir: [0] * len(carried) for shares in used.values() for heir, part in shares if part}
    for column, (value, name) in enumerate(zip(carried, names, strict=True)):
        shares = used[name]
        for (heir, _), piece in zip(shares, split(value, [part for _, part in shares]), strict=True):
            if piece:
                parts[heir][column] = piece
    return parts


def indicators_of(cells: Sequence[str]) -> list[str]:
    """The indicator of every cell: "gifts[giver=upper]" → "gifts"."""
    return [cell.partition("[")[0] for cell in cells]


def home_of(unit: int, heirs: Heirs) -> int:
    """Where an indivisible thing goes, such as the duty to have reported: with the unit if it goes on, else to the
    heir with most parts, the first."""
    step = heirs.since.get(unit, 0)
    path: tuple[int, ...] = ()
    while division := heirs.next(unit, step):
        path = _along(path, unit) if division.fallen else ()
        step = division.step + (not division.fallen)
        if unit not in dict(division.shares):
            unit = max(division.shares, key=lambda share: share[1])[0]
    return _climb(unit, heirs.above)


def _climb(unit: int, above: Mapping[int, int]) -> int:
    path: tuple[int, ...] = ()
    while unit in above:
        path = _along(path, unit)
        unit = above[unit]
    return unit


def _along(path: tuple[int, ...], unit: int) -> tuple[int, ...]:
    if unit in path:
        raise InvalidInput("Chuỗi kế thừa của các đơn vị đi vòng tròn; hãy chạy «nhipcau verify» để tìm chỗ sai.")
    return (*path, unit)
