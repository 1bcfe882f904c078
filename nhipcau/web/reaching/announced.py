"""The one reminder of an announcement by mail: its title and the way in, to officers of units that missed it."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from nhipcau.access.models import Account, Digest
from nhipcau.access.queries import seats_of
from nhipcau.core.clock import local_date
from nhipcau.org.models import Appointment, Post
from nhipcau.org.scope import Scope
from nhipcau.outbox.jobs import enqueue, job
from nhipcau.outbox.mail import configured, post_mail, refused_among
from nhipcau.tasks.announcements.models import Announcement
from nhipcau.tasks.announcements.queries import is_addressed, silent
from nhipcau.tasks.announcements.reminding import MAIL

AREA = "announcements"
PART = f"{MAIL}_part"
BATCH = 500


@job(MAIL)
def run(uid: str, *, at: dt.datetime) -> None:
    """Cut the round into parts, so that one that fails is repeated alone."""
    told = Announcement.objects.get(uid=uid)
    if told.withdrawn_at is not None or not configured():
        return
    keys = list(_wanted(told, at).values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        part = keys[start : start + BATCH]
        enqueue(PART, uid, part[0], part[-1], at=at)


@job(PART)
def run_part(uid: str, first: int, last: int, *, at: dt.datetime) -> None:
    """Write to the accounts with keys in that range, but for those who want no mail of this kind."""
    told = Announcement.objects.select_related("unit").get(uid=uid)
    chosen = list(_wanted(told, at).filter(pk__range=(first, last)).select_related("person"))
    refused = refused_among([account.person.email for account in chosen])
    for account in chosen:
        if AREA not in account.muted and account.person.email not in refused:
            posts = [post for post in seats_of(account, at) if is_addressed(Scope(post, at), told)]
            if posts:
                _write(account, posts[0], told, at)


def _wanted(told: Announcement, at: dt.datetime) -> QuerySet[Account]:
    """Accounts with an address whose holder has a post in a unit that has not read it; nobody who wants no mail."""
    day = local_date(at)
    units = silent(told, Scope(Post(unit=told.unit), at)).values("unit")
    posts = Post.objects.at(day).filter(unit__in=units).values("pk")
    held = Appointment.objects.at(day).filter(post__in=posts).values("person")
    rows = Account.objects.filter(is_active=True, person__in=held).exclude(person__email="")
    return rows.exclude(digest=Digest.NEVER).order_by("pk")


def _write(account: Account, post: Post, told: Announcement, at: dt.datetime) -> None:
    round_ = told.reminded_at.isoformat() if told.reminded_at else ""
    with translation.override(account.language or settings.LANGUAGE_CODE):
        post_mail(
            key=f"announcement:{told.uid}:{round_}:{account.uid}",
            address=account.person.email,
            language=translation.get_language() or settings.LANGUAGE_CODE,
            subject="Nhịp Cầu: " + _("thông báo chưa đọc"),
            body=render_to_string("web/reaching/announced.txt", {"told": told, "site": settings.SITE_URL}),
            at=at,
            about=[account.audit_id, post.audit_id],
        )
