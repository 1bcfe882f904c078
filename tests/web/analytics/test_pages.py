"""Free analysis on its pages: ask, see what is lacking, go down, keep the question, take the figures away."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pyarrow.parquet as pq
import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from nhipcau.analytics import needs
from nhipcau.analytics.models import SavedAnalysis
from nhipcau.audit.models import Entry
from nhipcau.org.models import Post, Unit
from nhipcau.reports.models import Submission
from tests.analytics import figures
from tests.analytics.figures import PERIODS
from tests.cast import Cast
from tests.press import workbooks

pytestmark = pytest.mark.django_db
As = Callable[[Post], Client]
ASK = {"tu": "2026-Q1", "den": "2026-Q2"}


@pytest.fixture(autouse=True)
def summer(settings: Settings) -> None:
    settings.DEMO_CLOCK = "2026-07-20T09:00:00+07:00"


@pytest.fixture
def acting(cast: Cast) -> As:
    def sign_in(post: Post) -> Client:
        client = Client()
        client.force_login(cast.account(post))
        return client

    return sign_in


@pytest.fixture
def reported(cast: Cast) -> None:
    version = figures.publish()
    for unit, gifts in ((cast.local, 3), (cast.other_local, 4), (cast.commune, 10), (cast.sibling_local, 100)):
        cells: dict[str, int | str | None] = {"gifts[sex=female,sector=state]": gifts, "money": 1000 * gifts}
        figures.report(unit, version, PERIODS[0], cells)
    figures.report(cast.local, version, PERIODS[1], {"gifts[sex=male,sector=state]": 5, "money": 2**53 + 1})


def shown(page: Any) -> list[tuple[str, str, list[str]]]:
    """(unit, figure or part of it, texts) of every row."""
    return [(row.unit, row.part or row.label, [cell[0] for cell in row.cells]) for row in page.context["rows"]]


def test_a_question_left_open_is_filled_in_and_answered(cast: Cast, acting: As, reported: None) -> None:
    page = acting(cast.commune_officer).get("/phan-tich/bang/")
    assert page.status_code == 200
    assert page.context["answer"].question.indicators == ("gifts", "visits", "money")
    assert page.context["titles"] == ["2026-Q1", "2026-Q2", "Cả khoảng kỳ"]
    assert shown(page)[0] == ("Công đoàn xã An Hải", "Số suất quà", ["17", "5", "22"])


def test_units_below_stand_above_their_sum_and_lead_further_down(cast: Cast, acting: As, reported: None) -> None:
    page = acting(cast.provincial_officer).get("/phan-tich/bang/", {**ASK, "cap": "1", "chi-tieu": "gifts"})
    assert shown(page) == [
        ("Liên đoàn Lao động tỉnh Đông Giang (riêng đơn vị)", "Số suất quà", ["…", "…", "…"]),
        ("Công đoàn phường Bình Sơn", "Số suất quà", ["100", "…", "100"]),
        ("Công đoàn xã An Hải", "Số suất quà", ["17", "5", "22"]),
        ("Liên đoàn Lao động tỉnh Đông Giang", "Số suất quà", ["117", "5", "122"]),
    ]
    down = acting(cast.provincial_officer).get(page.context["rows"][2].url)
    assert [row[0] for row in shown(down)] == [
        "Công đoàn xã An Hải (riêng đơn vị)",
        "Công đoàn cơ sở Công ty May Hải Âu",
        "Công đoàn cơ sở Trường Tiểu học Hải Long",
        "Công đoàn xã An Hải",
    ]


def test_parts_of_a_figure_can_stand_side_by_side(cast: Cast, acting: As, reported: None) -> None:
    asked = {**ASK, "chi-tieu": ["gifts", "money"], "chia": "sex", "cot": "chia"}
    page = acting(cast.commune_officer).get("/phan-tich/bang/", asked)
    assert page.context["titles"] == ["Tất cả", "Nữ", "Nam"]
    assert [(row.label, row.period, [cell[0] for cell in row.cells]) for row in page.context["rows"]][:3] == [
        ("Số suất quà", "quý I năm 2026", ["17", "17", "…"]),
        ("Số suất quà", "quý II năm 2026", ["5", "…", "5"]),
        ("Số suất quà", "Cả khoảng kỳ", ["22", "17", "5"]),
    ]


def test_gaps_are_said_and_lead_to_the_names(cast: Cast, acting: As, reported: None) -> None:
    page = acting(cast.commune_officer).get("/phan-tich/bang/", ASK)
    (gap,) = page.context["gaps"]
    assert (gap.period, gap.accepted, gap.expected) == ("quý II năm 2026", 1, 3)
    assert acting(cast.commune_officer).get(gap.url).status_code == 200
    assert [cell[1] for cell in page.context["rows"][0].cells] == [False, True, True]


def test_a_trend_is_drawn_and_stops_where_a_figure_is_missing(cast: Cast, acting: As, reported: None) -> None:
    page = acting(cast.provincial_officer).get("/phan-tich/bang/", {**ASK, "cap": "1", "chi-tieu": "gifts"})
    chart = page.context["chart"]
    assert [(one.name, len(one.runs), len(one.dots)) for one in chart.series] == [
        ("Công đoàn phường Bình Sơn", 0, 1),
        ("Công đoàn xã An Hải", 1, 2),
    ]
    assert chart.top == "100"
    assert b"<svg" in page.content


def test_a_figure_that_cannot_be_added_says_so(cast: Cast, acting: As, reported: None) -> None:
    page = acting(cast.commune_officer).get("/phan-tich/bang/", {**ASK, "chi-tieu": "firms"})
    assert [cell[2] for cell in page.context["rows"][0].cells] == [True, True, False]
    assert "sẽ trùng" in page.content.decode()


def test_a_strangers_unit_does_not_exist(cast: Cast, acting: As, reported: None) -> None:
    for path, method in (("bang/", "get"), ("tai/", "post"), ("luu/", "post")):
        asked = {**ASK, "don-vi": str(cast.commune.uid), "dang": "csv", "ten": "Bảng"}
        for post in (cast.stranger, cast.local_volunteer):
            assert getattr(acting(post), method)(f"/phan-tich/{path}", asked).status_code == 404


def test_a_question_is_kept_shared_in_the_unit_and_forgotten(cast: Cast, acting: As, reported: None) -> None:
    asked = {**ASK, "cap": "1", "chi-tieu": ["gifts", "money"], "chia": ["sex"], "cay": "nay", "loai": ["local"]}
    officer = acting(cast.provincial_officer)
    assert officer.post("/phan-tich/luu/", {**asked, "ten": " Quà theo quý "}).status_code == 302
    kept = SavedAnalysis.objects.get()
    assert kept.title == "Quà theo quý"
    again = acting(cast.clerk).get(f"/phan-tich/{kept.uid}/", follow=True)
    question = again.context["answer"].question
    assert (question.below, question.by, question.tree, question.kinds) == (1, ("sex",), "now", ("local",))
    assert acting(cast.commune_officer).get(f"/phan-tich/{kept.uid}/").status_code == 404
    assert officer.post(f"/phan-tich/{kept.uid}/xoa/").status_code == 302
    assert not SavedAnalysis.objects.exists()
    assert set(Entry.objects.filter(action__startswith="analytics").values_list("action", flat=True)) == {
        "analytics.saved",
        "analytics.deleted",
    }


def test_a_title_that_crosses_the_boundary_is_not_kept(cast: Cast, acting: As, reported: None) -> None:
    title = "Danh sách người cầm đầu đình công"
    answer = acting(cast.provincial_officer).post("/phan-tich/luu/", {**ASK, "ten": title})
    assert answer.status_code == 422
    assert not SavedAnalysis.objects.exists()
    assert Entry.objects.filter(action="boundary.refused").exists()


def test_files_hold_every_figure_exactly_and_their_leaving_is_logged(
    cast: Cast, acting: As, reported: None
) -> None:
    Unit.objects.get(pk=cast.local.pk).names.update(name="=HYPERLINK(1)")
    asked = {**ASK, "cap": "1", "chi-tieu": "money"}
    files = {
        kind: acting(cast.commune_officer).post("/phan-tich/tai/", {**asked, "dang": kind})
        for kind in ("csv", "xlsx", "parquet")
    }
    assert {file.status_code for file in files.values()} == {200}
    lines = list(csv.reader(io.StringIO(files["csv"].content.decode("utf-8-sig"))))
    by_unit = {(line[0], line[4]): line[5:] for line in lines[2:]}
    assert by_unit["'=HYPERLINK(1)", "quý II năm 2026"] == ["9007199254740993", "1", "1", "0"]
    assert by_unit["Công đoàn xã An Hải", "quý I năm 2026"] == ["17000", "3", "3", "0"]
    found = workbooks.cells(files["xlsx"].content)
    assert "formula" not in {cell.kind for cell in found.values()}
    values = {(found[f"A{row}"].value, found[f"E{row}"].value): found[f"F{row}"] for row in range(3, 15)}
    exact = values["=HYPERLINK(1)", "quý II năm 2026"]
    assert (exact.kind, exact.value) == ("text", "9007199254740993")  # more digits than a workbook keeps
    assert values["Công đoàn xã An Hải", "quý I năm 2026"].kind == "number"
    held = pq.read_table(io.BytesIO(files["parquet"].content)).to_pylist()
    assert {row["scaled"] for row in held if row["unit"] == "=HYPERLINK(1)"} == {3000, 2**53 + 1, 2**53 + 3001}
    (entry, *others) = Entry.objects.filter(action="analytics.exported")
    assert len(others) == 2
    assert json.loads(entry.data)["periods"] == ["2026-Q1", "2026-Q2"]
    assert "9007199254740993" not in entry.data


def test_without_the_libraries_the_pages_say_what_is_missing(
    cast: Cast, acting: As, reported: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(needs, "LIBRARIES", ("no_such_library",))
    for path in ("", "bang/"):
        page = acting(cast.commune_officer).get(f"/phan-tich/{path}")
        assert page.status_code == 200
        assert "requirements/analytics.txt" in page.content.decode()
    for cached in (needs.arrow, needs.ibis):
        cached.cache_clear()
    asked = {**ASK, "dang": "csv"}
    assert acting(cast.commune_officer).post("/phan-tich/tai/", asked).status_code == 503


def test_before_the_first_form_and_the_first_report_the_page_is_not_an_error(cast: Cast, acting: As) -> None:
    assert "Chưa có biểu mẫu nào" in acting(cast.commune_officer).get("/phan-tich/bang/").content.decode()
    figures.publish()
    page = acting(cast.commune_officer).get("/phan-tich/bang/", ASK)
    assert shown(page)[0][2] == ["…", "…", "…"]
    assert page.context["chart"] is None
    assert not Submission.objects.exists()


def test_the_page_speaks_english(cast: Cast, acting: As, reported: None) -> None:
    client = acting(cast.commune_officer)
    client.post("/ngon-ngu/", {"language": "en"})
    page = client.get("/phan-tich/bang/", {**ASK, "chia": "sex", "chi-tieu": "gifts"})
    assert shown(page)[1][1] == "Women"
    assert page.context["titles"][-1] == "All periods"
