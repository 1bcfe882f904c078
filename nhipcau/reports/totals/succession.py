"""What an ended unit leaves to those that go on in its place: exact shares, nothing lost and nothing added.

Pure arithmetic over unit ids and integers. Shares are whole parts; a value is split by the largest remainder,
event by event, so that the total of a branch is the same before and after every event within it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from nhipcau.core.errors import InvalidInput

Shares = Sequence[tuple[int, int]]  # (unit, whole parts > 0), in the order of the file
Heirs = Mapping[int, Shares]  # by unit that no longer stands


def split(value: int, parts: Sequence[int]) -> list[int]:
    """The value in proportion to `parts` as integers that add up to it; each is within one of its exact share.

    What rounding down leaves over goes, one each, to the largest remainders; of equal ones to the first.
    """
    whole = sum(parts)
    shares = [value * part // whole for part in parts]
    largest = sorted(range(len(parts)), key=lambda i: (-(value * parts[i] % whole), i))
    for place in largest[: value - sum(shares)]:
        shares[place] += 1
    return shares


def carry(unit: int, values: Sequence[int], heirs: Heirs) -> dict[int, list[int]]:
    """Where the values of a unit come to stand, by the unit they stand at; a unit that stands keeps its own."""
    landed: dict[int, list[int]] = {}
    going: list[tuple[int, list[int], tuple[int, ...]]] = [(unit, list(values), ())]
    while going:
        here, carried, path = going.pop()
        shares = heirs.get(here)
        if shares is None:
            before = landed.get(here)
            landed[here] = [a + b for a, b in zip(before, carried, strict=True)] if before else carried
            continue
        _refuse_circle(here, path)
        parts = [part for _, part in shares]
        columns = [split(value, parts) for value in carried]
        going.extend((heir, [column[i] for column in columns], (*path, here)) for i, (heir, _) in enumerate(shares))
    return landed


def home_of(unit: int, heirs: Heirs) -> int:
    """Where an indivisible thing goes, such as the duty to have reported: the heir with most parts, the first."""
    path: tuple[int, ...] = ()
    while unit in heirs:
        _refuse_circle(unit, path)
        path = (*path, unit)
        unit = max(heirs[unit], key=lambda share: share[1])[0]
    return unit


def _refuse_circle(unit: int, path: tuple[int, ...]) -> None:
    if unit in path:
        raise InvalidInput("Chuỗi kế thừa của các đơn vị đi vòng tròn; hãy chạy «nhipcau verify» để tìm chỗ sai.")
