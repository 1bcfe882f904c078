"""Who stands behind a square of the overview, level by level in place; and the overview as files."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from nhipcau.core.numbers import CellState
from nhipcau.org.queries import name_of, names_of
from nhipcau.press.workbook import Cell
from nhipcau.reports.models import Submission
from nhipcau.reports.queries import visible_submissions
from nhipcau.reports.totals.overview import Column, Standing, column_of
from nhipcau.web.declare import page
from nhipcau.web.measures import measured
from nhipcau.web.reports import overview_map as mapped
from nhipcau.web.reports import pieces, trees
from nhipcau.web.reports.branches import Branch, find
from nhipcau.web.reports.overview import Overview, read
from nhipcau.web.request import PageRequest
from nhipcau.web.tables import Table, send
from nhipcau.web.words import in_words, labelled, named


@dataclass(frozen=True)
class Part:
    """One unit directly below in that period, and where its own parts open."""

    name: str
    square: mapped.Square
    place: str


@page()
def who(request: PageRequest, code: str, period: str, unit: uuid.UUID) -> HttpResponse:
    """A fragment within the map, a page of its own without scripts: the unit's own report, and those below."""
    found, _both = trees.choose(find(request.scope, code, period, unit), request)
    column = column_of(found.version, found.period, found.unit, request.moment, found.on)
    report = _own(request, found)
    context = {
        "branch": found,
        "unit_name": name_of(found.unit, found.day).name,
        "name": named(found.definition),
        "period": in_words(found.period),
        "whole": mapped.square(column.whole, column),
        "own": report,
        "tone": pieces.tone(report) if report else "",
        "late": report is not None and pieces.sent_late(report, found.definition, found.period),
        "leaf": not column.standings,
        "parts": _parts(request, found, column),
        "figures": found.url("consolidated"),
        "back": found.url("overview"),
    }
    template = "overview_who" if request.htmx else "overview_who_page"
    return render(request, f"web/reports/{template}.html", context)


def _own(request: PageRequest, found: Branch) -> Submission | None:
    """The unit's own report as last sent, or as it lies with the unit itself."""
    reports = visible_submissions(request.scope).filter(
        unit=found.unit, version__template=found.version.template_id, period=found.period.key
    )
    return reports.order_by("-revision").first()


def _parts(request: PageRequest, found: Branch, column: Column) -> list[Part]:
    names = names_of(column.standings, found.day)
    seen = dict(request.scope.units_ever().filter(pk__in=column.standings).values_list("pk", "uid"))
    return [
        Part(
            names[pk].name,
            mapped.square(column.standings[pk], column, _way(found, seen.get(pk))),
            pieces.place("ai", seen.get(pk, pk), found.period.key),
        )
        for pk in mapped.in_order(column.standings, names)
    ]


def _way(found: Branch, uid: uuid.UUID | None) -> str:
    return found.url("overview_who", uid) if uid else ""


@page(takes="reports.figures_taken", of="unit")
def map_file(request: PageRequest, code: str, period: str, unit: uuid.UUID, kind: str) -> HttpResponseBase:
    """The map as figures: one line a unit and period, the whole branch first."""
    found = read(request, code, period, unit)
    columns = (
        (_("Đơn vị"), 60), (_("Kỳ"), 20), (_("Tình trạng"), 30), (_("Phải gửi"), 15), (_("Đã gửi"), 15),
        (_("Đã tiếp nhận"), 15), (_("Gửi muộn"), 15), (_("Chưa gửi"), 15), (_("Bị trả lại"), 15),
        (_("Đoàn viên trong số liệu"), 20), (_("Đoàn viên"), 20),
    )  # fmt: skip
    return _send(request, found, kind, "toan-canh", Table("", _("Tình hình báo cáo"), columns, _map_rows(found)))


@page(takes="reports.figures_taken", of="unit")
def figures_file(request: PageRequest, code: str, period: str, unit: uuid.UUID, kind: str) -> HttpResponseBase:
    """The chosen figures: one line a unit, figure and period, the whole branch first."""
    found = read(request, code, period, unit)
    columns = (
        (_("Đơn vị"), 60), (_("Chỉ tiêu"), 60), (_("Đơn vị tính"), 20), (_("Kỳ"), 20), (_("Số liệu"), 25),
        (_("Đã tiếp nhận"), 15), (_("Phải gửi"), 15),
    )  # fmt: skip
    return _send(request, found, kind, "chi-tieu", Table("", _("Số liệu"), columns, _figure_rows(found)))


def _send(request: PageRequest, found: Overview, kind: str, stem: str, table: Table) -> HttpResponseBase:
    """With what every figure rests on: the form, the period, the moment, and what stars mean."""
    branch = found.branch
    notes = [
        f"{named(branch.definition)}, {in_words(branch.period)}",
        f"{_('Số liệu lúc')} {pieces.stamp(found.last.whole.node.at)}",
        _("* Số đếm người được che: số nhỏ, và số được che kèm để không suy ra được số nhỏ."),
    ]
    if branch.on:
        notes.insert(1, f"{_('Theo cây ngày')} {branch.on:%d/%m/%Y}")
    name = f"{stem}-{branch.definition.code}-{branch.period.key}"
    issuer = found.names[branch.unit.pk].name
    return send(Table(name, table.title, table.columns, table.rows, notes, issuer), kind, request.scope)


def _standings(found: Overview) -> Iterator[tuple[str, Column, Standing]]:
    for column in found.columns:
        yield found.names[found.branch.unit.pk].name, column, column.whole
    for pk in found.units:
        for column in found.columns:
            if pk in column.standings:
                yield found.names[pk].name, column, column.standings[pk]


def _map_rows(found: Overview) -> Iterator[tuple[Cell, ...]]:
    for name, column, standing in _standings(found):
        one = mapped.counts_of(standing, column)
        tone = mapped.tone_of(one, overdue=column.overdue)
        yield (
            name, column.period.key, str(tone.label), one.expected, one.received, one.accepted, one.tardy,
            one.missing, one.returned, one.members, one.all_members,
        )  # fmt: skip


def _figure_rows(found: Overview) -> Iterator[tuple[Cell, ...]]:
    for name, column, standing in _standings(found):
        covered = standing.node.coverage
        for item in found.items:
            cell = column.cell(item, standing)
            whole = cell.state is CellState.VALUE and not item.decimals
            value: Cell = cell.value if whole else pieces.figure(cell, item)
            yield (
                name, labelled(item), measured(item.unit), column.period.key, value, covered.accepted,
                covered.expected,
            )  # fmt: skip
