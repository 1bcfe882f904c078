"""Tổng hợp: figures with who stands behind them, gaps by name, the way down to the record, the file as seen."""

from __future__ import annotations

import csv
import io
from typing import Any

from nhipcau.org.models import Unit, UnitName
from tests.cast import Cast
from tests.web.reports import scenes
from tests.web.reports.conftest import As

HTMX = {"HX-Request": "true"}


def _url(unit: Unit) -> str:
    return f"/bao-cao/tong-hop/thang/2026-02/{unit.uid}/"


def _values(page: Any) -> dict[str, str]:
    return {row["item"].code: row["value"] for _, rows in page.context["sections"] for row in rows}


def test_the_figures_add_up_and_the_ratio_is_recomputed(cast: Cast, acting: As) -> None:
    scenes.consolidated(cast)
    page = acting(cast.provincial_officer).get(_url(cast.province))
    assert _values(page) == {"gifts": "25", "money": "7.000.000", "average": "280.000", "dialogues": "2"}


def test_the_gaps_are_named(cast: Cast, acting: As) -> None:
    version = scenes.consolidated(cast)
    scenes.accepted(version, cast.local_volunteer, cast.commune_officer, {"gifts": "1"}, period=scenes.JANUARY)
    client = acting(cast.commune_officer)
    february = client.get(_url(cast.commune))
    assert [name for name, _ in february.context["missing"]] == ["Công đoàn cơ sở Trường Tiểu học Hải Long"]
    assert february.context["late"] == []
    january = client.get(_url(cast.commune).replace("2026-02", "2026-01"))
    assert [name.name for name, _ in january.context["late"]] == ["Công đoàn cơ sở Công ty May Hải Âu"]


def test_the_way_back_ends_at_ones_own_unit(cast: Cast, acting: As) -> None:
    scenes.consolidated(cast)
    crumbs = acting(cast.commune_officer).get(_url(cast.local)).context["crumbs"]
    assert [name for name, _ in crumbs] == ["Công đoàn xã An Hải", "Công đoàn cơ sở Công ty May Hải Âu"]


def test_a_strangers_or_a_higher_unit_does_not_exist(cast: Cast, acting: As) -> None:
    scenes.consolidated(cast)
    for unit in (cast.commune, cast.province, cast.local):
        for page in ("", "bang.csv", "nguon/gifts/"):
            assert acting(cast.stranger).get(_url(unit) + page).status_code == 404


def test_a_figure_opens_down_to_the_record(cast: Cast, acting: As) -> None:
    scenes.consolidated(cast)
    client = acting(cast.provincial_officer)
    top = client.get(_url(cast.province) + "nguon/gifts/", headers=HTMX)
    assert [(part.label, part.value) for part in top.context["parts"]] == [
        ("Công đoàn phường Bình Sơn", "…"),
        ("Công đoàn xã An Hải", "25"),
    ]
    commune = client.get(_url(cast.commune) + "nguon/gifts/", headers=HTMX)
    assert (commune.context["own"].value, commune.context["own"].by_hand) == ("5", "5")
    leaf = client.get(_url(cast.local) + "nguon/gifts/", headers=HTMX)
    assert [origin.value for origin in leaf.context["own"].origins] == ["20"]
    assert "<html" not in leaf.content.decode()
    assert "<html" in client.get(_url(cast.local) + "nguon/gifts/").content.decode()


def test_a_formula_explains_its_parts(cast: Cast, acting: As) -> None:
    scenes.consolidated(cast)
    page = acting(cast.provincial_officer).get(_url(cast.province) + "nguon/average/")
    assert [(part.label, part.value) for part in page.context["parts"]] == [
        ("Suất quà đã trao", "25"),
        ("Tiền quà", "7.000.000"),
    ]


def test_an_indicator_that_is_none_does_not_exist(cast: Cast, acting: As) -> None:
    scenes.consolidated(cast)
    assert acting(cast.commune_officer).get(_url(cast.commune) + "nguon/khong_co/").status_code == 404


def test_the_file_says_what_the_page_says(cast: Cast, acting: As) -> None:
    scenes.consolidated(cast)
    answer = acting(cast.provincial_officer).get(_url(cast.province) + "bang.csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert ["Chăm lo", "Tiền quà", "đồng", "7000000"] in rows
    assert ["Số liệu lúc", "09:00 16/03/2026"] in rows
    assert ["Chưa gửi", "Công đoàn phường Bình Sơn"] in rows


def test_a_name_that_a_spreadsheet_would_run_is_made_harmless(cast: Cast, acting: As) -> None:
    scenes.consolidated(cast)
    UnitName.objects.filter(unit=cast.other_local).update(name="=HYPERLINK(1)")
    answer = acting(cast.commune_officer).get(_url(cast.commune) + "bang.csv").content.decode()
    assert "'=HYPERLINK(1)" in answer


def test_the_start_leads_to_the_latest_period_that_has_ended(cast: Cast, acting: As) -> None:
    scenes.consolidated(cast)
    client = acting(cast.commune_officer)
    assert client.get("/bao-cao/tong-hop/")["Location"] == _url(cast.commune)
    chosen = client.get("/bao-cao/tong-hop/", {"mau": "thang", "ky": "2026-01"})
    assert "/2026-01/" in chosen["Location"]
    assert client.get("/bao-cao/tong-hop/", {"don-vi": "x"}).status_code == 404


def test_without_templates_the_page_is_empty_and_says_when_it_fills(cast: Cast, acting: As) -> None:
    assert "Chưa có biểu mẫu nào" in acting(cast.commune_officer).get("/bao-cao/tong-hop/").content.decode()
