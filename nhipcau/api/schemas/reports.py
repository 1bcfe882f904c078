"""Templates, reports, totals and their sources."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from ninja import Field, Schema

from nhipcau.api.schemas.base import Given
from nhipcau.api.schemas.units import UnitOut

Value = int | str | None
CELL = 'An integer (a string with decimals); null: missing; "x": not applicable; "*": hidden'


class TemplateOut(Schema):
    """A report template by its code."""

    code: str
    name: str
    name_en: str
    period_kind: str
    calendar: str
    version: int


class IndicatorOut(Schema):
    """One figure of a template; `entered`: units type it, else it is computed."""

    code: str
    label: str
    label_en: str
    unit: str
    decimals: int
    entered: bool
    over_units: str
    over_time: str
    formula: str
    part_of: str


class SectionOut(Schema):
    """A heading with its figures."""

    title: str
    title_en: str
    indicators: list[IndicatorOut]


class RuleOut(Schema):
    """A rule of the template."""

    code: str
    severity: str
    check: str
    message: str
    message_en: str


class BlockOut(Schema):
    """A paragraph that the unit writes."""

    code: str
    title: str
    title_en: str
    required: bool


class TemplateDetail(TemplateOut):
    """What a version asks."""

    sections: list[SectionOut]
    rules: list[RuleOut]
    narrative: list[BlockOut]


class DutyOut(Schema):
    """A report that the unit owes, or has made, for one period."""

    template: str
    name: str
    period: str
    due: dt.date
    overdue: bool
    ended: bool
    report: uuid.UUID | None
    state: str | None


class ReportOut(Schema):
    """A report in a list."""

    uid: uuid.UUID
    unit: UnitOut
    template: str
    version: int
    period: str
    revision: int
    state: str
    submitted_at: dt.datetime | None
    decided_at: dt.datetime | None


class FindingOut(Schema):
    """What a rule found: an error must be corrected, a warning explained."""

    rule: str
    severity: str
    message: str
    cells: list[str]
    explained: bool


class ReasonOut(Schema):
    """Why it was returned; `cell` is empty where the reason concerns the whole."""

    cell: str
    reason: str


class ReportDetail(ReportOut):
    """One report: its figures as this post may see them, its words, what the rules say, why it was returned.

    `edits` is to be sent back with changes: somebody else's save in between makes them a conflict.
    """

    edits: int
    values: dict[str, Value] = Field(description=CELL)
    narrative: dict[str, str]
    explanations: dict[str, str]
    findings: list[FindingOut]
    returned: list[ReasonOut]


class OpenReport(Given):
    """Which report to open; a report already in hand is given back."""

    template: str = Field(max_length=60)
    period: str = Field(max_length=40, examples=["2026-H1"])


class SaveReport(Given):
    """What was typed, as people write it ("72.000.000", "x", ""); what is not named stays as it is."""

    edits: int = Field(ge=0, le=2_000_000_000)
    figures: dict[str, str] = Field(default_factory=dict)
    narrative: dict[str, str] = Field(default_factory=dict)
    explanations: dict[str, str] = Field(default_factory=dict, description="By rule")


class ReturnReport(Given):
    """Why it is returned: one reason for the whole, one per cell, or both."""

    reason: str = Field("", max_length=4000)
    by_cell: dict[str, str] = Field(default_factory=dict)


class Revision(Schema):
    """One revision of a unit's report, with the posts that took its steps."""

    uid: uuid.UUID
    revision: int
    state: str
    created_at: dt.datetime
    ready_by: str | None
    submitted_by: str | None
    submitted_at: dt.datetime | None
    decided_by: str | None
    decided_at: dt.datetime | None
    returned: list[ReasonOut]


class SourceOut(Schema):
    """A record behind a figure: an activity, a letter, a line of an old file."""

    uid: uuid.UUID
    type: str
    date: dt.date | None
    title: str
    value: int
    number: str | None = None
    place: str | None = None
    sha256: str | None = None


class CoverageOut(Schema):
    """Who stands behind a total."""

    expected: int
    received: int
    accepted: int
    late: int
    missing: int
    members: int
    lumped: int = 0
    elsewhere: int = 0
    entered: int = 0


class Total(Schema):
    """The live total of one unit's branch."""

    unit: str
    name: str
    period: str
    at: dt.datetime
    values: dict[str, Value] = Field(description=CELL)
    coverage: CoverageOut


class LeafOut(Schema):
    """One unit's own figure behind a total."""

    unit: str
    name: str
    kind: str
    submission: uuid.UUID
    revision: int
    value: Value
    by_hand: int
    counted_at: str
    whole: Value
    covers: int
    history: bool
    weight: int
    activities: list[SourceOut]


class TraceOut(Schema):
    """A figure and a page of the leaves that give it; over all pages they add up to `total`."""

    total: Value
    rollup: str
    leaves: list[LeafOut]
    count: int
    next: str | None = None


Raw = dict[str, Any]
