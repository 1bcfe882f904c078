"""Ủy quyền khi vắng: another post acts with the roles given, for its time, and the log names both."""

from __future__ import annotations

import datetime as dt

import pytest

from nhipcau.access.actions import open_account
from nhipcau.access.queries import seats_of
from nhipcau.audit.models import Entry
from nhipcau.core.clock import VN
from nhipcau.core.errors import InvalidInput, NotAllowed, NotFound
from nhipcau.org.actions import appoint, create_post, end_appointment
from nhipcau.org.delegating import delegate, end_delegation, takers_for, visible_delegations
from nhipcau.org.models import Appointment, Delegation, Post, Role
from nhipcau.org.scope import Scope
from nhipcau.tasks.announcements.posting import open_announcement
from tests.cast import NOW, PASSWORD, SETUP, TODAY, Cast
from tests.tasks.announced import told

pytestmark = [pytest.mark.django_db, pytest.mark.database]
START = dt.date(2026, 1, 5)
FRIDAY = dt.date(2026, 3, 20)
LAST_SECOND = dt.datetime(2026, 3, 20, 23, 59, 59, tzinfo=VN)


@pytest.fixture
def deputy(cast: Cast) -> Post:
    """The commune's deputy, who reports and holds no other role."""
    post = create_post(
        unit=cast.commune,
        title="Phó Chủ tịch công đoàn xã",
        roles=[Role.REPORTER],
        start=START,
        actor=SETUP,
        at=NOW,
    )
    account = open_account(login="phoxa", password=PASSWORD, name="Người giữ chức phó", actor=SETUP, at=NOW)
    appoint(post=post, person=account.person, start=START, actor=SETUP, at=NOW)
    return post


def given(cast: Cast, deputy: Post, *roles: Role, first: dt.date = TODAY, at: dt.datetime = NOW) -> Delegation:
    return delegate(
        taker=deputy, roles=roles or (Role.APPROVER,), first=first, last=FRIDAY, actor=cast.commune_officer, at=at
    )


def acting(cast: Cast, deputy: Post, at: dt.datetime = NOW) -> Post | None:
    """The chair's post as the deputy may act for it at that moment."""
    return next((post for post in seats_of(cast.account(deputy), at) if post.hand), None)


def test_the_deputy_acts_for_the_chair_with_the_roles_given_and_no_other(cast: Cast, deputy: Post) -> None:
    given(cast, deputy, Role.APPROVER, Role.CLERK)
    seat = acting(cast, deputy)
    assert seat == cast.commune_officer
    assert seat is not None
    assert seat.roles == [Role.APPROVER, Role.CLERK]
    assert seat.doer == deputy
    with pytest.raises(NotAllowed):
        Scope(seat, NOW).require_role(Role.BOARD)


def test_the_chair_keeps_the_post_as_it_was(cast: Cast, deputy: Post) -> None:
    given(cast, deputy)
    (own,) = seats_of(cast.account(cast.commune_officer), NOW)
    assert (own.hand, Role.BOARD in own.roles) == (None, True)


def test_it_begins_with_its_first_day_and_ends_with_the_last_second_of_its_last(cast: Cast, deputy: Post) -> None:
    given(cast, deputy, first=TODAY + dt.timedelta(days=1))
    midnight = dt.datetime(2026, 3, 17, tzinfo=VN)
    assert acting(cast, deputy, midnight - dt.timedelta(seconds=1)) is None
    assert acting(cast, deputy, midnight)
    assert acting(cast, deputy, LAST_SECOND)
    assert acting(cast, deputy, LAST_SECOND + dt.timedelta(seconds=1)) is None


def test_the_log_names_both_posts(cast: Cast, deputy: Post) -> None:
    given(cast, deputy, Role.BOARD)
    seat = acting(cast, deputy)
    assert seat is not None
    told(cast, actor=seat)
    entry = Entry.objects.get(action="tasks.announced")
    assert entry.actor == f"post:{cast.commune_officer.uid}/{deputy.uid}"


def test_who_acts_for_another_passes_nothing_on(cast: Cast, deputy: Post) -> None:
    given(cast, deputy, Role.BOARD)
    seat = acting(cast, deputy)
    assert seat is not None
    with pytest.raises(NotAllowed, match="không ủy quyền tiếp"):
        delegate(taker=deputy, roles=[Role.BOARD], first=TODAY, last=FRIDAY, actor=seat, at=NOW)


@pytest.mark.parametrize("who", ["giver", "taker", "above"])
def test_either_post_and_the_level_above_end_it_at_once(cast: Cast, deputy: Post, who: str) -> None:
    one = given(cast, deputy)
    actor = {"giver": cast.commune_officer, "taker": deputy, "above": cast.provincial_officer}[who]
    for _ in range(2):
        end_delegation(delegation=one, actor=actor, at=NOW)
    assert acting(cast, deputy) is None
    assert Entry.objects.filter(action="org.delegation_ended").count() == 1


def test_nobody_else_ends_it_and_for_strangers_it_does_not_exist(cast: Cast, deputy: Post) -> None:
    one = given(cast, deputy)
    for who, refusal in ((cast.clerk, NotAllowed), (cast.local_volunteer, NotFound), (cast.stranger, NotFound)):
        with pytest.raises(refusal):
            end_delegation(delegation=one, actor=who, at=NOW)
    assert not visible_delegations(cast.scope(cast.stranger)).exists()


def test_only_another_person_of_the_same_unit_takes_it(cast: Cast, deputy: Post) -> None:
    second = create_post(unit=cast.commune, title="Trưởng ban Nữ công", roles=[], start=TODAY, actor=SETUP, at=NOW)
    assert takers_for(cast.commune_officer, NOW) == [deputy]
    appoint(post=second, person=cast.account(cast.commune_officer).person, start=TODAY, actor=SETUP, at=NOW)
    assert takers_for(cast.commune_officer, NOW) == [deputy]
    for wrong in (second, cast.local_volunteer, cast.commune_officer):
        with pytest.raises(InvalidInput) as refused:
            given(cast, wrong)
        assert {fault.where for fault in refused.value.faults} == {"taker"}


def test_roles_that_one_does_not_have_and_impossible_days_are_refused(cast: Cast, deputy: Post) -> None:
    with pytest.raises(InvalidInput) as refused:
        delegate(
            taker=deputy,
            roles=[Role.ADMINISTRATOR],
            first=TODAY - dt.timedelta(days=1),
            last=TODAY + dt.timedelta(days=500),
            actor=cast.commune_officer,
            at=NOW,
        )
    assert {fault.where for fault in refused.value.faults} == {"roles", "first", "last"}


def test_what_the_chair_loses_the_deputy_loses_too(cast: Cast, deputy: Post) -> None:
    given(cast, deputy)
    Post.objects.filter(pk=cast.commune_officer.pk).update(roles=[Role.REPORTER.value])
    assert acting(cast, deputy) is None


def test_who_no_longer_holds_the_deputys_post_acts_for_nobody(cast: Cast, deputy: Post) -> None:
    given(cast, deputy)
    end_appointment(appointment=Appointment.objects.get(post=deputy), end=TODAY, actor=SETUP, at=NOW)
    assert acting(cast, deputy) is None


@pytest.mark.parametrize("whose", ["giver", "taker"])
def test_it_ends_when_either_post_changes_hands_and_the_successor_inherits_nothing(
    cast: Cast, deputy: Post, whose: str
) -> None:
    given(cast, deputy)
    post, other = (cast.commune_officer, deputy) if whose == "giver" else (deputy, cast.commune_officer)
    old = cast.account(post)
    end_appointment(appointment=Appointment.objects.get(post=post), end=TODAY, actor=SETUP, at=NOW)
    new = open_account(login="moi", password=PASSWORD, name="Người kế nhiệm", actor=SETUP, at=NOW)
    appoint(post=post, person=new.person, start=TODAY, actor=SETUP, at=NOW)
    assert not any(seat.hand for one in (new, old, cast.account(other)) for seat in seats_of(one, NOW))
    assert not visible_delegations(cast.scope(cast.commune_officer)).exists()


def test_reading_for_the_chair_counts_as_the_unit_having_read(cast: Cast, deputy: Post) -> None:
    given(cast, deputy)
    seat = acting(cast, deputy)
    assert seat is not None
    assert open_announcement(announcement=told(cast), actor=seat, at=NOW)
