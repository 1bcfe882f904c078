"""Kế hoạch giao for the half-year: the province to itself and those below, the first district to local unions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from nhipcau.core.clock import local_date
from nhipcau.core.periods import Period
from nhipcau.demo.dates import PERIOD
from nhipcau.demo.federation import PROVINCE
from nhipcau.org.models import Post
from nhipcau.reports.models import TemplateVersion
from nhipcau.reports.planning.giving import give_targets, receivers

YEAR = Period("year", PERIOD.year)
FIRST = "H01"
OWN, OWN_YEARLY = {"dialogues": "90", "training_sessions": "300", "inspected": "50"}, {"loans": "20"}
SHARES = {"dialogues": (3, 2, 4), "training_sessions": (1, 1, 2), "inspected": (2, 3, 1)}  # in turn, unit by unit


def give_plans(version: TemplateVersion, posts: Mapping[tuple[str, str], Post], at: dt.datetime) -> int:
    """Half-year plans for a few figures, and the loans of the year; how many."""
    given = 0
    for code in (PROVINCE, FIRST):
        giver = posts[code, "board"]
        below = [unit for unit in receivers(giver.unit, version, local_date(at)) if unit.pk != giver.unit_id]
        plans = {
            (unit.pk, indicator): str(shares[place % len(shares)])
            for place, unit in enumerate(below)
            for indicator, shares in SHARES.items()
        }
        yearly = {(unit.pk, "loans"): str(4 + place % 3) for place, unit in enumerate(below)}
        if code == PROVINCE:  # nobody above gives it a plan
            plans |= {(giver.unit_id, indicator): value for indicator, value in OWN.items()}
            yearly |= {(giver.unit_id, indicator): value for indicator, value in OWN_YEARLY.items()}
        for period, values in ((PERIOD, plans), (YEAR, yearly)):
            given += give_targets(version=version, period=period, values=values, actor=giver, at=at)
    return given
