"""What a practice copy takes from the live instance, and how an empty instance is filled with it.

Taken are units as they stand today, posts and forms. Never persons, accounts, telephone numbers, mail addresses,
counts of members, reports, letters, activities, tasks or the log.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterator
from typing import Any

import yaml

from nhipcau.access.actions import open_account
from nhipcau.activities.models import ActivityType
from nhipcau.activities.typefile import import_type
from nhipcau.core.actors import System
from nhipcau.core.clock import local_date
from nhipcau.org.actions import appoint, create_post, import_tree
from nhipcau.org.importing import UnitRow
from nhipcau.org.models import Axis, Placement, Post, Role, Unit, UnitKind
from nhipcau.org.queries import names_of
from nhipcau.reports.design.drafts import file_of
from nhipcau.reports.design.templates import import_template
from nhipcau.reports.design.writing import as_yaml
from nhipcau.reports.models import TemplateVersion

SETUP = System("practice")
_READABLE = "abcdefghjkmnpqrstuvwxyz23456789"  # no letter is taken for another on paper
MOST_ACCOUNTS = 2000  # each costs a password's slow hash; posts nearer the top come first


def gather(at: dt.datetime) -> dict[str, Any]:
    """The copy as plain JSON."""
    day = local_date(at)
    units = list(_units(day))
    versions = TemplateVersion.objects.select_related("template").order_by("template__code", "number")
    return {
        "at": at.isoformat(),
        "kinds": list(UnitKind.objects.values("code", "label", "label_en", "rank", "internal")),
        "units": units,
        "posts": list(_posts(day, {row["unit"] for row in units})),
        "types": [
            {"code": one.code, "label": one.label, "label_en": one.label_en, "measures": one.measures,
             "facets": one.facets}
            for one in ActivityType.objects.order_by("code")
        ],
        "templates": [as_yaml(file_of(version, day)) for version in versions],
    }  # fmt: skip


def _units(day: dt.date) -> Iterator[dict[str, Any]]:
    """A row for each unit that stands today; on both axes it keeps its place in the territory."""
    placed = Placement.objects.at(day).select_related("child__kind").order_by("child", "axis")
    chosen = {one.child_id: one for one in placed}  # "territory" is the last of the two
    names = names_of(chosen, day)
    for pk, place in chosen.items():
        name = names[pk]
        parent = names[place.parent_id].code if place.parent_id in names else ""
        yield {"unit": pk, "code": name.code, "name": name.name, "kind": place.child.kind.code, "parent": parent,
               "symbol": name.symbol, "place": name.place, "axis": place.axis,
               "from": place.valid_from.isoformat()}  # fmt: skip


def _posts(day: dt.date, units: set[int]) -> Iterator[dict[str, Any]]:
    posts = Post.objects.at(day).filter(unit__in=units).order_by("unit__kind__rank", "unit", "pk")
    for post in posts:
        yield {"unit": post.unit_id, "title": post.title, "roles": post.roles}


def fill(content: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    """Build the copy in this, still empty, instance; (login, password, unit's code, title) of every account."""
    at = dt.datetime.fromisoformat(content["at"])
    for kind in content["kinds"]:
        UnitKind.objects.update_or_create(code=kind["code"], defaults=kind)
    codes = {row["unit"]: row["code"] for row in content["units"]}
    start = min((dt.date.fromisoformat(row["from"]) for row in content["units"]), default=local_date(at))
    import_tree(rows=[_row(line, row, start) for line, row in enumerate(content["units"], 2)], actor=SETUP, at=at)
    for kind in content["types"]:
        import_type(data=yaml.safe_dump(kind, allow_unicode=True).encode(), actor=SETUP, at=at)
    for text in content["templates"]:
        import_template(data=text.encode(), actor=SETUP, at=at)
    return list(_people(content["posts"], codes, start, at))


def _row(line: int, row: dict[str, Any], start: dt.date) -> UnitRow:
    """From one day on for all: a unit must not stand before the one above it."""
    return UnitRow(
        line=line, code=row["code"], name=row["name"], kind=row["kind"], parent=row["parent"], start=start,
        symbol=row["symbol"], place=row["place"], members=0, axis=row["axis"] or Axis.TERRITORY,
    )  # fmt: skip


def _people(
    posts: list[dict[str, Any]], codes: dict[int, str], start: dt.date, at: dt.datetime
) -> Iterator[tuple[str, str, str, str]]:
    """A post each, and a made-up officer in the first so many."""
    units = {
        name.code: name.unit_id for name in names_of(Unit.objects.values_list("pk", flat=True), start).values()
    }
    by_id = Unit.objects.in_bulk()
    for number, row in enumerate(posts, start=1):
        code = codes[row["unit"]]
        post = create_post(
            unit=by_id[units[code]], title=row["title"], roles=[Role(role) for role in row["roles"]], start=start,
            actor=SETUP, at=at,
        )  # fmt: skip
        if number > MOST_ACCOUNTS:
            continue
        login, password = f"tap{number:04d}", "".join(secrets.choice(_READABLE) for _ in range(12))
        account = open_account(login=login, password=password, name=f"Cán bộ tập {number}", actor=SETUP, at=at)
        appoint(post=post, person=account.person, start=start, actor=SETUP, at=at)
        yield login, password, code, row["title"]
