"""Two people for two steps, also while one post acts for another."""

from __future__ import annotations

import datetime as dt

import pytest

from nhipcau.access.actions import open_account
from nhipcau.access.queries import seats_of
from nhipcau.core.clock import local_date
from nhipcau.core.errors import NotAllowed
from nhipcau.org.actions import appoint, create_post
from nhipcau.org.delegating import delegate
from nhipcau.org.models import Post, Role
from nhipcau.reports.filling.workflow import mark_ready, submit
from nhipcau.reports.models import Submission, SubmissionState
from tests.cast import PASSWORD, SETUP, TODAY, Cast
from tests.quarterly import LATER, draft, publish

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def deputy(cast: Cast) -> Post:
    """The commune's deputy reports; the chair, who alone approves, is away and gave both duties to the deputy."""
    unit = cast.commune
    post = create_post(unit=unit, title="Phó", roles=[Role.REPORTER], start=TODAY, actor=SETUP, at=LATER)
    account = open_account(login="pho", password=PASSWORD, name="Người giữ chức phó", actor=SETUP, at=LATER)
    appoint(post=post, person=account.person, start=TODAY, actor=SETUP, at=LATER)
    roles, day = [Role.APPROVER, Role.REPORTER], local_date(LATER)
    chair, last = cast.commune_officer, day + dt.timedelta(days=10)
    delegate(taker=post, roles=roles, first=day, last=last, actor=chair, at=LATER)
    return post


@pytest.fixture
def for_chair(cast: Cast, deputy: Post) -> Post:
    return next(post for post in seats_of(cast.account(deputy), LATER) if post.hand)


@pytest.fixture
def report(cast: Cast) -> Submission:
    return draft(cast.commune_officer, publish(), gifts="3", money="900.000", hours="0", letters="0")


def test_who_reported_does_not_approve_for_the_chair(deputy: Post, for_chair: Post, report: Submission) -> None:
    ready = mark_ready(submission=report, actor=deputy, at=LATER)
    with pytest.raises(NotAllowed, match="không tự duyệt"):
        submit(submission=ready, actor=for_chair, at=LATER)


def test_who_reported_for_the_chair_does_not_approve_for_the_chair(for_chair: Post, report: Submission) -> None:
    ready = mark_ready(submission=report, actor=for_chair, at=LATER)
    with pytest.raises(NotAllowed, match="không tự duyệt"):
        submit(submission=ready, actor=for_chair, at=LATER)


def test_what_was_reported_for_the_chair_the_chair_approves(
    cast: Cast, for_chair: Post, report: Submission
) -> None:
    ready = mark_ready(submission=report, actor=for_chair, at=LATER)
    assert submit(submission=ready, actor=cast.commune_officer, at=LATER).state == SubmissionState.SUBMITTED


def test_what_the_chair_reported_the_deputy_approves_for_the_chair(
    cast: Cast, for_chair: Post, report: Submission
) -> None:
    ready = mark_ready(submission=report, actor=cast.commune_officer, at=LATER)
    assert submit(submission=ready, actor=for_chair, at=LATER).state == SubmissionState.SUBMITTED
