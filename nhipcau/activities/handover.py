"""What the holder of a post hands over of the activity register: where the papers lie."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Max, Min

from nhipcau.activities.models import Activity, ActivityState
from nhipcau.core.said import Said
from nhipcau.documents.rights import reads_contents
from nhipcau.org.handing_over import InHand
from nhipcau.org.scope import Scope


def in_hand(scope: Scope) -> Iterator[InHand]:
    """Every place that the unit's own records name: of how many activities the papers lie there, of which days."""
    if not reads_contents(scope):
        return
    own = Activity.objects.filter(unit=scope.unit, state=ActivityState.RECORDED).exclude(paper_location="")
    places = (
        own.order_by().values("paper_location").annotate(n=Count("pk"), first=Min("held_on"), last=Max("held_on"))
    )
    rows = [
        (one["paper_location"], str(one["n"]), f"{one['first']:%d/%m/%Y} – {one['last']:%d/%m/%Y}")
        for one in places.order_by("paper_location")
    ]
    yield InHand(
        Said("Nơi lưu chứng từ hoạt động", "Where the papers of activities lie"),
        ("Nơi lưu", "Số hoạt động", "Từ ngày – đến ngày"),
        rows,
    )
