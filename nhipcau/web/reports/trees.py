"""Which tree a page of figures is added up on: that of the period, or today's where the two are not the same."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from nhipcau.reports.totals.consolidation import span_of
from nhipcau.reports.totals.views_of_tree import differs, stands
from nhipcau.web.reports.pieces import has_below
from nhipcau.web.request import PageRequest

if TYPE_CHECKING:
    from nhipcau.web.reports.consolidated import Branch

PARAMETER, NOW = "cay", "nay"
AS_NOW = f"?{PARAMETER}={NOW}"
PAGES = ("consolidated", "consolidated_csv", "drill", "drill_pdf")  # the pages that keep the choice


def choose(found: Branch, request: PageRequest) -> tuple[Branch, bool]:
    """The branch on the tree asked for, and whether there is a choice.

    A unit that had not begun then is seen on today's tree, one that has ended on its own. Only a post with units
    below it is ever asked.
    """
    span, today, axis = span_of(found.definition, found.period), request.scope.day, found.version.template.axis
    if today <= span.last or not stands(found.unit, today, axis):
        return found, False
    if not stands(found.unit, span.last, axis):
        return replace(found, on=today), False
    if not has_below(request.scope.unit, request.scope) or not differs(found.unit, span, today, axis):
        return found, False
    return replace(found, on=today if request.GET.get(PARAMETER) == NOW else None), True


def links(found: Branch) -> list[tuple[str, str, bool]]:
    """(label, url, current) of the two trees."""
    then, now = replace(found, on=None), replace(found, on=found.on or dt.date.max)
    return [
        (_("Theo cây cuối kỳ"), then.url("consolidated"), found.on is None),
        (_("Theo cây hiện nay"), now.url("consolidated"), found.on is not None),
    ]
