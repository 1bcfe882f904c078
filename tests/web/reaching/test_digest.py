"""The morning's mail: what waits, to whom, when, in which language, and never what a report holds."""

from __future__ import annotations

import datetime as dt

import pytest
from pytest_django.fixtures import Settings

from nhipcau.access.models import Account, Digest
from nhipcau.core.clock import VN
from nhipcau.org.actions import end_appointment
from nhipcau.org.models import Appointment
from nhipcau.outbox.jobs import run_due
from nhipcau.outbox.mail import post_mail
from nhipcau.outbox.models import Mail, MailState
from nhipcau.web.reaching import digest, hours
from tests import quarterly
from tests.cast import NOW, SETUP, Cast
from tests.tasks.work import handed_out

pytestmark = [pytest.mark.django_db, pytest.mark.database]
OFFICER = "xa@donggiang.example"
MONDAY, TUESDAY, SUNDAY = (dt.datetime(2026, 3, day, 10, tzinfo=VN) for day in (16, 17, 15))


@pytest.fixture(autouse=True)
def sending(settings: Settings) -> None:
    settings.EMAIL_HOST, settings.SITE_URL = "thu.example", "https://nhipcau.example"


@pytest.fixture
def officer(cast: Cast) -> Account:
    """A commune officer with an address, to whom work was handed out."""
    handed_out(cast)
    account = cast.account(cast.commune_officer)
    account.person.email = OFFICER
    account.person.save()
    return account


def morning(at: dt.datetime) -> list[Mail]:
    digest.schedule(at=at)
    run_due(at=at)
    return list(Mail.objects.order_by("pk"))


def test_what_waits_comes_with_its_date_and_the_way_in(officer: Account) -> None:
    (mail,) = morning(MONDAY)
    assert mail.address == OFFICER
    assert "việc chờ bạn" in mail.subject
    assert "Việc được giao" in mail.body
    assert "hạn " in mail.body
    assert "https://nhipcau.example/" in mail.body


def test_it_is_written_once_a_day(officer: Account) -> None:
    morning(MONDAY)
    digest.run(at=MONDAY)
    assert len(morning(MONDAY)) == 1
    assert len(morning(TUESDAY)) == 2


def test_nothing_is_written_on_a_day_off_nor_before_seven(officer: Account) -> None:
    assert morning(SUNDAY) == []
    assert morning(MONDAY.replace(hour=6)) == []


def test_nobody_is_written_to_about_nothing(cast: Cast) -> None:
    account = cast.account(cast.local_volunteer)
    account.person.email = "la@donggiang.example"
    account.person.save()
    assert morning(MONDAY) == []


def test_who_wants_it_weekly_gets_it_on_the_first_working_day(officer: Account) -> None:
    Account.objects.filter(pk=officer.pk).update(digest=Digest.WEEKLY)
    assert morning(TUESDAY) == []
    assert len(morning(MONDAY + dt.timedelta(days=7))) == 1


def test_who_wants_none_or_not_this_part_gets_none(officer: Account) -> None:
    Account.objects.filter(pk=officer.pk).update(muted=["tasks"])
    assert all("Việc được giao" not in mail.body for mail in morning(MONDAY))
    Account.objects.filter(pk=officer.pk).update(digest=Digest.NEVER, muted=[])
    assert morning(TUESDAY) == list(Mail.objects.filter(key__contains="2026-03-16"))


def test_an_address_refused_for_good_gets_no_more(officer: Account) -> None:
    morning(MONDAY)
    Mail.objects.update(state=MailState.REFUSED, ended_at=MONDAY)
    assert len(morning(TUESDAY)) == 1


def test_who_reads_english_is_written_to_in_english(officer: Account) -> None:
    Account.objects.filter(pk=officer.pk).update(language="en")
    (mail,) = morning(MONDAY)
    assert mail.subject.startswith("Nhịp Cầu: ")
    assert "waiting for you" in mail.subject


def test_no_figure_of_a_report_leaves_by_mail(cast: Cast, officer: Account) -> None:
    quarterly.send(cast.local_volunteer, quarterly.publish(), gifts="3", money="900.000")
    (mail,) = morning(quarterly.LATER + dt.timedelta(days=1))
    assert "Quý" in mail.body or "quý" in mail.body, "the report waits to be received"
    assert "900" not in mail.body


def test_an_instance_without_a_mail_server_makes_none(officer: Account, settings: Settings) -> None:
    settings.EMAIL_HOST = ""
    assert morning(NOW) == []


def test_a_round_left_over_to_the_night_is_passed_over(officer: Account) -> None:
    digest.schedule(at=MONDAY)
    run_due(at=MONDAY.replace(hour=22))
    assert not Mail.objects.exists()


@pytest.mark.parametrize(
    ("at", "sent"),
    [(MONDAY, 1), (MONDAY.replace(hour=20), 0), (MONDAY.replace(hour=6), 0), (SUNDAY, 0)],
    ids=["by day", "in the evening", "before seven", "on a day off"],
)
def test_what_waits_is_sent_by_day_on_working_days_alone(
    settings: Settings, db: None, at: dt.datetime, sent: int
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    post_mail(key="k", address=OFFICER, language="vi", subject="Việc", body="Hai việc.", at=SUNDAY.replace(hour=0))
    assert hours.send(at=at) == sent


def test_what_waits_to_be_sent_is_dropped_the_second_its_post_ends(
    cast: Cast, officer: Account, settings: Settings
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    morning(MONDAY)
    held = Appointment.objects.get(post=cast.commune_officer)
    end_appointment(appointment=held, end=MONDAY.date(), actor=SETUP, at=MONDAY)
    assert hours.send(at=MONDAY) == 0
    assert not Mail.objects.exists(), "and nothing of it is kept"
