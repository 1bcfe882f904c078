"""What the organisation brings to the worklist: work that lies where nobody can approve."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from nhipcau.org.queries import names_of
from nhipcau.org.scope import Scope
from nhipcau.org.vacancies import APPOINTS, vacant_posts, without_approver
from nhipcau.tasks.queries import units_with_open_work
from nhipcau.tasks.unreached import explained, unreached_below
from nhipcau.web.sections import Section, WorkItem
from nhipcau.web.words import spoken

_MOST = 3  # of a list that may be as long as the branch: the page it leads to has them all


def leaderless(scope: Scope) -> Section:
    """Reminders that would go there reach nobody, so the level above is told; where nobody approves at that level
    either, the nearest farther up."""
    title = _("Cấp dưới không có người duyệt")
    if not scope.post.has_role(*APPOINTS):
        return Section(title)
    units = without_approver(scope)
    waiting = units_with_open_work([unit.pk for unit in units])
    names = {unit.pk: str(getattr(unit, "name", "")) for unit in units if unit.pk in waiting}
    told = {one.unit_id: one for one in unreached_below(scope.unit)}
    names |= {pk: name.name for pk, name in names_of(told.keys() - names.keys(), scope.day).items()}
    shown = list(names)[:_MOST]
    seats = _seats(shown, scope)
    items = [
        WorkItem(
            title=names[pk],
            url=reverse("org:appoint", args=[seats[pk]]) if pk in seats else reverse("org:vacancies"),
            reason=spoken(explained(told[pk])) if pk in told else "",
            state=_("không ai nhận được việc và lời nhắc"),
            tone="warn",
            action=_("Phân công"),
        )
        for pk in shown
    ]
    return Section(title, items, reverse("org:vacancies") if len(names) > _MOST else "", total=len(names))


def _seats(units: Collection[int], scope: Scope) -> dict[int, UUID]:
    """By unit the one seat there that nobody holds; none where there are several to choose from."""
    rows = list(vacant_posts(scope).filter(unit__in=units).values_list("unit", "uid")) if units else []
    found = dict(rows)
    return {unit: uid for unit, uid in found.items() if sum(one == unit for one, _ in rows) == 1}
