"""What letters bring to the worklist."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from nhipcau.documents.models import Direction, Document, DocumentState
from nhipcau.documents.queries import unread_scans, visible_documents
from nhipcau.documents.rights import REGISTRARS
from nhipcau.org.scope import Scope
from nhipcau.web.sections import Section, WorkItem, shows
from nhipcau.web.templatetags.nhip import vi_date


@shows(lambda scope: [unread_scans(scope)])
def unread(scope: Scope) -> Section:
    """Scans that the machine could not read."""
    title = _("Bản quét máy chưa nhận dạng được")
    if not scope.post.has_role(*REGISTRARS):
        return Section(title)
    items = [
        WorkItem(
            title=one.name,
            url=reverse("documents:scan", kwargs={"uid": one.uid}),
            reason=one.note,
            state=_("chưa đọc được"),
            tone="bad",
            action=_("Thử lại hoặc bỏ"),
        )
        for one in unread_scans(scope)[:20]
    ]
    return Section(title, items)


@shows(lambda scope: [_to_confirm(scope)])
def to_confirm(scope: Scope) -> Section:
    """Letters that the machine has read and nobody has confirmed."""
    title = _("Văn bản đến chờ vào sổ")
    if not scope.post.has_role(*REGISTRARS):
        return Section(title)
    items = [
        WorkItem(
            title=one.subject or one.original_name,
            url=reverse("documents:confirm", kwargs={"uid": one.uid}),
            source=" · ".join(filter(None, (one.number or _("chưa thấy số"), one.issuer))),
            reason=_("nhận ngày %(day)s") % {"day": vi_date(one.received_on)},
            state=_("chờ xác nhận"),
            tone="warn",
            action=_("Xác nhận"),
        )
        for one in _to_confirm(scope)[:20]
    ]
    return Section(title, items, reverse("documents:register") if len(items) == 20 else "")


def _to_confirm(scope: Scope) -> QuerySet[Document]:
    return visible_documents(scope, state=DocumentState.READ, direction=Direction.INCOMING, own_only=True)
