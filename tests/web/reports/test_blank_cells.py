"""Before a report leaves with blank cells the page asks once, naming them; who says so sends it all the same."""

from __future__ import annotations

from typing import Any

from nhipcau.reports.design.figures import cells_of
from nhipcau.reports.filling.workflow import mark_ready
from nhipcau.reports.models import Submission, SubmissionState
from tests.cast import NOW, Cast
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


def test_each_of_them_leads_to_its_cell(cast: Cast, acting: As) -> None:
    report = scenes.draft(scenes.publish(), cast.local_volunteer)
    page = _press(acting, cast, report, "trinh-gui", gifts="2")
    shown = page.content.decode()
    for _, place in page.context["blank"]:
        assert f'href="#{place}"' in shown
        assert f'<input id="{place}"' in shown


def test_the_list_follows_what_is_blank_while_it_is_filled_in(cast: Cast, acting: As) -> None:
    report = scenes.draft(scenes.publish(), cast.local_volunteer)
    asked = _press(acting, cast, report, "trinh-gui", gifts="2")
    assert f'name="dang-hoi" value="{asked.context["anyway"]}"' in asked.content.decode()
    kept = {"edits": "1", "dang-hoi": asked.context["anyway"]}

    def typed(edits: int, **cells: str) -> str:
        given = {**kept, "edits": str(edits), **cells}
        page = acting(cast.local_volunteer).post(f"/bao-cao/{report.uid}/", given, headers={"HX-Request": "true"})
        return page.content.decode()

    report.refresh_from_db()
    first = typed(report.edits, money="600.000")
    assert "Còn 1 ô để trống" in first
    assert 'role="alert"' not in first, "nobody is called away from the cell"
    report.refresh_from_db()
    assert "để trống. Bạn vẫn gửi chứ?" not in typed(report.edits, dialogues="0")


def test_the_approver_is_asked_as_the_sender_was(cast: Cast, acting: As) -> None:
    report = scenes.draft(scenes.publish(), cast.local_volunteer, {"gifts": "2", "money": "600.000"})
    mark_ready(submission=report, actor=cast.local_volunteer, at=NOW)
    asked = _press(acting, cast, report, "gui")
    assert asked.status_code == 422
    ((_, place),) = asked.context["blank"]
    assert f'id="{place}"' in asked.content.decode(), "to be looked at, though not to be typed into"
    assert "Ghi 0 cho ô còn trống" not in asked.content.decode()
    report.refresh_from_db()
    assert report.state == SubmissionState.READY
    _press(acting, cast, report, asked.context["anyway"])
    report.refresh_from_db()
    assert report.state == SubmissionState.SUBMITTED
