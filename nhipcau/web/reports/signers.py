"""Who may sign a unit's report, as the forms offer it."""

from __future__ import annotations

from nhipcau.core.errors import NotFound
from nhipcau.org.models import Post, Role, Unit
from nhipcau.org.queries import holder_of, posts_with_role
from nhipcau.org.scope import Scope

SIGNERS = (Role.APPROVER, Role.BOARD)


def signers(scope: Scope, unit: Unit) -> list[tuple[str, str]]:
    """(uid, "title, holder") of the posts that may sign for the unit."""
    rows = []
    for post in _posts(scope, unit):
        holder = holder_of(post, scope.day)
        rows.append((str(post.uid), f"{post.title}, {holder.person.name}" if holder else post.title))
    return rows


def signer_of(scope: Scope, unit: Unit, uid: str) -> Post:
    """The chosen post of the unit; the first one that may sign if none was chosen."""
    posts = _posts(scope, unit)
    signer = next((post for post in posts if str(post.uid) == uid), None if uid else next(iter(posts), None))
    if signer is None:
        raise NotFound("Đơn vị không có chức danh này để ký.")
    return signer


def _posts(scope: Scope, unit: Unit) -> list[Post]:
    chosen: dict[int, Post] = {}
    for role in SIGNERS:
        chosen |= {post.pk: post for post in posts_with_role(unit, role, scope.day)}
    return list(chosen.values())
