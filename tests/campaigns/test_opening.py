"""A province makes a campaign, opens it for its branch, and changes its end with a reason."""

from __future__ import annotations

import datetime as dt

import pytest

from nhipcau.audit.models import Entry
from nhipcau.boundary import BoundaryRefused
from nhipcau.campaigns.actions import cancel, close, create_campaign, edit_campaign, extend, open_campaign
from nhipcau.campaigns.models import Campaign, CampaignState
from nhipcau.campaigns.queries import get_campaign_for, joined_campaigns, visible_campaigns
from nhipcau.core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from nhipcau.org.actions import create_post
from nhipcau.org.models import Post, Role
from tests.campaigns import scenes
from tests.cast import NOW, SETUP, TODAY, Cast
from tests.refusals import by_field


def sees(cast: Cast, post: Post) -> list[Campaign]:
    return list(visible_campaigns(cast.scope(post)))


def test_a_draft_is_seen_by_its_holder_alone(cast: Cast) -> None:
    campaign = scenes.drafted(cast)
    assert sees(cast, cast.clerk) == [campaign]
    assert sees(cast, cast.commune_officer) == []
    with pytest.raises(NotFound):
        get_campaign_for(cast.scope(cast.local_volunteer), campaign.uid)


def test_an_open_one_is_seen_down_to_the_local_unions(cast: Cast) -> None:
    campaign = scenes.opened(cast)
    assert sees(cast, cast.local_volunteer) == sees(cast, cast.stranger) == [campaign]
    assert Entry.objects.get(action="campaigns.opened").object == f"campaign:{campaign.uid}"


def test_one_for_part_of_the_branch_does_not_exist_for_the_other_part(cast: Cast) -> None:
    campaign = scenes.opened(cast, branches=[cast.commune])
    assert sees(cast, cast.local_volunteer) == sees(cast, cast.commune_officer) == [campaign]
    assert sees(cast, cast.stranger) == []


def test_one_for_several_branches_is_seen_once(cast: Cast) -> None:
    campaign = scenes.opened(cast, branches=[cast.commune, cast.local, cast.sibling_commune])
    assert sees(cast, cast.local_volunteer) == sees(cast, cast.stranger) == [campaign]


def test_one_for_a_unit_farther_down_is_seen_by_the_units_on_the_way(cast: Cast) -> None:
    campaign = scenes.opened(cast, branches=[cast.local])
    assert sees(cast, cast.commune_officer) == sees(cast, cast.local_volunteer) == [campaign]


def test_the_level_above_sees_what_a_unit_below_has_opened_and_a_sibling_does_not(cast: Cast) -> None:
    given = scenes.given(types=scenes.kinds())
    campaign = create_campaign(unit=cast.commune, given=given, actor=cast.commune_officer, at=NOW)
    assert sees(cast, cast.provincial_officer) == []
    open_campaign(campaign=campaign, actor=cast.commune_officer, at=NOW)
    assert sees(cast, cast.provincial_officer) == [campaign]
    assert sees(cast, cast.stranger) == []
    assert not joined_campaigns(cast.scope(cast.provincial_officer)).exists()


def test_a_post_without_a_right_to_contents_sees_none(cast: Cast) -> None:
    scenes.opened(cast)
    auditor = create_post(unit=cast.local, title="Kiểm tra", roles=[Role.AUDITOR], start=TODAY, actor=SETUP, at=NOW)
    assert sees(cast, auditor) == []


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"name": " "}, "name"),
        ({"purpose": ""}, "purpose"),
        ({"last_day": scenes.FIRST - dt.timedelta(days=1)}, "last_day"),
        ({"last_day": scenes.FIRST + dt.timedelta(days=800)}, "last_day"),
        ({"kinds": []}, "kinds"),
        ({"kinds": ["department"]}, "kinds"),
    ],
)
def test_what_is_wrong_is_named_at_its_field(cast: Cast, changed: dict[str, object], where: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        scenes.drafted(cast, **changed)
    assert where in by_field(refusal.value)


def test_a_branch_must_lie_below_the_holder(cast: Cast) -> None:
    given = scenes.given(branches=[cast.sibling_commune])
    with pytest.raises(InvalidInput) as refusal:
        create_campaign(unit=cast.commune, given=given, actor=cast.commune_officer, at=NOW)
    assert "branches" in by_field(refusal.value)


@pytest.mark.parametrize("field", ["name", "purpose"])
def test_a_campaign_for_a_refused_purpose_is_refused(cast: Cast, field: str) -> None:
    with pytest.raises(BoundaryRefused):
        scenes.drafted(cast, **{field: scenes.REFUSED})
    assert not Campaign.objects.exists()


def test_a_double_tap_makes_one(cast: Cast) -> None:
    assert scenes.drafted(cast, client_key="k").pk == scenes.drafted(cast, client_key="k").pk


def test_an_open_campaign_is_no_longer_edited(cast: Cast) -> None:
    campaign = scenes.drafted(cast)
    edit_campaign(campaign=campaign, given=scenes.given(name="Tên khác"), actor=cast.provincial_officer, at=NOW)
    with pytest.raises(Conflict, match="chưa chọn loại hoạt động"):
        open_campaign(campaign=campaign, actor=cast.provincial_officer, at=NOW)
    given = scenes.given(types=scenes.kinds())
    edit_campaign(campaign=campaign, given=given, actor=cast.provincial_officer, at=NOW)
    open_campaign(campaign=campaign, actor=cast.provincial_officer, at=NOW)
    with pytest.raises(Conflict):
        edit_campaign(campaign=campaign, given=given, actor=cast.provincial_officer, at=NOW)


def test_more_time_needs_a_reason_and_a_later_day(cast: Cast) -> None:
    campaign, later = scenes.opened(cast), dt.date(2026, 4, 15)
    actor = cast.provincial_officer
    with pytest.raises(InvalidInput):
        extend(campaign=campaign, last_day=later, reason=" ", actor=actor, at=NOW)
    with pytest.raises(InvalidInput):
        extend(campaign=campaign, last_day=scenes.LAST, reason="mưa lũ", actor=actor, at=NOW)
    with pytest.raises(BoundaryRefused):
        extend(campaign=campaign, last_day=later, reason=scenes.REFUSED, actor=actor, at=NOW)
    assert extend(campaign=campaign, last_day=later, reason="mưa lũ", actor=actor, at=NOW).last_day == later
    step = campaign.steps.get(kind="extended")
    assert (step.reason, step.last_day) == ("mưa lũ", later)


def test_a_cancelled_one_stays_to_be_read_with_its_reason_and_takes_no_session(cast: Cast) -> None:
    campaign = scenes.opened(cast)
    cancel(campaign=campaign, reason="gộp vào đợt của tỉnh", actor=cast.provincial_officer, at=NOW)
    assert sees(cast, cast.local_volunteer)[0].state == CampaignState.CANCELLED
    with pytest.raises(Conflict):
        scenes.talked(campaign, cast.local_volunteer)


def test_closing_twice_is_harmless_and_a_closed_one_is_not_cancelled(cast: Cast) -> None:
    campaign = scenes.opened(cast)
    for _ in range(2):
        close(campaign=campaign, actor=cast.provincial_officer, at=NOW)
    assert campaign.steps.filter(kind="closed").count() == 1
    with pytest.raises(Conflict):
        cancel(campaign=campaign, reason="nhầm", actor=cast.provincial_officer, at=NOW)


def test_only_the_holder_decides(cast: Cast) -> None:
    campaign = scenes.opened(cast)
    with pytest.raises(NotFound):
        close(campaign=campaign, actor=cast.local_volunteer, at=NOW)
    with pytest.raises(NotAllowed):
        close(campaign=campaign, actor=cast.clerk, at=NOW)
