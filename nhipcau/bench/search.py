"""Searching letters: the product's search against scanning the folded text in Python.

Forty searches of the kinds that clerks make; the figures are the median and the 95th percentile over them, of each
the median of the runs. The peer holds all texts in memory, folded and split beforehand, and stops as soon as its
page is full: all that a scan can do.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from random import Random
from statistics import median
from typing import TYPE_CHECKING, Any

from nhipcau.bench.archive import plant
from nhipcau.bench.instance import temporary_instance
from nhipcau.bench.measure import Options, Report, p95

if TYPE_CHECKING:
    from nhipcau.documents.search.query import Query
    from nhipcau.documents.search.ranks import Order
    from nhipcau.org.scope import Scope

DOCUMENTS, QUERIES, PAGE = 100_000, 40, 20
PEER = "scan of the folded texts in memory, newest first, stopping when the page is full"
LIMIT = "read the page's letters by key"
Ids = list[int]


def run(options: Options) -> Report:
    """`documents` letters, two cases: newest first and ranked."""
    count = options.size("documents", DOCUMENTS)
    with temporary_instance(options.database_url) as database:
        from nhipcau.documents.search.ranks import Order

        options.say(f"{count} letters …")
        scope = plant(count)
        options.say("the scan's texts …")
        shelf, asked = Shelf(scope), searches(count)
        cases = [_case(order, scope, shelf, asked, options) for order in Order]
    return Report("search", database, {"documents": count, "queries": len(asked)}, cases)


def searches(count: int) -> list[str]:
    """What is typed, eight kinds in turn, each taken from a letter that is there: its number; the name it is about,
    with another word of the subject, with and without diacritics; that name; a phrase of the body; two neighbours;
    one word; a word that stands nowhere."""
    from nhipcau.core.text import fold
    from nhipcau.documents.models import Document

    random = Random(61)
    first = Document.objects.order_by("pk").values_list("pk", flat=True)[0]
    found = []
    for turn in range(QUERIES):
        letter = Document.objects.get(pk=first + random.randrange(count))
        topic, _, name = letter.subject.partition(" tại ")
        body = letter.text.rstrip(".").split()
        start = random.randrange(20, len(body) - 4)
        kinds = (
            f"số:{letter.number}",
            fold(f"{topic.split()[-1]} {name}"),
            f"{topic.split()[-1]} {name}",
            fold(f'"{name}"'),
            fold(f'"{" ".join(body[start : start + 4])}"'),
            " ".join(body[start : start + 2]),
            fold(body[start]),
            f"khôngđâucó {body[start]}",
        )
        found.append(kinds[turn % len(kinds)])
    return found


@dataclass(frozen=True)
class Leaf:
    """A letter as the scan holds it: every field as its words between blanks, fields parted by a bar."""

    pk: int
    unit: int
    number: str
    head: str
    folded: str
    head_spelled: str
    spelled: str


class Shelf:
    """All letters in memory, the newest first."""

    def __init__(self, scope: Scope) -> None:
        from nhipcau.documents.models import Document

        self.leaves = [
            _leaf(one) for one in Document.objects.defer("folded", "reading").order_by("-pk").iterator(500)
        ]
        self.seen = {*scope.unit_ids(), scope.unit.pk}

    def search(self, query: Query, order: Order) -> Ids:
        """The first page by the product's rules: a rank for spelling, place and neighbourhood, then the newest."""
        from nhipcau.documents.search.ranks import Order

        wanted, ranks = _wanted(query), _ranks(query, ranked=order is Order.RANKED)
        pages: list[Ids] = [[] for _ in ranks]
        for leaf in self.leaves:
            if leaf.unit in self.seen and all(needle in getattr(leaf, field) for field, needle in wanted):
                rank = next(
                    place for place, wishes in enumerate(ranks) if all(n in getattr(leaf, f) for f, n in wishes)
                )
                pages[rank].append(leaf.pk)
                if len(pages[0]) == PAGE:
                    break
        return [pk for page in pages for pk in page][:PAGE]


def _leaf(document: Any) -> Leaf:
    from nhipcau.documents.search.words import words

    number, subject = words(document.number), words(document.subject)
    rest = [words(part) for part in (document.doc_type, document.issuer, document.text)]
    return Leaf(
        pk=document.pk,
        unit=document.unit_id,
        number=_stream([number], 1),
        head=_stream([number, subject], 1),
        folded=_stream([number, subject, *rest], 1),
        head_spelled=_stream([number, subject], 0),
        spelled=_stream([number, subject, *rest], 0),
    )


def _stream(fields: Sequence[Sequence[tuple[str, str]]], form: int) -> str:
    return " " + " | ".join(" ".join(word[form] for word in field) for field in fields) + " "


Needles = list[tuple[str, str]]


def _wanted(query: Query) -> Needles:
    from nhipcau.documents.search.query import Field

    fields = {Field.TEXT: "folded", Field.NUMBER: "number"}
    return [(fields[piece.field], f" {' '.join(word.folded for word in piece.words)} ") for piece in query.pieces]


def _ranks(query: Query, *, ranked: bool) -> list[Needles]:
    """What each rank asks besides, the best first; `search.preferences` says the same in terms."""
    phrases = [[word.folded for word in piece.words] for piece in query.free]
    typed = [word for phrase in phrases for word in phrase]
    spelled = [word.exact for piece in query.free for word in piece.words]
    found = []
    for exact in (True, False) if query.accented else (False,):
        for heading in (True, False) if ranked else (False,):
            for together in (True, False) if ranked else (False,):
                plain, accents = ("head", "head_spelled") if heading else ("folded", "spelled")
                wishes = [(plain, f" {' '.join(phrase)} ") for phrase in phrases] if heading else []
                wishes += [(accents, f" {word} ") for word in spelled] if exact else []
                if together:
                    wishes += [(plain, f" {a} {b} ") for a, b in pairwise(typed)]
                found.append(wishes)
    return found


def _case(order: Order, scope: Scope, shelf: Shelf, asked: Sequence[str], options: Options) -> dict[str, Any]:
    from nhipcau.documents.search.finding import search
    from nhipcau.documents.search.query import parse

    times: dict[str, list[float]] = {"ours": [], "peer": [], "limit": []}
    same, hits = True, []
    for place, text in enumerate(asked):
        options.say(f"{order}: {place + 1}/{len(asked)} {text}")
        ours = [one.pk for one in search(scope, parse(text), order=order, size=PAGE).hits]
        same = same and ours == shelf.search(parse(text), order)
        hits.append(len(ours))
        query = parse(text)
        sides: dict[str, Callable[[], object]] = {
            "ours": partial(search, scope, query, order=order, size=PAGE),
            "peer": partial(shelf.search, query, order),
            "limit": partial(_read, ours),
        }
        for side, milliseconds in _interleaved(sides, options.runs).items():
            times[side].append(milliseconds)
    return _figures(order, times, same=same) | {"empty_pages": hits.count(0), "full_pages": hits.count(PAGE)}


def _interleaved(sides: dict[str, Callable[[], object]], runs: int) -> dict[str, float]:
    found: dict[str, list[float]] = {name: [] for name in sides}
    gc.collect()
    for _ in range(runs):
        for name, side in sides.items():
            began = time.perf_counter()
            side()
            found[name].append((time.perf_counter() - began) * 1000)
    return {name: median(times) for name, times in found.items()}


def _read(keys: Ids) -> list[tuple[Any, ...]]:
    from nhipcau.documents.models import Document

    return list(Document.objects.filter(pk__in=keys).values_list("pk", "number", "subject", "issuer", "dated"))


def _figures(order: Order, times: dict[str, list[float]], *, same: bool) -> dict[str, Any]:
    ours, peer, limit = (median(times[name]) for name in ("ours", "peer", "limit"))
    ours_p95, peer_p95 = p95(times["ours"]), p95(times["peer"])
    return {
        "case": str(order),
        "ours_ms": round(ours, 3),
        "ours_p95_ms": round(ours_p95, 3),
        "peer": PEER,
        "peer_ms": round(peer, 3),
        "peer_p95_ms": round(peer_p95, 3),
        "limit": LIMIT,
        "limit_ms": round(limit, 3),
        "peer_over_ours": round(peer / ours, 2),
        "peer_over_ours_p95": round(peer_p95 / ours_p95, 2),
        "ours_over_limit": round(ours / limit, 2),
        "same_result": same,
    }
