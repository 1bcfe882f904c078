"""From the form of a template version to the form of one unit: the marks are written and their parts packed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from nhipcau.core.numbers import Cell, CellState
from nhipcau.exchange.xlsx import blank
from nhipcau.exchange.xlsx.layout import Layout
from nhipcau.exchange.xlsx.package import Package

_MARK = re.compile(
    r'<c r="(?P<at>[A-Z]+\d+)"(?P<style>(?: s="\d+")?) t="(?:inlineStr|str)">(?P<formula><f>[^<]*</f>)?'
    r"(?:<is><t[^>]*>|<v>)\{\{(?P<mark>[^}]+)\}\}(?:</t></is>|</v>)</c>"
)
_SHEETS = re.compile(r"xl/worksheets/sheet\d+\.xml")
_LONGEST = 32_767  # characters that a cell may hold
_UNPRINTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

Content = Cell | str


@dataclass(frozen=True)
class _Point:
    """A cell to be filled."""

    mark: str
    open: str  # '<c r="F7" s="3"'
    formula: str
    decimals: int

    def write(self, content: Content) -> str:
        """The cell with its content; a missing figure and an empty text leave it blank."""
        if isinstance(content, str):
            return f"{self.open}{_text(content)}</c>" if content else f"{self.open}/>"
        if content.state is CellState.VALUE:
            return f"{self.open}>{self.formula}<v>{_decimal(content.value, self.decimals)}</v></c>"
        if self.formula:
            return f'{self.open} t="str">{self.formula}<v></v></c>'
        return f"{self.open}{_text('x')}</c>" if content.state is CellState.NOT_APPLICABLE else f"{self.open}/>"


@dataclass(frozen=True)
class Form:
    """The form of a template version, ready to be filled for unit after unit."""

    layout: Layout
    package: Package
    sheets: Mapping[str, tuple[str | _Point, ...]]  # by part: what stands, and what is filled, in turn

    @classmethod
    def of(cls, layout: Layout) -> Form:
        """Lay the form out; once for a template version."""
        package = Package.of(blank.build(layout))
        decimals = {item.code: item.decimals for item in layout.definition.indicators()}
        names = [part.name.decode() for part in package.parts if _SHEETS.fullmatch(part.name.decode())]
        return cls(layout, package, {name: _pieces(package.text(name), decimals) for name in names})

    def fill(self, contents: Mapping[str, Content]) -> bytes:
        """The .xlsx of one unit. `contents` by mark, as `key` names them."""
        return self.package.with_parts(
            {
                name: "".join(one if isinstance(one, str) else one.write(contents[one.mark]) for one in pieces)
                for name, pieces in self.sheets.items()
            }
        )


def key(kind: str, code: str = "") -> str:
    """The name of a mark."""
    return f"{kind}:{code}"


def _pieces(text: str, decimals: Mapping[str, int]) -> tuple[str | _Point, ...]:
    pieces: list[str | _Point] = []
    rest = 0
    for found in _MARK.finditer(text):
        code = found["mark"].partition(":")[2]
        head = f'<c r="{found["at"]}"{found["style"]}'
        point = _Point(found["mark"], head, found["formula"] or "", decimals.get(code, 0))
        pieces += [text[rest : found.start()], point]
        rest = found.end()
    return (*pieces, text[rest:])


def _decimal(value: int, decimals: int) -> str:
    """A scaled integer as XML writes numbers; no float on the way."""
    if not decimals:
        return str(value)
    whole, part = divmod(abs(value), 10**decimals)
    return f"{'-' if value < 0 else ''}{whole}.{part:0{decimals}d}"


def _text(words: str) -> str:
    kept = _UNPRINTED.sub("", words)[:_LONGEST]
    return f' t="inlineStr"><is><t xml:space="preserve">{escape(kept, quote=False)}</t></is>'
