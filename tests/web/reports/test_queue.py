"""Chờ tiếp nhận: changes in sight, return by cell, clean ones in one go."""

from __future__ import annotations

import datetime as dt

from django.db import connection
from django.test.utils import CaptureQueriesContext

from nhipcau.core.numbers import Cell, CellState
from nhipcau.org.models import Role
from nhipcau.reports.design.figures import cells_of, payload
from nhipcau.reports.filling.workflow import accept, mark_ready, send_back, submit
from nhipcau.reports.models import Submission, SubmissionState
from tests.cast import NOW, Cast, _officer, unit
from tests.web.reports import scenes
from tests.web.reports.conftest import As
from tests.web.reports.crowded import crowd

QUEUE = "/bao-cao/cho-tiep-nhan/"


def _two(cast: Cast) -> tuple[Submission, Submission]:
    """A clean report, and one that a rule speaks about (and explains itself)."""
    version = scenes.publish()
    other = _officer(cast.other_local, "Chủ tịch", "truong", Role.REPORTER, Role.APPROVER)
    clean = scenes.sent(version, cast.local_volunteer, {"gifts": "3", "money": "900.000"})
    marked = scenes.draft(version, other, {"dialogues": "30"})
    Submission.objects.filter(pk=marked.pk).update(explanations={"doi-thoai-nhieu": "đợt cao điểm"})
    ready = mark_ready(submission=marked, actor=other, at=NOW)
    return clean, submit(submission=ready, actor=other, at=NOW)


def test_what_needs_a_look_comes_first(cast: Cast, acting: As) -> None:
    clean, marked = _two(cast)
    page = acting(cast.commune_officer).get(QUEUE)
    assert [row.report for row in page.context["rows"]] == [marked, clean]
    assert [row.report for row in page.context["clean"]] == [clean]


def test_large_changes_from_last_period_are_in_sight(cast: Cast, acting: As) -> None:
    version = scenes.publish()
    before = {"gifts": "10", "money": "1.000.000", "dialogues": "2"}
    scenes.accepted(version, cast.local_volunteer, cast.commune_officer, before, period=scenes.JANUARY)
    scenes.sent(version, cast.local_volunteer, {"gifts": "11", "money": "9.000.000", "dialogues": "2"})
    (row,) = acting(cast.commune_officer).get(QUEUE).context["rows"]
    assert [(change.before, change.now) for change in row.changes] == [
        ("1.000.000", "9.000.000"),
        ("100.000", "818.182"),
    ]


def test_a_late_report_says_so(cast: Cast, acting: As) -> None:
    version = scenes.publish()
    scenes.sent(version, cast.local_volunteer, {"gifts": "3"}, period=scenes.JANUARY)
    (row,) = acting(cast.commune_officer).get(QUEUE).context["rows"]
    assert row.late


def test_the_clean_ones_are_accepted_together_and_listed(cast: Cast, acting: As) -> None:
    clean, marked = _two(cast)
    client = acting(cast.commune_officer)
    posted = {"bao-cao": [str(clean.uid), str(marked.uid), "không-có"]}
    page = client.post(f"{QUEUE}tiep-nhan/", posted, follow=True)
    done = page.context["done"]
    assert [name for name, _ in done["taken"]] == ["Công đoàn cơ sở Công ty May Hải Âu"]
    assert len(done["failed"]) == 2
    states = {report.pk: report.state for report in Submission.objects.all()}
    assert states == {clean.pk: SubmissionState.ACCEPTED, marked.pk: SubmissionState.SUBMITTED}
    assert client.get(QUEUE).context["done"] is None


def test_accepting_leads_on_to_the_next_one(cast: Cast, acting: As) -> None:
    clean, marked = _two(cast)
    answer = acting(cast.commune_officer).post(f"/bao-cao/{clean.uid}/tiep-nhan/", {"viec": "nhan"})
    assert answer["Location"] == f"/bao-cao/{marked.uid}/tiep-nhan/"


def test_a_return_needs_a_reason_and_keeps_it_per_cell(cast: Cast, acting: As) -> None:
    report, _ = _two(cast)
    client = acting(cast.commune_officer)
    assert client.post(f"/bao-cao/{report.uid}/tiep-nhan/", {"viec": "tra", "ly-do": " "}).status_code == 422
    client.post(f"/bao-cao/{report.uid}/tiep-nhan/", {"viec": "tra", "ly-do:gifts": "khác biên bản"})
    report.refresh_from_db()
    assert report.state == SubmissionState.RETURNED
    assert [(r.cell, r.reason) for r in report.return_reasons.all()] == [("gifts", "khác biên bản")]


def test_the_review_shows_the_explanation_beside_the_finding(cast: Cast, acting: As) -> None:
    _, marked = _two(cast)
    page = acting(cast.commune_officer).get(f"/bao-cao/{marked.uid}/tiep-nhan/")
    assert "Đơn vị giải thích:" in page.content.decode()
    assert "đợt cao điểm" in page.content.decode()


def test_a_report_accepted_meanwhile_leads_to_its_page(cast: Cast, acting: As) -> None:
    clean, _ = _two(cast)
    accept(submission=clean, actor=cast.commune_officer, at=NOW + dt.timedelta(minutes=1))
    answer = acting(cast.commune_officer).get(f"/bao-cao/{clean.uid}/tiep-nhan/")
    assert answer["Location"] == f"/bao-cao/{clean.uid}/"


def test_only_the_level_directly_above_decides(cast: Cast, acting: As) -> None:
    clean, _ = _two(cast)
    for post in (cast.provincial_officer, cast.local_volunteer):
        assert acting(post).post(f"/bao-cao/{clean.uid}/tiep-nhan/", {"viec": "nhan"}).status_code == 403
    assert acting(cast.stranger).post(f"/bao-cao/{clean.uid}/tiep-nhan/", {"viec": "nhan"}).status_code == 404


def test_the_number_of_queries_does_not_grow_with_reports_sent_again(cast: Cast, acting: As) -> None:
    reports, client, counts = _two(cast), acting(cast.commune_officer), []
    for report in reports:
        send_back(submission=report, reason="Xem lại", by_cell={}, actor=cast.commune_officer, at=NOW)
    for report in reports:
        sender = report.submitted_by
        assert sender is not None
        submit(submission=mark_ready(submission=report, actor=sender, at=NOW), actor=sender, at=NOW)
        client.get(QUEUE)  # what a process remembers is remembered
        with CaptureQueriesContext(connection) as queries:
            rows = client.get(QUEUE).context["rows"]
        assert all(row.resent for row in rows)
        counts.append((len(rows), len(queries)))
    assert [rows for rows, _ in counts] == [1, 2]
    assert counts[0][1] == counts[1][1]


def test_an_empty_queue_says_so(cast: Cast, acting: As) -> None:
    assert "Không có báo cáo nào chờ tiếp nhận" in acting(cast.commune_officer).get(QUEUE).content.decode()


def test_the_graver_a_finding_the_nearer_the_top(cast: Cast, acting: As) -> None:
    clean, marked = _two(cast)
    crowd(count=1)
    third = _officer(unit("XA-001"), "Chủ tịch", "ba", Role.REPORTER, Role.APPROVER)
    broken = scenes.sent(clean.version, third, {"gifts": "1", "money": "900.000"})
    wrong = payload(broken.version.cells, cells_of(broken) | {"money": Cell(CellState.VALUE, 900_000_000)})
    Submission.objects.filter(pk=broken.pk).update(payload=wrong)  # as a rule made graver since would find it
    rows = acting(cast.commune_officer).get(QUEUE).context["rows"]
    assert [row.report for row in rows] == [broken, marked, clean]


def test_one_accepted_from_the_queue_leads_back_to_it(cast: Cast, acting: As) -> None:
    clean, _ = _two(cast)
    posted = {"viec": "nhan", "ve": "hang-cho"}
    assert acting(cast.commune_officer).post(f"/bao-cao/{clean.uid}/tiep-nhan/", posted)["Location"] == QUEUE


def test_what_will_be_accepted_together_is_listed_before(cast: Cast, acting: As) -> None:
    clean, marked = _two(cast)
    page = acting(cast.commune_officer).get(QUEUE).content.decode()
    assert f'name="bao-cao" value="{clean.uid}" checked' in page
    assert f'value="{marked.uid}" checked' not in page
    assert "Tiếp nhận 1 báo cáo này" in page
