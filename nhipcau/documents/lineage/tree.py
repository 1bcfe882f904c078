"""What a letter rests on and what rests on it, several levels up and down, as one post may see it.

A letter lies in many registers: the province's outgoing plan is the commune's incoming one. Rows of the same
number, date and issuer are one letter here. Each level costs a fixed number of queries, whatever its width.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.db.models import Count, Min, Q, QuerySet

from nhipcau.core.text import canonical, fold
from nhipcau.documents.lineage.linking import same_issuer
from nhipcau.documents.models import Citation, Document, DocumentState
from nhipcau.documents.queries import visible_documents
from nhipcau.documents.rights import reads_contents
from nhipcau.org.scope import Scope

DEPTH = 5
_WIDE = 200  # letters opened on one level
_NODES = 400  # of one tree: a letter that many others share stands under each of them
Identity = tuple[str, dt.date | None, str]


class Way(StrEnum):
    """UP: what a letter rests on. DOWN: what rests on it."""

    UP = "up"
    DOWN = "down"


class End(StrEnum):
    """Why a branch goes no further."""

    SEEN = "seen"
    DEEP = "deep"


@dataclass
class Node:
    """A letter in the tree. `document` None: only its symbol is known, printed in a letter that the post sees."""

    symbol: str
    dated: dt.date | None
    kind: str
    document: Document | None = None
    children: list[Node] = field(default_factory=list)
    end: End | None = None


@dataclass(frozen=True)
class _Edge:
    """One letter names another; `kind` is what the lower one does with the upper."""

    symbol: str
    dated: dt.date | None
    kind: str
    other: Identity | None


def branches(scope: Scope, root: Document, way: Way, depth: int = DEPTH) -> list[Node]:
    """The tree above or below a letter that was fetched through a scope."""
    walk = _Walk(scope, way)
    start = identity(root)
    walk.rows[start] = [root]
    level = [start]
    for _ in range(depth):
        level = walk.step(level)
        if not level:
            break
    return walk.grow(start, (start,), depth)


def identity(document: Document) -> Identity:
    """What the rows of one letter share; one without a number is itself alone."""
    if not document.number_key:
        return (f"#{document.pk}", None, "")
    return (document.number_key, document.dated, fold(canonical(document.issuer)))


class _Walk:
    """The letters and edges met so far."""

    def __init__(self, scope: Scope, way: Way) -> None:
        self.scope, self.way = scope, way
        self.rows: dict[Identity, list[Document]] = {}
        self.edges: dict[Identity, list[_Edge]] = {}
        self.left = _NODES

    def step(self, level: Sequence[Identity]) -> list[Identity]:
        """Find the edges of a level; the letters that are new at their other ends."""
        level = level[:_WIDE]
        self._complete(level)
        found = self._up(level) if self.way is Way.UP else self._down(level)
        fresh: dict[Identity, None] = {}
        for start in level:
            kept = {(edge.symbol, edge.dated, edge.other): edge for edge in found.get(start, ())}
            self.edges[start] = list(kept.values())
            fresh |= {edge.other: None for edge in kept.values() if edge.other and edge.other not in self.edges}
        return [one for one in fresh if one not in self.edges]

    def _complete(self, level: Iterable[Identity]) -> None:
        """All rows of the level's letters that the post sees: every register that holds them."""
        wanted = set(level)
        keys = {key for key, _dated, _issuer in wanted}
        for document in visible_documents(self.scope).filter(number_key__in=keys).exclude(number_key=""):
            same = self.rows.setdefault(identity(document), [])
            if identity(document) in wanted and document.pk not in {one.pk for one in same}:
                same.append(document)

    def _up(self, level: Sequence[Identity]) -> dict[Identity, list[_Edge]]:
        owner = {one.pk: key for key in level for one in self.rows.get(key, ())}
        cited = list(Citation.objects.filter(document__in=owner).order_by("pk"))
        seen = self._seen({one.target_id for one in cited if one.target_id})
        edges: dict[Identity, list[_Edge]] = {}
        for one in cited:
            target = seen.get(one.target_id or 0)
            other = self._met(target) if target else None
            edges.setdefault(owner[one.document_id], []).append(_Edge(one.symbol, one.dated, one.kind, other))
        return edges

    def _down(self, level: Sequence[Identity]) -> dict[Identity, list[_Edge]]:
        owner = {one.pk: key for key in level for one in self.rows.get(key, ())}
        by_symbol: dict[tuple[str, dt.date | None], Identity] = {key[:2]: key for key in level if key[1]}
        # A unit below may cite the letter without having entered it; symbol and date still name it.
        named = Q(target=None, symbol_key__in=[key for key, _ in by_symbol], dated__isnull=False)
        cited = list(Citation.objects.filter(Q(target__in=owner) | named).order_by("pk"))
        seen = self._seen({one.document_id for one in cited})
        edges: dict[Identity, list[_Edge]] = {}
        for one in cited:
            start = owner.get(one.target_id or 0) or by_symbol.get((one.symbol_key, one.dated))
            lower = seen.get(one.document_id)
            if start and lower and (one.target_id or same_issuer(one.issuer, start[2])):
                edge = _Edge(lower.number, lower.dated, one.kind, self._met(lower))
                edges.setdefault(start, []).append(edge)
        return edges

    def _seen(self, keys: set[int]) -> dict[int, Document]:
        return {one.pk: one for one in visible_documents(self.scope).filter(pk__in=keys)}

    def _met(self, document: Document) -> Identity:
        same = self.rows.setdefault(identity(document), [])
        if document.pk not in {one.pk for one in same}:
            same.append(document)
        return identity(document)

    def grow(self, start: Identity, path: tuple[Identity, ...], depth: int) -> list[Node]:
        """The nodes under a letter; one that stands on the way here is named and not opened again."""
        nodes = []
        for edge in self.edges.get(start, ()):
            node = Node(edge.symbol, edge.dated, edge.kind)
            if edge.other:
                node.document = self._shown(edge.other)
                if edge.other in path:
                    node.end = End.SEEN
                elif depth > 1 and edge.other in self.edges and self.left > 0:
                    node.children = self.grow(edge.other, (*path, edge.other), depth - 1)
                else:
                    node.end = End.DEEP
            nodes.append(node)
            self.left -= 1
        return nodes

    def _shown(self, letter: Identity) -> Document:
        """The row to open: the own unit's, if it has one."""
        return min(self.rows[letter], key=lambda one: (one.unit_id != self.scope.unit.pk, one.pk))


@dataclass(frozen=True)
class Missing:
    """A letter that the unit's letters cite and its registers lack; `first` is one of its citations."""

    first: Citation
    count: int
    citing: tuple[Document, ...]


def missing(scope: Scope) -> QuerySet[Citation, Any]:
    """The own unit's open citations, one line for each symbol and date, the most cited first."""
    rows = _open(scope).values("symbol_key", "dated").annotate(first=Min("pk"), count=Count("pk"))
    return rows.order_by("-count", "symbol_key", "dated")


def described(scope: Scope, lines: Sequence[dict[str, Any]]) -> list[Missing]:
    """A page of `missing` with who cites each; two queries."""
    firsts = Citation.objects.select_related("possible", "document__unit").in_bulk(
        [line["first"] for line in lines]
    )
    keys = [line["symbol_key"] for line in lines]
    citing: dict[tuple[str, dt.date | None], list[Document]] = {}
    for one in (
        _open(scope).filter(symbol_key__in=keys).select_related("document").order_by("-document__dated", "pk")
    ):
        citing.setdefault((one.symbol_key, one.dated), []).append(one.document)
    found = []
    for line in lines:
        first = firsts[line["first"]]
        found.append(Missing(first, line["count"], tuple(citing[first.symbol_key, first.dated][:5])))
    return found


def _open(scope: Scope) -> QuerySet[Citation]:
    if not reads_contents(scope):
        return Citation.objects.none()
    return Citation.objects.filter(
        document__unit=scope.unit, document__state=DocumentState.REGISTERED, target=None, waived=""
    )
