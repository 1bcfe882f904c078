"""The form fills itself; a person corrects it; two people do not overwrite each other."""

from __future__ import annotations

import datetime as dt

import pytest

from nhipcau.boundary import BoundaryRefused
from nhipcau.core.errors import Conflict, InvalidInput, NotAllowed
from nhipcau.core.numbers import MISSING, Cell, CellState
from nhipcau.documents.actions import register_outgoing
from nhipcau.reports.design.figures import cells_of
from nhipcau.reports.filling.drafting import DraftChanges, open_draft, refill, save_draft
from nhipcau.reports.models import Submission, SubmissionState, TemplateVersion
from tests import quarterly
from tests.cast import NOW, Cast
from tests.quarterly import LATER, PERIOD
from tests.refusals import by_field


@pytest.fixture
def version(cast: Cast) -> TemplateVersion:
    return quarterly.publish()


def value(report: Submission, cell: str) -> int:
    return cells_of(report)[cell].value


def save(report: Submission, cast: Cast, **changes: object) -> Submission:
    made = DraftChanges(**({"edits": report.edits} | changes))  # type: ignore[arg-type]
    return save_draft(submission=report, changes=made, actor=cast.local_volunteer, at=LATER)


def test_it_is_filled_from_the_activities_of_the_period(cast: Cast, version: TemplateVersion) -> None:
    quarterly.give(cast.local_volunteer, 3, 900_000)
    quarterly.give(cast.local_volunteer, 2, 500_000, giver="upper")
    report = quarterly.draft(cast.local_volunteer, version)
    assert [value(report, cell) for cell in ("gifts", "gifts_upper", "money")] == [5, 2, 1_400_000]
    assert report.sources.filter(cell="gifts").count() == 2


def test_what_was_not_recorded_is_missing_and_not_zero(cast: Cast, version: TemplateVersion) -> None:
    report = quarterly.draft(cast.local_volunteer, version)
    assert cells_of(report)["gifts"] == MISSING


def test_letters_are_counted_from_the_register(cast: Cast, version: TemplateVersion) -> None:
    for doc_type in ("kế hoạch", "công văn", "báo cáo"):
        register_outgoing(
            unit=cast.local, doc_type=doc_type, subject="Tổ chức hội thao", dated=dt.date(2026, 3, 2),
            actor=cast.local_volunteer, at=NOW,
        )  # fmt: skip
    assert value(quarterly.draft(cast.local_volunteer, version), "letters") == 2


def test_opening_again_is_the_same_draft(cast: Cast, version: TemplateVersion) -> None:
    first = quarterly.draft(cast.local_volunteer, version)
    assert quarterly.draft(cast.local_volunteer, version).pk == first.pk


def test_every_cell_that_cannot_be_read_is_named_and_none_is_saved(cast: Cast, version: TemplateVersion) -> None:
    report = quarterly.draft(cast.local_volunteer, version)
    with pytest.raises(InvalidInput) as refusal:
        save(report, cast, figures={"gifts": "ba suất", "money": "500.000", "average": "1"})
    assert set(by_field(refusal.value)) == {"gifts", "average"}
    report.refresh_from_db()
    assert cells_of(report)["money"] == MISSING


def test_saving_over_somebody_else_is_a_conflict(cast: Cast, version: TemplateVersion) -> None:
    report = quarterly.draft(cast.local_volunteer, version)
    save(report, cast, figures={"gifts": "3"})
    with pytest.raises(Conflict, match="người khác lưu"):
        save(report, cast, figures={"gifts": "4"})


@pytest.mark.parametrize("field", ["narrative", "explanations"])
def test_refused_words_are_refused(cast: Cast, version: TemplateVersion, field: str) -> None:
    report = quarterly.draft(cast.local_volunteer, version)
    key = "danh_gia" if field == "narrative" else "nhieu-qua"
    with pytest.raises(BoundaryRefused):
        save(report, cast, **{field: {key: "Lập danh sách người tham gia tụ tập, tuần hành"}})
    report.refresh_from_db()
    assert report.edits == 0


def test_an_explanation_cannot_hide_a_narrative(cast: Cast, version: TemplateVersion) -> None:
    report = quarterly.draft(cast.local_volunteer, version)
    with pytest.raises(InvalidInput):
        save(report, cast, narrative={"danh_gia": "Tốt"}, explanations={"danh_gia": "Khác"})


def test_a_correction_keeps_what_was_accepted_even_where_the_register_says_otherwise(
    cast: Cast, version: TemplateVersion
) -> None:
    quarterly.give(cast.local_volunteer, 4, 900_000)
    quarterly.accepted(cast, version, gifts="7")
    assert value(quarterly.draft(cast.local_volunteer, version), "gifts") == 7


def test_refilling_takes_what_is_recorded_now(cast: Cast, version: TemplateVersion) -> None:
    report = quarterly.draft(cast.local_volunteer, version, gifts="9", hours="2,5")
    quarterly.give(cast.local_volunteer, 3, 900_000)
    report = refill(submission=report, actor=cast.local_volunteer, at=LATER)
    assert (value(report, "gifts"), value(report, "hours")) == (3, 25)


def test_a_correction_is_a_new_revision_and_the_old_one_counts_until_then(
    cast: Cast, version: TemplateVersion
) -> None:
    first = quarterly.accepted(cast, version, gifts="3", money="900.000")
    second = quarterly.draft(cast.local_volunteer, version, gifts="4")
    first.refresh_from_db()
    assert (second.revision, first.state) == (2, SubmissionState.ACCEPTED)
    assert value(second, "money") == 900_000


def test_nobody_else_opens_the_units_report(cast: Cast, version: TemplateVersion) -> None:
    for post in (cast.stranger, cast.commune_officer):
        with pytest.raises(NotAllowed):
            open_draft(unit=cast.local, version=version, period=PERIOD, actor=post, at=LATER)


def test_zero_is_a_value(cast: Cast, version: TemplateVersion) -> None:
    report = quarterly.draft(cast.local_volunteer, version, gifts="0", hours="x")
    assert cells_of(report)["gifts"] == Cell(CellState.VALUE, 0)
    assert cells_of(report)["hours"].state is CellState.NOT_APPLICABLE
