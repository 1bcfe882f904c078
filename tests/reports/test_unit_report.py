"""The unit's own printed report, its check code, and the signed copy that a template may ask for."""

from __future__ import annotations

import datetime as dt

import pytest

from nhipcau.boundary import BoundaryRefused
from nhipcau.core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from nhipcau.core.official import OfficialDocument, Paragraph, Table
from nhipcau.documents.storing.evidence import Paper
from nhipcau.press.docx import to_docx
from nhipcau.press.pdf import to_pdf
from nhipcau.reader.extract import extract
from nhipcau.reports.design.templates import import_template
from nhipcau.reports.filling.papers import attach_signed
from nhipcau.reports.filling.standing_in import EnteredReport, enter_for
from nhipcau.reports.filling.unit_report import check_code, find_by_code, unit_report
from nhipcau.reports.filling.workflow import accept, send_back
from nhipcau.reports.issuing.editions import issue_report
from nhipcau.reports.models import Submission, SubmissionState, TemplateVersion
from tests import quarterly
from tests.cast import NOW, SETUP, Cast
from tests.quarterly import LATER, PERIOD

SCAN = Paper("ban-ky.txt", b"Ban da ky, dong dau.")


@pytest.fixture
def version(cast: Cast) -> TemplateVersion:
    return quarterly.publish()


def words(document: OfficialDocument) -> str:
    return "\n".join(block.text for block in document.body if not isinstance(block, Table))


def first_row(document: OfficialDocument) -> tuple[str, ...]:
    return next(block.rows[0] for block in document.body if isinstance(block, Table))


def signed_version(word: str = "true") -> TemplateVersion:
    return import_template(data=f"{quarterly.YAML}\nsigned_copy: {word}\n".encode(), actor=SETUP, at=NOW).version


def test_a_draft_is_marked_and_has_no_code(cast: Cast, version: TemplateVersion) -> None:
    document = unit_report(report=quarterly.draft(cast.local_volunteer, version, gifts="3"), at=LATER)
    assert document.check_code is None
    assert document.subject.endswith("BẢN NHÁP")
    first = document.body[0]
    assert isinstance(first, Paragraph)
    assert "chưa gửi" in first.text


def test_what_was_sent_prints_with_its_code_and_the_place_for_the_seal(
    cast: Cast, version: TemplateVersion
) -> None:
    report = quarterly.send(cast.local_volunteer, version, gifts="3", money="900.000")
    document = unit_report(report=report, at=LATER)
    assert report.seal is not None
    assert document.check_code == check_code(report.seal) == report.seal.digest[:12]
    assert first_row(document) == ("1", "Số suất quà", "suất", "3")
    assert document.addressees == ("Công đoàn xã An Hải",)
    assert document.number is None
    for data in (to_docx(document), to_pdf(document)):
        text = extract(data, "", ocr=False).text
        assert "(Ký tên, đóng dấu)" in text
        assert f"Mã kiểm tra: {check_code(report.seal)}" in text


def test_a_unit_with_units_below_prints_both_totals_as_sealed(cast: Cast, version: TemplateVersion) -> None:
    quarterly.accepted(cast, version, gifts="3", money="900.000")
    report = quarterly.send(cast.commune_officer, version, gifts="2", money="0")
    quarterly.accepted(cast, version, gifts="4")
    document = unit_report(report=report, at=LATER)
    assert first_row(document)[3:] == ("2", "5")
    assert "1 báo cáo cấp dưới" in words(document)


def test_explanations_and_who_entered_it_are_printed(cast: Cast, version: TemplateVersion) -> None:
    entered = EnteredReport(
        "telephone",
        "Điện thoại sáng 6/4",
        {"gifts": "240", "money": "72 triệu"},
        {"danh_gia": "Đợt cao điểm."},
        {"nhieu-qua": "Có nhà tài trợ."},
    )
    report = enter_for(
        unit=cast.local, version=version, period=PERIOD, entered=entered, actor=cast.commune_officer, at=LATER
    )
    printed = words(unit_report(report=report, at=LATER))
    assert "Đơn vị giải thích: Có nhà tài trợ." in printed
    assert "Công đoàn xã An Hải nhập thay từ điện thoại (Điện thoại sáng 6/4); chưa xác nhận" in printed
    assert "Đợt cao điểm." in printed


def test_the_code_tells_what_the_paper_is_now(cast: Cast, version: TemplateVersion) -> None:
    report = quarterly.send(cast.local_volunteer, version, gifts="3", money="900.000")
    assert report.seal is not None
    code, scope = check_code(report.seal), cast.scope(cast.provincial_officer, LATER)
    assert not find_by_code(scope, code).holds
    send_back(submission=report, reason="Xem lại", by_cell={}, actor=cast.commune_officer, at=LATER)
    again = quarterly.accepted(cast, version, gifts="4")
    assert find_by_code(scope, code).replaced_by == again.seal
    assert again.seal is not None
    newest = check_code(again.seal)
    assert find_by_code(scope, f" {newest[:4].upper()} {newest[4:]}").holds
    correction = quarterly.accepted(cast, version, gifts="5")
    assert find_by_code(scope, newest).replaced_by == correction.seal


def test_a_code_out_of_sight_is_as_unknown_as_a_wrong_one(cast: Cast, version: TemplateVersion) -> None:
    report = quarterly.send(cast.local_volunteer, version, gifts="3", money="900.000")
    assert report.seal is not None
    for scope, code in (
        (cast.scope(cast.stranger, LATER), check_code(report.seal)),
        (cast.scope(cast.local_volunteer, LATER), "0" * 12),
        (cast.scope(cast.local_volunteer, LATER), "abc"),
    ):
        with pytest.raises(NotFound, match="Không thấy"):
            find_by_code(scope, code)


def test_the_code_of_an_issued_report_is_known_too(cast: Cast, version: TemplateVersion) -> None:
    quarterly.send(cast.provincial_officer, version)
    issued = issue_report(
        version=version,
        period=PERIOD,
        unit=cast.province,
        signer=cast.provincial_officer,
        actor=cast.provincial_officer,
        at=LATER,
    )
    found = find_by_code(cast.scope(cast.clerk, LATER), f"{issued.seal.digest[:12]} · ranh giới 12345678")
    assert (found.issued, found.holds) == (issued, True)


def test_a_template_may_ask_for_the_signed_copy(cast: Cast) -> None:
    report = quarterly.send(cast.local_volunteer, signed_version(), gifts="3", money="900.000")
    with pytest.raises(Conflict, match="bản đã ký"):
        accept(submission=report, actor=cast.commune_officer, at=LATER)
    attach_signed(submission=report, papers=[SCAN], actor=cast.local_volunteer, at=LATER)
    assert accept(submission=report, actor=cast.commune_officer, at=LATER).state == SubmissionState.ACCEPTED


def test_a_copy_signed_before_the_figures_changed_no_longer_counts(cast: Cast) -> None:
    version = signed_version()
    report = quarterly.send(cast.local_volunteer, version, gifts="3", money="900.000")
    attach_signed(submission=report, papers=[SCAN], actor=cast.local_volunteer, at=LATER)
    send_back(submission=report, reason="Xem lại", by_cell={}, actor=cast.commune_officer, at=LATER)
    draft = quarterly.draft(cast.local_volunteer, version, gifts="4")
    sent = quarterly.send_draft(draft, cast.local_volunteer, LATER + dt.timedelta(hours=1))
    with pytest.raises(Conflict, match="bản đã ký"):
        accept(submission=sent, actor=cast.commune_officer, at=LATER + dt.timedelta(hours=2))


def test_the_signed_copy_comes_from_the_unit_and_through_the_door(cast: Cast, version: TemplateVersion) -> None:
    draft = quarterly.draft(cast.local_volunteer, version, gifts="3", money="900.000")
    with pytest.raises(Conflict, match="gửi báo cáo trước"):
        attach_signed(submission=draft, papers=[SCAN], actor=cast.local_volunteer, at=LATER)
    report: Submission = quarterly.send_draft(draft, cast.local_volunteer, LATER)
    with pytest.raises(InvalidInput):
        attach_signed(submission=report, papers=[], actor=cast.local_volunteer, at=LATER)
    with pytest.raises(NotAllowed):
        attach_signed(submission=report, papers=[SCAN], actor=cast.commune_officer, at=LATER)
    refused = Paper("ban-ky.txt", "Danh sách người tham gia đình công".encode())
    with pytest.raises(BoundaryRefused):
        attach_signed(submission=report, papers=[refused], actor=cast.local_volunteer, at=LATER)
    assert not report.papers.exists()


def test_the_option_takes_yes_or_no_only(cast: Cast) -> None:
    with pytest.raises(InvalidInput) as refusal:
        signed_version("có thể")
    assert [fault.where for fault in refusal.value.faults] == ["signed_copy"]
    assert not quarterly.publish().definition["signed_copy"]


def test_a_telephone_call_signs_nothing(cast: Cast) -> None:
    entered = EnteredReport("telephone", "Điện thoại", {"gifts": "3", "money": "900.000"})
    with pytest.raises(InvalidInput) as refusal:
        enter_for(
            unit=cast.local,
            version=signed_version(),
            period=PERIOD,
            entered=entered,
            actor=cast.commune_officer,
            at=LATER,
        )
    assert [fault.where for fault in refusal.value.faults] == ["source"]
