"""The closing report: made from the figures, each of which leads to its activities; signed, numbered, issued."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from nhipcau.activities.actions import withdraw_activity
from nhipcau.boundary import BoundaryRefused
from nhipcau.campaigns import closing
from nhipcau.campaigns.actions import close
from nhipcau.campaigns.closing_paper import document_of
from nhipcau.campaigns.figures import behind, changed_since, total
from nhipcau.campaigns.models import ClosingReport, ClosingSource, ClosingState
from nhipcau.campaigns.verifying import ClosingProof
from nhipcau.core.errors import Conflict, InvalidInput, NotFound
from nhipcau.core.official import Table, plain_text
from nhipcau.documents.actions import void_entry
from nhipcau.documents.storing import files
from nhipcau.press.pdf import to_pdf
from tests.campaigns import scenes
from tests.campaigns.test_coverage import officer
from tests.cast import NOW, TODAY, Cast
from tests.refusals import by_field

WORDS = {"danh_gia": "Các đơn vị tổ chức nghiêm túc.", "kho_khan": "", "kien_nghi": "Cấp thêm tài liệu."}


def drafted(cast: Cast) -> ClosingReport:
    """Two sessions of two units, then the close."""
    campaign = scenes.opened(cast)
    scenes.talked(campaign, cast.local_volunteer, talks=2, came=300)
    scenes.talked(campaign, officer(cast.sibling_local), came=150)
    close(campaign=campaign, actor=cast.provincial_officer, at=NOW)
    return closing.draft_report(campaign=campaign, actor=cast.provincial_officer, at=NOW)


def written(cast: Cast) -> ClosingReport:
    return closing.write_report(
        report=drafted(cast),
        narrative=WORDS,
        authority="TM. BAN THƯỜNG VỤ",
        signer=cast.provincial_officer,
        actor=cast.provincial_officer,
        at=NOW,
    )


def numbered(cast: Cast) -> ClosingReport:
    return closing.number_report(report=written(cast), signed_on=TODAY, actor=cast.clerk, at=NOW)


def test_every_figure_is_the_sum_of_its_activities(cast: Cast) -> None:
    report = drafted(cast)
    assert (report.figures["held"], report.figures["expected"]) == (2, 3)
    for key, value in (("sessions", 3), ("reached", 450)):
        assert total(report.figures, key) == value == sum(one.values[key] for one in behind(report, key))
    assert {one.activity.unit_id for one in behind(report, "reached")} == {cast.local.pk, cast.sibling_local.pk}


def test_the_paper_says_figures_gaps_and_words_and_has_a_blank_number(cast: Cast) -> None:
    paper = document_of(written(cast))
    text = plain_text(paper)
    assert paper.number is None and paper.symbol == "BC-LĐLĐ"
    for said in ("450 lượt người dự", "Trường Tiểu học Hải Long", "Cấp thêm tài liệu.", "Giảm tai nạn lao động"):
        assert said in text
    table = next(block for block in paper.body if isinstance(block, Table))
    assert ("1", "Đơn vị đã tổ chức", "đơn vị", "3", "2") in table.rows
    assert "KHÓ KHĂN" not in text
    assert to_pdf(paper).startswith(b"%PDF")


def test_it_is_made_of_a_closed_campaign_only(cast: Cast) -> None:
    with pytest.raises(Conflict):
        closing.draft_report(campaign=scenes.opened(cast), actor=cast.provincial_officer, at=NOW)


def test_what_changed_behind_it_is_named_and_read_anew(cast: Cast) -> None:
    report = written(cast)
    held = behind(report, "reached")[0].activity
    withdraw_activity(activity=held, reason="ghi nhầm", actor=held.recorded_by, at=NOW)  # type: ignore[arg-type]
    assert [one.activity for one in changed_since(report)] == [held]
    again = closing.draft_report(campaign=report.campaign, actor=cast.provincial_officer, at=NOW)
    assert changed_since(again) == []
    assert total(again.figures, "reached") < 450 and again.narrative == WORDS


def printed(report: ClosingReport, number: str) -> bytes:
    return to_pdf(document_of(report, number, TODAY))


def test_it_is_numbered_in_the_register_and_issued_with_the_signed_copy(cast: Cast) -> None:
    report = numbered(cast)
    assert report.document is not None and report.document.number == "01/BC-LĐLĐ"
    assert closing.number_report(report=report, signed_on=TODAY, actor=cast.clerk, at=NOW) == report
    with pytest.raises(InvalidInput):
        closing.attach_signed(report=report, data=b"plain", name="ban ky.txt", actor=cast.clerk, at=NOW)
    signed = printed(report, report.document.number)
    issued = closing.attach_signed(report=report, data=signed, name="a.pdf", actor=cast.clerk, at=NOW)
    assert issued.state == ClosingState.ISSUED
    assert issued.signed_copy is not None and files.read(issued.signed_copy) == signed


def test_the_copy_of_another_letter_is_asked_about(cast: Cast) -> None:
    report = numbered(cast)
    other = dataclasses.replace(document_of(report, "99/BC-KHAC", TODAY), check_code="khác")
    with pytest.raises(InvalidInput) as refusal:
        closing.attach_signed(report=report, data=to_pdf(other), name="b.pdf", actor=cast.clerk, at=NOW)
    assert "sure" in by_field(refusal.value)
    sure = closing.attach_signed(
        report=report, data=to_pdf(other), name="b.pdf", actor=cast.clerk, at=NOW, sure=True
    )
    assert sure.state == ClosingState.ISSUED


def test_a_number_given_by_mistake_is_struck_and_the_report_is_a_draft_again(cast: Cast) -> None:
    report = numbered(cast)
    entry = report.document.entry  # type: ignore[union-attr]
    with pytest.raises(Conflict, match="báo cáo kết thúc"):
        void_entry(entry=entry, reason="nhầm", actor=cast.clerk, at=NOW)
    back = closing.take_back(report=report, reason="sai ngày ký", actor=cast.clerk, at=NOW)
    entry.refresh_from_db()
    assert (back.state, entry.void_reason) == (ClosingState.DRAFT, "sai ngày ký")
    again = closing.number_report(report=back, signed_on=TODAY, actor=cast.clerk, at=NOW)
    assert again.document is not None and again.document.number == "02/BC-LĐLĐ"


def test_it_needs_a_signer_and_a_day_between_draft_and_today(cast: Cast) -> None:
    report = drafted(cast)
    with pytest.raises(Conflict, match="người ký"):
        closing.number_report(report=report, signed_on=TODAY, actor=cast.clerk, at=NOW)
    with pytest.raises(InvalidInput):
        tomorrow = TODAY + dt.timedelta(days=1)
        closing.number_report(
            report=closing.write_report(
                report=report,
                narrative=WORDS,
                authority="",
                signer=cast.provincial_officer,
                actor=cast.provincial_officer,
                at=NOW,
            ),
            signed_on=tomorrow,
            actor=cast.clerk,
            at=NOW,
        )


def test_refused_words_are_refused_and_only_the_clerk_numbers(cast: Cast) -> None:
    report = drafted(cast)
    with pytest.raises(BoundaryRefused):
        closing.write_report(
            report=report,
            narrative={"danh_gia": scenes.REFUSED},
            authority="",
            signer=cast.provincial_officer,
            actor=cast.provincial_officer,
            at=NOW,
        )
    with pytest.raises(NotFound):
        closing.draft_report(campaign=report.campaign, actor=cast.local_volunteer, at=NOW)


def test_verify_finds_figures_and_sources_that_were_tampered_with(cast: Cast) -> None:
    report = drafted(cast)
    assert list(ClosingProof().findings(lambda n: None)) == []
    ClosingSource.objects.filter(report=report).update(values={"sessions": 9, "reached": 9})
    assert len(list(ClosingProof().findings(lambda n: None))) == 1
