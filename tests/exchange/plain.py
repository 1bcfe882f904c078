"""A form without a database."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache

import xlsxwriter

from nhipcau.core.numbers import MISSING
from nhipcau.exchange.xlsx.filling import Form
from nhipcau.exchange.xlsx.layout import Layout
from nhipcau.reports.design.parsing import parse, read_yaml
from tests.quarterly import YAML


@cache
def blank_form() -> bytes:
    """The form of the tests' template with nothing in it, and no stamp of ours."""
    definition, _ = parse(read_yaml(YAML.encode()))
    made = Form.of(Layout.of(definition))
    marks = [piece.mark for pieces in made.sheets.values() for piece in pieces if not isinstance(piece, str)]
    return made.fill({mark: MISSING if mark.startswith(("figure", "earlier")) else "chữ" for mark in marks})


def sheet(*rows: Sequence[object]) -> bytes:
    """A workbook with one sheet of those rows."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        made = book.add_worksheet("Q")
        for place, row in enumerate(rows):
            made.write_row(place, 0, row)
    return out.getvalue()
