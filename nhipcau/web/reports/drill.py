"""Nguồn số liệu: from any figure to the units it adds up from, and from a unit's own figure to its records."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render

from nhipcau.core.errors import NotFound
from nhipcau.core.numbers import format_value
from nhipcau.org.queries import name_of, names_of
from nhipcau.press.path import to_pdf
from nhipcau.reports.design.definition import Indicator
from nhipcau.reports.issuing.figure_paper import figure_paper
from nhipcau.reports.totals.consolidation import Consolidated, Coverage, tree_day
from nhipcau.reports.totals.lineage import Leaf, own_part
from nhipcau.reports.totals.suppression import touched
from nhipcau.web.declare import page
from nhipcau.web.reports import pieces, trees
from nhipcau.web.reports.branches import Branch, find
from nhipcau.web.reports.origins import Origin, origins
from nhipcau.web.request import PageRequest
from nhipcau.web.sending import download
from nhipcau.web.words import labelled


@dataclass(frozen=True)
class Part:
    """One part of a figure: a unit below (or a term of a formula), its value and the way further down."""

    label: str
    value: str
    url: str
    place: str
    coverage: Coverage | None = None


@dataclass(frozen=True)
class Own:
    """The unit's own figure: the report it stands in, the records behind it, and what no record covers."""

    value: str
    report: object
    origins: list[Origin]
    by_hand: str
    covers: int = 0


@dataclass(frozen=True)
class Share:
    """What an ended unit left here, of how much; its report where the visitor may open it."""

    name: str
    value: str
    whole: str
    report: object | None


@page()
def drill(request: PageRequest, code: str, period: str, unit: uuid.UUID, indicator: str) -> HttpResponse:
    """The parts of one figure: a fragment within the table, a page of its own without scripts."""
    found, _both = trees.choose(find(request.scope, code, period, unit), request)
    item = found.definition.indicator(indicator)
    if item is None:
        raise NotFound("Biểu mẫu này không có chỉ tiêu ấy.")
    every, secret = found.nodes(request.moment), indicator in touched(found.definition)
    own: Own | None = None
    received: list[Share] = []
    if item.over_units == "formula":
        parts = _terms(found, item, every[0])
    else:
        if not item.suppress_below:
            own, received = _own(found, item, every, request)
        parts = _below(found, item, every, request) if item.over_units != "none" else []
    context = {
        "branch": found,
        "item": item,
        "label": labelled(item),
        "unit_name": name_of(found.unit, found.day).name,
        "value": pieces.figure(every[0].cells[item.code], item),
        "parts": parts,
        "own": own,
        "received": received,
        "back": found.url("consolidated"),
        "pdf": "" if item.over_units == "formula" or secret else found.url("drill_pdf", indicator=indicator),
        "why": "" if secret else found.url("why", indicator=indicator),
        "secret": secret,
        "why_place": pieces.place("vi-sao", indicator, found.unit.uid),
    }
    name = "drill_rows" if request.htmx else "drill"
    return render(request, f"web/reports/{name}.html", context)


@page(takes="reports.figures_taken", of="unit")
def drill_pdf(request: PageRequest, code: str, period: str, unit: uuid.UUID, indicator: str) -> HttpResponse:
    """The whole path of one figure, down to records and papers, to print."""
    found, _both = trees.choose(find(request.scope, code, period, unit), request)
    paper = figure_paper(
        version=found.version,
        indicator=indicator,
        period=found.period,
        unit=found.unit,
        at=request.moment,
        day=found.on,
    )
    return download(to_pdf(paper), f"nguon-{indicator}-{found.period.key}.pdf", "application/pdf")


def _own(
    found: Branch, item: Indicator, every: Sequence[Consolidated], request: PageRequest
) -> tuple[Own | None, list[Share]]:
    """The unit's own part, and what ended units left it; proven against the figures below before any is shown."""
    here = own_part(
        version=found.version,
        indicator=item.code,
        period=found.period,
        every=every,
        unit=found.unit,
        day=found.on,
    ).leaves
    leaf: Leaf | None = next((leaf for leaf in here if not leaf.handed_on), None)
    return _as_own(leaf, item), _shares([leaf for leaf in here if leaf.handed_on], found, item, request)


def _shares(leaves: list[Leaf], found: Branch, item: Indicator, request: PageRequest) -> list[Share]:
    names = names_of([leaf.unit.pk for leaf in leaves], tree_day(found.definition, found.period))
    seen = set(request.scope.units_ever().filter(pk__in=names).values_list("pk", flat=True))
    return [
        Share(
            name=names[leaf.unit.pk].name,
            value=format_value(leaf.value, item.decimals),
            whole=format_value(leaf.whole, item.decimals),
            report=leaf.submission if leaf.unit.pk in seen else None,
        )
        for leaf in leaves
    ]


def _as_own(leaf: Leaf | None, item: Indicator) -> Own | None:
    if leaf is None:
        return None
    return Own(
        value=format_value(leaf.value, item.decimals),
        report=leaf.submission,
        origins=origins(leaf.sources, item),
        by_hand=format_value(leaf.by_hand, item.decimals) if leaf.by_hand else "",
        covers=leaf.covers,
    )


def _below(found: Branch, item: Indicator, every: Sequence[Consolidated], request: PageRequest) -> list[Part]:
    nodes = [node for node in every if node.depth == 1]
    names = names_of([node.unit_id for node in nodes], found.day)
    seen = dict(request.scope.units_ever().filter(pk__in=names).values_list("pk", "uid"))
    parts = []
    for node in sorted(nodes, key=lambda node: names[node.unit_id].sort_key):
        uid = seen.get(node.unit_id)
        url = found.url("drill", uid, indicator=item.code) if uid else ""
        value = pieces.figure(node.cells[item.code], item)
        parts.append(Part(names[node.unit_id].name, value, url, pieces.place(item.code, uid), node.coverage))
    return parts


def _terms(found: Branch, item: Indicator, node: Consolidated) -> list[Part]:
    """The indicators a formula reads, in printed order."""
    names = found.definition.formulas()[item.code].names
    return [
        Part(
            label=labelled(term),
            value=pieces.figure(node.cells[term.code], term),
            url=found.url("drill", indicator=term.code),
            place=pieces.place(item.code, term.code, found.unit.uid),
        )
        for term in found.definition.indicators()
        if term.code in names
    ]
