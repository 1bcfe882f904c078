"""Texts to paste into a chat group: what it is, by when, where to sign in. No figures, no contents, no person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.conf import settings
from django.utils.translation import gettext as _

from nhipcau.org.contacts import Contact
from nhipcau.web.templatetags.nhip import vi_date


def invitation(title: str, path: str, *, due: dt.date | None = None, source: str = "") -> str:
    """Two to four lines that lead to a page of ours; whoever opens it signs in first."""
    return "\n".join(
        [
            title,
            *([source] if source else []),
            *([_("Hạn: %(day)s") % {"day": vi_date(due)}] if due else []),
            _("Đăng nhập để xem: %(link)s") % {"link": settings.SITE_URL + path},
        ]
    )


def calling_list(head: str, units: Sequence[tuple[str, Contact | None]], path: str) -> str:
    """Units to ring up, each with the post and its office telephone where there is one."""
    lines = [
        f"{place}. {name}" + (f": {contact.title}, {contact.phone}" if contact else "")
        for place, (name, contact) in enumerate(units, start=1)
    ]
    return "\n".join([head, *lines, _("Đăng nhập để xem: %(link)s") % {"link": settings.SITE_URL + path}])
