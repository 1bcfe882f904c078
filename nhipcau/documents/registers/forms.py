"""The forms of the registers: columns, and what stands in the cells of a line, as values and not yet as words.

Sources: Decree 30/2020/NĐ-CP, Appendix IV (incoming, outgoing, letters sent); copies are registered like outgoing
letters; of complaints and denunciations nothing is kept but number, day and handler.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, TruncDate

from nhipcau.core.clock import VN
from nhipcau.core.official import Column
from nhipcau.documents.models import Direction, Document, RegisterEntry
from nhipcau.documents.registers.routing import Routed

Cell = str | int | dt.date | None
Word = Literal["den", "di", "sao", "don", "gui"]
Fill = Callable[[RegisterEntry, Routed | None], tuple[Cell, ...]]

SENT = "sent"


@dataclass(frozen=True)
class BookForm:
    """One kind of register. `directions` are the registers its lines come from; `word` names it in addresses.

    `routed`: its cells need to know where a letter went inside the office. `day` is what a range of days means, an
    expression on its lines.
    """

    word: Word
    title: str
    directions: tuple[Direction, ...]
    columns: tuple[Column, ...]
    fill: Fill
    day: Combinable
    routed: bool = False


def _incoming(line: RegisterEntry, routed: Routed | None) -> tuple[Cell, ...]:
    letter = line.document
    return (
        letter.received_on if letter else None,
        number_of(line),
        letter.issuer if letter else "",
        letter.number if letter else "",
        letter.dated if letter else None,
        _content(letter),
        routed.receiver if routed else line.keeper,
        routed.transferred_on if routed else line.dispatched_on,
        "",
        _remarks(line),
    )


def _outgoing(line: RegisterEntry, _routed: Routed | None) -> tuple[Cell, ...]:
    letter = line.document
    return (
        letter.number if letter else number_of(line),
        letter.dated if letter else None,
        _content(letter),
        letter.signer_name if letter else "",
        "; ".join(letter.sent_to) if letter else "",
        line.keeper,
        line.copies,
        line.dispatched_on,
        "",
        _remarks(line),
    )


def _petition(line: RegisterEntry, _routed: Routed | None) -> tuple[Cell, ...]:
    return (number_of(line), line.petition_on, line.keeper, line.dispatched_on, "", _remarks(line))


def _sent(line: RegisterEntry, _routed: Routed | None) -> tuple[Cell, ...]:
    letter = line.document
    return (
        line.dispatched_on,
        letter.number if letter else number_of(line),
        "; ".join(letter.sent_to) if letter else "",
        line.copies,
        "",
        _remarks(line),
    )


def number_of(line: RegisterEntry) -> str:
    """The number as it is written in a register: "06", "06b"."""
    return f"{line.number:02d}{line.suffix}"


def _content(letter: Document | None) -> str:
    if letter is None:
        return ""
    kind = letter.doc_type[:1].upper() + letter.doc_type[1:]
    return ": ".join(filter(None, (kind, letter.subject)))


def _remarks(line: RegisterEntry) -> str:
    return "\n".join(
        filter(
            None,
            (
                line.note,
                f"Số chen: {line.suffix_reason}" if line.suffix else "",
                f"Hủy số: {line.void_reason}" if line.void_reason else "",
                "Số giữ để ghi tay" if line.is_free else "",
                *(f"Văn bản {one.told}" for one in (line.document.amendments.all() if line.document else ())),
            ),
        )
    )


_ENTERED = TruncDate("entered_at", tzinfo=VN)
_DATED = Coalesce("document__dated", _ENTERED)
# Widths in millimetres of a sheet lying across; whoever signs needs 28.
_OUTGOING_COLUMNS = (
    Column("Số, ký hiệu văn bản", 29),
    Column("Ngày tháng văn bản", 21, "center"),
    Column("Tên loại và trích yếu nội dung văn bản", 56),
    Column("Người ký", 26),
    Column("Nơi nhận văn bản", 34),
    Column("Đơn vị, người nhận bản lưu", 25),
    Column("Số lượng bản", 15, "center"),
    Column("Ngày chuyển", 21, "center"),
    Column("Ký nhận", 28),
    Column("Ghi chú", 25),
)
BOOKS: Mapping[str, BookForm] = {
    Direction.INCOMING.value: BookForm(
        "den",
        "Sổ đăng ký văn bản đến",
        (Direction.INCOMING,),
        (
            Column("Ngày đến", 21, "center"),
            Column("Số đến", 14, "center"),
            Column("Tác giả", 32),
            Column("Số, ký hiệu", 29),
            Column("Ngày tháng văn bản", 21, "center"),
            Column("Tên loại và trích yếu nội dung văn bản", 55),
            Column("Đơn vị hoặc người nhận", 28),
            Column("Ngày chuyển", 21, "center"),
            Column("Ký nhận", 28),
            Column("Ghi chú", 25),
        ),
        _incoming,
        Coalesce("document__received_on", _ENTERED),
        routed=True,
    ),
    Direction.OUTGOING.value: BookForm(
        "di", "Sổ đăng ký văn bản đi", (Direction.OUTGOING,), _OUTGOING_COLUMNS, _outgoing, _DATED
    ),
    Direction.COPY.value: BookForm(
        "sao",
        "Sổ đăng ký bản sao văn bản",
        (Direction.COPY,),
        (
            Column("Số, ký hiệu bản sao", 29),
            Column("Ngày tháng bản sao", 21, "center"),
            Column("Hình thức sao, văn bản được sao", 56),
            *_OUTGOING_COLUMNS[3:],
        ),
        _outgoing,
        _DATED,
    ),
    Direction.PETITION.value: BookForm(
        "don",
        "Sổ tiếp nhận đơn khiếu nại, tố cáo",
        (Direction.PETITION,),
        (
            Column("Số", 20, "center"),
            Column("Ngày nhận đơn", 30, "center"),
            Column("Người xử lý", 80),
            Column("Ngày chuyển", 30, "center"),
            Column("Ký nhận", 40),
            Column("Ghi chú", 50),
        ),
        _petition,
        Coalesce("petition_on", _ENTERED),
    ),
    SENT: BookForm(
        "gui",
        "Sổ gửi văn bản đi",
        (Direction.OUTGOING, Direction.COPY),
        (
            Column("Ngày chuyển", 25, "center"),
            Column("Số, ký hiệu văn bản", 40),
            Column("Nơi nhận văn bản", 90),
            Column("Số lượng bì", 20, "center"),
            Column("Ký nhận và dấu bưu điện", 45),
            Column("Ghi chú", 40),
        ),
        _sent,
        Coalesce("dispatched_on", _ENTERED),
    ),
}
BY_WORD: Mapping[str, str] = {form.word: kind for kind, form in BOOKS.items()}
