"""What drafts out for signature put on the worklist: to be signed, to be numbered, waiting for the signed copy."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from nhipcau.core.periods import parse_period
from nhipcau.documents.rights import REGISTRARS
from nhipcau.org.models import Role
from nhipcau.org.scope import Scope
from nhipcau.reports.design.templates import definition_of
from nhipcau.reports.issuing.drafts import ACTIVE, visible_drafts
from nhipcau.reports.models import SigningDraft, SigningState
from nhipcau.web.reports import pieces
from nhipcau.web.sections import Section, WorkItem, shows
from nhipcau.web.words import in_words, named


@shows(lambda scope: [visible_drafts(scope).filter(state__in=ACTIVE)])
def in_signing(scope: Scope) -> Section:
    """For the leader what waits for a signature, for the clerk what waits for a number or the signed copy."""
    title = _("Trình ký, phát hành")
    if not scope.post.has_role(Role.APPROVER, *REGISTRARS):
        return Section(title)
    clerk = scope.post.has_role(*REGISTRARS)
    drafts = visible_drafts(scope).filter(state__in=ACTIVE)
    return Section(title, [_item(draft, clerk=clerk) for draft in drafts if clerk or _unsigned(draft)])


def _unsigned(draft: SigningDraft) -> bool:
    return draft.state == SigningState.OUT


def _item(draft: SigningDraft, *, clerk: bool) -> WorkItem:
    definition, period = definition_of(draft.version), parse_period(draft.period)
    if not _unsigned(draft):
        number = draft.document.number if draft.document else ""
        state, action = _("Chờ bản đã ký"), _("Gửi bản đã ký")
        reason = _("đã cấp số %(number)s") % {"number": number}
    else:
        state = _("Chờ ký, cấp số") if clerk else _("Chờ ký")
        action = _("Mở bản trình ký")
        reason = _("mở lúc %(moment)s") % {"moment": pieces.stamp(draft.created_at)}
    return WorkItem(
        title=f"{named(definition)}, {in_words(period)}",
        url=reverse("reports:signing", args=[draft.uid]),
        reason=reason,
        state=state,
        tone="warn" if _unsigned(draft) else "info",
        action=action,
    )
