"""The leader edits the draft in Word: prose is kept, a changed figure is refused by its name."""

from __future__ import annotations

import io
import subprocess
from copy import deepcopy
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement
from docx.shared import Pt

from nhipcau.audit.models import Entry
from nhipcau.boundary import BoundaryRefused
from nhipcau.core.errors import Conflict, InvalidInput, UnreadableFile
from nhipcau.documents.storing import files
from nhipcau.press.docx import to_docx
from nhipcau.reports.issuing.drafts import changed_below
from nhipcau.reports.issuing.signing import (
    paper,
    preview,
)
from nhipcau.reports.models import SigningDraft, TemplateVersion
from tests import quarterly
from tests.cast import Cast
from tests.quarterly import LATER
from tests.reports.signing import (
    WORDS,
    back,
    cell,
    edited,
    numbered,
    opened,
    paragraph,
    ready_to_sign,
    refused,
    table,
)


@pytest.fixture
def version(cast: Cast) -> TemplateVersion:
    return ready_to_sign(cast)


@pytest.fixture
def draft(cast: Cast, version: TemplateVersion) -> SigningDraft:
    return opened(cast, version)


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
