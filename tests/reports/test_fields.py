"""A figure named in a text: how it is written, read, and said the Vietnamese way."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from nhipcau.core.errors import InvalidInput
from nhipcau.core.numbers import HIDDEN, MISSING, NOT_APPLICABLE, Cell, CellState
from nhipcau.reports.design.checks import FIELD_FAULT, NARRATIVE_SLIP, check
from nhipcau.reports.design.definition import Definition
from nhipcau.reports.design.editing import renamed
from nhipcau.reports.design.fields import KINDS, Figures, faults_in, filled, kinds_of, rendered, written
from nhipcau.reports.design.parsing import parse, read
from nhipcau.reports.design.plans import Plan
from nhipcau.reports.design.writing import as_file

RAW: dict[str, Any] = {
    "code": "mau", "name": "Mẫu", "period": "quarter", "first_period": "2026-Q1", "reporters": ["local"],
    "breakdowns": [{"code": "sex", "label": "giới", "items": [{"code": "female", "label": "nữ"},
                                                              {"code": "male", "label": "nam"}]}],
    "sections": [{"title": "Phần", "indicators": [
        {"code": "founded", "label": "Thành lập mới", "unit": "đơn vị", "target": True},
        {"code": "money", "label": "Số tiền", "unit": "đồng"},
        {"code": "hours", "label": "Giờ", "unit": "giờ", "decimals": 1},
        {"code": "share", "label": "Tỷ lệ", "unit": "%", "decimals": 1},
        {"code": "members", "label": "Đoàn viên", "unit": "người", "breakdowns": ["sex"]},
    ]}],
    "narrative": [{"code": "chung", "title": "Đánh giá chung", "about": ["founded"],
                   "text": "Đã thành lập {{founded}}."}],
}  # fmt: skip
DEFINITION: Definition = parse(RAW)[0]


def value(number: int) -> Cell:
    return Cell(CellState.VALUE, number)


def said(text: str, now: Cell, before: Cell = MISSING, plan: Plan | None = None, code: str = "founded") -> str:
    earlier = {"previous": {code: before}, "last_year": {code: before}}
    return filled(DEFINITION, text, Figures({code: now}, earlier, {code: plan} if plan else {}))


def test_a_figure_is_printed_with_its_unit_or_alone() -> None:
    assert said("Lập {{founded}}.", value(1200)) == "Lập 1.200 đơn vị."
    assert said("{{ founded.so }} công đoàn", value(12)) == said("{{founded.number}} công đoàn", value(12))
    assert said("{{hours}}", value(125), code="hours") == "12,5 giờ"
    assert said("{{members[sex=female]}}", value(7), code="members[sex=female]") == "7 người"


@pytest.mark.parametrize(
    ("now", "before", "change", "percent"),
    [
        (112, 100, "tăng 12 đơn vị so với cùng kỳ năm trước", "tăng 12,0 % so với cùng kỳ năm trước"),
        (965, 1000, "giảm 35 đơn vị so với cùng kỳ năm trước", "giảm 3,5 % so với cùng kỳ năm trước"),
        (7, 7, "bằng cùng kỳ năm trước", "bằng cùng kỳ năm trước"),
        (5, 0, "tăng 5 đơn vị so với cùng kỳ năm trước", "cùng kỳ năm trước là 0, không tính tỷ lệ"),
        (100_001, 100_000, "tăng 1 đơn vị so với cùng kỳ năm trước", "tăng dưới 0,1 % so với cùng kỳ năm trước"),
    ],
)
def test_a_change_says_its_direction_and_against_what(now: int, before: int, change: str, percent: str) -> None:
    assert said("{{founded.thay_doi_cung_ky}}", value(now), value(before)) == change
    assert said("{{founded.phan_tram_cung_ky}}", value(now), value(before)) == percent
    assert said("{{founded.change_last_year}}", value(now), value(before)) == change


def test_the_period_before_is_another_comparison() -> None:
    assert said("{{founded.ky_truoc}}", value(3), value(1)) == "1 đơn vị"
    assert said("{{founded.thay_doi_ky_truoc}}", value(3), value(1)) == "tăng 2 đơn vị so với kỳ trước"


def test_a_share_changes_by_points() -> None:
    changed = said("{{share.thay_doi_cung_ky}}", value(455), value(420), code="share")
    assert changed == "tăng 3,5 điểm % so với cùng kỳ năm trước"


def test_what_is_not_there_is_said() -> None:
    assert said("{{founded.thay_doi_cung_ky}}", value(3)) == "chưa có số cùng kỳ năm trước"
    assert said("{{founded.cung_ky}}", value(3)) == "chưa có số cùng kỳ năm trước"
    assert said("{{founded.thay_doi_ky_truoc}}", value(3)) == "chưa có số kỳ trước"
    assert said("{{founded.thay_doi_cung_ky}}", MISSING, value(3)).startswith("chưa có số kỳ này")
    assert said("{{founded}}", MISSING) == "… đơn vị"
    assert said("{{founded}}", NOT_APPLICABLE) == "x"


def test_a_hidden_count_is_a_star_on_either_side() -> None:
    assert said("{{founded}}", HIDDEN) == "* đơn vị"
    for now, before in ((HIDDEN, value(3)), (value(3), HIDDEN)):
        assert said("{{founded.thay_doi_cung_ky}}", now, before) == "thay đổi * so với cùng kỳ năm trước"
        assert said("{{founded.phan_tram_cung_ky}}", now, before) == "thay đổi * so với cùng kỳ năm trước"


def test_a_plan_and_how_much_of_it() -> None:
    plan = Plan(value(4), yearly=False)
    assert said("{{founded.ke_hoach}}", value(3), plan=plan) == "4 đơn vị"
    assert said("{{founded.phan_tram_ke_hoach}}", value(3), plan=plan) == "đạt 75,0 % kế hoạch"
    yearly = Plan(value(4), yearly=True)
    assert said("{{founded.ke_hoach}}", value(3), plan=yearly) == "4 đơn vị (cả năm)"
    assert "cả năm" in said("{{founded.phan_tram_ke_hoach}}", value(3), plan=yearly)
    assert said("{{founded.phan_tram_ke_hoach}}", value(3)) == "chưa giao kế hoạch"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{{foundet}}", "không có chỉ tiêu mã «foundet»"),
        ("{{founded.nam_ngoai}}", "không có «nam_ngoai»; dùng một trong: so, cung_ky"),
        ("{{money.ke_hoach}}", "«Số tiền» không giao kế hoạch"),
        ("Lập {{founded đơn vị", "thiếu một bên"),
        ("Lập founded}} đơn vị", "thiếu một bên"),
    ],
)
def test_a_field_that_means_nothing_must_be_corrected_where_it_stands(text: str, why: str) -> None:
    (fault,) = faults_in(DEFINITION, text)
    assert why in fault
    found = [one for one in check(DEFINITION, {}, {"chung": text}) if one.rule == FIELD_FAULT]
    assert [(one.severity, one.cells) for one in found] == [("error", ("chung",))]
    assert filled(DEFINITION, text, Figures({})) == text


def test_the_slip_of_the_unit_is_found_through_a_field() -> None:
    cells = {"money": value(72_000_000)}
    found = check(DEFINITION, cells, {"chung": "Tổng {{money.so}} triệu đồng."})
    assert [one.rule for one in found] == [NARRATIVE_SLIP]
    assert not check(DEFINITION, cells, {"chung": "Tổng {{money}}."})


def test_every_name_is_there_once_and_reads_back() -> None:
    names = [name for kind in KINDS for name in {kind.vi, kind.en}]
    assert len(names) == len(set(names))
    item = DEFINITION.indicator("founded")
    assert item is not None
    for kind in kinds_of(item):
        for english in (False, True):
            (piece,) = rendered(DEFINITION, written(item, kind, english=english), Figures({}))
            assert piece.field is not None
            assert piece.field.kind is kind


def test_the_text_to_begin_with_is_checked_kept_and_follows_a_new_code() -> None:
    assert parse(as_file(DEFINITION))[0] == DEFINITION
    other = renamed(RAW, "founded", "new_unions")
    assert other["narrative"][0]["text"] == "Đã thành lập {{new_unions}}."
    wrong = {**RAW, "narrative": [{**RAW["narrative"][0], "text": "{{foundet}}"}]}
    assert [fault.where for fault in read(wrong)[2]] == ["narrative.chung"]
    with pytest.raises(InvalidInput):
        parse(wrong)


def test_the_reference_names_every_field_in_both_languages() -> None:
    text = (Path(__file__).resolve().parents[2] / "docs/reference/template.md").read_text("utf-8")
    rows = {kind.vi: f"| `{{{{gifts.{kind.vi}}}}}` | `{{{{gifts.{kind.en}}}}}` |" for kind in KINDS if kind.vi}
    assert [name for name, row in rows.items() if row not in text] == []
