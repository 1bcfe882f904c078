"""draft → ready → submitted → accepted | returned."""

from __future__ import annotations

import datetime as dt

import pytest

from nhipcau.audit.models import Entry
from nhipcau.boundary import BoundaryRefused
from nhipcau.core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from nhipcau.org.actions import add_person, appoint, create_post
from nhipcau.org.models import Axis, Placement, Role
from nhipcau.org.soundness import rebuild_closure
from nhipcau.reports.design.checks import check
from nhipcau.reports.design.definition import load
from nhipcau.reports.design.figures import cells_of
from nhipcau.reports.design.templates import import_template
from nhipcau.reports.filling.drafting import DraftChanges, save_draft
from nhipcau.reports.filling.workflow import accept, mark_ready, send_back, submit, take_back
from nhipcau.reports.models import SubmissionState, TemplateVersion
from nhipcau.reports.queries import get_submission_for, reasons_of, visible_submissions, waiting_for
from tests import quarterly
from tests.cast import NOW, SETUP, TODAY, Cast
from tests.quarterly import LATER


@pytest.fixture
def version(cast: Cast) -> TemplateVersion:
    return quarterly.publish()


def test_the_way_up_is_logged_step_by_step(cast: Cast, version: TemplateVersion) -> None:
    quarterly.accepted(cast, version, gifts="3", money="900.000")
    steps = list(
        Entry.objects.filter(action__startswith="reports.").order_by("pk").values_list("action", flat=True)
    )
    assert steps[-3:] == ["reports.ready", "reports.submitted", "reports.accepted"]


def test_the_unit_slip_is_stopped(cast: Cast, version: TemplateVersion) -> None:
    report = quarterly.draft(cast.local_volunteer, version, gifts="240", money="72.000.000.000.000")
    with pytest.raises(InvalidInput) as refusal:
        mark_ready(submission=report, actor=cast.local_volunteer, at=LATER)
    assert "72.000.000.000.000 đồng cho 240 suất" in str(refusal.value.faults[0])


def test_the_unit_slip_is_stopped_in_the_narrative_too(cast: Cast, version: TemplateVersion) -> None:
    report = quarterly.draft(cast.local_volunteer, version)
    definition = load(version.definition)
    words = {"danh_gia": "Tặng 240 suất quà trị giá 72.000.000 triệu đồng."}
    found = check(definition, cells_of(report), words)
    assert [finding.rule for finding in found] == ["nham-don-vi-tien"]
    assert (
        check(definition, cells_of(report), {"danh_gia": "Tặng quà trị giá 72 triệu đồng, có 1.200 triệu đồng."})
        == []
    )


def test_a_name_in_the_narrative_is_pointed_out_and_stops_nothing(cast: Cast, version: TemplateVersion) -> None:
    definition = load(version.definition)
    words = {"danh_gia": "Ông Nguyễn Văn Bình trao quà cho đoàn viên."}
    found = check(definition, cells_of(quarterly.draft(cast.local_volunteer, version)), words)
    assert [(finding.rule, finding.severity) for finding in found] == [("ten-nguoi", "info")]


def test_a_warning_needs_an_explanation(cast: Cast, version: TemplateVersion) -> None:
    report = quarterly.draft(cast.local_volunteer, version, gifts="240", money="72 triệu")
    with pytest.raises(InvalidInput, match="1 chỗ"):
        mark_ready(submission=report, actor=cast.local_volunteer, at=LATER)
    explained = DraftChanges(edits=report.edits, explanations={"nhieu-qua": "Có thêm quà của nhà tài trợ."})
    report = save_draft(submission=report, changes=explained, actor=cast.local_volunteer, at=LATER)
    assert mark_ready(submission=report, actor=cast.local_volunteer, at=LATER).state == SubmissionState.READY


def test_each_step_asks_for_the_one_before(cast: Cast, version: TemplateVersion) -> None:
    report = quarterly.draft(cast.local_volunteer, version)
    with pytest.raises(Conflict, match="đang lập"):
        submit(submission=report, actor=cast.local_volunteer, at=LATER)
    with pytest.raises(Conflict):
        accept(submission=report, actor=cast.commune_officer, at=LATER)


def test_repeating_a_step_changes_nothing(cast: Cast, version: TemplateVersion) -> None:
    report = quarterly.accepted(cast, version)
    entries = Entry.objects.count()
    submit(submission=report, actor=cast.local_volunteer, at=LATER)
    accept(submission=report, actor=cast.commune_officer, at=LATER)
    assert Entry.objects.count() == entries


def test_only_the_level_directly_above_decides(cast: Cast, version: TemplateVersion) -> None:
    report = quarterly.send(cast.local_volunteer, version)
    for post in (cast.stranger, cast.provincial_officer, cast.local_volunteer):
        with pytest.raises(NotAllowed):
            accept(submission=report, actor=post, at=LATER)


def test_a_return_names_its_reason_at_the_cell_and_opens_the_form_again(
    cast: Cast, version: TemplateVersion
) -> None:
    report = quarterly.send(cast.local_volunteer, version, gifts="3", money="900.000")
    back = send_back(
        submission=report, reason="", by_cell={"gifts": "Sổ ghi 4 suất"}, actor=cast.commune_officer, at=LATER
    )
    assert back.state == SubmissionState.RETURNED
    assert back.return_reasons.get().cell == "gifts"
    again = quarterly.send(cast.local_volunteer, version, gifts="4")
    assert (again.pk, again.state) == (report.pk, SubmissionState.SUBMITTED)
    assert not reasons_of(again).exists()
    assert again.return_reasons.get().seal == back.seal


def test_a_return_without_a_reason_or_to_a_cell_that_is_not_there_is_refused(
    cast: Cast, version: TemplateVersion
) -> None:
    report = quarterly.send(cast.local_volunteer, version)
    for cells in ({}, {"nope": "sai"}):
        with pytest.raises(InvalidInput):
            send_back(submission=report, reason=" ", by_cell=cells, actor=cast.commune_officer, at=LATER)


def test_a_refused_reason_is_refused(cast: Cast, version: TemplateVersion) -> None:
    report = quarterly.send(cast.local_volunteer, version)
    words = "Ghi thêm danh sách người tham gia đình công"
    for reason, cells in ((words, {}), ("", {"gifts": words})):
        with pytest.raises(BoundaryRefused):
            send_back(submission=report, reason=reason, by_cell=cells, actor=cast.commune_officer, at=LATER)


def test_who_made_it_ready_does_not_approve_it_where_there_are_two(cast: Cast, version: TemplateVersion) -> None:
    other = create_post(
        unit=cast.local, title="Phó Chủ tịch", roles=[Role.APPROVER], start=dt.date(2026, 1, 1), actor=SETUP, at=NOW
    )
    ready = mark_ready(
        submission=quarterly.draft(cast.local_volunteer, version), actor=cast.local_volunteer, at=LATER
    )
    person = add_person(name="Mạc Thị Lan", actor=SETUP, at=NOW)
    appoint(post=other, person=person, start=dt.date(2026, 1, 1), actor=SETUP, at=NOW)
    with pytest.raises(NotAllowed, match="không tự duyệt"):
        submit(submission=ready, actor=cast.local_volunteer, at=LATER)
    assert submit(submission=ready, actor=other, at=LATER).state == SubmissionState.SUBMITTED


def test_a_second_post_of_the_same_person_is_the_same_hand(cast: Cast, version: TemplateVersion) -> None:
    start = dt.date(2026, 1, 1)
    own, deputy = (
        create_post(unit=cast.local, title=title, roles=[Role.APPROVER], start=start, actor=SETUP, at=NOW)
        for title in ("Ủy viên", "Phó Chủ tịch")
    )
    person = cast.account(cast.local_volunteer).person
    appoint(post=own, person=person, start=start, actor=SETUP, at=NOW)
    appoint(
        post=deputy, person=add_person(name="Mạc Thị Lan", actor=SETUP, at=NOW), start=start, actor=SETUP, at=NOW
    )
    ready = mark_ready(
        submission=quarterly.draft(cast.local_volunteer, version), actor=cast.local_volunteer, at=LATER
    )
    with pytest.raises(NotAllowed, match="không tự duyệt"):
        submit(submission=ready, actor=own, at=LATER)
    assert submit(submission=ready, actor=deputy, at=LATER).state == SubmissionState.SUBMITTED


def test_a_report_of_the_sector_waits_with_the_sectors_own_superior(cast: Cast) -> None:
    start = dt.date(2025, 7, 1)
    for child, parent in ((cast.sibling_commune, None), (cast.local, cast.sibling_commune)):
        Placement.objects.create(child=child, parent=parent, axis=Axis.SECTOR, valid_from=start)
    rebuild_closure({})
    sector = quarterly.YAML.replace("code: quy", "code: quy-nganh\naxis: sector", 1)
    version = import_template(data=sector.encode(), actor=SETUP, at=NOW).version
    report = quarterly.send(cast.local_volunteer, version)
    assert list(waiting_for(cast.scope(cast.stranger, LATER))) == [report]
    assert not waiting_for(cast.scope(cast.commune_officer, LATER)).exists()


def test_a_vacant_second_post_does_not_block_the_only_approver(cast: Cast, version: TemplateVersion) -> None:
    create_post(unit=cast.local, title="Phó", roles=[Role.APPROVER], start=TODAY, actor=SETUP, at=NOW)
    assert quarterly.send(cast.local_volunteer, version).state == SubmissionState.SUBMITTED


def test_a_ready_report_can_be_taken_back_and_corrected(cast: Cast, version: TemplateVersion) -> None:
    report = quarterly.draft(cast.local_volunteer, version, gifts="3")
    ready = mark_ready(submission=report, actor=cast.local_volunteer, at=LATER)
    back = take_back(submission=ready, actor=cast.local_volunteer, at=LATER)
    assert back.state == SubmissionState.DRAFT
    sent = quarterly.send(cast.local_volunteer, version, gifts="4")
    with pytest.raises(Conflict):
        take_back(submission=sent, actor=cast.local_volunteer, at=LATER)


def test_a_unit_that_stands_nowhere_on_the_axis_sends_to_nobody(cast: Cast, version: TemplateVersion) -> None:
    Placement.objects.filter(child=cast.local).delete()
    with pytest.raises(Conflict, match="không có cấp trên"):
        quarterly.send(cast.local_volunteer, version)


def test_sent_again_after_a_return_is_as_timely_as_the_first_time(cast: Cast, version: TemplateVersion) -> None:
    report = quarterly.send(cast.local_volunteer, version, gifts="3")
    send_back(submission=report, reason="Xin kiểm tra lại", by_cell={}, actor=cast.commune_officer, at=LATER)
    ready = mark_ready(submission=report, actor=cast.local_volunteer, at=LATER)
    again = submit(submission=ready, actor=cast.local_volunteer, at=LATER + dt.timedelta(days=9))
    assert again.submitted_at == LATER


def test_a_unit_without_a_superior_accepts_on_submitting(cast: Cast, version: TemplateVersion) -> None:
    assert quarterly.send(cast.provincial_officer, version).state == SubmissionState.ACCEPTED


def test_an_accepted_correction_supersedes(cast: Cast, version: TemplateVersion) -> None:
    first = quarterly.accepted(cast, version, gifts="3", money="900.000")
    second = quarterly.accepted(cast, version, gifts="4")
    first.refresh_from_db()
    assert (first.state, second.state) == (SubmissionState.SUPERSEDED, SubmissionState.ACCEPTED)


def test_above_sees_what_was_submitted_and_no_drafts(cast: Cast, version: TemplateVersion) -> None:
    report = quarterly.draft(cast.local_volunteer, version)
    assert list(visible_submissions(cast.scope(cast.commune_officer))) == []
    with pytest.raises(NotFound):
        get_submission_for(cast.scope(cast.commune_officer), report.uid)
    quarterly.send(cast.local_volunteer, version)
    assert list(waiting_for(cast.scope(cast.commune_officer))) == [report]
    with pytest.raises(NotFound):
        get_submission_for(cast.scope(cast.stranger), report.uid)
