"""From a YAML file to a `Definition`; every fault is listed with its place, and nothing is half taken."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Any, get_args

import yaml

from nhipcau.activities.types import TypeDefinition, parse_type
from nhipcau.core.errors import Fault, InvalidInput, UnreadableFile
from nhipcau.core.periods import Period, parse_period
from nhipcau.core.said import Said
from nhipcau.core.text import clean
from nhipcau.reports.design.definition import PLACEHOLDER, Definition, Issue, NarrativeBlock, Rule, Severity
from nhipcau.reports.design.duty import Assignment, DueRule, misdue
from nhipcau.reports.design.expressions import Expression
from nhipcau.reports.design.fields import faults_in
from nhipcau.reports.design.indicators import (
    Raw,
    misread,
    misrolled,
    read_breakdowns,
    read_sections,
    unplannable,
    unsuppressible,
)
from nhipcau.reports.design.shape import misshapen, without_blanks

MAX_BYTES = 256 * 1024  # those of the library stay below 50 kB; 200 kB took 2.8 s to read
_CODE = re.compile(r"[A-Za-z0-9_-]{1,60}")
PERIOD_KINDS = ("month", "quarter", "half", "nine", "year")


class _Plain(yaml.SafeLoader):
    """Without references: nine of nine of nine … are a small file and fill the memory once somebody walks them."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("references (*) are not taken")
        return super().compose_node(parent, index)


def read_yaml(data: bytes) -> Raw:
    """The mapping of a YAML file, or UnreadableFile with the line that is wrong."""
    if len(data) > MAX_BYTES:
        raise UnreadableFile("Tệp biểu mẫu lớn quá 256 kB.")
    try:
        raw = yaml.load(data.decode("utf-8-sig"), _Plain)  # noqa: S506 - a SafeLoader
    except UnicodeDecodeError as error:
        raise UnreadableFile("Tệp biểu mẫu không ở bảng mã UTF-8.") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"dòng {mark.line + 1}, cột {mark.column + 1}: " if mark else ""
        raise UnreadableFile(
            Said(
                f"Không phải YAML hợp lệ: {where}{getattr(error, 'problem', error)}.",
                f"No valid YAML: {where}{getattr(error, 'problem', error)}.",
            )
        ) from error
    except (ValueError, RecursionError) as error:  # the 13th month, thousands of figures, brackets without end
        raise UnreadableFile(
            "Tệp biểu mẫu có ngày, số hay dấu ngoặc không đọc được. Hãy sửa rồi gửi lại."
        ) from error
    if not isinstance(raw, Mapping):
        raise UnreadableFile("Tệp biểu mẫu trống hoặc không phải một bảng «khóa: giá trị».")
    return raw


def parse(raw: Raw) -> tuple[Definition, list[TypeDefinition]]:
    """The template and the activity types its file brings along."""
    definition, types, faults = read(raw)
    if faults or definition is None:
        raise InvalidInput(
            Said(
                f"Biểu mẫu có {len(faults)} lỗi; không nhập gì.",
                f"The form has {len(faults)} faults; nothing was imported.",
            ),
            faults,
        )
    return definition, types


def read(raw: Raw) -> tuple[Definition | None, list[TypeDefinition], list[Fault]]:
    """As far as it can be understood, with every fault; no definition where the file has not even its shape."""
    faults = list(misshapen(raw))
    if faults:
        return None, [], faults
    raw = without_blanks(raw)
    try:
        types = _types(raw, faults)
        definition = _definition(raw, faults)
    except InvalidInput as error:  # a sign that no text may hold
        return None, [], [*faults, Fault("", error.message)]
    if not faults:
        faults.extend(_inconsistent(definition))
    return definition, types, faults


def _without_first(raw: Raw) -> Said:
    """A file of the library has none until somebody takes it; so has whoever begins by copying one."""
    kind = raw.get("period")
    key = Period(kind if kind in PERIOD_KINDS else "year", 2026).key
    return Said(
        f"thiếu kỳ đầu tiên dùng biểu mẫu; thêm dòng dạng «first_period: {key}» (tệp của thư viện, lấy bằng "
        "«nhipcau template library MÃ», có sẵn dòng này)",
        f"the first period the form serves is missing; add a line like «first_period: {key}» (a file of the "
        "library, taken with «nhipcau template library CODE», has it already)",
    )


def _types(raw: Raw, faults: list[Fault]) -> list[TypeDefinition]:
    types = []
    for item in raw.get("activity_types") or ():
        try:
            types.append(parse_type(item))
        except InvalidInput as error:
            faults.extend(error.faults)
    return types


def _definition(raw: Raw, faults: list[Fault]) -> Definition:
    def text(key: str, default: str = "") -> str:
        value = clean(str(raw.get(key, default)))
        if not value and not default:
            faults.append(Fault(key, "thiếu"))
        return value

    first = clean(str(raw.get("first_period") or ""))
    try:
        parse_period(first)
    except InvalidInput as error:
        faults.append(Fault("first_period", error.message if first else _without_first(raw)))
    for key, allowed in (
        ("period", PERIOD_KINDS),
        ("calendar", ("civil", "union")),
        ("axis", ("territory", "sector")),
    ):
        if raw.get(key, allowed[0]) not in allowed:
            faults.append(
                Fault(
                    key,
                    Said(
                        f"«{raw[key]}» không có; dùng: {', '.join(allowed)}",
                        f"there is no «{raw[key]}»; use: {', '.join(allowed)}",
                    ),
                )
            )
    breakdowns = read_breakdowns(raw, faults)
    if raw.get("code"):
        faults.extend(_uncoded("code", str(raw["code"])))
    return Definition(
        code=text("code"),
        name=text("name"),
        name_en=text("name_en", "-"),
        axis=str(raw.get("axis", "territory")),
        calendar=raw.get("calendar", "civil"),
        period_kind=raw.get("period", "month"),
        first_period=first,
        reporters=tuple(map(str, raw.get("reporters") or ())),
        due_working_days=int(raw.get("due_working_days", 10)),
        sections=read_sections(raw, breakdowns, faults),
        rules=tuple(_rules(raw, faults)),
        narrative=tuple(_narrative(raw, faults)),
        issue=_issue(raw.get("issue") or {}),
        signed_copy=raw.get("signed_copy", False),
        breakdowns=tuple(breakdowns.values()),
        assignment=_assignment(raw),
        due=_due(raw, faults),
    )


def _assignment(raw: Raw) -> Assignment:
    named = (tuple(map(str, raw.get(key) or ())) for key in ("branches", "units", "except"))
    return Assignment(tuple(raw.get("levels") or ()), *named)


def _due(raw: Raw, faults: list[Fault]) -> tuple[DueRule, ...]:
    rules = tuple(
        DueRule(str(item.get("period", "")), item.get("working_days"), item.get("days"), str(item.get("date", "")))
        for item in raw.get("due") or ()
    )
    faults.extend(Fault("due", said) for said in misdue(rules))
    return rules


def _uncoded(where: str, code: str) -> Iterator[Fault]:
    if not _CODE.fullmatch(code):
        yield Fault(
            where,
            Said(
                f"mã «{code}» chỉ gồm chữ không dấu, số, _ và -, nhiều nhất 60",
                f"the code «{code}» may hold plain letters, digits, _ and -, at most 60",
            ),
        )


def _rules(raw: Raw, faults: list[Fault]) -> Iterator[Rule]:
    for item in raw.get("rules") or ():
        faults.extend(_uncoded(f"rules.{item.get('code', '?')}", str(item.get("code", ""))))
        code, severity = str(item.get("code", "?")), item.get("severity", "error")
        if severity not in get_args(Severity):
            faults.append(
                Fault(
                    f"rules.{code}",
                    Said(
                        f"severity «{severity}» không có; dùng error, warning, info",
                        f"there is no severity «{severity}»; use error, warning, info",
                    ),
                )
            )
        texts = [clean(str(item.get(key, ""))) for key in ("check", "message", "message_en")]
        if not texts[0] or not texts[1]:
            faults.append(Fault(f"rules.{code}", "thiếu check hoặc message"))
        yield Rule(code, severity, *texts)


def _narrative(raw: Raw, faults: list[Fault]) -> Iterator[NarrativeBlock]:
    for item in raw.get("narrative") or ():
        where = f"narrative.{item.get('code', '?')}"
        faults.extend(_uncoded(where, str(item.get("code", ""))))
        if not item.get("title"):
            faults.append(Fault(where, "thiếu title"))
        texts = {key: clean(str(item.get(key, ""))) for key in ("code", "title", "title_en", "help")}
        about, text = tuple(map(str, item.get("about") or ())), clean(str(item.get("text", "")), multiline=True)
        yield NarrativeBlock(**texts, required=bool(item.get("required")), about=about, text=text)


def _issue(raw: Raw) -> Issue:
    return Issue(
        doc_type=str(raw.get("doc_type", "báo cáo")),
        subject=clean(str(raw.get("subject", ""))),
        authority=clean(str(raw.get("authority", ""))),
        title=clean(str(raw.get("title", ""))),
        addressees=tuple(map(clean, raw.get("addressees") or ())),
        recipients=tuple(map(clean, raw.get("recipients") or ())),
        parent_issuer=clean(str(raw.get("parent_issuer", ""))),
    )


def _inconsistent(definition: Definition) -> Iterator[Fault]:
    codes = [item.code for item in definition.indicators()]
    if not codes:
        yield Fault("sections", "biểu mẫu chưa có chỉ tiêu nào")
    for key, named in (
        ("indicators", codes),
        ("rules", [rule.code for rule in definition.rules]),
        ("narrative", [block.code for block in definition.narrative]),
    ):
        yield from (Fault(f"{key}.{one}", "mã lặp lại") for one in sorted(set(named)) if named.count(one) > 1)
    known = frozenset(codes)
    texts = [(f"rules.{rule.code}", rule.check) for rule in definition.rules]
    texts += [(f"indicators.{item.code}", item.formula) for item in definition.indicators() if item.formula]
    for where, text in texts:
        yield from _unreadable(where, text, known)
    yield from misread(definition)
    for rule in definition.rules:
        yield from _unknown_in_message(rule, known)
    for block in definition.narrative:
        for code in sorted(set(block.about) - known):
            said = Said(f"nói về chỉ tiêu «{code}» không có", f"is about a figure «{code}» that is not there")
            yield Fault(f"narrative.{block.code}", said)
        yield from (Fault(f"narrative.{block.code}", said) for said in faults_in(definition, block.text))
    yield from misrolled(definition)
    yield from unsuppressible(definition)
    yield from unplannable(definition)
    yield from _cycles(definition)


def _unreadable(where: str, text: str, known: frozenset[str]) -> Iterator[Fault]:
    try:
        unknown = sorted(Expression(text).names - known)
    except InvalidInput as error:
        yield Fault(where, error.message)
    else:
        if unknown:
            yield Fault(
                where,
                Said(
                    f"không có chỉ tiêu {', '.join(f'«{name}»' for name in unknown)}",
                    f"there is no figure {', '.join(f'«{name}»' for name in unknown)}",
                ),
            )


def _unknown_in_message(rule: Rule, known: frozenset[str]) -> Iterator[Fault]:
    for text in (rule.message, rule.message_en):
        for name in sorted(set(PLACEHOLDER.findall(text)) - known):
            yield Fault(
                f"rules.{rule.code}",
                Said(
                    f"lời nhắn nhắc chỉ tiêu «{name}» không có",
                    f"the message names a figure «{name}» that is not there",
                ),
            )


def _cycles(definition: Definition) -> Iterator[Fault]:
    """A formula that comes back to itself has no value; name the whole round."""
    try:
        reads = {code: formula.names for code, formula in definition.formulas().items()}
        TopologicalSorter(reads).prepare()
    except InvalidInput:
        return  # already reported as unreadable
    except CycleError as error:
        path = error.args[1]
        yield Fault(
            f"indicators.{path[0]}",
            Said(f"công thức quay vòng: {' → '.join(path)}", f"formulas run in a circle: {' → '.join(path)}"),
        )
