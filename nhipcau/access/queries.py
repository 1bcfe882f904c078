"""Which posts an account may act for today."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from nhipcau.access.models import Account
from nhipcau.org.models import Appointment, Post


def posts_of(account: Account, day: dt.date) -> QuerySet[Post]:
    """The posts the account's person holds that day; they end with the appointment or with the post."""
    held = Appointment.objects.at(day).filter(person=account.person_id).values("post")
    return Post.objects.at(day).filter(pk__in=held).select_related("unit__kind").order_by("pk")
