"""Thiết bị đang đăng nhập: what an account is signed in on, and ending it there.

A device is known by the name of its browser and system and by when it was last seen; no network address is kept.
"""

from __future__ import annotations

import datetime as dt

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from nhipcau.access.models import Account, Device
from nhipcau.audit.actions import record
from nhipcau.core.clock import SystemClock
from nhipcau.org.scope import fetch

LONGEST = 60


def devices_of(account: Account) -> QuerySet[Device]:
    """Those whose session still runs, the latest seen first."""
    running = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=SystemClock().now())
    return Device.objects.filter(Exists(running), account=account).order_by("-seen_at", "-pk")


@transaction.atomic
def signed_in(*, account: Account, session_key: str, words: str, at: dt.datetime) -> None:
    """The account has been let in there; what has ended by itself is forgotten."""
    Device.objects.filter(account=account).exclude(pk__in=devices_of(account).values("pk")).delete()
    Device.objects.create(account=account, session_key=session_key, words=words[:LONGEST], opened_at=at, seen_at=at)


def seen(*, session_key: str, at: dt.datetime) -> None:
    """It is still there. No deed, so not logged."""
    Device.objects.filter(session_key=session_key).update(seen_at=at)


def end_device(*, account: Account, device: object, at: dt.datetime) -> None:
    """Sign out one of the account's devices, by its uid: its next request is a stranger's. Raises NotFound."""
    found = fetch(devices_of(account), device, "Thiết bị này không còn đăng nhập.")
    _end(account, [found.session_key], at)


def end_others(*, account: Account, but: str | None, at: dt.datetime) -> None:
    """Sign out all but that session."""
    others = devices_of(account).exclude(session_key=but or "")
    _end(account, list(others.values_list("session_key", flat=True)), at)


def forget_devices(account: Account) -> None:
    """Every session of the account ends, in the transaction of what ends them."""
    listed = Device.objects.filter(account=account)
    Session.objects.filter(session_key__in=listed.values("session_key")).delete()
    listed.delete()


def follow(*, old: str | None, new: str | None) -> None:
    """The same session goes on under another key."""
    Device.objects.filter(session_key=old).update(session_key=new)


@transaction.atomic
def _end(account: Account, keys: list[str], at: dt.datetime) -> None:
    if not keys:
        return
    Session.objects.filter(session_key__in=keys).delete()
    Device.objects.filter(session_key__in=keys).delete()
    said = {"devices": len(keys)}
    record(actor=account, action="access.device_ended", obj=f"account:{account.uid}", at=at, data=said)
