"""What ends every change of the tree: the closure derived anew, and one set query for units left hanging."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Exists, OuterRef, Q, QuerySet

from nhipcau.core.errors import Fault, InvalidInput
from nhipcau.org.models import Closure, Placement
from nhipcau.org.tree import FOREVER, CycleError, Link, closure

BATCH = 2000


def hold_tree() -> None:
    """One change of the tree at a time: whoever comes second waits for the roots' rows."""
    list(Placement.objects.select_for_update().filter(parent=None).order_by("pk"))


def rebuild_closure(codes: Mapping[int, str]) -> None:
    """Derive the closure of every axis anew. A cycle names its units by code and undoes the whole change."""
    Closure.objects.all().delete()
    for axis in Placement.objects.values_list("axis", flat=True).distinct():
        links = [
            Link(row.child_id, row.parent_id, row.valid_from, row.valid_to or FOREVER)
            for row in Placement.objects.filter(axis=axis)
        ]
        try:
            reaches = list(closure(links))
        except CycleError as cycle:
            path = " → ".join(codes.get(pk, str(pk)) for pk in cycle.path)
            raise InvalidInput(
                "Cây có vòng; không nhập dòng nào.",
                [Fault(path, "các đơn vị này nằm dưới chính mình; sửa cột parent")],
            ) from cycle
        Closure.objects.bulk_create(
            [
                Closure(
                    ancestor_id=reach.ancestor,
                    descendant_id=reach.descendant,
                    axis=axis,
                    depth=reach.depth,
                    valid_from=reach.start,
                    valid_to=None if reach.end == FOREVER else reach.end,
                )
                for reach in reaches
            ],
            batch_size=BATCH,
        )


def orphans() -> QuerySet[Placement]:
    """Places under a superior that does not itself stand on that axis on every day of theirs.

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
    early = Q(valid_to=None) & Exists(stops) | Exists(stops.filter(valid_to__lt=OuterRef("valid_to")))
    return Placement.objects.exclude(parent=None).filter(~Exists(at_start) | early)
