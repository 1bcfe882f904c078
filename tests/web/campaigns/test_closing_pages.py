"""The closing report on the pages, from the close to the signed copy."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from nhipcau.campaigns.closing_paper import document_of
from nhipcau.campaigns.models import ClosingReport
from nhipcau.press.pdf import to_pdf
from tests.campaigns import scenes
from tests.cast import TODAY, Cast
from tests.web.campaigns.conftest import As


def test_from_the_close_to_the_signed_copy(cast: Cast, acting: As) -> None:
    campaign = scenes.opened(cast)
    activity = scenes.talked(campaign, cast.local_volunteer, talks=2, came=35)
    officer, clerk, page = acting(cast.provincial_officer), acting(cast.clerk), f"/chien-dich/{campaign.uid}/"
    assert "chưa kết thúc" in officer.get(f"{page}bao-cao/").content.decode()
    officer.post(f"{page}ket-thuc/")
    officer.post(f"{page}bao-cao/lap/")
    shown = officer.get(f"{page}bao-cao/").content.decode()
    assert "35" in shown and "Đã ký? Cấp số" not in shown
    behind = officer.get(f"{page}bao-cao/nguon/?so=reached").content.decode()
    assert str(activity.uid) in behind and "Công ty May Hải Âu" in behind
    typed = {"danh_gia": "Tốt.", "authority": "TM. BAN THƯỜNG VỤ", "signer": str(cast.provincial_officer.uid)}
    officer.post(f"{page}bao-cao/", typed)
    draft = officer.get(f"{page}bao-cao/tep/docx/")
    assert draft.content.startswith(b"PK") and "du-thao" in draft["Content-Disposition"]
    assert clerk.post(f"{page}bao-cao/cap-so/", {"signed_on": "01/01/2026"}).status_code == 422
    clerk.post(f"{page}bao-cao/cap-so/", {"signed_on": f"{TODAY:%d/%m/%Y}"})
    report = ClosingReport.objects.get()
    assert report.document is not None
    assert "01-BC-L" in clerk.get(f"{page}bao-cao/tep/pdf/")["Content-Disposition"]
    signed = SimpleUploadedFile("da ky.pdf", to_pdf(document_of(report, report.document.number, TODAY)))
    below = acting(cast.local_volunteer)
    assert below.get(f"{page}bao-cao/").status_code == 404
    clerk.post(f"{page}bao-cao/ban-ky/", {"file": signed})
    issued = below.get(f"{page}bao-cao/").content.decode()
    assert report.document.number in issued and "nguon" not in issued
    assert below.get(f"{page}bao-cao/tep/da-ky/").content.startswith(b"%PDF")
    assert below.get(f"{page}bao-cao/nguon/?so=reached").status_code == 404


def test_a_number_given_by_mistake_is_taken_back(cast: Cast, acting: As) -> None:
    campaign = scenes.opened(cast)
    officer, clerk, page = acting(cast.provincial_officer), acting(cast.clerk), f"/chien-dich/{campaign.uid}/"
    officer.post(f"{page}ket-thuc/")
    officer.post(f"{page}bao-cao/lap/")
    officer.post(f"{page}bao-cao/", {"signer": str(cast.provincial_officer.uid)})
    clerk.post(f"{page}bao-cao/cap-so/", {"signed_on": f"{TODAY:%d/%m/%Y}"})
    assert clerk.post(f"{page}bao-cao/rut-so/", {"reason": ""}).status_code == 422
    clerk.post(f"{page}bao-cao/rut-so/", {"reason": "sai ngày"})
    assert ClosingReport.objects.get().document is None
