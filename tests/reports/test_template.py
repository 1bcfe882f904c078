"""Publishing a template: all of it or nothing, and never a change of meaning."""

from __future__ import annotations

import pytest
import yaml

from nhipcau.activities.models import ActivityType
from nhipcau.audit.models import Entry
from nhipcau.boundary import BoundaryRefused
from nhipcau.core.errors import Conflict, InvalidInput, NotFound, UnreadableFile
from nhipcau.core.periods import parse_period
from nhipcau.reports.design.definition import load
from nhipcau.reports.design.templates import import_template, version_for
from nhipcau.reports.filling.drafting import open_draft
from nhipcau.reports.models import ReportTemplate, TemplateVersion
from tests import quarterly
from tests.cast import NOW, SETUP, Cast

pytestmark = pytest.mark.django_db


def changed(**parts: object) -> bytes:
    return yaml.safe_dump(yaml.safe_load(quarterly.YAML) | parts, allow_unicode=True).encode()


def bring(data: bytes) -> TemplateVersion:
    return import_template(data=data, actor=SETUP, at=NOW).version


def indicator(**parts: object) -> dict[str, object]:
    return {"code": "n", "label": "Số cuộc", "unit": "cuộc"} | parts


def section(*indicators: dict[str, object]) -> list[dict[str, object]]:
    return [{"title": "Phần một", "indicators": list(indicators)}]


def test_what_is_stored_reads_back_as_what_was_written() -> None:
    definition = load(quarterly.publish().definition)
    assert definition.cells() == ["gifts", "gifts_upper", "money", "letters", "hours"]
    assert definition.indicator("average") is not None
    assert definition.indicators().__next__().source is not None


def test_the_same_file_again_makes_no_new_version() -> None:
    first = quarterly.publish()
    again = import_template(data=quarterly.YAML.encode(), actor=SETUP, at=NOW)
    assert (again.version, again.created) == (first, False)


def test_a_changed_file_is_a_new_version_for_later_periods() -> None:
    first = quarterly.publish()
    second = bring(changed(first_period="2026-Q3", due_working_days=9))
    assert version_for("quy", parse_period("2026-Q2")) == first
    assert version_for("quy", parse_period("2026-Q4")) == second


def test_a_version_does_not_begin_at_a_period_already_reported(cast: Cast) -> None:
    version = quarterly.publish()
    later = parse_period("2026-Q3")
    open_draft(unit=cast.local, version=version, period=later, actor=cast.local_volunteer, at=NOW)
    with pytest.raises(Conflict, match="kỳ sau"):
        bring(changed(first_period="2026-Q2", due_working_days=9))


@pytest.mark.django_db(transaction=True)
def test_a_refused_activity_type_is_logged_though_nothing_is_published() -> None:
    types = [{"code": "t", "label": "Xếp loại nhận thức chính trị của cán bộ", "measures": []}]
    with pytest.raises(BoundaryRefused):
        bring(changed(activity_types=types, sections=section(indicator()), rules=[]))
    assert Entry.objects.filter(action="boundary.refused").exists()


def test_a_version_with_reports_is_not_replaced_under_them(cast: Cast) -> None:
    quarterly.draft(cast.local_volunteer, quarterly.publish())
    with pytest.raises(Conflict, match="kỳ sau"):
        bring(changed(due_working_days=9))


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        ({"rules": [{"code": "r", "check": "nope > 0", "message": "m"}]}, "«nope»"),
        ({"rules": [{"code": "r", "check": "gifts >", "message": "m"}]}, "viết sai"),
        ({"rules": [{"code": "r", "check": "__import__('os')", "message": "m"}]}, "chỉ dùng"),
        ({"rules": [{"code": "r", "check": "gifts > 0", "message": "{nope}"}]}, "«nope»"),
        ({"narrative": [{"code": "t", "title": "Khác", "about": ["nope"]}]}, "«nope»"),
        ({"narrative": [{"code": "có dấu", "title": "Khác"}]}, "«có dấu»"),
        ({"rules": [{"code": "r", "severity": "fatal", "check": "gifts > 0", "message": "m"}]}, "fatal"),
        ({"period": "week"}, "week"),
        ({"first_period": "2026-Q7"}, "2026-Q7"),
        ({"first_period": None}, "thêm dòng dạng «first_period: 2026-Q1» (tệp của thư viện"),
        ({"reporters": ["ministry"]}, "ministry"),
        ({"sections": []}, "chưa có chỉ tiêu"),
        ({"sections": section(indicator(), indicator())}, "lặp lại"),
        ({"sections": section(indicator(source={"activity": "nope"}))}, "«nope»"),
        ({"sections": section(indicator(source={"activity": "tang_qua", "measure": "nope"}))}, "«nope»"),
        ({"sections": section(indicator(source={"activity": "tang_qua", "where": {"giver": "x"}}))}, "giver: x"),
        ({"sections": section(indicator(over_units="median"))}, "«median»"),
        ({"sections": section(indicator(sensitivity="private"))}, "«private»"),
        ({"sections": section(indicator(suppress_below=2))}, "từ 3 đến 100"),
        ({"sections": section(indicator(suppress_below=True))}, "số nguyên"),
        ({"sections": section(indicator(suppress_below=5, over_units="max"))}, "chỉ che được số đếm"),
        ({"sections": section(indicator(suppress_below=5, decimals=1))}, "chỉ che được số đếm"),
        ({"sections": section(indicator(suppress_below=5, source={"activity": "tang_qua"}))}, "tự ghi"),
        (
            {
                "sections": section(indicator(suppress_below=5)),
                "rules": [{"code": "r", "check": "n > 0", "message": "{n}"}],
            },
            "lời nhắn không được ghi",
        ),
    ],
)
def test_a_faulty_template_is_refused_with_its_place(parts: dict[str, object], says: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        bring(changed(**({"rules": []} | parts)))
    assert any(says in str(fault) for fault in refusal.value.faults)
    assert not ReportTemplate.objects.exists()
    assert not ActivityType.objects.exists()


def test_formulas_that_come_back_to_themselves_are_named() -> None:
    a = indicator(code="a", over_units="formula", formula="b * 2")
    b = indicator(code="b", over_units="formula", formula="a + n")
    with pytest.raises(InvalidInput) as refusal:
        bring(changed(sections=section(indicator(), a, b), rules=[]))
    assert "quay vòng" in str(refusal.value.faults[0])


@pytest.mark.parametrize(
    ("data", "says"),
    [(b"", "trống"), (b"- 1\n- 2\n", "trống hoặc"), (b"a: [1\n", "dòng 2"), ("mã: đ".encode("utf-16"), "UTF-8")],
)
def test_an_unreadable_file_says_where(data: bytes, says: str) -> None:
    with pytest.raises(UnreadableFile, match=says):
        bring(data)


@pytest.mark.parametrize(
    "parts",
    [
        {"name": "Danh sách đoàn viên theo đạo, ghi rõ tôn giáo"},
        {"sections": section(indicator(label="Xếp loại nhận thức chính trị của cán bộ"))},
        {"sections": section(indicator(help="Dự báo khả năng xảy ra ngừng việc tập thể tại doanh nghiệp"))},
        {"sections": [{"title": "Bình luận của đoàn viên trên Facebook", "indicators": [indicator()]}]},
        {"rules": [{"code": "r", "check": "n > 0", "message": "Lập danh sách người tham gia tụ tập, tuần hành"}]},
        {"narrative": [{"code": "t", "title": "Báo cáo tình hình tư tưởng của từng đoàn viên"}]},
        {"narrative": [{"code": "t", "title": "Khác", "help": "Yêu cầu gỡ bỏ các bài viết chỉ trích trên mạng"}]},
    ],
)
def test_refused_text_is_refused_wherever_it_stands(parts: dict[str, object]) -> None:
    with pytest.raises(BoundaryRefused):
        bring(changed(**({"sections": section(indicator()), "rules": [], "narrative": []} | parts)))
    assert not ReportTemplate.objects.exists()


def test_a_period_of_another_kind_or_too_early_is_refused() -> None:
    quarterly.publish()
    with pytest.raises(InvalidInput):
        version_for("quy", parse_period("2026-05"))
    with pytest.raises(NotFound):
        version_for("quy", parse_period("2025-Q4"))
    with pytest.raises(NotFound):
        version_for("khac", parse_period("2026-Q1"))
