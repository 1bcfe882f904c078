"""Số gộp: choosing which units below stand in the unit's own figures."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nhipcau.core.errors import Conflict, InvalidInput, NotFound
from nhipcau.core.periods import parse_period
from nhipcau.org.models import Role, Unit
from nhipcau.reports.design.definition import load
from nhipcau.reports.filling.lumping import candidates, set_covers
from nhipcau.reports.models import Submission
from nhipcau.reports.queries import get_submission_for
from nhipcau.reports.totals.lumps import EXPLAINED
from nhipcau.web.declare import FORM, page
from nhipcau.web.request import PageRequest
from nhipcau.web.words import in_words, named


@page(Role.REPORTER, Role.APPROVER, methods=FORM)
def covers(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """The units of the branch with a box each; who reported itself says so and has none."""
    found = get_submission_for(request.scope, uid)
    if found.unit_id != request.scope.unit.pk:
        raise NotFound("Chỉ chính đơn vị báo cáo mới chọn đơn vị trong số gộp.")
    if request.method != "POST":
        return _form(request, found, found.explanations.get(EXPLAINED, ""))
    chosen = set(request.POST.getlist("don-vi"))
    units: list[Unit] = [row.unit for row in candidates(found, request.moment) if str(row.unit.uid) in chosen]
    note = request.POST.get("giai-thich", "")
    try:
        set_covers(submission=found, units=units, note=note, actor=request.scope.post, at=request.moment)
    except Conflict:
        raise
    except InvalidInput as refusal:
        return _form(request, found, note, refusal, status=422)
    told = _("Số liệu của báo cáo nay gồm cả %(n)d đơn vị. Hãy xem lại các con số.") % {"n": len(units)}
    messages.success(request, told if units else _("Báo cáo nay chỉ gồm số liệu của chính đơn vị."))
    return redirect("reports:report", uid=found.uid)


def _form(
    request: PageRequest, found: Submission, note: str, refusal: InvalidInput | None = None, status: int = 200
) -> HttpResponse:
    posted = set(request.POST.getlist("don-vi")) if request.method == "POST" else None
    rows = [
        (row, row.chosen if posted is None else str(row.unit.uid) in posted)
        for row in candidates(found, request.moment)
    ]
    context = {
        "report": found,
        "name": named(load(found.version.definition)),
        "period": in_words(parse_period(found.period)),
        "rows": rows,
        "note": note,
        "faults": refusal.faults or [refusal] if refusal else [],
    }
    return render(request, "web/reports/covers.html", context, status=status)
