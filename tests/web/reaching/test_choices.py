"""One's own mail and calendar: chosen on one page, an address that can be ended."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar
from pytest_django.fixtures import Settings

from nhipcau.access.codes import hand_code, use_code
from nhipcau.access.models import Account
from nhipcau.audit.models import Entry
from nhipcau.org.actions import end_appointment
from nhipcau.org.models import Appointment
from nhipcau.outbox.models import Mail, MailState
from tests.cast import NOW, PASSWORD, SETUP, TODAY, Cast
from tests.tasks.work import handed_out

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(settings: Settings) -> None:
    settings.DEMO_CLOCK = NOW.isoformat()
    settings.SITE_URL = "https://nhipcau.example"


@pytest.fixture
def client(cast: Cast) -> Client:
    """The commune officer's browser."""
    handed_out(cast)
    client = Client()
    client.force_login(cast.account(cast.commune_officer))
    return client


def subscribed(client: Client, cast: Cast) -> str:
    client.post(reverse("calendar_address"), {"viec": "moi"})
    return reverse("calendar", kwargs={"secret": cast.account(cast.commune_officer).calendar})


def test_the_choice_is_kept_and_logged_without_the_address(client: Client, cast: Cast) -> None:
    sent = {"email": "xa@donggiang.example", "digest": "weekly", "parts": ["tasks"]}
    assert client.post(reverse("mail_choices"), sent).status_code == 302
    account = Account.objects.select_related("person").get(pk=cast.account(cast.commune_officer).pk)
    assert (account.digest, account.muted) == (
        "weekly",
        ["activities", "announcements", "campaigns", "documents", "org", "reports"],
    )
    assert account.person.email == "xa@donggiang.example"
    assert "donggiang.example" not in str(list(Entry.objects.values_list("data", flat=True)))


def test_a_wrong_address_is_said_beside_it(client: Client) -> None:
    answer = client.post(reverse("mail_choices"), {"email": "xa@", "digest": "daily"})
    assert (answer.status_code, "Địa chỉ này chưa đúng" in answer.content.decode()) == (422, True)


def test_the_calendar_holds_each_date_with_its_title_for_whoever_has_the_address(
    client: Client, cast: Cast
) -> None:
    answer = Client().get(subscribed(client, cast))
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    assert answer.headers["Content-Type"].startswith("text/calendar")
    assert events
    assert all(str(one["url"]).startswith("https://nhipcau.example/") for one in events)
    assert all(one.decoded("dtstart") >= TODAY for one in events)


def test_a_new_address_ends_the_old_one_and_it_can_be_ended_for_good(client: Client, cast: Cast) -> None:
    old = subscribed(client, cast)
    new = subscribed(client, cast)
    assert (Client().get(old).status_code, Client().get(new).status_code) == (404, 200)
    client.post(reverse("calendar_address"), {"viec": "huy"})
    assert Client().get(new).status_code == 404


def test_while_the_account_waits_for_a_new_password_the_address_opens_nothing(client: Client, cast: Cast) -> None:
    address, account = subscribed(client, cast), cast.account(cast.commune_officer)
    handed = hand_code(account, actor=SETUP, at=NOW)
    assert Client().get(address).status_code == 404
    use_code(code=handed.code, password="mat-khau-moi-2026", at=NOW)
    assert Client().get(address).status_code == 404, "a code ends what the account gave out"


def test_a_post_that_ended_shows_nothing_more(client: Client, cast: Cast) -> None:
    address = subscribed(client, cast)
    held = Appointment.objects.get(post=cast.commune_officer)
    end_appointment(appointment=held, end=TODAY, actor=SETUP, at=NOW)
    assert not list(Calendar.from_ical(Client().get(address).content).walk("VEVENT"))


def test_who_signs_in_is_told_that_mail_came_back_and_may_try_again(client: Client, cast: Cast) -> None:
    account = cast.account(cast.commune_officer)
    account.person.email = "xa@donggiang.example"
    account.person.save()
    refused = {"key": "k", "address": account.person.email, "state": MailState.REFUSED, "subject": "x", "body": "x"}
    Mail.objects.create(**refused, made_at=NOW, run_at=NOW)
    visitor = Client()
    page = visitor.post("/dang-nhap/", {"login": "xa", "password": PASSWORD}, follow=True).content.decode()
    assert "địa chỉ của bạn đã bị trả lại" in page
    assert "Thư gửi tới địa chỉ này đã bị trả lại" in client.get(reverse("mail_choices")).content.decode()
    client.post(reverse("mail_again"))
    assert "đã bị trả lại" not in client.get(reverse("mail_choices")).content.decode()
    assert Entry.objects.filter(action="access.mail_again").count() == 1
