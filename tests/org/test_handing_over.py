"""A post changes hands: opened, ended on a day, and handed over with what it had in hand."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from nhipcau.access.queries import posts_of
from nhipcau.access.staffing import fill_post
from nhipcau.audit.models import Entry
from nhipcau.core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from nhipcau.core.official import Table
from nhipcau.org.handing_over import get_handover_for, hand_over, handovers_of, in_hand
from nhipcau.org.handover_paper import BLANK, document_of
from nhipcau.org.models import Handover, Post, Role
from nhipcau.org.seats import managed_posts, open_post, roles_given_by
from tests.cast import NOW, TODAY, Cast
from tests.refusals import by_field
from tests.tasks.work import handed_out, passed_on
from tests.web.reports import scenes

pytestmark = [pytest.mark.django_db, pytest.mark.database]
WEEK = dt.timedelta(days=7)
NEXT = {"name": "Lê Thị Sông", "phone": "", "login": "nguoi-moi"}


def end(cast: Cast, day: dt.date = TODAY, actor: Post | None = None, post: Post | None = None) -> Handover:
    return hand_over(post=post or cast.local_volunteer, end=day, actor=actor or cast.commune_officer, at=NOW)


def test_a_post_is_opened_in_the_own_unit_and_directly_below(cast: Cast) -> None:
    for unit in (cast.commune, cast.local):
        given = {"title": "Ủy viên", "roles": [Role.REPORTER, Role.CLERK]}
        post = open_post(unit=unit, **given, actor=cast.commune_officer, at=NOW)  # type: ignore[arg-type]
        assert (post.unit, post.roles, post.valid_from) == (unit, ["reporter", "clerk"], TODAY)
        assert post in managed_posts(cast.scope(cast.commune_officer))


@pytest.mark.parametrize(
    ("where", "roles", "fault"),
    [
        ("sibling_commune", [Role.REPORTER], "unit"),
        ("province", [Role.REPORTER], "unit"),
        ("local", [], "roles"),
        ("local", [Role.ADMINISTRATOR], "roles"),
    ],
    ids=["a peer", "above", "without any", "a right one has not"],
)
def test_nowhere_else_and_with_no_other_rights(cast: Cast, where: str, roles: list[Role], fault: str) -> None:
    before = Post.objects.count()
    with pytest.raises(InvalidInput) as refused:
        open_post(unit=getattr(cast, where), title="Ủy viên", roles=roles, actor=cast.commune_officer, at=NOW)
    assert set(by_field(refused.value)) == {fault}
    assert Post.objects.count() == before


def test_two_levels_down_is_the_business_of_the_level_between(cast: Cast) -> None:
    with pytest.raises(InvalidInput):
        open_post(unit=cast.local, title="Ủy viên", roles=[Role.CLERK], actor=cast.provincial_officer, at=NOW)
    with pytest.raises(NotFound):
        end(cast, actor=cast.provincial_officer)


def test_an_administrator_may_give_every_role(cast: Cast) -> None:
    Post.objects.filter(pk=cast.commune_officer.pk).update(roles=[Role.ADMINISTRATOR.value])
    cast.commune_officer.refresh_from_db()
    assert roles_given_by(cast.commune_officer) == list(Role)
    assert Role.AUDITOR not in roles_given_by(cast.stranger)


def test_rights_end_with_the_day_and_not_before(cast: Cast) -> None:
    account = cast.account(cast.local_volunteer)
    end(cast, TODAY + WEEK)
    assert posts_of(account, TODAY + WEEK - dt.timedelta(days=1)).exists()
    assert not posts_of(account, TODAY + WEEK).exists()


def test_before_the_day_another_one_may_be_set_and_one_handover_stays(cast: Cast) -> None:
    first = end(cast, TODAY + WEEK)
    again = end(cast, TODAY)
    assert first.uid == again.uid
    assert Entry.objects.filter(action="org.appointment_ended").count() == 2
    with pytest.raises(Conflict):
        end(cast)


@pytest.mark.parametrize("day", [TODAY - dt.timedelta(days=1), TODAY + dt.timedelta(days=400)])
def test_neither_a_past_day_nor_a_far_one(cast: Cast, day: dt.date) -> None:
    with pytest.raises(InvalidInput) as refused:
        end(cast, day)
    assert set(by_field(refused.value)) == {"end"}
    assert not Handover.objects.exists()


def test_whoever_was_appointed_today_holds_the_post_for_a_day(cast: Cast) -> None:
    end(cast)
    fill_post(post=cast.local_volunteer, **NEXT, actor=cast.commune_officer, at=NOW)
    with pytest.raises(InvalidInput) as refused:
        end(cast)
    assert "17/03/2026" in str(refused.value.faults[0])
    end(cast, TODAY + dt.timedelta(days=1))
    assert Handover.objects.count() == 2


def test_nobody_ends_the_own_post_or_one_elsewhere(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        end(cast, post=cast.commune_officer)
    for stranger in (cast.stranger, cast.local_volunteer):
        with pytest.raises((NotFound, NotAllowed)):
            end(cast, actor=stranger)


def test_what_the_post_has_in_hand_is_listed_with_its_dates(cast: Cast) -> None:
    passed_on(cast, handed_out(cast))
    version = scenes.publish()
    scenes.draft(version, cast.local_volunteer)
    scenes.gave_gifts(cast.local_volunteer)
    listed = {one.title: one.rows for one in in_hand(cast.local_volunteer, NOW)}
    assert {"Việc chưa hoàn thành", "Báo cáo đang làm"} <= set(listed)
    assert all(row[0] for rows in listed.values() for row in rows)


def test_the_minutes_keep_what_was_in_hand_that_day(cast: Cast) -> None:
    passed_on(cast, handed_out(cast))
    kept = end(cast)
    (table,) = (one for one in document_of(kept).body if isinstance(one, Table))
    before = table.rows
    scenes.draft(scenes.publish(), cast.local_volunteer)
    again = get_handover_for(cast.scope(cast.commune_officer), kept.uid)
    assert [one.rows for one in document_of(again).body if isinstance(one, Table)] == [before]


def test_both_officers_stand_on_the_paper_and_nobody_else(cast: Cast) -> None:
    passed_on(cast, handed_out(cast))
    kept = end(cast)
    paper = document_of(kept)
    assert (paper.beside and paper.beside.name, paper.signer.name) == (
        "Người giữ chức Chủ tịch công đoàn cơ sở",
        None,
    )
    assert any(f"Bên nhận: {BLANK}" in getattr(one, "text", "") for one in paper.body)
    fill_post(post=cast.local_volunteer, **NEXT, actor=cast.commune_officer, at=NOW)
    paper = document_of(get_handover_for(cast.scope(cast.commune_officer), kept.uid))
    assert paper.signer.name == "Lê Thị Sông"
    assert not any(f"Bên nhận: {BLANK}" in getattr(one, "text", "") for one in paper.body)
    assert "Người giữ chức" not in json.dumps(kept.contents, ensure_ascii=False)


def test_a_post_that_reads_nothing_hands_over_no_contents(cast: Cast) -> None:
    passed_on(cast, handed_out(cast))
    Post.objects.filter(pk=cast.local_volunteer.pk).update(roles=[Role.AUDITOR.value])
    assert end(cast).contents == []


def test_an_administrator_alone_neither_ends_an_officer_nor_reads_the_minutes(cast: Cast) -> None:
    """They name letters and work, and an administrator has no right to contents."""
    passed_on(cast, handed_out(cast))
    kept = end(cast, TODAY + WEEK)
    Post.objects.filter(pk=cast.commune_officer.pk).update(roles=[Role.ADMINISTRATOR.value])
    cast.commune_officer.refresh_from_db()
    scope = cast.scope(cast.commune_officer)
    with pytest.raises(NotAllowed):
        end(cast)
    with pytest.raises(NotFound):
        get_handover_for(scope, kept.uid)
    assert not handovers_of(scope, cast.local_volunteer).exists()
    Post.objects.filter(pk=cast.local_volunteer.pk).update(roles=[Role.AUDITOR.value])
    assert get_handover_for(scope, end(cast).uid)
