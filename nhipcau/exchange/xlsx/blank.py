"""The Excel form of a template version, laid out once. Whatever differs from unit to unit is a mark, filled later.

Every cell is locked but those that are typed in; figures take a number or «x», texts stay texts whatever they begin
with. The rules of the template colour the cells and speak beside them, as far as Excel can say them.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path
from typing import Any

import xlsxwriter

from nhipcau.exchange.xlsx import formulas
from nhipcau.exchange.xlsx.layout import HEADING_ROW, WORDS_FIRST, Layout, Line
from nhipcau.exchange.xlsx.places import (
    EARLIER,
    ENTRY,
    EXPLANATION,
    FIGURES,
    KEY,
    LABEL,
    MARK,
    NUMBER,
    STAMP,
    UNIT,
    VERDICT,
    WORDS,
    WORDS_ENTRY,
    WORDS_TITLE,
)
from nhipcau.reports.design.definition import Indicator, NarrativeBlock, Rule
from nhipcau.reports.design.expressions import framed

OPENING, CLOSING = "{{", "}}"
_OPTIONS = {
    "constant_memory": True,  # texts stand in their cells, where a mark can be found and replaced
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_COLUMNS = (
    (KEY, "", 0), (NUMBER, "TT", 6), (LABEL, "Chỉ tiêu", 52), (UNIT, "Đơn vị tính", 12),
    (EARLIER, "Kỳ trước", 18), (ENTRY, "Kỳ này", 18), (VERDICT, "Hệ thống nhắc", 46),
    (EXPLANATION, "Giải thích (khi được hỏi)", 40),
)  # fmt: skip
_PLANNED = {LABEL: "Chỉ tiêu (đơn vị tính)", UNIT: "Kế hoạch"}  # other headings where plans are given
_GUIDE = (
    "Chỉ điền các ô nền vàng. Ô chưa có số thì để trống, không có thì ghi 0, không áp dụng thì ghi x. "
    "Tiền ghi bằng đồng. Không xóa dòng hay trang tính."
)
_WORDS_GUIDE = "Viết vào ô nền vàng. Không ghi tên người, số căn cước hay đường dẫn trang cá nhân."
_A4 = 9
_LOW, _TALL, _WIDE = 20, 36, 50  # points of height; characters that fit on a line of the label


def mark(kind: str, code: str = "") -> str:
    """What stands in a cell until it is filled."""
    return f"{OPENING}{kind}:{code}{CLOSING}"


def build(layout: Layout) -> bytes:
    """The workbook with its marks."""
    with tempfile.TemporaryDirectory(prefix="nhipcau-") as folder:
        file = Path(folder) / "form.xlsx"
        book = xlsxwriter.Workbook(file, _OPTIONS)
        book.set_properties({"title": layout.definition.name, "created": dt.datetime(2000, 1, 1)})  # noqa: DTZ001
        styles = _styles(book)
        _figures(book.add_worksheet(FIGURES), layout, styles)
        if layout.blocks:
            _words(book.add_worksheet(WORDS), layout, styles)
        hidden = book.add_worksheet(STAMP)
        hidden.write_string(0, 0, MARK)
        hidden.write_string(1, 0, mark("stamp"))
        hidden.very_hidden()
        book.close()
        return file.read_bytes()


def _styles(book: Any) -> dict[str, Any]:
    base = {"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter"}
    ruled = {**base, "border": 1, "text_wrap": True}
    entry = {**ruled, "locked": False, "bg_color": "#FFF8DC"}
    figures = {f"{kind}{n}": {**look, "align": "right", "num_format": _pattern(n)}
               for kind, look in (("entry", entry), ("plain", ruled)) for n in range(7)}  # fmt: skip
    made = {
        "text": {**base, "quote_prefix": True},
        "title": {**base, "font_size": 14, "bold": True, "quote_prefix": True},
        "bold": {**base, "bold": True, "quote_prefix": True},
        "head": {**ruled, "bold": True, "align": "center", "bg_color": "#E8EEF4"},
        "section": {**ruled, "bold": True, "quote_prefix": True},
        "label": {**ruled, "quote_prefix": True},
        "center": {**ruled, "align": "center", "quote_prefix": True},
        "words": {**entry, "valign": "top", "num_format": "@", "quote_prefix": True},
        "verdict": {**ruled, "font_color": "#9C1C1C", "font_size": 11},
        "error": {"bg_color": "#F8CBCB"},
        "warning": {"bg_color": "#FCE4B4"},
        "info": {"bg_color": "#DCE9F7"},
        **figures,
    }
    return {name: book.add_format(look) for name, look in made.items()}


def _pattern(decimals: int) -> str:
    return "#,##0" + ("." + "0" * decimals if decimals else "")


def _figures(page: Any, layout: Layout, styles: dict[str, Any]) -> None:
    for column, _, width in _COLUMNS:
        page.set_column(column, column, width, None, {"hidden": column == KEY})
    page.write_string(0, NUMBER, layout.definition.name, styles["title"])
    page.write_string(1, NUMBER, mark("unit"), styles["bold"])
    page.write_string(2, NUMBER, mark("period"), styles["text"])
    page.write_string(3, NUMBER, _GUIDE, styles["text"])
    page.set_row(HEADING_ROW, 32)
    for column, title, _ in _COLUMNS[1:]:
        told = _PLANNED.get(column, title) if layout.planned else title
        page.write_string(HEADING_ROW, column, told, styles["head"])
    for line in layout.lines:
        if line.indicator is None:
            for column, _, _ in _COLUMNS[1:]:
                page.write_blank(line.row, column, None, styles["section"])
            page.write_string(line.row, LABEL, line.section.title, styles["section"])
        else:
            _line(page, line, line.indicator, layout, styles)
    _printed(page)


def _line(page: Any, line: Line, item: Indicator, layout: Layout, styles: dict[str, Any]) -> None:
    """One indicator: an entered figure, or a computed one that Excel shows and we compute anew."""
    row, look = line.row, "entry" if item.is_entered else "plain"
    rules = formulas.spoken_here(layout.rules_at.get(item.code, ()), _where(layout))
    page.set_row(row, _TALL if rules or len(item.label) > _WIDE else _LOW)
    page.write_string(row, KEY, item.code if item.is_entered else "")
    page.write_string(row, NUMBER, line.number, styles["center"])
    _named(page, row, item, layout, styles)
    page.write_string(row, EARLIER, mark("earlier", item.code), styles[f"plain{item.decimals}"])
    style = styles[f"{look}{item.decimals}"]
    if item.is_entered:
        page.write_string(row, ENTRY, mark("figure", item.code), style)
        _takes_figures(page, row, item)
    elif formula := _computed(item, layout):
        page.write_formula(row, ENTRY, formula, style, mark("figure", item.code))
    else:
        page.write_string(row, ENTRY, mark("figure", item.code), style)
    _rules(page, row, rules, layout, styles)
    if layout.asks(item.code):
        page.write_string(row, EXPLANATION, mark("explanation", item.code), styles["words"])
    else:
        page.write_blank(row, EXPLANATION, None, styles["label"])


def _named(page: Any, row: int, item: Indicator, layout: Layout, styles: dict[str, Any]) -> None:
    """What the figure is called, in which unit it is counted, and what was asked of it."""
    if not layout.planned:
        page.write_string(row, LABEL, item.label, styles["label"])
        page.write_string(row, UNIT, item.unit, styles["center"])
        return
    page.write_string(row, LABEL, f"{item.label} ({item.unit})", styles["label"])
    plan = mark("target", item.code) if item.target else ""
    page.write_string(row, UNIT, plan, styles[f"plain{item.decimals}"])


def _rules(page: Any, row: int, rules: tuple[Rule, ...], layout: Layout, styles: dict[str, Any]) -> None:
    """What the rules say beside a cell, and the colour they give it."""
    said = formulas.verdict(rules, layout.definition, _where(layout))
    if said:
        page.write_formula(row, VERDICT, said, styles["verdict"], "")
    else:
        page.write_blank(row, VERDICT, None, styles["verdict"])
    for rule in sorted(rules, key=lambda one: ("error", "warning", "info").index(one.severity)):
        criteria = formulas.broken(rule, _where(layout))
        rule_look = {"type": "formula", "criteria": criteria, "format": styles[rule.severity]}
        page.conditional_format(row, ENTRY, row, ENTRY, {**rule_look, "stop_if_true": True})


def _computed(item: Indicator, layout: Layout) -> str:
    """Empty where it reads what does not stand in this form."""
    where = _where(layout)
    try:
        if item.breakdowns:
            return formulas.added([where(part) for part in layout.definition.parts_of(item.code)])
        return formulas.computed(layout.definition.formulas()[item.code], item.decimals, where)
    except KeyError:
        return ""


def _where(layout: Layout) -> formulas.Where:
    columns = {"": "F", "previous": "E"} | ({"target": "D"} if layout.planned else {})

    def where(read: str) -> str:
        frame, code = framed(read)
        return f"{columns[frame]}{layout.rows[code] + 1}"

    return where


def _takes_figures(page: Any, row: int, item: Indicator) -> None:
    """A number that is not negative and has no more decimals than the indicator, or «x»."""
    cell, decimals = f"F{row + 1}", item.decimals
    whole = "số nguyên" if not decimals else f"số có nhiều nhất {decimals} chữ số thập phân"
    exact = f"ABS({cell}*{10**decimals}-ROUND({cell}*{10**decimals},0))<0.000001"
    page.data_validation(
        row, ENTRY, row, ENTRY,
        {
            "validate": "custom",
            "value": f'=OR(LOWER({cell})="x",IF(ISNUMBER({cell}),AND({cell}>=0,{exact}),FALSE))',
            "error_title": "Chưa nhận được",
            "error_message": f"Ô này cần {whole} không âm ({item.unit}), hoặc x nếu không áp dụng."[:255],
        },
    )  # fmt: skip


def _words(page: Any, layout: Layout, styles: dict[str, Any]) -> None:
    page.set_column(KEY, KEY, 0, None, {"hidden": True})
    page.set_column(WORDS_TITLE, WORDS_TITLE, 40)
    page.set_column(WORDS_ENTRY, WORDS_ENTRY, 110)
    page.write_string(0, WORDS_TITLE, "Thuyết minh", styles["title"])
    page.write_string(1, WORDS_TITLE, _WORDS_GUIDE, styles["text"])
    for code, (row, block) in layout.blocks.items():
        page.set_row(row, 180)
        page.write_string(row, KEY, code)
        asked = " (bắt buộc)" if block.required else ""
        page.write_string(
            row,
            WORDS_TITLE,
            "\n".join(filter(None, (block.title + asked, _about(block, layout), block.help))),
            styles["label"],
        )
        page.write_string(row, WORDS_ENTRY, mark("words", code), styles["words"])
    _printed(page, top=WORDS_FIRST)


def _about(block: NarrativeBlock, layout: Layout) -> str:
    labels = [item.label for code in block.about if (item := layout.definition.indicator(code))]
    return f"Giải thích cho: {'; '.join(labels)}" if labels else ""


def _printed(page: Any, top: int = HEADING_ROW + 1) -> None:
    page.protect("", {"format_columns": True, "format_rows": True})
    page.freeze_panes(top, 0)
    page.hide_gridlines(2)
    page.set_landscape()
    page.set_paper(_A4)
    page.fit_to_pages(1, 0)
    page.set_footer("&R&P/&N")
