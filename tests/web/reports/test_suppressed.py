"""Small counts of people on the pages: stars for everybody but the unit that entered them."""

from __future__ import annotations

import pytest
from pytest_django.fixtures import Settings

from nhipcau.org.models import Unit
from nhipcau.reports.models import Submission, TemplateVersion
from tests import quarterly
from tests.cast import Cast
from tests.reports import secrets
from tests.reports.secrets import CODES, LATE, PERIOD
from tests.web.reports.conftest import As

HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def after_the_due_date(settings: Settings) -> None:
    settings.DEMO_CLOCK = LATE.isoformat()


@pytest.fixture
def version(cast: Cast) -> TemplateVersion:
    version = secrets.publish()
    secrets.reported(version)
    return version


def sent(cast: Cast, version: TemplateVersion, counts: tuple[str, str] = ("3", "2")) -> Submission:
    """The volunteer's report of the second quarter, waiting at the commune."""
    figures = {"members": "50", CODES[1]: counts[0], CODES[2]: counts[1]}
    report = quarterly.draft_for(cast.local_volunteer, version, PERIOD.next(), LATE, **figures)
    return quarterly.send_draft(report, cast.local_volunteer, LATE)


def url(unit: Unit, more: str = "") -> str:
    return f"/bao-cao/tong-hop/kho-khan/{PERIOD.key}/{unit.uid}/{more}"


def test_the_totals_their_file_and_what_stands_below_show_stars(
    cast: Cast, acting: As, version: TemplateVersion
) -> None:
    client = acting(cast.provincial_officer)
    for unit, said in ((cast.province, "59"), (cast.commune, "*"), (cast.sibling_commune, "*")):
        page = client.get(url(unit))
        values = {row["item"].code: row["value"] for _, rows in page.context["sections"] for row in rows}
        assert (values["hardship"], values["members"] != "*") == (said, True)
        assert page.context["stars"] == (said == "*")
        table = client.get(url(unit, "bang.csv")).content.decode()
        assert f"Đoàn viên khó khăn được giúp,người,{said}" in table
    drill = client.get(url(cast.province, "nguon/hardship/"), headers=HTMX)
    assert {part.label: part.value for part in drill.context["parts"]} == {
        "Công đoàn phường Bình Sơn": "*", "Công đoàn xã An Hải": "*", "Công đoàn xã Đông Thành": "42",
    }  # fmt: skip
    assert (drill.context["own"], drill.context["why"], drill.context["pdf"]) == (None, "", "")
    assert "số được che kèm" in drill.content.decode()
    for more in ("vi-sao/hardship/?so-voi=2026-Q1", "nguon/hardship/ban-in.pdf"):
        assert "che ô nhỏ" in client.get(url(cast.province, more)).content.decode()


def test_whoever_takes_a_report_in_sees_stars_and_the_unit_its_figures(
    cast: Cast, acting: As, version: TemplateVersion
) -> None:
    report = sent(cast, version)
    above, own = acting(cast.commune_officer), acting(cast.local_volunteer)
    (row,) = above.get("/bao-cao/cho-tiep-nhan/").context["rows"]
    assert {change.item.code for change in row.changes}.isdisjoint(CODES)
    review = above.get(f"/bao-cao/{report.uid}/tiep-nhan/")
    said = {cell["change"].item.code: cell["change"] for _, cells in review.context["sections"] for cell in cells}
    assert {(said[code].before, said[code].now, said[code].difference) for code in CODES} == {("*", "*", "")}
    for client, values in ((above, ["*"] * 4), (own, ["5", "3", "2", "10"])):
        grid = client.get(f"/bao-cao/{report.uid}/").context["entry"].grid
        rows = {row.key: row for row in grid.rows}
        assert [rows[code].value for code in CODES] == values
        assert [rows[code].previous for code in CODES] == values
    assert above.get(f"/bao-cao/{report.uid}/nguon/{CODES[1]}/").context["value"] == "*"


def test_analysis_does_not_offer_it(cast: Cast, acting: As, version: TemplateVersion) -> None:
    page = acting(cast.provincial_officer).get("/phan-tich/bang/?mau=kho-khan").content.decode()
    assert "Đoàn viên" in page
    assert "khó khăn được giúp" not in page
