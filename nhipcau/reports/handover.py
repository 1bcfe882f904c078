"""What the holder of a post hands over of reports."""

from __future__ import annotations

from collections.abc import Iterator

from nhipcau.core.periods import parse_period
from nhipcau.core.said import Said
from nhipcau.documents.rights import reads_contents
from nhipcau.org.handing_over import InHand
from nhipcau.org.queries import names_of
from nhipcau.org.scope import Scope
from nhipcau.reports.queries import own_open, waiting_for


def in_hand(scope: Scope) -> Iterator[InHand]:
    """The unit's own reports under way, and those from below that wait to be accepted."""
    if not reads_contents(scope):
        return
    own = [
        (one.version.template.name, parse_period(one.period).label_vi, one.get_state_display())
        for one in own_open(scope.unit)
    ]
    yield InHand(Said("Báo cáo đang làm", "Reports under way"), ("Báo cáo", "Kỳ", "Tình trạng"), own)
    waiting = list(waiting_for(scope))
    names = names_of([one.unit_id for one in waiting], scope.day)
    below = [
        (one.version.template.name, parse_period(one.period).label_vi, names[one.unit_id].name) for one in waiting
    ]
    yield InHand(
        Said("Báo cáo cấp dưới chờ tiếp nhận", "Reports from below to accept"),
        ("Báo cáo", "Kỳ", "Đơn vị gửi"),
        below,
    )
