"""Ready-made campaigns: complete, within the boundary, and drafts to be changed like any other."""

from __future__ import annotations

import datetime as dt

import pytest

from nhipcau.activities.models import ActivityType
from nhipcau.campaigns.counts import counts_of
from nhipcau.campaigns.coverage import cover
from nhipcau.campaigns.models import Campaign, CampaignState
from nhipcau.campaigns.queries import visible_campaigns
from nhipcau.campaigns.questions import faults_of
from nhipcau.campaigns.ready import Ready, all_ready, get_ready, start
from nhipcau.core.errors import NotFound
from nhipcau.org.models import UnitKind
from tests.cast import NOW, TODAY, Cast

EACH = pytest.mark.parametrize("ready", all_ready(), ids=lambda one: one.code)


def started(cast: Cast, ready: Ready) -> Campaign:
    return start(ready=ready, unit=cast.province, actor=cast.provincial_officer, at=NOW)


def test_all_seven_are_there() -> None:
    assert {one.code for one in all_ready()} == {
        "an-toan-giao-thong",
        "an-toan-lao-dong",
        "cham-lo-tet",
        "hieu-luat-lao-dong",
        "kiem-chung-tin",
        "phong-chong-ma-tuy-hiv",
        "phong-chong-mua-ban-nguoi",
    }
    with pytest.raises(NotFound):
        get_ready("khong-co")


@EACH
def test_each_has_purpose_material_and_ten_questions_with_right_answers(ready: Ready) -> None:
    assert ready.purpose and len(ready.materials) >= 2 and any(one.public for one in ready.materials)
    assert len(ready.questions) == 10
    assert not [fault for question in ready.questions for fault in faults_of(question)]
    assert len({question.right for question in ready.questions}) == 3, "the right answer stands in every place"


@EACH
def test_each_passes_the_boundary_and_becomes_a_draft_of_the_unit_alone(cast: Cast, ready: Ready) -> None:
    """Every text goes through the actions, hence through the guard."""
    campaign = started(cast, ready)
    assert campaign.state == CampaignState.DRAFT
    assert not visible_campaigns(cast.scope(cast.commune_officer)).exists()
    assert len(campaign.quizzes.get().questions) == 10
    assert set(campaign.kinds) <= set(UnitKind.objects.values_list("code", flat=True))
    keys = [one.key for one in counts_of(campaign)]
    assert keys[0] == "sessions" and len(set(keys)) == len(keys)
    assert cover(campaign, NOW).at(cast.province).goals["sessions"] == 3


def test_two_units_share_the_kinds_of_session(cast: Cast) -> None:
    ready = get_ready("an-toan-lao-dong")
    started(cast, ready)
    count = ActivityType.objects.count()
    start(ready=ready, unit=cast.commune, actor=cast.commune_officer, at=NOW)
    assert ActivityType.objects.count() == count


def test_the_usual_days_are_the_next_that_come_round() -> None:
    ready = get_ready("an-toan-lao-dong")
    assert ready.days(TODAY) == (dt.date(2026, 5, 1), dt.date(2026, 5, 31))
    assert ready.days(dt.date(2026, 6, 1)) == (dt.date(2027, 5, 1), dt.date(2027, 5, 31))
    assert get_ready("cham-lo-tet").days(TODAY)[0] == TODAY
