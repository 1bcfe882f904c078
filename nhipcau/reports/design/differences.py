"""What one version of a template asks otherwise than another, said part by part in words. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Literal

from nhipcau.core.said import UNSAID, Said
from nhipcau.reports.design.definition import Definition, Indicator, Source
from nhipcau.reports.design.wordings import OF_ASPECT

Kind = Literal["added", "removed", "changed", "moved"]


@dataclass(frozen=True)
class Difference:
    """`part` of the template, `what` in it, and for a change the property with both values."""

    part: Said
    kind: Kind
    what: str
    aspect: Said | None = None
    before: Said = UNSAID
    after: Said = UNSAID


GENERAL, DUTY = Said("Thông tin chung", "General"), Said("Ai báo cáo, khi nào", "Who reports, and when")
FIGURES, SPLITS = Said("Chỉ tiêu", "Figures"), Said("Cách chia", "Breakdowns")
RULES, WORDS = Said("Quy tắc", "Rules"), Said("Thuyết minh", "Narrative")
LETTER = Said("Văn bản phát hành", "Issued document")

_ASPECTS: Mapping[str, Said] = {
    "name": Said("tên", "name"), "name_en": Said("tên tiếng Anh", "English name"), "axis": Said("trục", "axis"),
    "calendar": Said("lịch", "calendar"), "period_kind": Said("loại kỳ", "kind of period"),
    "first_period": Said("áp dụng từ kỳ", "from period"), "signed_copy": Said("cần bản đã ký", "signed copy asked"),
    "due_working_days": Said("số ngày làm việc đến hạn", "working days until due"),
    "due": Said("hạn riêng", "own due dates"),
    "reporters": Said("loại đơn vị", "kinds of unit"), "levels": Said("cấp", "levels"),
    "branches": Said("chỉ trong nhánh", "branches"), "units": Said("thêm đơn vị", "units besides"),
    "excepted": Said("trừ đơn vị", "units left out"),
    "label": Said("nhãn", "label"), "label_en": Said("nhãn tiếng Anh", "English label"),
    "unit": Said("đơn vị tính", "unit of measure"), "decimals": Said("số thập phân", "decimals"),
    "over_units": Said("tổng hợp theo đơn vị", "roll-up over units"),
    "over_time": Said("tổng hợp theo thời gian", "roll-up over time"), "formula": Said("công thức", "formula"),
    "weight": Said("trọng số", "weight"), "source": Said("nguồn số liệu", "source"),
    "help": Said("hướng dẫn", "help"),
    "breakdowns": Said("cách chia", "breakdowns"), "suppress_below": Said("che số dưới", "hidden below"),
    "target": Said("giao kế hoạch", "plans given"),
    "beside": Said("in bên cạnh số liệu", "printed beside the figures"), "section": Said("phần", "section"),
    "items": Said("các mục", "items"), "severity": Said("mức", "severity"), "check": Said("điều kiện", "condition"),
    "message": Said("lời nhắn", "message"), "message_en": Said("lời nhắn tiếng Anh", "English message"),
    "title": Said("tiêu đề", "title"), "title_en": Said("tiêu đề tiếng Anh", "English title"),
    "required": Said("bắt buộc", "required"), "about": Said("nói về", "about"),
    "text": Said("lời viết sẵn", "text to begin with"),
    "doc_type": Said("tên loại văn bản", "kind of document"),
    "subject": Said("trích yếu", "subject"), "authority": Said("thẩm quyền ký", "signing authority"),
    "addressees": Said("kính gửi", "addressees"), "recipients": Said("nơi nhận", "recipients"),
    "parent_issuer": Said("cơ quan chủ quản", "superior body"),
}  # fmt: skip


def differences(before: Definition, after: Definition) -> list[Difference]:
    """Everything that is otherwise, in the order of the template."""
    return [
        *_changes(
            GENERAL,
            "",
            before,
            after,
            ("name", "name_en", "axis", "calendar", "period_kind", "first_period", "signed_copy"),
        ),
        *_changes(DUTY, "", before, after, ("reporters", "due_working_days", "due")),
        *_changes(DUTY, "", before.assignment, after.assignment, ("levels", "branches", "units", "excepted")),
        *_listed(SPLITS, before.breakdowns, after.breakdowns, lambda one: one.label),
        *_figures(before, after),
        *_listed(RULES, before.rules, after.rules, lambda one: one.code),
        *_listed(WORDS, before.narrative, after.narrative, lambda one: one.title),
        *_changes(LETTER, "", before.issue, after.issue, tuple(one.name for one in fields(after.issue))),
    ]


def _figures(before: Definition, after: Definition) -> Iterator[Difference]:
    """Indicators by code; the cells of a broken-down one are told by its breakdowns."""
    old, new = _placed(before), _placed(after)
    yield from _listed(
        FIGURES, [item for item, _ in old.values()], [item for item, _ in new.values()], lambda one: one.label,
        skip=("code", "part_of", "items"),
    )  # fmt: skip
    for code, (item, section) in new.items():
        if code in old and old[code][1] != section:
            yield Difference(
                FIGURES, "changed", item.label, _ASPECTS["section"], _told(old[code][1]), _told(section)
            )
    titled = {section.title: section for section in before.sections}
    for now in after.sections:
        if now.title in titled:
            yield from _changes(FIGURES, now.title, titled[now.title], now, ("beside",))
    kept = [code for code in old if code in new]
    if kept != [code for code in new if code in old]:
        yield Difference(FIGURES, "moved", "")


def _placed(definition: Definition) -> dict[str, tuple[Indicator, str]]:
    return {
        item.code: (item, section.title)
        for section in definition.sections
        for item in section.indicators
        if not item.part_of
    }


def _listed(
    part: Said,
    before: Sequence[Any],
    after: Sequence[Any],
    name: Callable[[Any], str],
    skip: Sequence[str] = ("code",),
) -> Iterator[Difference]:
    """Items that are known by their code."""
    old, new = ({one.code: one for one in items} for items in (before, after))
    for code, one in old.items():
        if code not in new:
            yield Difference(part, "removed", name(one))
    for code, one in new.items():
        if code not in old:
            yield Difference(part, "added", name(one))
        else:
            aspects = tuple(each.name for each in fields(one) if each.name not in skip)
            yield from _changes(part, name(old[code]), old[code], one, aspects)


def _changes(part: Said, what: str, before: Any, after: Any, aspects: Sequence[str]) -> Iterator[Difference]:
    for aspect in aspects:
        was, now = getattr(before, aspect), getattr(after, aspect)
        if was != now:
            yield Difference(part, "changed", what, _ASPECTS[aspect], _told(was, aspect), _told(now, aspect))


def _told(value: Any, aspect: str = "") -> Said:
    """A property as a person reads it."""
    words = OF_ASPECT.get(aspect, {})
    if isinstance(value, str) and value in words:
        return words[value]
    if isinstance(value, tuple) and value and words:
        return Said("; ".join(words[one] for one in value), "; ".join(words[one].en for one in value))
    plain = _plainly(value)
    return Said(plain, plain)


def _plainly(value: Any) -> str:
    if isinstance(value, bool):
        return "✓" if value else "–"
    if isinstance(value, tuple):
        return "; ".join(map(_plainly, value)) or "–"
    if isinstance(value, Source):
        facts = [value.activity, value.measure, *(f"{k}={v}" for k, v in value.where.items()), *value.letters]
        return ", ".join(filter(None, facts))
    if value in (None, ""):
        return "–"
    if hasattr(value, "__dataclass_fields__"):
        held = {one.name: getattr(value, one.name) for one in fields(value)}
        return " ".join(f"{key}={part}" for key, part in held.items() if part not in (None, "", 0))
    return str(value)
