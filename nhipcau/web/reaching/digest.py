"""What waits on the worklist, by mail to those who want it: titles, dates and a link, never what they hold."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from nhipcau.access.models import Account, Digest
from nhipcau.access.queries import seats_of
from nhipcau.core.clock import local_date
from nhipcau.org.models import Post
from nhipcau.org.queries import names_of, working_days
from nhipcau.outbox.jobs import enqueue, job
from nhipcau.outbox.mail import configured, post_mail, refused_among
from nhipcau.web.reaching.hours import MORNING, is_quiet
from nhipcau.web.sections import Section, worklists

NAME, PART = "mail.digest", "mail.digest_part"
BATCH = 500
MOST = 10  # lines of a section


@dataclass(frozen=True)
class Desk:
    """One post of the officer, as the log names it, with what waits there."""

    post: str
    title: str
    unit: str
    sections: Sequence[tuple[Section, int]]  # and how many items are left out


def schedule(*, at: dt.datetime) -> None:
    """Queue today's round, once however often it is asked for; the worker calls this."""
    if configured():
        day = local_date(at)
        enqueue(NAME, at=dt.datetime.combine(day, MORNING), key=f"{NAME}:{day.isoformat()}")


@job(NAME)
def run(*, at: dt.datetime) -> None:
    """Cut the round into parts, so that one that fails is repeated alone. A round that a stopped worker left to the
    night is passed over: the next morning's says it all."""
    if is_quiet(at):
        return
    keys = list(_wanted(local_date(at)).values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        part = keys[start : start + BATCH]
        enqueue(PART, part[0], part[-1], at=at, key=f"{PART}:{local_date(at).isoformat()}:{part[0]}")


@job(PART)
def run_part(first: int, last: int, *, at: dt.datetime) -> None:
    """Write to the accounts with keys in that range."""
    chosen = list(_wanted(local_date(at)).filter(pk__range=(first, last)).select_related("person"))
    refused = refused_among([account.person.email for account in chosen])
    for account in chosen:
        if account.person.email not in refused:
            with transaction.atomic():
                write(account, at=at)


def write(account: Account, *, at: dt.datetime) -> bool:
    """Queue today's digest of one officer in his language; none where nothing waits. Whether it is new."""
    with translation.override(account.language or settings.LANGUAGE_CODE):
        desks = list(_desks(account, at))
        if not desks:
            return False
        context = {"desks": desks, "site": settings.SITE_URL}
        return post_mail(
            key=f"digest:{account.uid}:{local_date(at).isoformat()}",
            address=account.person.email,
            language=translation.get_language() or settings.LANGUAGE_CODE,
            subject=_subject(desks),
            body=render_to_string("web/reaching/digest.txt", context),
            at=at,
            about=[account.audit_id, *(desk.post for desk in desks)],
        )


def _wanted(day: dt.date) -> QuerySet[Account]:
    """Who is written to on that day: nobody on a day off, weekly ones on the first working day of the week."""
    working = working_days()
    if not working.is_working(day):
        return Account.objects.none()
    monday = day - dt.timedelta(days=day.weekday())
    first = monday if working.is_working(monday) else working.next_working(monday)
    digests = (Digest.DAILY, Digest.WEEKLY) if day == first else (Digest.DAILY,)
    return Account.objects.filter(is_active=True, digest__in=digests).exclude(person__email="").order_by("pk")


def _desks(account: Account, at: dt.datetime) -> Iterator[Desk]:
    posts = seats_of(account, at)
    names = names_of([post.unit_id for post in posts], local_date(at))
    for post, sections in worklists(posts, at, without=account.muted):
        shown = [(Section(one.title, one.items[:MOST]), max(0, len(one.items) - MOST)) for one in sections]
        if shown:
            yield Desk(post.audit_id, _titled(post), names[post.unit_id].name, shown)


def _titled(post: Post) -> str:
    return _("%(title)s (làm thay)") % {"title": post.title} if post.hand else post.title


def _subject(desks: Sequence[Desk]) -> str:
    items = [item for desk in desks for section, _more in desk.sections for item in section.items]
    count = len(items) + sum(more for desk in desks for _section, more in desk.sections)
    late = sum(item.overdue for item in items)
    told = _("%(n)s việc chờ bạn") % {"n": count}
    return f"Nhịp Cầu: {told}" + (_(", %(n)s đã quá hạn") % {"n": late} if late else "")
