"""Lịch hoạt động: a month of a unit or of its branch, and the same as a feed under an address one can end."""

from __future__ import annotations

import calendar as months
import datetime as dt
import hmac
import uuid
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Event

from nhipcau.access.models import Account
from nhipcau.access.queries import posts_of
from nhipcau.activities.models import PlannedActivity
from nhipcau.activities.planning import planned_between
from nhipcau.activities.queries import held_between
from nhipcau.core.clock import local_date
from nhipcau.core.errors import InvalidInput, NotFound
from nhipcau.core.periods import parse_period
from nhipcau.org.models import Unit
from nhipcau.org.queries import name_of, names_of
from nhipcau.org.scope import Scope
from nhipcau.web.activities import shown
from nhipcau.web.declare import page, public
from nhipcau.web.reaching.calendar import blank
from nhipcau.web.request import AnyRequest, PageRequest
from nhipcau.web.words import labelled

UNIT, BRANCH = "don-vi", "nhanh"
IN_A_DAY, IN_A_MONTH, IN_A_FEED = 3, 400, 1000
BACK = dt.timedelta(days=180)


@dataclass(frozen=True)
class Day:
    """One day of the month: what was done, as far as it is listed, and how many more there are."""

    day: dt.date
    inside: bool
    today: bool
    rows: list[shown.Shown]
    more: int
    planned: list[Planned]


@dataclass(frozen=True)
class Planned:
    """Something that is still to be done, or has been and lacks its figures."""

    plan: PlannedActivity
    kind: str
    unit_name: str


@page()
def month(request: PageRequest) -> HttpResponse:
    """`?thang=2026-03`, `pham_vi` "don-vi" or "nhanh", `don_vi` the uid of a visible unit (else one's own)."""
    scope = request.scope
    asked = request.GET.get("don_vi", "")
    unit = scope.get_unit(asked) if asked else scope.unit
    branch = request.GET.get("pham_vi") == BRANCH
    first = _first_day(request.GET.get("thang", ""), scope.day)
    last = first.replace(day=months.monthrange(first.year, first.month)[1])
    found = held_between(scope, unit, first, last, branch=branch)
    counts = dict(found.order_by().values_list("held_on").annotate(Count("pk", distinct=True)))
    by_day: dict[dt.date, list[shown.Shown]] = {}
    for row in shown.shown(found[:IN_A_MONTH], scope):
        by_day.setdefault(row.activity.held_on, []).append(row)
    ahead: dict[dt.date, list[Planned]] = {}
    for one in _planned(scope, unit, first, last, branch=branch):
        ahead.setdefault(one.plan.day, []).append(one)
    weeks = [
        [_day(day, first, scope.day, by_day.get(day, []), counts.get(day, 0), ahead.get(day, [])) for day in week]
        for week in months.Calendar().monthdatescalendar(first.year, first.month)
    ]
    context = {
        "weeks": weeks,
        "names": [_("T2"), _("T3"), _("T4"), _("T5"), _("T6"), _("T7"), _("CN")],
        "first": first,
        "before": f"{first - dt.timedelta(days=1):%Y-%m}",
        "after": f"{last + dt.timedelta(days=1):%Y-%m}",
        "unit": unit,
        "unit_name": name_of(unit, scope.day).name,
        "branch": branch,
        "total": sum(counts.values()),
        "ahead": sum(map(len, ahead.values())),
        "feed": feed_address(request.account, BRANCH if branch else UNIT) if unit.pk == scope.unit.pk else "",
    }
    return render(request, "web/activities/calendar.html", context)


@public()
def feed(request: AnyRequest, account: uuid.UUID, key: str) -> HttpResponse:
    """The feed; whoever has the address reads it, so it holds titles, units and dates alone."""
    found = Account.objects.filter(uid=account, is_active=True).exclude(calendar="").first()
    of = next((one for one in (UNIT, BRANCH) if found and hmac.compare_digest(key, _key(found, one))), "")
    if found is None or not of:
        raise NotFound("Không có lịch này; địa chỉ có thể đã bị hủy.")
    answer = HttpResponse(_written(found, of, request.moment), content_type="text/calendar; charset=utf-8")
    answer["Cache-Control"] = "private, max-age=3600"
    return answer


def feed_address(account: Account, of: str) -> str:
    """Where a calendar program finds the activities; "" while the account has given out no address.

    It is made from the account's own secret address and does not tell it: ending that one ends this one too.
    """
    if not account.calendar:
        return ""
    return settings.SITE_URL + reverse("activities:feed", kwargs={"account": account.uid, "key": _key(account, of)})


def _key(account: Account, of: str) -> str:
    return hmac.new(account.calendar.encode(), of.encode(), "sha256").hexdigest()[:32]


def _written(account: Account, of: str, at: dt.datetime) -> bytes:
    calendar = blank("Hoat dong", "Nhịp Cầu: hoạt động")
    today = local_date(at)
    with translation.override(account.language or settings.LANGUAGE_CODE):
        for post in posts_of(account, today):
            scope = Scope(post, at)
            held = held_between(scope, post.unit, today - BACK, today, branch=of == BRANCH)
            for row in shown.shown(held.order_by("-held_on", "-pk")[:IN_A_FEED], scope):
                calendar.add_component(_event(row, at))
            for one in _planned(scope, post.unit, today, today + BACK, branch=of == BRANCH):
                calendar.add_component(_tentative(one, at))
    return bytes(calendar.to_ical())


def _event(row: shown.Shown, at: dt.datetime) -> Event:
    event, activity = Event(), row.activity
    url = settings.SITE_URL + reverse("activities:detail", kwargs={"uid": activity.uid})
    event.add("uid", f"{activity.uid}@{settings.MAIL_DOMAIN}")
    event.add("dtstamp", at)
    event.add("dtstart", activity.held_on)
    event.add("summary", f"{activity.title or row.kind} ({row.unit_name})")
    event.add("url", url)
    event.add("transp", "TRANSPARENT")
    return event


def _tentative(one: Planned, at: dt.datetime) -> Event:
    event, plan = Event(), one.plan
    event.add("uid", f"{plan.uid}@{settings.MAIL_DOMAIN}")
    event.add("dtstamp", at)
    event.add("dtstart", plan.day)
    event.add("summary", _("Dự kiến: %(title)s") % {"title": f"{plan.title or one.kind} ({one.unit_name})"})
    event.add("url", settings.SITE_URL + reverse("activities:planned", kwargs={"uid": plan.uid}))
    event.add("status", "TENTATIVE")
    event.add("transp", "TRANSPARENT")
    return event


def _planned(scope: Scope, unit: Unit, first: dt.date, last: dt.date, *, branch: bool) -> list[Planned]:
    plans = list(planned_between(scope, unit, first, last, branch=branch)[:IN_A_MONTH])
    names = names_of({one.unit_id for one in plans}, scope.day)
    return [Planned(one, labelled(one.type), names[one.unit_id].name) for one in plans]


def _day(
    day: dt.date, first: dt.date, today: dt.date, rows: list[shown.Shown], count: int, planned: list[Planned]
) -> Day:
    inside = day.month == first.month
    listed = rows[:IN_A_DAY] if inside else []
    return Day(day, inside, day == today, listed, count - len(listed) if inside else 0, planned if inside else [])


def _first_day(key: str, today: dt.date) -> dt.date:
    """The first day of the month "2026-03"; of the present one for nothing or nonsense."""
    try:
        period = parse_period(key)
    except InvalidInput:
        return today.replace(day=1)
    return period.first_day("civil") if period.kind == "month" else today.replace(day=1)
