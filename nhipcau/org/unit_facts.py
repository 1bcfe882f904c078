"""What figures ask of every unit, as arrays kept for each version of the tree: its kind and its members."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nhipcau.org.columns import Ints, Places, integers
from nhipcau.org.models import Unit
from nhipcau.org.soundness import tree_version


@dataclass(frozen=True)
class UnitFacts:
    """Aligned columns over all units, by ascending id."""

    ids: Ints
    kind: Ints
    members: Ints

    def rows(self, units: Ints) -> Ints:
        """Where those units stand; all must be known."""
        return self._places(units)

    @cached_property
    def _places(self) -> Places:
        return Places(self.ids)


_kept: tuple[int | None, UnitFacts] | None = None


def unit_facts() -> UnitFacts:
    """The facts of all units as they stand."""
    global _kept  # noqa: PLW0603 - one value for the process, replaced whole
    version = tree_version()
    kept = _kept
    if kept is not None and version is not None and kept[0] == version:
        return kept[1]
    columns = integers(Unit.objects.order_by("pk").values_list("pk", "kind", "members"))
    facts = UnitFacts(*(np.ascontiguousarray(columns[:, place]) for place in range(3)))
    if version is not None and tree_version() == version:
        _kept = (version, facts)
    return facts
