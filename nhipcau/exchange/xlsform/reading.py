"""From an XLSForm to a template file: what our templates can say is taken over, the rest is told row by row."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, cast

from nhipcau.core import confined
from nhipcau.core.apart import read_apart, refused
from nhipcau.core.errors import Fault, InvalidInput, UnreadableFile
from nhipcau.core.periods import PeriodKind, period_of
from nhipcau.core.text import clean, fold
from nhipcau.exchange.xlsform import wordings
from nhipcau.exchange.xlsform.conditions import translated

Row = Mapping[str, str]
_NUMBERS = {"integer": 0, "int": 0, "decimal": 2}
_DEVICE = frozenset({
    "start", "end", "today", "deviceid", "username", "phonenumber", "email", "audit", "subscriberid", "simserial",
    "start-geopoint", "background-audio",
})  # fmt: skip
_KNOWN = ("type", "name", "label", "hint", "relevant", "constraint", "constraint_message", "unit", "required")
_UNIT = re.compile(r"^(.*\S)\s*\(([^()]{1,20})\)\s*$")
_NO_UNIT = "số"
_FIRST_ROW = 2  # of a sheet's rows: the first holds the names of the columns
MOST_BYTES = 5_000_000
_START = confined.starting("nhipcau.exchange.xlsform.worker")


@dataclass(frozen=True)
class Survey:
    """The template file that an XLSForm makes, and what of it was not taken over, by cell."""

    content: dict[str, Any]
    left: Sequence[Fault]


def read_xlsform(
    data: bytes, *, name: str, day: dt.date, period: str = "quarter", reporters: Sequence[str] = ("local",)
) -> Survey:
    """Read an .xlsx. XLSForm knows no periods: `period` and `reporters` are for whoever imports it to say.

    UnreadableFile where it is none; InvalidInput names every row whose kind of question no template has.
    """
    if len(data) > MOST_BYTES:
        raise UnreadableFile(wordings.TOO_LARGE)
    (raw,) = read_apart([data], _START)
    if "refused" in raw:
        raise UnreadableFile(refused(name, raw["refused"]))
    reading = _Reading(raw["survey"], raw["choices"])
    reading.run()
    if reading.faults:
        raise InvalidInput(wordings.faulty(len(reading.faults)), reading.faults)
    settings: Row = (raw["settings"] or [{}])[0]
    title = clean(settings.get("form_title", "")) or name
    content = {
        "code": _slug(settings.get("form_id") or title),
        "name": title,
        "period": period,
        "first_period": period_of(day, cast(PeriodKind, period)).key,
        "reporters": list(reporters),
        "breakdowns": reading.breakdowns,
        "sections": [section for section in reading.sections if section["indicators"]],
        "rules": reading.rules(),
        "issue": {"doc_type": "báo cáo"},
    }
    return Survey(content, sorted(reading.left, key=lambda one: int(re.sub(r"\D", "", one.where) or 0)))


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")[:60] or "bieu-mau"


@dataclass
class _Group:
    title: tuple[str, str]
    relevant: str


@dataclass
class _Reading:
    """A survey sheet under way."""

    survey: Sequence[Row]
    choices: Sequence[Row]
    faults: list[Fault] = field(default_factory=list)
    left: list[Fault] = field(default_factory=list)
    sections: list[dict[str, Any]] = field(default_factory=list)
    breakdowns: list[dict[str, Any]] = field(default_factory=list)
    _codes: dict[str, str] = field(default_factory=dict)  # figures by the name the survey gives them
    _conditions: list[Callable[[], dict[str, str] | None]] = field(default_factory=list)
    _groups: list[_Group] = field(default_factory=list)
    _note: str = ""
    _unitless: int = 0

    def run(self) -> None:
        """Row after row."""
        for number, row in enumerate(self.survey, start=_FIRST_ROW):
            kind, _space, rest = " ".join(row.get("type", "").split()).partition(" ")
            if kind:
                self._row(number, row, kind.lower(), rest)
        if not self.faults and not self._codes:
            self.faults.append(Fault("survey", wordings.NO_FIGURE))
        if self._unitless:
            self.left.append(Fault("survey", wordings.unitless(self._unitless, _NO_UNIT)))
        for column in sorted({key.partition("::")[0] for row in self.survey for key in row} - set(_KNOWN)):
            self.left.append(Fault("survey", wordings.column(column)))

    def _row(self, number: int, row: Row, kind: str, rest: str) -> None:
        word = f"{kind}_{rest}".strip("_").lower()
        if word == "begin_group":
            self._begin(row)
        elif word == "end_group":
            self._groups.pop()
            self._section()
        elif kind in _NUMBERS:
            self._figure(number, row, _NUMBERS[kind])
        elif kind in ("select_one", "select1"):
            self._choice(number, row, rest)
        elif kind == "note":
            self._note = " ".join(filter(None, (self._note, _label(row)[0])))
        elif kind in _DEVICE:
            self.left.append(Fault(f"survey!A{number}", wordings.device(kind)))
        elif kind == "calculate":
            self.left.append(Fault(f"survey!A{number}", wordings.CALCULATED))
        else:
            self.faults.append(Fault(f"survey!A{number}", wordings.unsupported(f"{kind} {rest}".strip())))

    def _begin(self, row: Row) -> None:
        self._groups.append(_Group(_label(row), row.get("relevant", "")))
        self._section()

    def _section(self) -> None:
        titles = [group.title for group in self._groups]
        vi, en = (" – ".join(title[side] for title in titles if title[side]) for side in (0, 1))
        self.sections.append(_filled({"title": vi or "Phần chung", "title_en": en}) | {"indicators": []})

    def _choice(self, number: int, row: Row, rest: str) -> None:
        """One of a list becomes a count for each of the list."""
        name = rest.partition(" ")[0]
        code = _code(f"c_{name}")
        if code not in {one["code"] for one in self.breakdowns}:
            items = []
            for one in self.choices:
                if one.get("list_name", one.get("list name", "")) == name:
                    vi, en = _label(one)
                    items.append(_filled({"code": _code(f"c{one.get('name', '')}"), "label": vi, "label_en": en}))
            vi, en = (_unbracketed(label)[0] for label in _label(row))
            self.breakdowns.append(_filled({"code": code, "label": vi, "label_en": en}) | {"items": items})
        self._figure(number, row, 0, {"breakdowns": [code]})

    def _figure(self, number: int, row: Row, decimals: int, more: Mapping[str, Any] | None = None) -> None:
        name, (vi, en) = row.get("name", ""), _label(row)
        code = _code(name)
        if code in self._codes.values():
            self.faults.append(Fault(f"survey!B{number}", wordings.doubled(name)))
            return
        if not self.sections:
            self._section()
        vi, unit = self._unit(vi or name, row)
        en = _unbracketed(en)[0]
        help_text = " ".join(filter(None, (self._note, _label(row, "hint")[0])))
        self._note = ""
        item = _filled({"code": code, "label": vi, "label_en": en, "unit": unit, "help": help_text})
        self.sections[-1]["indicators"].append(
            item | ({"decimals": decimals} if decimals else {}) | dict(more or {})
        )
        self._codes[name] = code
        self._told_by(number, row, code, vi)

    def _unit(self, label: str, row: Row) -> tuple[str, str]:
        """The label without its unit, and the unit: a column of its own, or in brackets behind the label."""
        if row.get("unit"):
            return label, clean(row["unit"])
        plain, unit = _unbracketed(label)
        self._unitless += not unit
        return plain, unit or _NO_UNIT

    def _told_by(self, number: int, row: Row, code: str, label: str) -> None:
        """Its constraint and whatever it is relevant for, as rules: read when all names are known."""
        if text := row.get("constraint", ""):
            message = clean(row.get("constraint_message", "")) or f"«{label}» không đúng điều kiện của biểu mẫu."
            self._conditions.append(partial(self._rule, number, "constraint", text, code, message, "{}"))
        message = f"«{label}» chỉ ghi khi điều kiện của biểu mẫu đúng; nếu không thì ghi 0."
        for text in filter(None, (*(group.relevant for group in self._groups), row.get("relevant"))):
            self._conditions.append(
                partial(self._rule, number, "relevant", text, code, message, f"({{}}) or {code} == 0")
            )

    def _rule(
        self, number: int, column: str, text: str, code: str, message: str, pattern: str
    ) -> dict[str, str] | None:
        check = translated(text, code, self._codes)
        if check is None:
            self.left.append(Fault(f"survey!{number}", wordings.condition(column, text)))
            return None
        told = message.replace("{", "(").replace("}", ")")
        return {"severity": "error", "check": pattern.format(check), "message": told}

    def rules(self) -> list[dict[str, str]]:
        """The conditions that could be taken over."""
        made = [rule for make in self._conditions if (rule := make()) is not None]
        return [{"code": f"dieu-kien-{place}", **rule} for place, rule in enumerate(made, start=1)]


def _label(row: Row, column: str = "label") -> tuple[str, str]:
    """A text in Vietnamese (or the only language there is) and in English."""
    spoken = {key.lower(): clean(text) for key, text in row.items() if key.lower().startswith(column) and text}
    spoken = {key: text for key, text in spoken.items() if key == column or key.startswith(f"{column}::")}
    english = next((text for key, text in spoken.items() if "english" in key or "(en)" in key), "")
    own = [text for key, text in _by_language(spoken) if text != english]
    return (own[0] if own else english), english if own else ""


def _by_language(spoken: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Vietnamese first, then the one without a language, then the others."""

    def place(key: str) -> int:
        return 0 if "(vi)" in key or "vi" in fold(key.partition("::")[2])[:2] else 1 if "::" not in key else 2

    return iter(sorted(spoken.items(), key=lambda pair: place(pair[0])))


def _unbracketed(label: str) -> tuple[str, str]:
    """A label without the brackets at its end, and what stood in them."""
    found = _UNIT.match(label)
    return (found[1], found[2]) if found else (label, "")


def _code(name: str) -> str:
    plain = re.sub(r"\W", "_", fold(name), flags=re.ASCII)
    return plain if plain.isidentifier() else f"c_{plain}"


def _filled(item: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in item.items() if value}
