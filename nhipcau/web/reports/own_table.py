"""Bảng tính của đơn vị: the level above's own spreadsheet; a person says once which column is which figure.

From the first look to the confirmation the page itself carries the table, signed: no foreign file is kept.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from xlsxwriter.utility import xl_col_to_name

from nhipcau.core.errors import Fault, InvalidInput, NotFound
from nhipcau.exchange.own import wordings
from nhipcau.exchange.own.columns import PARTS, UNDECIDED, Choice, Match, proposed, ways
from nhipcau.exchange.own.table import MOST_BYTES, Table, read_raw, table_of
from nhipcau.exchange.own.taking import entered_below, learnt_headings, take_table, understood
from nhipcau.reports.design.definition import Indicator
from nhipcau.web.carrying import FIELD, carried, carry
from nhipcau.web.declare import FORM, page
from nhipcau.web.forms import PageForm
from nhipcau.web.reports.branches import Branch, find
from nhipcau.web.reports.consolidated import FILLERS
from nhipcau.web.request import PageRequest
from nhipcau.web.uploads import UploadField
from nhipcau.web.words import in_words, labelled, named, spoken

_PAGE = "own_table"
_CHOICE = "cot-"
_WORDS = {"nghìn": gettext_lazy("nghìn"), "triệu": gettext_lazy("triệu"), "tỷ": gettext_lazy("tỷ")}


class TableForm(PageForm):
    """One workbook."""

    table = UploadField(
        accept=".xlsx",
        most=MOST_BYTES,
        label=gettext_lazy("Bảng tính của đơn vị"),
        help_text=gettext_lazy(
            "Tệp .xlsx, mỗi dòng một đơn vị trực thuộc. Cột tên người, ngày sinh, số giấy tờ, điện thoại bị bỏ, "
            "không đọc."
        ),
    )


@page(*FILLERS, methods=FORM)
def take(request: PageRequest, code: str, period: str, unit: uuid.UUID) -> HttpResponse:
    """Choose the file; say which column is which figure; enter it for the units below."""
    found = find(request.scope, code, period, unit)
    if found.unit != request.scope.unit:
        raise NotFound("Không có trang này trong phạm vi của bạn.")
    if request.method == "POST" and FIELD in request.POST:
        return _confirm(request, found)
    form = TableForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _shown(request, found, form=form, status=422 if request.method == "POST" else 200)
    file = form.cleaned_data["table"]
    try:
        raw = read_raw(file.read(), file.name or "")
        table = table_of(raw, file.name or "")
    except InvalidInput as refusal:
        return _shown(request, found, form=form, refusal=refusal, status=422)
    matches = proposed(table, found.definition, learnt_headings(found.unit, found.version))
    seen = entered_below(found.version, found.period, request.scope.post, request.moment)
    kept = carry(request, _PAGE, [raw, table.name, seen])
    return _shown(request, found, table=table, matches=matches, carried=kept)


def _confirm(request: PageRequest, found: Branch) -> HttpResponse:
    raw, name, seen = carried(request, _PAGE)
    table = table_of(raw, name)
    chosen = {at: request.POST.get(f"{_CHOICE}{at}", "") for at, _heading in table.numbers}
    try:
        count = take_table(
            table=table, chosen=chosen, version=found.version, period=found.period,
            actor=request.scope.post, at=request.moment, seen=seen,
        )  # fmt: skip
    except InvalidInput as refusal:
        matches = [Match(at, heading, chosen[at]) for at, heading in table.numbers]
        again = request.POST[FIELD]
        return _shown(request, found, table=table, matches=matches, carried=again, refusal=refusal, status=422)
    said = understood(table, chosen, found.version, request.scope.post, request.moment).told(table)
    if said:
        messages.info(request, " ".join(map(spoken, said)))
    messages.success(
        request, _("Đã nhập thay báo cáo của %(n)d đơn vị; từng đơn vị sẽ được mời xác nhận.") % {"n": count}
    )
    return redirect(found.url("consolidated"))


def options(items: Iterable[Indicator], match: Match) -> list[tuple[str, str]]:
    """The figures a column may be, each in what it may count."""
    undecided = [(UNDECIDED, _("Hãy chọn"))] if match.chosen == UNDECIDED else []
    return undecided + [
        (str(Choice(item.code, word)), _counted(labelled(item), word))
        for item in items
        for word in ways(item, match.heading)
    ]


def _counted(label: str, word: str) -> str:
    if not word:
        return label
    if word == PARTS:
        return _("%(label)s, cột ghi phần của một (0,85 là 85 %%)") % {"label": label}
    return _("%(label)s, cột ghi bằng %(word)s") % {"label": label, "word": _WORDS[word]}


def _shown(
    request: PageRequest,
    found: Branch,
    *,
    form: TableForm | None = None,
    table: Table | None = None,
    matches: Sequence[Match] = (),
    carried: str = "",
    refusal: InvalidInput | None = None,
    status: int = 200,
) -> HttpResponse:
    dropped = ", ".join(map(xl_col_to_name, table.dropped)) if table else ""
    faults: Sequence[Fault] = refusal.faults if refusal else ()
    chosen = {one.at: one.chosen for one in matches}
    rows = understood(table, chosen, found.version, request.scope.post, request.moment) if table else None
    context = {
        "form": form or TableForm(),
        "name": named(found.definition),
        "period": in_words(found.period),
        "back": found.url("consolidated"),
        "again": request.path,
        "table": table,
        "matches": [(f"{_CHOICE}{one.at}", one, options(found.definition.entered(), one)) for one in matches],
        "units": len(rows.units) if rows else 0,
        "left": rows.told(table) if rows and table else (),
        "dropped": wordings.dropped(dropped) if dropped else "",
        "carried": carried,
        "refusal": refusal,
        "faults": faults,
    }
    return render(request, "web/reports/own_table.html", context, status=status)
