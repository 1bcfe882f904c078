"""Who may do what with letters and tasks. Rights come from posts; administrators hold none to contents."""

from __future__ import annotations

import datetime as dt

from nhipcau.core.errors import NotAllowed, NotFound
from nhipcau.org import models
from nhipcau.org.models import Placement, Post, Role, Succession, Unit
from nhipcau.org.scope import Scope

OFFICERS = models.OFFICERS
REGISTRARS = (Role.CLERK, Role.BOARD)
LEADERS = (Role.BOARD, Role.APPROVER, Role.CLERK)


def reads_contents(scope: Scope) -> bool:
    """Whether the post reads letters and tasks at all (an administrator or auditor does not)."""
    return scope.post.has_role(*OFFICERS)


def reads_petitions(scope: Scope, unit: Unit) -> bool:
    """Whether the post may see the register of complaints of that unit: a registrar of the unit itself, or of one
    that took over from it; where it ended and nobody did, one who sees it. No level above of a unit that stands."""
    if not scope.post.has_role(*REGISTRARS):
        return False
    if scope.unit.pk == unit.pk:
        return True
    heirs = Succession.objects.filter(predecessor=unit, event__day__lte=scope.day).exclude(successor=unit)
    if heirs.exists():
        return heirs.filter(successor=scope.unit).exists()
    return not Placement.objects.at(scope.day).filter(child=unit).exists()


def require_own(unit: Unit, *roles: Role, actor: Post, at: dt.datetime) -> Scope:
    """The actor's scope, if the unit is the actor's own and the post holds one of the roles.

    NotFound for a stranger (it may not know that the thing exists); NotAllowed for a unit above, which sees
    the thing but does not act for the unit below.
    """
    scope = Scope(actor, at)
    if actor.unit_id != unit.pk:
        if not scope.sees(unit):
            raise NotFound("Không có nội dung này trong phạm vi của bạn.")
        raise NotAllowed("Việc này thuộc đơn vị khác; chỉ đơn vị đó tự làm được.")
    scope.require_role(*roles)
    return scope
