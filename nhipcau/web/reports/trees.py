"""Which tree a page of figures is added up on: that of the period, or today's where the two are not the same."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from django.utils.translation import gettext as _

from nhipcau.core.periods import Period
from nhipcau.reports.totals.consolidation import span_of
from nhipcau.reports.totals.views_of_tree import differs, stands
from nhipcau.web.reports.branches import NOW, PARAMETER, Branch
from nhipcau.web.reports.pieces import has_below
from nhipcau.web.request import PageRequest


def choose(found: Branch, request: PageRequest, earliest: Period | None = None) -> tuple[Branch, bool]:
    """The branch on the tree asked for, and whether there is a choice; `earliest`: the first of several periods
    that the page shows.

    A unit that had not begun then is seen on today's tree, one that has ended on its own. Only a post with units
    below it is ever asked.
    """
    today, axis = request.scope.day, found.version.template.axis
    span, first = (span_of(found.definition, period) for period in (found.period, earliest or found.period))
    if today <= first.last or not stands(found.unit, today, axis):
        return found, False
    if not stands(found.unit, min(span.last, today), axis):
        return replace(found, on=today), False
    if not has_below(request.scope.unit, request.scope) or not differs(found.unit, first, today, axis):
        return found, False
    return replace(found, on=today if request.GET.get(PARAMETER) == NOW else None), True


def links(found: Branch, page: str = "consolidated", more: str = "") -> list[tuple[str, str, bool]]:
    """(label, url, current) of the two trees; `more`: the rest of the page's query, as `&a=b`."""
    then, now = replace(found, on=None), replace(found, on=found.on or dt.date.max)
    return [
        (_("Theo cây cuối kỳ"), linked(then.url(page), more), found.on is None),
        (_("Theo cây hiện nay"), linked(now.url(page), more), found.on is not None),
    ]


def linked(url: str, more: str) -> str:
    """The address with `&a=b` added to its query, whether it has one or not."""
    return url + (more if "?" in url else more.replace("&", "?", 1))
