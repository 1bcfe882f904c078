"""Announcements and campaigns."""

from __future__ import annotations

import datetime as dt
import uuid

from ninja import Field, Schema

from nhipcau.api.schemas.activities import NumberedPaper
from nhipcau.api.schemas.base import Given
from nhipcau.api.schemas.units import UnitOut
from nhipcau.org.models import Role


class AnnouncementOut(Schema):
    """An announcement in a list; `unread`: nobody of the own unit has opened it, while it holds."""

    uid: uuid.UUID
    unit: UnitOut
    title: str
    posted_at: dt.datetime
    valid_until: dt.date | None
    withdrawn: bool
    unread: bool


class AnnouncementDetail(AnnouncementOut):
    """Its words and papers."""

    text: str
    withdrawn_reason: str
    papers: list[NumberedPaper]


class Tell(Given):
    """What is told, and to whom: branches (none: the whole own one), kinds of unit, roles of posts (none: all)."""

    title: str = Field(max_length=200)
    text: str = Field(max_length=20_000)
    branches: list[uuid.UUID] = Field(default_factory=list, max_length=500)
    kinds: list[str] = Field(default_factory=list, max_length=50)
    roles: list[Role] = Field(default_factory=list, max_length=10)
    valid_until: dt.date | None = None


class CampaignOut(Schema):
    """A campaign."""

    uid: uuid.UUID
    unit: UnitOut
    name: str
    purpose: str
    first_day: dt.date
    last_day: dt.date
    state: str


class FiguresOut(Schema):
    """What a unit with its branch came to: `held` of `expected` units led a session or took part in one."""

    unit: UnitOut
    expected: int
    held: int
    members: int
    counts: dict[str, int]
    goals: dict[str, int]


class MaterialOut(Schema):
    """Something to read or to show, in its newest version; a file has an endpoint of its own."""

    uid: uuid.UUID
    kind: str
    title: str
    text: str
    version: int


class Counted(Given):
    """Which recorded activity."""

    activity: uuid.UUID
