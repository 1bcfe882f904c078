"""Announcements in force when units end: who is still told, what is read, who speaks."""

from __future__ import annotations

from nhipcau.org.event_file import read_event
from nhipcau.org.models import Reorganisation, Role
from nhipcau.org.reorganising import preview, undo
from nhipcau.tasks.announcements.models import Announcement, Receipt
from nhipcau.tasks.announcements.posting import open_announcement, withdraw_announcement
from nhipcau.tasks.announcements.queries import unread
from tests.cast import NOW, SETUP, Cast, unit
from tests.reorganisations import AFTER, SPLIT, file, happen
from tests.tasks.announced import titles, told

DISSOLVED = "event,82/QĐ-LĐLĐ,Giải thể,,,2026-10-01\ngiai-the,XA\nmove,A1,,,XB\nmove,A2,,,XB\n"


def effects(rows: str) -> list[tuple[str, str]]:
    touched = preview(event=read_event(file(rows)), actor=SETUP, at=AFTER).touched
    return [(one.to, one.how) for part in touched if part.name == "announcements" for one in part.effects]


def branches(told: Announcement) -> set[str]:
    return {str(one.names.latest("valid_from").code) for one in told.branches.all()}


def test_a_branch_that_ends_is_told_where_it_now_lies(cast: Cast) -> None:
    said = told(cast, branches=[cast.commune])
    happen(SPLIT, AFTER)
    assert branches(said) == {"XA", "XC", "A1"}
    assert titles(list(unread(cast.scope(cast.local_volunteer, AFTER)))) == [said.title]
    assert not unread(cast.scope(cast.stranger, AFTER)), "the rest of the heir's branch was never told"


def test_a_new_unit_has_read_what_all_its_predecessors_had_read(cast: Cast) -> None:
    read, half = told(cast), told(cast, title="Lịch trực")
    for one, actor in ((read, cast.commune_officer), (read, cast.stranger), (half, cast.commune_officer)):
        assert open_announcement(announcement=one, actor=actor, at=NOW)
    happen(
        "event,84/QĐ-LĐLĐ,Hợp nhất,,,2026-10-01\nbegin,XD,Công đoàn phường Nam Sơn,commune,T,,,CĐP,Nam Sơn\n"
        "hop-nhat,XA,,,,,,,,,,XD\nhop-nhat,XB,,,,,,,,,,XD\n",
        AFTER,
    )
    assert set(Receipt.objects.filter(unit=unit("XD")).values_list("announcement", flat=True)) == {read.pk}


def test_what_an_ended_unit_had_posted_stands_under_its_successor_or_the_level_above(cast: Cast) -> None:
    said = told(cast, actor=cast.commune_officer)
    happen(DISSOLVED, AFTER)
    said.refresh_from_db()
    assert said.unit == cast.province
    assert titles(list(unread(cast.scope(cast.local_volunteer, AFTER)))) == [said.title]
    assert cast.provincial_officer.has_role(Role.BOARD)
    withdraw_announcement(announcement=said, reason="Hết việc", actor=cast.provincial_officer, at=AFTER)


def test_the_preview_lists_them_and_what_is_past_or_withdrawn_is_left_alone(cast: Cast) -> None:
    told(cast, branches=[cast.commune], valid_until=NOW.date())
    gone = told(cast, branches=[cast.commune])
    withdraw_announcement(announcement=gone, reason="Nhầm", actor=cast.provincial_officer, at=NOW)
    assert effects(SPLIT) == []
    told(cast, branches=[cast.commune])
    goes = "thông báo gửi nhánh này, gửi tiếp"
    assert effects(SPLIT) == [
        ("Công đoàn phường Hải Long", goes),
        ("Công đoàn cơ sở Công ty May Hải Âu", goes),
    ]
    assert Announcement.branches.through.objects.filter(unit=cast.local).count() == 0


def test_undoing_restores_every_row(cast: Cast) -> None:
    told(cast, branches=[cast.commune])
    mine = told(cast, actor=cast.commune_officer)
    open_announcement(announcement=mine, actor=cast.local_volunteer, at=NOW)
    models = (Announcement, Announcement.branches.through, Receipt)
    before = [sorted(model.objects.values_list(), key=str) for model in models]
    happen(SPLIT, AFTER)
    assert [sorted(model.objects.values_list(), key=str) for model in models] != before
    undo(event=Reorganisation.objects.get(), actor=SETUP, at=AFTER)
    assert [sorted(model.objects.values_list(), key=str) for model in models] == before
