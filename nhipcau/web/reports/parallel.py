"""So sánh: the unit's own consolidated file beside the figures here, while both run side by side.

Nothing is kept. Between looking and downloading the page itself carries the table, signed.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from nhipcau.core.errors import InvalidInput
from nhipcau.core.numbers import format_cell
from nhipcau.documents.storing import media
from nhipcau.exchange.own import parallel_paper as paper
from nhipcau.exchange.own.columns import Choice, Match, proposed
from nhipcau.exchange.own.parallel import Comparison, Line, compare
from nhipcau.exchange.own.table import MOST_BYTES, Table, read_raw, table_of
from nhipcau.exchange.own.taking import learnt_headings
from nhipcau.org.queries import name_of
from nhipcau.web.carrying import FIELD, carried, carry
from nhipcau.web.declare import FORM, page
from nhipcau.web.forms import PageForm
from nhipcau.web.reports.branches import Branch, find
from nhipcau.web.reports.own_table import options
from nhipcau.web.request import PageRequest
from nhipcau.web.sending import download
from nhipcau.web.uploads import UploadField
from nhipcau.web.words import in_words, labelled, named

_PAGE = "parallel"
_CHOICE = "cot-"
SHOWN_MISSING = 50


class FileForm(PageForm):
    """One file."""

    table = UploadField(
        accept=".xlsx,.csv",
        most=MOST_BYTES,
        label=gettext_lazy("Tệp tổng hợp của đơn vị"),
        help_text=gettext_lazy(
            "Tệp .xlsx hoặc .csv: mỗi dòng một đơn vị, hay chỉ một dòng tổng, hay mỗi dòng một chỉ tiêu. Tệp không "
            "được giữ lại."
        ),
    )


@page(methods=FORM)
def beside(request: PageRequest, code: str, period: str, unit: uuid.UUID) -> HttpResponse:
    """Choose the file; see where it differs and which units make the difference; take the table away."""
    found = find(request.scope, code, period, unit)
    if request.method == "POST" and FIELD in request.POST:
        return _again(request, found)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _shown(request, found, form=form, status=422 if request.method == "POST" else 200)
    file = form.cleaned_data["table"]
    try:
        raw = read_raw(file.read(), file.name or "")
        table = table_of(raw, file.name or "", units=False)
    except InvalidInput as refusal:
        return _shown(request, found, form=form, refusal=refusal, status=422)
    proposals = proposed(table, found.definition, learnt_headings(found.unit, found.version), entered=False)
    matches = [one if one.sure or Choice.of(one.chosen).word else replace(one, chosen="") for one in proposals]
    return _compared(request, found, table, matches, carry(request, _PAGE, [raw, table.name]))


def _again(request: PageRequest, found: Branch) -> HttpResponse:
    """With other columns, or as a file."""
    raw, name = carried(request, _PAGE)
    table = table_of(raw, name, units=False)
    matches = [Match(at, heading, request.POST.get(f"{_CHOICE}{at}", "")) for at, heading in table.numbers]
    if "tai" not in request.POST:
        return _compared(request, found, table, matches, request.POST[FIELD])
    done = _compare(request, found, table, matches)
    issuer = name_of(found.unit, found.day).name
    title = f"CHÊNH LỆCH SỐ LIỆU {in_words(found.period)}".upper()
    return download(
        paper.as_xlsx(done, issuer=issuer, title=title),
        f"chenh-lech-{found.definition.code}-{found.period.key}.xlsx",
        media.XLSX,
    )


def _compare(request: PageRequest, found: Branch, table: Table, matches: Sequence[Match]) -> Comparison:
    return compare(
        table=table,
        version=found.version,
        period=found.period,
        unit=found.unit,
        at=request.moment,
        columns={match.column: match.chosen for match in matches},
    )


def _compared(
    request: PageRequest, found: Branch, table: Table, matches: Sequence[Match], kept: str
) -> HttpResponse:
    shown: dict[str, Any] = {"table": table, "matches": () if table.figures else matches, "carried": kept}
    try:
        done = _compare(request, found, table, matches)
    except InvalidInput as refusal:
        return _shown(request, found, refusal=refusal, status=422, **shown)
    return _shown(request, found, done=done, **shown)


def _shown(
    request: PageRequest,
    found: Branch,
    *,
    form: FileForm | None = None,
    table: Table | None = None,
    matches: Sequence[Match] = (),
    carried: str = "",
    done: Comparison | None = None,
    refusal: InvalidInput | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form or FileForm(),
        "unit_name": name_of(found.unit, found.day).name,
        "name": named(found.definition),
        "period": in_words(found.period),
        "back": found.url("consolidated"),
        "table": table,
        "matches": [(f"{_CHOICE}{one.at}", one, options(found.definition.indicators(), one)) for one in matches],
        "left_out": any(not one.code for one in matches),
        "carried": carried,
        "done": done,
        "compared": len(done.lines) if done else 0,
        "lines": [_row(line) for line in done.lines if line.differs or line.hidden] if done else [],
        "missing": [name.name for name in done.missing[:SHOWN_MISSING]] if done else [],
        "more_missing": max(0, len(done.missing) - SHOWN_MISSING) if done else 0,
        "refusal": refusal,
    }
    return render(request, "web/reports/parallel.html", context, status=status)


def _row(line: Line) -> dict[str, Any]:
    item = line.item
    return {
        "label": labelled(item),
        "unit": item.unit,
        "theirs": format_cell(line.theirs, item.decimals),
        "ours": format_cell(line.ours, item.decimals),
        "difference": "" if line.hidden else paper.signed(line.difference, item.decimals),
        "why": paper.HIDDEN_HERE if line.hidden else "",
        "parts": [
            {
                "name": part.name,
                "why": paper.WHY[part.why],
                "theirs": format_cell(part.theirs, item.decimals),
                "ours": format_cell(part.ours, item.decimals),
                "difference": paper.signed(part.difference, item.decimals),
            }
            for part in line.parts
        ],
    }
