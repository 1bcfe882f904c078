"""The table of an answer with its trend, and the files it can be taken away as."""

from __future__ import annotations

from dataclasses import replace
from typing import cast, get_args

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from nhipcau.analytics.actions import export
from nhipcau.analytics.cubes import Answer, ask
from nhipcau.analytics.exporting import MEDIA, Kind
from nhipcau.analytics.needs import installed
from nhipcau.core.errors import InvalidInput
from nhipcau.documents.rights import OFFICERS
from nhipcau.web.analytics import shown
from nhipcau.web.analytics.asking import Form, choices, form_of, pairs
from nhipcau.web.analytics.chart import chart_of
from nhipcau.web.declare import POST, page
from nhipcau.web.request import PageRequest
from nhipcau.web.sending import download
from nhipcau.web.words import in_words, named


@page(*OFFICERS)
def table(request: PageRequest) -> HttpResponse:
    """The answer to the question in the address."""
    form = form_of(request.GET.get("mau", ""), request.scope)
    if form is None or not installed():
        return render(request, "web/analytics/nothing.html", {"installed": installed()})
    question = form.question(request.GET, request.scope)
    found = ask(question=question, scope=request.scope, at=request.moment)
    return render(request, "web/analytics/table.html", _context(request, form, found))


def _context(request: PageRequest, form: Form, found: Answer) -> dict[str, object]:
    unit = request.scope.get_unit(found.question.unit)
    naming, names = shown.naming_of(found, unit)
    groups = shown.in_order(found.groups, names)
    fitting = shown.fitting(found, groups)
    titles, rows = shown.rows_of(found, fitting, naming, request.scope)
    return {
        "answer": found,
        "unit_name": naming.whole,
        "name": named(form.definition),
        "period": _span(found),
        "titles": titles,
        "rows": rows,
        "one_unit": not found.groups,
        "by_items": found.question.columns == "items",
        "more": len(groups) - len(fitting),
        "gaps": shown.gaps_of(found, unit),
        "some_cannot_be_added": len(found.periods) > 1 and not all(line.addable for line in found.lines),
        "chart": chart_of(found, fitting if not found.groups[ROOM:] else [], naming),
        "choices": choices(form, found.question, request.scope),
        "pairs": pairs(found.question),
        "chosen": any(name in request.GET for name in ("chi-tieu", "tu", "cap")),
        "crumbs": [(_("Phân tích"), "/phan-tich/"), (naming.whole, "")],
    }


ROOM = 6  # more units than that make no chart anybody can read


def _span(found: Answer) -> str:
    first, last = found.periods[0], found.periods[-1]
    if first == last:
        return in_words(first)
    return _("%(first)s đến %(last)s") % {"first": in_words(first), "last": in_words(last)}


@page(*OFFICERS, methods=POST)
def export_file(request: PageRequest) -> HttpResponse:
    """The whole answer as a file; that it was taken is logged."""
    kind = request.POST.get("dang", "")
    form = form_of(request.POST.get("mau", ""), request.scope)
    if kind not in get_args(Kind) or form is None:
        raise InvalidInput("Chưa tải được: hãy chọn một dạng tệp (.csv, .xlsx hoặc .parquet).")
    question = form.question(request.POST, request.scope)
    found = ask(question=question, scope=request.scope, at=request.moment)
    naming, names = shown.naming_of(found, request.scope.get_unit(question.unit))
    found = replace(found, groups=shown.in_order(found.groups, names))
    chosen = cast(Kind, kind)
    body = export(found=found, kind=chosen, naming=naming, actor=request.scope.post, at=request.moment)
    first, last = found.periods[0].key, found.periods[-1].key
    return download(body, f"phan-tich-{question.template}-{first}-{last}.{kind}", MEDIA[chosen])
