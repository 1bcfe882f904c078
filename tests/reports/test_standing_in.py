"""Nhập thay: the level above enters a report from paper or telephone; the unit confirms or corrects it."""

from __future__ import annotations

import pytest

from nhipcau.audit.models import Entry
from nhipcau.boundary import BoundaryRefused
from nhipcau.core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from nhipcau.documents.storing.evidence import Paper
from nhipcau.org.models import Post
from nhipcau.reports.filling.drafting import open_draft
from nhipcau.reports.filling.standing_in import EnteredReport, confirm_entered, enter_for
from nhipcau.reports.filling.workflow import accept, mark_ready, send_back
from nhipcau.reports.issuing.editions import issue_report
from nhipcau.reports.issuing.gathering import from_seal, gather, printed
from nhipcau.reports.issuing.layout import coverage_sentences
from nhipcau.reports.models import PaperKind, Submission, SubmissionState, TemplateVersion
from nhipcau.reports.queries import get_submission_for
from nhipcau.reports.totals.consolidation import Coverage, consolidate
from nhipcau.reports.totals.gaps import gaps_of
from tests import quarterly
from tests.cast import Cast
from tests.quarterly import LATER, PERIOD

SCAN = Paper("bao-cao-giay.txt", "Báo cáo quý I: 3 suất quà.".encode())
FIGURES = {"gifts": "3", "money": "900.000"}


@pytest.fixture
def version(cast: Cast) -> TemplateVersion:
    return quarterly.publish()


def by_paper(**more: str) -> EnteredReport:
    return EnteredReport("paper", "Bản giấy gửi ngày 5/4", {**FIGURES, **more}, papers=[SCAN])


def by_telephone(**more: str) -> EnteredReport:
    return EnteredReport("telephone", "Điện thoại sáng 6/4", {**FIGURES, **more})


def enter(cast: Cast, version: TemplateVersion, report: EnteredReport, post: Post | None = None) -> Submission:
    post = post or cast.commune_officer
    return enter_for(unit=cast.local, version=version, period=PERIOD, entered=report, actor=post, at=LATER)


def coverage(cast: Cast, version: TemplateVersion) -> Coverage:
    return consolidate(version=version, period=PERIOD, unit=cast.province, at=LATER).coverage


def test_it_is_sealed_accepted_and_logged_in_one_step(cast: Cast, version: TemplateVersion) -> None:
    report = enter(cast, version, by_paper())
    assert (report.state, report.entered_by_unit, report.revision) == (SubmissionState.ACCEPTED, cast.commune, 1)
    assert report.seal is not None
    assert report.papers.get().kind == PaperKind.SOURCE
    entry = Entry.objects.filter(action="reports.entered").get()
    assert entry.object == f"submission:{report.uid}"
    assert get_submission_for(cast.scope(cast.local_volunteer, LATER), report.uid) == report


def test_coverage_says_so_until_the_unit_confirms(cast: Cast, version: TemplateVersion) -> None:
    report = enter(cast, version, by_telephone())
    assert (coverage(cast, version).accepted, coverage(cast, version).entered) == (1, 1)
    assert [name.unit_id for name in gaps_of(version, PERIOD, cast.province).entered] == [cast.local.pk]
    confirmed = confirm_entered(submission=report, actor=cast.local_volunteer, at=LATER)
    assert confirmed.confirmed_by == cast.local_volunteer
    assert coverage(cast, version).entered == 0
    entries = Entry.objects.count()
    confirm_entered(submission=report, actor=cast.local_volunteer, at=LATER)
    assert Entry.objects.count() == entries


def test_the_issued_report_says_so_and_prints_the_same_again(cast: Cast, version: TemplateVersion) -> None:
    report = enter(cast, version, by_telephone())
    quarterly.send(cast.provincial_officer, version)
    parts = gather(version=version, period=PERIOD, unit=cast.province, at=LATER)
    told = coverage_sentences(parts.node, parts.missing)
    assert any("1 báo cáo do cấp trên nhập thay" in sentence for sentence in told)
    assert printed(parts)["coverage"]["entered"] == 1
    issued = issue_report(
        version=version,
        period=PERIOD,
        unit=cast.province,
        signer=cast.provincial_officer,
        actor=cast.provincial_officer,
        at=LATER,
    )
    confirm_entered(submission=report, actor=cast.local_volunteer, at=LATER)
    sealed = from_seal(issued.seal)
    assert coverage_sentences(sealed.node, sealed.missing) == told


def test_the_source_the_note_and_the_scan_are_obligatory(cast: Cast, version: TemplateVersion) -> None:
    for entered, where in (
        (EnteredReport("email", "Thư", FIGURES), "source"),
        (EnteredReport("telephone", " ", FIGURES), "note"),
        (EnteredReport("paper", "Bản giấy", FIGURES), "papers"),
    ):
        with pytest.raises(InvalidInput) as refusal:
            enter(cast, version, entered)
        assert [fault.where for fault in refusal.value.faults] == [where]
    assert not Submission.objects.exists()


def test_it_is_checked_as_the_units_own(cast: Cast, version: TemplateVersion) -> None:
    with pytest.raises(InvalidInput, match="1 ô"):
        enter(cast, version, by_telephone(gifts="ba"))
    with pytest.raises(InvalidInput, match="1 chỗ"):
        enter(cast, version, by_telephone(gifts="240", money="72 triệu"))
    with pytest.raises(BoundaryRefused):
        words = {"danh_gia": "Kèm danh sách người tham gia đình công"}
        enter(cast, version, EnteredReport("telephone", "Điện thoại", FIGURES, words))
    explained = {"nhieu-qua": "Có nhà tài trợ."}
    entered = EnteredReport("telephone", "Điện thoại", {"gifts": "240", "money": "72 triệu"}, {}, explained)
    assert enter(cast, version, entered).state == SubmissionState.ACCEPTED


def test_only_the_level_directly_above_enters_it(cast: Cast, version: TemplateVersion) -> None:
    for post in (cast.stranger, cast.local_volunteer):
        with pytest.raises(NotFound):
            enter(cast, version, by_telephone(), post)
    for post in (cast.provincial_officer, cast.clerk):
        with pytest.raises(NotAllowed):
            enter(cast, version, by_telephone(), post)


def test_what_the_unit_has_sent_is_never_overwritten(cast: Cast, version: TemplateVersion) -> None:
    report = quarterly.draft(cast.local_volunteer, version, **FIGURES)
    ready = mark_ready(submission=report, actor=cast.local_volunteer, at=LATER)
    with pytest.raises(Conflict, match="chờ đơn vị gửi"):
        enter(cast, version, by_telephone())
    sent = quarterly.send_draft(ready, cast.local_volunteer, LATER)
    with pytest.raises(Conflict, match="đã gửi"):
        enter(cast, version, by_telephone())
    send_back(submission=sent, reason="Xem lại", by_cell={}, actor=cast.commune_officer, at=LATER)
    with pytest.raises(Conflict, match="bị trả lại"):
        enter(cast, version, by_telephone())
    quarterly.draft(cast.local_volunteer, version, gifts="4")
    with pytest.raises(Conflict, match="chờ đơn vị gửi lại"):
        enter(cast, version, by_telephone())
    quarterly.accepted(cast, version)
    with pytest.raises(Conflict, match="đã tiếp nhận"):
        enter(cast, version, by_telephone())


def test_a_draft_is_kept_as_the_units_own_correction(cast: Cast, version: TemplateVersion) -> None:
    draft = quarterly.draft(cast.local_volunteer, version, gifts="4", money="1 triệu")
    entered = enter(cast, version, by_telephone())
    draft.refresh_from_db()
    assert (entered.revision, draft.revision, draft.state) == (1, 2, SubmissionState.DRAFT)
    again = open_draft(unit=cast.local, version=version, period=PERIOD, actor=cast.local_volunteer, at=LATER)
    sent = quarterly.send_draft(again, cast.local_volunteer, LATER)
    accept(submission=sent, actor=cast.commune_officer, at=LATER)
    entered.refresh_from_db()
    assert (sent.pk, entered.state) == (draft.pk, SubmissionState.SUPERSEDED)
    assert coverage(cast, version).entered == 0


def test_confirming_drops_the_draft_that_was_never_sent(cast: Cast, version: TemplateVersion) -> None:
    quarterly.draft(cast.local_volunteer, version, gifts="4")
    entered = enter(cast, version, by_telephone())
    confirm_entered(submission=entered, actor=cast.local_volunteer, at=LATER)
    assert list(Submission.objects.all()) == [entered]


def test_a_slip_may_be_entered_again_until_it_is_confirmed(cast: Cast, version: TemplateVersion) -> None:
    first = enter(cast, version, by_telephone())
    second = enter(cast, version, by_telephone(gifts="4"))
    first.refresh_from_db()
    assert (first.state, second.revision) == (SubmissionState.SUPERSEDED, 2)
    confirm_entered(submission=second, actor=cast.local_volunteer, at=LATER)
    with pytest.raises(Conflict, match="lập bản điều chỉnh"):
        enter(cast, version, by_telephone())


def test_only_the_unit_itself_confirms(cast: Cast, version: TemplateVersion) -> None:
    report = enter(cast, version, by_telephone())
    with pytest.raises(NotAllowed):
        confirm_entered(submission=report, actor=cast.commune_officer, at=LATER)
    with pytest.raises(NotFound):
        confirm_entered(submission=report, actor=cast.stranger, at=LATER)


def test_what_nobody_entered_needs_no_confirmation(cast: Cast, version: TemplateVersion) -> None:
    own = quarterly.accepted(cast, version, **FIGURES)
    with pytest.raises(Conflict, match="nhập thay"):
        confirm_entered(submission=own, actor=cast.local_volunteer, at=LATER)
