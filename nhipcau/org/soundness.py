"""What ends every change of the tree: the closure derived anew, and one set query for units left hanging."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from nhipcau.core.errors import Fault, InvalidInput
from nhipcau.core.once import once
from nhipcau.org.closure_changes import MANY, derive
from nhipcau.org.models import Placement, TreeVersion, UnitName
from nhipcau.org.tree import CycleError


def hold_tree() -> None:
    """One change of the tree at a time: whoever comes second waits. What was derived before it holds no longer."""
    TreeVersion.objects.update_or_create(pk=1, defaults={"number": secrets.randbits(62)})


def tree_version() -> int | None:
    """The number of the tree as it stands, None before the first. What was derived under it still holds."""
    with connection.cursor() as cursor:  # asked so often that building the statement would cost more than all else
        cursor.execute("SELECT number FROM org_treeversion WHERE id = 1")
        found = cursor.fetchone()
    return None if found is None else int(found[0])


@once
def tree_now() -> int | None:
    """The same, asked once for a page: whoever must know whether the tree changed meanwhile asks the other."""
    return tree_version()


def rebuild_closure(codes: Mapping[int, str], changed: Collection[int] | None = None) -> None:
    """Bring the closure of every axis up to date. A cycle names its units by code and undoes the whole change.

    `changed`: the units whose places changed; without it they are looked for. Only what lies under them is written.
    """
    try:
        derive(changed)
    except CycleError as cycle:
        named = UnitName.objects.filter(unit__in=cycle.path).order_by("valid_from")
        last = dict(named.values_list("unit", "code"))
        path = " → ".join(codes.get(pk) or last.get(pk, str(pk)) for pk in cycle.path)
        raise InvalidInput(
            "Cây có vòng; không nhập dòng nào.",
            [Fault(path, "các đơn vị này nằm dưới chính mình; sửa cột parent")],
        ) from cycle


def orphans(changed: Collection[int] | None = None) -> QuerySet[Placement]:
    """Places under a superior that does not itself stand on that axis on every day of theirs; of all, or after
    the places of the `changed` units alone were written.

    A superior's rows never overlap, so two days decide: the first one, and each on which a row of the superior
    ends within the child's.
    """
    above = Placement.objects.filter(child=OuterRef("parent"), axis=OuterRef("axis"))
    at_start = above.filter(valid_from__lte=OuterRef("valid_from")).filter(
        Q(valid_to=None) | Q(valid_to__gt=OuterRef("valid_from"))
    )
    goes_on = Placement.objects.filter(
        child=OuterRef("child"), axis=OuterRef("axis"), valid_from=OuterRef("valid_to")
    )
    stops = above.filter(~Exists(goes_on), valid_to__gt=OuterRef("valid_from"))
    few = changed is not None and len(changed) <= MANY
    concerned = Q(child__in=changed) | Q(parent__in=changed) if few else Q()
    places = Placement.objects.exclude(parent=None).filter(concerned)
    # Each by itself, so that a database may join whole tables instead of looking for every place three times.
    hanging = places.filter(~Exists(at_start)).values("pk")
    left_open = places.filter(Exists(stops), valid_to=None).values("pk")
    outlasting = places.filter(Exists(stops.filter(valid_to__lt=OuterRef("valid_to")))).values("pk")
    return Placement.objects.filter(Q(pk__in=hanging) | Q(pk__in=left_open) | Q(pk__in=outlasting))
