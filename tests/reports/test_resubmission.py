"""A report sent again says what changed, beside the reasons it was returned for."""

from __future__ import annotations

import pytest

from nhipcau.core.numbers import Cell, CellState
from nhipcau.reports.filling.drafting import DraftChanges, save_draft
from nhipcau.reports.filling.resubmission import (
    changes_since_accepted,
    changes_since_returned,
    since_accepted,
    since_returned,
)
from nhipcau.reports.filling.workflow import send_back
from nhipcau.reports.models import Submission, TemplateVersion
from tests import quarterly
from tests.cast import Cast
from tests.quarterly import LATER


@pytest.fixture
def version(cast: Cast) -> TemplateVersion:
    return quarterly.publish()


def _returned(cast: Cast, report: Submission, reason: str = "", **cells: str) -> Submission:
    return send_back(submission=report, reason=reason, by_cell=cells, actor=cast.commune_officer, at=LATER)


def _value(number: int) -> Cell:
    return Cell(CellState.VALUE, number)


def test_each_reason_is_answered_or_left_and_the_rest_is_marked(cast: Cast, version: TemplateVersion) -> None:
    report = quarterly.send(cast.local_volunteer, version, gifts="3", money="900.000", hours="2")
    _returned(cast, report, "Xem lại quà", gifts="Sổ ghi 4 suất", hours="Chưa có kế hoạch")
    found = changes_since_returned(quarterly.send(cast.local_volunteer, version, gifts="4", money="1.200.000"))
    assert found is not None
    assert found.reasons == ("Xem lại quà",)
    (gifts,) = found.answered
    assert (gifts.item.code, gifts.before, gifts.after) == ("gifts", _value(3), _value(4))
    assert gifts.reasons == ("Sổ ghi 4 suất",)
    assert [cell.item.code for cell in found.unanswered] == ["hours"]
    assert [cell.item.code for cell in found.unasked] == ["money"]
    assert found.count == 2


def test_changed_words_are_compared_too(cast: Cast, version: TemplateVersion) -> None:
    report = quarterly.send(cast.local_volunteer, version, gifts="3", money="900.000")
    _returned(cast, report, "Thiếu đánh giá")
    report.refresh_from_db()
    words = DraftChanges(edits=report.edits, narrative={"danh_gia": "Đã trao đủ."})
    save_draft(submission=report, changes=words, actor=cast.local_volunteer, at=LATER)
    found = changes_since_returned(quarterly.send(cast.local_volunteer, version))
    assert found is not None
    assert [(w.code, w.before, w.after) for w in found.narrative] == [("danh_gia", "", "Đã trao đủ.")]


def test_the_last_round_counts(cast: Cast, version: TemplateVersion) -> None:
    _returned(cast, quarterly.send(cast.local_volunteer, version, gifts="3", money="900.000"), gifts="Lần một")
    _returned(cast, quarterly.send(cast.local_volunteer, version, gifts="4"), gifts="Lần hai")
    found = changes_since_returned(quarterly.send(cast.local_volunteer, version, gifts="5"))
    assert found is not None
    assert [(cell.before, cell.reasons) for cell in found.answered] == [(_value(4), ("Lần hai",))]


def test_a_report_sent_once_or_still_returned_has_nothing_to_compare(cast: Cast, version: TemplateVersion) -> None:
    report = quarterly.send(cast.local_volunteer, version, gifts="3", money="900.000")
    assert changes_since_returned(report) is None
    assert changes_since_returned(_returned(cast, report, gifts="Sai")) is None
    assert changes_since_accepted(report) is None


def test_a_correction_is_compared_with_what_it_would_replace(cast: Cast, version: TemplateVersion) -> None:
    quarterly.accepted(cast, version, gifts="3", money="900.000")
    correction = quarterly.send(cast.local_volunteer, version, gifts="4")
    found = changes_since_accepted(correction)
    assert found is not None
    assert [(cell.item.code, cell.before, cell.after) for cell in found.cells] == [("gifts", _value(3), _value(4))]
    assert changes_since_returned(correction) is None
    assert set(since_accepted([correction])) == {correction.pk}
    assert since_returned([correction]) == {}
