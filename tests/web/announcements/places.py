"""What the pages of announcements need in their addresses; used by the permission table."""

from __future__ import annotations

from collections.abc import Mapping

from nhipcau.documents.storing.evidence import Paper
from tests.cast import Cast
from tests.tasks.announced import told


def to_the_commune(cast: Cast) -> Mapping[str, object]:
    """Told to the commune and its local unions; the stranger's commune has no part in it."""
    return {"uid": told(cast, branches=[cast.commune]).uid}


def with_a_paper(cast: Cast) -> Mapping[str, object]:
    """The same with a paper."""
    one = told(cast, branches=[cast.commune], papers=[Paper("lich.txt", b"Nghi le tu 30/4")])
    return {"uid": one.uid, "number": one.files.get().pk}
