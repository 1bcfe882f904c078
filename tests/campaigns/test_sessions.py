"""A volunteer records a session for a campaign: an activity of the register that counts in it."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from nhipcau.activities.actions import log_activity, withdraw_activity
from nhipcau.activities.checking import ActivityInput
from nhipcau.activities.models import Activity, ActivityType
from nhipcau.audit.models import Entry
from nhipcau.boundary import BoundaryRefused
from nhipcau.campaigns.actions import close
from nhipcau.campaigns.models import CampaignSession
from nhipcau.campaigns.queries import countable, sessions_of
from nhipcau.campaigns.sessions import count_session, record_session, uncount_session
from nhipcau.core.errors import Conflict, InvalidInput, NotFound
from tests.campaigns import scenes
from tests.cast import NOW, Cast
from tests.refusals import by_field

GIVEN = ActivityInput(held_on=dt.date(2026, 3, 10), values={"talks": 1, "came": 30})


def talk() -> ActivityType:
    return ActivityType.objects.get(code="noi_chuyen")


def test_it_stands_in_the_register_and_counts_in_the_campaign(cast: Cast) -> None:
    campaign = scenes.opened(cast)
    activity = scenes.talked(campaign, cast.local_volunteer, came=30)
    assert scenes.counted_in(activity) == campaign
    assert Entry.objects.filter(action="campaigns.session_counted").count() == 1


def test_a_double_tap_counts_once(cast: Cast) -> None:
    campaign = scenes.opened(cast)
    given = dataclasses.replace(GIVEN, client_key="k")
    for _ in range(2):
        record_session(
            campaign=campaign, unit=cast.local, kind=talk(), given=given, actor=cast.local_volunteer, at=NOW
        )
    assert CampaignSession.objects.count() == Activity.objects.count() == 1


@pytest.mark.parametrize("day", [dt.date(2026, 2, 28), dt.date(2025, 12, 1)])
def test_a_day_outside_the_campaign_is_refused_and_nothing_is_recorded(cast: Cast, day: dt.date) -> None:
    campaign = scenes.opened(cast)
    given = dataclasses.replace(GIVEN, held_on=day)
    with pytest.raises(InvalidInput) as refusal:
        record_session(
            campaign=campaign, unit=cast.local, kind=talk(), given=given, actor=cast.local_volunteer, at=NOW
        )
    assert "held_on" in by_field(refusal.value)
    assert not Activity.objects.exists()


def test_a_kind_of_activity_that_is_no_session_is_refused(cast: Cast) -> None:
    campaign = scenes.opened(cast)
    campaign.types.filter(type=talk()).delete()
    with pytest.raises(InvalidInput, match="không được tính là buổi"):
        scenes.talked(campaign, cast.local_volunteer)


def test_what_crosses_the_boundary_is_refused_and_the_refusal_is_logged(cast: Cast) -> None:
    campaign = scenes.opened(cast)
    given = dataclasses.replace(GIVEN, title=scenes.REFUSED)
    with pytest.raises(BoundaryRefused):
        record_session(
            campaign=campaign, unit=cast.local, kind=talk(), given=given, actor=cast.local_volunteer, at=NOW
        )
    assert Entry.objects.filter(action="boundary.refused").exists()
    assert not Activity.objects.exists()


def test_nobody_records_for_a_campaign_that_does_not_concern_it(cast: Cast) -> None:
    campaign = scenes.opened(cast, branches=[cast.commune])
    with pytest.raises(NotFound):
        scenes.talked(campaign, cast.stranger)


def test_a_session_recorded_before_is_counted_afterwards_and_taken_out_again(cast: Cast) -> None:
    campaign = scenes.opened(cast)
    held = log_activity(unit=cast.local, kind=talk(), given=GIVEN, actor=cast.local_volunteer, at=NOW)
    assert list(countable(campaign, cast.scope(cast.local_volunteer))) == [held]
    for _ in range(2):
        count_session(campaign=campaign, activity=held, actor=cast.local_volunteer, at=NOW)
    assert list(countable(campaign, cast.scope(cast.local_volunteer))) == []
    uncount_session(campaign=campaign, activity=held, actor=cast.local_volunteer, at=NOW)
    assert scenes.counted_in(held) is None
    assert Activity.objects.filter(pk=held.pk, state="recorded").exists()


def test_one_session_counts_in_one_campaign(cast: Cast) -> None:
    first, second = scenes.opened(cast), scenes.opened(cast, name="Tuần lễ phòng cháy")
    held = scenes.talked(first, cast.local_volunteer)
    with pytest.raises(Conflict, match="một buổi chỉ tính một lần"):
        count_session(campaign=second, activity=held, actor=cast.local_volunteer, at=NOW)


def test_a_withdrawn_activity_cannot_be_counted(cast: Cast) -> None:
    campaign = scenes.opened(cast)
    held = log_activity(unit=cast.local, kind=talk(), given=GIVEN, actor=cast.local_volunteer, at=NOW)
    withdraw_activity(activity=held, reason="ghi nhầm", actor=cast.local_volunteer, at=NOW)
    with pytest.raises(Conflict):
        count_session(campaign=campaign, activity=held, actor=cast.local_volunteer, at=NOW)


def test_after_the_close_nothing_is_counted_in_or_out(cast: Cast) -> None:
    campaign = scenes.opened(cast)
    held = scenes.talked(campaign, cast.local_volunteer)
    close(campaign=campaign, actor=cast.provincial_officer, at=NOW)
    campaign.refresh_from_db()
    with pytest.raises(Conflict):
        uncount_session(campaign=campaign, activity=held, actor=cast.local_volunteer, at=NOW)
    with pytest.raises(Conflict):
        scenes.talked(campaign, cast.local_volunteer)


def test_peers_do_not_see_each_others_sessions(cast: Cast) -> None:
    campaign = scenes.opened(cast)
    held = scenes.talked(campaign, cast.local_volunteer)
    assert list(sessions_of(campaign, cast.scope(cast.commune_officer))) == [held]
    assert list(sessions_of(campaign, cast.scope(cast.stranger))) == []
