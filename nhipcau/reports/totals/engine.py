"""The engine of consolidation: what stands where, and everything added up to every node as arrays.

Own figures are the latest accepted revision of the unit itself; a middle unit's workflow never gates its children.
Reports are read in chunks and added up level by level (see `arrays`, `records`, `coverage`); cells are made for the
nodes asked.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import overload

import numpy as np

from nhipcau.core.errors import InvalidInput
from nhipcau.core.numbers import Payloads, unpack_many
from nhipcau.core.periods import Period
from nhipcau.org.branches import Branch, tree_during, under
from nhipcau.org.columns import NOWHERE, Ints, Places
from nhipcau.org.models import Unit
from nhipcau.reports.design.definition import Definition
from nhipcau.reports.design.figures import Cells, with_formulas
from nhipcau.reports.design.rollup import SUM, Rollup
from nhipcau.reports.models import TemplateVersion
from nhipcau.reports.totals import coverage as covering
from nhipcau.reports.totals.arrays import Chosen, Levels, Sheet, cells_of_wide, weighed
from nhipcau.reports.totals.coverage import Coverage, LumpPart
from nhipcau.reports.totals.days import span_of
from nhipcau.reports.totals.records import FEW, of_other_versions, payloads
from nhipcau.reports.totals.succession import Heirs, carry, home_of, indicators_of
from nhipcau.reports.totals.views_of_tree import as_on, hung


@dataclass(frozen=True)
class Consolidated:
    """One node's figures with its coverage, as at a moment.

    `weighed`: by the code of a mean, Σ value · weight and Σ weight, for whoever adds it up further;
    empty where the node is read from a seal.
    """

    unit_id: int
    depth: int
    cells: Cells
    coverage: Coverage
    at: dt.datetime
    weighed: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    def coverage_json(self) -> dict[str, int]:
        return asdict(self.coverage)


@dataclass(frozen=True)
class Ground:
    """What figures are added up on: the tree, the units whose reports count with the position each is counted at,
    what those of them that no longer stand hand on, and the whole tree of the period."""

    tree: Branch
    units: Ints
    homes: Ints
    heirs: Heirs
    whole: Branch

    @cached_property
    def levels(self) -> Levels:
        """The tree level by level."""
        return Levels(self.tree)

    @cached_property
    def few(self) -> bool:
        """Whether the branch is small enough to look its reports up unit by unit."""
        return len(self.units) * FEW < len(self.whole.ids)


def ground_of(definition: Definition, period: Period, unit: Unit, day: dt.date | None, axis: str) -> Ground:
    """Without `day` the period's own tree; with it, the same reports on the tree of that day."""
    span = span_of(definition, period)
    whole = tree_during(span, axis, lambda: hung(span, axis))
    if day is None:
        tree = under(unit, whole)
        return Ground(tree, tree.ids, np.arange(len(tree.ids)), Heirs(), whole)
    view = as_on(unit, span, day, axis)
    units = np.array(sorted(view.counted), np.int64)
    homes = view.tree.positions(units)
    for place in np.flatnonzero(handing(units, view.heirs)).tolist():
        homes[place] = view.tree.positions(np.array([home_of(int(units[place]), view.heirs)]))[0]
    return Ground(view.tree, units, homes, view.heirs, whole)


def whole_ground(definition: Definition, period: Period, axis: str) -> Ground:
    """The period's own tree, all of it."""
    span = span_of(definition, period)
    tree = tree_during(span, axis, lambda: hung(span, axis))
    return Ground(tree, tree.ids, np.arange(len(tree.ids)), Heirs(), tree)


def handing(units: Ints, heirs: Heirs) -> Chosen:
    """Which of the units hand on what they reported, or a part of it."""
    concerned = [*heirs.divisions, *heirs.above]
    found = np.isin(units, concerned)
    for place in np.flatnonzero(found).tolist():
        found[place] = int(units[place]) in heirs
    return found


@dataclass(frozen=True)
class EveryNode(Sequence[Consolidated]):
    """The totals of every node of a branch, kept as arrays; cells and coverage are made for the nodes asked for."""

    ground: Ground
    sheet: Sheet
    counts: Ints
    definition: Definition
    keys: Sequence[str]
    at: dt.datetime
    overdue: bool

    def __len__(self) -> int:
        return len(self.ground.tree.ids)

    @overload
    def __getitem__(self, position: int) -> Consolidated: ...
    @overload
    def __getitem__(self, position: slice) -> Sequence[Consolidated]: ...
    def __getitem__(self, position: int | slice) -> Consolidated | Sequence[Consolidated]:
        if isinstance(position, slice):
            return [self[place] for place in range(len(self))[position]]
        place = range(len(self))[position]
        row = self.ground.levels.row[place : place + 1]
        cells = cells_of_wide(self.sheet.rollup, *self.sheet.wide(row))
        return Consolidated(
            unit_id=int(self.ground.tree.ids[place]),
            depth=int(self.ground.tree.depth[place]),
            cells=with_formulas(self.definition, dict(zip(self.keys, cells, strict=True))),
            coverage=Coverage.at_moment(self.counts[place].tolist(), overdue=self.overdue),
            at=self.at,
            weighed=weighed(self.sheet.rollup, self.keys, self.sheet.wide(row)[0][0]),
        )

    def __iter__(self) -> Iterator[Consolidated]:
        return (self[place] for place in range(len(self)))


def figures_of(
    ground: Ground, definition: Definition, version: TemplateVersion, period: Period, *, sealed: bool = False
) -> Sheet:
    """The totals of every node, from the reports; `sealed` as they were sealed and not as they stand."""
    others = of_other_versions(version, period)
    if len(others) and _lands(ground, others):
        raise InvalidInput("Trong kỳ này có báo cáo theo phiên bản biểu mẫu khác; chưa cộng chung được.")
    reports = payloads(version, period, ground.units if ground.few else None, sealed=sealed)
    return add_up(ground, reports, Rollup.of(definition), version.cells)


def _lands(ground: Ground, units: Ints) -> bool:
    """Whether anything of those units' reports may count here."""
    places = Places(ground.units).among(units)
    return bool((ground.homes[places] != NOWHERE).any() or handing(ground.units[places], ground.heirs).any())


def add_up(ground: Ground, reports: Iterable[tuple[Ints, Payloads]], rollup: Rollup, keys: Sequence[str]) -> Sheet:
    """Chunks of (unit ids, payloads) added up to every node. Reports of units that do not count are left out."""
    sheet = Sheet(rollup, len(ground.tree.ids))
    counted, hands_on = Places(ground.units), handing(ground.units, ground.heirs)
    handed_on: list[tuple[int, bytes]] = []
    for units, packed in reports:
        places = counted(units)
        homes = np.where((places == NOWHERE) | hands_on[places], NOWHERE, ground.homes[places])
        here = np.flatnonzero(homes != NOWHERE)
        if len(here):
            sheet.put(ground.levels.row[homes[here]], packed if len(here) == len(packed) else packed[here])
        off = np.flatnonzero((places != NOWHERE) & hands_on[places])
        handed_on += [(int(units[i]), packed[i].tobytes()) for i in off.tolist()]
    for unit, payload in handed_on:  # after the reports that stay, whose rows they may share
        _hand_on(sheet, ground, unit, payload, indicators_of(keys))
    sheet.fold(ground.levels)
    return sheet


def _hand_on(sheet: Sheet, ground: Ground, unit: int, payload: bytes, indicators: Sequence[str]) -> None:
    """A report that went through events: sums go to the heirs in their shares, what cannot be split goes whole to
    where the unit itself is counted."""
    rollup = sheet.rollup
    values, states = (found[0] for found in rollup.widen(*unpack_many([payload], rollup.count)))
    named = [*indicators, *(indicators[mean.column] for mean in rollup.means for _ in range(2))]
    home, summed = home_of(unit, ground.heirs), rollup.operators == SUM
    parts = carry(unit, values.tolist(), ground.heirs, named)
    for heir in {*parts, home}:
        position = int(ground.tree.positions(np.array([heir]))[0])
        if position != NOWHERE:
            share = np.where(summed, np.array(parts.get(heir, values.tolist()), np.int64), values)
            told = (summed & (heir in parts)) | (~summed & (heir == home))
            sheet.add(int(ground.levels.row[position]), share, states, told)


def coverage_of(
    ground: Ground, definition: Definition, version: TemplateVersion, period: Period, due: dt.date
) -> Ints:
    """The columns of `Coverage` at every position; `late` without those that are still missing."""
    parts = covering.lump_parts(ground.whole, definition, version, period)
    units = covering.of_units(ground.units, definition, version, period, due, parts, only=ground.few)
    homes = list(_homes(ground, parts)) if parts else []
    return covering.at_every_node(ground.tree, ground.levels, ground.homes, units, homes)


def _homes(ground: Ground, parts: Iterable[LumpPart]) -> Iterator[tuple[int, int]]:
    """Where a unit in a lump and the lump's owner are counted, of those that count here."""
    at = Places(ground.units)
    for part in parts:
        unit, owner = at.one(part.lump.unit_id), at.one(part.lump.owner_id)
        if NOWHERE not in (unit, owner):
            yield int(ground.homes[unit]), int(ground.homes[owner])
