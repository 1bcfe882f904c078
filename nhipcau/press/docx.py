"""`to_docx`: an official document as a Word file in the layout of Decree 30/2020/NĐ-CP, Appendix I.

The package is written directly (a few milliseconds, the same bytes for the same document) instead of
through a template library: there is no template to drift away from the decree's table of sizes.
"""

from __future__ import annotations

import datetime as dt
from xml.sax.saxutils import escape

from nhipcau.core.official import Block, Column, Heading, OfficialDocument, Paragraph, Table
from nhipcau.press import wordparts
from nhipcau.press.letter import (
    LANDSCAPE_WIDTH_PT,
    QUOC_HIEU,
    TEXT_WIDTH_PT,
    TIEU_NGU,
    Hand,
    Letter,
    Sheet,
    compose,
    is_centred,
)
from nhipcau.press.measure import column_widths, line_width, row_height, table_size
from nhipcau.press.wordml import DECLARATION, NAMESPACES, cell, mm, paragraph, row, run, table, zipped

PAGE_WIDTH, PAGE_HEIGHT = mm(210), mm(297)
TOP, BOTTOM, LEFT, RIGHT = mm(20), mm(20), mm(30), mm(15)
TEXT_WIDTH = PAGE_WIDTH - LEFT - RIGHT
HEADER_LEFT = mm(68)
SIGNATURE_LEFT = mm(80)
INDENT = mm(12.7)
TALLEST_UNBROKEN_ROW_PT = 400.0


def to_docx(document: OfficialDocument, *, mark: str = "") -> bytes:
    """The document as .docx bytes: A4, margins 20/20/30/15 mm, Times New Roman, vi-VN.

    The same document gives the same bytes. `mark` (a uid) is carried through editing, unseen, so that the file
    can be told again when it comes back (`press.readback`). Raises InvalidInput for ragged tables and control
    characters.
    """
    letter = compose(document)
    return zipped(
        {
            **(wordparts.marked(mark) if mark else wordparts.STATIC),
            "docProps/core.xml": core_properties(letter, document.issued_on),
            "word/document.xml": _document(letter, mark),
        }
    )


def core_properties(letter: Letter, issued_on: dt.date | None) -> str:
    # A fixed moment: a file must not change because it was laid out again on another day.
    moment = f"{issued_on or dt.date(2000, 1, 1)}T00:00:00Z"
    return wordparts.CORE.format(title=escape(letter.title), creator=escape(" ".join(letter.issuer)), moment=moment)


def _document(letter: Letter, mark: str) -> str:
    content = [header(letter), *opening(letter), *_body(letter.body), signature(letter)]
    if mark:
        content.insert(1, wordparts.BOOKMARK.format(name=escape(wordparts.bookmark(mark))))
    landscape = False
    for sheet in letter.annexes:
        content += [_section_break(landscape=landscape), *_annex(sheet)]
        landscape = sheet.landscape
    if letter.check:
        width = round((LANDSCAPE_WIDTH_PT if landscape else TEXT_WIDTH_PT) * 20)
        content.append(paragraph(run(letter.check, size=11), rule=True, foot=width))
    last = section(landscape=landscape)
    return f"{DECLARATION}<w:document {NAMESPACES}><w:body>{''.join(content)}{last}</w:body></w:document>"


def section(*, landscape: bool) -> str:
    """Each section counts its pages from 1 and shows no number on its first page."""
    width, height = (PAGE_HEIGHT, PAGE_WIDTH) if landscape else (PAGE_WIDTH, PAGE_HEIGHT)
    orient = ' w:orient="landscape"' if landscape else ""
    return (
        '<w:sectPr><w:headerReference w:type="default" r:id="rIdHeader"/>'
        '<w:headerReference w:type="first" r:id="rIdFirst"/><w:type w:val="nextPage"/>'
        f'<w:pgSz w:w="{width}" w:h="{height}"{orient}/><w:pgMar w:top="{TOP}" w:right="{RIGHT}" '
        f'w:bottom="{BOTTOM}" w:left="{LEFT}" w:header="{mm(10)}" w:footer="{mm(10)}" w:gutter="0"/>'
        '<w:pgNumType w:start="1"/><w:cols w:space="708"/><w:titlePg/></w:sectPr>'
    )


def _section_break(*, landscape: bool) -> str:
    """The paragraph that ends a section; one point high so that it never opens a page of its own."""
    return (
        '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
        f"{section(landscape=landscape)}</w:pPr></w:p>"
    )


def rule_of(length: float, room: int) -> str:
    """A horizontal rule `length` points long in the middle of `room` twips."""
    side = max(0, round((room - length * 20) / 2))
    return paragraph(run("", size=2), justify="center", line=3, left=side, right=side, before=3, rule=True)


def header(letter: Letter) -> str:
    """Boxes 1–4: issuer and number on the left, Quốc hiệu, Tiêu ngữ, place and date on the right."""
    right_width = TEXT_WIDTH - HEADER_LEFT
    issuer = [paragraph(run(line, size=12), justify="center") for line in letter.parent_issuer]
    issuer += [paragraph(run(line, size=12, bold=True), justify="center") for line in letter.issuer]
    last_line = letter.issuer[-1] if letter.issuer else ""
    issuer.append(rule_of(0.4 * min(line_width(last_line, 12, bold=True), HEADER_LEFT / 20), HEADER_LEFT))
    motto = [
        paragraph(run(QUOC_HIEU, size=12, bold=True), justify="center"),
        paragraph(run(TIEU_NGU, size=13, bold=True), justify="center"),
        rule_of(line_width(TIEU_NGU, 13, bold=True), right_width),
    ]
    number = paragraph(run(letter.number, size=13), justify="center", before=4)
    if letter.about:
        number += paragraph(run(letter.about, size=12), justify="center", before=6)
    date = paragraph(run(letter.date, size=13, italic=True), justify="center", before=4)
    widths = (HEADER_LEFT, right_width)
    rows = [
        row([cell("".join(issuer), widths[0]), cell("".join(motto), widths[1])]),
        row([cell(number, widths[0]), cell(date, widths[1])]),
    ]
    return table(rows, widths, ruled=False)


def opening(letter: Letter) -> list[str]:
    """Boxes 5a and 9a and the grounds: type and subject, "Kính gửi:", "Căn cứ …"."""
    parts: list[str] = []
    if letter.heading:
        parts.append(paragraph(run(letter.heading, size=14, bold=True), style="Title", before=18))
        parts += [paragraph(run(line, size=14, bold=True), style="Subject") for line in letter.subject]
        if letter.subject:
            longest = min(line_width(letter.subject[-1], 14, bold=True), TEXT_WIDTH / 20)
            parts.append(rule_of(longest * 0.4, TEXT_WIDTH))
    parts += _addressees(letter.addressees)
    gap = 12 if parts else 18
    for ground in letter.grounds:
        parts.append(paragraph(run(ground, italic=True), style="BodyText", before=gap, after=6))
        gap = 0
    return parts


def _addressees(lines: tuple[str, ...]) -> list[str]:
    word = "Kính gửi: "
    if len(lines) == 1:
        return [paragraph(run(word + lines[0], size=14), justify="center", before=18, after=12)]
    if not lines:
        return []
    edge = mm(25) + round(line_width("Kính gửi", 14) * 20)
    first = paragraph(run(word.strip(), size=14), before=18, after=3, left=mm(25))
    dash = round(line_width("- ", 14) * 20)
    rest = [paragraph(run(line, size=14), after=3, left=edge + dash, first=-dash) for line in lines]
    return [first, *rest, paragraph(run("", size=2), line=6)]


def _body(blocks: tuple[Block, ...]) -> list[str]:
    """The body; its last paragraph stays with the signature, so that no page holds a signature alone."""
    return [_block(block, last=number == len(blocks)) for number, block in enumerate(blocks, 1)]


def _block(block: Block, *, last: bool = False, room: float = TEXT_WIDTH_PT) -> str:
    match block:
        case Heading():
            if is_centred(block):
                return paragraph(run(block.text, bold=True), style=f"Heading{block.level}", justify="center")
            return paragraph(run(block.text, bold=block.level < 3), style=f"Heading{block.level}")
        case Paragraph():
            return paragraph(run(block.text, italic=block.italic), style="BodyText", keep_next=last)
        case Table():
            return _table(block, room)


def _table(block: Table, room: float) -> str:
    size = table_size(block, room)
    points = column_widths(block, room)
    widths = tuple(round(width * 20) for width in points)
    heads = [
        _cell(column.title, Column("", align="center"), w, size, bold=True)
        for column, w in zip(block.columns, widths, strict=True)
    ]
    rows = [row(heads, heading=True)]
    for cells in block.rows:
        printed = [_cell(text, c, w, size) for text, c, w in zip(cells, block.columns, widths, strict=True)]
        rows.append(row(printed, unbroken=row_height(cells, points, size) < TALLEST_UNBROKEN_ROW_PT))
    caption = ""
    if block.caption:
        caption = paragraph(
            run(block.caption, size=14, bold=True), justify="center", before=6, after=3, keep_next=True
        )
    # A paragraph must stand between two tables, or Word joins them.
    return caption + table(rows, widths, ruled=True) + paragraph(run("", size=2), line=8)


def _cell(text: str, column: Column, width: int, size: float, *, bold: bool = False) -> str:
    content = paragraph(run(text, size=size, bold=bold), justify=column.align, before=2, after=2)
    return cell(content, width, middle=True)


def signature(letter: Letter) -> str:
    """Boxes 7 and 9b: "Nơi nhận", or the other party, on the left, whoever signs on the right."""
    left = _hand(letter.beside) if letter.beside else ""
    if letter.recipients and not left:
        left = paragraph(run("Nơi nhận:", size=12, bold=True, italic=True), keep_next=True)
        left += "".join(paragraph(run(line, size=11)) for line in letter.recipients)
    widths = (SIGNATURE_LEFT, TEXT_WIDTH - SIGNATURE_LEFT)
    block = row([cell(left or paragraph(), widths[0]), cell(_hand(letter.signing), widths[1])])
    return paragraph(run("", size=2), line=6, keep_next=True) + table([block], widths, ruled=False)


def _hand(hand: Hand) -> str:
    """Authority, room for the signature, and the name."""
    lines = [paragraph(run(line, size=14, bold=True), justify="center") for line in hand.authority]
    if hand.note:
        lines.append(paragraph(run(hand.note, size=13, italic=True), justify="center"))
    lines += [paragraph(run("", size=14), justify="center")] * 4
    lines.append(paragraph(run(hand.name, size=14, bold=True), justify="center"))
    return "".join(lines)


def _annex(sheet: Sheet) -> list[str]:
    """ "Phụ lục I", its title, "(Kèm theo …)", its blocks."""
    room = LANDSCAPE_WIDTH_PT if sheet.landscape else TEXT_WIDTH_PT
    return [
        paragraph(run(sheet.label, size=14, bold=True), style="Annex"),
        *(paragraph(run(line, size=14, bold=True), justify="center", keep_next=True) for line in sheet.title),
        paragraph(run(sheet.attached_to, size=14, italic=True), justify="center", after=12, keep_next=True),
        *(_block(block, room=room) for block in sheet.blocks),
    ]
