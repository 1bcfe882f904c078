"""Cây tổ chức on any day: opened level by level, searched as one types; what a day changed; a unit's own page."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from nhipcau.core.text import clean
from nhipcau.org import browsing, past
from nhipcau.org.models import Axis, Unit
from nhipcau.org.queries import departments_of, kinds_below, name_of, names_of
from nhipcau.org.searching import search_units
from nhipcau.web.declare import page
from nhipcau.web.fields import DayField
from nhipcau.web.request import PageRequest
from nhipcau.web.saved.opening import opens_as_chosen
from nhipcau.web.templatetags.nhip import vi_date
from nhipcau.web.words import labelled

ON_A_PAGE, MOST_FOUND = 100, 50
SORTS = {
    past.BEGUN: (_("Bắt đầu hoạt động"), "", _("Trực thuộc")),
    past.ENDED: (_("Chấm dứt hoạt động"), _("Trực thuộc trước đó"), _("Đơn vị kế thừa")),
    past.MOVED: (_("Chuyển sang trực thuộc đơn vị khác"), _("Trước đó"), _("Từ ngày này")),
    past.RENAMED: (_("Đổi tên"), _("Tên trước đó"), _("Tên từ ngày này")),
}


@dataclass(frozen=True)
class Node:
    """One unit as the tree shows it; `size`: the lower unions directly below it, `under`: what it lies under."""

    unit: Unit
    name: str
    code: str
    size: int
    under: str

    @property
    def opens(self) -> str:
        """Where the units below it come from."""
        return reverse("org:branch", kwargs={"uid": self.unit.uid})


@page()
@opens_as_chosen("cay")
def tree(request: PageRequest) -> HttpResponse:
    """The own branch, or `?don-vi=`'s; `?q=` finds units. Asked for by htmx, what is below the form alone."""
    scope, asked = request.scope, request.GET
    day, wrong = _day(request)
    top = scope.get_unit(asked["don-vi"]) if asked.get("don-vi") else scope.unit
    wanted = clean(asked.get("q", ""))[:120]
    found = list(search_units(scope, wanted, MOST_FOUND, day)) if wanted else []
    nodes, page_obj = _listed(request, top, day)
    days = browsing.days_of_change(scope.unit)
    context = {
        "day": day,
        "today": day == scope.day,
        "wrong": wrong,
        "wanted": wanted,
        "found": _nodes(found, day),
        "most": MOST_FOUND,
        "top": top,
        "top_name": name_of(top, day).name,
        "standing": browsing.stands(top, day),
        "nodes": nodes,
        "page_obj": page_obj,
        "days": days,
        "place": len([one for one in days if one <= day]) - 1,
        "before": max((one for one in days if one < day), default=None),
        "after": min((one for one in days if one > day), default=None),
        "changed": day in days,
        "crumbs": _crumbs(request, top, day),
    }
    return render(request, "web/org/tree_body.html" if request.htmx else "web/org/tree.html", context)


@page()
def branch(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """The units directly below one, for a page that opens it in place."""
    day, _wrong = _day(request)
    top = request.scope.get_unit(uid)
    nodes, page_obj = _listed(request, top, day)
    context = {"nodes": nodes, "page_obj": page_obj, "day": day, "top": top}
    return render(request, "web/org/tree_level.html", context)


@page()
def changes(request: PageRequest) -> HttpResponse:
    """What `?ngay=` (else the last day that changed something) changed in the own branch."""
    days = browsing.days_of_change(request.scope.unit)
    last = max((day for day in days if day <= request.scope.day), default=request.scope.day)
    day, wrong = _day(request, last)
    sorts = [(*SORTS[sort.code], sort) for sort in past.changes_on(request.scope, day) if sort.total]
    context = {"day": day, "wrong": wrong, "sorts": sorts, "days": days[::-1], "most": past.MOST}
    return render(request, "web/org/changes.html", context)


@page()
def unit(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """One unit: what it is, what lies below it, what it has been."""
    one, day = request.scope.get_unit(uid), request.scope.day
    standing = any(browsing.stands(one, day, axis) for axis in Axis)
    context = {
        "unit": one,
        "name": name_of(one, day),
        "standing": standing,
        "life": past.life_of(one),
        "kind": labelled(one.kind),
        "kinds": [(labelled(kind), units) for kind, units in kinds_below(one, day)],
        "departments": departments_of(one, day),
        "crumbs": _crumbs(request, one, day),
    }
    return render(request, "web/org/unit.html", context)


def _day(request: PageRequest, default: dt.date | None = None) -> tuple[dt.date, str]:
    """The day asked for, else `default` or today; and what was wrong with what was typed."""
    otherwise = default or request.scope.day
    try:
        return DayField(required=False).clean(request.GET.get("ngay", "")) or otherwise, ""
    except ValidationError as error:
        return otherwise, str(error.message)


def _listed(request: PageRequest, top: Unit, day: dt.date) -> tuple[list[Node], Page[Unit]]:
    """One page of the units directly below, as nodes, and which page it is."""
    found = Paginator(browsing.below(request.scope, top, day), ON_A_PAGE).get_page(request.GET.get("page"))
    return _nodes(list(found.object_list), day), found


def _nodes(units: list[Unit], day: dt.date) -> list[Node]:
    ids = [one.pk for one in units]
    sizes, names, under = browsing.sizes(ids, day), names_of(ids, day), browsing.parents(ids, day)
    return [
        Node(one, names[one.pk].name, names[one.pk].code, sizes.get(one.pk, 0), under.get(one.pk, ""))
        for one in units
    ]


def _crumbs(request: PageRequest, one: Unit, day: dt.date) -> list[tuple[str, str]]:
    """From the own unit down, each to its tree of that day."""
    query = "" if day == request.scope.day else f"&ngay={vi_date(day)}"
    way = [
        (name, f"{reverse('org:tree')}?don-vi={above.uid}{query}")
        for above, name in browsing.way_down(request.scope, one, day)
    ]
    return [*way, (name_of(one, day).name, "")]
