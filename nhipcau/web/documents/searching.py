"""The search over all letters that the post may see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from nhipcau.documents.models import DocumentState
from nhipcau.documents.rights import OFFICERS
from nhipcau.documents.search.finding import Hit, Place, search
from nhipcau.documents.search.marks import Span, excerpts, marked
from nhipcau.documents.search.query import Field, Query, begun, parse
from nhipcau.documents.search.ranks import Order
from nhipcau.org.queries import names_of
from nhipcau.web.declare import page
from nhipcau.web.request import PageRequest
from nhipcau.web.templatetags.nhip import vi_date

EXAMPLES = (
    "an toàn lao động",
    '"vệ sinh lao động" tập huấn',
    "số:56/KH-LĐLĐ",
    'từ:"Tổng Liên đoàn" ngày:2018',
    "loại:kế hoạch ngày:1/3/2018..30/6/2018",
)
_ORDERS = {"moi": Order.NEWEST, "lien-quan": Order.RANKED}


@dataclass(frozen=True)
class Row:
    """A letter found, with what was sought marked in it."""

    hit: Hit
    subject: list[Span]
    excerpt: list[Span]
    holder: str  # the unit whose letter it is, if it is not the own one
    state: str  # said only where it is not simply in the register


@page(*OFFICERS)
def find(request: PageRequest) -> HttpResponse:
    """`q` what is sought, `xep` the order, `tiep` where an earlier page ended."""
    asked = request.GET.get("q", "").strip()
    chosen = request.GET.get("xep", "lien-quan")
    chosen = chosen if chosen in _ORDERS else "lien-quan"
    query, place = parse(asked), Place.read(request.GET.get("tiep", ""))
    order, started = _ORDERS[chosen], ""
    found = search(request.scope, query, order=order, place=place)
    longer = begun(query) if not found.hits and place == Place() else None
    if longer is not None:  # nothing holds the last word whole: perhaps it is still being typed
        found = search(request.scope, longer, order=order)
        query, started = (longer, query.pieces[-1].typed) if found.hits else (query, "")
        found = replace(found, after=None)  # what is typed next asks anew
    context = {
        "started": started,
        "asked": asked,
        "chosen": chosen,
        "orders": (("lien-quan", _("Sát nhất trước")), ("moi", _("Mới vào trước"))),
        "rows": list(_rows(request, query, found.hits)),
        "further": place != Place(),
        "next": urlencode({"q": asked, "xep": chosen, "tiep": str(found.after)}) if found.after else "",
        "understood": list(_understood(query)),
        "query": query,
        "examples": [(text, urlencode({"q": text})) for text in EXAMPLES],
        "crumbs": [(_("Văn bản"), reverse("documents:register")), (_("Tìm văn bản"), "")],
    }
    fragment = request.htmx and request.htmx.target == "ket-qua"
    return render(request, f"web/documents/{'hits' if fragment else 'find'}.html", context)


def _rows(request: PageRequest, query: Query, hits: list[Hit]) -> Iterator[Row]:
    names = names_of([hit.unit_id for hit in hits], request.scope.day)
    texts = excerpts(hits, query)
    for hit in hits:
        state = "" if hit.state == DocumentState.REGISTERED else str(DocumentState(hit.state).label)
        holder = "" if hit.unit_id == request.scope.unit.pk else names[hit.unit_id].name
        yield Row(hit, marked(hit.subject, query), texts.get(hit.pk, []), holder, state)


def _understood(query: Query) -> Iterator[tuple[str, str]]:
    """What the words typed were taken for, one line for each kind."""
    labels = {
        Field.TEXT: _("các chữ"),
        Field.NUMBER: _("số, ký hiệu"),
        Field.ISSUER: _("cơ quan ban hành"),
        Field.TYPE: _("tên loại"),
    }
    for field, label in labels.items():
        typed = [
            piece.typed if len(piece.words) == 1 else f"“{piece.typed}”"
            for piece in query.pieces
            if piece.field is field
        ]
        if typed:
            yield label, ", ".join(typed)
    if query.first or query.last:
        yield _("ngày văn bản"), _span(query.first, query.last)


def _span(first: dt.date | None, last: dt.date | None) -> str:
    if first == last:
        return vi_date(first)
    if first is None:
        return _("đến %(day)s") % {"day": vi_date(last)}
    if last is None:
        return _("từ %(day)s") % {"day": vi_date(first)}
    return f"{vi_date(first)} – {vi_date(last)}"
