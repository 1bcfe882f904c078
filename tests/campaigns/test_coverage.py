"""Who held a session, who has not yet, and what it came to: at every level, from the register."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nhipcau.activities.actions import define_type, withdraw_activity
from nhipcau.activities.checking import ActivityInput
from nhipcau.activities.correcting import correct_activity
from nhipcau.activities.types import parse_type
from nhipcau.boundary import BoundaryRefused, ReviewNeeded
from nhipcau.campaigns.actions import create_campaign
from nhipcau.campaigns.counts import reach_in_words
from nhipcau.campaigns.coverage import cover
from nhipcau.campaigns.goals import Asked, set_goals
from nhipcau.campaigns.models import Campaign
from nhipcau.campaigns.queries import ending_without_session, sessions_of
from nhipcau.core.errors import InvalidInput
from nhipcau.org.actions import create_post
from nhipcau.org.models import Post, Role, Unit
from tests.campaigns import scenes
from tests.cast import NOW, SETUP, Cast


def officer(unit: Unit) -> Post:
    roles = [Role.BOARD]
    return create_post(unit=unit, title="Chủ tịch", roles=roles, start=dt.date(2025, 7, 1), actor=SETUP, at=NOW)


def test_units_members_and_sums_add_up_at_every_level(cast: Cast) -> None:
    campaign = scenes.opened(cast)
    scenes.talked(campaign, cast.local_volunteer, talks=2, came=300)
    scenes.talked(campaign, officer(cast.sibling_local), came=150)
    found = cover(campaign, NOW)
    whole, commune, local = found.at(cast.province), found.at(cast.commune), found.at(cast.local)
    assert (whole.held, whole.expected, whole.members) == (2, 3, 635)
    assert (commune.held, commune.expected, commune.members) == (1, 2, 455)
    assert (local.held, local.expected) == (1, 1)
    assert (whole.counts["sessions"], whole.counts["reached"]) == (3, 450)
    assert whole.counts == {
        key: sum(part.counts[key] for part in (*found.below(cast.province), found.own(cast.province)))
        for key in whole.counts
    }


def test_the_figures_of_a_nation_take_the_same_few_queries_as_those_of_one_unit(cast: Cast) -> None:
    campaign = scenes.opened(cast)
    cover(campaign, NOW)  # the tree is kept
    with CaptureQueriesContext(
        connection,
    ) as few:
        cover(campaign, NOW)
    for post in (cast.local_volunteer, officer(cast.other_local), officer(cast.sibling_local)):
        scenes.talked(campaign, post)
    with CaptureQueriesContext(connection) as many:
        cover(campaign, NOW)
    assert len(many) == len(few)


def test_what_a_middle_unit_did_itself_is_its_own_line(cast: Cast) -> None:
    campaign = scenes.opened(cast)
    scenes.talked(campaign, cast.commune_officer, came=40)
    found = cover(campaign, NOW)
    assert found.own(cast.commune).counts["reached"] == found.at(cast.commune).counts["reached"] == 40
    assert found.at(cast.commune).held == 0


def test_a_partner_has_taken_part_but_its_figures_stay_with_the_lead(cast: Cast) -> None:
    campaign = scenes.opened(cast)
    scenes.talked(campaign, cast.commune_officer, came=40, partners=(cast.other_local,))
    found = cover(campaign, NOW)
    assert found.at(cast.other_local).held == 1
    assert found.at(cast.other_local).counts["reached"] == 0
    assert found.without_session(cast.commune) == [cast.local.pk]


def test_a_withdrawn_session_no_longer_counts(cast: Cast) -> None:
    campaign = scenes.opened(cast)
    held = scenes.talked(campaign, cast.local_volunteer, came=5)
    withdraw_activity(activity=held, reason="ghi nhầm", actor=cast.local_volunteer, at=NOW)
    assert cover(campaign, NOW).at(cast.province).held == 0


def test_only_the_chosen_branches_are_expected(cast: Cast) -> None:
    found = cover(scenes.opened(cast, branches=[cast.sibling_commune]), NOW)
    assert (found.at(cast.province).expected, found.at(cast.commune).expected) == (1, 0)


def test_kinds_of_a_higher_level_can_be_asked_too(cast: Cast) -> None:
    found = cover(scenes.opened(cast, kinds=["commune", "local"]), NOW)
    assert found.at(cast.province).expected == 5


def test_attendances_are_never_a_share_over_all_members() -> None:
    assert "82 %" in reach_in_words(1240, 1500)
    beyond = reach_in_words(2240, 1500)
    assert "%" not in beyond and "tổng lượt" in beyond
    assert "%" not in beyond.en and "added up" in beyond.en


def asked(campaign: Campaign, cast: Cast, unit: Unit | None, **goals: Asked | None) -> None:
    set_goals(campaign=campaign, unit=unit, asked=goals, actor=cast.provincial_officer, at=NOW)


def test_a_goal_for_every_unit_adds_up_over_those_expected(cast: Cast) -> None:
    campaign = scenes.opened(cast)
    asked(campaign, cast, None, sessions=Asked(2), reached=Asked(50, of_members=True))
    found = cover(campaign, NOW)
    assert found.at(cast.province).goals == {"sessions": 6, "reached": 210 + 18 + 90}
    assert found.at(cast.other_local).goals == {"sessions": 2, "reached": 18}


def test_a_unit_s_own_goal_stands_for_all_below_it(cast: Cast) -> None:
    campaign = scenes.opened(cast)
    asked(campaign, cast, None, sessions=Asked(1))
    asked(campaign, cast, cast.commune, sessions=Asked(10))
    asked(campaign, cast, cast.local, sessions=Asked(4))
    found = cover(campaign, NOW)
    assert [found.at(u).goals["sessions"] for u in (cast.province, cast.commune, cast.local)] == [11, 10, 4]
    asked(campaign, cast, cast.commune, sessions=None)
    assert cover(campaign, NOW).at(cast.commune).goals["sessions"] == 5


def test_where_nothing_was_asked_there_is_no_goal(cast: Cast) -> None:
    campaign = scenes.opened(cast)
    asked(campaign, cast, cast.commune, sessions=Asked(10))
    found = cover(campaign, NOW)
    assert found.at(cast.sibling_commune).goals == {}
    assert found.at(cast.province).goals == {"sessions": 10}


@pytest.mark.parametrize(
    "goals", [{"sessions": Asked(-1)}, {"sessions": Asked(5, of_members=True)}, {"x": Asked(1)}]
)
def test_a_goal_that_makes_no_sense_is_refused(cast: Cast, goals: dict[str, Asked]) -> None:
    with pytest.raises(InvalidInput):
        asked(scenes.opened(cast), cast, None, **goals)


def test_attending_political_study_is_never_a_target(cast: Cast) -> None:
    campaign = scenes.opened(cast, name="Học tập nghị quyết đại hội")
    with pytest.raises(BoundaryRefused):
        asked(campaign, cast, None, reached=Asked(90, of_members=True))
    assert not campaign.goals.exists()


@pytest.mark.parametrize(
    ("label", "counted"),
    [
        ("Giải quyết tranh chấp lao động", "Số vụ"),
        ("Ngừng việc đã giải quyết xong", "Số vụ"),
        ("Bồi dưỡng lý luận", "Số học viên"),
    ],
)
def test_nobody_sets_a_number_for_disputes_stoppages_or_study(cast: Cast, label: str, counted: str) -> None:
    raw = {"code": "khac", "label": label, "measures": [{"code": "cases", "label": counted, "unit": "vụ"}]}
    kind = define_type(definition=parse_type(raw), actor=SETUP, at=NOW)
    campaign = create_campaign(
        unit=cast.province, given=scenes.given(types=[kind]), actor=cast.provincial_officer, at=NOW
    )
    with pytest.raises(InvalidInput, match="mục tiêu"):
        asked(campaign, cast, None, **{"khac.cases": Asked(3)})
    assert not campaign.goals.exists()


@pytest.mark.parametrize("changed", [{"name": "Kéo giảm khiếu nại"}, {"purpose": "Mỗi nơi giảm số vụ ngừng việc."}])
def test_what_the_campaign_is_for_counts_too(cast: Cast, changed: dict[str, str]) -> None:
    campaign = scenes.opened(cast)
    Campaign.objects.filter(pk=campaign.pk).update(**{"purpose": "Đi thăm cơ sở.", **changed})
    campaign.refresh_from_db()
    with pytest.raises((InvalidInput, ReviewNeeded)):
        asked(campaign, cast, None, sessions=Asked(1))


def test_near_the_end_a_unit_without_a_session_is_reminded_and_others_are_not(cast: Cast) -> None:
    campaign = scenes.opened(cast)
    local, commune = cast.scope(cast.local_volunteer), cast.scope(cast.commune_officer)
    month, week = dt.timedelta(days=31), dt.timedelta(days=7)
    assert ending_without_session(local, month) == [campaign]
    assert ending_without_session(local, week) == []
    assert ending_without_session(commune, month) == []
    scenes.talked(campaign, cast.local_volunteer)
    assert ending_without_session(local, month) == []


def test_a_session_whose_day_was_put_outside_the_campaign_counts_for_nobody(cast: Cast) -> None:
    campaign = scenes.opened(cast)
    held = scenes.talked(campaign, cast.commune_officer, came=40, partners=(cast.other_local,))
    right = ActivityInput(
        held_on=dt.date(2026, 2, 10), values={"talks": 1, "came": 40}, partner_units=(cast.other_local,)
    )
    correct_activity(
        activity=held, given=right, edits=0, reason="ghi nhầm ngày", actor=cast.commune_officer, at=NOW
    )
    found = cover(campaign, NOW)
    assert (found.at(cast.commune).counts["reached"], found.at(cast.other_local).held) == (0, 0)
    assert not sessions_of(campaign, cast.scope(cast.provincial_officer)).exists()
