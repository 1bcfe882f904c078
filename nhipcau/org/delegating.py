"""Ủy quyền khi vắng: a post gives roles to another post of its unit for some days.

Whoever acts so is that post with the roles given and no other, and the log names both. It is never passed on, and
it is over the second its time is up, somebody ends it or either post changes hands: nothing has to run for that.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Iterable
from copy import copy

from django.db import transaction
from django.db.models import Q, QuerySet

from nhipcau.audit.actions import record
from nhipcau.core.clock import VN, local_date
from nhipcau.core.errors import Fault, InvalidInput, NotAllowed
from nhipcau.core.said import Said
from nhipcau.org.models import Appointment, Delegation, Placement, Post, Role
from nhipcau.org.queries import holder_of
from nhipcau.org.scope import Scope, fetch

LONGEST = 366  # days: whoever is away longer is replaced
ABSENT = Said("Không có ủy quyền này trong phạm vi của bạn.", "There is no such delegation within your scope.")
_DAY = dt.timedelta(days=1)


def delegate(
    *, taker: Post, roles: Collection[Role], first: dt.date, last: dt.date, actor: Post, at: dt.datetime
) -> Delegation:
    """The actor gives these roles to another post of its unit, from the first to the last day, both included.

    From today on it holds at once. Raises InvalidInput (a fault at each field), NotAllowed (delegated itself).
    """
    if actor.hand is not None:
        raise NotAllowed("Người làm thay không ủy quyền tiếp được; hãy ủy quyền từ chức danh của chính mình.")
    _require_sound(taker, roles, first, last, actor, at)
    with transaction.atomic():
        given = Delegation.objects.create(
            giver=actor,
            taker=taker,
            giver_held=holder_of(actor, local_date(at)),
            taker_held=holder_of(taker, local_date(at)),
            roles=[role.value for role in Role if role in roles],
            starts_at=max(_midnight(first), at),
            ends_at=_midnight(last + _DAY),
            given_at=at,
        )
        data = {"taker": str(taker.uid), "roles": given.roles, "until": last.isoformat()}
        record(actor=actor, action="org.delegated", obj=f"delegation:{given.uid}", at=at, data=data)
    return given


def end_delegation(*, delegation: Delegation, actor: Post, at: dt.datetime) -> Delegation:
    """Either of the two posts ends it, or the level directly above; at once. Safe to repeat.

    Raises NotFound for a stranger, NotAllowed for whoever else sees it.
    """
    found = get_delegation_for(Scope(actor, at), delegation.uid)
    if not may_end(found, actor, at):
        raise NotAllowed("Chỉ hai chức danh trong ủy quyền này, hoặc cấp trên trực tiếp, kết thúc được nó.")
    with transaction.atomic():
        given = Delegation.objects.select_for_update().get(pk=found.pk)
        if given.ended_at is None and at < given.ends_at:
            given.ended_at = at
            given.save(update_fields=["ended_at"])
            record(actor=actor, action="org.delegation_ended", obj=f"delegation:{given.uid}", at=at)
    return given


def may_end(delegation: Delegation, actor: Post, at: dt.datetime) -> bool:
    """Whether that post may end it before its time."""
    if actor.pk in (delegation.giver_id, delegation.taker_id):
        return True
    above = Placement.objects.at(local_date(at)).filter(child=delegation.giver.unit_id, parent=actor.unit_id)
    return actor.has_role(Role.BOARD, Role.ADMINISTRATOR) and above.exists()


def standing_in(posts: Iterable[Post], at: dt.datetime) -> list[Post]:
    """The posts that these act for at that moment: each with the roles given and with the hand that acts."""
    own = {post.pk for post in posts}
    found: dict[int, Post] = {}
    for one in in_force(at).filter(taker__in=own).exclude(giver__in=own):
        acting = found.setdefault(one.giver_id, _acting(one))
        acting.roles = [role for role in one.giver.roles if role in {*acting.roles, *one.roles}]
    return [post for post in found.values() if post.roles]


def in_force(at: dt.datetime) -> QuerySet[Delegation]:
    """Delegations that hold at that moment, between posts that stand that day."""
    standing = Post.objects.at(local_date(at)).values("pk")
    rows = _running(at).filter(starts_at__lte=at, giver__in=standing, taker__in=standing)
    return rows.select_related("giver__unit__kind", "taker__unit")


def delegations_between(posts: Iterable[Post], at: dt.datetime) -> QuerySet[Delegation]:
    """Those that hold or are to come and that one of these posts gave or took; soonest first."""
    own = [post.pk for post in posts]
    rows = _running(at).filter(Q(giver__in=own) | Q(taker__in=own))
    return rows.select_related("giver__unit", "taker")


def delegations_reaching(post: Post, since: dt.datetime) -> QuerySet[Delegation]:
    """Those that others gave to this post, or ended, since that moment; the newest first."""
    rows = Delegation.objects.filter(Q(given_at__gte=since) | Q(ended_at__gte=since), taker=post.pk)
    return rows.select_related("giver").order_by("-given_at", "-pk")


def visible_delegations(scope: Scope) -> QuerySet[Delegation]:
    """Those that hold or are to come, of the own unit and of units below; soonest first."""
    rows = _running(scope.at).filter(scope.own_or_below("giver__unit"))
    return rows.select_related("giver__unit", "taker")


def get_delegation_for(scope: Scope, uid: uuid.UUID | str) -> Delegation:
    """One of the own unit or below, past ones included."""
    rows = Delegation.objects.filter(scope.own_or_below("giver__unit"))
    return fetch(rows.select_related("giver__unit", "taker"), uid, ABSENT)


def takers_for(post: Post, at: dt.datetime) -> list[Post]:
    """The other posts of the unit that somebody else holds."""
    day = local_date(at)
    own = holder_of(post, day)
    others = Post.objects.at(day).filter(unit=post.unit_id).exclude(pk=post.pk)
    held = others.filter(appointments__in=_held(day)).distinct()
    return list((held.exclude(appointments__person=own.person_id) if own else held).order_by("pk"))


def _held(day: dt.date) -> QuerySet[Appointment]:
    return Appointment.objects.at(day)


def _running(at: dt.datetime) -> QuerySet[Delegation]:
    held = _held(local_date(at))
    not_ended = Delegation.objects.filter(Q(ended_at=None) | Q(ended_at__gt=at), ends_at__gt=at)
    return not_ended.filter(giver_held__in=held, taker_held__in=held)


def _acting(given: Delegation) -> Post:
    acting = copy(given.giver)
    acting.hand, acting.roles = given.taker, []
    return acting


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), VN)


def _require_sound(
    taker: Post, roles: Collection[Role], first: dt.date, last: dt.date, actor: Post, at: dt.datetime
) -> None:
    faults = []
    if taker.pk not in {post.pk for post in takers_for(actor, at)}:
        faults.append(Fault("taker", "hãy chọn chức danh khác của đơn vị, do người khác đang giữ"))
    if not roles or not all(actor.has_role(role) for role in roles):
        faults.append(Fault("roles", "hãy chọn ít nhất một việc trong các việc của chức danh bạn"))
    if first < local_date(at):
        faults.append(Fault("first", "ngày này đã qua; ủy quyền bắt đầu từ hôm nay trở đi"))
    if not first <= last <= first + LONGEST * _DAY:
        limit = Said(
            f"phải từ ngày đầu trở đi và không quá {LONGEST} ngày", f"from the first day on, at most {LONGEST} days"
        )
        faults.append(Fault("last", limit))
    if faults:
        raise InvalidInput("Chưa ủy quyền được.", faults)
