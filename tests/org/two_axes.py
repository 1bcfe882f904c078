"""One unit in two trees: the sibling's local union lies below the cast's local union on the sector axis."""

from __future__ import annotations

import datetime as dt

from nhipcau.org.models import Axis, Placement
from nhipcau.org.soundness import rebuild_closure
from tests.cast import Cast


def beyond_the_commune(cast: Cast) -> None:
    """The commune sees the upper of the two and has no part in the lower one."""
    start = dt.date(2025, 7, 1)
    for child, parent in ((cast.local, None), (cast.sibling_local, cast.local)):
        Placement.objects.create(child=child, parent=parent, axis=Axis.SECTOR, valid_from=start)
    rebuild_closure({})
