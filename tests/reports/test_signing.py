"""Trình ký: out with a blank number, back with the leader's words, numbered, signed copy, issued."""

from __future__ import annotations

import datetime as dt
import io
import subprocess
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement
from docx.shared import Pt

from nhipcau.audit.models import Entry
from nhipcau.boundary import BoundaryRefused
from nhipcau.core.errors import Conflict, InvalidInput, NotAllowed, NotFound, UnreadableFile
from nhipcau.documents import files
from nhipcau.documents.actions import register_outgoing, void_entry
from nhipcau.documents.models import DocumentState, RegisterEntry
from nhipcau.press.docx import to_docx
from nhipcau.press.pdf import to_pdf
from nhipcau.reports.filling.drafting import DraftChanges, save_draft
from nhipcau.reports.filling.workflow import mark_ready, submit
from nhipcau.reports.issuing.drafts import changed_below, draft_behind, get_draft_for, visible_drafts
from nhipcau.reports.issuing.editions import issue_report
from nhipcau.reports.issuing.signedcopy import JPEG, PNG, is_digitally_signed, without_metadata
from nhipcau.reports.issuing.signing import (
    attach_signed,
    number,
    open_for_signature,
    paper,
    preview,
    read_back,
    withdraw,
)
from nhipcau.reports.models import IssuedReport, Seal, SigningDraft, SigningState, TemplateVersion
from nhipcau.reports.sealing.seals import words_of
from tests import quarterly
from tests.cast import NOW, TODAY, Cast
from tests.quarterly import LATER, PERIOD

DAY = dt.date(2026, 4, 6)
WORDS = "Đã trao quà đúng đối tượng.\nCác công đoàn cơ sở gửi báo cáo đúng hạn."


@pytest.fixture
def version(cast: Cast) -> TemplateVersion:
    version = quarterly.publish()
    quarterly.accepted(cast, version, gifts="3", money="900.000", hours="2,5")
    register_outgoing(
        unit=cast.province,
        doc_type="kế hoạch",
        subject="Tổ chức Tháng Công nhân",
        dated=TODAY,
        actor=cast.clerk,
        at=NOW,
    )
    officer = cast.provincial_officer
    report = quarterly.draft(officer, version)
    changes = DraftChanges(edits=report.edits, narrative={"danh_gia": WORDS})
    report = save_draft(submission=report, changes=changes, actor=officer, at=LATER)
    submit(submission=mark_ready(submission=report, actor=officer, at=LATER), actor=officer, at=LATER)
    return version


@pytest.fixture
def draft(cast: Cast, version: TemplateVersion) -> SigningDraft:
    return opened(cast, version)


def opened(cast: Cast, version: TemplateVersion, **more: Any) -> SigningDraft:
    officer = cast.provincial_officer
    return open_for_signature(
        version=version, period=PERIOD, unit=cast.province, signer=officer, actor=officer, at=LATER, **more
    )


def edited(draft: SigningDraft, change: Callable[[Any], object]) -> bytes:
    """The draft's file after the leader was at it."""
    document = docx.Document(io.BytesIO(files.read(draft.docx)))
    change(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def paragraph(document: Any, start: str) -> Any:
    return next(one for one in document.paragraphs if one.text.startswith(start))


def table(document: Any, label: str) -> Any:
    return next(t for t in document.tables if any(label in cell.text for row in t.rows for cell in row.cells))


def cell(document: Any, label: str, column: int = 3) -> Any:
    return next(
        row.cells[column] for t in document.tables for row in t.rows if label in [c.text for c in row.cells]
    )


def back(cast: Cast, draft: SigningDraft, change: Callable[[Any], object]) -> Any:
    data = edited(draft, change)
    return read_back(draft=draft, data=data, name="Sếp sửa.docx", actor=cast.provincial_officer, at=LATER)


def refused(cast: Cast, draft: SigningDraft, change: Callable[[Any], object]) -> str:
    """The faults of the file, one a line; nothing of it is kept."""
    with pytest.raises(InvalidInput) as refusal:
        back(cast, draft, change)
    again = SigningDraft.objects.get(pk=draft.pk)
    assert (again.narrative, again.read_back_id, again.docx_id) == (draft.narrative, None, draft.docx_id)
    return "\n".join(map(str, refusal.value.faults))


def numbered(cast: Cast, draft: SigningDraft, **more: Any) -> SigningDraft:
    return number(draft=draft, signed_on=DAY, actor=cast.clerk, at=LATER, **more)


def attach(cast: Cast, draft: SigningDraft, data: bytes, name: str = "ban ky.pdf") -> IssuedReport:
    return attach_signed(draft=draft, data=data, name=name, actor=cast.clerk, at=LATER)


def test_another_letter_is_not_taken_for_the_signed_copy_unless_the_clerk_is_sure(
    cast: Cast, draft: SigningDraft
) -> None:
    done = numbered(cast, draft)
    other = to_pdf(replace(paper(done), number="99/BC-LĐLĐ", check_code=None))
    with pytest.raises(InvalidInput, match="nhầm tệp"):
        attach(cast, done, other)
    assert not IssuedReport.objects.exists()
    sure = attach_signed(draft=done, data=other, name="ban ky.pdf", actor=cast.clerk, at=LATER, sure=True)
    assert sure.document.number == "02/BC-LĐLĐ"


def corrected(cast: Cast, version: TemplateVersion) -> None:
    """The local union corrects its gifts from 3 to 4."""
    quarterly.accepted(cast, version, gifts="4", money="900.000", hours="2,5")


# --- opening -------------------------------------------------------------------------------------


def test_the_draft_has_sealed_figures_and_no_number(cast: Cast, draft: SigningDraft) -> None:
    document = paper(draft)
    assert (document.number, document.issued_on, draft.state) == (None, None, SigningState.OUT)
    assert words_of(draft.seal)["printed"]["coverage"]["accepted"] == 2
    assert draft.narrative == {"danh_gia": WORDS}
    assert RegisterEntry.objects.count() == 1
    assert not IssuedReport.objects.exists()


def test_opening_again_is_the_same_draft(cast: Cast, version: TemplateVersion, draft: SigningDraft) -> None:
    assert opened(cast, version) == draft
    assert Seal.objects.filter(kind="issued").count() == 1


def test_only_the_units_own_officers_open_and_see_it(
    cast: Cast, version: TemplateVersion, draft: SigningDraft
) -> None:
    with pytest.raises((NotAllowed, NotFound)):
        withdraw(draft=draft, reason="không phải việc của tôi", actor=cast.commune_officer, at=LATER)
    assert not visible_drafts(cast.scope(cast.commune_officer, LATER)).exists()
    with pytest.raises(NotFound):
        get_draft_for(cast.scope(cast.stranger, LATER), draft.uid)
    with pytest.raises(InvalidInput):
        withdrawn = withdraw(draft=draft, reason="chọn lại người ký", actor=cast.clerk, at=LATER)
        assert withdrawn.state == SigningState.WITHDRAWN
        open_for_signature(
            version=version,
            period=PERIOD,
            unit=cast.province,
            signer=cast.commune_officer,
            actor=cast.clerk,
            at=LATER,
        )


# --- the leader's file ---------------------------------------------------------------------------


def test_own_figures_corrected_while_the_draft_is_out_are_asked_about_too(
    cast: Cast, version: TemplateVersion, draft: SigningDraft
) -> None:
    quarterly.send(cast.provincial_officer, version, gifts="7")
    assert [flag.cause.unit for flag in changed_below(draft)] == [cast.province]
    with pytest.raises(Conflict, match="1 đơn vị đã thay đổi"):
        numbered(cast, draft)


def test_a_file_that_was_only_saved_changes_nothing(cast: Cast, draft: SigningDraft) -> None:
    found = back(cast, draft, lambda document: None)
    assert (found.changes, found.notes) == ((), ())
    draft.refresh_from_db()
    assert draft.read_back is None


@pytest.mark.needs_program("soffice")
def test_a_file_that_libreoffice_saved_changes_nothing(cast: Cast, draft: SigningDraft, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "trinh-ky.docx").write_bytes(files.read(draft.docx))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "in" / "trinh-ky.docx")], check=True, capture_output=True, timeout=120)
    saved = (tmp_path / "trinh-ky.docx").read_bytes()
    assert saved != files.read(draft.docx)
    found = preview(draft=draft, data=saved, name="trinh-ky.docx", actor=cast.clerk, at=LATER)
    assert (found.changes, found.notes) == ((), ())


def test_another_type_face_changes_nothing(cast: Cast, draft: SigningDraft) -> None:
    def bigger(document: Any) -> None:
        for one in document.paragraphs:
            for run in one.runs:
                run.font.size, run.font.italic = Pt(15), True

    assert not back(cast, draft, bigger).changes


def test_changed_added_and_removed_prose_is_kept(cast: Cast, draft: SigningDraft) -> None:
    def change(document: Any) -> None:
        paragraph(document, "Đã trao quà").text = "Đã trao quà kịp thời, đúng đối tượng."
        second = paragraph(document, "Các công đoàn cơ sở")
        second.insert_paragraph_before("Ban Thường vụ đánh giá cao các công đoàn xã, phường.")
        second._element.getparent().remove(second._element)

    (one,) = back(cast, draft, change).changes
    assert one.title == "Đánh giá chung"
    assert one.pieces()[:3] == [("same", "Đã trao quà"), ("in", " kịp thời,"), ("same", " đúng đối tượng.\n")]
    draft.refresh_from_db()
    assert draft.narrative["danh_gia"] == (
        "Đã trao quà kịp thời, đúng đối tượng.\nBan Thường vụ đánh giá cao các công đoàn xã, phường."
    )
    assert b"PK" in files.read(draft.docx)[:2]
    printed = docx.Document(io.BytesIO(files.read(draft.docx)))
    assert paragraph(printed, "Ban Thường vụ đánh giá cao")
    assert draft.read_back is not None
    assert Entry.objects.filter(action="reports.read_back").count() == 1
    assert not back(cast, draft, lambda document: None).changes


def test_a_look_at_the_difference_keeps_nothing(cast: Cast, draft: SigningDraft) -> None:
    data = edited(draft, lambda d: setattr(paragraph(d, "Đã trao quà"), "text", "Đã trao quà sớm."))
    found = preview(draft=draft, data=data, name="a.docx", actor=cast.provincial_officer, at=LATER)
    assert found.changes[0].pieces()[0] == ("same", "Đã trao quà")
    draft.refresh_from_db()
    assert draft.narrative == {"danh_gia": WORDS}


def test_a_changed_figure_is_refused_by_its_name(cast: Cast, draft: SigningDraft) -> None:
    def change(document: Any) -> None:
        cell(document, "Số suất quà").text = "30"
        cell(document, "Giờ tập huấn").text = "25"
        paragraph(document, "Đã trao quà").text = "Lời mới."

    faults = refused(cast, draft, change)
    assert "dòng «Số suất quà», cột «Số lượng»: 3 → 30" in faults
    assert "dòng «Giờ tập huấn», cột «Số lượng»: 2,5 → 25" in faults
    assert faults.count("\n") == 1


def test_missing_added_doubled_and_reworded_rows_are_refused(cast: Cast, draft: SigningDraft) -> None:
    def drop(document: Any) -> None:
        row = cell(document, "Số tiền quà")._element.getparent()
        row.getparent().remove(row)

    def double(document: Any) -> None:
        row = cell(document, "Số tiền quà")._element.getparent()
        row.addnext(deepcopy(row))

    def add(document: Any) -> None:
        cells = table(document, "Số suất quà").add_row().cells
        for one, text in zip(cells, ("7", "Khen thưởng", "người", "12"), strict=True):
            one.text = text

    assert "thiếu dòng «Số tiền quà»: Số lượng 900.000" in refused(cast, draft, drop)
    assert "dòng lặp lại «Số tiền quà»: Số lượng 900.000" in refused(cast, draft, double)
    assert "dòng thêm vào «Khen thưởng»: Số lượng 12" in refused(cast, draft, add)
    reworded = refused(cast, draft, lambda d: setattr(cell(d, "Số tiền quà", 1), "text", "Tổng tiền"))
    assert "cột «Nội dung»: Số tiền quà → Tổng tiền" in reworded


def test_two_rows_that_changed_places_are_refused(cast: Cast, draft: SigningDraft) -> None:
    def swap(document: Any) -> None:
        first = cell(document, "Số suất quà")._element.getparent()
        first.getnext().addnext(first)

    assert "thứ tự các dòng đã đổi" in refused(cast, draft, swap)


def test_a_table_that_was_taken_out_is_named(cast: Cast, draft: SigningDraft) -> None:
    def drop(document: Any) -> None:
        element = table(document, "Số suất quà")._element
        element.getparent().remove(element)

    assert "1. Chăm lo: đã bị xóa" in refused(cast, draft, drop)


@pytest.mark.parametrize(
    ("start", "text", "part", "source"),
    [
        ("Số liệu tổng hợp từ", "Số liệu tổng hợp từ 6/6 đơn vị phải báo cáo.", "PHẠM VI SỐ LIỆU", "báo cáo"),
        ("Kết quả công tác", "Kết quả công tác cả năm", "Trích yếu", "biểu mẫu"),
        ("II. SỐ LIỆU", "II. SỐ LIỆU ĐẸP", "Đề mục", "biểu mẫu"),
        ("DANH MỤC", "DANH MỤC KHÁC", "Tên phụ lục", "biểu mẫu"),
        ("Trong kỳ đã", "Trong kỳ đã ban hành 9 văn bản chỉ đạo.", "SỐ LIỆU TỔNG HỢP", "sổ văn bản đi"),
        ("Mã kiểm tra", "Mã kiểm tra: 000", "Mã kiểm tra", "mã này tính từ số liệu"),
    ],
)
def test_what_the_system_writes_is_refused_with_where_to_change_it(
    cast: Cast, draft: SigningDraft, start: str, text: str, part: str, source: str
) -> None:
    faults = refused(cast, draft, lambda document: setattr(paragraph(document, start), "text", text))
    assert part in faults
    assert source in faults


def test_the_head_the_signature_and_the_list_of_letters_stand(cast: Cast, draft: SigningDraft) -> None:
    def change(document: Any) -> None:
        document.tables[0].rows[1].cells[0].text = "Số: 99/BC-LĐLĐ"
        next(t for t in document.tables if "Nơi nhận" in t.rows[0].cells[0].text).rows[0].cells[1].text = "KT."
        cell(document, "01/KH-LĐLĐ").text = "Kế hoạch: việc khác"

    faults = refused(cast, draft, change)
    assert "Số, ký hiệu: «Số: /BC-LĐLĐ» → «Số: 99/BC-LĐLĐ»; số và ngày do văn thư cấp" in faults
    assert "Người ký: " in faults
    assert "dòng «01/KH-LĐLĐ», cột «Tên loại và trích yếu»" in faults


def test_words_outside_the_prose_are_refused(cast: Cast, draft: SigningDraft) -> None:
    def change(document: Any) -> None:
        paragraph(document, "Số liệu tổng hợp từ").insert_paragraph_before("Kết quả rất tốt.")
        document.sections[0].header.paragraphs[0].add_run("Bản đã duyệt")

    faults = refused(cast, draft, change)
    assert "đoạn thêm vào «Kết quả rất tốt.»" in faults
    assert "Bản đã duyệt" in faults


def test_a_file_of_another_draft_is_refused_and_one_without_its_mark_is_known_by_its_parts(
    cast: Cast, draft: SigningDraft
) -> None:
    def read(data: bytes) -> Any:
        return preview(draft=draft, data=data, name="a.docx", actor=cast.clerk, at=LATER)

    with pytest.raises(UnreadableFile, match="bản trình ký khác"):
        read(to_docx(paper(draft), mark="0192aaaa-bbbb-7ccc-8ddd-eeeeffff0001"))
    assert not read(to_docx(paper(draft))).changes
    letter = docx.Document()
    letter.add_paragraph("Một lá thư khác hẳn.")
    buffer = io.BytesIO()
    letter.save(buffer)
    with pytest.raises(UnreadableFile, match="không phải bản trình ký"):
        read(buffer.getvalue())


@pytest.mark.parametrize(
    ("data", "says"), [(b"", "rỗng"), (b"%PDF-1.7 x", ".docx"), (b"PK\x03\x04 hong", "hỏng"), (b"chu", ".docx")]
)
def test_what_is_no_word_file_gets_a_plain_answer(cast: Cast, draft: SigningDraft, data: bytes, says: str) -> None:
    with pytest.raises(InvalidInput, match=says):
        preview(draft=draft, data=data, name="a.docx", actor=cast.clerk, at=LATER)


def test_new_prose_passes_the_boundary_and_the_slip_check(cast: Cast, draft: SigningDraft) -> None:
    def listing(document: Any) -> None:
        paragraph(document, "Đã trao quà").text = "Lập danh sách đoàn viên theo đạo, ghi rõ tôn giáo từng người."

    with pytest.raises(BoundaryRefused):
        back(cast, draft, listing)
    slip = refused(
        cast,
        draft,
        lambda d: setattr(paragraph(d, "Đã trao quà"), "text", "Tổng số 72.000.000 triệu đồng."),
    )
    assert "Nếu là 72.000.000 đồng thì bỏ chữ «triệu»" in slip


def test_tracked_changes_and_comments_are_said(cast: Cast, draft: SigningDraft) -> None:
    def change(document: Any) -> None:
        one = paragraph(document, "Đã trao quà")
        one.add_run()._element.append(OxmlElement("w:commentReference"))
        inserted = OxmlElement("w:ins")
        run = one.add_run(" Kịp thời.")._element
        run.addprevious(inserted)
        inserted.append(run)

    notes = back(cast, draft, change).notes
    assert any("chấp nhận tất cả" in note for note in notes)
    assert any("1 ghi chú bên lề" in note for note in notes)


# --- number, signed copy, issue ------------------------------------------------------------------


def test_the_clerk_numbers_it_after_signature_and_nothing_is_issued_yet(cast: Cast, draft: SigningDraft) -> None:
    back(cast, draft, lambda d: setattr(paragraph(d, "Đã trao quà"), "text", "Đã trao quà sớm."))
    draft.refresh_from_db()
    done = numbered(cast, draft)
    assert done.document is not None
    assert (done.document.number, done.document.dated) == ("02/BC-LĐLĐ", DAY)
    assert done.state == SigningState.NUMBERED
    assert not IssuedReport.objects.exists()
    assert done.document.original is not None
    text = "\n".join(p.text for p in docx.Document(io.BytesIO(files.read(done.document.original))).paragraphs)
    assert "Đã trao quà sớm." in text
    assert numbered(cast, done).document == done.document
    assert RegisterEntry.objects.count() == 2


@pytest.mark.parametrize("day", [dt.date(2026, 4, 5), dt.date(2026, 4, 7)])
def test_the_day_of_signature_lies_between_the_draft_and_today(
    cast: Cast, draft: SigningDraft, day: dt.date
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        number(draft=draft, signed_on=day, actor=cast.clerk, at=LATER)
    assert "06/04/2026" in str(refusal.value.faults[0])
    assert RegisterEntry.objects.count() == 1


def test_the_reporter_does_not_number(cast: Cast, draft: SigningDraft) -> None:
    with pytest.raises((NotAllowed, NotFound)):
        number(draft=draft, signed_on=DAY, actor=cast.commune_officer, at=LATER)


def test_the_sealed_copy_issues_it(cast: Cast, draft: SigningDraft) -> None:
    with pytest.raises(Conflict, match="đã cấp số"):
        attach(cast, draft, to_pdf(paper(draft)))
    done = numbered(cast, draft)
    signed = to_pdf(paper(done)) + b"\n1 0 obj<</Type/Sig/ByteRange [0 10 20 30]>>endobj\n%%EOF"
    issued = attach(cast, done, signed)
    assert issued.document == done.document
    assert (issued.seal, issued.edition) == (draft.seal, 0)
    assert issued.signed_copy is not None
    assert files.read(issued.signed_copy) == signed
    assert is_digitally_signed(signed)
    assert attach(cast, done, b"%PDF- another") == issued
    logged = list(
        Entry.objects.filter(action__startswith="reports.").order_by("pk").values_list("action", flat=True)
    )
    assert logged[-4:] == [
        "reports.signing_opened",
        "reports.numbered",
        "reports.issued",
        "reports.copy_attached",
    ]


def test_what_is_no_scan_is_refused(cast: Cast, draft: SigningDraft) -> None:
    done = numbered(cast, draft)
    for data, name in ((b"chu", "a.txt"), (files.read(draft.docx), "a.docx"), (b"GIF89a", "a.gif")):
        with pytest.raises(InvalidInput):
            attach(cast, done, data, name)
    assert not IssuedReport.objects.exists()


def test_a_picture_loses_where_it_was_taken() -> None:
    place = b"\xff\xe1" + (8).to_bytes(2, "big") + b"GPS123"
    head, scan = b"\xff\xd8\xff\xe0\x00\x04ab", b"\xff\xda\x00\x02picture\xff\xd9"
    assert without_metadata(head + place + scan, JPEG) == head + scan
    chunk = b"\x00\x00\x00\x01eXIfa\x00\x00\x00\x00"
    end = b"\x00\x00\x00\x00IEND\x00\x00\x00\x00"
    assert without_metadata(b"\x89PNG\r\n\x1a\n" + chunk + end, PNG) == b"\x89PNG\r\n\x1a\n" + end
    for kind, data in ((JPEG, b"\xff\xd8\xff\xe1\xff\xff"), (PNG, b"\x89PNG\r\n\x1a\n" + chunk)):
        with pytest.raises(InvalidInput, match="hỏng"):
            without_metadata(data, kind)


# --- withdrawing, figures that change meanwhile, one step -----------------------------------------


def test_a_withdrawn_draft_makes_room_for_another(
    cast: Cast, version: TemplateVersion, draft: SigningDraft
) -> None:
    with pytest.raises(InvalidInput):
        withdraw(draft=draft, reason=" ", actor=cast.clerk, at=LATER)
    withdraw(draft=draft, reason="đổi người ký", actor=cast.provincial_officer, at=LATER)
    assert opened(cast, version) != draft
    with pytest.raises(Conflict, match="đã rút"):
        numbered(cast, SigningDraft.objects.get(pk=draft.pk))


def test_the_number_of_a_draft_is_struck_with_it_alone(cast: Cast, draft: SigningDraft) -> None:
    done = numbered(cast, draft)
    assert done.document is not None
    with pytest.raises(Conflict, match="rút bản trình ký"):
        void_entry(entry=done.document.entry, reason="nhầm", actor=cast.clerk, at=LATER)
    withdraw(draft=done, reason="ký nhầm bản", actor=cast.clerk, at=LATER)
    done.document.refresh_from_db()
    assert done.document.state == DocumentState.VOID
    assert done.document.entry.void_reason == "ký nhầm bản"


def test_figures_that_change_meanwhile_are_shown_and_decided_on(
    cast: Cast, version: TemplateVersion, draft: SigningDraft
) -> None:
    corrected(cast, version)
    assert [flag.cells["gifts"] for flag in changed_below(draft)] == [[3, 4]]
    with pytest.raises(Conflict, match="1 đơn vị đã thay đổi"):
        numbered(cast, draft)
    done = numbered(cast, draft, as_sealed=True)
    issued = attach(cast, done, to_pdf(paper(done)))
    assert issued.seal.flags.filter(answer="").count() == 1


def test_withdrawn_for_new_figures_the_next_draft_has_them(
    cast: Cast, version: TemplateVersion, draft: SigningDraft
) -> None:
    corrected(cast, version)
    withdraw(draft=draft, reason="số liệu đã thay đổi", actor=cast.provincial_officer, at=LATER)
    second = opened(cast, version)
    assert not changed_below(second)
    cells = [row for block in paper(second).body if hasattr(block, "rows") for row in block.rows]
    assert ("1", "Số suất quà", "suất", "4") in cells


def one_step(cast: Cast, version: TemplateVersion, **more: Any) -> IssuedReport:
    officer, clerk = cast.provincial_officer, cast.clerk
    return issue_report(
        version=version, period=PERIOD, unit=cast.province, signer=officer, actor=clerk, at=LATER, **more
    )


def test_one_step_issuing_goes_on_from_the_draft(cast: Cast, version: TemplateVersion, draft: SigningDraft) -> None:
    back(cast, draft, lambda d: setattr(paragraph(d, "Đã trao quà"), "text", "Đã trao quà sớm."))
    corrected(cast, version)
    with pytest.raises(Conflict, match="đã thay đổi"):
        one_step(cast, version)
    issued = one_step(cast, version, as_sealed=True)
    assert issued.seal == draft.seal
    assert draft_behind(issued.document) == draft
    text = "\n".join(p.text for p in docx.Document(io.BytesIO(files.read(issued.docx))).paragraphs)
    assert "Đã trao quà sớm." in text
    draft.refresh_from_db()
    with pytest.raises(Conflict, match="đã phát hành"):
        withdraw(draft=draft, reason="muộn rồi", actor=cast.clerk, at=LATER)
    with pytest.raises(Conflict, match="Báo cáo đã phát hành số 02"):
        opened(cast, version)


def test_a_numbered_draft_keeps_its_number_in_one_step(
    cast: Cast, version: TemplateVersion, draft: SigningDraft
) -> None:
    done = numbered(cast, draft)
    assert one_step(cast, version).document == done.document


def test_a_restatement_goes_through_signature_too(
    cast: Cast, version: TemplateVersion, draft: SigningDraft
) -> None:
    done = numbered(cast, draft)
    issued = attach(cast, done, to_pdf(paper(done)))
    with pytest.raises(Conflict, match="không thay đổi"):
        opened(cast, version, restates=issued, reason="chưa có gì")
    corrected(cast, version)
    with pytest.raises(InvalidInput):
        opened(cast, version, restates=issued, reason=" ")
    second = opened(cast, version, restates=issued, reason="Công đoàn cơ sở đính chính số quà.")
    assert "điều chỉnh lần 1" in paper(second).subject
    assert not back(cast, second, lambda document: None).changes
    again = attach(cast, numbered(cast, second), to_pdf(paper(second)))
    assert (again.edition, again.restates, again.document.number) == (1, issued, "03/BC-LĐLĐ")
    assert not issued.seal.flags.filter(answer="").exists()
