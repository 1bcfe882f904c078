"""What activities bring to the worklist."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from nhipcau.activities.models import ActivityPartner
from nhipcau.activities.queries import declined, to_confirm, to_look_at
from nhipcau.documents.rights import reads_contents
from nhipcau.org.queries import names_of
from nhipcau.org.scope import Scope
from nhipcau.web.sections import Section, WorkItem, shows
from nhipcau.web.templatetags.nhip import vi_date
from nhipcau.web.words import labelled

_MOST = 20


@shows(lambda scope: [to_confirm(scope), declined(scope)])
def joint(scope: Scope) -> Section:
    """Activities that name the unit as a partner, and partners of its own that say "not us"."""
    title = _("Hoạt động phối hợp")
    if not reads_contents(scope):
        return Section(title)
    asked, refused = list(to_confirm(scope)[:_MOST]), list(declined(scope)[:_MOST])
    ids = [one.activity.unit_id for one in asked] + [one.unit_id for one in refused if one.unit_id]
    names = names_of(ids, scope.day)
    items = [_item(one, names[one.activity.unit_id].name, _("chờ xác nhận"), _("Trả lời")) for one in asked]
    for one in refused:
        partner = names[one.unit_id].name if one.unit_id else one.outside
        items.append(_item(one, partner, _("báo không cùng làm"), _("Xem và sửa")))
    return Section(title, items)


@shows(lambda scope: [to_look_at(scope)])
def photos(scope: Scope) -> Section:
    """Photographs whose covered faces nobody has looked at; until then nobody else sees them."""
    title = _("Ảnh chờ xem lại")
    if not reads_contents(scope):
        return Section(title)
    items = [
        WorkItem(
            title=one.title or labelled(one.type),
            url=reverse("activities:photos", kwargs={"uid": one.uid}),
            reason=_("ngày %(day)s") % {"day": vi_date(one.held_on)},
            state=_("chưa ai khác thấy"),
            tone="warn",
            action=_("Xem ảnh"),
        )
        for one in to_look_at(scope)[:_MOST]
    ]
    return Section(title, items)


def _item(partner: ActivityPartner, source: str, state: str, action: str) -> WorkItem:
    activity = partner.activity
    return WorkItem(
        title=activity.title or labelled(activity.type),
        url=reverse("activities:detail", kwargs={"uid": activity.uid}),
        reason=_("ngày %(day)s") % {"day": vi_date(activity.held_on)},
        source=source,
        state=state,
        tone="warn",
        action=action,
    )
