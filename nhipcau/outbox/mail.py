"""The mail outbox: rows in the caller's transaction, sent by the worker over SMTP, tried again, given up with why.

A row is marked before it is handed to the server and after, each in a transaction of its own: a process that dies
in between sends again, and the same Message-ID lets the receiver drop the second (RFC 5322, 3.6.4).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import smtplib
from collections.abc import Callable, Collection, Sequence
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, models, transaction

from nhipcau.core.retaining import Rows, Unlogged
from nhipcau.outbox.holding import Hold, abandoned
from nhipcau.outbox.models import Mail, MailState

logger = logging.getLogger(__name__)

# After each failed try the next one waits this long; then the mail is given up.
WAITS = tuple(dt.timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 480))
KEPT = dt.timedelta(days=30)
PERMANENT = range(500, 600)  # RFC 5321, 4.2.1: the same will be refused again


def configured() -> bool:
    """Whether this instance sends mail at all."""
    return bool(settings.EMAIL_HOST)


def post_mail(
    *, key: str, address: str, language: str, subject: str, body: str, at: dt.datetime, about: Sequence[str] = ()
) -> bool:
    """Queue a mail in the caller's transaction; at most once for a key. Whether it is new."""
    values: dict[str, Any] = {"address": address, "language": language, "body": body, "about": list(about)}
    values["subject"] = " ".join(subject.split())[:200]
    values["ref"] = hashlib.sha256(key.encode()).hexdigest()[:32]
    _, fresh = Mail.objects.get_or_create(key=key, defaults=values | {"made_at": at, "run_at": at})
    return fresh


def refused_among(addresses: Collection[str]) -> set[str]:
    """The addresses that a server has refused for good: nothing more is sent there until they are changed."""
    found = Mail.objects.filter(state=MailState.REFUSED, address__in=addresses)
    return set(found.values_list("address", flat=True))


def send_due(*, at: dt.datetime, limit: int = 50, holds: Callable[[Mail], bool] | None = None) -> int:
    """Send what is due, oldest first, over one connection; how many left. A server that is down ends the round.

    What no longer `holds` when its turn comes is not sent, and forgotten.
    """
    _take_back()
    sent, server = 0, get_connection()
    try:
        for _ in range(limit):
            claimed = _claim(at)
            if claimed is None:
                break
            mail, hold = claimed
            if holds is not None and not holds(mail):
                logger.info("Thôi gửi thư %s: người nhận không còn giữ chức danh mà thư nói tới.", mail.pk)
                mail.delete()
                hold.release()
                continue
            try:
                sent += _deliver(mail, server, at)
            except (smtplib.SMTPException, OSError) as error:
                _again(mail, f"{type(error).__name__}: {error}", at)
                _waiting(at).update(run_at=at + WAITS[0])
                break
            finally:
                hold.release()
    finally:
        server.close()
    return sent


def _deliver(mail: Mail, server: BaseEmailBackend, at: dt.datetime) -> bool:
    """Whether it left. Raises what says that the server cannot be reached, not what it says of this mail."""
    server.open()
    try:
        _hand_over(mail, server)
    except smtplib.SMTPRecipientsRefused as error:
        _refused(mail, *next(iter(error.recipients.values())), at)
        return False
    except smtplib.SMTPDataError as error:
        _refused(mail, error.smtp_code, error.smtp_error, at)
        return False
    _end(mail, MailState.SENT, "", at)
    return True


def _waiting(at: dt.datetime) -> models.QuerySet[Mail]:
    return Mail.objects.filter(state=MailState.QUEUED, run_at__lte=at).order_by("run_at", "pk")


def _take_back() -> None:
    """What a worker that died was about to send goes back in the queue."""
    for pk in Mail.objects.filter(state=MailState.SENDING).order_by("pk").values_list("pk", flat=True):
        with abandoned("mail", pk) as free:
            if free:
                Mail.objects.filter(pk=pk, state=MailState.SENDING).update(state=MailState.QUEUED)


def _claim(at: dt.datetime) -> tuple[Mail, Hold] | None:
    hold: Hold | None = None
    try:
        with transaction.atomic():
            waiting = _waiting(at)
            if connection.features.has_select_for_update_skip_locked:
                waiting = waiting.select_for_update(skip_locked=True)
            mail = waiting.first()
            if mail is None:
                return None
            hold = Hold("mail", mail.pk)
            if not hold.take():
                return None
            mail.state, mail.attempts, mail.run_at = MailState.SENDING, mail.attempts + 1, at
            mail.save()
    except BaseException:
        if hold is not None:
            hold.release()
        raise
    return mail, hold


def _hand_over(mail: Mail, server: BaseEmailBackend) -> None:
    headers = {
        "From": settings.DEFAULT_FROM_EMAIL,
        "Message-ID": f"<{mail.ref}@{settings.MAIL_DOMAIN}>",
        "Auto-Submitted": "auto-generated",  # RFC 3834: no out-of-office answers, please
        "Content-Language": mail.language,
    }
    back = return_address(mail.ref)
    message = EmailMessage(mail.subject, mail.body, back, to=[mail.address], headers=headers, connection=server)
    message.send()


def return_address(ref: str) -> str:
    """Where the mail comes back to if it cannot be delivered: a mailbox that names it (VERP), else the sender."""
    name, at, domain = settings.MAIL_BOUNCES.partition("@")
    return f"{name}+{ref}{at}{domain}" if name else settings.DEFAULT_FROM_EMAIL


def came_back(*, ref: str, error: str, gone: bool, at: dt.datetime) -> Mail | None:
    """A mail that left came back later; None if it is not ours. With `gone` nothing more is sent to its address
    until that is changed. Safe to repeat: what came back once stays as it is."""
    with transaction.atomic():
        mail = Mail.objects.select_for_update().filter(ref=ref).exclude(ref="").first()
        if mail is not None and mail.state == MailState.SENT:
            _end(mail, MailState.REFUSED if gone else MailState.FAILED, error, at)
    return mail


def try_again(*, address: str, at: dt.datetime) -> int:
    """The owner says that the address works: mail goes there again. How many mails had been refused there."""
    refused = Mail.objects.filter(state=MailState.REFUSED, address=address)
    return refused.update(state=MailState.FAILED, ended_at=at)


def _refused(mail: Mail, code: int, said: bytes | str, at: dt.datetime) -> None:
    told = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    if code in PERMANENT:
        _end(mail, MailState.REFUSED, f"{code} {told}", at)
    else:
        _again(mail, f"{code} {told}", at)


def _again(mail: Mail, error: str, at: dt.datetime) -> None:
    # What the server said may name the officer: it stands with the mail, not in the log.
    kind = error.partition(" ")[0].rstrip(":")
    logger.warning("Chưa gửi được thư %s (lần %s): %s", mail.pk, mail.attempts, kind)
    if mail.attempts > len(WAITS):
        _end(mail, MailState.FAILED, error, at)
        return
    mail.state, mail.last_error = MailState.QUEUED, error[:2000]
    mail.run_at = at + WAITS[mail.attempts - 1]
    mail.save()


def _end(mail: Mail, state: MailState, error: str, at: dt.datetime) -> None:
    mail.state, mail.last_error, mail.ended_at = state, error[:2000], at
    mail.save()


class SentMail(Unlogged):
    """Mail is kept a month, to say what was sent and what was not; a refused address is remembered."""

    name = "mail"
    label = "thư điện tử đã gửi"
    kept = KEPT

    def overdue(self, at: dt.datetime) -> Sequence[Rows]:
        """Sent or given up longer ago."""
        ended = Mail.objects.filter(state__in=(MailState.SENT, MailState.FAILED))
        return [ended.filter(ended_at__lt=at - self.kept)]
