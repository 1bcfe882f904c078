"""A volunteer records what was done."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from nhipcau.activities.actions import define_type, log_activity, withdraw_activity
from nhipcau.activities.models import Activity, ActivityState, ActivityType
from nhipcau.activities.queries import counted, get_activity_for, visible_activities
from nhipcau.activities.types import parse_type
from nhipcau.audit.models import Entry
from nhipcau.boundary import BoundaryRefused
from nhipcau.core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from nhipcau.documents.storing.evidence import Paper
from nhipcau.org.actions import create_post
from nhipcau.org.models import Role
from tests.activities.conftest import GIVEN, REFUSED
from tests.cast import NOW, SETUP, TODAY, Cast
from tests.refusals import by_field


def log(cast: Cast, kind: ActivityType, **changed: object) -> Activity:
    given = dataclasses.replace(GIVEN, **changed)  # type: ignore[arg-type]
    return log_activity(unit=cast.local, kind=kind, given=given, actor=cast.local_volunteer, at=NOW)


def test_it_stands_in_the_register_and_in_the_log(cast: Cast, kind: ActivityType) -> None:
    activity = log(cast, kind)
    assert activity.values == {"gifts": 3, "money": 900_000}
    assert Entry.objects.get(action="activities.recorded").object == f"activity:{activity.uid}"


def test_a_double_tap_records_once(cast: Cast, kind: ActivityType) -> None:
    assert log(cast, kind, client_key="k1").pk == log(cast, kind, client_key="k1").pk


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"values": {"people": 3}}, "people"),
        ({"values": {"gifts": -1}}, "gifts"),
        ({"values": {"gifts": 10**16}}, "gifts"),
        ({"values": {}}, "gifts"),
        ({"facets": {"giver": "nobody"}}, "giver"),
        ({"held_on": TODAY + dt.timedelta(days=1)}, "held_on"),
    ],
)
def test_what_is_wrong_is_named_at_its_field(
    cast: Cast, kind: ActivityType, changed: dict[str, object], where: str
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        log(cast, kind, **changed)
    assert where in by_field(refusal.value)
    assert not Activity.objects.exists()


@pytest.mark.parametrize(
    "changed",
    [
        {"title": REFUSED},
        {"place": REFUSED},
        {"paper_location": REFUSED},
        {"partner_bodies": [REFUSED]},
        {"papers": [Paper(f"{REFUSED}.pdf", b"%PDF-1.4")]},
    ],
)
def test_refused_text_is_refused_in_every_field(cast: Cast, kind: ActivityType, changed: dict[str, object]) -> None:
    with pytest.raises(BoundaryRefused):
        log(cast, kind, **changed)
    assert not Activity.objects.exists()


def test_a_photograph_is_refused_as_long_as_faces_cannot_be_blurred(cast: Cast, kind: ActivityType) -> None:
    with pytest.raises(InvalidInput) as refusal:
        log(cast, kind, papers=[Paper("buoi hop.jpg", b"\xff\xd8\xff")])
    assert "khuôn mặt" in refusal.value.faults[0].message
    assert not Activity.objects.exists()


def test_joint_work_counts_in_the_lead_alone_and_the_partner_sees_it(cast: Cast, kind: ActivityType) -> None:
    activity = log(cast, kind, partner_units=[cast.other_local], partner_bodies=["Ủy ban nhân dân xã An Hải"])
    first, last = dt.date(2026, 1, 1), dt.date(2026, 3, 31)
    assert list(counted(cast.local, "tang_qua", first, last)) == [activity]
    assert list(counted(cast.other_local, "tang_qua", first, last)) == []
    assert list(visible_activities(cast.scope(cast.commune_officer))) == [activity]


def test_a_stranger_can_neither_see_nor_record_it(cast: Cast, kind: ActivityType) -> None:
    activity = log(cast, kind)
    with pytest.raises(NotFound):
        get_activity_for(cast.scope(cast.stranger), activity.uid)
    with pytest.raises(NotFound):
        log_activity(unit=cast.local, kind=kind, given=GIVEN, actor=cast.stranger, at=NOW)
    with pytest.raises(NotAllowed):
        log_activity(unit=cast.local, kind=kind, given=GIVEN, actor=cast.commune_officer, at=NOW)


def test_a_post_without_a_right_to_contents_neither_reads_nor_writes(cast: Cast, kind: ActivityType) -> None:
    activity = log(cast, kind)
    auditor = create_post(unit=cast.local, title="Kiểm tra", roles=[Role.AUDITOR], start=TODAY, actor=SETUP, at=NOW)
    with pytest.raises(NotFound):
        get_activity_for(cast.scope(auditor), activity.uid)
    with pytest.raises(NotAllowed):
        log_activity(unit=cast.local, kind=kind, given=GIVEN, actor=auditor, at=NOW)


def test_a_withdrawn_activity_stays_but_no_longer_counts(cast: Cast, kind: ActivityType) -> None:
    activity = log(cast, kind)
    with pytest.raises(InvalidInput):
        withdraw_activity(activity=activity, reason=" ", actor=cast.local_volunteer, at=NOW)
    with pytest.raises(NotAllowed):
        withdraw_activity(activity=activity, reason="ghi nhầm", actor=cast.commune_officer, at=NOW)
    gone = withdraw_activity(activity=activity, reason="ghi nhầm ngày", actor=cast.local_volunteer, at=NOW)
    assert (gone.state, gone.withdrawn_reason) == (ActivityState.WITHDRAWN, "ghi nhầm ngày")
    assert list(counted(cast.local, "tang_qua", dt.date(2026, 1, 1), TODAY)) == []


def test_a_key_of_another_unit_is_no_way_to_its_activity(cast: Cast, kind: ActivityType) -> None:
    log(cast, kind, client_key="k1")
    given = dataclasses.replace(GIVEN, client_key="k1")
    with pytest.raises(Conflict):
        log_activity(unit=cast.sibling_commune, kind=kind, given=given, actor=cast.stranger, at=NOW)


def test_a_type_in_use_keeps_its_measures(cast: Cast, kind: ActivityType) -> None:
    log(cast, kind)
    fewer = parse_type(
        {"code": "tang_qua", "label": "Tặng quà", "measures": [{"code": "gifts", "label": "Suất", "unit": "suất"}]}
    )
    with pytest.raises(Conflict, match="Số tiền"):
        define_type(definition=fewer, actor=SETUP, at=NOW)


@pytest.mark.parametrize("field", ["label", "label_en", "unit"])
def test_a_type_that_counts_what_is_refused_is_refused(cast: Cast, field: str) -> None:
    measure = {"code": "n", "label": "Số lượt", "unit": "lượt"} | {field: REFUSED}
    raw = {"code": "x", "label": "Theo dõi", "measures": [measure]}
    with pytest.raises(BoundaryRefused):
        define_type(definition=parse_type(raw), actor=SETUP, at=NOW)
