"""A draft that went out for signature: its words, its state and its signed copy are what the log says."""

from __future__ import annotations

import datetime as dt

import pytest

from nhipcau.audit import actions, verifying
from nhipcau.press.pdf import to_pdf
from nhipcau.reports.issuing.signing import attach_signed, number, open_for_signature, paper, withdraw
from nhipcau.reports.models import IssuedReport, SigningDraft
from tests import quarterly
from tests.cast import Cast
from tests.ops.tampering import sentences
from tests.quarterly import LATER, PERIOD


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifying, "ANCHOR_PATIENCE", 0)


@pytest.fixture
def issued(cast: Cast) -> IssuedReport:
    """One draft withdrawn after it was numbered, the next one signed and issued."""
    version = quarterly.publish()
    quarterly.accepted(cast, version, gifts="3", money="900.000", hours="2,5")
    officer, clerk = cast.provincial_officer, cast.clerk
    quarterly.send(officer, version)

    def numbered() -> SigningDraft:
        draft = open_for_signature(
            version=version, period=PERIOD, unit=cast.province, signer=officer, actor=officer, at=LATER
        )
        return number(draft=draft, signed_on=dt.date(2026, 4, 6), actor=clerk, at=LATER)

    withdraw(draft=numbered(), reason="ký nhầm bản", actor=clerk, at=LATER)
    draft = numbered()
    made = attach_signed(draft=draft, data=to_pdf(paper(draft)), name="a.pdf", actor=clerk, at=LATER)
    actions.seal(at=LATER)
    return made


def test_the_whole_way_through_signature_is_clean(issued: IssuedReport) -> None:
    assert sentences() == []


def test_words_state_and_copy_that_were_touched_are_named(issued: IssuedReport) -> None:
    draft = SigningDraft.objects.filter(document=issued.document)
    draft.update(narrative={"danh_gia": "Lời khác."}, state="withdrawn")
    IssuedReport.objects.update(signed_copy=issued.docx)
    found = "\n".join(sentences())
    assert "số 02/BC-LĐLĐ: lời văn khác với nhật ký" in found
    assert "bản đã ký, đóng dấu đã bị thay" in found
    assert "số 02/BC-LĐLĐ mang trạng thái «đã rút»" in found
    assert "01/BC-LĐLĐ" not in found
