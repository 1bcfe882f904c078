"""Bản tóm tắt: the overview on one page, as the browser prints it and as PDF."""

from __future__ import annotations

import pypdfium2

from nhipcau.org.models import Unit
from nhipcau.press.brief import LONGEST_GAPS, MOST_ROWS
from tests.cast import Cast
from tests.web.reports import scenes
from tests.web.reports.conftest import As
from tests.web.reports.crowded import crowd
from tests.web.weight import LATER_PAGE, hindrances, travels


def url(unit: Unit, more: str = "tom-tat/") -> str:
    return f"/bao-cao/toan-canh/thang/2026-02/{unit.uid}/{more}"


def test_the_brief_says_figures_changes_coverage_map_and_gaps(cast: Cast, acting: As) -> None:
    version = scenes.consolidated(cast)
    figures = {"gifts": "10", "money": "2.000.000", "dialogues": "2"}
    scenes.accepted(version, cast.local_volunteer, cast.commune_officer, figures, period=scenes.JANUARY)
    page = acting(cast.commune_officer).get(url(cast.commune) + "?chi-tieu=gifts&chi-tieu=dialogues")
    brief = page.context["brief"]
    assert brief.figures == [
        ["Suất quà đã trao (suất)", "25", "+150,0\u00a0%", "—"], ["Cuộc đối thoại (cuộc)", "2", "không đổi", "—"],
    ]  # fmt: skip
    assert dict(brief.facts) == {
        "Phải gửi": "3", "Đã gửi": "2", "Gửi muộn": "0", "Chưa gửi": "1", "trong đó bị trả lại": "0",
    }  # fmt: skip
    assert [(name, said) for name, said, _ in brief.coverage][1][1] == "420 trên 455"
    assert brief.gaps == "Trường Tiểu học Hải Long."
    assert [(name, [one.look for one in row]) for name, row in brief.rows] == [
        ("Cả nhánh", ["late", "going"]),
        ("Công ty May Hải Âu", ["tardy", "done"]),
        ("Trường Tiểu học Hải Long", ["late", "going"]),
    ]
    body = page.content.decode()
    assert travels(body, []) <= LATER_PAGE
    assert hindrances(body) == []


def test_the_pdf_is_one_page_for_a_crowded_branch_and_says_what_it_leaves_out(cast: Cast, acting: As) -> None:
    crowd()
    scenes.consolidated(cast)
    client = acting(cast.commune_officer)
    brief = client.get(url(cast.commune)).context["brief"]
    assert len(brief.rows) == MOST_ROWS
    assert brief.closing[1].startswith("Bảng chỉ nêu 23 đơn vị")
    assert brief.gaps.endswith("đơn vị khác.")
    assert len(brief.gaps) <= LONGEST_GAPS
    assert brief.rows[1][0] == "Công ty trách nhiệm hữu h…ẩu May mặc Hải Âu số 002"
    answer = client.get(url(cast.commune, "tom-tat.pdf"))
    assert answer["Content-Type"] == "application/pdf"
    pdf = pypdfium2.PdfDocument(answer.content)
    assert len(pdf) == 1
    text = pdf[0].get_textpage().get_text_range()
    assert "Công đoàn xã An Hải" in text
    assert "Bảng chỉ nêu 23 đơn vị" in text


def test_of_few_that_lack_a_report_each_is_named_wherever_it_lies(cast: Cast, acting: As) -> None:
    scenes.consolidated(cast)
    brief = acting(cast.provincial_officer).get(url(cast.province)).context["brief"]
    assert dict(brief.facts)["Chưa gửi"] != "0"
    assert "Công đoàn cơ sở Trường Tiểu học Hải Long" in brief.gaps
    assert len(brief.gaps) <= LONGEST_GAPS


def test_a_strangers_brief_does_not_exist(cast: Cast, acting: As) -> None:
    scenes.consolidated(cast)
    for more in ("tom-tat/", "tom-tat.pdf"):
        assert acting(cast.stranger).get(url(cast.commune, more)).status_code == 404
