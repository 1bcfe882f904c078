"""Work done together is recorded once; each partner says whether it took part."""

from __future__ import annotations

import pytest

from nhipcau.activities.joint import answer_partnership
from nhipcau.activities.models import ActivityPartner
from nhipcau.activities.queries import declined, get_activity_for, get_partner_for, to_confirm
from nhipcau.audit.models import Entry
from nhipcau.boundary import BoundaryRefused
from nhipcau.core.errors import InvalidInput, NotAllowed, NotFound
from nhipcau.org.actions import create_post
from nhipcau.org.models import Post, Role
from tests.activities.conftest import REFUSED, Log
from tests.cast import NOW, SETUP, TODAY, Cast
from tests.refusals import by_field


@pytest.fixture
def neighbour(cast: Cast) -> Post:
    """An officer of the other local union of the same commune."""
    start = TODAY
    return create_post(
        unit=cast.other_local, title="Chủ tịch", roles=[Role.BOARD], start=start, actor=SETUP, at=NOW
    )


def test_a_unit_written_by_its_full_name_or_code_is_asked_and_any_other_body_is_not(cast: Cast, log: Log) -> None:
    activity = log(
        partner_bodies=["công đoàn cơ sở trường tiểu học Hải Long", "XB", "Công đoàn xã An Hai", "Trạm y tế xã"]
    )
    units = {partner.unit_id for partner in activity.partners.all() if partner.unit_id}
    assert units == {cast.other_local.pk, cast.sibling_commune.pk}
    assert {one.outside for one in activity.partners.all()} >= {"Công đoàn xã An Hai", "Trạm y tế xã"}


def test_a_unit_is_no_partner_of_itself(cast: Cast, log: Log) -> None:
    with pytest.raises(InvalidInput) as refusal:
        log(partner_bodies=["A1"])
    assert "partner_bodies" in by_field(refusal.value)


def test_a_partner_sees_the_joint_one_alone_and_confirms_it_once(cast: Cast, log: Log, neighbour: Post) -> None:
    alone, together = log(), log(partner_bodies=["A2"])
    scope = cast.scope(neighbour)
    with pytest.raises(NotFound):
        get_activity_for(scope, alone.uid)
    [asked] = to_confirm(scope)
    assert asked.activity == together
    for _tap in (1, 2):
        answer_partnership(partner=asked, ours=True, actor=neighbour, at=NOW)
    assert ActivityPartner.objects.get().answer == "confirmed"
    assert Entry.objects.filter(action="activities.partner_confirmed").count() == 1
    assert not to_confirm(scope)


def test_not_us_comes_back_to_the_lead_and_can_be_changed(cast: Cast, log: Log, neighbour: Post) -> None:
    log(partner_bodies=["A2"])
    partner = ActivityPartner.objects.get()
    answer_partnership(partner=partner, ours=False, note="hôm đó họp ở xã", actor=neighbour, at=NOW)
    assert [one.note for one in declined(cast.scope(cast.local_volunteer))] == ["hôm đó họp ở xã"]
    answer_partnership(partner=partner, ours=True, actor=neighbour, at=NOW)
    assert not declined(cast.scope(cast.local_volunteer))


def test_nobody_answers_for_another_unit(cast: Cast, log: Log, neighbour: Post) -> None:
    activity = log(partner_bodies=["A2"])
    partner = ActivityPartner.objects.get()
    for post, refusal in (
        (cast.stranger, NotFound),
        (cast.commune_officer, NotAllowed),
        (cast.local_volunteer, NotFound),
    ):
        with pytest.raises(refusal):
            answer_partnership(partner=partner, ours=True, actor=post, at=NOW)
    with pytest.raises(NotFound):
        get_partner_for(cast.scope(cast.local_volunteer), activity.uid, partner.pk)


def test_for_an_outside_body_the_lead_names_the_paper_that_says_so(cast: Cast, log: Log) -> None:
    log(partner_bodies=["Trạm y tế xã"])
    partner = ActivityPartner.objects.get()
    with pytest.raises(InvalidInput) as refusal:
        answer_partnership(partner=partner, ours=True, actor=cast.local_volunteer, at=NOW)
    assert "note" in by_field(refusal.value)
    with pytest.raises(BoundaryRefused):
        answer_partnership(partner=partner, ours=True, note=REFUSED, actor=cast.local_volunteer, at=NOW)
    done = answer_partnership(partner=partner, ours=True, note="biên bản số 12", actor=cast.local_volunteer, at=NOW)
    assert (done.answer, done.note) == ("confirmed", "biên bản số 12")
