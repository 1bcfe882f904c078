"""A new version for a period in which reports are begun: drafts go along, value by value, and nothing is lost."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from nhipcau.core.errors import Conflict, InvalidInput
from nhipcau.core.numbers import Cell, CellState
from nhipcau.core.periods import parse_period
from nhipcau.reports.design.figures import cells_of, payload
from nhipcau.reports.design.templates import catch_up, import_template, version_for
from nhipcau.reports.filling.drafting import DraftChanges, open_draft, save_draft
from nhipcau.reports.filling.workflow import mark_ready
from nhipcau.reports.models import DraftMove, Submission, SubmissionState, TemplateVersion
from tests import quarterly
from tests.cast import NOW, SETUP, Cast
from tests.quarterly import LATER, PERIOD

pytestmark = pytest.mark.django_db


def changed(cast: Cast) -> Submission:
    """A draft with figures and words, then the form changes under it."""
    version = quarterly.publish()
    quarterly.give(cast.local_volunteer, 7, 2_000_000)
    figures = {"gifts": "120", "hours": "2,5", "letters": "3", "gifts_upper": "x"}
    report = quarterly.draft(cast.local_volunteer, version, **figures)
    words = DraftChanges(
        report.edits, narrative={"danh_gia": "Đã làm tốt."}, explanations={"nhieu-qua": "Dịp Tết."}
    )
    return save_draft(submission=report, changes=words, actor=cast.local_volunteer, at=LATER)


def next_version(*, move: bool = True, **parts: Any) -> TemplateVersion:
    """Hours with two decimals, letters gone, money in other units, another narrative, one rule less."""
    raw = yaml.safe_load(quarterly.YAML)
    items = [one for one in raw["sections"][0]["indicators"] if one["code"] not in {"letters", "average"}]
    for one in items:
        one.update({"decimals": 2} if one["code"] == "hours" else {})
        one.update({"unit": "triệu đồng"} if one["code"] == "money" else {})
    items.append({"code": "visits", "label": "Lượt thăm hỏi", "unit": "lượt"})
    raw["sections"] = [{"title": "Chăm lo", "indicators": list(reversed(items))}]
    raw["rules"], raw["narrative"] = [], [{"code": "kien_nghi", "title": "Đề xuất"}]
    data = yaml.safe_dump(raw | parts, allow_unicode=True).encode()
    return import_template(data=data, actor=SETUP, at=NOW, move_drafts=move).version


def test_values_stay_with_their_cell_and_what_falls_away_is_kept_in_words(cast: Cast) -> None:
    report = changed(cast)
    version = next_version()
    now = Submission.objects.select_related("version").get(pk=report.pk)
    assert now.version == version
    cells = cells_of(now)
    assert cells["gifts"] == Cell(CellState.VALUE, 120)
    assert cells["gifts_upper"] == Cell(CellState.NOT_APPLICABLE)
    assert cells["hours"] == Cell(CellState.VALUE, 250)
    assert cells["visits"] == cells["money"] == Cell(CellState.MISSING)
    assert now.edits == report.edits + 1
    fallen = {one["label"]: one["value"] for one in DraftMove.objects.get().fallen}
    assert fallen == {
        "Số tiền quà": "2.000.000 đồng",
        "Văn bản đã ban hành": "3 văn bản",
        "Đánh giá chung": "Đã làm tốt.",
        "{gifts} suất là nhiều hơn thường lệ.": "Dịp Tết.",
    }
    assert set(now.sources.values_list("cell", flat=True)) == {"gifts", "money"}


def test_more_exact_than_the_new_form_takes_falls_away_too(cast: Cast) -> None:
    report = changed(cast)
    raw = yaml.safe_load(quarterly.YAML)
    raw["sections"][0]["indicators"][-1]["decimals"] = 0
    import_template(data=yaml.safe_dump(raw).encode(), actor=SETUP, at=NOW, move_drafts=True)
    now = Submission.objects.select_related("version").get(pk=report.pk)
    assert cells_of(now)["hours"] == Cell(CellState.MISSING)
    assert DraftMove.objects.get().fallen == [{"label": "Giờ tập huấn", "value": "2,5 giờ"}]


def test_a_draft_that_was_just_being_opened_is_taken_along_after(cast: Cast) -> None:
    first = quarterly.publish()
    second = next_version()
    late = Submission.objects.create(
        unit=cast.commune, version=first, period=PERIOD.key, payload=payload(first.cells, {}), created_at=NOW
    )
    assert catch_up(second, actor=SETUP, at=NOW) == 1
    assert Submission.objects.get(pk=late.pk).version == second


def test_a_report_ready_for_approval_is_to_be_looked_at_again(cast: Cast) -> None:
    report = quarterly.draft(cast.local_volunteer, quarterly.publish(), gifts="3")
    ready = mark_ready(submission=report, actor=cast.local_volunteer, at=LATER)
    next_version(narrative=[])
    with pytest.raises(Conflict, match="phiên bản"):
        mark_ready(submission=ready, actor=cast.local_volunteer, at=LATER)
    assert Submission.objects.get().state == SubmissionState.DRAFT


def test_a_report_that_was_sent_stays_and_stands_in_the_way(cast: Cast) -> None:
    report = quarterly.send(cast.local_volunteer, quarterly.publish(), gifts="3")
    other = changed_commune(cast, report.version)
    with pytest.raises(Conflict, match="đã có 1 báo cáo"):
        next_version()
    assert {one.version_id for one in Submission.objects.all()} == {report.version_id, other.version_id}
    assert not DraftMove.objects.exists()
    later = next_version(first_period="2026-Q2")
    assert version_for("quy", PERIOD) == report.version
    assert version_for("quy", parse_period("2026-Q2")) == later


def changed_commune(cast: Cast, version: TemplateVersion) -> Submission:
    return open_draft(unit=cast.commune, version=version, period=PERIOD, actor=cast.commune_officer, at=LATER)


def test_unless_it_is_asked_for_no_draft_moves(cast: Cast) -> None:
    changed(cast)
    with pytest.raises(Conflict, match="kỳ sau"):
        next_version(move=False)


@pytest.mark.parametrize("key", ["axis", "calendar", "period"])
def test_axis_calendar_and_kind_of_period_never_change(cast: Cast, key: str) -> None:
    quarterly.publish()
    other = {"axis": "sector", "calendar": "union", "period": "month"}
    parts: dict[str, Any] = {key: other[key], "first_period": "2026-12" if key == "period" else "2026-Q4"}
    with pytest.raises(InvalidInput) as refusal:
        next_version(**parts)
    assert [fault.where for fault in refusal.value.faults] == [key]
