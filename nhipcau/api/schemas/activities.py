"""Activities, counted; nobody's name."""

from __future__ import annotations

import datetime as dt
import uuid

from ninja import Field, Schema

from nhipcau.api.schemas.base import Given
from nhipcau.api.schemas.units import UnitOut

Amount = dict[str, int]


class MeasureOut(Schema):
    """Something counted; its values are integers scaled by `decimals`."""

    code: str
    label: str
    label_en: str
    unit: str
    decimals: int


class ChoiceOut(Schema):
    """One answer to a facet."""

    code: str
    label: str
    label_en: str


class FacetOut(Schema):
    """A closed question about the activity."""

    code: str
    label: str
    label_en: str
    choices: list[ChoiceOut]


class TypeOut(Schema):
    """A kind of activity."""

    code: str
    label: str
    label_en: str
    measures: list[MeasureOut]
    facets: list[FacetOut]


class NumberedPaper(Schema):
    """A paper by its number; see the endpoint beside it for its bytes."""

    number: int
    name: str
    media_type: str


class PartnerOut(Schema):
    """Who took part beside the lead, and what it says about it."""

    name: str
    answer: str


class ActivityOut(Schema):
    """One activity, recorded once by its lead unit."""

    uid: uuid.UUID
    unit: UnitOut
    type: str
    held_on: dt.date
    title: str
    place: str
    values: Amount
    facets: dict[str, str]
    paper_location: str
    state: str
    edits: int
    recorded_at: dt.datetime


class ActivityDetail(ActivityOut):
    """With its partners and papers."""

    partners: list[PartnerOut]
    papers: list[NumberedPaper]
    withdrawn_reason: str


class Filled(Given):
    """What a person fills in. Partners: units by full name or code, else outside bodies by name."""

    held_on: dt.date
    values: Amount
    facets: dict[str, str] = Field(default_factory=dict)
    title: str = Field("", max_length=300)
    place: str = Field("", max_length=200)
    paper_location: str = Field("", max_length=200)
    partners: list[str] = Field(default_factory=list, max_length=50)


class RecordActivity(Filled):
    """A new one of the own unit; counted as a session of `campaign` if one is named."""

    type: str = Field(max_length=60)
    campaign: uuid.UUID | None = None


class CorrectActivity(Filled):
    """All of it as it should stand, with why; `edits` as it was read."""

    reason: str = Field(max_length=250)
    edits: int = Field(ge=0, le=2_000_000_000)
