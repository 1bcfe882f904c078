"""The reminder of an announcement by mail: to officers of silent units alone, once, and to none who wants none."""

from __future__ import annotations

import pytest
from pytest_django.fixtures import Settings

from nhipcau.access.models import Account, Digest
from nhipcau.org.models import Role
from nhipcau.outbox.jobs import run_due
from nhipcau.outbox.models import Mail, MailState
from nhipcau.tasks.announcements.models import Announcement
from nhipcau.tasks.announcements.posting import open_announcement, withdraw_announcement
from nhipcau.tasks.announcements.reminding import remind_silent
from nhipcau.web.reaching import announced
from tests.cast import NOW, Cast
from tests.tasks.announced import SAID, told

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture(autouse=True)
def sending(settings: Settings) -> None:
    settings.EMAIL_HOST, settings.SITE_URL = "thu.example", "https://nhipcau.example"


@pytest.fixture
def everybody(cast: Cast) -> Cast:
    """Each officer of the cast has an address: the login at a made-up domain."""
    for account in Account.objects.select_related("person"):
        account.person.email = f"{account.login}@donggiang.example"
        account.person.save()
    return cast


def reminded(cast: Cast, one: Announcement) -> set[str]:
    remind_silent(announcement=one, actor=cast.provincial_officer, at=NOW)
    run_due(at=NOW)
    return {mail.address.partition("@")[0] for mail in Mail.objects.all()}


def test_silent_units_alone_are_written_to_once(everybody: Cast) -> None:
    one = told(everybody, branches=[everybody.commune])
    open_announcement(announcement=one, actor=everybody.commune_officer, at=NOW)
    assert reminded(everybody, one) == {"coso"}
    announced.run(str(one.uid), at=NOW)
    run_due(at=NOW)
    assert Mail.objects.count() == 1


def test_the_mail_says_title_and_way_in_and_nothing_of_what_it_holds(everybody: Cast) -> None:
    one = told(everybody, branches=[everybody.local])
    reminded(everybody, one)
    body = Mail.objects.get().body
    assert SAID.title in body
    assert f"https://nhipcau.example/thong-bao/{one.uid}/" in body
    assert not any(line in body for line in SAID.text.splitlines())


def test_who_wants_none_or_not_of_this_kind_or_has_no_working_address_gets_none(everybody: Cast) -> None:
    volunteer, commune = everybody.account(everybody.local_volunteer), everybody.account(everybody.commune_officer)
    Account.objects.filter(pk=volunteer.pk).update(muted=["announcements"])
    Account.objects.filter(pk=commune.pk).update(digest=Digest.NEVER)
    refused = {"address": "phuong@donggiang.example", "state": MailState.REFUSED, "key": "x"}
    Mail.objects.create(**refused, subject="x", body="x", made_at=NOW, run_at=NOW)
    assert reminded(everybody, told(everybody)) == {"phuong"}
    assert Mail.objects.count() == 1


def test_a_post_without_the_role_is_not_written_to(everybody: Cast) -> None:
    assert reminded(everybody, told(everybody, roles=[Role.AUDITOR])) == set()


def test_what_was_withdrawn_in_between_goes_to_nobody(everybody: Cast) -> None:
    one = told(everybody)
    remind_silent(announcement=one, actor=everybody.provincial_officer, at=NOW)
    withdraw_announcement(announcement=one, reason="Hoãn", actor=everybody.provincial_officer, at=NOW)
    run_due(at=NOW)
    assert not Mail.objects.exists()


def test_who_reads_english_is_reminded_in_english(everybody: Cast) -> None:
    Account.objects.update(language="en")
    reminded(everybody, told(everybody, branches=[everybody.local]))
    assert "Sign in to read it" in Mail.objects.get().body
