"""A form without a database."""

from __future__ import annotations

from functools import cache

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
