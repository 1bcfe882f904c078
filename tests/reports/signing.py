"""A report out for signature, and what the tests do with it."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import docx
import pytest

from nhipcau.core.errors import InvalidInput
from nhipcau.documents.actions import register_outgoing
from nhipcau.documents.storing import files
from nhipcau.reports.filling.drafting import DraftChanges, save_draft
from nhipcau.reports.filling.workflow import mark_ready, submit
from nhipcau.reports.issuing.signing import (
    attach_signed,
    number,
    open_for_signature,
    read_back,
)
from nhipcau.reports.models import IssuedReport, SigningDraft, TemplateVersion
from tests import quarterly
from tests.cast import NOW, TODAY, Cast
from tests.quarterly import LATER, PERIOD

DAY = dt.date(2026, 4, 6)
WORDS = "Đã trao quà đúng đối tượng.\nCác công đoàn cơ sở gửi báo cáo đúng hạn."


def ready_to_sign(cast: Cast) -> TemplateVersion:
    """The local figures and the province's own part are accepted; one letter stands in the register."""
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
    officer = cast.provincial_officer
    report = quarterly.draft(officer, version)
    changes = DraftChanges(edits=report.edits, narrative={"danh_gia": WORDS})
    report = save_draft(submission=report, changes=changes, actor=officer, at=LATER)
    submit(submission=mark_ready(submission=report, actor=officer, at=LATER), actor=officer, at=LATER)
    return version


def opened(cast: Cast, version: TemplateVersion, **more: Any) -> SigningDraft:
    officer = cast.provincial_officer
    return open_for_signature(
        version=version, period=PERIOD, unit=cast.province, signer=officer, actor=officer, at=LATER, **more
    )


def edited(draft: SigningDraft, change: Callable[[Any], object]) -> bytes:
    """The draft's file after the leader was at it."""
    document = docx.Document(io.BytesIO(files.read(draft.docx)))
    change(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def paragraph(document: Any, start: str) -> Any:
    return next(one for one in document.paragraphs if one.text.startswith(start))


def table(document: Any, label: str) -> Any:
    return next(t for t in document.tables if any(label in cell.text for row in t.rows for cell in row.cells))


def cell(document: Any, label: str, column: int = 3) -> Any:
    return next(
        row.cells[column] for t in document.tables for row in t.rows if label in [c.text for c in row.cells]
    )


def back(cast: Cast, draft: SigningDraft, change: Callable[[Any], object]) -> Any:
    data = edited(draft, change)
    return read_back(draft=draft, data=data, name="Sếp sửa.docx", actor=cast.provincial_officer, at=LATER)


def refused(cast: Cast, draft: SigningDraft, change: Callable[[Any], object]) -> str:
    """The faults of the file, one a line; nothing of it is kept."""
    with pytest.raises(InvalidInput) as refusal:
        back(cast, draft, change)
    again = SigningDraft.objects.get(pk=draft.pk)
    assert (again.narrative, again.read_back_id, again.docx_id) == (draft.narrative, None, draft.docx_id)
    return "\n".join(map(str, refusal.value.faults))


def numbered(cast: Cast, draft: SigningDraft, **more: Any) -> SigningDraft:
    return number(draft=draft, signed_on=DAY, actor=cast.clerk, at=LATER, **more)


def attach(cast: Cast, draft: SigningDraft, data: bytes, name: str = "ban ky.pdf") -> IssuedReport:
    return attach_signed(draft=draft, data=data, name=name, actor=cast.clerk, at=LATER)


def corrected(cast: Cast, version: TemplateVersion) -> None:
    """The local union corrects its gifts from 3 to 4."""
    quarterly.accepted(cast, version, gifts="4", money="900.000", hours="2,5")
