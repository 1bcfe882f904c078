"""Letters with invented names, as plain text files."""

from __future__ import annotations

import datetime as dt

from nhipcau.documents.actions import confirm, proposed, receive
from nhipcau.documents.models import Document, RegisterEntry
from nhipcau.org.models import Post
from tests.cast import NOW

RECEIVED = dt.date(2026, 3, 12)
SUBJECT = "Tổ chức Tháng An toàn, vệ sinh lao động năm 2026"
REFUSED = "Lập danh sách lao động tham gia lãn công tuần qua"

PLAN = """TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
LIÊN ĐOÀN LAO ĐỘNG TỈNH SÔNG LAM                 Độc lập - Tự do - Hạnh phúc

Số: {number}                                        Sông Lam, ngày {day} tháng 3 năm 2026

KẾ HOẠCH
{subject}

Thực hiện Hướng dẫn số 12/HD-TLĐ ngày 02/02/2026 của Tổng Liên đoàn về an toàn lao động, Liên đoàn Lao động tỉnh
xây dựng kế hoạch như sau:

I. NỘI DUNG
1. Công đoàn cấp trên cơ sở tổ chức tập huấn an toàn, vệ sinh lao động cho công đoàn cơ sở trước ngày 10/5/2026.
2. Công đoàn cấp trên cơ sở báo cáo kết quả về Ban Chính sách trước ngày 31/5/2026.

Nơi nhận:                                         TM. BAN THƯỜNG VỤ
- Các công đoàn cấp trên cơ sở;                          CHỦ TỊCH
- Lưu: VT.

                                                     Lê Thị Minh Họa
"""


def plan(number: str = "56/KH-LĐLĐ", subject: str = SUBJECT, day: str = "10") -> bytes:
    """A provincial plan with two obligations."""
    return PLAN.format(number=number, subject=subject, day=day).encode()


def arrive(actor: Post, data: bytes | None = None, name: str = "ke-hoach.txt") -> Document:
    """The letter as received by the actor's unit."""
    return receive(
        unit=actor.unit,
        data=plan() if data is None else data,
        name=name,
        received_on=RECEIVED,
        actor=actor,
        at=NOW,
    )


def register(actor: Post, document: Document) -> RegisterEntry:
    """Confirmed just as the reader found it."""
    return confirm(document=document, fields=proposed(document), actor=actor, at=NOW)


def registered(actor: Post, data: bytes | None = None) -> Document:
    """The letter in the register of the actor's unit."""
    return register(actor, arrive(actor, data)).document or Document()
