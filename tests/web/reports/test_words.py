"""Figures in a report's words on the pages: chosen from a list, shown as printed, leading to their origin."""

from __future__ import annotations

import re
from typing import Any

import pytest

from nhipcau.reports.filling.workflow import accept
from nhipcau.reports.issuing.editions import issue_report
from nhipcau.reports.models import Submission, TemplateVersion
from nhipcau.reports.planning.giving import give_targets
from tests import fielded
from tests.cast import Cast
from tests.fielded import AT, PERIOD, THEN
from tests.web.reports.conftest import As

HTMX = {"HX-Request": "true"}


def url(report: Submission) -> str:
    return f"/bao-cao/{report.uid}/"


def plain(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", html).split())


def linked(page: Any, text: str) -> str:
    """Where the figure that reads so leads."""
    found = re.search(rf'<a class="said" href="([^"]+)"[^>]*>{re.escape(text)}</a>', page.content.decode())
    assert found, text
    return found[1].replace("&amp;", "&")


@pytest.fixture
def version(cast: Cast) -> TemplateVersion:
    version = fielded.publish()
    fielded.accepted(cast, version, THEN, gifts="40", money="8.000.000")
    return version


def save(acting: As, cast: Cast, report: Submission, text: str) -> Any:
    report.refresh_from_db()
    typed = {"edits": report.edits, "viec": "luu", "van:danh_gia": text}
    return acting(cast.local_volunteer).post(url(report), typed, headers=HTMX)


def test_the_writer_chooses_from_the_figures_of_the_block(cast: Cast, acting: As, version: TemplateVersion) -> None:
    report = fielded.draft(cast.local_volunteer, version, gifts="52", money="900.000")
    page = acting(cast.local_volunteer).get(url(report))
    first, second = page.context["entry"].paragraphs
    assert [one.label for one in first.insertables] == ["Số suất quà", "Bình quân một suất"]
    says = {field: told for field, _, told in first.insertables[0].kinds}
    assert says["{{gifts}}"] == "52 suất"
    assert says["{{gifts.cung_ky}}"] == "40 suất"  # though no text names it yet
    assert says["{{gifts.phan_tram_ke_hoach}}"] == "chưa giao kế hoạch"
    assert not second.insertables
    assert "{{gifts.thay_doi_cung_ky}}" in page.content.decode()


def test_the_text_stands_there_as_it_will_be_printed(cast: Cast, acting: As, version: TemplateVersion) -> None:
    report = fielded.draft(cast.local_volunteer, version, gifts="52", money="900.000")
    page = acting(cast.local_volunteer).get(url(report))
    assert "Đã trao 52 suất, tăng 12 suất so với cùng kỳ năm trước." in plain(page.content.decode())
    assert linked(page, "52 suất") == f"/bao-cao/{report.uid}/nguon/gifts/"
    then = Submission.objects.get(period=THEN.key)
    assert linked(page, "tăng 12 suất so với cùng kỳ năm trước") == f"/bao-cao/{then.uid}/nguon/gifts/"
    for where in ("52 suất", "tăng 12 suất so với cùng kỳ năm trước"):
        assert acting(cast.local_volunteer).get(linked(page, where)).status_code == 200


def test_saving_shows_the_text_and_what_is_wrong_with_it(cast: Cast, acting: As, version: TemplateVersion) -> None:
    report = fielded.draft(cast.local_volunteer, version, gifts="52", money="900.000")
    answer = save(acting, cast, report, "Trao {{gifts}} và {{qua}}.").content.decode()
    assert 'id="xem-danh_gia" class="reads" hx-swap-oob="true"' in answer
    assert "Trao 52 suất và {{qua}}." in plain(answer)
    assert re.search(
        r'id="loi-danh_gia"[^>]*><p class="rule error">\{\{qua\}\}: biểu mẫu không có chỉ tiêu', answer
    )
    assert "Đánh giá chung: {{qua}}" in plain(answer)


def test_an_unknown_field_holds_it_back_and_leads_to_its_paragraph(
    cast: Cast, acting: As, version: TemplateVersion
) -> None:
    report = fielded.draft(cast.local_volunteer, version, words="{{qua}}", gifts="52", money="900.000")
    typed = {"edits": report.edits, "viec": "trinh-gui"}
    page = acting(cast.local_volunteer).post(url(report), typed)
    assert page.status_code == 422
    (note,) = page.context["entry"].notes
    assert (note.target, str(note.severity)) == ("van:danh_gia", "error")


def test_the_level_above_reads_it_with_the_figures_in_it(cast: Cast, acting: As, version: TemplateVersion) -> None:
    report = fielded.sent(cast.local_volunteer, version, gifts="52", money="900.000")
    officer = acting(cast.commune_officer)
    for page in (officer.get(url(report)), officer.get(f"{url(report)}tiep-nhan/")):
        assert "Đã trao 52 suất, tăng 12 suất" in plain(page.content.decode())
        assert officer.get(linked(page, "52 suất")).status_code == 200


def test_what_children_wrote_stands_beside_with_their_own_figures(
    cast: Cast, acting: As, version: TemplateVersion
) -> None:
    fielded.accepted(cast, version, gifts="52", money="900.000")
    report = fielded.draft(cast.commune_officer, version, gifts="1", money="0")
    page = acting(cast.commune_officer).get(url(report))
    first = page.context["entry"].paragraphs[0]
    assert [(name, "".join(one.text for one in said[0])) for name, said in first.below] == [
        ("Công đoàn cơ sở Công ty May Hải Âu", "Đã trao 52 suất, tăng 12 suất so với cùng kỳ năm trước.")
    ]
    assert first.said[0][1].text == "1 suất"
    assert first.branch[0][1].text == "52 suất"  # its own is not accepted yet


def test_the_issued_report_shows_its_words_and_every_figure_leads_on(
    cast: Cast, acting: As, version: TemplateVersion
) -> None:
    fielded.accepted(cast, version, gifts="52", money="9.000.000")
    fielded.sent(cast.provincial_officer, version, gifts="0", money="0")
    issued = issue_report(
        version=version, period=PERIOD, unit=cast.province, signer=cast.provincial_officer, actor=cast.clerk, at=AT
    )
    officer = acting(cast.provincial_officer)
    page = officer.get(f"/bao-cao/da-phat-hanh/{issued.uid}/")
    assert "Đã trao 52 suất, tăng 12 suất so với cùng kỳ năm trước." in plain(page.content.decode())
    drill, why = linked(page, "52 suất"), linked(page, "tăng 12 suất so với cùng kỳ năm trước")
    assert drill.endswith(f"/{cast.province.uid}/nguon/gifts/")
    assert why.endswith("/vi-sao/gifts/?so-voi=year-ago")
    assert "52" in officer.get(drill).content.decode()
    assert officer.get(why).context["difference"] == "+12"


def test_a_report_sent_again_shows_the_words_with_their_figures(
    cast: Cast, acting: As, version: TemplateVersion
) -> None:
    fielded.accepted(cast, version, gifts="52", money="9.000.000")
    again = fielded.sent(cast.local_volunteer, version, words="Trao {{gifts}}.", gifts="60", money="9.000.000")
    page = acting(cast.commune_officer).get(f"{url(again)}tiep-nhan/")
    (resent,) = page.context["resent"]
    ((_, before, after),) = resent.words
    assert before.startswith("Đã trao 52 suất, tăng 12 suất")
    assert after == "Trao 60 suất."


def test_the_page_of_the_own_report_says_how_much_of_the_plan(cast: Cast, acting: As) -> None:
    version = fielded.publish(beside=("plan", "percent"))
    planned = {(cast.local.pk, "gifts"): "4"}
    give_targets(version=version, period=PERIOD, values=planned, actor=cast.commune_officer, at=AT)
    report = fielded.draft(cast.local_volunteer, version, gifts="3", money="900.000")
    page = acting(cast.local_volunteer).get(url(report))
    assert re.search(r"4 đạt 75,0\s?%", plain(page.content.decode()))
    answer = save(acting, cast, report, "Trao {{gifts}}.").content.decode()
    assert re.search(r'<span class="reached" id="d-\d+" hx-swap-oob="true">đạt 75,0', answer)


def test_a_middle_units_words_say_both_and_go_up_with_the_figures_of_its_branch(
    cast: Cast, acting: As, version: TemplateVersion
) -> None:
    fielded.accepted(cast, version, gifts="52", money="900.000")
    report = fielded.sent(cast.commune_officer, version, gifts="1", money="0")
    accept(submission=report, actor=cast.provincial_officer, at=AT)
    shown = plain(acting(cast.commune_officer).get(url(report)).content.decode())
    assert re.search(r"báo cáo của đơn vị:\s*Đã trao 1 suất, chưa có số cùng kỳ năm trước\.", shown)
    assert re.search(r"đến lúc này:\s*Đã trao 53 suất, tăng 13 suất so với cùng kỳ năm trước\.", shown)
    above = fielded.draft(cast.provincial_officer, version, gifts="0", money="0")
    page = acting(cast.provincial_officer).get(url(above))
    ((_, said),) = page.context["entry"].paragraphs[0].below
    assert said[0][1].text == "53 suất"
    assert acting(cast.provincial_officer).get(said[0][1].url).status_code == 200
