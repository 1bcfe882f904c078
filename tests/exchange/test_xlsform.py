"""An XLSForm becomes a template draft; what it cannot become is told by its row."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence

import pytest
import xlsxwriter

from nhipcau.boundary import BoundaryRefused
from nhipcau.core.errors import InvalidInput, UnreadableFile
from nhipcau.exchange.xlsform import Survey, read_xlsform
from nhipcau.reports.design.drafts import begin_draft
from nhipcau.reports.design.parsing import parse
from tests.cast import NOW, Cast
from tests.exchange.plain import blank_form
from tests.exchange.test_hostile_forms import HOSTILE

DAY = dt.date(2026, 8, 20)
HEAD = [
    "type",
    "name",
    "label::Tiếng Việt (vi)",
    "label::English (en)",
    "hint",
    "constraint",
    "relevant",
    "appearance",
]
QUESTIONS = [
    ["start", "bat_dau"],
    ["begin group", "g1", "Đối thoại", "Dialogue"],
    ["note", "n1", "Chỉ ghi số đếm."],
    ["integer", "cuoc", "Số cuộc (cuộc)", "Dialogues", "Có biên bản", ". >= 0 and . <= 500"],
    ["integer", "noi_dung", "Nội dung nêu ra (nội dung)", "Points", "", ". < 9999", "${cuoc} > 0", "w1"],
    ["integer", "dat", "Nội dung đạt (nội dung)", "Settled", "", ". <= ${noi_dung}"],
    ["end group"],
    ["decimal", "kinh-phi", "Kinh phí", "", "", "regex(., '[0-9]+')"],
    ["select_one khu_vuc", "noi", "Đơn vị theo khu vực (đơn vị)"],
]  # fmt: skip
CHOICES = [["list_name", "name", "label"], ["khu_vuc", "1", "Nhà nước"], ["khu_vuc", "2", "Ngoài nhà nước"]]


def workbook(survey: Sequence[Sequence[str]], choices: Sequence[Sequence[str]] = CHOICES) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        settings = [["form_title", "form_id"], ["Khảo sát đối thoại", "doi_thoai_2026"]]
        for name, rows in (("survey", [HEAD, *survey]), ("choices", choices), ("settings", settings)):
            sheet = book.add_worksheet(name)
            for place, row in enumerate(rows):
                sheet.write_row(place, 0, row)
    return out.getvalue()


def taken(*rows: Sequence[str]) -> Survey:
    return read_xlsform(workbook(rows or QUESTIONS), name="a.xlsx", day=DAY)


@pytest.fixture(scope="module")
def survey() -> Survey:
    return taken()


def test_questions_become_figures_in_their_groups(survey: Survey) -> None:
    definition, _ = parse(survey.content)
    assert (definition.code, definition.name, definition.first_period) == (
        "doi-thoai-2026",
        "Khảo sát đối thoại",
        "2026-Q3",
    )
    assert [section.title for section in definition.sections] == ["Đối thoại", "Phần chung"]
    first = next(definition.indicators())
    assert (first.code, first.label, first.label_en, first.unit) == ("cuoc", "Số cuộc", "Dialogues", "cuộc")
    assert first.help == "Chỉ ghi số đếm. Có biên bản"


def test_one_of_a_list_becomes_a_count_for_each(survey: Survey) -> None:
    cells = [item.label for item in parse(survey.content)[0].indicators() if item.part_of]
    assert cells == ["Đơn vị theo khu vực: Nhà nước", "Đơn vị theo khu vực: Ngoài nhà nước"]


def test_conditions_become_rules_where_our_language_says_the_same(survey: Survey) -> None:
    checks = [rule.check for rule in parse(survey.content)[0].rules]
    assert checks == [
        "cuoc >= 0 and cuoc <= 500",
        "noi_dung < 9999",
        "(cuoc > 0) or noi_dung == 0",
        "dat <= noi_dung",
    ]


def test_what_is_not_taken_over_is_told_plainly(survey: Survey) -> None:
    told = {fault.where: str(fault.message) for fault in survey.left}
    assert "regex" in told["survey!9"]
    assert "dữ kiện của máy" in told["survey!A2"]
    said = [str(fault.message) for fault in survey.left]
    assert "cột «appearance» không lấy" in said
    assert any("chưa có đơn vị tính" in one for one in said)


@pytest.mark.parametrize("kind", ["text", "geopoint", "image", "date", "select_multiple khu_vuc"])
def test_other_kinds_are_refused_by_their_row(kind: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        taken(["integer", "cuoc", "Số cuộc"], [kind, "khac", "Khác"])
    assert [fault.where for fault in refusal.value.faults] == ["survey!A3"]


def test_a_list_of_people_is_refused() -> None:
    with pytest.raises(InvalidInput) as refusal:
        taken(["begin repeat", "nguoi", "Người"], ["integer", "tuoi", "Tuổi"], ["end repeat"])
    assert "danh sách người" in str(refusal.value.faults[0].message)


def test_what_pyxform_refuses_is_refused_with_its_reason() -> None:
    with pytest.raises(UnreadableFile, match="chưa đúng quy cách XLSForm"):
        taken(["select_one khong_co", "x", "X"])


@pytest.mark.parametrize("kind", ["a bomb", "macros", "no workbook", "nothing"])
def test_a_hostile_file_is_refused(kind: str) -> None:
    data, said = HOSTILE[kind]
    with pytest.raises(UnreadableFile, match=said):
        read_xlsform(data, name="a.xlsx", day=DAY)


def test_a_form_of_ours_is_no_xlsform() -> None:
    with pytest.raises(UnreadableFile, match="không phải XLSForm"):
        read_xlsform(blank_form(), name="a.xlsx", day=DAY)


@pytest.mark.django_db
def test_the_boundary_reads_every_text(cast: Cast) -> None:
    content = taken(["integer", "x", "Số người theo đạo trong đơn vị (người)"]).content
    with pytest.raises(BoundaryRefused):
        begin_draft(actor=cast.provincial_officer, at=NOW, content=content)
