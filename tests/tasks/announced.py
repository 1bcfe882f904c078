"""An announcement of the province to its communes and their local unions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from nhipcau.org.models import Post
from nhipcau.tasks.announcements.models import Announcement
from nhipcau.tasks.announcements.posting import Notice, announce
from tests.cast import NOW, Cast

SAID = Notice("Lịch nghỉ lễ của văn phòng", "Văn phòng nghỉ từ ngày 30/4 đến hết ngày 3/5.\nTrực: số máy bàn.")


def told(cast: Cast, *, actor: Post | None = None, at: dt.datetime = NOW, **changes: object) -> Announcement:
    """Posted by the provincial officer unless another post is given."""
    given = replace(SAID, **changes)  # type: ignore[arg-type]
    return announce(given=given, actor=actor or cast.provincial_officer, at=at)


def titles(rows: Sequence[Announcement]) -> list[str]:
    return [one.title for one in rows]
