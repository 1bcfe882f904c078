"""Small counts of people stay with the unit that entered them: which figures of a tree are shown. Pure.

A figure with `suppress_below` k is shown or hidden whole, with every part of its breakdowns, node by node. It is
*sound* at a node if each cell is 0 or at least k, and at least FEWEST reports stand behind it: so a single unit's
own count is never shown to others. Of a node that is shown, the direct children and its own part make a family that
adds up to it. Those of the family that are not sound are hidden and, so that nobody finds them by subtracting, as
many others as it takes for the hidden ones to be sound together. Below what is hidden all is hidden. What remains
of any hidden count is one equation: it and others, at least k together.

The others are chosen by how many units they have, the fewest first, and not by their counts: a correction should
not bring out what was hidden before and hide what was shown.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from nhipcau.core.numbers import HIDDEN, Cell, CellState
from nhipcau.reports.design.definition import Definition
from nhipcau.reports.design.figures import Cells

FEWEST = 3  # reports: with two, each of the two units would know the other's count
Vector = tuple[int, ...]


@dataclass(frozen=True)
class Group:
    """A suppressed figure: its whole and its parts, and the least count shown."""

    code: str
    cells: tuple[str, ...]
    floor: int

    def of(self, cells: Mapping[str, Cell]) -> Vector:
        """The counts; what is missing or does not apply counts for nothing."""
        return tuple(cells[code].value if code in cells else 0 for code in self.cells)


@dataclass(frozen=True)
class Member:
    """One of a family: a direct child with its branch, or the node's own part."""

    key: int
    counts: Vector
    reports: int
    size: int


@dataclass(frozen=True)
class Node:
    """A node of the tree in depth-first order: its figures, how many accepted reports stand behind them, and how
    many units are expected to report."""

    key: int
    depth: int
    cells: Mapping[str, Cell]
    reports: int
    size: int


def groups(definition: Definition) -> tuple[Group, ...]:
    """The suppressed figures of a template."""
    return tuple(
        Group(item.code, (item.code, *_parts(definition, item.code)), item.suppress_below)
        for item in definition.indicators()
        if item.suppress_below and not item.part_of
    )


def _parts(definition: Definition, code: str) -> tuple[str, ...]:
    parts = definition.parts_of(code)
    return parts if parts != (code,) else ()


def is_sound(counts: Sequence[int], reports: int, floor: int) -> bool:
    """Whether these counts may stand for themselves."""
    small = any(0 < abs(count) < floor for count in counts)
    return not any(counts) or (not small and reports >= FEWEST)


def to_hide(family: Sequence[Member], floor: int) -> frozenset[int]:
    """The keys of a family to hide, where the node above is shown. Members that count nobody come last."""
    hidden = [member for member in family if not is_sound(member.counts, member.reports, floor)]
    others = sorted(
        (member for member in family if member not in hidden),
        key=lambda member: (not any(member.counts), member.size, member.key),
    )
    while hidden and others and not is_sound(*_together(hidden), floor):
        hidden.append(others.pop(0))
    return frozenset(member.key for member in hidden)


def _together(members: Sequence[Member]) -> tuple[Vector, int]:
    return tuple(map(sum, zip(*(one.counts for one in members), strict=True))), sum(one.reports for one in members)


def hidden_nodes(nodes: Sequence[Node], group: Group, *, top_shown: bool) -> frozenset[int]:
    """The keys of the nodes at which the figure is hidden; the own part of a node counts as a member of its family.

    `nodes` are a branch, or a node with its direct children, in depth-first order.
    """
    hidden: set[int] = set() if top_shown else {nodes[0].key}
    for node, below in _families(nodes):
        if node.key in hidden:
            hidden |= {child.key for child in below}
        elif below:
            hidden |= to_hide(list(_family(node, below, group)), group.floor) - {node.key}
    return frozenset(hidden)


def _families(nodes: Sequence[Node]) -> Iterator[tuple[Node, list[Node]]]:
    """Every node with its direct children, from the top down."""
    below: dict[int, list[Node]] = {node.key: [] for node in nodes}
    line: list[Node] = []
    for node in nodes:
        line = [*line[: node.depth - nodes[0].depth], node]
        if len(line) > 1:
            below[line[-2].key].append(node)
    return ((node, below[node.key]) for node in nodes)


def _family(node: Node, below: Sequence[Node], group: Group) -> Iterator[Member]:
    """The children, and what of the node is its own."""
    counts = [group.of(child.cells) for child in below]
    yield from (Member(child.key, its, child.reports, child.size) for child, its in zip(below, counts, strict=True))
    own = tuple(whole - sum(parts) for whole, *parts in zip(group.of(node.cells), *counts, strict=True))
    if any(own) or node.reports > sum(child.reports for child in below):
        yield Member(node.key, own, 1, 1)


# --- on a page ---------------------------------------------------------------------------------------------
def veil(definition: Definition, cells: Mapping[str, Cell], hidden: Collection[str]) -> Cells:
    """The cells with those figures hidden: their parts, and the formulas that read them, however far."""
    if not hidden:
        return dict(cells)
    gone = _reached(definition, [group for group in groups(definition) if group.code in hidden])
    computed = definition.formulas()  # which are missing where what they read is hidden already
    return {
        code: HIDDEN if code in gone and (cell.state is CellState.VALUE or code in computed) else cell
        for code, cell in cells.items()
    }


def touched(definition: Definition) -> frozenset[str]:
    """Every code that may be hidden somewhere: suppressed figures, their parts, and what is computed from them."""
    return frozenset(_reached(definition, groups(definition)))


def _reached(definition: Definition, chosen: Iterable[Group]) -> set[str]:
    gone = {code for group in chosen for code in group.cells}
    formulas = definition.formulas()
    while gone and (reading := {code for code, one in formulas.items() if code not in gone and one.names & gone}):
        gone |= reading
    return gone


def veil_all(definition: Definition, cells: Mapping[str, Cell]) -> Cells:
    """The cells of another unit's own report: nothing of a suppressed figure is shown."""
    return veil(definition, cells, [group.code for group in groups(definition)])


def still_hidden(definition: Definition, parts: Iterable[Mapping[str, Cell]]) -> list[str]:
    """The suppressed figures hidden in any of these: what is added up from them stays hidden too."""
    every = list(parts)
    return [
        group.code
        for group in groups(definition)
        if any(cells.get(code) == HIDDEN for cells in every for code in group.cells)
    ]
