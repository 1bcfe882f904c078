"""Reorganisations as a post may see them: those that touch a unit in its scope."""

from __future__ import annotations

import uuid

from nhipcau.core.errors import NotFound
from nhipcau.core.said import Said
from nhipcau.org.journal import Journal
from nhipcau.org.models import Closure, Reorganisation
from nhipcau.org.parts import Change
from nhipcau.org.scope import Scope
from nhipcau.org.tree_change import TREE, change_of

ABSENT = Said(
    "Không có sự kiện tổ chức này trong phạm vi của bạn.", "There is no such reorganisation within your scope."
)


def visible_events(scope: Scope) -> list[Reorganisation]:
    """Events that touch a unit the scope sees, the latest day first. Two queries."""
    seen = set(scope.unit_ids())
    events = Reorganisation.objects.filter(work__part=TREE).prefetch_related("work").order_by("-day", "-pk")
    return [event for event in events if named(change_by(event)) & (seen | _coming(scope, event))]


def get_event_for(scope: Scope, uid: uuid.UUID | str) -> Reorganisation:
    """One visible event, or NotFound."""
    found = next((one for one in visible_events(scope) if str(one.uid) == str(uid)), None)
    if found is None:
        raise NotFound(ABSENT)
    return found


def sees_all(scope: Scope, event: Reorganisation) -> bool:
    """Whether every unit of the event lies in the scope, today or on the day of the event."""
    return named(change_by(event)) <= set(scope.unit_ids()) | _coming(scope, event)


def change_by(event: Reorganisation) -> Change:
    """What the event did to the tree, from its journal."""
    tree = next(one for one in event.work.all() if one.part == TREE)
    return change_of(event, Journal(tree.journal))


def named(change: Change) -> set[int]:
    """Every unit that began, ended, moved, was divided or took another name."""
    moved = (one.unit for one in change.moved)
    return {*change.ended, *change.begun, *change.renamed, *change.divided, *moved}


def _coming(scope: Scope, event: Reorganisation) -> set[int]:
    """What lies below on the day of an event that is still to come."""
    if event.day <= scope.day:
        return set()
    below = Closure.objects.at(event.day).filter(ancestor=scope.unit)
    return set(below.values_list("descendant", flat=True))
