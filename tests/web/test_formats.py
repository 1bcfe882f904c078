"""Dates and figures as Vietnamese offices write them, whatever the language of the page."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django import forms
from django.template import Context, Template
from django.utils import formats, translation

from nhipcau.core.numbers import MISSING, NOT_APPLICABLE, Cell, CellState
from nhipcau.web.templatetags import nhip


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_fifth_of_november_is_not_the_eleventh_of_may(language: str) -> None:
    with translation.override(language):
        assert forms.DateField().clean("05/11/2026") == dt.date(2026, 11, 5)
        assert formats.localize(dt.date(2026, 11, 5)) == "05/11/2026"
        assert formats.localize(1234567) == "1.234.567"


def test_filters_show_dates_by_the_vietnamese_day() -> None:
    late = dt.datetime(2026, 3, 15, 18, 30, tzinfo=dt.UTC)
    assert nhip.vi_date(late) == "16/03/2026"
    assert nhip.vi_moment(late) == "01:30 16/03/2026"
    assert nhip.vi_date(None) == "…"


def test_missing_zero_and_not_applicable_are_three_things() -> None:
    shown = [nhip.money(cell) for cell in (MISSING, Cell(CellState.VALUE, 0), NOT_APPLICABLE)]
    assert shown == ["…", "0 đồng", "x"]


def test_figures_are_grouped_and_percentages_rounded_half_up() -> None:
    page = Template("{% load nhip %}{{ n|vi_number }}|{{ n|money }}|{{ p|percent }}|{{ d|vi_number:2 }}")
    context = Context({"n": 72_000_000, "p": Decimal("95.45"), "d": Decimal("12.5")})
    assert page.render(context) == "72.000.000|72.000.000 đồng|95,5\u00a0%|12,50"


def test_a_bar_never_overflows() -> None:
    assert (nhip.share(3, 4), nhip.share(5, 4), nhip.share(0, 0)) == ("75.00", "100.00", "0")


@pytest.mark.parametrize(
    ("due", "said"),
    [(15, ""), (16, "hôm nay"), (17, "ngày mai"), (18, "còn 2 ngày"), (23, "còn 7 ngày"), (24, "")],
)
def test_a_deadline_says_how_soon_it_is_where_it_is_near(due: int, said: str) -> None:
    assert nhip.how_soon(dt.date(2026, 3, due), dt.date(2026, 3, 16)) == said


def test_without_a_day_nothing_is_soon() -> None:
    assert nhip.how_soon(None, dt.date(2026, 3, 16)) == nhip.how_soon(dt.date(2026, 3, 16), None) == ""
