"""What signing in leaves behind is erased once it has ended: sessions, devices, codes, counts of wrong tries."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, QuerySet

from nhipcau.access.models import Device, EntryCode, SharedCount


class EndedSessions:
    """No deed of anybody's, so not logged one by one."""

    name = "ended_sessions"
    label = "phiên đăng nhập, thiết bị và mã kích hoạt đã hết hạn"
    kept = dt.timedelta(0)

    def sweep(self, *, at: dt.datetime) -> int:
        """Erase what has ended; sessions first, since a device ends with its session."""
        return sum(found.delete()[0] for found in self._overdue(at))

    def left(self, *, at: dt.datetime) -> int:
        """What should be gone."""
        return sum(found.count() for found in self._overdue(at))

    def _overdue(self, at: dt.datetime) -> tuple[QuerySet[Any], ...]:
        running = Session.objects.filter(session_key=OuterRef("session_key"))
        return (
            Session.objects.filter(expire_date__lt=at),
            Device.objects.exclude(Exists(running)),
            EntryCode.objects.filter(expires_at__lt=at),
            SharedCount.objects.filter(expires__lt=at),
        )
