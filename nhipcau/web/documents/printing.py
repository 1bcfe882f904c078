"""A register on paper: the page that prints, the PDF, and the same lines for a spreadsheet."""

from __future__ import annotations

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from nhipcau.documents.models import Direction
from nhipcau.documents.registers.printing import printed_register, register_page, write_workbook
from nhipcau.documents.rights import OFFICERS, reads_petitions
from nhipcau.press.register import RegisterSheet, to_pdf
from nhipcau.web.declare import page
from nhipcau.web.documents.lineforms import RangeForm
from nhipcau.web.documents.shelf import Shelf, shelf_of, tabs_of
from nhipcau.web.request import PageRequest
from nhipcau.web.sending import download
from nhipcau.web.tables import send_csv, send_file
from nhipcau.web.taking import note_restricted

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@page(*OFFICERS)
def printed(request: PageRequest) -> HttpResponse:
    """All columns as they will stand on paper, page by page; paper and spreadsheet have all lines at once."""
    shelf, form = shelf_of(request), RangeForm(request.GET)
    asked = request.GET.get("page")
    if shelf.direction == Direction.PETITION and reads_petitions(request.scope, request.scope.unit):
        note_restricted(request, "documents.petitions_read", f"unit:{request.scope.unit.uid}", year=shelf.year)
    sheet, shown = register_page(request.scope, shelf.kind, shelf.year, shelf.series, form.limits(), asked)
    context = {
        "shelf": shelf,
        "form": form,
        "sheet": sheet,
        "page_obj": shown,
        "books": tabs_of(request.scope),
        "crumbs": [(shelf.label, shelf.home), (_("In sổ"), "")],
    }
    return render(request, "web/documents/printed.html", context)


@page(*OFFICERS, takes="documents.register_taken", of="unit")
def as_pdf(request: PageRequest) -> HttpResponse:
    """The register lying across, with its cover and room to sign."""
    shelf = shelf_of(request)
    return download(to_pdf(_sheet(request, shelf)), f"{_name(shelf)}.pdf", "application/pdf")


@page(*OFFICERS, takes="documents.register_taken", of="unit")
def as_csv(request: PageRequest) -> HttpResponseBase:
    """The same columns and lines; no cell is a formula."""
    shelf = shelf_of(request)
    sheet = _sheet(request, shelf)
    return send_csv([[column.title for column in sheet.columns], *sheet.rows], _name(shelf))


@page(*OFFICERS, takes="documents.register_taken", of="unit")
def as_xlsx(request: PageRequest) -> HttpResponseBase:
    """The same columns and lines as a workbook, however many they are: written to disk, sent from there."""
    shelf, limits = shelf_of(request), RangeForm(request.GET).limits()
    return send_file(
        lambda out: write_workbook(request.scope, shelf.kind, shelf.year, out, shelf.series, limits),
        f"{_name(shelf)}.xlsx",
        XLSX,
    )


def _sheet(request: PageRequest, shelf: Shelf) -> RegisterSheet:
    limits = RangeForm(request.GET).limits()
    return printed_register(request.scope, shelf.kind, shelf.year, shelf.series, limits)


def _name(shelf: Shelf) -> str:
    return f"so-van-ban-{shelf.word}-{shelf.year}-{shelf.series}"
