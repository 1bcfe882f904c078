"""Seats that nobody holds, as the level above sees them, and units in which nobody can approve."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from itertools import islice

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from nhipcau.core.errors import NotAllowed
from nhipcau.core.said import Said
from nhipcau.org.models import OFFICERS, Appointment, Closure, Post, Role, Unit, UnitName
from nhipcau.org.queries import children_of, ids_below
from nhipcau.org.scope import Scope, fetch

_BATCH = 1000
APPOINTS = (Role.BOARD, Role.ADMINISTRATOR)
NOT_BY_THE_BOARD = Said(
    "Chức danh này kiểm tra hoặc quản trị hệ thống, nên chỉ người quản trị phân công được.",
    "This post audits or administers the system, so only an administrator appoints to it.",
)
NOT_BY_ADMINISTRATORS = Said(
    "Chức danh này đọc được nội dung công việc, nên chỉ ban chấp hành cấp trên phân công được.",
    "This post reads the contents of the work, so only the board of the level above appoints to it.",
)
# By what a seat may do: who says who holds it. An administrator has no right to contents, and so seats nobody who
# reads them: the first password would be a way to them, and so would the minutes. A board in turn seats neither
# whoever reads the log of what it did nor whoever gives out rights.
FILLED_BY: Mapping[Role, tuple[Role, ...]] = {
    **dict.fromkeys(OFFICERS, (Role.BOARD,)),
    Role.DESIGNER: APPOINTS,
    Role.AUDITOR: (Role.ADMINISTRATOR,),
    Role.ADMINISTRATOR: (Role.ADMINISTRATOR,),
}
ABSENT = Said(
    "Không có chức danh khuyết này trong phạm vi của bạn.", "There is no such vacant post within your scope."
)


def vacant_posts(scope: Scope) -> QuerySet[Post]:
    """Posts of the own unit and those below that nobody holds today, by unit in Vietnamese order, each with
    `unit_name`."""
    held = Appointment.objects.at(scope.day).filter(post=OuterRef("pk"))
    names = UnitName.objects.at(scope.day).filter(unit=OuterRef("unit"))
    rows = Post.objects.at(scope.day).filter(~Exists(held), unit__in=scope.units().values("pk"))
    named = rows.select_related("unit").annotate(
        unit_name=Subquery(names.values("name")[:1]), key=Subquery(names.values("sort_key")[:1])
    )
    return named.order_by("key", "pk")


def get_vacant_for(scope: Scope, uid: object) -> Post:
    """One of them; any other does not exist."""
    return fetch(vacant_posts(scope), uid, ABSENT)


def without_approver(scope: Scope) -> list[Unit]:
    """The units directly below in which nobody holds a post that approves: what is sent there reaches nobody."""
    below = ids_below(scope.unit, scope.day)
    vacant = below - _approving(below, scope.day)
    return list(children_of(scope.unit, scope.day).filter(pk__in=vacant)) if vacant else []


def nearest_reached(units: Iterable[int], day: dt.date) -> dict[int, int | None]:
    """By unit in which nobody approves, the nearest above it in which somebody does; None where there is none."""
    found: dict[int, int | None] = {}
    ids = iter(sorted(set(units)))
    while chunk := list(islice(ids, _BATCH)):
        way_up = Closure.objects.at(day).filter(descendant__in=chunk)
        rows = list(way_up.order_by("depth", "axis").values_list("descendant", "ancestor"))
        reached = _approving({*chunk, *(ancestor for _, ancestor in rows)}, day)
        vacant = [unit for unit in chunk if unit not in reached]
        found |= dict.fromkeys(vacant)
        for unit, ancestor in reversed(rows):  # the nearest has the last word
            if unit in found and ancestor in reached:
                found[unit] = ancestor
    return found


def _approving(units: Collection[int], day: dt.date) -> set[int]:
    """Of these units, those in which somebody holds a post that approves."""
    held = Appointment.objects.at(day).values("post")
    posts = Post.objects.at(day).filter(unit__in=units, pk__in=held).values_list("unit", "roles")
    return {unit for unit, roles in posts if Role.APPROVER in roles}


def require_appointing(scope: Scope) -> None:
    """NotAllowed unless the post appoints; whoever acts for another does not."""
    scope.require_role(*APPOINTS)
    if scope.post.hand is not None:
        raise NotAllowed("Người làm thay không phân công được; việc này của người giữ chức danh.")


def may_hand_over(post: Post, actor: Post) -> bool:
    """Whether the actor may end who holds the post, and read the minutes of what it had in hand."""
    return actor.has_role(Role.BOARD) or not post.has_role(*OFFICERS)


def require_handing_over(post: Post, actor: Post) -> None:
    """NotAllowed unless the actor may."""
    if not may_hand_over(post, actor):
        told = "Chức danh này đọc được nội dung công việc, nên chỉ ban chấp hành cấp trên kết thúc được."
        raise NotAllowed(Said(told, "This post reads the contents of the work, so only the board above ends it."))


def may_entrust(post: Post, actor: Post) -> bool:
    """Whether the actor may decide who holds the post: for each thing the post may do (`FILLED_BY`)."""
    return all(actor.has_role(*by) for role, by in FILLED_BY.items() if post.has_role(role))


def require_entrusting(post: Post, actor: Post) -> None:
    """NotAllowed unless the actor may decide who holds the post."""
    if refusal := why_not_entrusted(post, actor):
        raise NotAllowed(refusal)


def why_not_entrusted(post: Post, actor: Post) -> str:
    """Who decides instead; "" where the actor may."""
    if may_entrust(post, actor):
        return ""
    return NOT_BY_THE_BOARD if actor.has_role(Role.BOARD) else NOT_BY_ADMINISTRATORS
