"""Bước xác thực thứ hai: an app that shows codes, passkeys, recovery codes; who must have one, and what forgets it.

allauth makes, keeps and checks them (ADR 0029); here it is said and logged what changes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from nhipcau.access.models import Account
from nhipcau.audit.actions import record
from nhipcau.core.errors import Conflict, NotFound
from nhipcau.core.text import clean
from nhipcau.org.models import Post, Role

OFF, APPROVERS = "off", "approvers"  # else "all"
_DEMANDED_OF = (Role.BOARD, Role.APPROVER, Role.AUDITOR, Role.ADMINISTRATOR)
_APP, _PASSKEY, _CODES = Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN, Authenticator.Type.RECOVERY_CODES
LONGEST = 60


def second_steps(account: Account) -> QuerySet[Authenticator]:
    """The app and the passkeys; recovery codes alone are no second step."""
    steps: QuerySet[Authenticator] = Authenticator.objects.filter(user=account).exclude(type=_CODES)
    return steps.order_by("pk")


def lacks_second(account: Account, posts: Iterable[Post]) -> bool:
    """Whether the instance demands a second step of whoever holds these posts, and the account has none."""
    demanded = settings.REQUIRE_MFA
    if demanded == OFF or (demanded == APPROVERS and not any(post.has_role(*_DEMANDED_OF) for post in posts)):
        return False
    return not second_steps(account).exists()


def add_app(*, account: Account, secret: str, at: dt.datetime) -> list[str]:
    """The app that holds that secret, of which a code was seen; recovery codes, if these are the first.

    Raises Conflict: there is one already.
    """
    with transaction.atomic():
        _held(account)
        if second_steps(account).filter(type=_APP).exists():
            raise Conflict("Tài khoản đã có ứng dụng cho mã; hãy bỏ nó trước khi đặt cái khác.")
        TOTP.activate(account, secret)
        _log(account, "access.second_added", at, _APP)
        return _first_codes(account)


def add_passkey(*, account: Account, name: str, credential: object, at: dt.datetime) -> list[str]:
    """A passkey whose making was checked; recovery codes, if these are the first."""
    with transaction.atomic():
        _held(account)
        WebAuthn.add(account, clean(name)[:LONGEST], credential)
        _log(account, "access.second_added", at, _PASSKEY)
        return _first_codes(account)


def remove_second(*, account: Account, step: str, at: dt.datetime) -> None:
    """One of them, by its number; with the last of them the recovery codes go. Raises NotFound."""
    with transaction.atomic():
        _held(account)
        found = second_steps(account).filter(pk=step).first() if step.isdecimal() else None
        if found is None:
            raise NotFound("Không có cách xác thực này.")
        kind = found.type
        found.delete()
        if not second_steps(account).exists():
            Authenticator.objects.filter(user=account).delete()
        _log(account, "access.second_removed", at, kind)


def renew_codes(*, account: Account, at: dt.datetime) -> list[str]:
    """Recovery codes in place of those before. Raises Conflict where there is nothing to recover."""
    with transaction.atomic():
        _held(account)
        if not second_steps(account).exists():
            raise Conflict("Hãy đặt bước xác thực thứ hai trước.")
        Authenticator.objects.filter(user=account, type=_CODES).delete()
        _log(account, "access.recovery_codes", at, _CODES)
        return _first_codes(account)


def codes_left(account: Account) -> int:
    """How many recovery codes nobody has used."""
    kept = Authenticator.objects.filter(user=account, type=_CODES).first()
    return len(RecoveryCodes(kept).get_unused_codes()) if kept else 0


def forget_second(account: Account) -> None:
    """In the transaction of a code from the level above: whoever lost the device could never get in again."""
    Authenticator.objects.filter(user=account).delete()


def _held(account: Account) -> None:
    """One change at a time."""
    Account.objects.select_for_update().get(pk=account.pk)


def _first_codes(account: Account) -> list[str]:
    if Authenticator.objects.filter(user=account, type=_CODES).exists():
        return []
    codes: list[str] = RecoveryCodes.activate(account).get_unused_codes()
    return codes


def _log(account: Account, action: str, at: dt.datetime, kind: str) -> None:
    record(actor=account, action=action, obj=f"account:{account.uid}", at=at, data={"kind": str(kind)})
