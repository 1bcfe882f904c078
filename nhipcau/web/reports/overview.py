"""Toàn cảnh: a branch on one page: who reported over the periods, what the figures say and how they went."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from nhipcau.core.errors import NotFound
from nhipcau.org.models import Closure, Unit, UnitName
from nhipcau.org.queries import has_below, names_of
from nhipcau.org.scope import Scope
from nhipcau.reports.design.definition import Indicator
from nhipcau.reports.totals.overview import Column, columns_of, periods_before, year_before
from nhipcau.web import charts
from nhipcau.web.declare import page
from nhipcau.web.reports import overview_figures as figures
from nhipcau.web.reports import overview_map as mapped
from nhipcau.web.reports import pieces, trees
from nhipcau.web.reports.branches import Branch, find
from nhipcau.web.reports.consolidated import asked_for, chooser, crumbs
from nhipcau.web.request import PageRequest
from nhipcau.web.templatetags.nhip import vi_number
from nhipcau.web.words import in_words, named

PERIODS = 6  # columns of the map
ROWS = 40  # on one page of it
WIDE = 200  # units, from which on the branch is met by its overview
SHOWN = ("", "thieu")


@dataclass(frozen=True)
class Overview:
    """A branch with the periods up to the one asked for, and the figures chosen. `query`: these, as `&a=b`; `both`:
    whether the branch looks different on today's tree."""

    branch: Branch
    items: list[Indicator]
    columns: list[Column]
    year_ago: Column | None
    scope: Scope
    query: str
    both: bool

    @property
    def last(self) -> Column:
        """The period asked for."""
        return self.columns[-1]

    @cached_property
    def units(self) -> list[int]:
        """Everybody directly below in one of the periods, by name."""
        return mapped.in_order(mapped.members_below(self.columns), self.names)

    @cached_property
    def names(self) -> dict[int, UnitName]:
        """Their names, with the unit's own."""
        return names_of([self.branch.unit.pk, *mapped.members_below(self.columns)], self.branch.day)

    @cached_property
    def seen(self) -> dict[int, uuid.UUID]:
        """The units below whose page the visitor may open."""
        return dict(self.scope.units_ever().filter(pk__in=self.units).values_list("pk", "uid"))

    def url(self, name: str, unit: object = None, **more: str) -> str:
        """Another page about the branch with the same figures chosen."""
        return trees.linked(self.branch.url(name, unit, **more), self.query)


def read(request: PageRequest, code: str, period: str, unit: uuid.UUID) -> Overview:
    """What an address of this area names."""
    asked_for = find(request.scope, code, period, unit)
    periods = periods_before(code, asked_for.period, PERIODS)
    found, both = trees.choose(asked_for, request, periods[0])
    items = figures.chosen(found.definition, request.GET)
    same = year_before(code, found.period)
    extra = [same] if same is not None and same not in periods else []
    read = columns_of(code, [*extra, *periods], found.unit, request.moment, found.on)
    columns = read[len(extra) :]
    asked = [item.code for item in items] if request.GET.getlist("chi-tieu") else []
    return Overview(
        branch=found,
        items=items,
        columns=columns,
        year_ago=next((one for one in read if one.period == same), None),
        scope=request.scope,
        query="&" + urlencode([("chi-tieu", code) for code in asked]) if asked else "",
        both=both,
    )


@page()
def start(request: PageRequest) -> HttpResponse:
    """To the overview of one's own branch, as `consolidated.start`; the figures chosen go along."""
    address = asked_for(request)
    if address is None:
        return render(request, "web/reports/nothing.html", {"tabs": pieces.tabs(request.scope, "")})
    url = reverse("reports:overview", kwargs=address)
    chosen = [("chi-tieu", code) for code in request.GET.getlist("chi-tieu")]
    return redirect(f"{url}?{urlencode(chosen)}" if chosen else url)


@page()
def overview(request: PageRequest, code: str, period: str, unit: uuid.UUID) -> HttpResponse:
    """The page. `?loc=thieu` leaves the units with something to look after."""
    shown = request.GET.get("loc", "")
    if shown not in SHOWN:
        raise NotFound("Không có cách lọc này.")
    found = read(request, code, period, unit)
    units = mapped.lacking(found.columns, found.units) if shown else found.units
    page_obj = Paginator(units, ROWS).get_page(request.GET.get("page"))
    told = figures.headlines(found.items, found.columns, found.year_ago)
    context = {
        **head(found),
        "rows": [row(found, pk) for pk in page_obj.object_list],
        "page_obj": page_obj,
        "legend": mapped.LEGEND,
        "shown": shown,
        "lacking": len(mapped.lacking(found.columns, found.units)),
        "all_units": len(found.units),
        "headlines": [(one, place_of(one), found.branch.url("drill", indicator=one.item.code)) for one in told],
        "trends": figures.trends(found.items, found.columns),
        "stars": figures.hides(told, [*found.columns, *([found.year_ago] if found.year_ago else [])]),
        "tiles": tiles(found, list(page_obj.object_list)),
        "tabs": pieces.tabs(request.scope, "reports:overview_start"),
        "crumbs": crumbs(found.branch, request.scope, "overview"),
        "chooser": chooser(found.branch, request.scope),
        "sections": figures.sections(found.branch.definition, found.items),
        "most": figures.MOST,
        "files": [
            (kind, found.branch.url("overview_map", kind=kind), found.url("overview_figures", kind=kind))
            for kind in ("xlsx", "csv")
        ],
        "brief_url": found.url("brief"),
        "trees": trees.links(found.branch, "overview", found.query) if found.both else [],
        "all_url": found.url("overview"),
    }
    return render(request, "web/reports/overview.html", context)


def place_of(one: figures.Headline) -> str:
    """Where the source of a figure opens."""
    return pieces.place(one.item.code)


def head(found: Overview) -> dict[str, object]:
    """What the page and the brief say alike."""
    last = found.last
    return {
        "found": found,
        "branch": found.branch,
        "unit_name": found.names[found.branch.unit.pk].name,
        "name": named(found.branch.definition),
        "period": in_words(found.branch.period),
        "before": in_words(found.columns[-2].period) if len(found.columns) > 1 else "",
        "year_ago": in_words(found.year_ago.period) if found.year_ago else "",
        "due": pieces.due(found.branch.definition, found.branch.period, found.scope.day),
        "at": last.whole.node.at,
        "counts": mapped.counts_of(last.whole, last),
        "whole": [
            mapped.square(one.whole, one, found.branch.url("overview_who", period=one.period.key))
            for one in found.columns
        ],
        "coverage": coverage(last),
        "columns": [(one.period.key, in_words(one.period)) for one in found.columns],
    }


def coverage(last: Column) -> charts.Bars:
    """How much of the branch stands behind the figures, by units and by members."""
    counts = mapped.counts_of(last.whole, last)
    words = _("%(part)s trên %(whole)s")
    parts = [
        (_("Đơn vị đã được tiếp nhận"), counts.accepted, counts.expected),
        (_("Đoàn viên của các đơn vị ấy"), counts.members, counts.all_members),
    ]
    return charts.bars(
        title=_("Độ phủ của số liệu"),
        parts=[
            (name, words % {"part": vi_number(part), "whole": vi_number(whole)}, part, whole)
            for name, part, whole in parts
        ],
    )


def row(found: Overview, pk: int) -> mapped.Row:
    """One unit below over the periods; each square opens who stands behind it."""
    uid = found.seen.get(pk)
    squares = [
        mapped.square(
            column.standings.get(pk),
            column,
            found.branch.url("overview_who", uid, period=column.period.key) if uid else "",
        )
        for column in found.columns
    ]
    return mapped.Row(found.names[pk].name, way_to(found, pk), pieces.place("hang", uid or pk), squares)


def way_to(found: Overview, pk: int) -> str:
    """The overview of a unit below; a unit with nobody below has its figures instead."""
    uid, standing = found.seen.get(pk), found.last.standings.get(pk)
    if uid is None:
        return ""
    return found.url("overview", uid) if standing and standing.below else found.branch.url("consolidated", uid)


def tiles(found: Overview, units: Sequence[int]) -> list[charts.Tile]:
    """The same units in the period asked for, as tiles of one size."""
    here = [pk for pk in units if pk in found.last.standings]
    names = [found.names[pk].name for pk in here]
    return [
        mapped.tile(name, short, mapped.square(found.last.standings[pk], found.last), way_to(found, pk))
        for pk, name, short in zip(here, names, charts.without_common_words(names), strict=True)
    ]


def is_wide(unit: Unit, scope: Scope) -> bool:
    """Whether more units lie below than anybody can follow one by one."""
    if not has_below(unit, scope.day):
        return False
    below = Closure.objects.at(scope.day).filter(ancestor=unit, depth__gt=0)
    return below[: WIDE + 1].count() > WIDE
