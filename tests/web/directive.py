"""A directive with invented names, as the Word file a provincial office would send, and its way into the system."""

from __future__ import annotations

import datetime as dt

from nhipcau.core.official import Heading, OfficialDocument, Paragraph, Signer
from nhipcau.documents.actions import confirm, proposed, receive
from nhipcau.documents.models import Document
from nhipcau.org.models import Post
from nhipcau.press.docx import to_docx
from nhipcau.tasks.actions import assign_all, reissue
from nhipcau.tasks.models import Assignment, AssignmentRole, Task
from tests.cast import NOW, Cast

RECEIVED = dt.date(2026, 3, 12)
TRAINING = "Các công đoàn cơ sở tổ chức tập huấn an toàn, vệ sinh lao động trước ngày 10/5/2026."
REPORT = "Các công đoàn cơ sở báo cáo kết quả về công đoàn cấp trên chậm nhất ngày 30/5/2026."
OUTSIDE = "Các công đoàn cơ sở lập danh sách lao động tham gia lãn công trước ngày 15/5/2026."


def directive(*lines: str, number: str = "56/KH-LĐLĐ", subject: str = "") -> bytes:
    """A plan of the province as .docx; by default it asks for a training, a report and one thing it must not."""
    return to_docx(
        OfficialDocument(
            parent_issuer="TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM",
            issuer="LIÊN ĐOÀN LAO ĐỘNG TỈNH ĐÔNG GIANG",
            doc_type="kế hoạch",
            number=number,
            subject=subject or "Tổ chức Tháng An toàn, vệ sinh lao động năm 2026",
            place="Đông Giang",
            issued_on=dt.date(2026, 3, 10),
            body=(
                Paragraph(
                    "Thực hiện Hướng dẫn số 12/HD-TLĐ ngày 02/02/2026 về an toàn lao động, kế hoạch như sau:"
                ),
                Heading("Nội dung"),
                *(
                    Paragraph(f"{n}. {line}")
                    for n, line in enumerate(lines or (TRAINING, REPORT, OUTSIDE), start=1)
                ),
            ),
            recipients=("Các công đoàn cấp trên cơ sở", "Lưu: VT"),
            signer=Signer("TM. BAN THƯỜNG VỤ", "CHỦ TỊCH", "Lê Thị Minh Họa"),
        )
    )


def arrived(actor: Post, data: bytes | None = None) -> Document:
    """The directive at the actor's unit, waiting for a person."""
    return receive(
        unit=actor.unit,
        data=data or directive(),
        name="Kế hoạch ATVSLĐ.docx",
        received_on=RECEIVED,
        actor=actor,
        at=NOW,
    )


def registered(actor: Post, data: bytes | None = None) -> Document:
    """The directive in the actor's register, as the reader found it."""
    document = arrived(actor, data)
    confirm(document=document, fields=proposed(document), actor=actor, at=NOW)
    return Document.objects.get(pk=document.pk)


def handed_out(cast: Cast) -> Task:
    """The first obligation, handed by the province to both communes."""
    document = registered(cast.clerk)
    first = document.obligations.order_by("position").first()
    assert first is not None
    return assign_all(document=document, obligations=[first], actor=cast.provincial_officer, at=NOW)[0]


def at_commune(cast: Cast) -> Assignment:
    """What the commune was given."""
    return handed_out(cast).assignments.get(unit=cast.commune)


def at_local(cast: Cast) -> Assignment:
    """What the local union was given by its commune, which passed the province's task on."""
    lead = {cast.local: AssignmentRole.LEAD, cast.other_local: AssignmentRole.LEAD}
    task = reissue(assignment=at_commune(cast), units=lead, actor=cast.commune_officer, at=NOW)
    return task.assignments.get(unit=cast.local)
