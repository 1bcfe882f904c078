"""Opening accounts, and what each wants to be told."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Collection

from django.db import transaction

from nhipcau.access.models import Account, Density, Digest, Theme
from nhipcau.access.passwords import faults_of
from nhipcau.audit.actions import record
from nhipcau.core.actors import Actor
from nhipcau.core.errors import Fault, InvalidInput
from nhipcau.core.text import clean
from nhipcau.org.actions import add_person, change_email
from nhipcau.outbox.mail import try_again


def open_account(
    *,
    login: str,
    password: str | None,
    name: str,
    phone: str = "",
    actor: Actor,
    at: dt.datetime,
) -> Account:
    """An account with its person; without a password it waits for a code (see `codes`).

    InvalidInput if the login is taken or the password too weak.
    """
    login = clean(login).lower()
    account = Account(login=login)
    faults = [Fault("login", "tên đăng nhập này đã có người dùng")] if _taken(login) else []
    if password is not None:
        faults += [Fault("password", why) for why in faults_of(password, login)]
    if faults:
        raise InvalidInput("Chưa mở được tài khoản.", faults)
    with transaction.atomic():
        account.person = add_person(name=name, phone=phone, actor=actor, at=at)
        account.set_password(password)
        account.save()
        record(actor=actor, action="access.account_opened", obj=f"account:{account.uid}", at=at)
    return account


def choose_display(
    *, account: Account, language: str | None = None, theme: Theme | None = None, density: Density | None = None
) -> None:
    """How the pages look to this officer on every device; what is None stays. No deed of office, so not logged."""
    for name, chosen in (("language", language), ("theme", theme), ("density", density)):
        if chosen is not None:
            setattr(account, name, chosen)
    account.save(update_fields=["language", "theme", "density"])


def choose_mail(
    *, account: Account, digest: Digest, muted: Collection[str], email: str, actor: Actor, at: dt.datetime
) -> None:
    """How often mail goes to the account's officer, where to, and of which parts none."""
    with transaction.atomic():
        account.digest, account.muted = digest, sorted(muted)
        account.save(update_fields=["digest", "muted"])
        change_email(person=account.person, email=email, actor=actor, at=at)
        record(
            actor=actor,
            action="access.mail_chosen",
            obj=f"account:{account.uid}",
            at=at,
            data={"digest": digest, "muted": account.muted},
        )


def mail_again(*, account: Account, actor: Actor, at: dt.datetime) -> None:
    """The officer says that the address works although mail came back from it: it is tried again."""
    with transaction.atomic():
        if try_again(address=account.person.email, at=at):
            record(actor=actor, action="access.mail_again", obj=f"account:{account.uid}", at=at)


def give_calendar(*, account: Account, actor: Actor, at: dt.datetime) -> None:
    """A new secret address of the account's calendar; one given out before no longer works."""
    _set_calendar(account, secrets.token_urlsafe(18), "access.calendar_given", actor, at)


def end_calendar(*, account: Account, actor: Actor, at: dt.datetime) -> None:
    """The account's calendar has no address any more."""
    _set_calendar(account, "", "access.calendar_ended", actor, at)


@transaction.atomic
def _set_calendar(account: Account, secret: str, action: str, actor: Actor, at: dt.datetime) -> None:
    account.calendar = secret
    account.save(update_fields=["calendar"])
    record(actor=actor, action=action, obj=f"account:{account.uid}", at=at)


def _taken(login: str) -> bool:
    return Account.objects.filter(login=login).exists()
