# ruff: noqa: E501 - one indicator a line reads better than wrapped YAML
"""A template with every kind of roll-up, and reports with random figures on it, put in without the workflow."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable

import yaml
from django.db import transaction

from nhipcau.audit.actions import record
from nhipcau.core.numbers import Cell, CellState
from nhipcau.core.periods import Period, parse_period
from nhipcau.org.models import Unit
from nhipcau.reports.design.definition import load
from nhipcau.reports.design.figures import payload
from nhipcau.reports.design.templates import import_template
from nhipcau.reports.models import Submission, SubmissionState, TemplateVersion
from tests import quarterly
from tests.cast import NOW, SETUP

PERIODS = [parse_period(key) for key in ("2026-Q1", "2026-Q2")]
SENT = dt.datetime(2026, 7, 3, 2, 0, tzinfo=dt.UTC)
FORM = """
breakdowns:
  - {code: sex, label: Giới, label_en: Sex, items: [{code: female, label: Nữ, label_en: Women}, {code: male, label: Nam, label_en: Men}]}
  - {code: sector, label: Khu vực, items: [{code: state, label: Nhà nước}, {code: private, label: Ngoài nhà nước}]}
sections:
  - title: Chăm lo
    indicators:
      - {code: gifts, label: Số suất quà, label_en: Gifts, unit: suất, breakdowns: [sex, sector]}
      - {code: visits, label: Số lượt thăm, unit: lượt, breakdowns: [sex]}
      - {code: money, label: Số tiền, unit: đồng}
      - {code: average, label: Bình quân một suất, unit: đồng, over_units: formula, formula: money / gifts}
      - {code: least, label: Mức quà thấp nhất, unit: đồng, over_units: min}
      - {code: most, label: Mức quà cao nhất, unit: đồng, over_units: max}
      - {code: hours, label: Số giờ bình quân một lượt, unit: giờ, decimals: 1, over_units: mean, weight: visits}
      - {code: rooms, label: Phòng tập huấn, unit: phòng, over_time: stock}
      - {code: office, label: Diện tích trụ sở, unit: m2, over_units: none, over_time: stock}
      - {code: firms, label: Doanh nghiệp đã đến, unit: doanh nghiệp, over_time: distinct}
"""


def publish(**parts: object) -> TemplateVersion:
    """The template; `parts` replace parts of its file."""
    raw = yaml.safe_load(quarterly.YAML) | yaml.safe_load(FORM) | {"rules": []} | parts
    return import_template(data=yaml.safe_dump(raw, allow_unicode=True).encode(), actor=SETUP, at=NOW).version


def report(
    unit: Unit, version: TemplateVersion, period: Period, cells: dict[str, int | str | None], revision: int = 1
) -> Submission:
    """An accepted report with those cells: a scaled integer, "x", or None."""
    states = {key: _cell(value) for key, value in cells.items()}
    logged()
    return Submission.objects.create(
        unit=unit,
        version=version,
        period=period.key,
        revision=revision,
        state=SubmissionState.ACCEPTED,
        payload=payload(version.cells, states),
        submitted_at=SENT,
        decided_at=SENT,
        created_at=SENT,
    )


def logged() -> None:
    """Something was accepted, as the log has it: every change of figures stands there."""
    with transaction.atomic():
        record(actor=SETUP, action="reports.accepted", obj="submission:test", at=SENT)


def _cell(value: int | str | None) -> Cell:
    if isinstance(value, int):
        return Cell(CellState.VALUE, value)
    return Cell(CellState.NOT_APPLICABLE if value == "x" else CellState.MISSING)


def draw(units: Iterable[Unit], version: TemplateVersion, periods: Iterable[Period], seed: int) -> None:
    """Reports of most of the units, with few or many gaps."""
    drawn = random.Random(seed)
    keys = load(version.definition).cells()
    everybody = list(units)
    for period in periods:
        gaps = drawn.choice((0.05, 0.4, 0.8))
        for unit in everybody:
            if drawn.random() < 0.8:
                report(unit, version, period, {key: _drawn(drawn, gaps) for key in keys})


def _drawn(drawn: random.Random, gaps: float) -> int | str | None:
    if drawn.random() < gaps:
        return drawn.choice(("x", "x", None))
    return drawn.choice((0, 1, drawn.randrange(1000), drawn.randrange(10**9)))
