"""Figures named in the narrative: in the unit's own report and in the issued one, sealed with the figures."""

from __future__ import annotations

import io

import docx
import pypdfium2
import pytest
import yaml

from nhipcau.core.errors import InvalidInput
from nhipcau.core.numbers import HIDDEN, Cell, CellState
from nhipcau.core.official import OfficialDocument, Table
from nhipcau.documents.storing import files
from nhipcau.press.pdf import to_pdf
from nhipcau.reports.design.definition import load
from nhipcau.reports.filling.unit_report import WORDS_ARE_OWN, unit_report
from nhipcau.reports.filling.workflow import mark_ready
from nhipcau.reports.issuing.editions import draft_document, issue_report, restate_issue
from nhipcau.reports.issuing.gathering import from_seal
from nhipcau.reports.issuing.layout import SUPPRESSED, head_of, lay_out
from nhipcau.reports.models import IssuedReport, Submission, Target, TemplateVersion
from nhipcau.reports.planning.giving import give_targets
from nhipcau.reports.sealing.alongside import Alongside, Earlier, kept_hidden
from nhipcau.reports.sealing.reportproof import ReportProof
from nhipcau.reports.sealing.sealproof import SealProof
from tests import fielded
from tests.cast import Cast
from tests.fielded import AT, PERIOD, THEN, accepted, both_years, draft, publish, sent
from tests.reports import secrets

pytestmark = pytest.mark.django_db


def words(document: OfficialDocument) -> str:
    return "\n".join(block.text for block in document.body if not isinstance(block, Table))


def own(cast: Cast, version: TemplateVersion, gifts: str) -> str:
    report = draft(cast.local_volunteer, version, gifts=gifts, money="1")
    return words(unit_report(report=report, at=AT))


def issue(cast: Cast, version: TemplateVersion) -> IssuedReport:
    return issue_report(
        version=version, period=PERIOD, unit=cast.province, signer=cast.provincial_officer, actor=cast.clerk, at=AT
    )


def drafted(cast: Cast, version: TemplateVersion) -> str:
    officer = cast.provincial_officer
    return words(draft_document(version=version, period=PERIOD, unit=cast.province, signer=officer, at=AT))


def test_a_report_drafts_itself_from_the_template(cast: Cast) -> None:
    version = publish()
    report = draft(cast.local_volunteer, version, gifts="3", money="900.000")
    assert report.narrative == {"danh_gia": fielded.TEXT}
    printed = words(unit_report(report=report, at=AT))
    assert "Đã trao 3 suất, chưa có số cùng kỳ năm trước." in printed
    assert "Tổng tiền 900.000 đồng, chưa có số kỳ trước." in printed


def test_the_own_report_compares_with_what_was_accepted_of_its_own(cast: Cast) -> None:
    version = publish()
    accepted(cast, version, THEN, gifts="40", money="8.000.000")
    assert "Đã trao 52 suất, tăng 12 suất so với cùng kỳ năm trước." in own(cast, version, gifts="52")


def test_the_same_words_say_the_branch_in_the_issued_report(cast: Cast) -> None:
    version = publish()
    report = both_years(cast, version)
    issued = issue(cast, version)
    said = "Đã trao 52 suất, tăng 12 suất so với cùng kỳ năm trước."
    text = "\n".join(one.text for one in docx.Document(io.BytesIO(files.read(issued.docx))).paragraphs)
    assert said in text
    assert "Số cùng kỳ năm trước (quý IV năm 2025) nêu trong lời văn tổng hợp từ 1/6 đơn vị" in text
    pages = pypdfium2.PdfDocument(files.read(issued.pdf))
    assert said in " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())
    mine = words(unit_report(report=report, at=AT))
    assert "Đã trao 0 suất, chưa có số cùng kỳ năm trước." in mine
    assert WORDS_ARE_OWN in mine


def test_what_was_issued_does_not_change_with_the_year_before(cast: Cast) -> None:
    version = publish()
    both_years(cast, version)
    issued = issue(cast, version)
    assert issued.document.text.count("tăng 12 suất") == 1
    accepted(cast, version, THEN, gifts="50", money="8.000.000")
    assert "tăng 2 suất" in drafted(cast, version)
    parts = from_seal(issued.seal)
    head = head_of(parts, cast.provincial_officer, None, None, "")
    assert "tăng 12 suất" in words(lay_out(parts, head))
    assert not [*SealProof().findings(lambda done: None), *ReportProof().findings(lambda done: None)]


def test_a_report_that_was_sent_keeps_what_it_compared_with(cast: Cast) -> None:
    version = publish()
    accepted(cast, version, THEN, gifts="40", money="8.000.000")
    report = accepted(cast, version, gifts="52", money="9.000.000")
    accepted(cast, version, THEN, gifts="50", money="8.000.000")
    assert "tăng 12 suất" in words(unit_report(report=report, at=AT))


def test_a_restatement_says_the_figures_of_its_own_day(cast: Cast) -> None:
    version = publish()
    both_years(cast, version)
    first = issue(cast, version)
    accepted(cast, version, gifts="60", money="9.000.000")
    again = restate_issue(issued=first, reason="Bổ sung", signer=cast.provincial_officer, actor=cast.clerk, at=AT)
    assert "Đã trao 60 suất, tăng 20 suất" in again.document.text


def test_a_field_that_means_nothing_holds_the_report_back(cast: Cast) -> None:
    report = draft(cast.local_volunteer, publish(), words="Đã trao {{qua}}.", gifts="3", money="900.000")
    with pytest.raises(InvalidInput) as refusal:
        mark_ready(submission=report, actor=cast.local_volunteer, at=AT)
    assert [fault.where for fault in refusal.value.faults] == ["danh_gia"]


@pytest.fixture
def planned(cast: Cast) -> TemplateVersion:
    """The commune asks 4 gifts of the local union, the province 10 of the commune; both print it."""
    version = publish("Đã trao {{gifts}}, {{gifts.phan_tram_ke_hoach}}.", beside=("plan", "percent"))
    for post, unit, gifts in (
        (cast.provincial_officer, cast.commune, "10"),
        (cast.commune_officer, cast.local, "4"),
    ):
        give_targets(version=version, period=PERIOD, values={(unit.pk, "gifts"): gifts}, actor=post, at=AT)
    return version


def table(document: OfficialDocument) -> Table:
    return next(block for block in document.body if isinstance(block, Table))


def test_the_own_report_prints_its_plan_and_how_much_of_it_that_is(cast: Cast, planned: TemplateVersion) -> None:
    report = sent(cast.local_volunteer, planned, gifts="3", money="900.000")
    document = unit_report(report=report, at=AT)
    assert [column.title for column in table(document).columns[3:]] == ["Số lượng", "Kế hoạch", "% kế hoạch"]
    assert table(document).rows[0][3:] == ("3", "4", "75,0")
    assert "Đã trao 3 suất, đạt 75,0 % kế hoạch." in words(document)
    text = " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(to_pdf(document)))
    assert "75,0" in text


def test_a_plan_changed_later_changes_nothing_that_was_sent(cast: Cast, planned: TemplateVersion) -> None:
    report = sent(cast.local_volunteer, planned, gifts="3", money="900.000")
    Target.objects.all().delete()
    assert table(unit_report(report=report, at=AT)).rows[0][3:] == ("3", "4", "75,0")
    assert not list(ReportProof().findings(lambda done: None))


def test_a_unit_with_units_below_compares_its_branch_with_its_plan(cast: Cast, planned: TemplateVersion) -> None:
    accepted(cast, planned, gifts="3", money="900.000")
    report = sent(cast.commune_officer, planned, gifts="2", money="0")
    assert table(unit_report(report=report, at=AT)).rows[0][3:] == ("2", "5", "10", "50,0")


def test_without_plans_there_is_no_column(cast: Cast) -> None:
    report = draft(cast.local_volunteer, publish(beside=("plan", "percent")), gifts="3", money="900.000")
    assert len(table(unit_report(report=report, at=AT)).columns) == 4


def test_a_figure_of_the_same_name_measured_otherwise_is_not_compared(cast: Cast) -> None:
    accepted(cast, publish(), THEN, gifts="40", money="8.000.000")
    version = publish(first="2026-Q1", unit="túi")
    assert version.number == 2
    assert "Đã trao 52 túi, chưa có số cùng kỳ năm trước." in own(cast, version, gifts="52")


def test_small_counts_are_stars_in_the_words_too(cast: Cast) -> None:
    text = "Đã giúp {{hardship}} khó khăn, {{hardship.thay_doi_ky_truoc}}, trên {{members}}."
    raw = yaml.safe_load(secrets.YAML) | {"narrative": [{"code": "chung", "title": "Đánh giá", "text": text}]}
    version = secrets.publish(yaml.safe_dump(raw))
    for of, counts in ((cast.province, (0, 0)), (cast.local, (3, 2))):
        secrets.report(version, of, counts)
    Submission.objects.update(narrative={"chung": text})
    secrets.sealed(cast.provincial_officer)
    officer, at = cast.provincial_officer, secrets.EARLY  # before the due date nothing of such a count is shown
    told = words(draft_document(version=version, period=secrets.PERIOD, unit=cast.province, signer=officer, at=at))
    assert "Đã giúp * người khó khăn, thay đổi * so với kỳ trước, trên 100 người." in told
    assert SUPPRESSED in told
    small = Submission.objects.get(unit=cast.local)
    own_words = words(unit_report(report=small, at=at))
    assert "Đã giúp 5 người khó khăn, chưa có số kỳ trước, trên 50 người." in own_words
    seen_above = words(unit_report(report=small, at=at, viewer=cast.commune))
    assert "Đã giúp * người khó khăn, thay đổi * so với kỳ trước, trên 50 người." in seen_above


def test_a_small_count_that_another_paper_printed_otherwise_is_not_compared(cast: Cast) -> None:
    codes = secrets.CODES[:3]
    version = secrets.publish()
    definition = load(version.definition)
    now = Alongside({}, {"last_year": Earlier("2025-Q1", {code: Cell(CellState.VALUE, 30) for code in codes})})
    same = {"last_year": {code: Cell(CellState.VALUE, 30) for code in codes}}
    assert kept_hidden(definition, now, [same, {}]) == now
    other = {"last_year": {"hardship": Cell(CellState.VALUE, 29), "members": Cell(CellState.VALUE, 29)}}
    kept = kept_hidden(definition, now, [same, other]).earlier["last_year"].cells
    assert [code for code in codes if kept[code] == HIDDEN] == ["hardship"]
