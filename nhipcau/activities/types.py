"""The shape of an activity type, read from data: what is counted, and by what it may be told apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Protocol

from nhipcau.core.errors import Fault, InvalidInput
from nhipcau.core.said import Said
from nhipcau.core.text import clean


class Labelled(Protocol):
    """Whatever a person reads a label of."""

    @property
    def label(self) -> str: ...
    @property
    def label_en(self) -> str: ...


@dataclass(frozen=True)
class Measure:
    """Something counted: code, label, unit of measure ("suất", "đồng"), decimals of the stored integer."""

    code: str
    label: str
    label_en: str
    unit: str
    decimals: int = 0

    @property
    def is_money(self) -> bool:
        return self.unit == "đồng"


@dataclass(frozen=True)
class Choice:
    code: str
    label: str
    label_en: str


@dataclass(frozen=True)
class Facet:
    """A closed question about the activity (from which fund, what kind of unit) with its choices."""

    code: str
    label: str
    label_en: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class TypeDefinition:
    """A whole type. Built by `parse_type`, stored as JSON on `ActivityType`."""

    code: str
    label: str
    label_en: str
    measures: tuple[Measure, ...]
    facets: tuple[Facet, ...]

    def texts(self) -> list[str]:
        """Every text a person will read: what the boundary checks."""
        labelled: list[Labelled] = [
            self,
            *self.measures,
            *self.facets,
            *(c for facet in self.facets for c in facet.choices),
        ]
        words = [text for item in labelled for text in (item.label, item.label_en) if text]
        return words + [measure.unit for measure in self.measures if measure.unit]

    def measures_json(self) -> list[dict[str, Any]]:
        return [asdict(measure) for measure in self.measures]

    def facets_json(self) -> list[dict[str, Any]]:
        return [asdict(facet) | {"choices": [asdict(c) for c in facet.choices]} for facet in self.facets]


def parse_type(raw: Mapping[str, Any]) -> TypeDefinition:
    """A type from its YAML mapping. InvalidInput lists every fault with its place."""
    faults: list[Fault] = []
    where = f"activity_types.{raw.get('code', '?')}"
    code, label, label_en = _labelled(raw, where, faults)
    measures = tuple(
        Measure(*_labelled(item, f"{where}.measures", faults), clean(str(item.get("unit", ""))), _decimals(item))
        for item in raw.get("measures", ())
    )
    facets = tuple(
        Facet(
            *_labelled(item, f"{where}.facets", faults),
            tuple(Choice(*_labelled(c, f"{where}.facets.choices", faults)) for c in item.get("choices", ())),
        )
        for item in raw.get("facets", ())
    )
    for kind, items in (("measures", measures), ("facets", facets)):
        codes = [item.code for item in items]
        faults.extend(
            Fault(f"{where}.{kind}", Said(f"mã «{c}» lặp lại", f"the code «{c}» stands twice"))
            for c in set(codes)
            if codes.count(c) > 1
        )
    if faults:
        raise InvalidInput(
            Said(f"Loại hoạt động «{code}» có lỗi.", f"The kind of activity «{code}» has faults."), faults
        )
    return TypeDefinition(code, label, label_en, measures, facets)


def _decimals(raw: Mapping[str, Any]) -> int:
    return int(raw.get("decimals", 0))


def _labelled(raw: Mapping[str, Any], where: str, faults: list[Fault]) -> tuple[str, str, str]:
    code, label = clean(str(raw.get("code", ""))), clean(str(raw.get("label", "")))
    if not code.replace("_", "a").replace("-", "a").isalnum() or not code.isascii():
        faults.append(
            Fault(
                where,
                Said(
                    f"mã «{code}» chỉ gồm chữ không dấu, số, _ và -",
                    f"the code «{code}» may hold plain letters, digits, _ and - only",
                ),
            )
        )
    if not label:
        faults.append(Fault(where, Said(f"«{code}» chưa có nhãn", f"«{code}» has no label")))
    return code, label, clean(str(raw.get("label_en", "")))


def measures_of(stored: Sequence[Mapping[str, Any]]) -> tuple[Measure, ...]:
    """The measures as stored on an ActivityType."""
    return tuple(Measure(**item) for item in stored)


def facets_of(stored: Sequence[Mapping[str, Any]]) -> tuple[Facet, ...]:
    """The facets as stored on an ActivityType."""
    return tuple(
        Facet(i["code"], i["label"], i["label_en"], tuple(Choice(**c) for c in i["choices"])) for i in stored
    )
