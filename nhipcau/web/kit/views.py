"""The style guide and the small answers that the entry grid asks for."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from nhipcau.core.errors import Conflict, Fault, InvalidInput
from nhipcau.core.money import money_in_words
from nhipcau.core.numbers import CellState
from nhipcau.reports.design.definition import Indicator
from nhipcau.reports.design.figures import parse_figure
from nhipcau.web import icons
from nhipcau.web.declare import POST, signed_in
from nhipcau.web.kit import samples, tokens
from nhipcau.web.request import AccountRequest

_DONG = Indicator("tien", "Số tiền", "Amount", "đồng")  # an amount is read here as in a cell of a report


@signed_in()
def styleguide(request: AccountRequest) -> HttpResponse:
    """Every component in every state, on invented data; asked for by htmx, the part that a component fetches."""
    if request.htmx:
        return _fetched(request)
    messages.success(request, _("Đã lưu báo cáo."))
    day = request.moment.date()
    context = {
        "form": samples.sample_form(),
        "faults": [Fault(_("Dòng 3, cột D"), _("«1.23» chưa rõ là số nào; hãy gõ 123 hoặc 1,23."))],
        "crumbs": [(_("Công đoàn xã An Hải"), "/"), (_("Báo cáo"), "/"), (_("Sáu tháng đầu năm 2026"), "")],
        "columns": samples.columns(),
        "rows": samples.rows(),
        "steps": samples.steps(request.moment),
        "work": samples.work(day, day - dt.timedelta(days=2)),
        "grid": samples.grid(),
        "branches": samples.branches(),
        "day": day,
        "source": samples.source(),
        "sorts": tokens.sorts(),
        "icons": icons.NAMES,
        **samples.drawings(),
        "page_obj": Paginator(range(1, 90), 20).page(2),
    }
    return render(request, "web/styleguide.html", context)


def _fetched(request: AccountRequest) -> HttpResponse:
    """What a figure opens, or one level of the tree."""
    asked = request.GET.get("phan", "")
    if asked:
        return render(request, "web/reports/drill_rows.html", samples.source(deeper=asked == "sau"))
    day = request.moment.date()
    return render(request, "web/org/tree_level.html", {"nodes": samples.branches()[-1:], "day": day})


@signed_in(methods=POST)
def try_save(request: AccountRequest) -> HttpResponse:
    """The style guide's autosave: counts revisions and keeps nothing."""
    edits = request.POST.get("edits", "")
    if not edits.isascii() or not edits.isdigit() or len(edits) > 9:
        raise Conflict("Bản lưu này không còn khớp. Hãy tải lại trang.")
    state = _("Đã lưu thử (không giữ lại).")
    context = {"edits": int(edits) + 1, "state": state, "tone": "good"}
    return render(request, "web/parts/grid_state.html", context)


@signed_in()
def money_words(request: AccountRequest) -> HttpResponse:
    """`?so=72 triệu` → "bảy mươi hai triệu đồng" as plain text; 422 with a sentence for what is no amount."""
    typed = request.GET.get("so", "")
    cell = parse_figure(_DONG, typed)
    if cell.state is not CellState.VALUE:
        raise InvalidInput(_("«%(text)s» không phải là một số tiền.") % {"text": typed.strip()})
    words = money_in_words(cell.value)
    return HttpResponse(words, content_type="text/plain; charset=utf-8")
