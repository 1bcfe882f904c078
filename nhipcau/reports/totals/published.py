"""Totals as others than the unit that entered a figure may see them: small counts hidden, on every page the same.

What is hidden depends on the whole tree of the axis and on nobody who looks: so that two pages, levels or documents
of one moment never tell together what each of them hides (see `suppression`). The way down from the top is decided
family by family; each costs one look at stored totals. Before the due date, while reports are missing, nothing of
a suppressed figure is shown: whoever looked twice would see the one that came in between. On the tree of another
day it is not shown at all: the same reports in other families would be a second set of equations.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import overload

import numpy as np

from nhipcau.core.periods import Period
from nhipcau.org.columns import NOWHERE
from nhipcau.org.models import Unit
from nhipcau.reports.design.definition import Definition, load
from nhipcau.reports.models import TemplateVersion
from nhipcau.reports.totals.consolidation import Consolidated, consolidate_every_node, due_date_of
from nhipcau.reports.totals.coverage import is_overdue
from nhipcau.reports.totals.engine import whole_ground
from nhipcau.reports.totals.suppression import Node, groups, hidden_nodes, is_sound, veil


def published(
    *,
    version: TemplateVersion,
    period: Period,
    unit: Unit,
    at: dt.datetime,
    day: dt.date | None = None,
    depth: int | None = 0,
    wait: bool = True,
) -> Sequence[Consolidated]:
    """`consolidate_every_node`, with what must not be shown hidden. For whoever shows, prints or exports totals."""
    nodes = consolidate_every_node(
        version=version, period=period, unit=unit, at=at, day=day, depth=depth, wait=wait
    )
    definition = load(version.definition)
    found = groups(definition)
    if not found:
        return nodes
    if day is not None:
        return Published(nodes, definition, {group.code: None for group in found})
    return Published(nodes, definition, _hidden(version, definition, period, unit, at, nodes))


@dataclass(frozen=True)
class Published(Sequence[Consolidated]):
    """The nodes with what must not be shown hidden, made as they are asked for: all cells of a nation are too many.

    `hidden`: by suppressed figure the nodes that hide it, None for all.
    """

    nodes: Sequence[Consolidated]
    definition: Definition
    hidden: Mapping[str, frozenset[int] | None]

    def __len__(self) -> int:
        return len(self.nodes)

    @overload
    def __getitem__(self, position: int) -> Consolidated: ...
    @overload
    def __getitem__(self, position: slice) -> Sequence[Consolidated]: ...
    def __getitem__(self, position: int | slice) -> Consolidated | Sequence[Consolidated]:
        if isinstance(position, slice):
            return [self._veiled(node) for node in self.nodes[position]]
        return self._veiled(self.nodes[position])

    def __iter__(self) -> Iterator[Consolidated]:
        return map(self._veiled, self.nodes)

    def _veiled(self, node: Consolidated) -> Consolidated:
        hidden = [code for code, keys in self.hidden.items() if keys is None or node.unit_id in keys]
        return replace(node, cells=veil(self.definition, node.cells, hidden)) if hidden else node


def hidden_at(*, version: TemplateVersion, period: Period, unit: Unit, at: dt.datetime) -> list[str]:
    """The suppressed figures that are not shown of the unit's total now."""
    definition = load(version.definition)
    if not groups(definition):
        return []
    nodes = consolidate_every_node(version=version, period=period, unit=unit, at=at, depth=0)
    hidden = _hidden(version, definition, period, unit, at, nodes)
    return [code for code, keys in hidden.items() if unit.pk in keys]


def _hidden(
    version: TemplateVersion,
    definition: Definition,
    period: Period,
    unit: Unit,
    at: dt.datetime,
    nodes: Sequence[Consolidated],
) -> dict[str, frozenset[int]]:
    """By suppressed figure, the nodes that hide it; from the top of the axis down to the nodes."""
    line = _line(definition, period, version.template.axis, unit)
    needed = {code for group in groups(definition) for code in group.cells}
    families = [
        [
            _node(one, needed)
            for one in consolidate_every_node(version=version, period=period, unit=above, at=at, depth=1)
        ]
        for above in line[:-1]
    ]
    branch = [_node(node, needed) for node in nodes]
    top = (families[0] if families else branch)[0]
    closed = is_overdue(at, due_date_of(definition, period)) or _complete(version, period, line[0], at)
    found = {}
    for group in groups(definition):
        shown = closed and is_sound(group.of(top.cells), top.reports, group.floor)
        for family, below in zip(families, line[1:], strict=True):
            shown = shown and below.pk not in hidden_nodes(family, group, top_shown=True)
        found[group.code] = hidden_nodes(branch, group, top_shown=shown)
    return found


def _complete(version: TemplateVersion, period: Period, top: Unit, at: dt.datetime) -> bool:
    node = consolidate_every_node(version=version, period=period, unit=top, at=at, depth=0)[0]
    return node.coverage.complete


def _line(definition: Definition, period: Period, axis: str, unit: Unit) -> list[Unit]:
    """From the top of the period's own tree down to the unit."""
    tree = whole_ground(definition, period, axis).tree
    ids = list(_upwards(tree.above, tree.positions(np.array([unit.pk]))[0]))
    found = Unit.objects.in_bulk([int(tree.ids[place]) for place in ids])
    return [found[int(tree.ids[place])] for place in reversed(ids)] or [unit]


def _upwards(above: np.ndarray[tuple[int], np.dtype[np.int64]], place: int) -> Iterator[int]:
    while place != NOWHERE:
        yield place
        place = int(above[place])


def _node(node: Consolidated, needed: Collection[str]) -> Node:
    cells = {code: node.cells[code] for code in needed if code in node.cells}
    return Node(node.unit_id, node.depth, cells, node.coverage.accepted, node.coverage.expected)
