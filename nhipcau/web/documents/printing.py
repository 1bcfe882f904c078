"""A register on paper: the page that prints, the PDF, and the same lines for a spreadsheet."""

from __future__ import annotations

import csv
import io

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from nhipcau.core.text import spreadsheet_safe
from nhipcau.documents.register_print import printed_register
from nhipcau.documents.rights import OFFICERS
from nhipcau.press.register import RegisterSheet, to_pdf
from nhipcau.web.declare import page
from nhipcau.web.documents.letters import download
from nhipcau.web.documents.lineforms import RangeForm
from nhipcau.web.documents.shelf import Shelf, shelf_of
from nhipcau.web.request import PageRequest


@page(*OFFICERS)
def printed(request: PageRequest) -> HttpResponse:
    """All ten columns as they will stand on paper."""
    shelf, form = shelf_of(request), RangeForm(request.GET)
    context = {
        "shelf": shelf,
        "form": form,
        "sheet": _sheet(request, shelf),
        "crumbs": [
            (_("Sổ văn bản đến") if shelf.incoming else _("Sổ văn bản đi"), _register_url(shelf)),
            (_("In sổ"), ""),
        ],
    }
    return render(request, "web/documents/printed.html", context)


@page(*OFFICERS)
def as_pdf(request: PageRequest) -> HttpResponse:
    """The register lying across, with its cover and room to sign."""
    shelf = shelf_of(request)
    return download(to_pdf(_sheet(request, shelf)), f"{_name(shelf)}.pdf", "application/pdf")


@page(*OFFICERS)
def as_csv(request: PageRequest) -> HttpResponse:
    """The same columns and lines; no cell is a formula."""
    shelf = shelf_of(request)
    sheet = _sheet(request, shelf)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([column.title for column in sheet.columns])
    writer.writerows([spreadsheet_safe(cell) for cell in row] for row in sheet.rows)
    return download(("\ufeff" + text.getvalue()).encode(), f"{_name(shelf)}.csv", "text/csv; charset=utf-8")


def _sheet(request: PageRequest, shelf: Shelf) -> RegisterSheet:
    limits = RangeForm(request.GET).limits()
    return printed_register(request.scope, shelf.direction, shelf.year, shelf.series, limits)


def _name(shelf: Shelf) -> str:
    return f"so-van-ban-{shelf.word}-{shelf.year}-{shelf.series}"


def _register_url(shelf: Shelf) -> str:
    return f"{reverse('documents:register')}?{shelf.query}"
