"""The form as whoever reports will see it, with figures to try the rules on. Nothing is kept."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from nhipcau.core.errors import InvalidInput
from nhipcau.core.numbers import MISSING
from nhipcau.core.official import roman
from nhipcau.reports.design.checks import Finding, anchor, check
from nhipcau.reports.design.definition import Definition
from nhipcau.reports.design.fields import Figures, filled
from nhipcau.reports.design.figures import Cells, with_formulas
from nhipcau.reports.filling.drafting import DraftChanges, parse_changes
from nhipcau.web.declare import FORM, page
from nhipcau.web.design.desk import desk_for, frame
from nhipcau.web.grid import Grid, GridRow, RowKind, RowMessage, Severity
from nhipcau.web.reports import pieces
from nhipcau.web.reports.paragraphs import BLOCK
from nhipcau.web.reports.words import FIELD
from nhipcau.web.request import PageRequest
from nhipcau.web.words import spoken, titled

Messages = Mapping[str, Sequence[RowMessage]]


@page(methods=FORM)
def preview(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """The grid and the paragraphs; POST says what the rules find in the figures tried."""
    desk = desk_for(request, uid)
    definition = desk.reading.definition
    context = frame(desk, request, _("Xem thử"))
    if (
        definition is None
        or not definition.cells()
        or any(one.where.startswith("sections") for one in desk.reading.faults)
    ):
        return render(request, "web/design/preview.html", context | {"grid": None})
    typed = {item.code: request.POST.get(item.code, "") for item in definition.entered()}
    words = {block.code: request.POST.get(BLOCK + block.code, block.text) for block in definition.narrative}
    cells, messages = _tried(definition, typed, words) if request.method == "POST" else ({}, {})
    grid = Grid(
        rows=_rows(definition, cells, typed, messages),
        save_url=request.path,
        edits=0,
        caption=str(context["name"]),
        previous_label=_("Kỳ trước"),
        target_label=_("Kế hoạch") if definition.plannable() else "",
        state=_("Ghi thử vài số rồi bấm «Thử quy tắc»; không có gì được lưu."),
    )
    blocks = [
        {"block": one, "title": titled(one), "name": BLOCK + one.code, "text": words[one.code],
         "messages": messages.get(one.code, []), "said": _said(definition, cells, words[one.code])}
        for one in definition.narrative
    ]  # fmt: skip
    tried = request.method == "POST"
    context |= {"grid": grid, "blocks": blocks, "tried": tried, "clean": tried and not messages}
    return render(request, "web/design/preview.html", context)


def _said(definition: Definition, cells: Cells, text: str) -> str:
    """The paragraph as printed with the figures tried; nothing where it names none."""
    try:
        return (
            filled(definition, text, Figures(with_formulas(definition, cells))) if FIELD in text and cells else ""
        )
    except (InvalidInput, KeyError):  # a formula that is still wrong
        return ""


def _tried(definition: Definition, typed: Mapping[str, str], words: Mapping[str, str]) -> tuple[Cells, Messages]:
    """The figures as they are understood, and what is said at them."""
    said: dict[str, list[RowMessage]] = {}
    try:
        cells = parse_changes(definition, DraftChanges(0, typed))
    except InvalidInput as refusal:
        for fault in refusal.faults:
            said.setdefault(fault.where, []).append(RowMessage(Severity.ERROR, spoken(fault.message)))
        return {}, said
    try:
        found: list[Finding] = check(definition, cells, words)
    except InvalidInput:
        return cells, said  # a rule that is still wrong is told on its own page
    rules = {rule.code: rule for rule in definition.rules}
    for finding in found:
        rule = rules.get(finding.rule)
        place = anchor(rule, definition) if rule else finding.cells[0]
        said.setdefault(place, []).append(RowMessage(Severity(finding.severity), finding.message))
    return cells, said


def _rows(definition: Definition, cells: Cells, typed: Mapping[str, str], messages: Messages) -> list[GridRow]:
    try:
        complete = with_formulas(definition, cells) if cells else {}
    except (InvalidInput, KeyError):  # a formula that is still wrong
        complete = {}
    rows: list[GridRow] = []
    for number, section in enumerate(definition.sections, start=1):
        rows.append(GridRow(titled(section), kind=RowKind.HEADING, number=roman(number)))
        for place, item in section.numbered():
            cell = complete.get(item.code, MISSING)
            rows.append(
                GridRow(
                    **pieces.broken_down(definition, item),
                    key=item.code,
                    kind=RowKind.ENTRY if item.is_entered else RowKind.COMPUTED,
                    number=place,
                    unit=item.unit,
                    previous="…",
                    target="…" if item.target else "",
                    value=typed.get(item.code, "") if item.is_entered else pieces.typed(cell, item),
                    source=_("tự lấy từ sổ") if item.source else item.help,
                    money=item.is_money,
                    decimals=item.decimals,
                    messages=messages.get(item.code, ()),
                )
            )
    return rows
