"""The seats of a unit and of those directly below, as whoever appoints there sees them; opening a new one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db.models import F, OuterRef, QuerySet, Subquery

from nhipcau.core.clock import local_date
from nhipcau.core.errors import Fault, InvalidInput
from nhipcau.core.said import Said
from nhipcau.org.actions import create_post
from nhipcau.org.models import Appointment, Placement, Post, Role, Unit, UnitName
from nhipcau.org.queries import with_name
from nhipcau.org.scope import Scope, fetch
from nhipcau.org.vacancies import require_appointing

ABSENT = Said(
    "Không có chức danh này ở đơn vị bạn và các đơn vị trực thuộc.",
    "There is no such post in your unit or those directly below.",
)
# What reaches beyond officers' work is given on only by whoever has it, or by an administrator.
_SPECIAL = (Role.DESIGNER, Role.AUDITOR, Role.ADMINISTRATOR)


def managed_units(scope: Scope) -> QuerySet[Unit]:
    """The own unit first, then those directly below on either axis, by name."""
    below = Placement.objects.at(scope.day).filter(parent=scope.unit).values("child")
    units = with_name(Unit.objects.filter(pk__in=below) | Unit.objects.filter(pk=scope.unit.pk), scope.day)
    return units.order_by("kind__rank", F("sort_key"), "pk")


def managed_posts(scope: Scope) -> QuerySet[Post]:
    """Their posts that stand today, each with `unit_name` and, if somebody holds it, `holder` and `held_until`."""
    names = UnitName.objects.at(scope.day).filter(unit=OuterRef("unit"))
    held = Appointment.objects.at(scope.day).filter(post=OuterRef("pk"))
    rows = Post.objects.at(scope.day).filter(unit__in=managed_units(scope).values("pk")).select_related("unit")
    return rows.annotate(
        unit_name=Subquery(names.values("name")[:1]),
        sort_key=Subquery(names.values("sort_key")[:1]),
        holder=Subquery(held.values("person__name")[:1]),
        held_until=Subquery(held.values("valid_to")[:1]),
    ).order_by("unit__kind__rank", "sort_key", "pk")


def get_managed_for(scope: Scope, uid: object) -> Post:
    """One of them; any other does not exist."""
    return fetch(managed_posts(scope), uid, ABSENT)


def roles_given_by(post: Post) -> list[Role]:
    """The roles that this post may put into a new one."""
    return [role for role in Role if role not in _SPECIAL or post.has_role(role, Role.ADMINISTRATOR)]


def open_post(*, unit: Unit, title: str, roles: Collection[Role], actor: Post, at: dt.datetime) -> Post:
    """A new post from today on, in the actor's unit or one directly below; nobody holds it yet.

    Raises NotAllowed, InvalidInput (a fault at each field).
    """
    scope = Scope(actor, at)
    require_appointing(scope)
    faults = []
    if not managed_units(scope).filter(pk=unit.pk).exists():
        faults.append(Fault("unit", "hãy chọn đơn vị bạn hoặc một đơn vị trực thuộc"))
    if not roles or not set(roles) <= set(roles_given_by(actor)):
        faults.append(Fault("roles", "hãy chọn ít nhất một việc trong các việc bạn được giao"))
    if faults:
        raise InvalidInput("Chưa lập được chức danh.", faults)
    kept = [role for role in Role if role in roles]
    return create_post(unit=unit, title=title, roles=kept, start=local_date(at), actor=actor, at=at)
