"""Campaigns that are ready to be held, read from data: purpose, goals, sessions, material and a quiz of each.

A federation writes more of them without touching the program; what is started from one is a draft like any other.
Name and time are said in English too, to choose by; the rest is for Vietnamese workers and stays Vietnamese.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from django.db import transaction

from nhipcau.activities.actions import define_type
from nhipcau.activities.models import ActivityType
from nhipcau.activities.types import TypeDefinition, parse_type
from nhipcau.campaigns.actions import CampaignInput, Counted, choose_measures, create_campaign
from nhipcau.campaigns.goals import Asked, set_goals
from nhipcau.campaigns.materials import MaterialInput, add_material
from nhipcau.campaigns.models import Campaign, MaterialKind
from nhipcau.campaigns.questions import Question, question_of
from nhipcau.campaigns.quizzes import create_quiz, put_question
from nhipcau.core.clock import local_date
from nhipcau.core.errors import NotFound
from nhipcau.core.said import Said
from nhipcau.org.models import Post, Unit

A_MONTH = dt.timedelta(days=29)


@dataclass(frozen=True)
class Session:
    """A kind of session, and which of its measures are the sessions and the attendances."""

    definition: TypeDefinition
    counted: Counted


@dataclass(frozen=True)
class Ready:
    """One ready-made campaign. `first` and `last` are (month, day) of any year, None where none is usual."""

    code: str
    name: Said
    when: Said
    purpose: str
    kinds: tuple[str, ...]
    goals: Mapping[str, Asked]
    sessions: tuple[Session, ...]
    materials: tuple[MaterialInput, ...]
    quiz_title: str
    questions: tuple[Question, ...]
    first: tuple[int, int] | None
    last: tuple[int, int] | None

    def days(self, today: dt.date) -> tuple[dt.date, dt.date]:
        """The next time its usual days come round; a month from today where none is usual."""
        if self.first is None or self.last is None:
            return today, today + A_MONTH
        last = dt.date(today.year, *self.last)
        year = today.year if last >= today else today.year + 1
        return dt.date(year, *self.first), dt.date(year, *self.last)


@cache
def all_ready() -> tuple[Ready, ...]:
    """Every campaign of the data, in the order of the files' names."""
    folder = files("nhipcau.campaigns") / "ready"
    texts = [one.read_text("utf-8") for one in sorted(folder.iterdir(), key=lambda one: one.name)]
    return tuple(_read(yaml.safe_load(text)) for text in texts)


def get_ready(code: str) -> Ready:
    """One by its code, or NotFound."""
    found = next((one for one in all_ready() if one.code == code), None)
    if found is None:
        raise NotFound("Không có chiến dịch soạn sẵn này.")
    return found


@transaction.atomic
def start(*, ready: Ready, unit: Unit, actor: Post, at: dt.datetime, client_key: str | None = None) -> Campaign:
    """A draft of the unit with everything in it, to be changed before it is opened.

    Kinds of session that the federation has already stay as they are. Repeating a `client_key` is safe.
    """
    standing = Campaign.objects.filter(client_key=client_key, unit=unit).first() if client_key else None
    if standing is not None:
        return standing
    types = {one.definition.code: _type(one.definition, actor, at) for one in ready.sessions}
    first, last = ready.days(local_date(at))
    given = CampaignInput(
        name=str(ready.name),
        purpose=ready.purpose,
        first_day=first,
        last_day=last,
        kinds=ready.kinds,
        types=list(types.values()),
        client_key=client_key,
    )
    campaign = create_campaign(unit=unit, given=given, actor=actor, at=at)
    measures = {one.definition.code: one.counted for one in ready.sessions}
    choose_measures(campaign=campaign, measures=measures, actor=actor, at=at)
    set_goals(campaign=campaign, unit=None, asked=dict(ready.goals), actor=actor, at=at)
    for material in ready.materials:
        add_material(campaign=campaign, kind=MaterialKind.PAGE, given=material, actor=actor, at=at)
    quiz = create_quiz(campaign=campaign, title=ready.quiz_title, actor=actor, at=at)
    for question in ready.questions:
        put_question(quiz=quiz, place=None, question=question, actor=actor, at=at)
    return campaign


def _type(definition: TypeDefinition, actor: Post, at: dt.datetime) -> ActivityType:
    standing = ActivityType.objects.filter(code=definition.code).first()
    return standing or define_type(definition=definition, actor=actor, at=at)


def _read(raw: Mapping[str, Any]) -> Ready:
    suggested = raw.get("suggested", {})
    return Ready(
        code=raw["code"],
        name=Said(raw["name"], raw["name_en"]),
        when=Said(raw["when"], raw["when_en"]),
        purpose=raw["purpose"].strip(),
        kinds=tuple(raw["kinds"]),
        goals={one["count"]: Asked(one["value"], one.get("of_members", False)) for one in raw["goals"]},
        sessions=tuple(map(_session, raw["sessions"])),
        materials=tuple(
            MaterialInput(title=one["title"], text=one["text"], public=one.get("public", False))
            for one in raw["materials"]
        ),
        quiz_title=raw["quiz"]["title"],
        questions=tuple(question_of(one) for one in raw["quiz"]["questions"]),
        first=_day(suggested.get("first")),
        last=_day(suggested.get("last")),
    )


def _session(raw: Mapping[str, Any]) -> Session:
    return Session(parse_type(raw), Counted(raw.get("sessions", ""), raw.get("reached", "")))


def _day(text: str | None) -> tuple[int, int] | None:
    """ "05-31" → (5, 31)."""
    if text is None:
        return None
    month, day = text.split("-")
    return int(month), int(day)
