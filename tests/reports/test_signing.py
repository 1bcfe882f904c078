"""Trình ký: out with a blank number, numbered after signature, issued with the signed copy, or withdrawn."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from typing import Any

import docx
import pytest

from nhipcau.audit.models import Entry
from nhipcau.core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from nhipcau.documents.actions import void_entry
from nhipcau.documents.models import DocumentState, RegisterEntry
from nhipcau.documents.outgoing.signedcopy import is_digitally_signed
from nhipcau.documents.storing import files
from nhipcau.documents.storing.media import JPEG, PNG
from nhipcau.documents.storing.photos import without_metadata
from nhipcau.press.pdf import to_pdf
from nhipcau.reports.issuing.drafts import changed_below, draft_behind, get_draft_for, visible_drafts
from nhipcau.reports.issuing.editions import issue_report
from nhipcau.reports.issuing.signing import (
    attach_signed,
    number,
    open_for_signature,
    paper,
    withdraw,
)
from nhipcau.reports.models import IssuedReport, Seal, SigningDraft, SigningState, TemplateVersion
from nhipcau.reports.sealing.seals import words_of
from tests.cast import Cast
from tests.quarterly import LATER, PERIOD
from tests.reports.signing import DAY, WORDS, attach, back, corrected, numbered, opened, paragraph, ready_to_sign


@pytest.fixture
def version(cast: Cast) -> TemplateVersion:
    return ready_to_sign(cast)


@pytest.fixture
def draft(cast: Cast, version: TemplateVersion) -> SigningDraft:
    return opened(cast, version)


# --- opening -------------------------------------------------------------------------------------


def test_the_draft_has_sealed_figures_and_no_number(cast: Cast, draft: SigningDraft) -> None:
    document = paper(draft)
    assert (document.number, document.issued_on, draft.state) == (None, None, SigningState.OUT)
    assert words_of(draft.seal)["printed"]["coverage"]["accepted"] == 2
    assert draft.narrative == {"danh_gia": WORDS}
    assert RegisterEntry.objects.count() == 1
    assert not IssuedReport.objects.exists()


def test_opening_again_is_the_same_draft(cast: Cast, version: TemplateVersion, draft: SigningDraft) -> None:
    assert opened(cast, version) == draft
    assert Seal.objects.filter(kind="issued").count() == 1


def test_only_the_units_own_officers_open_and_see_it(
    cast: Cast, version: TemplateVersion, draft: SigningDraft
) -> None:
    with pytest.raises((NotAllowed, NotFound)):
        withdraw(draft=draft, reason="không phải việc của tôi", actor=cast.commune_officer, at=LATER)
    assert not visible_drafts(cast.scope(cast.commune_officer, LATER)).exists()
    with pytest.raises(NotFound):
        get_draft_for(cast.scope(cast.stranger, LATER), draft.uid)
    with pytest.raises(InvalidInput):
        withdrawn = withdraw(draft=draft, reason="chọn lại người ký", actor=cast.clerk, at=LATER)
        assert withdrawn.state == SigningState.WITHDRAWN
        open_for_signature(
            version=version,
            period=PERIOD,
            unit=cast.province,
            signer=cast.commune_officer,
            actor=cast.clerk,
            at=LATER,
        )


# --- number, signed copy, issue ------------------------------------------------------------------


def test_the_clerk_numbers_it_after_signature_and_nothing_is_issued_yet(cast: Cast, draft: SigningDraft) -> None:
    back(cast, draft, lambda d: setattr(paragraph(d, "Đã trao quà"), "text", "Đã trao quà sớm."))
    draft.refresh_from_db()
    done = numbered(cast, draft)
    assert done.document is not None
    assert (done.document.number, done.document.dated) == ("02/BC-LĐLĐ", DAY)
    assert done.state == SigningState.NUMBERED
    assert not IssuedReport.objects.exists()
    assert done.document.original is not None
    text = "\n".join(p.text for p in docx.Document(io.BytesIO(files.read(done.document.original))).paragraphs)
    assert "Đã trao quà sớm." in text
    assert numbered(cast, done).document == done.document
    assert RegisterEntry.objects.count() == 2


@pytest.mark.parametrize("day", [dt.date(2026, 4, 5), dt.date(2026, 4, 7)])
def test_the_day_of_signature_lies_between_the_draft_and_today(
    cast: Cast, draft: SigningDraft, day: dt.date
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        number(draft=draft, signed_on=day, actor=cast.clerk, at=LATER)
    assert "06/04/2026" in str(refusal.value.faults[0])
    assert RegisterEntry.objects.count() == 1


def test_the_reporter_does_not_number(cast: Cast, draft: SigningDraft) -> None:
    with pytest.raises((NotAllowed, NotFound)):
        number(draft=draft, signed_on=DAY, actor=cast.commune_officer, at=LATER)


def test_the_sealed_copy_issues_it(cast: Cast, draft: SigningDraft) -> None:
    with pytest.raises(Conflict, match="đã cấp số"):
        attach(cast, draft, to_pdf(paper(draft)))
    done = numbered(cast, draft)
    signed = to_pdf(paper(done)) + b"\n1 0 obj<</Type/Sig/ByteRange [0 10 20 30]>>endobj\n%%EOF"
    issued = attach(cast, done, signed)
    assert issued.document == done.document
    assert (issued.seal, issued.edition) == (draft.seal, 0)
    assert issued.signed_copy is not None
    assert files.read(issued.signed_copy) == signed
    assert is_digitally_signed(signed)
    assert attach(cast, done, b"%PDF- another") == issued
    logged = list(
        Entry.objects.filter(action__startswith="reports.").order_by("pk").values_list("action", flat=True)
    )
    assert logged[-4:] == [
        "reports.signing_opened",
        "reports.numbered",
        "reports.issued",
        "reports.copy_attached",
    ]


def test_what_is_no_scan_is_refused(cast: Cast, draft: SigningDraft) -> None:
    done = numbered(cast, draft)
    for data, name in ((b"chu", "a.txt"), (files.read(draft.docx), "a.docx"), (b"GIF89a", "a.gif")):
        with pytest.raises(InvalidInput):
            attach(cast, done, data, name)
    assert not IssuedReport.objects.exists()


def test_a_picture_loses_where_it_was_taken() -> None:
    place = b"\xff\xe1" + (8).to_bytes(2, "big") + b"GPS123"
    head, scan = b"\xff\xd8\xff\xe0\x00\x04ab", b"\xff\xda\x00\x02picture\xff\xd9"
    assert without_metadata(head + place + scan, JPEG) == head + scan
    chunk = b"\x00\x00\x00\x01eXIfa\x00\x00\x00\x00"
    end = b"\x00\x00\x00\x00IEND\x00\x00\x00\x00"
    assert without_metadata(b"\x89PNG\r\n\x1a\n" + chunk + end, PNG) == b"\x89PNG\r\n\x1a\n" + end
    for kind, data in ((JPEG, b"\xff\xd8\xff\xe1\xff\xff"), (PNG, b"\x89PNG\r\n\x1a\n" + chunk)):
        with pytest.raises(InvalidInput, match="hỏng"):
            without_metadata(data, kind)


def test_another_letter_is_not_taken_for_the_signed_copy_unless_the_clerk_is_sure(
    cast: Cast, draft: SigningDraft
) -> None:
    done = numbered(cast, draft)
    other = to_pdf(replace(paper(done), number="99/BC-LĐLĐ", check_code=None))
    with pytest.raises(InvalidInput, match="nhầm tệp"):
        attach(cast, done, other)
    assert not IssuedReport.objects.exists()
    sure = attach_signed(draft=done, data=other, name="ban ky.pdf", actor=cast.clerk, at=LATER, sure=True)
    assert sure.document.number == "02/BC-LĐLĐ"


# --- withdrawing, figures that change meanwhile, one step -----------------------------------------


def test_a_withdrawn_draft_makes_room_for_another(
    cast: Cast, version: TemplateVersion, draft: SigningDraft
) -> None:
    with pytest.raises(InvalidInput):
        withdraw(draft=draft, reason=" ", actor=cast.clerk, at=LATER)
    withdraw(draft=draft, reason="đổi người ký", actor=cast.provincial_officer, at=LATER)
    assert opened(cast, version) != draft
    with pytest.raises(Conflict, match="đã rút"):
        numbered(cast, SigningDraft.objects.get(pk=draft.pk))


def test_the_number_of_a_draft_is_struck_with_it_alone(cast: Cast, draft: SigningDraft) -> None:
    done = numbered(cast, draft)
    assert done.document is not None
    with pytest.raises(Conflict, match="rút bản trình ký"):
        void_entry(entry=done.document.entry, reason="nhầm", actor=cast.clerk, at=LATER)
    withdraw(draft=done, reason="ký nhầm bản", actor=cast.clerk, at=LATER)
    done.document.refresh_from_db()
    assert done.document.state == DocumentState.VOID
    assert done.document.entry.void_reason == "ký nhầm bản"


def test_figures_that_change_meanwhile_are_shown_and_decided_on(
    cast: Cast, version: TemplateVersion, draft: SigningDraft
) -> None:
    corrected(cast, version)
    assert [flag.cells["gifts"] for flag in changed_below(draft)] == [[3, 4]]
    with pytest.raises(Conflict, match="1 đơn vị đã thay đổi"):
        numbered(cast, draft)
    done = numbered(cast, draft, as_sealed=True)
    issued = attach(cast, done, to_pdf(paper(done)))
    assert issued.seal.flags.filter(answer="").count() == 1


def test_withdrawn_for_new_figures_the_next_draft_has_them(
    cast: Cast, version: TemplateVersion, draft: SigningDraft
) -> None:
    corrected(cast, version)
    withdraw(draft=draft, reason="số liệu đã thay đổi", actor=cast.provincial_officer, at=LATER)
    second = opened(cast, version)
    assert not changed_below(second)
    cells = [row for block in paper(second).body if hasattr(block, "rows") for row in block.rows]
    assert ("1", "Số suất quà", "suất", "4") in cells


def one_step(cast: Cast, version: TemplateVersion, **more: Any) -> IssuedReport:
    officer, clerk = cast.provincial_officer, cast.clerk
    return issue_report(
        version=version, period=PERIOD, unit=cast.province, signer=officer, actor=clerk, at=LATER, **more
    )


def test_one_step_issuing_goes_on_from_the_draft(cast: Cast, version: TemplateVersion, draft: SigningDraft) -> None:
    back(cast, draft, lambda d: setattr(paragraph(d, "Đã trao quà"), "text", "Đã trao quà sớm."))
    corrected(cast, version)
    with pytest.raises(Conflict, match="đã thay đổi"):
        one_step(cast, version)
    issued = one_step(cast, version, as_sealed=True)
    assert issued.seal == draft.seal
    assert draft_behind(issued.document) == draft
    text = "\n".join(p.text for p in docx.Document(io.BytesIO(files.read(issued.docx))).paragraphs)
    assert "Đã trao quà sớm." in text
    draft.refresh_from_db()
    with pytest.raises(Conflict, match="đã phát hành"):
        withdraw(draft=draft, reason="muộn rồi", actor=cast.clerk, at=LATER)
    with pytest.raises(Conflict, match="Báo cáo đã phát hành số 02"):
        opened(cast, version)


def test_a_numbered_draft_keeps_its_number_in_one_step(
    cast: Cast, version: TemplateVersion, draft: SigningDraft
) -> None:
    done = numbered(cast, draft)
    assert one_step(cast, version).document == done.document


def test_a_restatement_goes_through_signature_too(
    cast: Cast, version: TemplateVersion, draft: SigningDraft
) -> None:
    done = numbered(cast, draft)
    issued = attach(cast, done, to_pdf(paper(done)))
    with pytest.raises(Conflict, match="không thay đổi"):
        opened(cast, version, restates=issued, reason="chưa có gì")
    corrected(cast, version)
    with pytest.raises(InvalidInput):
        opened(cast, version, restates=issued, reason=" ")
    second = opened(cast, version, restates=issued, reason="Công đoàn cơ sở đính chính số quà.")
    assert "điều chỉnh lần 1" in paper(second).subject
    assert not back(cast, second, lambda document: None).changes
    again = attach(cast, numbered(cast, second), to_pdf(paper(second)))
    assert (again.edition, again.restates, again.document.number) == (1, issued, "03/BC-LĐLĐ")
    assert not issued.seal.flags.filter(answer="").exists()
