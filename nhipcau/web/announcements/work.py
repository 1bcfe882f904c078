"""What announcements bring to the worklist: those that nobody of the unit has opened."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from nhipcau.org.queries import names_of
from nhipcau.org.scope import Scope
from nhipcau.tasks.announcements.queries import unread
from nhipcau.web.sections import Section, WorkItem, shows
from nhipcau.web.templatetags.nhip import vi_date

_MOST = 20


@shows(lambda scope: [unread(scope)])
def to_read(scope: Scope) -> Section:
    """Newest first; an item goes once one of the unit's posts has opened it."""
    rows = list(unread(scope)[:_MOST])
    names = names_of([one.unit_id for one in rows], scope.day)
    items = [
        WorkItem(
            title=one.title,
            url=reverse("announcements:announcement", kwargs={"uid": one.uid}),
            reason=_("có giá trị đến %(day)s") % {"day": vi_date(one.valid_until)} if one.valid_until else "",
            source=names[one.unit_id].name,
            state=_("đã nhắc đọc") if one.reminded_at else _("chưa đọc"),
            tone="warn" if one.reminded_at else "info",
            action=_("Đọc"),
        )
        for one in rows
    ]
    return Section(_("Thông báo chưa đọc"), items, reverse("announcements:list") if len(items) == _MOST else "")
