"""What a post has put aside of what reached it. The notices themselves are made of the rows they speak of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from nhipcau.access.models import ReadNotice
from nhipcau.core.clock import local_date
from nhipcau.core.once import once
from nhipcau.org.models import Post

KEPT = dt.timedelta(days=120)  # far longer than a notice is shown


@once
def read_keys(post: Post) -> frozenset[str]:
    """The keys of all that the post has put aside."""
    return frozenset(ReadNotice.objects.filter(post=post.pk).values_list("key", flat=True))


@transaction.atomic
def put_aside(*, notices: Iterable[tuple[str, dt.date]], actor: Post, at: dt.datetime) -> None:
    """Note these (key, day) as read for the post; marks of notices long gone are dropped. No deed of office, so not
    logged: nobody is to be asked why he read something, or when."""
    rows = [ReadNotice(post_id=actor.pk, key=key, day=day) for key, day in notices]
    ReadNotice.objects.bulk_create(rows, ignore_conflicts=True)
    ReadNotice.objects.filter(post=actor.pk, day__lt=local_date(at) - KEPT).delete()
