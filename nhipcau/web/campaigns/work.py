"""What campaigns bring to the worklist: those that end soon and in which the unit has held nothing yet."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _

from nhipcau.campaigns.queries import ending_without_session, without_session
from nhipcau.org.queries import names_of
from nhipcau.org.scope import Scope
from nhipcau.web.sections import Section, WorkItem, shows

_SOON = dt.timedelta(days=14)


@shows(lambda scope: [without_session(scope, _SOON)])
def ending(scope: Scope) -> Section:
    """An item goes with the first session recorded, or once the campaign is closed."""
    found = ending_without_session(scope, _SOON)
    names = names_of([one.unit_id for one in found], scope.day)
    items = [
        WorkItem(
            title=one.name,
            url=reverse("campaigns:campaign", kwargs={"uid": one.uid}),
            due=one.last_day,
            reason=_("ngày cuối của chiến dịch"),
            source=names[one.unit_id].name,
            state=_("đã hết ngày") if one.last_day < scope.day else _("sắp kết thúc"),
            tone="warn",
            action=_("Ghi một buổi"),
            overdue=one.last_day < scope.day,
        )
        for one in found
    ]
    return Section(_("Chiến dịch đơn vị chưa tổ chức buổi nào"), items)
