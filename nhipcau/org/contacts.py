"""How to reach a unit by telephone: the post and its office number, never the person's name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from nhipcau.org.models import Appointment, Post, Role


@dataclass(frozen=True)
class Contact:
    """A post of the unit and the office telephone of whoever holds it that day."""

    title: str
    phone: str


def contacts_of(unit_ids: Iterable[int], day: dt.date) -> dict[int, Contact]:
    """By unit id: a post of its board whose holder has a number, else any such post. One query."""
    held = Appointment.objects.at(day).filter(post__unit__in=list(unit_ids)).exclude(person__phone="")
    open_posts = held.filter(post__in=Post.objects.at(day).values("pk"))
    rows = open_posts.select_related("post", "person").order_by("post")
    chosen: dict[int, Contact] = {}
    for one in sorted(rows, key=lambda row: not row.post.has_role(Role.BOARD)):
        chosen.setdefault(one.post.unit_id, Contact(one.post.title, one.person.phone))
    return chosen
