"""A sealed figure that was touched says so: in the report, in its seal, in what was issued from it."""

from __future__ import annotations

import json

import pytest
from django.db import connection

from nhipcau.audit import actions, verifying
from nhipcau.audit.models import Entry
from nhipcau.core.numbers import Cell, CellState, pack, unpack
from nhipcau.documents.actions import register_outgoing
from nhipcau.reports.filling.standing_in import EnteredReport, enter_for
from nhipcau.reports.filling.workflow import accept, send_back
from nhipcau.reports.issuing.editions import issue_report
from nhipcau.reports.models import EntrySource, IssuedReport, Seal, SealKind, Submission, TemplateVersion
from nhipcau.reports.sealing.seals import contributors_of, digest, digest_of_contributors
from tests import quarterly
from tests.cast import NOW, TODAY, Cast
from tests.ops.tampering import sentences, sql
from tests.quarterly import LATER, PERIOD


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifying, "ANCHOR_PATIENCE", 0)


@pytest.fixture
def version(cast: Cast) -> TemplateVersion:
    """The volunteer's report, then the commune's, then the province's, sent up and accepted."""
    version = quarterly.publish()
    quarterly.give(cast.local_volunteer, 3, 900_000, giver="upper")
    quarterly.accepted(cast, version, hours="2,5")
    actions.seal(at=LATER)
    commune = quarterly.send(cast.commune_officer, version, gifts="2")
    accept(submission=commune, actor=cast.provincial_officer, at=LATER)
    quarterly.send(cast.provincial_officer, version)
    return version


@pytest.fixture
def issued(cast: Cast, version: TemplateVersion) -> IssuedReport:
    register_outgoing(
        unit=cast.province, doc_type="kế hoạch", subject="Việc", dated=TODAY, actor=cast.clerk, at=NOW
    )
    return issue_report(
        version=version,
        period=PERIOD,
        unit=cast.province,
        signer=cast.provincial_officer,
        actor=cast.clerk,
        at=LATER,
    )


def report_of(cast: Cast) -> Submission:
    return Submission.objects.get(unit=cast.local)


def seal_of(cast: Cast) -> Seal:
    return Seal.objects.get(unit=cast.local)


def falsified(payload: bytes | memoryview, version: TemplateVersion) -> bytes:
    """The figures with 300 gifts."""
    cells = unpack(bytes(payload), len(version.cells))
    cells[list(version.cells).index("gifts")] = Cell(CellState.VALUE, 300)
    return pack(cells)


def put(table: str, column: str, value: object, pk: int) -> None:
    sql(f"UPDATE {table} SET {column} = %s WHERE id = %s", value, pk)


def test_what_was_sent_accepted_and_issued_is_clean(issued: IssuedReport) -> None:
    assert sentences() == []


def test_a_returned_report_sent_again_is_clean(cast: Cast, version: TemplateVersion) -> None:
    report = quarterly.send(cast.stranger, version, gifts="1")
    send_back(submission=report, reason="Xem lại", by_cell={}, actor=cast.provincial_officer, at=LATER)
    assert sentences() == []
    quarterly.send(cast.stranger, version, gifts="4")
    assert sentences() == []


def test_one_changed_value_of_a_report_is_named_by_its_cell(cast: Cast, version: TemplateVersion) -> None:
    report = report_of(cast)
    put("reports_submission", "payload", falsified(report.payload, version), report.pk)
    assert sentences() == [
        "Báo cáo quy kỳ 2026-Q1 của A1, lần 1: số liệu đang lưu khác số đã chốt ở ô gifts "
        "(đã chốt gifts 3; đang lưu gifts 300)."
    ]


def test_a_damaged_payload_is_named(cast: Cast, version: TemplateVersion) -> None:
    put("reports_submission", "payload", b"\x00\x01", report_of(cast).pk)
    assert sentences() == [
        "Báo cáo quy kỳ 2026-Q1 của A1, lần 1: số liệu đang lưu đã hỏng (có 2 byte, đã chốt 42 byte)."
    ]


def test_a_value_in_a_cell_that_was_left_empty_is_named_by_its_cell(cast: Cast, version: TemplateVersion) -> None:
    report = report_of(cast)
    data = bytearray(report.payload)
    data[8 * list(version.cells).index("letters")] = 7
    put("reports_submission", "payload", bytes(data), report.pk)
    assert sentences() == ["Báo cáo quy kỳ 2026-Q1 của A1, lần 1: số liệu đang lưu đã hỏng ở ô letters."]


def test_changed_words_are_named(cast: Cast, version: TemplateVersion) -> None:
    put("reports_submission", "narrative", '{"danh_gia": "Rất tốt"}', report_of(cast).pk)
    assert sentences() == ["Báo cáo quy kỳ 2026-Q1 của A1, lần 1: phần thuyết minh khác bản đã chốt."]


def test_a_changed_source_is_named(cast: Cast, version: TemplateVersion) -> None:
    put("reports_submissionsource", "value", 300, report_of(cast).sources.filter(cell="gifts").get().pk)
    assert sentences() == ["Báo cáo quy kỳ 2026-Q1 của A1, lần 1: nguồn số liệu khác bản đã chốt."]


def test_a_unit_put_into_a_lump_after_it_was_sealed_is_named(cast: Cast, version: TemplateVersion) -> None:
    commune = Submission.objects.get(unit=cast.commune)
    commune.covers.add(cast.other_local)
    assert sentences() == ["Báo cáo quy kỳ 2026-Q1 của XA, lần 1: danh sách đơn vị trong số gộp khác bản đã chốt."]


def test_an_entered_report_passed_off_as_the_units_own_is_named(cast: Cast, version: TemplateVersion) -> None:
    told = EnteredReport(source=EntrySource.TELEPHONE, note="Điện thoại sáng 06/4", figures={"gifts": "1"})
    made = enter_for(
        unit=cast.sibling_commune,
        version=version,
        period=PERIOD,
        entered=told,
        actor=cast.provincial_officer,
        at=LATER,
    )
    assert sentences() == []
    put("reports_submission", "entry_source", "", made.pk)
    assert sentences() == ["Báo cáo quy kỳ 2026-Q1 của XB, lần 1: nguồn nhập thay khác bản đã chốt."]


def test_a_changed_state_is_named(cast: Cast, version: TemplateVersion) -> None:
    put("reports_submission", "state", "submitted", report_of(cast).pk)
    assert sentences() == [
        "Báo cáo quy kỳ 2026-Q1 của A1, lần 1 mang trạng thái «đã gửi», nhật ký ghi khác: đã bị sửa."
    ]


def test_a_changed_seal_is_named_and_what_was_made_from_it_is_not_blamed(
    cast: Cast, version: TemplateVersion
) -> None:
    seal = seal_of(cast)
    for column in ("own", "live"):
        put("reports_seal", column, falsified(seal.own, version), seal.pk)
    put("reports_submission", "payload", falsified(seal.own, version), report_of(cast).pk)
    assert sentences() == [
        "Bản chốt số 1, kỳ 2026-Q1 của A1 (quy) đã bị sửa: số liệu hoặc nội dung không khớp mã niêm phong."
    ]


def test_a_seal_made_anew_is_not_the_one_in_the_log(cast: Cast, version: TemplateVersion) -> None:
    seal = seal_of(cast)
    old = seal.digest
    seal.own = seal.live = falsified(seal.own, version)
    seal.digest = digest(seal, digest_of_contributors(contributors_of(seal)))
    seal.save()
    put("reports_submission", "payload", seal.own, report_of(cast).pk)
    one, other = sentences()
    assert one == (
        "Bản chốt số 1, kỳ 2026-Q1 của A1 (quy): nhật ký không ghi bản chốt có mã này; đã bị làm lại hoặc thêm vào."
    )
    assert other.startswith(f"Nhật ký ghi bản chốt {old[:16]}… (reports.submitted")


def test_a_changed_total_of_a_consolidated_report_is_named(cast: Cast, version: TemplateVersion) -> None:
    seal = Seal.objects.get(unit=cast.commune)
    put("reports_seal", "live", falsified(seal.live, version), seal.pk)
    assert sentences() == [
        "Bản chốt số 1, kỳ 2026-Q1 của XA (quy) đã bị sửa: số liệu hoặc nội dung không khớp mã niêm phong."
    ]


def test_a_total_that_does_not_add_up_is_named_though_digest_and_log_agree(
    cast: Cast, version: TemplateVersion
) -> None:
    seal = Seal.objects.get(unit=cast.province)
    old, seal.live = seal.digest, falsified(seal.live, version)
    seal.digest = digest(seal, digest_of_contributors(contributors_of(seal)))
    seal.save()
    sql("UPDATE audit_entry SET data = REPLACE(data, %s, %s)", old, seal.digest)
    assert (
        "Bản chốt số 1, kỳ 2026-Q1 của T (quy): số tổng không bằng số của đơn vị cộng các bản chốt cấp dưới "
        "ở ô gifts."
    ) in sentences()


def test_a_deleted_last_seal_is_named_by_the_log(cast: Cast, version: TemplateVersion) -> None:
    seal = Seal.objects.get(unit=cast.province)
    sql("UPDATE reports_submission SET seal_id = NULL WHERE seal_id = %s", seal.pk)
    sql("DELETE FROM reports_seal WHERE id = %s", seal.pk)
    said = sentences()
    assert said[0].startswith(f"Nhật ký ghi bản chốt {seal.digest[:16]}… (reports.submitted, submission:")
    assert said[1:] == ["Báo cáo quy kỳ 2026-Q1 của T, lần 1 đã gửi mà không có bản chốt."]


def test_a_deleted_seal_is_missed_by_what_was_made_from_it(cast: Cast, version: TemplateVersion) -> None:
    seal = seal_of(cast)
    sql("UPDATE reports_submission SET seal_id = NULL WHERE seal_id = %s", seal.pk)
    sql("DELETE FROM reports_seal WHERE id = %s", seal.pk)
    said = sentences()
    for unit, count in (("XA", 1), ("T", 2)):
        assert (
            f"Bản chốt số 1, kỳ 2026-Q1 của {unit} (quy) được cộng từ {count} bản chốt cấp dưới, "
            f"nay chỉ còn {count - 1}."
        ) in said


def test_a_first_seal_taken_out_of_its_chain_is_named(cast: Cast, version: TemplateVersion) -> None:
    report = quarterly.send(cast.stranger, version, gifts="1")
    send_back(submission=report, reason="Xem lại", by_cell={}, actor=cast.provincial_officer, at=LATER)
    again = quarterly.send(cast.stranger, version, gifts="4")
    first = Seal.objects.get(unit=cast.sibling_commune, place=1)
    sql("UPDATE reports_returnreason SET seal_id = %s WHERE seal_id = %s", again.seal_id, first.pk)
    sql("DELETE FROM reports_seal WHERE id = %s", first.pk)
    said = sentences()
    assert said[0] == "Bản chốt số 2, kỳ 2026-Q1 của XB (quy): trước đó thiếu bản chốt số 1."
    assert said[1].startswith(f"Nhật ký ghi bản chốt {first.digest[:16]}…")
    assert len(said) == 2


def test_a_log_made_anew_no_longer_has_the_head_that_the_seals_keep(cast: Cast, version: TemplateVersion) -> None:
    actions.seal(at=LATER)
    sql("UPDATE audit_entry SET chain = %s WHERE chain = %s", "0" * 64, _kept_head(cast))
    assert any("đầu nhật ký ghi lúc chốt không còn trong nhật ký" in said for said in sentences())


def _kept_head(cast: Cast) -> str:
    return str(json.loads(Seal.objects.get(unit=cast.commune).content)["log"][1])


def test_a_changed_template_is_named(version: TemplateVersion) -> None:
    there, back = ("::text", "::jsonb") if connection.vendor == "postgresql" else ("", "")
    sql(f"UPDATE reports_templateversion SET definition = REPLACE(definition{there}, 'tang_qua', 'trao_qua'){back}")
    assert sentences() == ["Biểu mẫu quy, phiên bản 1 đã bị sửa: nội dung không khớp mã của nó."]


def test_cells_in_another_order_are_named(version: TemplateVersion) -> None:
    version.cells = list(reversed(version.cells))
    version.save()
    assert "Biểu mẫu quy, phiên bản 1: thứ tự các ô của số liệu đã bị đổi so với biểu mẫu." in sentences()


def test_an_issued_report_that_the_log_never_saw_is_named(issued: IssuedReport) -> None:
    sql("DELETE FROM audit_entry WHERE id = %s", Entry.objects.get(action="reports.issued").pk)
    assert (
        f"Báo cáo đã phát hành {issued.document.number} của T: nhật ký không ghi lần phát hành này." in sentences()
    )


def test_an_issued_report_whose_file_was_exchanged_is_named(issued: IssuedReport) -> None:
    sql("UPDATE documents_document SET original_id = %s WHERE id = %s", issued.pdf_id, issued.document_id)
    assert sentences() == [f"Báo cáo đã phát hành {issued.document.number} của T: tệp của văn bản đã bị thay."]


def test_a_changed_number_of_an_issued_report_is_named_by_its_register(issued: IssuedReport) -> None:
    sql("UPDATE documents_registerentry SET number = 8 WHERE document_id = %s", issued.document_id)
    assert sentences() == [
        "Sổ văn bản đi năm 2026 của T, số 08: nhật ký ghi văn bản «02/BC-LĐLĐ» mang số 02; "
        "số hoặc văn bản của dòng này đã bị đổi."
    ]


def test_an_issued_report_on_another_seal_is_named(cast: Cast, issued: IssuedReport) -> None:
    other = Seal.objects.get(unit=cast.province, kind=SealKind.SUBMITTED)
    sql("UPDATE reports_issuedreport SET seal_id = %s", other.pk)
    assert (
        f"Báo cáo đã phát hành {issued.document.number} của T đứng trên bản chốt khác với nhật ký." in sentences()
    )
