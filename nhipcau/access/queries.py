"""Which posts an account may act for."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from nhipcau.access.models import Account
from nhipcau.core.clock import local_date
from nhipcau.org.delegating import standing_in
from nhipcau.org.models import Appointment, Post


def posts_of(account: Account, day: dt.date) -> QuerySet[Post]:
    """The posts the account's person holds that day; they end with the appointment or with the post."""
    held = Appointment.objects.at(day).filter(person=account.person_id).values("post")
    return Post.objects.at(day).filter(pk__in=held).select_related("unit__kind").order_by("pk")


def held_since(account: Account, day: dt.date) -> dict[int, dt.date]:
    """By post id: the day from which the account's person has held it; those held that day."""
    held = Appointment.objects.at(day).filter(person=account.person_id)
    return dict(held.values_list("post", "valid_from"))


def next_seat(account: Account, day: dt.date) -> Appointment | None:
    """The next post of the account's person that begins after that day."""
    coming = Appointment.objects.filter(person=account.person_id, valid_from__gt=day)
    return coming.select_related("post").order_by("valid_from").first()


def seats_of(account: Account, at: dt.datetime) -> list[Post]:
    """The posts held, then those that others gave to them for a time (`Post.hand` says to which)."""
    held = list(posts_of(account, local_date(at)))
    return [*held, *standing_in(held, at)]
