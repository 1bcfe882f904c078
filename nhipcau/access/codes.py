"""Mã kích hoạt: handed down by the level above, it opens an account or lets its officer back in, once.

The officer chooses the password with it, so that nobody else ever knows one. Only the code's digest is kept.
Whoever hands it out could use it first: that is why not everybody may (see `staffing`); the log names both deeds.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass

from django.db import transaction

from nhipcau.access.devices import forget_devices
from nhipcau.access.identities import forget_identities
from nhipcau.access.models import Account, ApiToken, EntryCode
from nhipcau.access.passwords import faults_of
from nhipcau.access.second import forget_second
from nhipcau.access.tokens.actions import revoke_token
from nhipcau.access.tokens.queries import in_force
from nhipcau.audit.actions import record
from nhipcau.core.actors import Actor
from nhipcau.core.clock import local_date
from nhipcau.core.errors import Fault, InvalidInput
from nhipcau.core.said import Said

LASTS = dt.timedelta(days=14)  # it may have to travel on paper
LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that a hand confuses: no 0 and O, 1, I and L, U and V
GROUPS, LENGTH = 4, 4  # 78 bits: nobody guesses it, however many stand open
WRONG = Said(
    "mã này không đúng, đã dùng hoặc đã hết hạn; hãy xin cấp trên mã khác",
    "this code is wrong, used or out of date; ask the level above for another",
)


@dataclass(frozen=True)
class Handed:
    """What is shown once, or printed, and handed over."""

    account: Account
    code: str
    last_day: dt.date


def hand_code(account: Account, *, actor: Actor, at: dt.datetime) -> Handed:
    """A code for that account; whatever opened it before ends: password, sessions, second steps, identities, the
    tokens its officer made, the calendar's address."""
    code = "-".join("".join(secrets.choice(LETTERS) for _ in range(LENGTH)) for _ in range(GROUPS))
    with transaction.atomic():
        account.set_unusable_password()
        account.calendar = ""
        account.save(update_fields=["password", "calendar"])
        for token in in_force(ApiToken.objects.filter(appointment__person=account.person_id), at):
            revoke_token(token=token, actor=actor, at=at)
        for forget in (forget_devices, forget_second, forget_identities):
            forget(account)
        EntryCode.objects.update_or_create(
            account=account, defaults={"digest": _digest(code), "expires_at": at + LASTS}
        )
        record(actor=actor, action="access.code_given", obj=f"account:{account.uid}", at=at)
    return Handed(account, code, local_date(at + LASTS))


def use_code(*, code: str, password: str, at: dt.datetime) -> Account:
    """The officer takes a password with the code, which ends with it.

    Raises InvalidInput with faults at "code" (the same for every wrong one) or "new".
    """
    found = EntryCode.objects.filter(digest=_digest(code), expires_at__gt=at, account__is_active=True)
    row = found.select_related("account__person").first()
    if row is None:
        raise InvalidInput("Chưa mở được tài khoản.", [Fault("code", WRONG)])
    account = row.account
    if faults := [Fault("new", why) for why in faults_of(password, account.login)]:
        raise InvalidInput("Chưa mở được tài khoản.", faults)
    with transaction.atomic():
        if not found.filter(pk=row.pk).delete()[0]:  # somebody was quicker, with the same slip of paper
            raise InvalidInput("Chưa mở được tài khoản.", [Fault("code", WRONG)])
        account.set_password(password)
        account.save(update_fields=["password"])
        record(actor=account, action="access.code_used", obj=f"account:{account.uid}", at=at)
    return account


def _digest(code: str) -> str:
    """However it was typed: small letters, spaces, no hyphens."""
    return hashlib.sha256("".join(code.upper().replace("-", " ").split()).encode()).hexdigest()
