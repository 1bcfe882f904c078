"""The branch of the tree that a page of figures is about, and how pages about it are reached."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from nhipcau.core.periods import Period
from nhipcau.org.models import Unit
from nhipcau.org.scope import Scope
from nhipcau.reports import queries
from nhipcau.reports.design.definition import Definition
from nhipcau.reports.models import TemplateVersion
from nhipcau.reports.totals.consolidation import Consolidated, tree_day
from nhipcau.reports.totals.published import published

PARAMETER, NOW = "cay", "nay"
AS_NOW = f"?{PARAMETER}={NOW}"
# The pages that keep the choice between the period's own tree and today's.
_CONSOLIDATED = ("consolidated", "consolidated_csv", "drill", "drill_pdf")
_OVERVIEW = ("overview", "overview_who", "overview_map", "overview_figures", "brief", "brief_pdf")
PAGES = frozenset((*_CONSOLIDATED, *_OVERVIEW))


@dataclass(frozen=True)
class Branch:
    """What an address of this area names. `on`: the day whose tree is shown, None for the period's own."""

    version: TemplateVersion
    definition: Definition
    period: Period
    unit: Unit
    on: dt.date | None = None

    @property
    def day(self) -> dt.date:
        """The day whose tree and names are shown."""
        return self.on or tree_day(self.definition, self.period)

    def nodes(self, at: dt.datetime) -> Sequence[Consolidated]:
        """The figures of the unit and of those directly below it, as they may be shown."""
        return published(
            version=self.version, period=self.period, unit=self.unit, at=at, day=self.on, depth=1, wait=False
        )

    def url(self, name: str, unit: object = None, **more: str) -> str:
        """Another page about the same branch, or about `unit` in its place."""
        address = {"code": self.definition.code, "period": self.period.key, "unit": unit or self.unit.uid}
        kept = AS_NOW if self.on and name in PAGES else ""
        return reverse(f"reports:{name}", kwargs=address | more) + kept


def find(scope: Scope, code: str, period: str, unit: uuid.UUID) -> Branch:
    """The branch an address names; NotFound for a unit out of sight, or for a post that reads no contents."""
    found = queries.asked_for(scope, code, period, unit)
    return Branch(found.version, found.definition, found.period, found.unit)
