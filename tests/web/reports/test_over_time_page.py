"""The page that adds the periods of a year: each period's figures, and what becomes of them over the year."""

from __future__ import annotations

from nhipcau.core.periods import parse_period
from nhipcau.reports.design.definition import load
from nhipcau.reports.models import TemplateVersion
from nhipcau.web.reports.over_time import longer
from tests import quarterly
from tests.cast import Cast
from tests.web.reports.conftest import As


def year_of(cast: Cast) -> str:
    return f"/bao-cao/cong-ky/quy/2026/{cast.province.uid}/"


def test_the_year_shows_its_quarter_and_their_sum(cast: Cast, acting: As) -> None:
    quarterly.accepted(cast, quarterly.publish(), gifts="3", money="900.000")
    page = acting(cast.provincial_officer).get(year_of(cast)).content.decode()
    assert "quý I năm 2026" in page and "900.000" in page and "Cộng từ 1/" in page


def test_a_volunteer_does_not_see_the_year_of_another_unit(cast: Cast, acting: As) -> None:
    quarterly.publish()
    assert acting(cast.stranger).get(year_of(cast)).status_code == 404


def test_a_period_that_does_not_fit_says_so(cast: Cast, acting: As) -> None:
    quarterly.publish()
    answer = acting(cast.provincial_officer).get(year_of(cast).replace("/2026/", "/2026-05/"))
    assert answer.status_code == 422


def test_a_quarter_leads_to_its_half_and_its_year(cast: Cast) -> None:
    version: TemplateVersion = quarterly.publish()
    links = longer(load(version.definition), parse_period("2026-Q1"), "quy", cast.province.uid)
    assert [label for label, _url in links] == ["Cộng 6 tháng đầu năm 2026", "Cộng năm 2026"]
