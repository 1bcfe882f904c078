"""Phát hành: a draft without a number, then the number, then the same two files for ever."""

from __future__ import annotations

from nhipcau.org.models import Role
from nhipcau.org.queries import name_of
from nhipcau.reports.models import IssuedReport
from tests.cast import NOW, Cast, _officer
from tests.web.reports import places, scenes
from tests.web.reports.conftest import As


def _url(cast: Cast) -> str:
    return f"/bao-cao/phat-hanh/thang/2026-02/{cast.province.uid}/"


def test_nothing_can_be_issued_before_the_units_own_report_is_in(cast: Cast, acting: As) -> None:
    scenes.consolidated(cast)
    client = acting(cast.clerk)
    assert "Chưa phát hành được" in client.get(_url(cast)).content.decode()
    assert client.post(_url(cast), {"nguoi-ky": str(cast.provincial_officer.uid)}).status_code == 409


def test_what_was_sent_and_not_accepted_is_named_as_a_gap_too(cast: Cast, acting: As) -> None:
    version = scenes.consolidated(cast)
    scenes.sent(version, cast.provincial_officer, {"gifts": "0"})
    other = _officer(cast.other_local, "Chủ tịch", "coso1", Role.REPORTER, Role.APPROVER)
    scenes.sent(version, other, {"gifts": "4"})
    page = acting(cast.clerk).get(_url(cast))
    name = name_of(cast.other_local, NOW.date()).name
    assert name in page.context["missing"]
    assert f"Còn {len(page.context['missing'])} đơn vị chưa có trong số liệu" in page.content.decode()


def test_the_draft_comes_as_word_and_pdf_without_a_number(cast: Cast, acting: As) -> None:
    places.to_issue(cast)
    client = acting(cast.provincial_officer)
    assert client.get(_url(cast) + "ban-thao.docx").content[:2] == b"PK"
    assert client.get(_url(cast) + "ban-thao.pdf").content[:4] == b"%PDF"
    assert client.get(_url(cast) + "ban-thao.exe").status_code == 404
    assert not IssuedReport.objects.exists()


def test_the_clerk_issues_and_issuing_again_keeps_the_number(cast: Cast, acting: As) -> None:
    places.to_issue(cast)
    client = acting(cast.clerk)
    first = client.post(_url(cast), {"nguoi-ky": str(cast.provincial_officer.uid)})
    assert first["Location"] == client.get(_url(cast))["Location"]
    page = client.get(first["Location"])
    assert "01/BC-LĐLĐ" in page.content.decode()
    assert len(page.context["contributors"]) == 3
    for kind in ("docx", "pdf"):
        issued = IssuedReport.objects.get()
        answer = client.get(f"/bao-cao/da-phat-hanh/{issued.uid}/tep.{kind}")
        assert f"01-BC-L%C4%90L%C4%90.{kind}" in answer["Content-Disposition"]


def test_who_signs_is_chosen_among_the_units_own_posts(cast: Cast, acting: As) -> None:
    places.to_issue(cast)
    client = acting(cast.clerk)
    assert [uid for uid, _ in client.get(_url(cast)).context["signers"]] == [str(cast.provincial_officer.uid)]
    assert client.post(_url(cast), {"nguoi-ky": str(cast.commune_officer.uid)}).status_code == 404


def test_the_consolidated_page_leads_to_the_issued_report(cast: Cast, acting: As) -> None:
    issued = scenes.issued(cast)
    page = acting(cast.provincial_officer).get(f"/bao-cao/tong-hop/thang/2026-02/{cast.province.uid}/")
    assert page.context["issued"] == issued
    assert "Đã phát hành số 01/BC-LĐLĐ" in page.content.decode()


def test_a_commune_has_nothing_to_issue_for_a_unit_below(cast: Cast, acting: As) -> None:
    scenes.consolidated(cast)
    page = acting(cast.commune_officer).get(f"/bao-cao/phat-hanh/thang/2026-02/{cast.local.uid}/")
    assert not page.context["may_issue"]
    assert acting(cast.commune_officer).get(f"{page.request['PATH_INFO']}ban-thao.docx").status_code == 404
