"""Danh bạ: who sits where and how to reach them; searched as one types, printed, taken along as .xlsx."""

from __future__ import annotations

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from nhipcau.core.text import clean
from nhipcau.documents.storing import media
from nhipcau.org import directory
from nhipcau.press.register import to_pdf
from nhipcau.web.declare import page
from nhipcau.web.paging import leaf
from nhipcau.web.request import PageRequest
from nhipcau.web.saved.opening import opens_as_chosen
from nhipcau.web.sending import download
from nhipcau.web.tables import send_file

ON_A_PAGE = 50
HEADINGS = {
    directory.OWN: _("Đơn vị mình"),
    directory.ABOVE: _("Cấp trên"),
    directory.BELOW: _("Cấp dưới"),
}


@page()
@opens_as_chosen("danh-ba")
def index(request: PageRequest) -> HttpResponse:
    """Own, above, directly below; `?q=` finds in the whole branch. Asked for by htmx, the rows alone."""
    text, whole = _asked(request)
    found = directory.directory(request.scope, text, whole=whole)
    listed = leaf(found, ON_A_PAGE, request.GET.get("page"))
    rows = directory.cards(request.scope, listed.object_list)
    groups = [(HEADINGS[place], [card for card in rows if card.place == place]) for place in HEADINGS]
    context = {
        "page_obj": listed,
        "groups": [(heading, cards) for heading, cards in groups if cards],
        "asked": text,
        "whole": whole,
        "chosen": request.GET.urlencode(),
    }
    template = "web/org/cards.html" if request.htmx else "web/org/directory.html"
    return render(request, template, context)


@page(takes="org.directory_taken", of="unit")
def as_pdf(request: PageRequest) -> HttpResponse:
    """What is shown, on paper."""
    text, whole = _asked(request)
    return download(to_pdf(directory.sheet(request.scope, text, whole=whole)), "danh-ba.pdf", "application/pdf")


@page(takes="org.directory_taken", of="unit")
def as_xlsx(request: PageRequest) -> HttpResponseBase:
    """What is shown, as a workbook."""
    text, whole = _asked(request)
    return send_file(
        lambda out: directory.write_workbook(request.scope, out, text, whole=whole), "danh-ba.xlsx", media.XLSX
    )


def _asked(request: PageRequest) -> tuple[str, bool]:
    return clean(request.GET.get("q", ""))[:120], request.GET.get("ca-nhanh") == "1"
