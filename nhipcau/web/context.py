"""What every template knows: the unit one acts for, the way around, and the clock if it is held."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from nhipcau.access.models import Account
from nhipcau.documents.rights import REGISTRARS
from nhipcau.ops import moment
from nhipcau.org.models import Post, Role
from nhipcau.org.queries import names_of
from nhipcau.org.scope import Scope
from nhipcau.org.vacancies import APPOINTS
from nhipcau.web import nav
from nhipcau.web.log.reasons import BY_PAGE
from nhipcau.web.notices import badge
from nhipcau.web.terms import terms_of


@dataclass(frozen=True)
class Seat:
    """A post as the header shows it."""

    uid: str
    title: str
    unit: str
    by: str = ""  # the own post, where one acts for another


def acting(request: HttpRequest) -> dict[str, Any]:
    """`account`, `at_home` (nothing is to be done before anything else), `seat`, `other_seats`, `nav_links`,
    `unread_notices`, `demo_clock`, `scenes`, `practice`, `languages`; all safe on a half-built request."""
    account: Account | None = getattr(request, "account", None)
    first = getattr(request, "first", "")
    scope: Scope | None = None if first else getattr(request, "scope", None)
    clock = moment.fixed(request.COOKIES.get(moment.SCENE_COOKIE, ""))
    context: dict[str, Any] = {
        "demo_clock": clock,
        "practice": settings.PRACTICE,
        "scenes": [(one.name, one.clock == clock) for one in moment.scenes()],
        "languages": settings.LANGUAGES,
        "account": account,
        "at_home": bool(account and not first),
        "page_terms": terms_of(match.view_name) if account and (match := request.resolver_match) else (),
    }
    if isinstance(scope, Scope):
        seats = _seats(getattr(request, "posts", [scope.post]), scope)
        context["seat"] = seats[scope.post.pk]
        context["other_seats"] = [seat for pk, seat in seats.items() if pk != scope.post.pk]
        context["sees_events"] = scope.post.has_role(Role.ADMINISTRATOR, *REGISTRARS)
        context["appoints"] = scope.post.has_role(*APPOINTS)
        context["unread_notices"] = lambda: badge.unread(scope)  # asked where the head of a page is drawn
        context["nav_links"] = nav.links(scope, request.path)
        context["why_seen"] = _why_seen(request)
    return context


def _why_seen(request: HttpRequest) -> str:
    """Where a page about one thing explains why it is seen; "" for any other page."""
    match = request.resolver_match
    kind = BY_PAGE.get(match.view_name, "") if match else ""
    return reverse("log:own_sight", kwargs={"kind": kind, "uid": match.kwargs["uid"]}) if match and kind else ""


def _seats(posts: list[Post], scope: Scope) -> dict[int, Seat]:
    names = names_of([post.unit_id for post in posts], scope.day)
    return {
        post.pk: Seat(str(post.uid), post.title, names[post.unit_id].name, post.hand.title if post.hand else "")
        for post in posts
    }
