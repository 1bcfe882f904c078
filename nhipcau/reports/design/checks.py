"""Rules that catch slips before they travel: the template's own, and one on amounts in the narrative."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from nhipcau import boundary
from nhipcau.core.money import SCALE_WORDS, WRITTEN_OUT
from nhipcau.core.numbers import MISSING, Cell, format_cell, format_value
from nhipcau.reports.design.compiled import Rules
from nhipcau.reports.design.definition import PLACEHOLDER, Definition, Rule, Severity
from nhipcau.reports.design.expressions import Expression
from nhipcau.reports.design.fields import Figures, faults_in, filled
from nhipcau.reports.design.figures import with_formulas
from nhipcau.reports.design.frames import Frame, Frames, Known

# "72.000.000 triệu đồng": an amount already written out in đồng that is given a scale word besides.
_AMOUNT = re.compile(r"(?<![\d.,])(\d{1,3}(?:\.\d{3})+|\d{4,})\s*(nghìn|ngàn|triệu|tỷ|tỉ)(?=\s*(?:đồng|đ)\b)", re.I)
NARRATIVE_SLIP = "nham-don-vi-tien"
FIELD_FAULT = "so-lieu-trong-loi-van"


@dataclass(frozen=True)
class Finding:
    """What a rule found: `error` must be corrected, `warning` explained, `info` noted."""

    rule: str
    severity: Severity
    message: str
    cells: tuple[str, ...] = ()


def check(
    definition: Definition,
    cells: Mapping[str, Cell],
    narrative: Mapping[str, str],
    around: Mapping[str, Frame] | None = None,
) -> list[Finding]:
    """Every finding of one report, errors first. `around`: the figures of other periods and units, as loaded."""
    return check_all(definition, [(cells, narrative)], around)[0]


def check_all(
    definition: Definition,
    reports: Sequence[tuple[Mapping[str, Cell], Mapping[str, str]]],
    around: Mapping[str, Frame] | None = None,
) -> list[list[Finding]]:
    """The same of many reports, by cells and narrative; every rule is decided for all of them at once."""
    keys = definition.cells()
    now = Frame.of_cells([[cells.get(key, MISSING) for key in keys] for cells, _ in reports], len(keys))
    broken = Rules(definition).broken(Frames(now, around or {}))
    return [
        _sorted(
            _rule_findings(definition, cells, broken[:, row]), _narrative_findings(definition, cells, narrative)
        )
        for row, (cells, narrative) in enumerate(reports)
    ]


def _sorted(*found: Iterator[Finding]) -> list[Finding]:
    order = {"error": 0, "warning": 1, "info": 2}
    return sorted((one for some in found for one in some), key=lambda finding: order[finding.severity])


def anchor(rule: Rule, definition: Definition) -> str:
    """The cell a rule speaks at: the one its text names first ("tiền <= suất * …" speaks at the money)."""
    codes = "|".join(sorted((re.escape(item.code) for item in definition.indicators()), key=len, reverse=True))
    named = re.search(rf"(?<!\w)(?:{codes})(?![\w(])", rule.check)
    return named[0] if named else ""


def _rule_findings(definition: Definition, cells: Mapping[str, Cell], broken: Known) -> Iterator[Finding]:
    if not broken.any():
        return
    complete = with_formulas(definition, cells)
    printed = {
        item.code: format_cell(complete.get(item.code, MISSING), item.decimals) for item in definition.indicators()
    }
    for rule, speaks in zip(definition.rules, broken.tolist(), strict=True):
        if speaks:
            message = PLACEHOLDER.sub(lambda match: printed[match[1]], rule.message)
            yield Finding(rule.code, rule.severity, message, tuple(sorted(Expression(rule.check).names)))


def _narrative_findings(
    definition: Definition, cells: Mapping[str, Cell], narrative: Mapping[str, str]
) -> Iterator[Finding]:
    for fault in boundary.warnings(dict(narrative)):
        yield Finding("ten-nguoi", "info", fault.message, (fault.where,))
    for block in definition.narrative:
        text = narrative.get(block.code, "")
        if block.required and not text.strip():
            yield Finding("thieu-thuyet-minh", "error", f"Chưa viết phần «{block.title}».", (block.code,))
        yield from (Finding(FIELD_FAULT, "error", said, (block.code,)) for said in faults_in(definition, text))
        for match in _AMOUNT.finditer(_said(definition, cells, text)):
            number = int(match[1].replace(".", ""))
            if number >= WRITTEN_OUT:
                spelled = format_value(number * SCALE_WORDS[match[2].lower()], 0)
                yield Finding(
                    NARRATIVE_SLIP,
                    "error",
                    f"«{match[0]} đồng» nghĩa là {spelled} đồng. Nếu là {match[1]} đồng thì bỏ chữ «{match[2]}».",
                    (block.code,),
                )


def _said(definition: Definition, cells: Mapping[str, Cell], text: str) -> str:
    """The text with the report's own figures in it: "{{money.so}} triệu đồng" may be the same slip."""
    return filled(definition, text, Figures(with_formulas(definition, cells))) if "{{" in text else text
