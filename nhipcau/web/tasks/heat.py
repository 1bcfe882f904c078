"""Tình hình cả nhánh: units against directives or weeks, and the same as a table and a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhipcau.core.errors import NotFound
from nhipcau.core.text import whole
from nhipcau.documents.rights import OFFICERS
from nhipcau.org.browsing import way_down
from nhipcau.org.models import Unit
from nhipcau.org.scope import Scope
from nhipcau.press.workbook import Cell
from nhipcau.tasks.heat import COLUMNS, Heading, HeatMap, Line, by_directive, by_week
from nhipcau.tasks.status import Counts
from nhipcau.web.declare import page
from nhipcau.web.request import PageRequest
from nhipcau.web.saved.opening import opens_as_chosen
from nhipcau.web.tables import Table, send
from nhipcau.web.templatetags.nhip import vi_date, vi_number


@dataclass(frozen=True)
class Tone:
    """How a cell looks: a sign that needs no colour, and a class that has one besides."""

    sign: str
    look: str
    label: object


_NOTHING = Tone("", "none", gettext_lazy("không có việc"))
_DONE = Tone("✓", "done", gettext_lazy("xong hết"))
_LATE = Tone("!", "late", gettext_lazy("có việc chậm"))
_SILENT = Tone("?", "silent", gettext_lazy("có đơn vị chưa tiếp nhận"))
_GOING = Tone("…", "going", gettext_lazy("đang làm, trong hạn"))
LEGEND = (_DONE, _GOING, _SILENT, _LATE)


@dataclass(frozen=True)
class Square:
    """One cell: its look, and the counts in words."""

    tone: Tone
    counts: Counts
    words: str


@dataclass(frozen=True)
class Row:
    """One line of squares; the table beneath has the counts as figures."""

    line: Line
    squares: list[Square]


@page(*OFFICERS)
@opens_as_chosen("tinh-hinh")
def heat(request: PageRequest) -> HttpResponse:
    """A branch at a glance; every line opens the branch below it."""
    unit, weekly, number = _asked(request)
    found = _map(request.scope, unit, weekly, number)
    context = {
        "heat": found,
        "weekly": weekly,
        "headings": [_heading(one) for one in found.headings],
        "rows": [Row(line, [_square(one) for one in line.cells]) for line in found.lines],
        "total": found.total.total,
        "sums": found.total.cells,
        "legend": LEGEND,
        "above": way_down(request.scope, unit, request.scope.day),
        "number": number,
        "older": None if weekly or len(found.headings) < COLUMNS else number + 1,
        "newer": number - 1 if number > 1 else None,
    }
    return render(request, "web/tasks/heat.html", context)


@page(*OFFICERS, takes="tasks.status_taken", of="unit")
def heat_file(request: PageRequest, kind: str) -> HttpResponseBase:
    """The same figures, one line a unit and directive (or week)."""
    unit, weekly, number = _asked(request)
    found = _map(request.scope, unit, weekly, number)
    columns = (
        (_("Đơn vị"), 60), (_("Tuần") if weekly else _("Việc"), 70), (_("Số, ký hiệu"), 25), (_("phải làm"), 15),
        (_("đã tiếp nhận"), 15), (_("đã xong"), 15), (_("chậm"), 15), (_("chưa tiếp nhận"), 15),
    )  # fmt: skip
    day = f"{request.scope.day:%Y%m%d}"
    notes = [found.name, vi_date(request.scope.day)]
    table = Table(f"tinh-hinh-{day}", _("Tình hình thực hiện văn bản"), columns, _lines(found), notes)
    return send(table, kind, request.scope)


def _asked(request: PageRequest) -> tuple[Unit, bool, int]:
    """Whose branch, whether by weeks, which page; NotFound for what makes no sense or is out of sight."""
    scope, asked = request.scope, request.GET
    way, number = asked.get("theo", ""), whole(asked.get("trang", "1"), 1000)
    if way not in ("", "tuan") or not number:
        raise NotFound("Không có cách xem này.")
    unit = scope.get_unit(asked["don-vi"]) if asked.get("don-vi") else scope.unit
    return unit, way == "tuan", number


def _map(scope: Scope, unit: Unit, weekly: bool, number: int) -> HeatMap:
    return by_week(scope, unit) if weekly else by_directive(scope, unit, page=number)


def _heading(one: Heading) -> dict[str, object]:
    if one.monday is not None:
        last = one.monday + dt.timedelta(days=6)
        return {
            "title": _("việc đến hạn từ %(first)s đến %(last)s")
            % {"first": vi_date(one.monday), "last": vi_date(last)}
        }
    return {"title": one.title, "number": one.number, "task": one.task}


def _square(counts: Counts) -> Square:
    if not counts.expected:
        return Square(_NOTHING, counts, str(_NOTHING.label))
    words = _("%(done)s/%(all)s xong") % {"done": vi_number(counts.done), "all": vi_number(counts.expected)}
    if counts.late:
        words += ", " + _("%(n)s chậm") % {"n": vi_number(counts.late)}
    if counts.silent:
        words += ", " + _("%(n)s chưa tiếp nhận") % {"n": vi_number(counts.silent)}
    return Square(_tone(counts), counts, words)


def _tone(counts: Counts) -> Tone:
    if counts.late:
        return _LATE
    if counts.done == counts.expected:
        return _DONE
    return _SILENT if counts.silent else _GOING


def _lines(found: HeatMap) -> Iterator[tuple[Cell, ...]]:
    titles = [str(_heading(one)["title"]) for one in found.headings]
    for line in found.lines:
        for heading, title, counts in zip(found.headings, titles, line.cells, strict=True):
            if counts.expected:
                yield (
                    line.name, title, heading.number, counts.expected, counts.acknowledged, counts.done,
                    counts.late, counts.silent,
                )  # fmt: skip
