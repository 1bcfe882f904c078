"""A report template as data: what it asks, of whom, for which period, and how the result is issued.

The file is YAML; `parse` turns it into frozen dataclasses and lists every fault with its place. The parsed
form is kept as JSON on the version and read back by `load`, so that a published version never changes meaning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from typing import Any, Literal, TypeVar

from nhipcau.core.periods import PeriodKind
from nhipcau.reports.design.duty import Assignment, DueRule
from nhipcau.reports.design.expressions import Expression

Severity = Literal["error", "warning", "info"]
OverUnits = Literal["sum", "min", "max", "mean", "none", "formula"]
OverTime = Literal["flow", "stock", "distinct"]
Beside = Literal["plan", "percent"]
T = TypeVar("T")
PLACEHOLDER = re.compile(r"\{(\w+)\}")  # a value inside a rule's message


@dataclass(frozen=True)
class Source:
    """Where a figure comes from: activities of a type (a measure, or how many), or issued letters.

    `where` narrows activities by facet; `letters` counts the unit's outgoing letters of those types.
    """

    activity: str = ""
    measure: str = ""
    where: Mapping[str, str] = field(default_factory=dict)
    letters: tuple[str, ...] = ()


@dataclass(frozen=True)
class Choice:
    """One item of a breakdown: nữ, khu vực nhà nước."""

    code: str
    label: str
    label_en: str = ""


@dataclass(frozen=True)
class Breakdown:
    """A way to split a figure (theo giới, theo khu vực); its items are exhaustive and do not overlap."""

    code: str
    label: str
    label_en: str
    items: tuple[Choice, ...]


@dataclass(frozen=True)
class Indicator:
    """One figure. Stored exact, scaled by `decimals`.

    `over_units` says what a superior shows of the units below: their sum, least or greatest; a `mean` over what
    `weight` counts; `none`, its own figure alone; a `formula` recomputed from figures already rolled up.
    `over_time` says what a longer period shows: `flow` adds, `stock` takes the last, `distinct` cannot be added
    and asks for a figure of its own.

    A figure with `breakdowns` is not entered: it is the sum of its cells, which follow it in the section with
    `part_of` and one item of each breakdown (`items`, "sex=female").

    `suppress_below`: counts of people from 1 up to this are shown to nobody but the unit that entered them; 0 for a
    figure that hides nothing (see `totals.suppression`). `target`: the level above may give units a plan for it.
    """

    code: str
    label: str
    label_en: str
    unit: str
    decimals: int = 0
    over_units: OverUnits = "sum"
    over_time: OverTime = "flow"
    formula: str = ""
    weight: str = ""
    source: Source | None = None
    help: str = ""
    breakdowns: tuple[str, ...] = ()
    part_of: str = ""
    items: tuple[str, ...] = ()
    suppress_below: int = 0
    target: bool = False

    @property
    def is_money(self) -> bool:
        return self.unit == "đồng"

    @property
    def is_entered(self) -> bool:
        """Whether a unit types it; else it is computed from what is typed."""
        return self.over_units != "formula" and not self.breakdowns


@dataclass(frozen=True)
class Section:
    """A heading of the form and of the issued report, with its indicators.

    `beside`: what reports print beside its figures, the plan, and how much of it that is.
    """

    title: str
    title_en: str
    indicators: tuple[Indicator, ...]
    beside: tuple[Beside, ...] = ()

    def numbered(self) -> Iterator[tuple[str, Indicator]]:
        """The indicators with the number each is printed under; the cells of a broken-down one have none."""
        number = count(1)
        for item in self.indicators:
            yield "" if item.part_of else str(next(number)), item


@dataclass(frozen=True)
class Rule:
    """Holds when `check` is true; otherwise the message is shown with the values in it."""

    code: str
    severity: Severity
    check: str
    message: str
    message_en: str


@dataclass(frozen=True)
class NarrativeBlock:
    """A paragraph a unit writes, gathered beside the figures it explains: those in `about`.

    `text` is what stands there when a report is begun; its fields say the figures (see `fields`).
    """

    code: str
    title: str
    title_en: str
    help: str = ""
    required: bool = False
    about: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True)
class Issue:
    """How the consolidated report is issued as an official document.

    `parent_issuer` is printed above the issuer where the superior stands outside this installation's tree.
    """

    doc_type: str
    subject: str
    authority: str
    title: str
    addressees: tuple[str, ...]
    recipients: tuple[str, ...]
    parent_issuer: str = ""


@dataclass(frozen=True)
class Definition:
    """A whole template version. `cells` is the order of every payload: the indicators that are entered.

    `signed_copy`: the scan of the signed, sealed sheet must be attached before a report is accepted. Who owes it
    beside the kinds in `reporters`, and by when but `due_working_days`: see `duty`.
    """

    code: str
    name: str
    name_en: str
    axis: str
    calendar: Literal["civil", "union"]
    period_kind: PeriodKind
    first_period: str
    reporters: tuple[str, ...]
    due_working_days: int
    sections: tuple[Section, ...]
    rules: tuple[Rule, ...]
    narrative: tuple[NarrativeBlock, ...]
    issue: Issue
    signed_copy: bool = False
    breakdowns: tuple[Breakdown, ...] = ()
    assignment: Assignment = field(default_factory=Assignment)
    due: tuple[DueRule, ...] = ()

    def indicators(self) -> Iterator[Indicator]:
        """Every indicator in printed order."""
        for section in self.sections:
            yield from section.indicators

    def entered(self) -> tuple[Indicator, ...]:
        """The indicators a unit types: no formulas, and of a broken-down figure its cells alone."""
        return tuple(item for item in self.indicators() if item.is_entered)

    def parts_of(self, code: str) -> tuple[str, ...]:
        """The cells a figure is the sum of: those of a broken-down one, else itself."""
        return self._parts.get(code, (code,))

    @cached_property
    def _parts(self) -> Mapping[str, tuple[str, ...]]:
        parts: dict[str, tuple[str, ...]] = {}
        for item in self.indicators():
            if item.part_of:
                parts[item.part_of] = (*parts.get(item.part_of, ()), item.code)
        return parts

    def cells(self) -> list[str]:
        """Cell keys in payload order."""
        return [item.code for item in self.entered()]

    def indicator(self, code: str) -> Indicator | None:
        """The indicator with that code, or None."""
        return next((item for item in self.indicators() if item.code == code), None)

    def plannable(self) -> list[Indicator]:
        """The indicators for which plans are given, in printed order."""
        return [item for item in self.indicators() if item.target]

    def formulas(self) -> dict[str, Expression]:
        """Formulas by indicator code."""
        return {item.code: Expression(item.formula) for item in self.indicators() if item.formula}


def load(stored: Mapping[str, Any]) -> Definition:
    """The definition as kept on a version (the JSON of `dataclasses.asdict`)."""
    sections = tuple(
        Section(s["title"], s["title_en"], tuple(map(_indicator, s["indicators"])), tuple(s.get("beside", ())))
        for s in stored["sections"]
    )
    issue: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in stored["issue"].items()}
    plain = {
        key: stored[key]
        for key in (
            "code",
            "name",
            "name_en",
            "axis",
            "calendar",
            "period_kind",
            "first_period",
            "due_working_days",
        )
    }
    return Definition(
        **plain,
        reporters=tuple(stored["reporters"]),
        sections=sections,
        rules=_all(Rule, stored["rules"]),
        narrative=tuple(
            NarrativeBlock(**{**one, "about": tuple(one.get("about", ()))}) for one in stored["narrative"]
        ),
        issue=Issue(**issue),
        signed_copy=bool(stored.get("signed_copy", False)),
        breakdowns=tuple(map(_breakdown, stored.get("breakdowns", ()))),
        assignment=Assignment(**{key: tuple(named) for key, named in stored.get("assignment", {}).items()}),
        due=_all(DueRule, stored.get("due", ())),
    )


def _indicator(stored: Mapping[str, Any]) -> Indicator:
    raw = stored["source"]
    source = Source(**{**raw, "letters": tuple(raw["letters"])}) if raw else None
    listed = {key: tuple(stored.get(key, ())) for key in ("breakdowns", "items")}
    return Indicator(**{**stored, "source": source, **listed})


def _breakdown(stored: Mapping[str, Any]) -> Breakdown:
    return Breakdown(**{**stored, "items": _all(Choice, stored["items"])})


def _all(kind: type[T], stored: Sequence[Mapping[str, Any]]) -> tuple[T, ...]:
    return tuple(kind(**item) for item in stored)
