"""What the holder of a post hands over of letters and work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from nhipcau.core.said import Said
from nhipcau.org.handing_over import InHand
from nhipcau.org.scope import Scope
from nhipcau.tasks.queries import awaiting_note, worklist


def in_hand(scope: Scope) -> Iterator[InHand]:
    """Work of the unit that is not done, and letters that wait for a word."""
    work = [(one.title, one.letter.number, _day(one.due)) for one in worklist(scope)]
    yield InHand(Said("Việc chưa hoàn thành", "Work not done"), ("Việc", "Số, ký hiệu văn bản", "Hạn"), work)
    letters = [(one.subject, one.number, _day(one.received_on)) for one in awaiting_note(scope)]
    yield InHand(
        Said("Văn bản đến chờ xử lý", "Incoming letters waiting"),
        ("Trích yếu", "Số, ký hiệu văn bản", "Ngày đến"),
        letters,
    )


def _day(day: dt.date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""
