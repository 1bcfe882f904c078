"""The quarterly template with figures that plans are given for, and plans given."""

from __future__ import annotations

from typing import Any

import yaml

from nhipcau.core.periods import Period
from nhipcau.org.models import Unit
from nhipcau.reports.design.templates import import_template
from nhipcau.reports.models import TemplateVersion
from nhipcau.reports.planning.giving import give_targets
from tests import quarterly
from tests.cast import NOW, SETUP, Cast
from tests.quarterly import LATER, PERIOD

PLANNED = ("gifts", "money", "average", "hours")


def publish(*rules: dict[str, Any], **parts: Any) -> TemplateVersion:
    """Plans are given for gifts, money, its average, hours."""
    raw = yaml.safe_load(quarterly.YAML)
    for item in raw["sections"][0]["indicators"]:
        item["target"] = item["code"] in PLANNED
    if rules:
        raw["rules"] = list(rules)
    return import_template(data=yaml.safe_dump(raw | parts).encode(), actor=SETUP, at=NOW).version


def given(cast: Cast, version: TemplateVersion, unit: Unit, period: Period = PERIOD, **values: str) -> int:
    """The commune gives a unit below it those plans."""
    typed = {(unit.pk, code): text for code, text in values.items()}
    return give_targets(version=version, period=period, values=typed, actor=cast.commune_officer, at=LATER)
