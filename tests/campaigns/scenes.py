"""A labour-safety month of the province, on invented kinds of session."""

from __future__ import annotations

import dataclasses
import datetime as dt

from nhipcau.activities.actions import define_type
from nhipcau.activities.checking import ActivityInput
from nhipcau.activities.models import Activity, ActivityType
from nhipcau.activities.types import parse_type
from nhipcau.campaigns.actions import CampaignInput, create_campaign, open_campaign
from nhipcau.campaigns.models import Campaign
from nhipcau.campaigns.sessions import record_session
from nhipcau.org.models import Post, Unit
from tests.cast import NOW, SETUP, Cast

FIRST, LAST = dt.date(2026, 3, 1), dt.date(2026, 3, 31)
REFUSED = "Theo dõi bình luận của đoàn viên trên Facebook"

TALK = {
    "code": "noi_chuyen",
    "label": "Nói chuyện an toàn lao động",
    "label_en": "Talk on labour safety",
    "measures": [
        {"code": "talks", "label": "Số buổi", "label_en": "Talks", "unit": "buổi"},
        {"code": "came", "label": "Lượt người dự", "label_en": "Attendances", "unit": "lượt người"},
    ],
}
DRILL = {
    "code": "dien_tap",
    "label": "Diễn tập chữa cháy",
    "label_en": "Fire drill",
    "measures": [
        {"code": "came", "label": "Số người tham gia", "label_en": "People", "unit": "người"},
        {"code": "money", "label": "Số tiền", "label_en": "Money", "unit": "đồng"},
    ],
}


def kinds() -> list[ActivityType]:
    """The two kinds of session."""
    return [define_type(definition=parse_type(raw), actor=SETUP, at=NOW) for raw in (TALK, DRILL)]


def given(**changed: object) -> CampaignInput:
    """What the provincial officer fills in."""
    plain = CampaignInput(
        name="Tháng hành động về an toàn lao động",
        purpose="Giảm tai nạn lao động bằng huấn luyện tại chỗ làm việc.",
        first_day=FIRST,
        last_day=LAST,
        kinds=["local"],
    )
    return dataclasses.replace(plain, **changed)  # type: ignore[arg-type]


def drafted(cast: Cast, **changed: object) -> Campaign:
    """A draft of the province."""
    filled = given(types=kinds(), **changed)
    return create_campaign(unit=cast.province, given=filled, actor=cast.provincial_officer, at=NOW)


def opened(cast: Cast, **changed: object) -> Campaign:
    """The same, open."""
    return open_campaign(campaign=drafted(cast, **changed), actor=cast.provincial_officer, at=NOW)


def talked(
    campaign: Campaign, post: Post, *, talks: int = 1, came: int = 0, partners: tuple[Unit, ...] = ()
) -> Activity:
    """The post's unit held talks on 10 March 2026."""
    held = ActivityInput(
        held_on=dt.date(2026, 3, 10), values={"talks": talks, "came": came}, partner_units=partners
    )
    kind = ActivityType.objects.get(code="noi_chuyen")
    return record_session(campaign=campaign, unit=post.unit, kind=kind, given=held, actor=post, at=NOW)


def counted_in(activity: Activity) -> Campaign | None:
    """The campaign in which an activity counts."""
    return Campaign.objects.filter(sessions__activity=activity).first()
