"""The closure derived by the database itself: level upon level, one statement each, and no row leaves it.

Every place is a row of depth 0; every row, with the place of its ancestor on the same days, gives the next one up.
Written out, because the ORM cannot insert what it selects. After a change only the rows that change are written:
see `closure_changes`.
"""

from __future__ import annotations

from django.db import connection
from django.db.models import F

from nhipcau.org.models import Closure, Placement
from nhipcau.org.tree import FOREVER, Link, closure

_INTO = "INSERT INTO org_closure (ancestor_id, descendant_id, axis, depth, valid_from, valid_to) "
_PLACES = f"{_INTO} SELECT child_id, child_id, axis, 0, valid_from, valid_to FROM org_placement"  # noqa: S608 - constants
_NEXT = _INTO + (
    "SELECT p.parent_id, c.descendant_id, c.axis, c.depth + 1, {latest}(p.valid_from, c.valid_from), "
    "NULLIF({earliest}(COALESCE(p.valid_to, '9999-12-31'), COALESCE(c.valid_to, '9999-12-31')), '9999-12-31') "
    "FROM org_closure c JOIN org_placement p ON p.child_id = c.ancestor_id AND p.axis = c.axis "
    "AND p.valid_from < COALESCE(c.valid_to, '9999-12-31') AND c.valid_from < COALESCE(p.valid_to, '9999-12-31') "
    "WHERE c.depth = %s AND p.parent_id IS NOT NULL"
)
_WORDS = {
    "postgresql": {"latest": "GREATEST", "earliest": "LEAST"},
    "sqlite": {"latest": "MAX", "earliest": "MIN"},
}


def derive_all() -> None:
    """Every row of every axis anew. CycleError names, in order, the units that lie under themselves."""
    next_level = _NEXT.format(**_WORDS[connection.vendor])
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM org_closure")
        cursor.execute(_PLACES)
        depth = 0
        while cursor.rowcount:
            cursor.execute(next_level, [depth])
            depth += 1
            _refuse_cycle(depth)


def _refuse_cycle(depth: int) -> None:
    """Whoever lies under himself does so at the depth of the cycle's length; then it is walked, to be named."""
    caught = Closure.objects.filter(depth=depth, ancestor=F("descendant")).first()
    if caught is None:
        return
    rows = Placement.objects.filter(axis=caught.axis).order_by("pk")
    columns = rows.values_list("child", "parent", "valid_from", "valid_to")
    for _ in closure([Link(child, parent, start, end or FOREVER) for child, parent, start, end in columns]):
        pass
