"""The worklist is a row of sections; each area brings one function that says what is due from the acting unit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import QuerySet
from django.utils.module_loading import import_string

from nhipcau.org.asking import which
from nhipcau.org.models import Post
from nhipcau.org.queries import names_of
from nhipcau.org.scope import Scope


@dataclass(frozen=True)
class WorkItem:
    """One thing to do. `reason` says where the due date comes from; `tone` is a chip tone (see parts/chip.html).

    `post_url`: the action itself is one tap, which sends `sent`; without it the button opens `url`.
    """

    title: str
    url: str
    due: dt.date | None = None
    reason: str = ""
    source: str = ""
    state: str = ""
    tone: str = "neutral"
    action: str = ""
    overdue: bool = False
    post_url: str = ""
    sent: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Section:
    """A heading with its items; a section without items is left out. `all_url`: one tap does it for all of them.

    `total`: how many there are where `items` are only the first of them.
    """

    title: object
    items: list[WorkItem] = field(default_factory=list)
    more_url: str = ""
    all_url: str = ""
    all_label: str = ""
    total: int = 0

    @property
    def count(self) -> int:
        return self.total or len(self.items)


Builder = Callable[[Scope], Section]
Rows = Callable[[Scope], Collection[QuerySet[Any]]]


@dataclass(frozen=True)
class Part:
    """A builder, and the rows it shows: of all parts it is asked at once which have any, and no other is built."""

    rows: Rows
    build: Builder

    def __call__(self, scope: Scope) -> Section:
        return self.build(scope)


def shows(rows: Rows) -> Callable[[Builder], Part]:
    """Marks a builder whose section is empty where none of the rows is there."""
    return lambda build: Part(rows, build)


# Areas add their builder here by its dotted name (their modules import this one); the order is the page's: what
# others wait for first, what is told last.
BUILDERS: tuple[str, ...] = (
    "nhipcau.web.reports.late_work.came_back",
    "nhipcau.web.documents.work.to_confirm",
    "nhipcau.web.documents.work.unread",
    "nhipcau.web.tasks.work.to_instruct",
    "nhipcau.web.tasks.work.due",
    "nhipcau.web.tasks.work.given_back",
    "nhipcau.web.tasks.work.to_extend",
    "nhipcau.web.tasks.work.taken_back",
    "nhipcau.web.reports.work.own",
    "nhipcau.web.reports.signing_work.in_signing",
    "nhipcau.web.reports.work.to_receive",
    "nhipcau.web.reports.work.changed_below",
    "nhipcau.web.tasks.work.late_below",
    "nhipcau.web.reports.late_work.late_below",
    "nhipcau.web.activities.work.joint",
    "nhipcau.web.activities.work.photos",
    "nhipcau.web.campaigns.work.ending",
    "nhipcau.web.announcements.work.to_read",
    "nhipcau.web.org.work.leaderless",
)


def area(name: str) -> str:
    """The area that a builder belongs to, as its dotted name says."""
    return name.split(".")[2]


def worklist(scope: Scope, without: Collection[str] = ()) -> list[Section]:
    """The sections that have something in them for this post, but those of the areas `without`."""
    builders: dict[str, Builder] = {name: import_string(name) for name in BUILDERS if area(name) not in without}
    parts = {name: build for name, build in builders.items() if isinstance(build, Part)}
    filled = which(scope, {name: part.rows(scope) for name, part in parts.items()})
    built = (build(scope) for name, build in builders.items() if name not in parts or name in filled)
    return [section for section in built if section.items]


def worklists(
    posts: Iterable[Post], at: dt.datetime, without: Collection[str] = ()
) -> Iterator[tuple[Post, list[Section]]]:
    """The worklist of each post. What several of them have, as posts of one unit do, stands at the first alone."""
    told: set[tuple[str, str]] = set()
    for post in posts:
        sections = []
        for section in worklist(Scope(post, at), without):
            fresh = [item for item in section.items if (item.url, item.title) not in told]
            told.update((item.url, item.title) for item in fresh)
            if fresh:
                sections.append(replace(section, items=fresh))
        yield post, sections


@dataclass(frozen=True)
class Elsewhere:
    """What waits at another post of the same person."""

    post: Post
    unit: str
    count: int


def elsewhere(others: Sequence[tuple[Post, list[Section]]], day: dt.date) -> list[Elsewhere]:
    """Those of the other posts at which something waits: the worklist of one post says nothing of the others."""
    names = names_of([post.unit_id for post, _ in others], day)
    found = [
        Elsewhere(post, names[post.unit_id].name, sum(len(part.items) for part in sections))
        for post, sections in others
    ]
    return [one for one in found if one.count]
