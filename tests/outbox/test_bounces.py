"""Mail that comes back hours later: read as RFC 3464 says, matched to what was sent, and never answered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.core import mail as django_mail
from pytest_django.fixtures import Settings

from nhipcau.cli.mail import mail as command
from nhipcau.outbox import mail
from nhipcau.outbox.bounces import LARGEST, Bounce, take_bounce
from nhipcau.outbox.models import Mail, MailState
from tests.cast import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.database]
VOLUNTEER = "coso@donggiang.example"


@pytest.fixture(autouse=True)
def sending(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.MAIL_BOUNCES, settings.MAIL_DOMAIN = "thu-tra@congdoan.example", "congdoan.example"


@pytest.fixture
def sent() -> Mail:
    mail.post_mail(key="viec:1", address=VOLUNTEER, language="vi", subject="Việc", body="Hai việc.", at=NOW)
    mail.send_due(at=NOW)
    return Mail.objects.get()


def report(*, to: str, action: str = "failed", status: str = "5.1.1", original: str = "") -> bytes:
    """A delivery report as mail servers write it."""
    told = f"Final-Recipient: rfc822; {VOLUNTEER}\nAction: {action}\nStatus: {status}\n"
    pieces = [
        ("text/plain", "Sorry."),
        ("message/delivery-status", f"Reporting-MTA: dns; mx.example\n\n{told}"),
        *([("message/rfc822", original)] if original else []),
    ]
    body = "".join(f"--b\nContent-Type: {kind}\n\n{text}\n" for kind, text in pieces)
    kind = 'multipart/report; report-type=delivery-status; boundary="b"'
    head = f"From: MAILER-DAEMON@mx.example\nTo: {to}\nSubject: Undelivered Mail\nContent-Type: {kind}\n\n"
    return f"{head}{body}--b--\n".encode()


def back_to(sent: Mail) -> str:
    return f"thu-tra+{sent.ref}@congdoan.example"


def test_each_mail_names_itself_in_the_address_it_comes_back_to(sent: Mail) -> None:
    (letter,) = django_mail.outbox
    assert letter.from_email == back_to(sent)
    assert letter.message()["From"] != back_to(sent)


def test_an_address_that_does_not_exist_is_kept_as_not_reachable(sent: Mail) -> None:
    data = report(to=back_to(sent))
    assert (take_bounce(data=data, at=NOW), take_bounce(data=data, at=NOW)) == (Bounce.GONE, Bounce.GONE)
    assert mail.refused_among([VOLUNTEER]) == {VOLUNTEER}
    assert "5.1.1" in Mail.objects.get().last_error


def test_a_report_without_our_return_address_is_known_by_what_it_brings_back(sent: Mail) -> None:
    original = f"Message-ID: <{sent.ref}@congdoan.example>\nSubject: x\n\nHai việc.\n"
    assert take_bounce(data=report(to="nhipcau@congdoan.example", original=original), at=NOW) == Bounce.GONE


@pytest.mark.parametrize("status", ["5.2.2", "5.7.1", "5.6.0"])
def test_a_full_mailbox_or_a_filter_says_nothing_of_the_address(sent: Mail, status: str) -> None:
    assert take_bounce(data=report(to=back_to(sent), status=status), at=NOW) == Bounce.FAILED
    assert not mail.refused_among([VOLUNTEER])
    assert Mail.objects.get().state == MailState.FAILED


def test_a_delay_changes_nothing(sent: Mail) -> None:
    assert take_bounce(data=report(to=back_to(sent), action="delayed", status="4.4.1"), at=NOW) == Bounce.LATER
    assert Mail.objects.get().state == MailState.SENT


def test_a_report_on_a_mail_of_others_marks_nobody(sent: Mail) -> None:
    data = report(to=f"thu-tra+{'0' * 32}@congdoan.example")
    assert take_bounce(data=data, at=NOW) == Bounce.UNKNOWN
    assert not mail.refused_among([VOLUNTEER])


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00\xff\xfe not a mail",
        b"Subject: toi nghi phep\nAuto-Submitted: auto-replied\n\nDen thu Hai.\n",
        b"Content-Type: multipart/report; report-type=delivery-status\n\nno parts",
        b"Content-Type: message/delivery-status\n\nAction: failed",
        b"x" * (LARGEST + 1),
    ],
)
def test_whatever_else_lies_in_the_mailbox_is_left_alone(sent: Mail, data: bytes) -> None:
    assert take_bounce(data=data, at=NOW) in (Bounce.OTHER, Bounce.UNKNOWN)
    assert Mail.objects.get().state == MailState.SENT


def test_nothing_is_sent_in_answer(sent: Mail) -> None:
    before = len(django_mail.outbox)
    take_bounce(data=report(to=back_to(sent)), at=NOW)
    assert (mail.send_due(at=NOW), len(django_mail.outbox)) == (0, before)


def test_the_owner_may_say_that_the_address_works(sent: Mail) -> None:
    take_bounce(data=report(to=back_to(sent)), at=NOW)
    assert mail.try_again(address=VOLUNTEER, at=NOW) == 1
    assert not mail.refused_among([VOLUNTEER])


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Iterator[CliRunner]:
    monkeypatch.setattr("nhipcau.cli.mail.open_instance", lambda: None)
    yield CliRunner()


def test_the_command_reads_files_mailboxes_and_standard_input(sent: Mail, run: CliRunner, tmp_path: Path) -> None:
    data = report(to=back_to(sent))
    single, box = tmp_path / "mot.eml", tmp_path / "hop.mbox"
    single.write_bytes(data)
    other = b"From x Mon Mar 16 09:00:00 2026\nSubject: a\n\nb\n"
    box.write_bytes(b"From MAILER-DAEMON Mon Mar 16 09:00:00 2026\n" + data + b"\n" + other)
    assert run.invoke(command, ["bounces", str(single), "--json"]).stdout.split()[1:3] == ['"gone":', "1,"]
    told = run.invoke(command, ["bounces", str(box)]).stdout
    assert "1 thư: địa chỉ không còn gửi tới được" in told
    assert "1 thư: không phải thư báo lỗi" in told
    assert "1 thư: địa chỉ" in run.invoke(command, ["bounces", "-"], input=data).stdout


def test_mails_in_mails_without_end_are_no_report_and_stop_nobody(db: None) -> None:
    assert take_bounce(data=b"Content-Type: message/rfc822\n\n" * 3000, at=NOW) is Bounce.OTHER
