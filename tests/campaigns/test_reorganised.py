"""Campaigns, their branches and goals when units end."""

from __future__ import annotations

import datetime as dt

from nhipcau.campaigns.coverage import cover
from nhipcau.campaigns.goals import Asked, set_goals
from nhipcau.campaigns.models import Campaign, CampaignGoal, CampaignState, CampaignStep
from nhipcau.org.event_file import read_event
from nhipcau.org.models import Reorganisation, Unit
from nhipcau.org.reorganising import preview, undo
from tests.campaigns import scenes
from tests.cast import NOW, SETUP, Cast, unit
from tests.reorganisations import AFTER, SPLIT, file, happen

LONG = {"last_day": dt.date(2026, 12, 31)}
MERGER = "event,81/QĐ-LĐLĐ,Sáp nhập,,,2026-10-01\nsap-nhap,XA,,,,,,,,,,XB\n"
DISSOLVED = "event,82/QĐ-LĐLĐ,Giải thể,,,2026-10-01\ngiai-the,XA\nmove,A1,,,XB\nmove,A2,,,XB\n"
ALONE = "event,83/QĐ-LĐLĐ,Giải thể,,,2026-10-01\ngiai-the,A1\n"


def held(cast: Cast, by: Unit) -> Campaign:
    campaign = scenes.opened(cast, **LONG)
    Campaign.objects.filter(pk=campaign.pk).update(unit=by)
    campaign.refresh_from_db()
    return campaign


def effects(rows: str) -> list[tuple[str, str, str]]:
    touched = preview(event=read_event(file(rows)), actor=SETUP, at=AFTER).touched
    return [(one.unit, one.to, one.how) for part in touched if part.name == "campaigns" for one in part.effects]


def test_the_successor_holds_it_for_the_units_that_came_with_it(cast: Cast) -> None:
    campaign = held(cast, cast.commune)
    assert effects(MERGER) == [("Công đoàn xã An Hải", "Công đoàn phường Bình Sơn", "chuyển sang, tổ chức tiếp")]
    happen(MERGER, AFTER)
    campaign.refresh_from_db()
    assert campaign.unit == cast.sibling_commune
    assert set(campaign.branches.all()) == {cast.local, cast.other_local}
    step = CampaignStep.objects.get(campaign=campaign, kind="passed")
    assert "81/QĐ-LĐLĐ" in step.reason
    assert cover(campaign, AFTER).at(cast.sibling_commune).expected == 2, "B1 was never asked"


def test_without_a_successor_the_level_above_goes_on(cast: Cast) -> None:
    campaign = held(cast, cast.commune)
    happen(DISSOLVED, AFTER)
    campaign.refresh_from_db()
    assert (campaign.unit, campaign.state) == (cast.province, CampaignState.OPEN)
    assert set(campaign.branches.all()) == {cast.local, cast.other_local}


def test_with_nobody_left_below_it_is_called_off_and_says_why(cast: Cast) -> None:
    campaign = held(cast, cast.local)
    assert effects(ALONE) == [("Công đoàn cơ sở Công ty May Hải Âu", "", "hủy bỏ, không có đơn vị kế thừa")]
    happen(ALONE, AFTER)
    campaign.refresh_from_db()
    assert campaign.state == CampaignState.CANCELLED
    assert "không có đơn vị kế thừa" in CampaignStep.objects.get(campaign=campaign, kind="cancelled").reason


def test_a_branch_that_ends_takes_part_where_it_now_lies(cast: Cast) -> None:
    campaign = scenes.opened(cast, branches=[cast.commune], **LONG)
    happen(SPLIT, AFTER)
    assert set(campaign.branches.all()) == {cast.commune, unit("XC"), cast.local}
    assert cover(campaign, AFTER).at(cast.province).expected == 2


def test_goals_go_to_the_heirs_by_their_shares_and_the_whole_stays(cast: Cast) -> None:
    campaign = scenes.opened(cast, **LONG)
    for to, value in ((cast.commune, 90), (cast.sibling_commune, 10)):
        set_goals(
            campaign=campaign, unit=to, asked={"sessions": Asked(value)}, actor=cast.provincial_officer, at=NOW
        )
    assert [one[1] for one in effects(SPLIT)] == ["Công đoàn phường Hải Long", "Công đoàn phường Bình Sơn"]
    happen(SPLIT, AFTER)
    goals = dict(CampaignGoal.objects.values_list("unit", "value"))
    assert goals == {cast.commune.pk: 0, unit("XC").pk: 60, cast.sibling_commune.pk: 40}
    assert cover(campaign, AFTER).at(cast.province).goals["sessions"] == 100


def test_a_share_of_the_members_is_not_added_up(cast: Cast) -> None:
    campaign = scenes.opened(cast, **LONG)
    for to, value in ((cast.commune, 90), (cast.sibling_commune, 50)):
        asked = {"reached": Asked(value, of_members=True)}
        set_goals(campaign=campaign, unit=to, asked=asked, actor=cast.provincial_officer, at=NOW)
    happen(MERGER, AFTER)
    assert CampaignGoal.objects.get(unit=cast.sibling_commune).value == 50


def test_a_campaign_that_is_cancelled_stays_where_it_was(cast: Cast) -> None:
    campaign = held(cast, cast.commune)
    Campaign.objects.filter(pk=campaign.pk).update(state=CampaignState.CANCELLED)
    assert effects(MERGER) == []


def test_undoing_puts_all_of_it_back(cast: Cast) -> None:
    campaign = scenes.opened(cast, branches=[cast.commune], **LONG)
    set_goals(
        campaign=campaign,
        unit=cast.commune,
        asked={"sessions": Asked(90)},
        actor=cast.provincial_officer,
        at=NOW,
    )
    Campaign.objects.create(
        unit=cast.commune, name="Tháng Công nhân", purpose="Quà", first_day=NOW, last_day=AFTER, created_at=NOW
    )
    models = (Campaign, Campaign.branches.through, CampaignGoal, CampaignStep)
    before = [sorted(model.objects.values_list(), key=str) for model in models]
    happen(SPLIT, AFTER)
    assert [sorted(model.objects.values_list(), key=str) for model in models] != before
    undo(event=Reorganisation.objects.get(), actor=SETUP, at=AFTER)
    assert [sorted(model.objects.values_list(), key=str) for model in models] == before
