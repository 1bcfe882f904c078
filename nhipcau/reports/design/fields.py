"""Figures in the narrative: `{{gifts}}`, `{{gifts.thay_doi_cung_ky}}`; the text says what the table says.

A field names a figure of the template by its code and, after a point, what of it is printed. What can be asked is
one table, `KINDS`: each name in Vietnamese and in English, what it reads besides the figure, how it is said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from nhipcau.core.numbers import MISSING, Cell, CellState, format_cell, format_rounded, format_value
from nhipcau.core.said import UNSAID, Said
from nhipcau.reports.design.definition import Definition, Indicator
from nhipcau.reports.design.plans import Plan

Reads = Literal["", "previous", "last_year", "plan"]
FRAMES: Mapping[str, str] = {"previous": "kỳ trước", "last_year": "cùng kỳ năm trước"}
UNPLANNED = "chưa giao kế hoạch"
_WRITTEN = re.compile(r"\{\{([^{}\n]*)\}\}")
_STRAY = re.compile(r"\{\{|\}\}")


@dataclass(frozen=True)
class Figures:
    """What a text may say: the figures as the table beside it prints them, those of earlier periods, the plans."""

    now: Mapping[str, Cell]
    earlier: Mapping[str, Mapping[str, Cell]] = field(default_factory=dict)
    plans: Mapping[str, Plan] = field(default_factory=dict)


@dataclass(frozen=True)
class Kind:
    """One thing a field can ask of a figure."""

    vi: str
    en: str
    label: Said
    reads: Reads
    say: Callable[[Kind, Indicator, Figures], str]

    @property
    def frame(self) -> str:
        """The earlier period it compares with, in words."""
        return FRAMES[self.reads]


@dataclass(frozen=True)
class Field:
    """A field as it was written, and what it means."""

    written: str
    item: Indicator
    kind: Kind


@dataclass(frozen=True)
class Piece:
    """A stretch of a text: words, or a figure; `wrong` says why a field means nothing."""

    text: str
    field: Field | None = None
    wrong: Said = UNSAID


# --- how each is said ------------------------------------------------------------------------------------
def _number(kind: Kind, item: Indicator, figures: Figures) -> str:
    return format_cell(figures.now.get(item.code, MISSING), item.decimals)


def _value(kind: Kind, item: Indicator, figures: Figures) -> str:
    return _with_unit(figures.now.get(item.code, MISSING), item)


def _earlier(kind: Kind, item: Indicator, figures: Figures) -> str:
    cell = _before(kind, item, figures)
    return f"chưa có số {kind.frame}" if cell.state is CellState.MISSING else _with_unit(cell, item)


def _change(kind: Kind, item: Indicator, figures: Figures) -> str:
    both = _compared(kind, item, figures)
    if isinstance(both, str):
        return both
    difference = both[0] - both[1]
    unit = "điểm %" if item.unit == "%" else item.unit
    amount = f"{format_value(abs(difference), item.decimals)} {unit}".strip()
    return _moved(kind, difference, amount)


def _percent(kind: Kind, item: Indicator, figures: Figures) -> str:
    both = _compared(kind, item, figures)
    if isinstance(both, str):
        return both
    now, before = both
    if not before:
        return f"{kind.frame} là 0, không tính tỷ lệ" if now else f"bằng {kind.frame}"
    share = format_rounded(abs(Decimal(100 * (now - before)) / Decimal(before)))
    return _moved(kind, now - before, "dưới 0,1 %" if share == "0,0" else f"{share} %")


def _plan(kind: Kind, item: Indicator, figures: Figures) -> str:
    plan = figures.plans.get(item.code)
    if plan is None:
        return UNPLANNED
    asked = _with_unit(plan.cell, item)
    return f"{asked} (cả năm)" if plan.yearly else asked


def _of_plan(kind: Kind, item: Indicator, figures: Figures) -> str:
    plan = figures.plans.get(item.code)
    if plan is None:
        return UNPLANNED
    reached = plan.reached_by(figures.now.get(item.code, MISSING))
    if reached is not None:
        return f"đạt {format_rounded(reached)} % kế hoạch"
    return "kế hoạch giao cho cả năm, không tính tỷ lệ" if plan.yearly else "chưa tính được tỷ lệ so với kế hoạch"


def _with_unit(cell: Cell, item: Indicator) -> str:
    shown = format_cell(cell, item.decimals)
    return shown if cell.state is CellState.NOT_APPLICABLE else f"{shown} {item.unit}".strip()


def _before(kind: Kind, item: Indicator, figures: Figures) -> Cell:
    return figures.earlier.get(kind.reads, {}).get(item.code, MISSING)


def _compared(kind: Kind, item: Indicator, figures: Figures) -> tuple[int, int] | str:
    """Both values; or what is said because one of them is hidden or not there."""
    now, before = figures.now.get(item.code, MISSING), _before(kind, item, figures)
    if CellState.HIDDEN in (now.state, before.state):
        return f"thay đổi * so với {kind.frame}"
    if now.state is not CellState.VALUE:
        return f"chưa có số kỳ này để so với {kind.frame}"
    if before.state is not CellState.VALUE:
        return f"chưa có số {kind.frame}"
    return now.value, before.value


def _moved(kind: Kind, difference: int, amount: str) -> str:
    if not difference:
        return f"bằng {kind.frame}"
    return f"{'tăng' if difference > 0 else 'giảm'} {amount} so với {kind.frame}"


# --- the one table of what can be asked ------------------------------------------------------------------
KINDS = (
    Kind("", "", Said("số, kèm đơn vị tính", "the figure with its unit"), "", _value),
    Kind("so", "number", Said("chỉ con số", "the number alone"), "", _number),
    Kind("cung_ky", "last_year", Said("số cùng kỳ năm trước", "the same period last year"), "last_year", _earlier),
    Kind("thay_doi_cung_ky", "change_last_year",
         Said("tăng, giảm so với cùng kỳ", "rise or fall on last year"), "last_year", _change),
    Kind("phan_tram_cung_ky", "percent_last_year",
         Said("tăng, giảm bao nhiêu % so với cùng kỳ", "rise or fall on last year in %"), "last_year", _percent),
    Kind("ky_truoc", "previous", Said("số kỳ trước", "the period before"), "previous", _earlier),
    Kind("thay_doi_ky_truoc", "change_previous",
         Said("tăng, giảm so với kỳ trước", "rise or fall on the period before"), "previous", _change),
    Kind("phan_tram_ky_truoc", "percent_previous",
         Said("tăng, giảm bao nhiêu % so với kỳ trước", "rise or fall on the period before in %"), "previous",
         _percent),
    Kind("ke_hoach", "plan", Said("kế hoạch giao", "the plan"), "plan", _plan),
    Kind("phan_tram_ke_hoach", "percent_of_plan", Said("đạt bao nhiêu % kế hoạch", "% of the plan"), "plan",
         _of_plan),
)  # fmt: skip
_BY_NAME = {name: kind for kind in KINDS for name in (kind.vi, kind.en)}


def kinds_of(item: Indicator) -> Iterator[Kind]:
    """What can be asked of a figure: plans only of those that are planned."""
    return (kind for kind in KINDS if kind.reads != "plan" or item.target)


def written(item: Indicator, kind: Kind, *, english: bool = False) -> str:
    """The field as one types it."""
    name = kind.en if english else kind.vi
    return f"{{{{{item.code}{'.' if name else ''}{name}}}}}"


# --- reading -----------------------------------------------------------------------------------------------
def split(definition: Definition, text: str) -> list[Piece]:
    """The text as words and fields, in order; put together again it is the text."""
    pieces: list[Piece] = []
    end = 0
    for match in _WRITTEN.finditer(text):
        pieces += _words(text[end : match.start()])
        pieces.append(_read(definition, match))
        end = match.end()
    return [*pieces, *_words(text[end:])]


def _words(text: str) -> Iterator[Piece]:
    stray = _STRAY.search(text)
    if not text:
        return
    if stray is None:
        yield Piece(text)
        return
    near = text[max(0, stray.start() - 20) : stray.end() + 20].strip()
    said = Said(
        f"«{near}»: trường số liệu mở bằng {{{{ và đóng bằng }}}} trên cùng một dòng; thiếu một bên.",
        f"“{near}”: a field opens with {{{{ and closes with }}}} on one line; one side is missing.",
    )
    yield Piece(text, wrong=said)


def _read(definition: Definition, match: re.Match[str]) -> Piece:
    code, _, name = match[1].strip().partition(".")
    item, kind = _item(definition, code.strip()), _BY_NAME.get(name.strip().casefold())
    if item is None:
        said = Said(
            f"{match[0]}: biểu mẫu không có chỉ tiêu mã «{code.strip()}». Hãy chọn ở «Chèn số liệu», hoặc xóa đi.",
            f"{match[0]}: the form has no figure “{code.strip()}”. Choose one under “Insert a figure”, or drop it.",
        )
        return Piece(match[0], wrong=said)
    if kind is None:
        known = ", ".join(one.vi for one in KINDS if one.vi)
        said = Said(
            f"{match[0]}: sau dấu chấm không có «{name.strip()}»; dùng một trong: {known}.",
            f"{match[0]}: there is no “{name.strip()}” after the point; use one of: "
            f"{', '.join(one.en for one in KINDS if one.en)}.",
        )
        return Piece(match[0], wrong=said)
    if kind.reads == "plan" and not item.target:
        said = Said(
            f"{match[0]}: chỉ tiêu «{item.label}» không giao kế hoạch.",
            f"{match[0]}: no plans are given for “{item.label_en or item.label}”.",
        )
        return Piece(match[0], wrong=said)
    return Piece(match[0], Field(match[0], item, kind))


def _item(definition: Definition, code: str) -> Indicator | None:
    return definition.indicator(code) or next(
        (item for item in definition.indicators() if item.code.casefold() == code.casefold()), None
    )


def fields_in(definition: Definition, texts: Iterable[str]) -> Iterator[Field]:
    """Every field of the texts that means something."""
    for text in texts:
        yield from (piece.field for piece in split(definition, text) if piece.field)


def faults_in(definition: Definition, text: str) -> list[Said]:
    """What is wrong with the fields of a text."""
    return [piece.wrong for piece in split(definition, text) if piece.wrong]


def renamed(text: str, old: str, new: str) -> str:
    """The text with a figure called otherwise wherever a field names it."""
    return _WRITTEN.sub(lambda match: _renamed(match, old, new), text)


def _renamed(match: re.Match[str], old: str, new: str) -> str:
    code, point, name = match[1].partition(".")
    return f"{{{{{new}{point}{name}}}}}" if code.strip() == old else match[0]


# --- writing out -------------------------------------------------------------------------------------------
def rendered(definition: Definition, text: str, figures: Figures) -> list[Piece]:
    """The text as it is printed, its figures apart; a field that means nothing stays as it was written."""
    return [
        Piece(piece.field.kind.say(piece.field.kind, piece.field.item, figures), piece.field)
        if piece.field
        else piece
        for piece in split(definition, text)
    ]


def filled(definition: Definition, text: str, figures: Figures) -> str:
    """The same as plain text."""
    return "".join(piece.text for piece in rendered(definition, text, figures))
