"""`to_pdf`: an official document as PDF, set by typst in the layout of Decree 30/2020/NĐ-CP, Appendix I.

The layout lives in `letter.typ`; the wording comes from `letter.compose` and reaches the template as JSON.
"""

from __future__ import annotations

import datetime as dt
import json
import threading
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path

import typst

from nhipcau.core.errors import Fault, InvalidInput
from nhipcau.core.official import Block, Heading, OfficialDocument, Paragraph, Table
from nhipcau.core.said import Said
from nhipcau.press.fonts import PressFont, press_font
from nhipcau.press.letter import LANDSCAPE_WIDTH_PT, QUOC_HIEU, TEXT_WIDTH_PT, TIEU_NGU, Letter, compose, is_centred
from nhipcau.press.measure import (
    CELL_PADDING_PT,
    ZERO_WIDTH_SPACE,
    breakable,
    column_widths,
    row_height,
    table_size,
)

TEMPLATE = Path(__file__).with_name("letter.typ")
TALLEST_UNBROKEN_ROW_PT = 400.0

# One compiler is reused, which halves the time per document; typst's compiler keeps its inputs as state.
_compiling = threading.Lock()


def to_pdf(document: OfficialDocument, *, cache: Path | None = None) -> bytes:
    """The document as PDF bytes, with tags and bookmarks; the same document gives the same bytes.

    `cache` is the folder for the spare font (see `fonts.press_font`). Raises InvalidInput for ragged
    tables, control characters and characters the font lacks; MissingProgram if there is no font.
    """
    font = press_font(cache)
    letter = compose(document)
    data = {**asdict(letter), **_layout(letter, font), "family": font.family}
    refuse_unprintable(data, font)
    return typeset(TEMPLATE, data, font, document.issued_on)


def typeset(template: Path, data: Mapping[str, object], font: PressFont, dated: dt.date | None) -> bytes:
    """Set `template` with `data` (in its `sys.inputs.data`, as JSON) in `font`. The same gives the same bytes.

    `dated` is the moment written into the file's properties: never the clock's.
    """
    moment = dt.datetime.combine(dated or dt.date(2000, 1, 1), dt.time(), dt.UTC)
    with _compiling:
        pdf = _compiler(template, font.folder).compile(
            format="pdf", sys_inputs={"data": json.dumps(data, ensure_ascii=False)}, timestamp=moment
        )
    if not isinstance(pdf, bytes):
        raise TypeError("typst returned several files for one PDF")
    return pdf


@lru_cache(maxsize=4)
def _compiler(template: Path, folder: Path) -> typst.Compiler:
    """A compiler that sees the chosen folder and no other font: it has nothing to substitute with."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])
    return typst.Compiler(str(template), root=str(template.parent), font_paths=fonts, ignore_system_fonts=True)


def _layout(letter: Letter, font: PressFont) -> dict[str, object]:
    grounds = [Paragraph(ground, italic=True) for ground in letter.grounds]
    return {
        "author": " ".join(letter.issuer),
        "quoc_hieu": QUOC_HIEU,
        "tieu_ngu": TIEU_NGU,
        "body": _blocks([*grounds, *letter.body], font, TEXT_WIDTH_PT, closing=True),
        "annexes": [
            {**asdict(a), "blocks": _blocks(a.blocks, font, LANDSCAPE_WIDTH_PT if a.landscape else TEXT_WIDTH_PT)}
            for a in letter.annexes
        ],
    }


def _blocks(
    blocks: Sequence[Block], font: PressFont, room: float, *, closing: bool = False
) -> list[dict[str, object]]:
    last = len(blocks) if closing else 0
    return [_block(block, font, room, last=number == last) for number, block in enumerate(blocks, 1)]


def _block(block: Block, font: PressFont, room: float, *, last: bool) -> dict[str, object]:
    match block:
        case Heading():
            return {"kind": "heading", "text": block.text, "level": block.level, "centred": is_centred(block)}
        case Paragraph():
            return {
                "kind": "paragraph",
                "text": breakable(block.text, room / font.breadth, 14),
                "italic": block.italic,
                "last": last,
            }
        case Table():
            return _table(block, font, room)


def _table(table: Table, font: PressFont, room: float) -> dict[str, object]:
    widths, size = column_widths(table, room, breadth=font.breadth), table_size(table, room, breadth=font.breadth)
    breadth = size * font.breadth

    def fitted(cells: Sequence[str]) -> list[str]:
        rooms = [width - CELL_PADDING_PT for width in widths]
        return [breakable(cell, room, breadth) for cell, room in zip(cells, rooms, strict=True)]

    return {
        "kind": "table",
        "caption": table.caption,
        "size": size,
        "widths": widths,
        "align": [column.align for column in table.columns],
        "titles": fitted([column.title for column in table.columns]),
        # A row taller than a page must break, or its end would run off the paper.
        "rows": [
            {"cells": fitted(row), "breakable": row_height(row, widths, breadth) > TALLEST_UNBROKEN_ROW_PT}
            for row in table.rows
        ],
    }


def refuse_unprintable(data: object, font: PressFont) -> None:
    """A character the font lacks would leave an empty box in a signed document: refuse it by name."""
    faults = [
        Fault(
            f"“{text[:40]}”",
            Said(
                f"ký tự {character} (U+{ord(character):04X}) không có trong phông {font.family}; "
                "hãy bỏ hoặc thay ký tự này",
                f"the sign {character} (U+{ord(character):04X}) is not in the font {font.family}; "
                "drop or replace it",
            ),
        )
        for text in _strings(data)
        for character in sorted(set(text) - {"\n", ZERO_WIDTH_SPACE})
        if ord(character) not in font.characters
    ]
    if faults:
        raise InvalidInput("Bản PDF chưa làm được vì có ký tự không in được.", faults)


def _strings(data: object) -> list[str]:
    if isinstance(data, str):
        return [data]
    if isinstance(data, dict):
        return [text for value in data.values() for text in _strings(value)]
    if isinstance(data, list | tuple):
        return [text for value in data for text in _strings(value)]
    return []
