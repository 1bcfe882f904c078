"""Vì sao số này đổi: reached from a figure, in words, level by level; nothing that the visitor may not see."""

from __future__ import annotations

import pytest

from nhipcau.org.models import Unit
from nhipcau.reports.models import TemplateVersion
from tests.cast import Cast
from tests.web.reports import scenes
from tests.web.reports.conftest import As

HTMX = {"HX-Request": "true"}


def _url(unit: Unit, code: str = "gifts") -> str:
    return f"/bao-cao/tong-hop/thang/2026-02/{unit.uid}/vi-sao/{code}/"


@pytest.fixture
def version(cast: Cast) -> TemplateVersion:
    """In January the local union gave one; in February what `scenes.consolidated` says."""
    version = scenes.consolidated(cast)
    scenes.accepted(version, cast.local_volunteer, cast.commune_officer, {"gifts": "1"}, period=scenes.JANUARY)
    return version


def test_the_drill_leads_to_it_and_it_opens_in_place(cast: Cast, acting: As, version: TemplateVersion) -> None:
    client = acting(cast.provincial_officer)
    drill = client.get(_url(cast.province).replace("vi-sao", "nguon"), headers=HTMX)
    assert drill.context["why"] == _url(cast.province)
    page = client.get(drill.context["why"], headers=HTMX)
    assert page.templates[0].name == "web/reports/why_rows.html"
    assert (page.context["before"], page.context["after"], page.context["difference"]) == ("1", "25", "+24")


def test_children_and_units_add_up_and_say_why(cast: Cast, acting: As, version: TemplateVersion) -> None:
    page = acting(cast.provincial_officer).get(_url(cast.province))
    rows = {row.label: (row.before, row.after, row.amount) for row in page.context["children"]}
    assert rows["Công đoàn xã An Hải"] == ("1", "25", "+24")
    assert sum(int(row.amount) for row in page.context["children"]) == 24
    assert {cause.why for cause in page.context["causes"]} <= {"số liệu thay đổi", "trước đó không có báo cáo"}
    assert sum(int(cause.amount) for cause in page.context["causes"]) == 24
    assert all(cause.report for cause in page.context["causes"]), "from the cause on to the report"
    commune = acting(cast.provincial_officer).get(_url(cast.commune)).context["children"]
    assert ("Của chính Công đoàn xã An Hải", "0", "5") in [(row.label, row.before, row.after) for row in commune]
    below = next(row.url for row in page.context["children"] if row.url)
    assert acting(cast.provincial_officer).get(below).context["difference"] == "+24"


def test_what_was_sent_can_be_compared_with_what_stands_now(
    cast: Cast, acting: As, version: TemplateVersion
) -> None:
    page = acting(cast.local_volunteer).get(_url(cast.local) + "?so-voi=seal:1")
    assert page.context["asked"].startswith("bản chốt lúc")
    assert "Không có gì thay đổi." in page.content.decode()


def test_a_formula_shows_its_terms_and_leads_to_them(cast: Cast, acting: As, version: TemplateVersion) -> None:
    page = acting(cast.provincial_officer).get(_url(cast.province, "average"))
    assert page.context["difference"] == "" and not page.context["causes"]
    assert [row.label for row in page.context["terms"]] and all(row.url for row in page.context["terms"])
    assert "không chia ra cho từng đơn vị" in page.content.decode()


def test_a_period_before_the_form_served_is_said_in_a_sentence(cast: Cast, acting: As) -> None:
    scenes.consolidated(cast)
    page = acting(cast.provincial_officer).get(_url(cast.province) + "?so-voi=2019-01")
    assert page.status_code == 404


def test_a_strangers_unit_does_not_exist(cast: Cast, acting: As, version: TemplateVersion) -> None:
    for unit in (cast.commune, cast.province, cast.local):
        assert acting(cast.stranger).get(_url(unit)).status_code == 404


def test_the_drill_prints_the_whole_path(cast: Cast, acting: As, version: TemplateVersion) -> None:
    client = acting(cast.provincial_officer)
    drill = client.get(_url(cast.province).replace("vi-sao", "nguon"))
    page = client.get(drill.context["pdf"])
    assert page.headers["Content-Type"] == "application/pdf" and page.content.startswith(b"%PDF")
    assert client.get(_url(cast.province, "average").replace("vi-sao", "nguon")).context["pdf"] == ""
    assert acting(cast.stranger).get(drill.context["pdf"]).status_code == 404
