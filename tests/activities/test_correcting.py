"""A slip is put right in the open: what stood before stays beside what stands now."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from nhipcau.activities.actions import withdraw_activity
from nhipcau.activities.correcting import correct_activity
from nhipcau.activities.models import Activity, ActivityChange, PartnerAnswer
from nhipcau.audit.models import Entry
from nhipcau.boundary import BoundaryRefused
from nhipcau.core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from nhipcau.documents.storing.evidence import Paper
from nhipcau.org.models import Post
from tests.activities.conftest import GIVEN, REFUSED, Log
from tests.cast import NOW, Cast
from tests.ops.tampering import sentences

LATER = NOW + dt.timedelta(hours=1)
RIGHT = dataclasses.replace(GIVEN, values={"gifts": 30, "money": 9_000_000})


def correct(activity: Activity, actor: Post, **changed: object) -> Activity:
    asked: dict[str, object] = {"given": RIGHT, "edits": 0, "reason": "gõ thiếu một số 0"} | changed
    return correct_activity(activity=activity, actor=actor, at=LATER, **asked)  # type: ignore[arg-type]


def test_the_new_figure_stands_and_the_old_one_with_who_when_and_why(cast: Cast, log: Log) -> None:
    correct(log(), cast.local_volunteer)
    assert Activity.objects.get().values == {"gifts": 30, "money": 9_000_000}
    change = ActivityChange.objects.get()
    assert change.before["values"] == {"gifts": 3, "money": 900_000}
    assert (change.by, change.at, change.reason) == (cast.local_volunteer, LATER, "gõ thiếu một số 0")
    assert Entry.objects.filter(action="activities.corrected").count() == 1
    assert sentences() == []


def test_a_double_tap_corrects_once_and_what_is_the_same_changes_nothing(cast: Cast, log: Log) -> None:
    activity = log()
    correct(activity, cast.local_volunteer)
    correct(activity, cast.local_volunteer)
    assert ActivityChange.objects.count() == 1


def test_what_somebody_else_corrected_meanwhile_is_not_overwritten(cast: Cast, log: Log) -> None:
    activity = log()
    correct(activity, cast.local_volunteer)
    with pytest.raises(Conflict):
        correct(activity, cast.local_volunteer, given=dataclasses.replace(RIGHT, place="nhà văn hóa"))
    assert Activity.objects.get().place == ""


def test_only_the_unit_itself_corrects_and_it_gives_a_reason(cast: Cast, log: Log) -> None:
    activity = log()
    with pytest.raises(NotFound):
        correct(activity, cast.stranger)
    with pytest.raises(NotAllowed):
        correct(activity, cast.commune_officer)
    with pytest.raises(InvalidInput):
        correct(activity, cast.local_volunteer, reason="  ")
    with pytest.raises(InvalidInput):
        correct(activity, cast.local_volunteer, given=dataclasses.replace(RIGHT, values={"gifts": -1}))
    assert not ActivityChange.objects.exists()


@pytest.mark.parametrize("field", ["title", "place", "paper_location", "reason"])
def test_refused_words_are_refused_in_every_field(cast: Cast, log: Log, field: str) -> None:
    changed: dict[str, object] = {"reason": REFUSED}
    if field != "reason":
        changed = {"given": dataclasses.replace(RIGHT, **{field: REFUSED})}  # type: ignore[arg-type]
    with pytest.raises(BoundaryRefused):
        correct(log(), cast.local_volunteer, **changed)


def test_a_withdrawn_one_is_not_corrected(cast: Cast, log: Log) -> None:
    gone = withdraw_activity(activity=log(), reason="ghi hai lần", actor=cast.local_volunteer, at=NOW)
    with pytest.raises(Conflict):
        correct(gone, cast.local_volunteer)


def test_papers_are_added_and_taken_out_and_a_partner_who_stays_keeps_its_answer(cast: Cast, log: Log) -> None:
    plan, minutes = Paper("kế hoạch.txt", "Kế hoạch.".encode()), Paper("biên bản.txt", "Đã trao.".encode())
    activity = log(papers=[plan], partner_units=[cast.commune, cast.other_local])
    activity.partners.filter(unit=cast.commune).update(answer=PartnerAnswer.CONFIRMED)
    given = dataclasses.replace(GIVEN, papers=[minutes], partner_units=[cast.commune], partner_bodies=["Trạm y tế"])
    correct(activity, cast.local_volunteer, given=given, without=[activity.evidence.get().pk])
    assert [one.name for one in activity.evidence.all()] == ["biên bản.txt"]
    answers = {one.unit_id or one.outside: one.answer for one in activity.partners.all()}
    assert answers == {cast.commune.pk: "confirmed", "Trạm y tế": "asked"}
    assert sentences() == []


def test_a_history_that_was_tampered_with_is_named(cast: Cast, log: Log) -> None:
    correct(log(), cast.local_volunteer)
    change = ActivityChange.objects.get()
    ActivityChange.objects.update(before=change.before | {"values": {"gifts": 3, "money": 800_000}})
    assert [one.endswith("lịch sử sửa không khớp nhật ký.") for one in sentences()] == [True]
