"""A longer period beside the periods it is made of: what adds up, what is the last, what must be asked anew."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from nhipcau.core.errors import InvalidInput, NotFound
from nhipcau.core.numbers import HIDDEN, MISSING
from nhipcau.core.periods import Period, PeriodKind, parse_period, period_of
from nhipcau.documents.rights import reads_contents
from nhipcau.org.queries import name_of
from nhipcau.reports.design.definition import Definition, Indicator
from nhipcau.reports.queries import visible_templates
from nhipcau.reports.totals.over_time import OverTime, Reported, consolidate_over_time, sub_periods
from nhipcau.web.declare import page
from nhipcau.web.reports import pieces
from nhipcau.web.request import PageRequest
from nhipcau.web.words import in_words, named, titled

LONGER: tuple[PeriodKind, ...] = ("quarter", "half", "year")


@dataclass(frozen=True)
class Row:
    """One figure: (sub-period, value) in order, the whole, and how the whole came about."""

    label: dict[str, object]
    unit: str
    values: Sequence[tuple[str, str]]
    whole: str
    how: str


@page()
def over_time(request: PageRequest, code: str, period: str, unit: uuid.UUID) -> HttpResponse:
    """One unit's branch over a longer period."""
    if not reads_contents(request.scope):
        raise NotFound("Chức danh này không xem số liệu báo cáo.")
    chosen, whole = request.scope.get_unit(unit), parse_period(period)
    if not visible_templates(request.scope).filter(code=code).exists():
        raise NotFound("Không có biểu mẫu này.")
    reported = sub_periods(code, whole, request.scope.day)
    found = consolidate_over_time(reported=reported, unit=chosen, at=request.moment)[0]
    definition = reported[-1].definition
    address = {"code": code, "unit": chosen.uid}
    context = {
        "name": named(definition),
        "period": in_words(whole),
        "unit_name": name_of(chosen, whole.last_day(definition.calendar)).name,
        "columns": [
            (in_words(key), reverse("reports:consolidated", kwargs=address | {"period": key.key}))
            for key in (one.period for one in reported)
        ],
        "sections": list(_sections(definition, reported, found)),
        "coverage": found.coverage,
        "stars": HIDDEN in found.cells.values(),
        "back": reverse("reports:consolidated", kwargs=address | {"period": reported[-1].period.key}),
        "tabs": pieces.tabs(request.scope, "reports:consolidated_start"),
    }
    return render(request, "web/reports/over_time.html", context)


def longer(definition: Definition, period: Period, code: str, unit: object) -> list[tuple[str, str]]:
    """(label, url) of the longer periods the template's can be added up to, the shortest first."""
    day, found = period.last_day(definition.calendar), []
    for kind in LONGER:
        whole = period_of(day, kind, definition.calendar)
        try:
            several = len(whole.sub_periods(definition.period_kind, definition.calendar)) > 1
        except InvalidInput:  # the template's periods are longer, or do not tile it
            continue
        if several:
            url = reverse("reports:over_time", kwargs={"code": code, "period": whole.key, "unit": unit})
            found.append((_("Cộng %(period)s") % {"period": in_words(whole)}, url))
    return found


def _sections(
    definition: Definition, reported: Sequence[Reported], found: OverTime
) -> Iterator[tuple[str, list[tuple[bool, Row]]]]:
    for section in definition.sections:
        rows = [(bool(item.part_of), _row(definition, item, reported, found)) for item in section.indicators]
        yield titled(section), rows


def _row(definition: Definition, item: Indicator, reported: Sequence[Reported], found: OverTime) -> Row:
    cells = [part.cells.get(item.code, MISSING) if part else MISSING for part in found.parts]
    return Row(
        label=pieces.broken_down(definition, item),
        unit=item.unit,
        values=[
            (in_words(one.period), pieces.figure(cell, item)) for one, cell in zip(reported, cells, strict=True)
        ],
        whole=pieces.figure(found.cells[item.code], item),
        how=_how(item) if len(reported) > 1 else "",
    )


def _how(item: Indicator) -> str:
    """Why the last column is not the sum of the others, where it is not."""
    if item.over_units == "formula":
        return _("tính lại")
    if item.over_time == "distinct":
        return _("không cộng được, cần hỏi riêng")
    if item.over_time == "stock":
        return _("số cuối kỳ")
    return {"mean": _("bình quân có trọng số"), "min": _("nhỏ nhất"), "max": _("lớn nhất")}.get(item.over_units, "")
