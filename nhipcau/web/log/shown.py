"""An entry of the log as a sentence: when, who, what, of what. Ids and counts, never what a thing says."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from nhipcau.audit import catalogue
from nhipcau.audit.models import Entry
from nhipcau.core.said import Said
from nhipcau.org.log import OBJECTS, actors
from nhipcau.org.models import Post
from nhipcau.org.queries import called
from nhipcau.web.words import spoken

_LONGEST = 120
_SHORT = 8


@dataclass(frozen=True)
class Told:
    """`post`: who did it, to look for more of the same; `by`: whose hand it was. `uid`: of the thing."""

    entry: Entry
    who: str
    what: str
    thing: str
    uid: str
    kind: str
    details: Sequence[tuple[str, str]]
    post: str = ""
    by: str = ""


def told(entries: Sequence[Entry], day: dt.date) -> list[Told]:
    """In their order; a fixed number of queries, however many."""
    posts = actors(entries)
    units = called({post.unit_id for post in posts.values()}, day)
    return [_told(one, posts, units) for one in entries]


def action_label(name: str) -> str:
    """What the log calls an act, in the reader's language; the bare name for one of an older version."""
    known = catalogue.known().get(name)
    return spoken(Said(known.label, known.label_en)) if known else name


def _told(entry: Entry, posts: Mapping[str, Post], units: Mapping[int, str]) -> Told:
    doer, _slash, hand = entry.actor.removeprefix("post:").partition("/")
    kind, _colon, uid = entry.object.partition(":")
    return Told(
        entry=entry,
        who=_named(entry.actor, doer, posts, units),
        what=action_label(entry.action),
        thing=_thing(kind, uid),
        uid=uid,
        kind=kind,
        details=_details(entry.data),
        post=doer if doer in posts else "",
        by=posts[hand].title if hand in posts else "",
    )


def _named(actor: str, doer: str, posts: Mapping[str, Post], units: Mapping[int, str]) -> str:
    if doer in posts:
        return f"{posts[doer].title}, {units[posts[doer].unit_id]}"
    kind, _colon, name = actor.partition(":")
    if kind == "account":
        return _("Chủ tài khoản, với mật khẩu của mình")
    return _("Hệ thống (%(name)s)") % {"name": name} if kind == "system" else actor


def _thing(kind: str, uid: str) -> str:
    words = spoken(OBJECTS[kind]) if kind in OBJECTS else kind
    return f"{words} …{uid[-_SHORT:]}" if len(uid) > 2 * _SHORT else f"{words} {uid}".strip()


def _details(data: str) -> list[tuple[str, str]]:
    read = json.loads(data)
    return [(name, _short(value)) for name, value in read.items()] if isinstance(read, dict) else []


def _short(value: object) -> str:
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def choices(names: Iterable[str]) -> list[tuple[str, str]]:
    """(name, label) of acts, by their label."""
    return sorted(((name, action_label(name)) for name in names), key=lambda row: row[1])
