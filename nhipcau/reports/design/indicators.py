"""The figures of a template file: indicators with their roll-ups, and the breakdowns they are split by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import product
from typing import Any, get_args

from nhipcau.boundary import unplanned
from nhipcau.core.errors import Fault, InvalidInput
from nhipcau.core.numbers import MOST_DECIMALS
from nhipcau.core.said import Said
from nhipcau.core.text import clean
from nhipcau.reports.design.definition import (
    PLACEHOLDER,
    Beside,
    Breakdown,
    Choice,
    Definition,
    Indicator,
    OverTime,
    OverUnits,
    Section,
    Source,
)
from nhipcau.reports.design.expressions import PLANS, Expression, framed

Raw = Mapping[str, Any]
Breakdowns = Mapping[str, Breakdown]
LEAST, TEN, MOST = 3, 10, 100  # what suppress_below may be; a protected figure without it hides counts under ten
MOST_CELLS = 200  # of one figure: beyond that nobody types it, and a list of units is the better form


def read_breakdowns(raw: Raw, faults: list[Fault]) -> Breakdowns:
    """The breakdowns a template declares, by code."""
    found: dict[str, Breakdown] = {}
    for item in raw.get("breakdowns") or ():
        code = str(item.get("code", ""))
        where = f"breakdowns.{code or '?'}"
        choices = tuple(_choice(one) for one in item.get("items") or ())
        faults.extend(_misnamed(where, [code, *(one.code for one in choices)]))
        if code in found:
            faults.append(Fault(where, "mã lặp lại"))
        if len(choices) < 2 or not item.get("label") or not all(one.label for one in choices):
            faults.append(Fault(where, "cần label và ít nhất hai items, mỗi item có code và label"))
        found[code] = Breakdown(code, *_labels(item), choices)
    return found


def _choice(raw: Raw) -> Choice:
    return Choice(str(raw.get("code", "")), *_labels(raw))


def _labels(raw: Raw) -> tuple[str, str]:
    return clean(str(raw.get("label", ""))), clean(str(raw.get("label_en", "")))


def _misnamed(where: str, codes: list[str]) -> Iterator[Fault]:
    for code in codes:
        if not (code.isidentifier() and code.isascii()):
            yield Fault(
                where,
                Said(
                    f"mã «{code}» chỉ gồm chữ không dấu, số và _",
                    f"the code «{code}» may hold plain letters, digits and _ only",
                ),
            )


def read_sections(raw: Raw, breakdowns: Breakdowns, faults: list[Fault]) -> tuple[Section, ...]:
    """The sections in printed order; a broken-down figure is followed by its cells."""
    sections = []
    for place, item in enumerate(raw.get("sections") or (), start=1):
        read = [_indicator(one, faults) for one in item.get("indicators") or ()]
        cells = tuple(cell for one in read for cell in (one, *_split(one, breakdowns, faults)))
        sections.append(Section(*_titles(item), cells, _beside(item, f"sections.{place}", faults)))
    return tuple(sections)


def _beside(raw: Raw, where: str, faults: list[Fault]) -> tuple[Beside, ...]:
    """What is printed beside the figures, as far as it can be."""
    allowed, asked = get_args(Beside), raw.get("beside") or ()
    for one in asked:
        if one not in allowed:
            faults.append(
                Fault(
                    where,
                    Said(
                        f"beside: «{one}» không có; dùng: {', '.join(allowed)}",
                        f"beside: there is no «{one}»; use: {', '.join(allowed)}",
                    ),
                )
            )
    return tuple(one for one in allowed if one in asked)


def _titles(raw: Raw) -> tuple[str, str]:
    return clean(str(raw.get("title", ""))), clean(str(raw.get("title_en", "")))


def _indicator(raw: Raw, faults: list[Fault]) -> Indicator:
    code = str(raw.get("code", ""))
    where = f"indicators.{code or '?'}"
    faults.extend(_misnamed(where, [code]))
    for key, default, allowed in (
        ("over_units", "sum", get_args(OverUnits)),
        ("over_time", "flow", get_args(OverTime)),
    ):
        if raw.get(key, default) not in allowed:
            faults.append(
                Fault(
                    where,
                    Said(
                        f"{key}: «{raw[key]}» không có; dùng: {', '.join(allowed)}",
                        f"{key}: there is no «{raw[key]}»; use: {', '.join(allowed)}",
                    ),
                )
            )
    if not raw.get("label") or not raw.get("unit"):
        faults.append(Fault(where, "thiếu label hoặc unit"))
    for key, kind in (("formula", "formula"), ("weight", "mean")):
        if bool(raw.get(key)) != (raw.get("over_units") == kind):
            faults.append(
                Fault(
                    where,
                    Said(
                        f"{key} đi cùng over_units: {kind}, và chỉ khi đó",
                        f"{key} goes with over_units: {kind}, and only then",
                    ),
                )
            )
    if not 0 <= raw.get("decimals", 0) <= MOST_DECIMALS:
        faults.append(
            Fault(
                where,
                Said(
                    f"decimals: «{raw['decimals']}» không dùng được; từ 0 đến {MOST_DECIMALS}",
                    f"decimals: «{raw['decimals']}» cannot be used; from 0 to {MOST_DECIMALS}",
                ),
            )
        )
    source = raw.get("source")
    return Indicator(
        code=code,
        label=clean(str(raw.get("label", ""))),
        label_en=clean(str(raw.get("label_en", ""))),
        unit=clean(str(raw.get("unit", ""))),
        decimals=raw.get("decimals", 0),
        over_units=raw.get("over_units", "sum"),
        over_time=raw.get("over_time", "flow"),
        formula=str(raw.get("formula", "")),
        weight=str(raw.get("weight", "")),
        source=_source(source, where, faults) if source else None,
        help=clean(str(raw.get("help", ""))),
        breakdowns=tuple(map(str, raw.get("breakdowns") or ())),
        suppress_below=_suppress_below(raw, where, faults),
        target=raw.get("target", False),
    )


def _suppress_below(raw: Raw, where: str, faults: list[Fault]) -> int:
    """The least count shown of a figure about persons: as asked, TEN where it is only called protected."""
    sensitivity, asked = raw.get("sensitivity", "open"), raw.get("suppress_below")
    if sensitivity not in ("open", "protected"):
        faults.append(
            Fault(
                where,
                Said(
                    f"sensitivity: «{sensitivity}» không có; dùng: open, protected",
                    f"sensitivity: there is no «{sensitivity}»; use: open, protected",
                ),
            )
        )
    if asked is None:
        return TEN if sensitivity == "protected" else 0
    if not LEAST <= asked <= MOST:
        faults.append(
            Fault(
                where,
                Said(
                    f"suppress_below: «{asked}» không dùng được; hãy ghi số nguyên từ {LEAST} đến {MOST}",
                    f"suppress_below: «{asked}» cannot be used; give a whole number from {LEAST} to {MOST}",
                ),
            )
        )
        return TEN
    return int(asked)


def _source(raw: Raw, where: str, faults: list[Fault]) -> Source | None:
    unknown = set(raw) - {"activity", "measure", "where", "letters"}
    if unknown or bool(raw.get("activity")) == bool(raw.get("letters")):
        faults.append(Fault(where, "source cần activity (với measure, where) hoặc letters, không cả hai"))
        return None
    return Source(
        activity=str(raw.get("activity", "")),
        measure=str(raw.get("measure", "")),
        where={str(k): str(v) for k, v in (raw.get("where") or {}).items()},
        letters=tuple(map(str, raw.get("letters") or ())),
    )


def _split(item: Indicator, breakdowns: Breakdowns, faults: list[Fault]) -> Iterator[Indicator]:
    """The cells of a broken-down figure, one for every combination of items."""
    where = f"indicators.{item.code}"
    unknown = [code for code in item.breakdowns if code not in breakdowns]
    faults.extend(
        Fault(
            where,
            Said(f"không có cách chia «{code}» trong breakdowns", f"there is no «{code}» among the breakdowns"),
        )
        for code in unknown
    )
    if item.breakdowns and (item.over_units != "sum" or item.source):
        faults.append(Fault(where, "chỉ tiêu chia nhỏ phải cộng được (over_units: sum) và do đơn vị tự ghi"))
    if not item.breakdowns or unknown:
        return
    combinations = list(product(*(breakdowns[code].items for code in item.breakdowns)))
    if len(combinations) > MOST_CELLS:
        faults.append(
            Fault(
                where,
                Said(
                    f"chia thành {len(combinations)} ô, quá {MOST_CELLS}; hãy bớt cách chia",
                    f"makes {len(combinations)} cells, more than {MOST_CELLS}; break down less",
                ),
            )
        )
        return
    for choices in combinations:
        items = tuple(f"{by}={one.code}" for by, one in zip(item.breakdowns, choices, strict=True))
        yield replace(
            item,
            code=f"{item.code}[{','.join(items)}]",
            label=_of(item.label, [one.label for one in choices]),
            label_en=_of(item.label_en, [one.label_en or one.label for one in choices]) if item.label_en else "",
            breakdowns=(),
            part_of=item.code,
            items=items,
            help="",
            target=False,
        )


def unsuppressible(definition: Definition) -> Iterator[Fault]:
    """What would show a suppressed count some other way."""
    names = {item.code for item in definition.indicators() if item.suppress_below}
    for item in definition.indicators():
        where = f"indicators.{item.code}"
        if item.suppress_below and (item.over_units != "sum" or item.decimals or item.is_money):
            yield Fault(where, "chỉ che được số đếm người: over_units: sum, decimals: 0, không phải tiền")
        if item.suppress_below and item.source:
            yield Fault(where, "số đã che phải do đơn vị tự ghi: nguồn (source) để lộ từng hoạt động")
        if item.weight in names:
            yield Fault(
                where,
                Said(
                    f"weight «{item.weight}» là số được che; hãy dùng chỉ tiêu khác làm trọng số",
                    f"weight «{item.weight}» is a protected figure; use another as weight",
                ),
            )
    for rule in definition.rules:
        told = names & {name for text in (rule.message, rule.message_en) for name in PLACEHOLDER.findall(text)}
        if told:
            yield Fault(
                f"rules.{rule.code}",
                Said(
                    f"lời nhắn không được ghi số được che: {', '.join(sorted(told))}",
                    f"a message may not tell a protected figure: {', '.join(sorted(told))}",
                ),
            )


def unplannable(definition: Definition) -> Iterator[Fault]:
    """Figures for which no plan may be given, whatever the file says; plans to be printed where none is given."""
    for place, section in enumerate(definition.sections, start=1):
        if section.beside and not any(item.target for item in section.indicators):
            yield Fault(
                f"sections.{place}",
                Said(
                    f"beside: phần «{section.title}» không có chỉ tiêu nào được giao kế hoạch (target: true)",
                    f"beside: no figure of the section «{section.title}» is given plans (target: true)",
                ),
            )
    for item in definition.indicators():
        where = f"indicators.{item.code}"
        if item.target and item.suppress_below:
            yield Fault(where, "số đếm người được che không có kế hoạch giao (target): phần trăm sẽ làm lộ số ấy")
        why = unplanned(f"{item.label}. {item.label_en}. {item.help}") if item.target else None
        if why:
            yield Fault(where, why)


def _of(label: str, choices: list[str]) -> str:
    return f"{label}: {', '.join(choices)}"


def misrolled(definition: Definition) -> Iterator[Fault]:
    """Means that are weighed by something that cannot be added up."""
    for item in definition.indicators():
        weight = definition.indicator(item.weight) if item.weight else None
        if item.weight and (weight is None or weight.over_units != "sum" or weight.code == item.code):
            yield Fault(
                f"indicators.{item.code}",
                Said(
                    f"weight «{item.weight}» phải là mã của một chỉ tiêu cộng được (over_units: sum)",
                    f"weight «{item.weight}» must be the code of an addable figure (over_units: sum)",
                ),
            )


def misread(definition: Definition) -> Iterator[Fault]:
    """What a rule or formula reads from other periods and units, and cannot."""
    for code, formula in _readable(definition.formulas()):
        if any(framed(read)[0] for read in formula.reads):
            yield Fault(f"indicators.{code}", "công thức chỉ dùng số liệu của chính kỳ này")
    rules = {f"rules.{rule.code}": Expression(rule.check) for rule in definition.rules}
    for where, check in _readable(rules):
        for frame, code in sorted(map(framed, check.reads)):
            item = definition.indicator(code)
            if item is None:
                continue  # told already
            if frame in {"usual", "peers"} and not item.is_entered:
                yield Fault(where, f"{frame}() chỉ dùng cho chỉ tiêu được nhập, không cho «{code}»")
            if frame == "children" and item.over_units != "sum":
                yield Fault(where, f"children() chỉ dùng cho chỉ tiêu cộng được, không cho «{code}»")
            if frame in PLANS and not item.target:
                yield Fault(
                    where,
                    Said(
                        f"{frame}() cần chỉ tiêu «{code}» có target: true",
                        f"{frame}() needs the figure «{code}» to have target: true",
                    ),
                )
            if frame in {"children", "peers"} and item.suppress_below:
                yield Fault(
                    where, f"{frame}() không dùng cho chỉ tiêu che số nhỏ «{code}»: kết quả sẽ làm lộ số ấy"
                )


def _readable(expressions: Mapping[str, Expression]) -> Iterator[tuple[str, Expression]]:
    """Those that can be read; the others are told by their own fault."""
    for where, expression in expressions.items():
        try:
            _ = expression.reads
        except InvalidInput:
            continue
        yield where, expression
