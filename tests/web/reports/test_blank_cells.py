"""Before a report leaves with blank cells the page asks once, naming them; who says so sends it all the same."""

from __future__ import annotations

from typing import Any

from nhipcau.reports.design.figures import cells_of
from nhipcau.reports.models import Submission, SubmissionState
from tests.cast import Cast
from tests.web.reports import scenes
from tests.web.reports.conftest import As


def _press(acting: As, cast: Cast, report: Submission, step: str, **typed: str) -> Any:
    report.refresh_from_db()
    form = {"edits": str(report.edits), "viec": step, **typed}
    return acting(cast.local_volunteer).post(f"/bao-cao/{report.uid}/", form, follow=True)


def test_the_blank_cells_are_named_and_nothing_leaves(cast: Cast, acting: As) -> None:
    report = scenes.draft(scenes.publish(), cast.local_volunteer)
    asked = _press(acting, cast, report, "trinh-gui", gifts="2")
    assert asked.status_code == 422
    names = [label for label, _ in asked.context["blank"]]
    assert [name in asked.content.decode() for name in names] == [True, True]
    assert len(names) == 2
    report.refresh_from_db()
    assert report.state == SubmissionState.DRAFT
    assert cells_of(report)["gifts"].value == 2, "what was typed is kept"


def test_whoever_says_so_sends_it_all_the_same(cast: Cast, acting: As) -> None:
    report = scenes.draft(scenes.publish(), cast.local_volunteer, {"gifts": "2", "money": "600.000"})
    asked = _press(acting, cast, report, "trinh-gui")
    sent = _press(acting, cast, report, asked.context["anyway"])
    assert sent.status_code == 200
    report.refresh_from_db()
    assert report.state == SubmissionState.SUBMITTED


def test_a_full_report_is_not_asked_about(cast: Cast, acting: As) -> None:
    given = {"gifts": "2", "money": "600.000", "dialogues": "0"}
    report = scenes.draft(scenes.publish(), cast.local_volunteer, given)
    assert _press(acting, cast, report, "trinh-gui").status_code == 200
    report.refresh_from_db()
    assert report.state == SubmissionState.SUBMITTED


def test_what_a_rule_holds_back_is_told_first(cast: Cast, acting: As) -> None:
    report = scenes.draft(scenes.publish(), cast.local_volunteer, {"gifts": "2", "money": "72.000.000"})
    refused = _press(acting, cast, report, "trinh-gui")
    assert refused.status_code == 422
    assert not refused.context["blank"]
    assert refused.context["refused"]
