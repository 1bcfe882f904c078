"""The signing page: every step in its place, the difference before it is kept, what is next for whom."""

from __future__ import annotations

import io
from typing import Any

import docx
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from nhipcau.core.official import OfficialDocument, Paragraph
from nhipcau.press.pdf import to_pdf
from nhipcau.reports.issuing.signing import paper
from nhipcau.reports.models import IssuedReport, SigningDraft, SigningState
from tests.cast import Cast
from tests.web.reports import places, scenes
from tests.web.reports.conftest import As

PDF = "application/pdf"
ANOTHER = OfficialDocument(
    issuer="CÔNG ĐOÀN XÃ AN HẢI", doc_type="kế hoạch", subject="Hội thao", body=(Paragraph("Nội dung."),)
)


def upload(client: Client, draft: SigningDraft, step: str, data: bytes, name: str) -> Any:
    return client.post(url(draft), {"buoc": step, "file": SimpleUploadedFile(name, data)})


def url(draft: SigningDraft) -> str:
    return f"/bao-cao/trinh-ky/{draft.uid}/"


def edited(client: Client, draft: SigningDraft, old: str, new: str) -> bytes:
    """The file as downloaded from the page, with one paragraph or cell changed."""
    document = docx.Document(io.BytesIO(client.get(f"{url(draft)}tep.docx").content))
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    place = next(one for one in (*document.paragraphs, *cells) if one.text == old)
    place.text = new
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def numbered(cast: Cast, acting: As) -> SigningDraft:
    draft = scenes.out_for_signature(cast)
    acting(cast.clerk).post(url(draft), {"buoc": "so", "signed_on": "16/03/2026"})
    draft.refresh_from_db()
    return draft


def test_the_officer_opens_the_draft_and_finds_it_again(cast: Cast, acting: As) -> None:
    places.to_issue(cast)
    client = acting(cast.provincial_officer)
    page = f"/bao-cao/phat-hanh/thang/2026-02/{cast.province.uid}/"
    answer = client.post(page, {"buoc": "trinh-ky", "nguoi-ky": str(cast.provincial_officer.uid)})
    draft = SigningDraft.objects.get()
    assert answer["Location"] == client.get(page)["Location"] == url(draft)
    shown = client.get(url(draft)).content.decode()
    assert "1. Tải bản trình ký" in shown
    assert client.get(f"{url(draft)}tep.pdf").content[:4] == b"%PDF"
    assert client.get(f"{url(draft)}tep.exe").status_code == 404


def test_the_difference_is_shown_before_it_is_kept(cast: Cast, acting: As) -> None:
    draft = scenes.out_for_signature(cast)
    client = acting(cast.provincial_officer)
    data = edited(client, draft, scenes.SAID, "Đã trao quà kịp thời.")
    page = upload(client, draft, "doc", data, "sửa.docx")
    assert "<ins> kịp thời.</ins>" in page.content.decode()
    draft.refresh_from_db()
    assert draft.narrative["danh_gia"] == scenes.SAID
    kept = client.post(url(draft), {"buoc": "giu", "tep": page.context["token"]}, follow=True)
    assert "Đã giữ lời văn lãnh đạo sửa" in kept.content.decode()
    draft.refresh_from_db()
    assert draft.narrative["danh_gia"] == "Đã trao quà kịp thời."
    assert client.post(url(draft), {"buoc": "giu", "tep": "sai"}).status_code == 422


def test_a_token_of_one_draft_is_none_of_another(cast: Cast, acting: As) -> None:
    draft = scenes.out_for_signature(cast)
    client = acting(cast.provincial_officer)
    token = upload(client, draft, "doc", edited(client, draft, scenes.SAID, "Lời khác."), "a.docx").context["token"]
    client.post(url(draft), {"buoc": "rut", "reason": "đổi người ký"})
    second = scenes.open_signing(cast, draft.version)
    assert client.post(url(second), {"buoc": "giu", "tep": token}).status_code == 422


def test_a_changed_figure_is_named_on_the_page(cast: Cast, acting: As) -> None:
    draft = scenes.out_for_signature(cast)
    client = acting(cast.provincial_officer)
    page = upload(client, draft, "doc", edited(client, draft, "25", "52"), "a.docx")
    assert page.status_code == 422
    assert "dòng «Suất quà đã trao», cột «Số lượng»" in page.content.decode()
    assert "25 → 52" in page.content.decode()


def test_no_file_and_the_same_file_are_said(cast: Cast, acting: As) -> None:
    draft = scenes.out_for_signature(cast)
    client = acting(cast.provincial_officer)
    assert "Hãy chọn tệp .docx." in client.post(url(draft), {"buoc": "doc"}).content.decode()
    same = client.get(f"{url(draft)}tep.docx").content
    answer = client.post(url(draft), {"buoc": "doc", "file": SimpleUploadedFile("a.docx", same)}, follow=True)
    assert "không có gì phải giữ" in answer.content.decode()
    assert client.post(url(draft), {"buoc": "bậy"}).status_code == 422


def test_the_clerk_numbers_and_issues_with_the_signed_copy(cast: Cast, acting: As) -> None:
    draft = scenes.out_for_signature(cast)
    client = acting(cast.clerk)
    wrong = client.post(url(draft), {"buoc": "so", "signed_on": "01/01/2026"})
    assert "ngày ký phải từ 16/03/2026" in wrong.content.decode()
    page = client.post(url(draft), {"buoc": "so", "signed_on": "16/03/2026"}, follow=True).content.decode()
    assert "Số 01/BC-LĐLĐ, ngày 16/03/2026" in page
    draft.refresh_from_db()
    assert upload(client, draft, "ban-ky", b"chu", "a.txt").status_code == 422
    other = {"buoc": "ban-ky", "file": SimpleUploadedFile("khac.pdf", to_pdf(ANOTHER), PDF)}
    asked = client.post(url(draft), other).content.decode()
    assert "không thấy số 01/BC-LĐLĐ" in asked
    assert "Tôi đã xem" in asked
    assert "Tôi đã xem" not in client.get(url(draft)).content.decode()
    signed = to_pdf(paper(draft)) + b"\n/ByteRange [0 1 2 3]"
    answer = client.post(
        url(draft), {"buoc": "ban-ky", "file": SimpleUploadedFile("da ky.pdf", signed, PDF)}, follow=True
    )
    assert "Tệp có chữ ký số" in answer.content.decode()
    made = IssuedReport.objects.get()
    copy = client.get(f"/bao-cao/da-phat-hanh/{made.uid}/ban-ky/")
    assert copy.content == signed
    assert "da%20ky.pdf" in copy["Content-Disposition"] or "da ky.pdf" in copy["Content-Disposition"]
    assert "Báo cáo số 01/BC-LĐLĐ" in client.get(url(draft)).content.decode()


def test_the_leader_without_the_clerks_role_cannot_number(cast: Cast, acting: As) -> None:
    draft = scenes.out_for_signature(cast)
    stranger = acting(cast.commune_officer)
    assert stranger.post(url(draft), {"buoc": "so", "signed_on": "16/03/2026"}).status_code == 404


def test_withdrawing_needs_a_reason(cast: Cast, acting: As) -> None:
    draft = scenes.out_for_signature(cast)
    client = acting(cast.clerk)
    assert "Hãy ghi lý do rút." in client.post(url(draft), {"buoc": "rut"}).content.decode()
    client.post(url(draft), {"buoc": "rut", "reason": "in nhầm người ký"})
    draft.refresh_from_db()
    assert draft.state == SigningState.WITHDRAWN
    assert "in nhầm người ký" in client.get(url(draft)).content.decode()


def test_changed_figures_are_shown_with_the_decision(cast: Cast, acting: As) -> None:
    draft = scenes.out_for_signature(cast)
    scenes.corrected(cast, draft.version)
    client = acting(cast.clerk)
    page = client.get(url(draft)).content.decode()
    assert "số liệu của 1 đơn vị đã thay đổi" in page
    assert "Công đoàn cơ sở Công ty May Hải Âu" in page
    assert client.post(url(draft), {"buoc": "so", "signed_on": "16/03/2026"}).status_code == 409
    assert client.post(url(draft), {"buoc": "so", "signed_on": "16/03/2026", "as_sealed": "on"}).status_code == 302


def test_the_worklist_says_who_is_waited_for(cast: Cast, acting: As) -> None:
    draft = scenes.out_for_signature(cast)
    assert "Chờ ký, cấp số" in acting(cast.clerk).get("/").content.decode()
    assert "Chờ ký" in acting(cast.provincial_officer).get("/").content.decode()
    assert url(draft) not in acting(cast.commune_officer).get("/").content.decode()
    acting(cast.clerk).post(url(draft), {"buoc": "so", "signed_on": "16/03/2026"})
    assert "Chờ bản đã ký" in acting(cast.clerk).get("/").content.decode()


def test_a_stale_report_offers_the_draft_of_its_restatement(cast: Cast, acting: As) -> None:
    issued = scenes.issued(cast)
    scenes.corrected(cast, issued.version)
    client = acting(cast.clerk)
    page = client.get(f"/bao-cao/da-phat-hanh/{issued.uid}/")
    form = page.context["restate_url"]
    assert "Trình ký bản điều chỉnh" in page.content.decode()
    assert "Lý do điều chỉnh" in client.get(form).content.decode()
    assert client.post(form, {"dieu-chinh": "1", "buoc": "trinh-ky", "ly-do": " "}).status_code == 422
    answer = client.post(form, {"dieu-chinh": "1", "buoc": "trinh-ky", "ly-do": "Cơ sở đính chính."}, follow=True)
    assert "Cơ sở đính chính." in answer.content.decode()
    assert SigningDraft.objects.get().edition == 1
