"""A partner that ends: whoever takes its place answers, or nobody is asked any more."""

from __future__ import annotations

import pytest

from nhipcau.activities.joint import answer_partnership
from nhipcau.activities.models import ActivityPartner
from nhipcau.activities.queries import get_activity_for, get_partner_for, to_confirm
from nhipcau.activities.verifying import ActivityProof
from nhipcau.core.errors import Conflict, NotAllowed
from nhipcau.org.event_file import read_event
from nhipcau.org.models import Reorganisation
from nhipcau.org.reorganising import preview, undo
from tests.activities.conftest import Log
from tests.cast import SETUP, Cast
from tests.reorganisations import AFTER, file, happen

MERGER = "event,81/QĐ-LĐLĐ,Sáp nhập,,,2026-10-01\nsap-nhap,XA,,,,,,,,,,XB\n"
DISSOLVED = "event,82/QĐ-LĐLĐ,Giải thể,,,2026-10-01\ngiai-the,XA\nmove,A1,,,XB\nmove,A2,,,XB\n"


def effects(rows: str) -> list[tuple[str, str, str]]:
    touched = preview(event=read_event(file(rows)), actor=SETUP, at=AFTER).touched
    return [(one.unit, one.to, one.how) for part in touched if part.name == "activities" for one in part.effects]


def test_the_successor_answers_and_the_record_keeps_the_partner_it_names(cast: Cast, log: Log) -> None:
    activity = log(partner_bodies=["XA"])
    assert effects(MERGER) == [("Công đoàn xã An Hải", "Công đoàn phường Bình Sơn", "trả lời thay")]
    happen(MERGER, AFTER)
    scope = cast.scope(cast.stranger, AFTER)
    [asked] = to_confirm(scope)
    assert (asked.unit, asked.heir) == (cast.commune, cast.sibling_commune)
    assert list(ActivityProof().findings(lambda _count: None)) == []
    assert get_activity_for(scope, activity.uid) == activity
    answer_partnership(
        partner=get_partner_for(scope, activity.uid, asked.pk), ours=True, actor=cast.stranger, at=AFTER
    )
    assert not to_confirm(scope)


def test_the_old_partner_can_answer_no_more(cast: Cast, log: Log) -> None:
    log(partner_bodies=["XA"])
    happen(MERGER, AFTER)
    with pytest.raises(NotAllowed):
        answer_partnership(
            partner=ActivityPartner.objects.get(), ours=True, actor=cast.provincial_officer, at=AFTER
        )


def test_without_a_successor_nobody_is_asked_and_the_record_says_why(cast: Cast, log: Log) -> None:
    log(partner_bodies=["XA"])
    happen(DISSOLVED, AFTER)
    partner = ActivityPartner.objects.get()
    assert partner.answer == "lapsed"
    assert partner.note == (
        "Đơn vị kết thúc hoạt động từ 01/10/2026 theo 82/QĐ-LĐLĐ: thôi hỏi, không có đơn vị kế thừa."
    )


def test_a_partner_that_merges_into_the_lead_is_asked_no_more(cast: Cast, log: Log) -> None:
    log(partner_bodies=["A2"])
    happen("event,83/QĐ-LĐLĐ,Sáp nhập,,,2026-10-01\nsap-nhap,A2,,,,,,,,,,A1\n", AFTER)
    assert ActivityPartner.objects.get().answer == "lapsed"


def test_what_was_answered_stays(cast: Cast, log: Log) -> None:
    log(partner_bodies=["XA"])
    answer_partnership(partner=ActivityPartner.objects.get(), ours=True, actor=cast.commune_officer, at=AFTER)
    assert effects(MERGER) == []


def test_undoing_asks_the_partner_again_unless_its_heir_has_answered(cast: Cast, log: Log) -> None:
    log(partner_bodies=["XA"])
    before = list(ActivityPartner.objects.values())
    happen(MERGER, AFTER)
    undo(event=Reorganisation.objects.get(), actor=SETUP, at=AFTER)
    assert list(ActivityPartner.objects.values()) == before
    happen(MERGER, AFTER)
    later = AFTER.replace(hour=11)
    answer_partnership(partner=ActivityPartner.objects.get(), ours=True, actor=cast.stranger, at=later)
    with pytest.raises(Conflict, match="đã trả lời 1 việc phối hợp"):
        undo(event=Reorganisation.objects.get(), actor=SETUP, at=later)
