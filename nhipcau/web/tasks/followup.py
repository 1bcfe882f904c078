"""Sổ theo dõi giải quyết văn bản đến: on screen, as a table (.xlsx, CSV), on paper."""

from __future__ import annotations

import datetime as dt

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhipcau.core.errors import NotFound
from nhipcau.documents.rights import OFFICERS
from nhipcau.documents.storing import media
from nhipcau.press.register import to_pdf
from nhipcau.tasks.followup import (
    ALL,
    COLUMNS,
    LATE,
    OPEN,
    UNASSIGNED,
    followed,
    followed_page,
    sheet,
    write_workbook,
)
from nhipcau.web.declare import page
from nhipcau.web.request import PageRequest
from nhipcau.web.saved.opening import opens_as_chosen
from nhipcau.web.sending import download
from nhipcau.web.tables import send_csv, send_file
from nhipcau.web.tasks.noteforms import RangeForm

# As the press prints them, in the same order; the book itself is kept in Vietnamese.
_HEADINGS = (
    gettext_lazy("Số đến"),
    gettext_lazy("Tên loại, số, ký hiệu, ngày, tháng và tên cơ quan, tổ chức ban hành"),
    gettext_lazy("Đơn vị hoặc người nhận"),
    gettext_lazy("Thời hạn giải quyết"),
    gettext_lazy("Tiến độ giải quyết"),
    gettext_lazy("Số, ký hiệu văn bản trả lời"),
    gettext_lazy("Ghi chú"),
)
_SORTS = {"": ALL, "chua-giao": UNASSIGNED, "dang-lam": OPEN, "cham": LATE}


@page(*OFFICERS)
@opens_as_chosen("theo-doi")
def register(request: PageRequest) -> HttpResponse:
    """The seven columns, newest arrival first; every line leads to its slip."""
    form = _range(request)
    shown = request.GET.get("loc", "")
    if shown not in _SORTS:
        raise NotFound("Không có cách lọc này.")
    words = {
        "": _("tất cả"),
        "chua-giao": _("chưa giao"),
        "dang-lam": _("đang giải quyết"),
        "cham": _("chậm"),
    }
    first, last = _days(request, form)
    found = followed_page(request.scope, first, last, _SORTS[shown], request.GET.get("page"))
    context = {
        "form": form,
        "columns": _HEADINGS,
        "lines": found.lines,
        "page_obj": found.page,
        "filters": [
            {"key": key, "label": label, "count": found.counts[_SORTS[key]], "current": key == shown}
            for key, label in words.items()
        ],
        "days": f"first={first:%d/%m/%Y}&last={last:%d/%m/%Y}",
    }
    return render(request, "web/tasks/followup.html", context, status=422 if form.errors else 200)


@page(*OFFICERS, takes="tasks.followup_taken", of="unit")
def as_csv(request: PageRequest) -> HttpResponseBase:
    """The register of the range as a file for a spreadsheet, in order of arrival."""
    first, last = _days(request, _range(request))
    lines = [line.cells for line in followed(request.scope, first, last)]
    return send_csv([[column.title for column in COLUMNS], *lines], _name(first, last))


@page(*OFFICERS, takes="tasks.followup_taken", of="unit")
def as_xlsx(request: PageRequest) -> HttpResponseBase:
    """The register of the range as a workbook, with its filters."""
    first, last = _days(request, _range(request))
    name = f"{_name(first, last)}.xlsx"
    return send_file(lambda out: write_workbook(request.scope, first, last, out), name, media.XLSX)


@page(*OFFICERS, takes="tasks.followup_taken", of="unit")
def as_pdf(request: PageRequest) -> HttpResponse:
    """The register of the range, printed with all its columns."""
    first, last = _days(request, _range(request))
    return download(to_pdf(sheet(request.scope, first, last)), f"{_name(first, last)}.pdf", "application/pdf")


def _name(first: dt.date, last: dt.date) -> str:
    return f"theo-doi-giai-quyet-{first:%Y%m%d}-{last:%Y%m%d}"


def _range(request: PageRequest) -> RangeForm:
    asked = {name: request.GET[name] for name in ("first", "last") if name in request.GET}
    start = {"first": request.scope.day.replace(month=1, day=1), "last": request.scope.day}
    form = RangeForm({**{name: f"{day:%d/%m/%Y}" for name, day in start.items()}, **asked})
    form.is_valid()
    return form


def _days(request: PageRequest, form: RangeForm) -> tuple[dt.date, dt.date]:
    """The range asked for; where it makes no sense, this year up to today."""
    if form.errors:
        return request.scope.day.replace(month=1, day=1), request.scope.day
    return form.cleaned_data["first"], form.cleaned_data["last"]
