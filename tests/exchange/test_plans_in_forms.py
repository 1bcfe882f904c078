"""The plan stands in the Excel form; no column that is read back moves for it."""

from __future__ import annotations

import pytest

from nhipcau.core.periods import parse_period
from nhipcau.exchange.xlsx.importing import import_forms
from nhipcau.exchange.xlsx.layout import HEADING_ROW
from nhipcau.exchange.xlsx.places import FIGURES, LABEL, UNIT, VERDICT
from nhipcau.exchange.xlsx.reading import read_raw
from nhipcau.reports.totals.around import findings_of
from tests import plans, quarterly
from tests.cast import Cast
from tests.exchange.forms import fill, form, opened, row_of
from tests.quarterly import LATER

pytestmark = pytest.mark.django_db
RULE = {"code": "r", "severity": "warning", "check": "gifts >= target(gifts)", "message": "{gifts} suất, chưa đủ."}


def test_the_plan_of_the_period_is_a_number_and_that_of_the_year_says_so(cast: Cast) -> None:
    version = plans.publish(RULE)
    plans.given(cast, version, cast.local, gifts="120")
    plans.given(cast, version, cast.local, parse_period("2026"), hours="9,5")
    page = opened(form(version, cast.local))[FIGURES]

    def at(code: str, column: int) -> object:
        return page.cell(row_of(page, code), column + 1).value

    assert (at("gifts", UNIT), at("hours", UNIT), at("money", UNIT)) == (120, "9,5 (cả năm)", None)
    assert at("letters", UNIT) in (None, "")
    assert at("gifts", LABEL) == "Số suất quà (suất)"
    assert page.cell(HEADING_ROW + 1, UNIT + 1).value == "Kế hoạch"
    row = row_of(page, "gifts")
    assert f"F{row}>=D{row}" in str(at("gifts", VERDICT))


def test_without_plans_the_form_is_as_it_was(cast: Cast) -> None:
    page = opened(form(quarterly.publish(), cast.local))[FIGURES]
    row = row_of(page, "gifts")
    assert (page.cell(row, LABEL + 1).value, page.cell(row, UNIT + 1).value) == ("Số suất quà", "suất")


def test_a_filled_form_is_judged_as_the_page_judges(cast: Cast) -> None:
    version = plans.publish(RULE)
    plans.given(cast, version, cast.local, gifts="120")
    raw = read_raw([("a.xlsx", fill(form(version, cast.local), gifts=119))])
    (done,) = import_forms(forms=raw, acting=lambda unit: cast.local_volunteer, at=LATER, via="test")
    assert [one.message for one in done.findings] == ["119 suất, chưa đủ."]
    assert done.report is not None
    assert [one.message for one in findings_of(done.report) if one.rule == "r"] == ["119 suất, chưa đủ."]
