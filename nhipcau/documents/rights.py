"""Who may do what with letters and tasks. Rights come from posts; administrators hold none to contents."""

from __future__ import annotations

import datetime as dt

from nhipcau.core.errors import NotAllowed, NotFound
from nhipcau.org import models
from nhipcau.org.models import Post, Role, Unit
from nhipcau.org.scope import Scope

OFFICERS = models.OFFICERS
REGISTRARS = (Role.CLERK, Role.BOARD)
LEADERS = (Role.BOARD, Role.APPROVER, Role.CLERK)


def reads_contents(scope: Scope) -> bool:
    """Whether the post reads letters and tasks at all (an administrator or auditor does not)."""
    return scope.post.has_role(*OFFICERS)


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
