"""What signing in leaves behind is erased once it has ended: sessions, devices, codes, counts of wrong tries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef

from nhipcau.access.models import Device, EntryCode, SharedCount
from nhipcau.core.retaining import Rows, Unlogged


class EndedSessions(Unlogged):
    """No deed of anybody's, so not logged one by one."""

    name = "ended_sessions"
    label = "phiên đăng nhập, thiết bị và mã kích hoạt đã hết hạn"
    kept = dt.timedelta(0)

    def overdue(self, at: dt.datetime) -> Sequence[Rows]:
        """What has ended; sessions first, since a device ends with its session."""
        running = Session.objects.filter(session_key=OuterRef("session_key"))
        return [
            Session.objects.filter(expire_date__lt=at),
            Device.objects.exclude(Exists(running)),
            EntryCode.objects.filter(expires_at__lt=at),
            SharedCount.objects.filter(expires__lt=at),
        ]
