"""Kế hoạch giao: a table of units by indicators, typed, pasted or taken from a file."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nhipcau.core.errors import Conflict, InvalidInput, NotFound
from nhipcau.core.periods import parse_period
from nhipcau.reports.design.definition import load
from nhipcau.reports.filling.duties import current_period
from nhipcau.reports.models import TemplateVersion
from nhipcau.reports.planning.giving import GIVERS, Key, give_targets
from nhipcau.reports.planning.table import read_targets, table_of
from nhipcau.reports.queries import visible_templates
from nhipcau.web.carrying import FIELD, carried, carry
from nhipcau.web.declare import FORM, POST, page
from nhipcau.web.plans.sheet import Sheet, find, typed
from nhipcau.web.reports import pieces
from nhipcau.web.request import PageRequest
from nhipcau.web.stale import Differing
from nhipcau.web.tables import send_csv
from nhipcau.web.uploads import sent_file

MOST_BYTES = 5_000_000


@page(*GIVERS)
def start(request: PageRequest) -> HttpResponse:
    """To the plans of this year: `?mau=` and `?ky=`, else of the newest form that has figures with plans."""
    code, period = request.GET.get("mau", ""), request.GET.get("ky", "")
    version = _newest(request, code)
    if version is None:
        return render(request, "web/plans/nothing.html", {"tabs": pieces.tabs(request.scope, "plans:start")})
    now = current_period(load(version.definition), request.scope.day)
    key = parse_period(period).key if period else str(now.year)
    return redirect("plans:give", code=version.template.code, period=key, unit=request.scope.unit.uid)


def _newest(request: PageRequest, code: str) -> TemplateVersion | None:
    versions = TemplateVersion.objects.filter(template__in=visible_templates(request.scope))
    versions = versions.select_related("template").order_by("-published_at", "-number")
    found = versions.filter(template__code=code) if code else versions
    wanted = [one for one in found if code or load(one.definition).plannable()]
    if code and not wanted:
        raise NotFound("Không có biểu mẫu này.")
    return next(iter(wanted), None)


@page(*GIVERS, methods=FORM)
def give(request: PageRequest, code: str, period: str, unit: uuid.UUID) -> HttpResponse:
    """The table; POST keeps what was typed, all of it or nothing."""
    sheet = find(request, code, period, unit)
    if request.method != "POST":
        return _shown(request, sheet)
    try:
        changed = give_targets(
            version=sheet.version, period=sheet.period, values=typed(request.POST, sheet), actor=request.scope.post,
            at=request.moment, seen=_seen(request),
        )  # fmt: skip
    except Conflict as conflict:
        return _shown(request, sheet, refusal=conflict.message, status=409)
    except InvalidInput as refusal:
        faults = {fault.where: fault.message for fault in refusal.faults}
        return _shown(request, sheet, refusal=refusal.message, faults=faults, status=422)
    messages.success(request, _("Đã ghi %(n)d số kế hoạch.") % {"n": changed})
    return redirect(f"{request.path}?{request.GET.urlencode()}" if request.GET else request.path)


def _seen(request: PageRequest) -> dt.datetime | None:
    """The moment at which the page that was filled in was drawn."""
    try:
        return dt.datetime.fromisoformat(request.POST.get("luc", ""))
    except ValueError:
        return None


@page(*GIVERS, methods=POST)
def upload(request: PageRequest, code: str, period: str, unit: uuid.UUID) -> HttpResponse:
    """A .csv or .xlsx file, taken whole; what is wrong is named by its cell, what would give way to it is asked."""
    sheet = find(request, code, period, unit)
    try:
        values, seen = _file_values(request, sheet), _seen(request) or request.moment
        if FIELD not in request.POST and (replaced := sheet.replaced(values)):
            return _asked(request, sheet, values, replaced)
        changed = give_targets(
            version=sheet.version, period=sheet.period, values=values, actor=request.scope.post,
            at=request.moment, seen=seen,
        )  # fmt: skip
    except Conflict:
        return _asked(request, sheet, values, sheet.replaced(values), status=409)
    except InvalidInput as refusal:
        return _shown(request, sheet, refusal=refusal.message, file_faults=refusal.faults, status=422)
    messages.success(request, _("Đã ghi %(n)d số kế hoạch từ tệp.") % {"n": changed})
    return redirect("plans:give", code=code, period=sheet.period.key, unit=unit)


def _file_values(request: PageRequest, sheet: Sheet) -> dict[Key, str]:
    """What the file says: as it was sent, or carried by the page that asked whether it is meant."""
    if FIELD in request.POST:
        return {(unit, code): text for unit, code, text in carried(request, _place(sheet))}
    missing = _("Hãy chọn một tệp CSV hoặc XLSX, không quá 5 MB.")
    file = sent_file(request, "tep", missing=missing, most=MOST_BYTES)
    return read_targets(version=sheet.version, data=file.read(), actor=request.scope.post, at=request.moment)


def _place(sheet: Sheet) -> str:
    return f"plans {sheet.definition.code} {sheet.period.key}"


def _asked(
    request: PageRequest, sheet: Sheet, values: dict[Key, str], replaced: list[Differing], status: int = 200
) -> HttpResponse:
    """Figures that stand would give way to those of the file: both, before anything is written."""
    kept = carry(request, _place(sheet), [(unit, code, text) for (unit, code), text in values.items()])
    return _shown(request, sheet, replaced=replaced, kept=kept, status=status)


@page(*GIVERS, takes="reports.targets_taken", of="unit")
def as_csv(request: PageRequest, code: str, period: str, unit: uuid.UUID) -> HttpResponseBase:
    """The table to fill in elsewhere, with what stands already."""
    sheet = find(request, code, period, unit)
    rows = table_of(sheet.version, sheet.named_units(), sheet.written())
    return send_csv(rows, f"ke-hoach-{code}-{sheet.period.key}")


def _shown(
    request: PageRequest,
    sheet: Sheet,
    *,
    refusal: str = "",
    faults: dict[str, str] | None = None,
    file_faults: object = (),
    replaced: Sequence[Differing] = (),
    kept: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        **sheet.context(request, faults or {}),
        "refusal": refusal,
        "faults": file_faults,
        "replaced": replaced,
        "carried": kept,
        "moment": request.moment.isoformat(),
        "tabs": pieces.tabs(request.scope, "plans:start"),
        "templates": [(one.code, one.name) for one in visible_templates(request.scope)],
    }
    return render(request, "web/plans/give.html", context, status=status)
