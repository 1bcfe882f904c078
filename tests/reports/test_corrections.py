"""Figures change after they were sealed: who is told, and the three answers."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import transaction

from nhipcau.boundary import BoundaryRefused
from nhipcau.core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from nhipcau.documents.storing import files
from nhipcau.reader import read_bytes
from nhipcau.reports.filling.resubmission import changes_since_accepted, why_sealed_anew
from nhipcau.reports.filling.workflow import accept, take_in
from nhipcau.reports.issuing.corrections import carried_into, carry_over, dismiss, restate
from nhipcau.reports.issuing.editions import issue_report, restate_issue
from nhipcau.reports.issuing.gathering import from_seal
from nhipcau.reports.issuing.signing import open_for_signature
from nhipcau.reports.models import (
    Answer,
    IssuedReport,
    Seal,
    SealKind,
    StaleFlag,
    Submission,
    SubmissionState,
    TemplateVersion,
    Unsettled,
)
from nhipcau.reports.sealing.seals import make
from nhipcau.reports.sealing.staleness import open_flags, settle
from tests import quarterly
from tests.cast import Cast
from tests.quarterly import LATER, PERIOD

AFTER = LATER + dt.timedelta(days=3)


@pytest.fixture
def version(cast: Cast) -> TemplateVersion:
    """The volunteer's 3 gifts are accepted; the commune and the province have sent their totals."""
    version = quarterly.publish()
    quarterly.accepted(cast, version, gifts="3", money="900.000")
    commune = quarterly.send(cast.commune_officer, version, gifts="2")
    accept(submission=commune, actor=cast.provincial_officer, at=LATER)
    quarterly.send(cast.provincial_officer, version)
    return version


def issue(cast: Cast, version: TemplateVersion) -> IssuedReport:
    signer, clerk = cast.provincial_officer, cast.clerk
    return issue_report(version=version, period=PERIOD, unit=cast.province, signer=signer, actor=clerk, at=LATER)


def correct(cast: Cast, version: TemplateVersion, gifts: str = "8") -> Submission:
    """The volunteer sends a correction and the commune accepts it."""
    again = quarterly.send(cast.local_volunteer, version, gifts=gifts)
    return accept(submission=again, actor=cast.commune_officer, at=AFTER)


def seal_of(unit_post: object, kind: SealKind = SealKind.SUBMITTED) -> Seal:
    return Seal.objects.filter(unit=unit_post.unit, kind=kind).order_by("-place")[0]  # type: ignore[attr-defined]


def text_of(issued: IssuedReport) -> str:
    return read_bytes(files.read(issued.docx), "bao-cao.docx").text


def test_a_correction_makes_every_report_above_stale_and_lists_the_cells(
    cast: Cast, version: TemplateVersion
) -> None:
    assert not StaleFlag.objects.exists()
    issued = issue(cast, version)
    correct(cast, version)
    stale = {flag.seal_id: flag for flag in StaleFlag.objects.all()}
    assert set(stale) == {seal_of(cast.commune_officer).pk, seal_of(cast.provincial_officer).pk, issued.seal_id}
    assert all(flag.cells == {"gifts": [3, 8]} for flag in stale.values())
    assert {flag.cause.unit for flag in stale.values()} == {cast.local}
    assert not Unsettled.objects.exists()


def test_a_report_that_comes_after_the_total_was_sealed_makes_it_stale(
    cast: Cast, version: TemplateVersion
) -> None:
    late = quarterly.send(cast.stranger, version, gifts="1")
    accept(submission=late, actor=cast.provincial_officer, at=AFTER)
    flag = open_flags(seal_of(cast.provincial_officer)).get()
    assert (flag.replaced, flag.cells) == (None, {"gifts": [None, 1]})


def test_a_correction_that_changes_no_figure_makes_nothing_stale(cast: Cast, version: TemplateVersion) -> None:
    correct(cast, version, gifts="3")
    assert not StaleFlag.objects.exists()


def test_two_corrections_stand_as_one_and_one_taken_back_as_none(cast: Cast, version: TemplateVersion) -> None:
    correct(cast, version, gifts="8")
    correct(cast, version, gifts="9")
    assert open_flags(seal_of(cast.commune_officer)).get().cells == {"gifts": [3, 9]}
    correct(cast, version, gifts="3")
    assert not open_flags(seal_of(cast.commune_officer)).exists()


def test_an_acceptance_that_overlaps_the_sealing_is_found_when_both_are_done(
    cast: Cast, version: TemplateVersion
) -> None:
    """The commune seals without the correction, whose acceptance was compared before that seal was to be seen."""
    report = Submission.objects.get(unit=cast.commune)
    old = seal_of(cast.local_volunteer)
    correct(cast, version)
    StaleFlag.objects.all().delete()
    with transaction.atomic():
        seal = make(report=report, kind=SealKind.SUBMITTED, actor=cast.commune_officer, at=AFTER)
        seal.contributors = old.pk.to_bytes(8, "little")
        Seal.objects.filter(pk=seal.pk).update(contributors=seal.contributors)
    settle(at=AFTER)
    assert open_flags(seal).get().cells == {"gifts": [3, 8]}


def test_a_seal_made_before_anybody_below_was_accepted_is_compared_too(cast: Cast) -> None:
    """The first acceptance below may be under way just then; a unit with nobody below has nothing to miss."""
    version = quarterly.publish()
    quarterly.send(cast.local_volunteer, version, gifts="3")
    assert not Unsettled.objects.exists()
    report = quarterly.draft(cast.commune_officer, version)
    with transaction.atomic():
        make(report=report, kind=SealKind.SUBMITTED, actor=cast.commune_officer, at=LATER)
    assert Unsettled.objects.get().submission == report


def test_a_unit_that_corrects_its_own_figures_restates_what_it_issued(cast: Cast, version: TemplateVersion) -> None:
    first = issue(cast, version)
    quarterly.send(cast.provincial_officer, version, gifts="7")
    flag = open_flags(first.seal).get()
    assert (flag.cause.unit, flag.replaced, flag.cells) == (cast.province, first.seal, {"gifts": [None, 7]})
    signer, clerk = cast.provincial_officer, cast.clerk
    again = restate_issue(issued=first, reason="Ghi sót quà", signer=signer, actor=clerk, at=AFTER)
    assert (again.edition, again.restates) == (1, first)
    assert "12" in text_of(again), "2 of the commune, 3 of the local union, 7 of its own"
    assert not StaleFlag.objects.filter(answer="").exists()


def test_own_figures_put_back_leave_nothing_to_restate(cast: Cast, version: TemplateVersion) -> None:
    first = issue(cast, version)
    for hours in ("5", ""):
        quarterly.send(cast.provincial_officer, version, hours=hours)
    assert not open_flags(first.seal).exists()


def test_restating_seals_the_branch_anew_and_sends_it_up(cast: Cast, version: TemplateVersion) -> None:
    correct(cast, version)
    stale = seal_of(cast.commune_officer)
    newer = restate(seal=stale, reason="Cơ sở đính chính", actor=cast.commune_officer, at=AFTER)
    assert (newer.revision, newer.state) == (2, SubmissionState.SUBMITTED)
    flag = stale.flags.get()
    assert (flag.answer, flag.reason, flag.answered_with) == (Answer.RESTATED, "Cơ sở đính chính", newer.seal)
    accept(submission=newer, actor=cast.provincial_officer, at=AFTER)
    assert not open_flags(seal_of(cast.commune_officer)).exists()
    assert open_flags(seal_of(cast.provincial_officer)).count() == 1, "the commune's own figures did not change"


def test_a_restatement_is_a_numbered_document_that_says_what_it_replaces(
    cast: Cast, version: TemplateVersion
) -> None:
    first = issue(cast, version)
    correct(cast, version)
    again = restate_issue(
        issued=first,
        reason="Công đoàn cơ sở đính chính số quà",
        signer=cast.provincial_officer,
        actor=cast.clerk,
        at=AFTER,
    )
    assert (first.document.number, again.document.number) == ("01/BC-LĐLĐ", "02/BC-LĐLĐ")
    assert (again.edition, again.restates) == (1, first)
    words = text_of(again)
    for wanted in ("điều chỉnh lần 1", "thay thế Báo cáo số 01/BC-LĐLĐ", "đính chính số quà", "Điều chỉnh thành"):
        assert wanted in words
    assert not open_flags(first.seal).exists()
    assert not StaleFlag.objects.filter(answer="", seal__unit=cast.province).exists()
    assert issue(cast, version) == again, "issuing once more gives the newest edition"


def test_without_a_change_or_a_reason_nothing_is_restated(cast: Cast, version: TemplateVersion) -> None:
    first = issue(cast, version)
    signer, clerk = cast.provincial_officer, cast.clerk
    with pytest.raises(Conflict, match="không thay đổi"):
        restate_issue(issued=first, reason="Thử", signer=signer, actor=clerk, at=AFTER)
    correct(cast, version)
    with pytest.raises(InvalidInput):
        restate_issue(issued=first, reason=" ", signer=signer, actor=clerk, at=AFTER)
    assert IssuedReport.objects.count() == 1


def test_a_difference_is_carried_into_the_next_period_and_printed_there_unadded(
    cast: Cast, version: TemplateVersion
) -> None:
    first = issue(cast, version)
    correct(cast, version)
    carry_over(seal=first.seal, note="Chênh lệch nhỏ", actor=cast.provincial_officer, at=AFTER)
    flag = first.seal.flags.get()
    assert (flag.answer, flag.carried_to) == (Answer.CARRIED, "2026-Q2")
    july = dt.datetime(2026, 7, 6, 9, tzinfo=LATER.tzinfo)
    ready = quarterly.draft_for(cast.provincial_officer, version, PERIOD.next(), july, gifts="10")
    quarterly.send_draft(ready, cast.provincial_officer, july)
    second = issue_report(
        version=version,
        period=PERIOD.next(),
        unit=cast.province,
        signer=cast.provincial_officer,
        actor=cast.clerk,
        at=july,
    )
    words = text_of(second)
    assert "ĐIỀU CHỈNH SỐ LIỆU KỲ TRƯỚC" in words
    assert "Chênh lệch nhỏ" in words
    assert len(carried_into(cast.province, version.template_id, PERIOD.next())) == 1, "sealed twice, printed once"
    assert second.seal.live == Seal.objects.get(unit=cast.province, period="2026-Q2", kind="submitted").live


def test_a_unit_that_corrects_itself_twice_is_carried_over_once(cast: Cast, version: TemplateVersion) -> None:
    first, officer = issue(cast, version), cast.provincial_officer
    for gifts in ("8", "9"):
        correct(cast, version, gifts=gifts)
        carry_over(seal=first.seal, note=f"Nay là {gifts}", actor=officer, at=AFTER)
    (flag,) = carried_into(cast.province, version.template_id, PERIOD.next())
    assert flag.cells == {"gifts": [3, 9]}


def test_a_draft_prints_what_was_carried_when_it_was_opened(cast: Cast, version: TemplateVersion) -> None:
    """Another difference carried over since changes nothing in a draft whose figures are sealed."""
    first, officer = issue(cast, version), cast.provincial_officer
    correct(cast, version, gifts="8")
    carry_over(seal=first.seal, note="Lần một", actor=officer, at=AFTER)
    july = dt.datetime(2026, 7, 6, 9, tzinfo=LATER.tzinfo)
    quarterly.send_draft(quarterly.draft_for(officer, version, PERIOD.next(), july, gifts="10"), officer, july)
    draft = open_for_signature(
        version=version, period=PERIOD.next(), unit=cast.province, signer=officer, actor=officer, at=july
    )
    correct(cast, version, gifts="9")
    carry_over(seal=first.seal, note="Lần hai", actor=officer, at=july)
    assert [flag.reason for flag in from_seal(draft.seal).carried] == ["Lần một"]


def test_sealing_anew_answers_a_change_that_was_itself_corrected_before_it_was_compared(
    cast: Cast, version: TemplateVersion
) -> None:
    correct(cast, version, gifts="8")
    stale = seal_of(cast.commune_officer)
    again = quarterly.send(cast.local_volunteer, version, gifts="9")
    with transaction.atomic():
        take_in(again, cast.commune_officer, AFTER)  # whoever accepted it has not compared it yet
    restate(seal=stale, reason="Có số mới", actor=cast.commune_officer, at=AFTER)
    assert not open_flags(stale).exists()


def test_a_change_is_dismissed_with_a_reason(cast: Cast, version: TemplateVersion) -> None:
    correct(cast, version)
    stale = seal_of(cast.commune_officer)
    with pytest.raises(InvalidInput):
        dismiss(seal=stale, reason="", actor=cast.commune_officer, at=AFTER)
    with pytest.raises(BoundaryRefused):
        words = "Ghi thêm danh sách người tham gia đình công"
        dismiss(seal=stale, reason=words, actor=cast.commune_officer, at=AFTER)
    dismiss(seal=stale, reason="Sai sót nhỏ, đã báo miệng", actor=cast.commune_officer, at=AFTER)
    assert stale.flags.get().answer == Answer.DISMISSED
    with pytest.raises(Conflict, match="chờ trả lời"):
        dismiss(seal=stale, reason="Lần nữa", actor=cast.commune_officer, at=AFTER)


def test_only_the_units_own_approver_answers(cast: Cast, version: TemplateVersion) -> None:
    correct(cast, version)
    stale = seal_of(cast.commune_officer)
    with pytest.raises(NotFound):
        dismiss(seal=stale, reason="x", actor=cast.stranger, at=AFTER)
    with pytest.raises(NotAllowed):
        restate(seal=stale, reason="x", actor=cast.provincial_officer, at=AFTER)
    assert open_flags(stale).count() == 1


def test_the_level_above_sees_which_totals_were_sealed_anew_and_why(cast: Cast, version: TemplateVersion) -> None:
    correct(cast, version)
    again = restate(seal=seal_of(cast.commune_officer), reason="Ghi sót.", actor=cast.commune_officer, at=AFTER)
    found = changes_since_accepted(again)
    assert found is not None
    assert found.cells == (), "its own figures stay"
    assert [(cell.item.code, cell.before.value, cell.after.value) for cell in found.totals] == [("gifts", 5, 10)]
    assert found.count == 1
    assert why_sealed_anew(found.after) == ["Ghi sót."]
    assert why_sealed_anew(found.before) == []


def test_a_damaged_seal_is_set_aside_and_stops_nobody_else(cast: Cast, version: TemplateVersion) -> None:
    Seal.objects.filter(pk=seal_of(cast.local_volunteer).pk).update(own=b"broken")
    correct(cast, version)
    aside = Unsettled.objects.get()
    assert "bị hỏng" in aside.fault
    late = quarterly.send(cast.stranger, version, gifts="1")
    accept(submission=late, actor=cast.provincial_officer, at=AFTER)
    assert open_flags(seal_of(cast.provincial_officer)).filter(cause__unit=cast.sibling_commune).exists()
    assert settle(at=AFTER) == 0
