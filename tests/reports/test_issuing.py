"""The consolidated report becomes an official document, once."""

from __future__ import annotations

import io

import docx
import pytest

from nhipcau.audit.models import Entry
from nhipcau.core.errors import Conflict, NotAllowed, NotFound
from nhipcau.documents.actions import register_outgoing, void_entry
from nhipcau.documents.models import RegisterEntry, StoredFile
from nhipcau.documents.storing import files
from nhipcau.reader import read_bytes, to_json
from nhipcau.reports.issuing import editions
from nhipcau.reports.issuing.editions import draft_document, issue_report
from nhipcau.reports.models import IssuedReport, Seal, TemplateVersion
from nhipcau.reports.sealing.seals import contributors_of
from tests import quarterly
from tests.cast import NOW, TODAY, Cast
from tests.quarterly import LATER, PERIOD


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
    return version


def issue(cast: Cast, version: TemplateVersion) -> IssuedReport:
    return issue_report(
        version=version,
        period=PERIOD,
        unit=cast.province,
        signer=cast.provincial_officer,
        actor=cast.clerk,
        at=LATER,
    )


@pytest.fixture
def issued(cast: Cast, version: TemplateVersion) -> IssuedReport:
    quarterly.send(cast.provincial_officer, version)
    return issue(cast, version)


def words(issued: IssuedReport) -> str:
    document = docx.Document(io.BytesIO(files.read(issued.docx)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_it_takes_the_next_number_of_the_register(issued: IssuedReport) -> None:
    assert issued.document.number == "02/BC-LĐLĐ"
    assert RegisterEntry.objects.filter(number=2).get().document == issued.document


def test_the_word_file_holds_the_figures_the_gaps_and_the_letters(issued: IssuedReport) -> None:
    text = words(issued)
    for wanted in ("900.000", "2,5", "2/6 đơn vị", "01/KH-LĐLĐ", "Công đoàn cơ sở Xí nghiệp Gạch Sơn Ca"):
        assert wanted in text


def test_our_own_reader_reads_it_back(issued: IssuedReport) -> None:
    found = to_json(read_bytes(files.read(issued.docx), "bao-cao.docx"))
    assert (found["doc_type"], found["number"], found["date"]) == ("báo cáo", "02/BC-LĐLĐ", "2026-04-06")
    assert found["signer"]["authority"] == "TM. BAN THƯỜNG VỤ"
    assert "01/KH-LĐLĐ" in [cited["symbol"] for cited in found["cited"]]


def test_issuing_again_is_the_same_number_and_file(
    cast: Cast, version: TemplateVersion, issued: IssuedReport
) -> None:
    again = issue(cast, version)
    assert (again.pk, again.document.number) == (issued.pk, issued.document.number)
    assert RegisterEntry.objects.count() == 2
    assert Entry.objects.filter(action="reports.issued").count() == 1


def test_the_number_of_an_issued_report_cannot_be_struck(cast: Cast, issued: IssuedReport) -> None:
    with pytest.raises(Conflict, match="báo cáo đã phát hành"):
        void_entry(entry=issued.document.entry, reason="ghi nhầm", actor=cast.clerk, at=LATER)


def test_it_names_who_contributed(issued: IssuedReport, cast: Cast) -> None:
    behind = Seal.objects.filter(pk__in=contributors_of(issued.seal))
    assert {seal.unit_id for seal in behind} == {cast.local.pk}
    assert issued.seal.unit == cast.province


def test_before_the_own_report_is_accepted_nothing_is_numbered(cast: Cast, version: TemplateVersion) -> None:
    with pytest.raises(Conflict, match="chưa được tiếp nhận"):
        issue(cast, version)
    assert RegisterEntry.objects.count() == 1


def test_only_the_units_own_clerk_issues(cast: Cast, version: TemplateVersion) -> None:
    quarterly.send(cast.provincial_officer, version)
    with pytest.raises((NotAllowed, NotFound)):
        issue_report(
            version=version,
            period=PERIOD,
            unit=cast.province,
            signer=cast.provincial_officer,
            actor=cast.commune_officer,
            at=LATER,
        )
    assert not IssuedReport.objects.exists()


def test_if_printing_fails_the_number_is_given_back(
    cast: Cast, version: TemplateVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    quarterly.send(cast.provincial_officer, version)

    def full(_document: object) -> bytes:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(editions, "to_pdf", full)
    with pytest.raises(OSError, match="space"):
        issue(cast, version)
    assert RegisterEntry.objects.count() == 1
    assert not IssuedReport.objects.exists()
    monkeypatch.undo()
    assert issue(cast, version).document.number == "02/BC-LĐLĐ"


def test_the_draft_leaves_number_and_date_blank(cast: Cast, version: TemplateVersion) -> None:
    quarterly.send(cast.provincial_officer, version)
    draft = draft_document(
        version=version, period=PERIOD, unit=cast.province, signer=cast.provincial_officer, at=LATER
    )
    assert (draft.number, draft.symbol, draft.issued_on) == (None, "BC-LĐLĐ", None)
    assert StoredFile.objects.count() == 0
