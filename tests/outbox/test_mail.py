"""Mail over a real SMTP server: sent once, tried again, given up, an address refused for good remembered."""

from __future__ import annotations

import datetime as dt
import socket
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from pytest_django.fixtures import Settings

from nhipcau.outbox import mail
from nhipcau.outbox.models import Mail, MailState
from tests.cast import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.database]
VOLUNTEER = "coso@donggiang.example"


class Office:
    """A mail server that takes what it is told to take."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.says: dict[str, str] = {}

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        return self.says.get(address, "250 OK")

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        parsed = message_from_bytes(envelope.original_content or b"", policy=policy.default)
        assert isinstance(parsed, EmailMessage)
        self.taken.append(parsed)
        return "250 OK"


def hand_over_to(settings: Settings, port: int) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", port, False


@pytest.fixture
def office(settings: Settings) -> Iterator[Office]:
    handler = Office()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    running = Controller(handler, hostname="127.0.0.1", port=port)
    running.start()
    hand_over_to(settings, port)
    yield handler
    running.stop()


def posted(key: str = "viec:1", address: str = VOLUNTEER) -> None:
    mail.post_mail(key=key, address=address, language="vi", subject="Việc đến hạn", body="Hai việc.\n", at=NOW)


def later(minutes: int) -> dt.datetime:
    return NOW + dt.timedelta(minutes=minutes)


def test_a_mail_is_sent_once_with_its_subject_in_vietnamese(office: Office) -> None:
    posted()
    assert (mail.send_due(at=NOW), mail.send_due(at=NOW)) == (1, 0)
    (letter,) = office.taken
    assert (letter["Subject"], letter["To"], letter.get_content().split()) == (
        "Việc đến hạn",
        VOLUNTEER,
        ["Hai", "việc."],
    )
    assert letter["Auto-Submitted"] == "auto-generated"


def test_posting_the_same_again_makes_no_second(office: Office) -> None:
    posted()
    posted()
    assert mail.send_due(at=NOW) == 1


def test_a_line_break_in_a_subject_adds_no_header(office: Office) -> None:
    mail.post_mail(key="x", address=VOLUNTEER, language="vi", subject="Kế hoạch\r\nBcc: ai@x.vn", body="-", at=NOW)
    mail.send_due(at=NOW)
    assert (office.taken[0]["Subject"], office.taken[0]["Bcc"]) == ("Kế hoạch Bcc: ai@x.vn", None)


def test_a_busy_server_is_asked_again_later(office: Office) -> None:
    office.says = {VOLUNTEER: "451 greylisted, try again later"}
    posted()
    assert mail.send_due(at=NOW) == 0
    office.says = {}
    assert (mail.send_due(at=later(0)), mail.send_due(at=later(1))) == (0, 1)


def test_an_address_that_does_not_exist_is_remembered_and_the_others_are_sent(office: Office) -> None:
    office.says = {VOLUNTEER: "550 no such user"}
    posted()
    posted("viec:2", "huyen@donggiang.example")
    assert mail.send_due(at=NOW) == 1
    assert mail.refused_among([VOLUNTEER, "huyen@donggiang.example"]) == {VOLUNTEER}
    assert "no such user" in Mail.objects.get(state=MailState.REFUSED).last_error


def test_a_server_that_is_down_loses_nothing_and_is_not_asked_for_each_mail(settings: Settings) -> None:
    hand_over_to(settings, port=1)
    posted()
    posted("viec:2")
    assert mail.send_due(at=NOW) == 0
    assert list(Mail.objects.order_by("pk").values_list("state", "attempts")) == [("queued", 1), ("queued", 0)]
    assert not Mail.objects.filter(run_at__lte=NOW).exists()


def test_after_six_tries_it_is_given_up_with_the_last_reason(settings: Settings) -> None:
    hand_over_to(settings, port=1)
    posted()
    for day in range(len(mail.WAITS) + 1):
        mail.send_due(at=NOW + dt.timedelta(days=day))
    given_up = Mail.objects.get()
    assert (given_up.state, given_up.attempts) == (MailState.FAILED, len(mail.WAITS) + 1)
    assert "refused" in given_up.last_error


def test_what_was_left_half_sent_is_sent_again_under_the_same_name(office: Office) -> None:
    posted()
    mail.send_due(at=NOW)
    Mail.objects.update(state=MailState.SENDING, run_at=NOW)
    assert mail.send_due(at=later(1)) == 1
    assert office.taken[0]["Message-ID"] == office.taken[1]["Message-ID"]


def test_sent_mail_is_kept_a_month_and_a_refused_address_is_remembered() -> None:
    posted()
    posted("viec:2", "cu@donggiang.example")
    Mail.objects.filter(key="viec:1").update(state=MailState.SENT, ended_at=NOW)
    Mail.objects.filter(key="viec:2").update(state=MailState.REFUSED, ended_at=NOW)
    kept = mail.SentMail()
    assert (kept.sweep(at=NOW + dt.timedelta(days=29)), kept.sweep(at=NOW + dt.timedelta(days=31))) == (0, 1)
    assert mail.refused_among(["cu@donggiang.example"])
