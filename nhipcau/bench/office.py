"""The daily work of an invented nation: posts and accounts, letters, a directive handed down, activities, notices.

Everything grows with the number of units. Of four units, one at each level and each below the other, somebody signs
in; what these see is what the pages show.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING, Any

import numpy as np

from nhipcau.bench.archive import letters_of, vocabulary
from nhipcau.bench.nation import AT, Nation

if TYPE_CHECKING:
    from nhipcau.access.models import Account
    from nhipcau.activities.models import ActivityType
    from nhipcau.org.models import Post, Unit

LEVELS = ("top", "province", "superior", "local")
LETTERS = 20  # units to a letter; each of the four has a quarter of them
NOTICES, MOST_NOTICES = 100, 200
DUTIES = 3
DONE = 3  # every third unit has done what was asked
MEASURES = [
    {"code": "so_buoi", "label": "Số buổi", "label_en": "Sessions", "unit": "buổi", "decimals": 0},
    {"code": "luot_nguoi", "label": "Lượt người dự", "label_en": "Attendances", "unit": "lượt", "decimals": 0},
]


@dataclass
class Office:
    """By level: the unit, the post that holds every role in it, and its holder's account. `places`: what the
    addresses of pages need."""

    nation: Nation
    units: dict[str, Unit] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    places: dict[str, Mapping[str, Any]] = field(default_factory=dict)


def furnish(nation: Nation) -> Office:
    """Fill everything that stands beside the reports."""
    office = Office(nation)
    _people(office)
    _letters(office)
    _directive(office)
    kind = _activities(office)
    _campaign(office, kind)
    _notices(office)
    return office


def _people(office: Office) -> None:
    """A chair of every unit; the four have accounts."""
    from nhipcau.access.models import Account
    from nhipcau.core.ids import new_uid
    from nhipcau.org.bulk import fill
    from nhipcau.org.models import Appointment, Person, Post, Role, Unit

    keys, day = office.nation.keys, office.nation.periods[0].first_day()
    names = [f"Người giữ chức {place}" for place in range(len(keys))]
    uids = [new_uid() for _ in keys]
    fill(Person, {"uid": uids, "name": names, "folded": [f"nguoi giu chuc {n}" for n in range(len(keys))]})
    roles = [role.value for role in Role]
    fill(
        Post,
        {"uid": [new_uid() for _ in keys], "unit_id": keys.tolist()},
        {"title": "Chủ tịch", "folded": "chu tich", "roles": roles, "valid_from": day},
    )
    people = dict(Person.objects.values_list("uid", "pk"))
    chairs = dict(Post.objects.values_list("unit", "pk"))
    fill(
        Appointment,
        {"post_id": [chairs[unit] for unit in keys.tolist()], "person_id": [people[uid] for uid in uids]},
        {"valid_from": day},
    )
    for level, unit in zip(LEVELS, _line(office.nation), strict=True):
        office.units[level] = Unit.objects.select_related("kind").get(pk=unit)
        office.posts[level] = Post.objects.select_related("unit__kind").get(unit=unit)
        person = Person.objects.get(appointments__post__unit=unit)
        office.accounts[level] = Account.objects.create(login=level, password="!", person=person)  # noqa: S106 - none


def _line(nation: Nation) -> list[int]:
    """The top, the province with most below it, the superior with most units directly below it, one of these."""
    drawn, standing = nation.shape, nation.shape.until < 0
    child, parent = drawn.child[standing], drawn.parent[standing]

    def most(above: int) -> int:
        below = child[parent == above]
        return int(max(below.tolist(), key=lambda one: int(np.count_nonzero(parent == one))))

    line = [0]
    for _ in LEVELS[1:-1]:
        line.append(most(line[-1]))
    line.append(int(child[parent == line[-1]][0]))
    return [int(nation.keys[place]) for place in line]


def _letters(office: Office) -> None:
    """Registered incoming letters of the four, with their lines in this year's book, and their search rows."""
    from nhipcau.core.clock import local_date
    from nhipcau.documents.models import Document, Register, RegisterEntry
    from nhipcau.documents.search.rows import rebuild
    from nhipcau.org.bulk import fill

    each = max(10, len(office.nation.keys) // LETTERS // len(LEVELS))
    today = local_date(AT)
    drawn = vocabulary(Random(60))
    for level, unit in office.units.items():
        letters_of(Random(level), drawn, [unit], each, today)
        register = Register.objects.create(unit=unit, direction="incoming", year=today.year, next_number=each + 1)
        keys = list(Document.objects.filter(unit=unit).order_by("pk").values_list("pk", flat=True))
        numbers = list(range(1, each + 1))
        fill(
            RegisterEntry, {"document_id": keys, "number": numbers}, {"register_id": register.pk, "entered_at": AT}
        )
        office.places[f"letter@{level}"] = {"uid": Document.objects.get(pk=keys[-1]).uid}
    rebuild()


def _directive(office: Office) -> None:
    """The top's letter asks three things of everybody; every third unit has done the first."""
    from django.db.models.functions import Mod

    from nhipcau.documents.models import Document
    from nhipcau.tasks import fanning
    from nhipcau.tasks.models import Assignment, AssignmentState, Obligation

    actor = office.posts["top"]
    letter = Document.objects.filter(unit=actor.unit).order_by("-pk")[0]
    due = AT.date() + dt.timedelta(days=3)
    for place in range(1, DUTIES + 1):
        text = f"Tổ chức tập huấn an toàn, vệ sinh lao động, phần {place}"
        duty = Obligation.objects.create(document=letter, position=place, text=text)
        begun = fanning.fan_out(
            obligation=duty, kinds=("province", "district", "local"), due=due, due_reason="theo kế hoạch năm",
            actor=actor, at=AT,
        )  # fmt: skip
        fanning.run(begun.pk, at=AT)
        given = begun.task.assignments
        if place == 1:
            ready = given.annotate(turn=Mod("unit_id", DONE)).filter(turn=0).values("pk")
            Assignment.objects.filter(pk__in=ready).update(
                state=AssignmentState.DONE, acknowledged_at=AT, done_at=AT
            )
        office.places["task"] = {"uid": begun.task.uid}
    for level in LEVELS[1:]:
        open_ = Assignment.objects.filter(unit=office.units[level]).order_by("-pk")[0]
        office.places[f"assignment@{level}"] = {"uid": open_.uid}


def _activities(office: Office) -> ActivityType:
    """One of every unit, on the days of two years."""
    from nhipcau.activities.models import Activity, ActivityType
    from nhipcau.core.ids import new_uid
    from nhipcau.org.bulk import fill

    kind = ActivityType.objects.create(
        code="buoi", label="Buổi dùng để đo", label_en="Measured session", measures=MEASURES
    )
    keys, last = office.nation.keys.tolist(), AT.date()
    fill(
        Activity,
        {
            "uid": [new_uid() for _ in keys],
            "unit_id": keys,
            "held_on": [last - dt.timedelta(days=place % 700) for place in range(len(keys))],
        },
        {
            "type_id": kind.pk,
            "title": "Tập huấn an toàn, vệ sinh lao động",
            "values": {"so_buoi": 1, "luot_nguoi": 40},
            "recorded_at": AT,
        },
    )
    for level, unit in office.units.items():
        office.places[f"activity@{level}"] = {"uid": Activity.objects.filter(unit=unit)[0].uid}
    return kind


def _campaign(office: Office, kind: ActivityType) -> None:
    """What was held since its first day counts in it."""
    from nhipcau.activities.models import Activity
    from nhipcau.campaigns.actions import CampaignInput, Counted, choose_measures, create_campaign, open_campaign
    from nhipcau.campaigns.models import CampaignSession
    from nhipcau.org.bulk import fill

    actor = office.posts["top"]
    given = CampaignInput(
        name="Tháng hành động về an toàn, vệ sinh lao động",
        purpose="Mỗi công đoàn cơ sở tổ chức ít nhất một buổi.",
        first_day=AT.date() - dt.timedelta(days=60),
        last_day=AT.date() + dt.timedelta(days=60),
        kinds=("local",),
        types=(kind,),
    )
    campaign = create_campaign(unit=actor.unit, given=given, actor=actor, at=AT)
    counted = {kind.code: Counted("so_buoi", "luot_nguoi")}
    choose_measures(campaign=campaign, measures=counted, actor=actor, at=AT)
    open_campaign(campaign=campaign, actor=actor, at=AT)
    held = Activity.objects.filter(held_on__gte=given.first_day).values_list("pk", flat=True)
    fill(CampaignSession, {"activity_id": list(held)}, {"campaign_id": campaign.pk})
    office.places["campaign"] = {"uid": campaign.uid}


def _notices(office: Office) -> None:
    from nhipcau.tasks.announcements.posting import Notice, announce

    actor = office.posts["top"]
    for number in range(min(1 + len(office.nation.keys) // NOTICES, MOST_NOTICES)):
        notice = Notice(f"Thông báo số {number + 1}", "Lịch tập huấn của quý đã được điều chỉnh.")
        told = announce(given=notice, actor=actor, at=AT)
        office.places["notice"] = {"uid": told.uid}
