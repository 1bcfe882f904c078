"""Biên bản bàn giao: two officers, what the post had in hand, and where both sign."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from nhipcau.core.clock import VN
from nhipcau.core.official import Block, Column, Heading, OfficialDocument, Paragraph, Signer, Table, roman
from nhipcau.org.models import Appointment, Handover
from nhipcau.org.queries import name_of, parent_of

BLANK = "…………………………………"
SIGNED = "(Ký, ghi rõ họ tên)"


def document_of(handover: Handover) -> OfficialDocument:
    """The minutes; without a successor yet, the receiver's name is left for the pen, as are number and day."""
    held = handover.appointment
    post, day = held.post, held.valid_to or held.valid_from
    unit, above = name_of(post.unit, day), parent_of(post.unit, day)
    taker = _successor(held)
    return OfficialDocument(
        issuer=unit.name,
        parent_issuer=name_of(above, day).name if above else None,
        doc_type="biên bản",
        subject=f"Bàn giao công việc của chức danh {post.title}",
        symbol=f"BB-{unit.symbol}",
        place=unit.place,
        body=tuple(_body(handover, taker)),
        signer=Signer("Bên nhận", None, taker.person.name if taker else None, SIGNED),
        beside=Signer("Bên giao", None, held.person.name, SIGNED),
    )


def _successor(held: Appointment) -> Appointment | None:
    later = Appointment.objects.filter(post=held.post_id, valid_from__gte=held.valid_to or held.valid_from)
    return later.exclude(pk=held.pk).select_related("person").order_by("valid_from", "pk").first()


def _body(handover: Handover, taker: Appointment | None) -> Iterator[Block]:
    held, number = handover.appointment, map(roman, count(1))
    yield Heading(f"{next(number)}. THÀNH PHẦN")
    yield Paragraph(f"Bên giao: {held.person.name}, {held.post.title}{_until(held)}.")
    yield Paragraph(f"Bên nhận: {taker.person.name if taker else BLANK}, {held.post.title}{_from(taker)}.")
    yield Heading(f"{next(number)}. NỘI DUNG BÀN GIAO")
    moment = handover.made_at.astimezone(VN)
    yield Paragraph(f"Theo hệ thống lúc {moment:%H:%M} ngày {moment:%d/%m/%Y}.")
    for place, one in enumerate(handover.contents, start=1):
        yield Heading(f"{place}. {one['title']}", level=2)
        columns = (
            Column("TT", 0.5, "center"),
            *(Column(title, 4.0 if n == 0 else 2.0) for n, title in enumerate(one["columns"])),
        )
        yield Table(columns, tuple((str(n), *row) for n, row in enumerate(one["rows"], start=1)))
    if not handover.contents:
        yield Paragraph("Không có việc nào đang dở.")
    yield Heading(f"{next(number)}. Ý KIẾN CỦA HAI BÊN")
    yield Paragraph("…" * 60)
    yield Paragraph("Biên bản được lập thành 02 bản, mỗi bên giữ 01 bản.")


def _until(held: Appointment) -> str:
    return f", thôi giữ từ ngày {held.valid_to:%d/%m/%Y}" if held.valid_to else ""


def _from(taker: Appointment | None) -> str:
    return f", giữ từ ngày {taker.valid_from:%d/%m/%Y}" if taker else ""
