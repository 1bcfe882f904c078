"""`Scope`: what a post may see at a moment. Every query of every app is built on it; there is no other door."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TypeVar

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db.models import Exists, Model, OuterRef, Q, QuerySet, Subquery

from nhipcau.core.clock import local_date
from nhipcau.core.errors import NotAllowed, NotFound
from nhipcau.core.said import Said
from nhipcau.org.models import Closure, Placement, Post, Role, Unit
from nhipcau.org.soundness import tree_now

M = TypeVar("M", bound=Model)


def fetch(visible: QuerySet[M], uid: object, otherwise: str) -> M:
    """The one of `visible` with that uid; NotFound(otherwise) for any other, for nonsense as for a stranger's."""
    try:
        return visible.get(uid=uid)
    except (ObjectDoesNotExist, ValidationError, ValueError, TypeError) as error:
        raise NotFound(otherwise) from error


_IN_ENGLISH = {
    Role.BOARD: "member of the board",
    Role.REPORTER: "reporter",
    Role.APPROVER: "approver",
    Role.CLERK: "clerk",
    Role.DESIGNER: "template designer",
    Role.AUDITOR: "auditor of the log",
    Role.ADMINISTRATOR: "administrator",
}


@lru_cache(maxsize=4)
def _tops_of(version: int) -> list[int]:
    """The same, looked up once for a version of the tree."""
    return _standing_on_top()


def _standing_on_top() -> list[int]:
    """The first two of the units that nobody ever stood above."""
    tops = Placement.objects.filter(parent=None).values_list("child", flat=True)
    return list(tops.distinct()[:2])


def role_in_english(role: str) -> str:
    """What a role is called in English."""
    return _IN_ENGLISH[Role(role)]


@dataclass(frozen=True)
class Scope:
    """A post at an instant. It sees its own unit and the units that lie or lay below it, on both axes.

    A unit that has ended stays where its last place was, with all that it left. One that was transferred lies
    elsewhere today, and is out of sight for the branch it left.
    """

    post: Post
    at: dt.datetime

    @property
    def day(self) -> dt.date:
        return local_date(self.at)

    @property
    def unit(self) -> Unit:
        return self.post.unit

    @cached_property
    def is_whole(self) -> bool:
        """Whether nobody but the own unit ever stood on top of a tree: every unit lies, or lay, below it."""
        version = tree_now()
        tops = _standing_on_top() if version is None else _tops_of(version)
        return tops == [self.post.unit_id]

    def unit_ids(self) -> QuerySet[Closure, int]:
        """Ids of the visible units, as a subquery: own and below today, and those that ended below."""
        later = Closure.objects.filter(
            Q(valid_to=None) | Q(valid_to__gt=OuterRef("valid_to")),
            descendant=OuterRef("descendant"),
            depth=0,
            valid_from__lte=self.day,
        )
        standing = Q(valid_from__lte=self.day) & (Q(valid_to=None) | Q(valid_to__gt=self.day))
        ended = Q(valid_to__lte=self.day) & ~Exists(later)
        below = Closure.objects.filter(standing | ended, ancestor=self.post.unit_id)
        return below.values_list("descendant", flat=True)

    def units(self) -> QuerySet[Unit]:
        """The visible units that stand today: those that can be handed work."""
        standing = Closure.objects.at(self.day).filter(ancestor=self.post.unit_id)
        return Unit.objects.filter(pk__in=Subquery(standing.values_list("descendant", flat=True)))

    def units_ever(self) -> QuerySet[Unit]:
        """The visible units, those that have ended included: those whose reports can be read."""
        return Unit.objects.filter(pk__in=Subquery(self.unit_ids()))

    def sees(self, unit: Unit) -> bool:
        """Whether that one unit is visible."""
        return self.unit_ids().filter(descendant=unit).exists()

    def require_role(self, *roles: Role) -> None:
        """NotAllowed unless the post holds one of the roles."""
        if not self.post.has_role(*roles):
            names = ", ".join(str(role.label) for role in roles)
            english = ", ".join(_IN_ENGLISH[role] for role in roles)
            raise NotAllowed(
                Said(
                    f"Chức danh «{self.post.title}» không có quyền này (cần: {names}).",
                    f"The post «{self.post.title}» may not do this (needed: {english}).",
                )
            )

    def get_unit(self, uid: object) -> Unit:
        """The visible unit with that uid; a stranger's unit does not exist."""
        return fetch(self.units_ever(), uid, "Không có đơn vị này trong phạm vi của bạn.")

    def own_or_below(self, field: str) -> Q:
        """A filter for any model: its unit (`field`) lies in this scope.

        Where that is every unit, none is looked up: a nation's take longer than the rows of most pages.
        """
        if self.is_whole:
            return Q(**{f"{field}__isnull": False})
        return Q(**{f"{field}__in": self.unit_ids()})
