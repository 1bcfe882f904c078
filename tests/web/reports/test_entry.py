"""The entry grid: prefilled, checked in place, saved as one types, sent by whoever may."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from nhipcau.core.numbers import CellState
from nhipcau.org.actions import add_person, appoint, create_post
from nhipcau.org.models import Role
from nhipcau.reports.design.figures import cells_of
from nhipcau.reports.filling.workflow import send_back
from nhipcau.reports.models import Submission, SubmissionState
from tests.cast import NOW, SETUP, TODAY, Cast
from tests.web.reports import scenes
from tests.web.reports.conftest import As

HTMX = {"HX-Request": "true"}


def _url(report: Submission) -> str:
    return f"/bao-cao/{report.uid}/"


def _row(page: Any, key: str) -> Any:
    return next(row for row in page.context["entry"].grid.rows if row.key == key)


def _post(client: Client, report: Submission, step: str = "luu", **typed: str) -> Any:
    report.refresh_from_db()
    return client.post(_url(report), {"edits": report.edits, "viec": step, **typed})


def test_the_form_fills_itself_and_says_from_where(cast: Cast, acting: As) -> None:
    version = scenes.publish()
    scenes.gave_gifts(cast.local_volunteer)
    scenes.gave_gifts(cast.local_volunteer, gifts=5, money=1_000_000)
    report = scenes.draft(version, cast.local_volunteer)
    page = acting(cast.local_volunteer).get(_url(report))
    gifts = _row(page, "gifts")
    assert (gifts.value, gifts.source) == ("25", "từ 2 hoạt động")
    assert _row(page, "money").words == "bảy triệu đồng"
    assert _row(page, "average").value == "280.000"
    origins = acting(cast.local_volunteer).get(gifts.source_url).context["origins"]
    assert [origin.value for origin in origins] == ["20", "5"]


def test_last_period_stands_beside(cast: Cast, acting: As) -> None:
    version = scenes.publish()
    scenes.accepted(version, cast.local_volunteer, cast.commune_officer, {"gifts": "7"}, period=scenes.JANUARY)
    page = acting(cast.local_volunteer).get(_url(scenes.draft(version, cast.local_volunteer)))
    assert (_row(page, "gifts").previous, _row(page, "money").previous) == ("7", "…")


def test_scale_words_are_understood(cast: Cast, acting: As) -> None:
    report = scenes.draft(scenes.publish(), cast.local_volunteer)
    answer = _post(acting(cast.local_volunteer), report, money="72 triệu")
    assert answer.status_code == 302
    report.refresh_from_db()
    assert cells_of(report)["money"].value == 72_000_000


def test_a_finding_speaks_at_its_cell_and_at_the_top(cast: Cast, acting: As) -> None:
    report = scenes.draft(scenes.publish(), cast.local_volunteer, {"gifts": "2", "money": "72.000.000"})
    page = acting(cast.local_volunteer).get(_url(report))
    assert [message.severity for message in _row(page, "money").messages] == ["error"]
    assert not _row(page, "gifts").messages
    (note,) = page.context["entry"].notes
    assert note.text.startswith("Tiền quà: 72.000.000 đồng cho 2 suất")
    assert f'id="{note.target}"' in page.content.decode()


def test_a_warning_asks_for_an_explanation_before_it_goes_on(cast: Cast, acting: As) -> None:
    report = scenes.draft(scenes.publish(), cast.local_volunteer, {"dialogues": "30"})
    client = acting(cast.local_volunteer)
    refused = _post(client, report, "trinh-gui")
    assert refused.status_code == 422
    assert _row(refused, "dialogues").needs_explanation
    sent = _post(client, report, "trinh-gui-de-trong", **{"explain:dialogues": "đợt cao điểm toàn huyện"})
    assert sent.status_code == 302
    report.refresh_from_db()
    assert report.state == SubmissionState.SUBMITTED


def test_the_autosave_answers_with_the_new_revision_and_what_changed(cast: Cast, acting: As) -> None:
    report = scenes.draft(scenes.publish(), cast.local_volunteer)
    typed = {"edits": str(report.edits), "gifts": "2", "money": "72 triệu"}
    answer = acting(cast.local_volunteer).post(_url(report), typed, headers=HTMX).content.decode()
    assert f'name="edits" value="{report.edits + 1}"' in answer
    assert "quá 5 triệu đồng một suất" in answer
    assert "36.000.000" in answer
    assert "bảy mươi hai triệu đồng" in answer


def test_what_cannot_be_read_is_named_and_nothing_is_saved(cast: Cast, acting: As) -> None:
    report = scenes.draft(scenes.publish(), cast.local_volunteer)
    client = acting(cast.local_volunteer)
    typed = {"edits": str(report.edits), "gifts": "1.23", "dialogues": "4"}
    answer = client.post(_url(report), typed, headers=HTMX)
    assert "Chưa lưu." in answer.content.decode()
    page = client.post(_url(report), typed)
    assert page.status_code == 422
    assert _row(page, "gifts").value == "1.23"
    assert _row(page, "gifts").has_error
    report.refresh_from_db()
    assert cells_of(report)["dialogues"].state is CellState.MISSING


def test_saving_over_somebody_elses_figures_is_refused(cast: Cast, acting: As) -> None:
    version = scenes.publish()
    report = scenes.draft(version, cast.local_volunteer)
    stale = report.edits
    scenes.draft(version, cast.local_volunteer, {"gifts": "7"})
    client = acting(cast.local_volunteer)
    assert client.post(_url(report), {"edits": stale, "gifts": "8"}, headers=HTMX).status_code == 409
    assert client.post(_url(report), {"edits": stale, "gifts": "8"}).status_code == 409
    report.refresh_from_db()
    assert cells_of(report)["gifts"].value == 7


def test_blanks_become_zero_only_when_asked(cast: Cast, acting: As) -> None:
    report = scenes.draft(scenes.publish(), cast.local_volunteer)
    _post(acting(cast.local_volunteer), report, "so-khong", gifts="", money="…", dialogues="x")
    report.refresh_from_db()
    cells = cells_of(report)
    assert [cells[code].state for code in ("gifts", "money")] == [CellState.VALUE] * 2
    assert cells["dialogues"].state is CellState.NOT_APPLICABLE


def test_the_registers_can_be_read_again(cast: Cast, acting: As) -> None:
    report = scenes.draft(scenes.publish(), cast.local_volunteer, {"gifts": "1"})
    scenes.gave_gifts(cast.local_volunteer)
    _post(acting(cast.local_volunteer), report, "lay-lai", gifts="1")
    report.refresh_from_db()
    assert cells_of(report)["gifts"].value == 20


def test_where_another_approves_the_reporter_only_hands_in(cast: Cast, acting: As) -> None:
    deputy = create_post(
        unit=cast.local, title="Phó chủ tịch", roles=(Role.APPROVER,), start=TODAY, actor=SETUP, at=NOW
    )
    person = add_person(name="Mạc Thị Lan", actor=SETUP, at=NOW)
    appoint(post=deputy, person=person, start=TODAY, actor=SETUP, at=NOW)
    report = scenes.draft(scenes.publish(), cast.local_volunteer)
    client = acting(cast.local_volunteer)
    assert [step for step, _ in client.get(_url(report)).context["entry"].steps] == ["trinh"]
    _post(client, report, "trinh-de-trong")
    report.refresh_from_db()
    assert report.state == SubmissionState.READY
    assert [step for step, _ in client.get(_url(report)).context["entry"].steps] == ["lay-ve"]
    assert _post(client, report, "gui").status_code == 403
    _post(client, report, "lay-ve")
    report.refresh_from_db()
    assert report.state == SubmissionState.DRAFT


def test_the_reasons_of_a_return_stand_where_they_concern(cast: Cast, acting: As) -> None:
    report = scenes.sent(scenes.publish(), cast.local_volunteer, {"gifts": "3"})
    send_back(
        submission=report, reason="Xem lại.", by_cell={"gifts": "thiếu 2"}, actor=cast.commune_officer, at=NOW
    )
    page = acting(cast.local_volunteer).get(_url(report))
    assert page.context["entry"].reasons == ("Xem lại.",)
    assert [message.text for message in _row(page, "gifts").messages] == ["Cấp trên trả lại: thiếu 2"]


def test_a_middle_level_reads_what_the_units_below_wrote(cast: Cast, acting: As) -> None:
    version = scenes.publish()
    scenes.accepted(version, cast.local_volunteer, cast.commune_officer, {"gifts": "3"}, words="Trao đủ quà.")
    page = acting(cast.commune_officer).get(_url(scenes.draft(version, cast.commune_officer)))
    (paragraph,) = page.context["entry"].paragraphs
    assert [said[0][0].text for _, said in paragraph.below] == ["Trao đủ quà."]


def test_text_the_boundary_refuses_is_not_saved_and_said(cast: Cast, acting: As) -> None:
    report = scenes.draft(scenes.publish(), cast.local_volunteer)
    refused = _post(
        acting(cast.local_volunteer), report, **{"van:danh_gia": "Lập danh sách người cầm đầu đình công."}
    )
    assert refused.status_code == 422
    report.refresh_from_db()
    assert report.narrative == {}


def test_above_reads_a_sent_report_without_being_able_to_write(cast: Cast, acting: As) -> None:
    report = scenes.sent(scenes.publish(), cast.local_volunteer, {"gifts": "3"})
    client = acting(cast.provincial_officer)
    page = client.get(_url(report))
    assert not page.context["entry"].editable
    assert 'name="gifts"' not in page.content.decode()
    assert client.post(_url(report), {"edits": report.edits, "viec": "gui"}).status_code == 403


def test_the_autosave_draws_only_the_rows_that_may_look_different(cast: Cast, acting: As) -> None:
    report = scenes.draft(scenes.publish(), cast.local_volunteer, {"gifts": "2", "dialogues": "1"})
    client = acting(cast.local_volunteer)
    basis = '{"gifts": "2", "dialogues": "1"}'
    typed = {"edits": str(report.edits), "goc": basis, "gifts": "3", "money": "", "dialogues": "1", "noi": ""}
    few = client.post(_url(report), typed, headers=HTMX)
    assert [row.key for _place, row in few.context["rows"]] == ["gifts", "average"]
    report.refresh_from_db()
    speaking = client.post(
        _url(report), {**typed, "edits": report.edits, "gifts": "2", "noi": "6"}, headers=HTMX
    ).context
    assert [row.key for _place, row in speaking["rows"]] == ["average", "dialogues"]


def test_reasons_of_a_return_are_read_once_however_large_the_form(cast: Cast, acting: As) -> None:
    report = scenes.draft(scenes.publish(), cast.local_volunteer)
    client = acting(cast.local_volunteer)
    client.get(_url(report))
    with CaptureQueriesContext(connection) as asked:
        client.get(_url(report))
    assert sum('FROM "reports_returnreason"' in query["sql"] for query in asked) == 2  # the whole, and by cell


def test_what_was_sent_is_not_called_overdue(cast: Cast, acting: As, settings: Settings) -> None:
    version = scenes.publish()
    sent = scenes.accepted(version, cast.local_volunteer, cast.commune_officer, {"gifts": "3"})
    owed = scenes.draft(version, cast.commune_officer)
    settings.DEMO_CLOCK = "2026-06-01T09:00:00+07:00"
    assert "quá hạn" not in acting(cast.local_volunteer).get(_url(sent)).content.decode()
    assert "quá hạn" in acting(cast.commune_officer).get(_url(owed)).content.decode()


def test_no_name_and_no_place_is_asked_twice(cast: Cast, acting: As) -> None:
    report = scenes.sent(scenes.publish(), cast.local_volunteer, {"gifts": "3"})
    client = acting(cast.local_volunteer)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(_url(report)).status_code == 200
    tree = [
        one["sql"] for one in asked if 'FROM "org_unitname"' in one["sql"] or 'FROM "org_placement"' in one["sql"]
    ]
    assert tree
    assert len(tree) == len(set(tree))
