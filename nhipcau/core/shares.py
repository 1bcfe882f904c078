"""Dividing a whole number so that nothing is lost and nothing added."""

from __future__ import annotations

from collections.abc import Sequence


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
