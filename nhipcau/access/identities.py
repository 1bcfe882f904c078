"""Đăng nhập một cửa: whom another system vouches for, known by its issuer and its pairwise subject alone."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet

from nhipcau.access.models import Account, Identity
from nhipcau.audit.actions import record
from nhipcau.core.errors import Conflict
from nhipcau.core.said import Said
from nhipcau.org.scope import fetch

TAKEN = Said(
    "Danh tính này đã liên kết với một tài khoản khác. Mỗi danh tính chỉ mở một tài khoản.",
    "This identity is linked to another account already. An identity opens one account only.",
)


def account_of(issuer: str, subject: str) -> Account | None:
    """The account that is linked to that identity, if it is in use."""
    found = Identity.objects.filter(issuer=issuer, subject=subject, account__is_active=True)
    row = found.select_related("account__person").first()
    return row.account if row else None


def identities_of(account: Account) -> QuerySet[Identity]:
    """Those linked to the account."""
    return Identity.objects.filter(account=account).order_by("pk")


def link(*, account: Account, issuer: str, subject: str, at: dt.datetime) -> None:
    """From now on the identity opens the account. Raises Conflict where it opens another."""
    with transaction.atomic():
        made, new = Identity.objects.get_or_create(
            issuer=issuer, subject=subject, defaults={"account": account, "linked_at": at}
        )
        if made.account_id != account.pk:
            raise Conflict(TAKEN)
        if new:
            record(actor=account, action="access.identity_linked", obj=f"account:{account.uid}", at=at)


def unlink(*, account: Account, identity: object, at: dt.datetime) -> None:
    """It opens the account no longer. Raises NotFound."""
    with transaction.atomic():
        fetch(identities_of(account), identity, "Không có liên kết này.").delete()
        record(actor=account, action="access.identity_unlinked", obj=f"account:{account.uid}", at=at)


def forget_identities(account: Account) -> None:
    """In the transaction of a code from the level above, which ends every other way in."""
    identities_of(account).delete()
