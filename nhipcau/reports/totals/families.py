"""Nodes recomputed from their direct children: from stored totals of inner ones, from records of the rest."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from nhipcau.core.numbers import pack_many, unpack_many
from nhipcau.core.periods import Period
from nhipcau.org.branches import Branch, lay_out
from nhipcau.org.columns import NOWHERE, Ints
from nhipcau.reports.design.definition import Definition
from nhipcau.reports.design.rollup import Rollup
from nhipcau.reports.models import TemplateVersion
from nhipcau.reports.totals import coverage as covering
from nhipcau.reports.totals.arrays import Levels, Sheet
from nhipcau.reports.totals.engine import Ground
from nhipcau.reports.totals.records import payloads


@dataclass(frozen=True)
class Row:
    """What is stored of a node; see `models.NodeTotal`."""

    figures: bytes
    counts: bytes
    reported: bool


Stored = Callable[[Sequence[int]], Mapping[int, Row]]


class Families:
    """Folds direct children into their parents, on the period's own tree."""

    def __init__(
        self, version: TemplateVersion, period: Period, ground: Ground, definition: Definition, due: dt.date
    ) -> None:
        self.version, self.period, self.definition, self.due = version, period, definition, due
        self.tree, self.rollup = ground.tree, Rollup.of(definition)
        self.lumps = covering.lump_parts(ground.whole, definition, version, period)
        self.met: Counter[int] = Counter()  # by position, how many lumps are no longer elsewhere from there up
        for part in self.lumps:
            pair = self.tree.positions(np.array([part.lump.unit_id, part.lump.owner_id])).tolist()
            if NOWHERE not in pair:
                self.met[covering.first_over(self.tree, *pair)] += 1

    def fold(self, parents: Ints, stored: Stored) -> list[tuple[int, Row]]:
        """The totals of the nodes at those positions, none of them above another."""
        below = [children(self.tree, position) for position in parents.tolist()]
        child = np.array([one for family in below for one in family], np.int64)
        parent = np.repeat(parents, [len(family) for family in below])
        ids = self.tree.ids
        mini = lay_out(ids[parents], ids[child], ids[parent])
        inner = self.tree.end[child] - child > 1
        kept = stored(ids[child[inner]].tolist())
        alone = np.concatenate([ids[parents], ids[child[~inner]]])
        levels = Levels(mini)
        sheet = self._figures(mini, levels, kept, alone)
        counts = self._counts(mini, levels, kept, alone, parents)
        places = mini.positions(ids[parents])
        rows = levels.row[places]
        packed = pack_many(*sheet.wide(rows))
        kept_rows = zip(packed, counts[places], sheet.reported(rows).tolist(), strict=True)
        made = (Row(figures, counted(count), reported) for figures, count, reported in kept_rows)
        return list(zip(ids[parents].tolist(), made, strict=True))

    def _figures(self, mini: Branch, levels: Levels, kept: Mapping[int, Row], alone: Ints) -> Sheet:
        sheet = Sheet(self.rollup, len(mini.ids))
        told = {unit: row.figures for unit, row in kept.items() if row.reported}
        if told:
            rows = levels.row[mini.positions(np.array(list(told), np.int64))]
            sheet.put_wide(rows, *unpack_many(list(told.values()), sheet.width))
        for units, packed in payloads(self.version, self.period, alone):
            sheet.put(levels.row[mini.positions(units)], packed)
        sheet.fold(levels)
        return sheet

    def _counts(self, mini: Branch, levels: Levels, kept: Mapping[int, Row], alone: Ints, parents: Ints) -> Ints:
        counts = np.zeros((len(mini.ids), len(covering.COLUMNS)), np.int64)
        own = covering.of_units(alone, self.definition, self.version, self.period, self.due, self.lumps, only=True)
        counts[mini.positions(alone)] = own
        if kept:
            rows = np.frombuffer(b"".join(row.counts for row in kept.values()), "<i8")
            counts[mini.positions(np.array(list(kept), np.int64))] = rows.reshape(len(kept), -1)
        met = np.array([self.met[position] for position in parents.tolist()], np.int64)
        counts[mini.positions(self.tree.ids[parents]), covering.ELSEWHERE] -= met
        return levels.add_up(counts)


def children(tree: Branch, position: int) -> list[int]:
    """The positions directly below one."""
    found, here, end = [], position + 1, int(tree.end[position])
    while here < end:
        found.append(here)
        here = int(tree.end[here])
    return found


def counted(counts: Ints) -> bytes:
    """The columns of `Coverage` as they are stored."""
    return np.ascontiguousarray(counts, "<i8").tobytes()
