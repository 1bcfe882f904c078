"""The dates on the worklist as an iCalendar feed (RFC 5545) for the calendar programs of phones and desks."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator

from django.conf import settings
from django.utils import translation
from icalendar import Alarm, Calendar, Event

from nhipcau.access.models import Account
from nhipcau.access.queries import seats_of
from nhipcau.core.errors import NotFound
from nhipcau.web.sections import WorkItem, worklists

REFRESH = dt.timedelta(hours=4)
WARNED = dt.timedelta(days=-1)


def account_by(secret: str) -> Account:
    """Whose calendar has that address. Raises NotFound for one that was never given out or has been ended, and
    while its account waits for its code to be used: whoever had the old password may have the address too."""
    found = Account.objects.filter(calendar=secret, is_active=True).first() if secret else None
    if found is None or not found.has_usable_password():
        raise NotFound("Không có lịch này; địa chỉ có thể đã bị hủy.")
    return found


def blank(what: str, name: str) -> Calendar:
    """A calendar without events, as every feed begins."""
    calendar = Calendar()
    calendar.add("prodid", f"-//Nhip Cau//{what}//VI")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    return calendar


def feed(account: Account, at: dt.datetime) -> bytes:
    """Every dated item of every post held today; a post that ended is gone from the next reading."""
    calendar = blank("Viec can xu ly", "Nhịp Cầu")
    with translation.override(account.language or settings.LANGUAGE_CODE):
        for item, due in _dated(account, at):
            calendar.add_component(_event(item, due, at))
    return bytes(calendar.to_ical())


def _dated(account: Account, at: dt.datetime) -> Iterator[tuple[WorkItem, dt.date]]:
    for _post, sections in worklists(seats_of(account, at), at):
        for section in sections:
            yield from ((item, item.due) for item in section.items if item.due)


def _event(item: WorkItem, due: dt.date, at: dt.datetime) -> Event:
    event = Event()
    name = hashlib.sha256(f"{item.url}:{item.title}".encode()).hexdigest()[:32]
    event.add("uid", f"{name}@{settings.MAIL_DOMAIN}")
    event.add("dtstamp", at)
    event.add("dtstart", due)
    event.add("summary", item.title)
    event.add("description", "\n".join(filter(None, (item.source, settings.SITE_URL + item.url))))
    event.add("url", settings.SITE_URL + item.url)
    event.add("transp", "TRANSPARENT")  # a date to keep, not a day taken
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", item.title)
    alarm.add("trigger", WARNED)
    event.add_component(alarm)
    return event
