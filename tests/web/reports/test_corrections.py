"""Số liệu thay đổi sau khi chốt: who sees it, and the answers given on the page."""

from __future__ import annotations

from nhipcau.reports.models import Answer, IssuedReport, StaleFlag, Submission
from tests.cast import Cast
from tests.web.reports import scenes
from tests.web.reports.conftest import As

PAGE = "/bao-cao/thay-doi/"


def test_the_worklist_the_page_and_the_issued_report_say_what_changed(cast: Cast, acting: As) -> None:
    issued = scenes.changed(cast)
    client = acting(cast.provincial_officer)
    assert "Số liệu thay đổi sau khi chốt" in client.get("/").content.decode()
    case = client.get(PAGE).context["cases"][0]
    assert (case.number, [cause.unit for cause in case.causes]) == (
        "01/BC-LĐLĐ",
        ["Công đoàn cơ sở Công ty May Hải Âu"],
    )
    assert [(row.before, row.now) for row in case.totals] == [("2", "4")]
    assert (
        "Số liệu đã thay đổi sau khi phát hành"
        in client.get(f"/bao-cao/da-phat-hanh/{issued.uid}/").content.decode()
    )


def test_the_clerk_issues_the_restatement(cast: Cast, acting: As) -> None:
    issued = scenes.changed(cast)
    client = acting(cast.clerk)
    data = {"viec": "dieu-chinh", "ly-do": "Cơ sở đính chính", "nguoi-ky": str(cast.provincial_officer.uid)}
    answer = client.post(f"{PAGE}{issued.seal.uid}/", data)
    newer = IssuedReport.objects.get(edition=1)
    assert answer["Location"] == f"/bao-cao/da-phat-hanh/{newer.uid}/"
    assert "thay báo cáo" in client.get(answer["Location"]).content.decode()
    assert not client.get(PAGE).context["cases"]


def test_the_commune_seals_anew_and_sends_up(cast: Cast, acting: As) -> None:
    scenes.changed(cast)
    client = acting(cast.commune_officer)
    case = client.get(PAGE).context["cases"][0]
    assert client.post(f"{PAGE}{case.uid}/", {"viec": "chot", "ly-do": "Theo đính chính"}).status_code == 302
    assert Submission.objects.filter(unit=cast.commune, revision=2, state="submitted").exists()


def test_a_difference_is_carried_over(cast: Cast, acting: As) -> None:
    issued = scenes.changed(cast)
    data = {"viec": "chuyen", "ly-do": "Chênh lệch nhỏ"}
    acting(cast.provincial_officer).post(f"{PAGE}{issued.seal.uid}/", data)
    kept = StaleFlag.objects.filter(seal__unit=cast.province)
    assert {(flag.answer, flag.carried_to) for flag in kept} == {(Answer.CARRIED, "2026-03")}


def test_an_answer_needs_a_choice_and_a_reason_and_loses_nothing_typed(cast: Cast, acting: As) -> None:
    issued = scenes.changed(cast)
    client = acting(cast.provincial_officer)
    for data in ({"viec": "giu", "ly-do": " "}, {"ly-do": "Lý do đã gõ"}, {"viec": "chot", "ly-do": "Lý do đã gõ"}):
        page = client.post(f"{PAGE}{issued.seal.uid}/", data)
        assert page.status_code == 422
    assert "Lý do đã gõ" in page.content.decode()
    assert StaleFlag.objects.filter(answer="", seal__unit=cast.province).exists()
