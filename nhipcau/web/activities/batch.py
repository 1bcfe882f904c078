"""Ghi nhiều hoạt động: many of one type as rows, typed or pasted from a spreadsheet; all of them or none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nhipcau.activities.actions import MOST_AT_ONCE, log_activities
from nhipcau.activities.models import ActivityType
from nhipcau.activities.queries import get_type
from nhipcau.core.errors import InvalidInput
from nhipcau.core.ids import new_uid
from nhipcau.core.text import whole
from nhipcau.web.activities.forms import FACET, MEASURE, ActivityForm
from nhipcau.web.declare import FORM, page
from nhipcau.web.request import PageRequest
from nhipcau.web.words import labelled, spoken

FIRST_ROWS, MORE_ROWS = 5, 5
_ID = "o-%s"
_LEFT_OUT = ("partner_bodies", "papers", "photos", "client_key")


class RowForm(ActivityForm):
    """One activity as a row: the same fields without partners and papers, the choices as a list."""

    def __init__(self, kind: ActivityType, *args: Any, **kwargs: Any) -> None:
        super().__init__(kind, *args, **kwargs)
        for name in _LEFT_OUT:
            del self.fields[name]
        for name, field in self.fields.items():
            if name.startswith(FACET):
                field.widget = forms.Select(choices=[("", ""), *field.choices])  # type: ignore[attr-defined]
            else:
                field.widget = forms.TextInput(attrs={"autocomplete": "off"})
        order = ["held_on", *(n for n in self.fields if n.startswith((MEASURE, FACET))), "title", "place"]
        self.order_fields([*order, "paper_location"])

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed into the row."""
        return not any(str(self[name].value() or "").strip() for name in self.fields)


@dataclass(frozen=True)
class Sheet:
    """The rows of the page by their number, and the key by which a second tap is known."""

    kind: ActivityType
    rows: Sequence[tuple[int, RowForm]]
    key: str


@page(methods=FORM)
def batch(request: PageRequest) -> HttpResponse:
    """The rows of one type; POST records every filled one, or says in place why none was recorded."""
    kind = get_type(request.GET.get("loai", ""))
    if request.method != "POST":
        return _sheet(request, _read(kind, {}, FIRST_ROWS, str(new_uid())))
    count = min(whole(request.POST.get("so-dong", ""), 99_999) or 1, MOST_AT_ONCE)
    more = MORE_ROWS if "them-dong" in request.POST else 0
    sheet = _read(kind, request.POST, min(count + more, MOST_AT_ONCE), request.POST.get("client_key", "")[:40])
    if more:
        return _sheet(request, sheet)
    taken = _taken(request, sheet)
    if taken is None:
        return _sheet(request, sheet, status=422)
    messages.success(request, _("Đã ghi %(n)s hoạt động.") % {"n": taken})
    return redirect("activities:list")


def _taken(request: PageRequest, sheet: Sheet) -> int | None:
    """How many were recorded; None where something is wrong, which then stands at its cell."""
    filled = [(number, row) for number, row in sheet.rows if row.is_bound]
    wrong = [row for _number, row in filled if not row.is_valid()]
    if wrong or not filled:
        return None
    given = [replace(row.given(()), client_key=f"{sheet.key}:{number}") for number, row in filled]
    try:
        log_activities(
            unit=request.scope.unit, kind=sheet.kind, rows=given, actor=request.scope.post, at=request.moment
        )
    except InvalidInput as refusal:
        _place(refusal, [row for _number, row in filled])
        return None
    return len(given)


def _place(refusal: InvalidInput, rows: Sequence[RowForm]) -> None:
    """Faults of the domain come as "3.gifts": the third filled row, its cell."""
    for fault in refusal.faults:
        number, _dot, where = fault.where.partition(".")
        row = rows[int(number) - 1]
        name = next((one for one in (where, MEASURE + where, FACET + where) if one in row.fields), None)
        row.add_error(name, spoken(fault.message))


def _read(kind: ActivityType, data: Mapping[str, str], count: int, key: str) -> Sheet:
    """Only rows in which something was typed are bound: a blank one is no mistake."""
    rows: list[tuple[int, RowForm]] = []
    for number in range(1, count + 1):
        row = RowForm(kind, data, prefix=str(number), auto_id=_ID)
        rows.append((number, RowForm(kind, prefix=str(number), auto_id=_ID) if row.is_blank else row))
    return Sheet(kind, rows, key)


def _sheet(request: PageRequest, sheet: Sheet, status: int = 200) -> HttpResponse:
    context = {
        "sheet": sheet,
        "label": labelled(sheet.kind),
        "columns": sheet.rows[0][1].visible_fields(),
        "blank": RowForm(sheet.kind, prefix="__n__", auto_id=_ID),
        "wrong": list(_wrong(sheet)) if status == 422 else [],
        "nothing": status == 422 and not any(row.is_bound for _number, row in sheet.rows),
        "most": MOST_AT_ONCE,
    }
    return render(request, "web/activities/batch.html", context, status=status)


def _wrong(sheet: Sheet) -> Iterator[tuple[int, str, str]]:
    """(row, id of the cell, what is wrong) for the summary."""
    for number, row in sheet.rows:
        for name, errors in row.errors.items():
            cell = row[name if name in row.fields else "held_on"].id_for_label
            yield from ((number, cell, str(error)) for error in errors)
