"""What the holder of a post hands over of campaigns."""

from __future__ import annotations

from collections.abc import Iterator

from nhipcau.campaigns.models import CampaignState
from nhipcau.campaigns.queries import visible_campaigns
from nhipcau.core.said import Said
from nhipcau.org.handing_over import InHand
from nhipcau.org.scope import Scope


def in_hand(scope: Scope) -> Iterator[InHand]:
    """Those of the own unit that are being prepared or run."""
    states = (CampaignState.DRAFT, CampaignState.OPEN)
    own = visible_campaigns(scope).filter(unit=scope.unit, state__in=states)
    rows = [(one.name, one.get_state_display(), f"{one.last_day:%d/%m/%Y}") for one in own]
    yield InHand(
        Said("Chiến dịch chưa kết thúc", "Campaigns not ended"), ("Chiến dịch", "Tình trạng", "Ngày cuối"), rows
    )
