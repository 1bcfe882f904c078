"""Announcements: who is told, who has read it, by unit and never by person."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nhipcau.audit.models import Entry
from nhipcau.boundary import BoundaryRefused
from nhipcau.core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from nhipcau.documents.storing.evidence import Paper
from nhipcau.org.models import Post, Role, Unit, UnitKind
from nhipcau.org.scope import Scope
from nhipcau.outbox.models import Job
from nhipcau.tasks.announcements.models import Announcement, Receipt
from nhipcau.tasks.announcements.posting import (
    correct,
    open_announcement,
    withdraw_announcement,
)
from nhipcau.tasks.announcements.queries import (
    addressed_to,
    counts_by_branch,
    download,
    get_announcement_for,
    read_counts,
    silent,
    unread,
)
from nhipcau.tasks.announcements.reminding import MAIL, remind_announcements, remind_silent
from tests.cast import NOW, Cast
from tests.org.two_axes import beyond_the_commune
from tests.tasks.announced import SAID, told
from tests.tasks.work import on

pytestmark = [pytest.mark.django_db, pytest.mark.database]
QUOTA = "Mỗi đoàn viên phải có 10 lượt like và chia sẻ bài viết trên facebook"


def reached(cast: Cast, one: Announcement) -> set[str]:
    """Everybody told, as long as nobody has read it."""
    return {name.code for name in silent(one, cast.scope(cast.provincial_officer))}


def unread_by(one: Announcement, scope: Scope, under: Unit | None = None) -> set[int]:
    return {name.unit_id for name in silent(one, scope, under)}


def test_every_unit_below_is_told_and_the_one_that_tells_is_not(cast: Cast) -> None:
    assert reached(cast, told(cast)) == {"XA", "XB", "A1", "A2", "B1"}


def test_a_branch_and_a_kind_narrow_it(cast: Cast) -> None:
    one = told(cast, branches=[cast.commune], kinds=[UnitKind.objects.get(code="local")])
    assert reached(cast, one) == {"A1", "A2"}
    assert list(unread(cast.scope(cast.local_volunteer))) == [one]
    assert not unread(cast.scope(cast.commune_officer)).exists()
    assert not unread(cast.scope(cast.stranger)).exists()


def test_a_role_narrows_it_to_those_who_hold_it(cast: Cast) -> None:
    one = told(cast, roles=[Role.DESIGNER])
    assert not addressed_to(cast.scope(cast.commune_officer)).exists()
    Post.objects.filter(pk=cast.commune_officer.pk).update(roles=[Role.DESIGNER.value])
    assert list(addressed_to(cast.scope(Post.objects.get(pk=cast.commune_officer.pk)))) == [one]


def test_it_does_not_exist_for_who_is_not_told(cast: Cast) -> None:
    one = told(cast, branches=[cast.commune], papers=[Paper("lich.txt", b"Ngay 30/4")])
    paper = one.files.get()
    for look in (
        lambda scope: get_announcement_for(scope, one.uid),
        lambda scope: download(scope, one.uid, paper.pk),
    ):
        with pytest.raises(NotFound):
            look(cast.scope(cast.stranger))
    assert download(cast.scope(cast.local_volunteer), one.uid, paper.pk)[1] == "lich.txt"


def test_a_unit_has_read_it_when_one_of_its_posts_opened_it(cast: Cast) -> None:
    one = told(cast)
    scope = cast.scope(cast.provincial_officer)
    assert (read_counts(one, scope).read, read_counts(one, scope).expected) == (0, 5)
    assert open_announcement(announcement=one, actor=cast.commune_officer, at=NOW)
    assert not open_announcement(announcement=one, actor=cast.commune_officer, at=NOW)
    assert read_counts(one, scope).read == 1
    assert cast.commune.pk not in unread_by(one, scope)
    assert not unread(cast.scope(cast.commune_officer)).exists()
    assert unread(cast.scope(cast.local_volunteer)).exists()


def test_nothing_tells_which_person_read_it_or_when(cast: Cast) -> None:
    one = told(cast)
    before = Entry.objects.count()
    open_announcement(announcement=one, actor=cast.commune_officer, at=NOW)
    assert Entry.objects.count() == before
    assert {field.name for field in Receipt._meta.get_fields()} == {"id", "announcement", "unit"}


def test_who_was_not_told_leaves_no_receipt(cast: Cast) -> None:
    one = told(cast, branches=[cast.commune])
    assert not open_announcement(announcement=one, actor=cast.stranger, at=NOW)
    assert not open_announcement(announcement=one, actor=cast.provincial_officer, at=NOW)
    assert not Receipt.objects.exists()


def test_each_level_sees_its_own_branch_alone(cast: Cast) -> None:
    one = told(cast)
    open_announcement(announcement=one, actor=cast.local_volunteer, at=NOW)
    province, commune = cast.scope(cast.provincial_officer), cast.scope(cast.commune_officer)
    assert {(row.expected, row.read) for row in counts_by_branch(one, province)} == {(3, 1), (2, 0)}
    assert unread_by(one, commune) == {cast.commune.pk, cast.other_local.pk}
    assert unread_by(one, province, cast.sibling_commune) == {
        cast.sibling_commune.pk,
        cast.sibling_local.pk,
    }


def test_the_numbers_cost_the_same_whatever_the_size(cast: Cast) -> None:
    one, scope = told(cast), cast.scope(cast.provincial_officer)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        read_counts(one, scope)
        counts_by_branch(one, scope)
        list(silent(one, scope)[:30])
    assert len(asked) <= 12


def test_past_its_day_it_is_asked_of_nobody(cast: Cast) -> None:
    told(cast, valid_until=dt.date(2026, 3, 18))
    assert unread(cast.scope(cast.commune_officer, on(18))).exists()
    assert not unread(cast.scope(cast.commune_officer, on(19))).exists()


def test_the_same_form_twice_tells_once(cast: Cast) -> None:
    first = told(cast, client_key="k")
    assert told(cast, client_key="k") == first
    with pytest.raises(Conflict):
        told(cast, client_key="k", title="Khác")


@pytest.mark.parametrize("field", ["title", "text"])
def test_what_the_system_does_not_serve_is_refused(cast: Cast, field: str) -> None:
    planted: dict[str, Any] = {field: QUOTA}
    with pytest.raises(BoundaryRefused):
        told(cast, **planted)
    assert not Announcement.objects.exists()


def test_an_empty_or_past_one_is_refused_at_its_fields(cast: Cast) -> None:
    with pytest.raises(InvalidInput) as empty:
        told(cast, title=" ", text="")
    assert {fault.where for fault in empty.value.faults} == {"title", "text"}
    with pytest.raises(InvalidInput):
        told(cast, valid_until=dt.date(2026, 3, 15))


def test_only_leaders_tell_and_only_their_own_branch(cast: Cast) -> None:
    Post.objects.filter(pk=cast.stranger.pk).update(roles=[Role.REPORTER.value])
    with pytest.raises(NotAllowed):
        told(cast, actor=Post.objects.get(pk=cast.stranger.pk))
    with pytest.raises(NotFound):
        told(cast, actor=cast.commune_officer, branches=[cast.sibling_commune])


def test_a_correction_keeps_what_stood_and_is_read_anew(cast: Cast) -> None:
    one = told(cast)
    open_announcement(announcement=one, actor=cast.commune_officer, at=NOW)
    new = correct(
        announcement=one, title=one.title, text="Nghỉ đến hết ngày 2/5.", note="Ghi nhầm ngày", again=True,
        actor=cast.provincial_officer, at=on(17),
    )  # fmt: skip
    (note,) = new.corrections.all()
    assert (note.note, note.text_before, new.text) == ("Ghi nhầm ngày", SAID.text, "Nghỉ đến hết ngày 2/5.")
    assert unread(cast.scope(cast.commune_officer)).exists()


def test_a_correction_of_a_slip_need_not_be_read_anew(cast: Cast) -> None:
    one = told(cast)
    open_announcement(announcement=one, actor=cast.commune_officer, at=NOW)
    correct(announcement=one, title="Lịch nghỉ lễ", text=one.text, note="Gọn tiêu đề", again=False,
            actor=cast.provincial_officer, at=on(17))  # fmt: skip
    assert not unread(cast.scope(cast.commune_officer)).exists()


@pytest.mark.parametrize("field", ["title", "text", "note"])
def test_a_correction_passes_the_boundary_too(cast: Cast, field: str) -> None:
    one = told(cast)
    given = {"title": "Lịch nghỉ", "text": "Nghỉ lễ.", "note": "Sửa ngày"} | {field: QUOTA}
    with pytest.raises(BoundaryRefused):
        correct(announcement=one, **given, again=True, actor=cast.provincial_officer, at=NOW)


def test_withdrawn_it_stays_to_be_read_with_its_reason_and_is_asked_of_nobody(cast: Cast) -> None:
    one = told(cast)
    for _ in range(2):
        withdraw_announcement(announcement=one, reason="Đã hoãn", actor=cast.provincial_officer, at=NOW)
    assert get_announcement_for(cast.scope(cast.local_volunteer), one.uid).withdrawn_reason == "Đã hoãn"
    assert not unread(cast.scope(cast.local_volunteer)).exists()
    assert Entry.objects.filter(action="tasks.announcement_withdrawn").count() == 1
    with pytest.raises(Conflict):
        correct(announcement=one, title="A", text="B", note="C", again=True, actor=cast.provincial_officer, at=NOW)


def test_its_own_unit_alone_changes_it(cast: Cast) -> None:
    one = told(cast, actor=cast.commune_officer)
    for who, refusal in ((cast.provincial_officer, NotAllowed), (cast.stranger, NotFound)):
        with pytest.raises(refusal):
            withdraw_announcement(announcement=one, reason="Nhầm", actor=who, at=NOW)
        with pytest.raises(refusal):
            remind_silent(announcement=one, actor=who, at=NOW)


def test_the_silent_are_reminded_once_by_hand_or_after_three_working_days(cast: Cast) -> None:
    one = told(cast)
    assert remind_announcements(at=on(18)) == 0
    assert remind_announcements(at=on(19)) == 1
    assert remind_announcements(at=on(20)) == 0
    assert not remind_silent(announcement=one, actor=cast.provincial_officer, at=on(20))
    assert Job.objects.filter(name=MAIL).count() == 1


def test_the_day_before_it_ends_the_silent_are_reminded_and_never_on_a_day_off(cast: Cast) -> None:
    told(cast, valid_until=dt.date(2026, 3, 18))
    assert remind_announcements(at=on(16, hour=20)) == 0
    assert remind_announcements(at=on(17)) == 1
    told(cast, at=on(18), title="Khác")
    assert remind_announcements(at=on(22)) == 0  # a Sunday
    assert remind_announcements(at=on(23)) == 1


def test_nobody_is_reminded_of_what_was_taken_back(cast: Cast) -> None:
    one = told(cast)
    withdraw_announcement(announcement=one, reason="Hoãn", actor=cast.provincial_officer, at=NOW)
    assert remind_announcements(at=on(25)) == 0
    with pytest.raises(Conflict):
        remind_silent(announcement=one, actor=cast.provincial_officer, at=NOW)


def test_what_a_unit_below_tells_on_another_axis_is_not_counted_for_who_does_not_see_it(cast: Cast) -> None:
    beyond_the_commune(cast)
    one = told(cast, actor=cast.local_volunteer)
    own, above = cast.scope(cast.local_volunteer), cast.scope(cast.commune_officer)
    assert unread_by(one, own) == {cast.sibling_local.pk}
    assert [row.expected for row in counts_by_branch(one, own)] == [1]
    assert unread_by(one, above) == set()
    assert (read_counts(one, above).expected, counts_by_branch(one, above)) == (0, [])
