"""Ủy quyền on the pages: given, acted under in plain sight, over the second it ends."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from nhipcau.access.actions import open_account
from nhipcau.org.actions import appoint, create_post
from nhipcau.org.models import Delegation, Post, Role
from tests.cast import NOW, PASSWORD, SETUP, TODAY, Cast

pytestmark = pytest.mark.django_db
GIVEN = {"roles": ["approver", "board"], "first": "16/03/2026", "last": "20/03/2026"}


@pytest.fixture(autouse=True)
def today(settings: Settings) -> None:
    settings.DEMO_CLOCK = NOW.isoformat()


@pytest.fixture
def deputy(cast: Cast) -> Post:
    unit = cast.commune
    post = create_post(unit=unit, title="Phó Chủ tịch xã", roles=[Role.REPORTER], start=TODAY, actor=SETUP, at=NOW)
    account = open_account(login="phoxa", password=PASSWORD, name="Người giữ chức phó", actor=SETUP, at=NOW)
    appoint(post=post, person=account.person, start=TODAY, actor=SETUP, at=NOW)
    return post


def browser(cast: Cast, post: Post) -> Client:
    client = Client()
    client.force_login(cast.account(post))
    return client


def given(cast: Cast, deputy: Post) -> Delegation:
    answer = browser(cast, cast.commune_officer).post(reverse("org:delegate"), {**GIVEN, "taker": str(deputy.uid)})
    assert answer.status_code == 302
    return Delegation.objects.get()


def test_the_deputy_changes_to_the_chairs_post_and_every_page_says_so(cast: Cast, deputy: Post) -> None:
    given(cast, deputy)
    client = browser(cast, deputy)
    assert "Chủ tịch công đoàn xã (làm thay)" in client.get("/").content.decode()
    client.post(reverse("act_as"), {"post": str(cast.commune_officer.uid)})
    page = client.get(reverse("announcements:tell")).content.decode()
    assert "Bạn đang làm thay «Chủ tịch công đoàn xã»" in page
    assert "Phó Chủ tịch xã" in page


def test_after_the_last_day_the_deputy_is_back_at_the_own_post(
    cast: Cast, deputy: Post, settings: Settings
) -> None:
    given(cast, deputy)
    client = browser(cast, deputy)
    client.post(reverse("act_as"), {"post": str(cast.commune_officer.uid)})
    settings.DEMO_CLOCK = "2026-03-21T00:00:00+07:00"
    assert client.get(reverse("announcements:tell")).status_code == 403
    assert "làm thay" not in client.get("/").content.decode()


def test_acting_for_another_one_passes_nothing_on(cast: Cast, deputy: Post) -> None:
    given(cast, deputy)
    client = browser(cast, deputy)
    client.post(reverse("act_as"), {"post": str(cast.commune_officer.uid)})
    assert "không ủy quyền tiếp được" in client.get(reverse("org:delegate")).content.decode()
    assert client.post(reverse("org:delegate"), {**GIVEN, "taker": str(deputy.uid)}).status_code == 403
    assert Delegation.objects.count() == 1


def test_ending_it_takes_effect_at_once(cast: Cast, deputy: Post) -> None:
    one = given(cast, deputy)
    client = browser(cast, deputy)
    client.post(reverse("act_as"), {"post": str(cast.commune_officer.uid)})
    url = reverse("org:end_delegation", kwargs={"uid": one.uid})
    assert browser(cast, cast.stranger).post(url).status_code == 404
    browser(cast, cast.provincial_officer).post(url)
    assert client.get(reverse("announcements:tell")).status_code == 403


def test_a_form_that_is_wrong_says_where(cast: Cast, deputy: Post) -> None:
    sent = {**GIVEN, "taker": str(deputy.uid), "first": "01/03/2026"}
    answer = browser(cast, cast.commune_officer).post(reverse("org:delegate"), sent)
    assert (answer.status_code, "ngày này đã qua" in answer.content.decode()) == (422, True)


def test_a_unit_with_one_officer_is_told_what_to_do(cast: Cast) -> None:
    page = browser(cast, cast.local_volunteer).get(reverse("org:delegate")).content.decode()
    assert "hãy báo cấp trên" in page


def test_what_waits_for_the_unit_is_not_counted_twice(cast: Cast, deputy: Post) -> None:
    given(cast, deputy)
    assert "việc chờ" not in browser(cast, deputy).get("/").content.decode()
