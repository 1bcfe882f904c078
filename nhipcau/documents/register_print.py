"""A register as it is printed: every column of Decree 30/2020/NĐ-CP, Appendix IV, as plain data.

Page, PDF and CSV show the same `RegisterSheet`; its words are those of the decree, whatever the page's language.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from nhipcau.core.clock import local_date
from nhipcau.core.official import Column
from nhipcau.documents.models import Direction, Document, Register, RegisterEntry
from nhipcau.documents.registers import SERIES, register_entries
from nhipcau.documents.routing import Routed, routing
from nhipcau.org.queries import name_of, parent_of
from nhipcau.org.scope import Scope
from nhipcau.press.register import RegisterSheet

TITLES = {Direction.INCOMING: "Sổ đăng ký văn bản đến", Direction.OUTGOING: "Sổ đăng ký văn bản đi"}
# Widths in millimetres of a sheet lying across; whoever signs needs 28.
COLUMNS: Mapping[Direction, tuple[Column, ...]] = {
    Direction.INCOMING: (
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
    Direction.OUTGOING: (
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
    ),
}
_AT_ONCE = 1000


@dataclass(frozen=True)
class Range:
    """Which lines to print, both ends included; None leaves an end open.

    The day is that of arrival for an incoming letter and the letter's own for an outgoing one; a struck or
    reserved number without a letter counts on the day it was entered.
    """

    first: int | None = None
    last: int | None = None
    since: dt.date | None = None
    until: dt.date | None = None


WHOLE = Range()


def printed_register(
    scope: Scope, direction: Direction, year: int, series: str = SERIES, limits: Range = WHOLE
) -> RegisterSheet:
    """The own unit's register with all ten columns, in order, struck and reserved numbers kept.

    Cells that nobody has filled are "", to be written by hand. An unopened register has no rows.
    """
    lines = [
        line
        for line in _numbered(scope, direction, year, series, limits)
        if _within(_day(line, direction), limits.since, limits.until)
    ]
    register = Register.objects.filter(unit=scope.unit, direction=direction, year=year, series=series).first()
    day = min(scope.day, dt.date(year, 12, 31))
    above = parent_of(scope.unit, day)
    return RegisterSheet(
        title=TITLES[direction],
        issuer=name_of(scope.unit, day).name,
        parent=name_of(above, day).name if above else "",
        subtitle=_subtitle(register, year, lines, direction),
        columns=COLUMNS[direction],
        rows=_rows(lines, direction),
        closing=_closing(register, lines, whole=limits == WHOLE),
        printed_on=scope.day,
    )


def _numbered(scope: Scope, direction: Direction, year: int, series: str, limits: Range) -> Sequence[RegisterEntry]:
    lines = register_entries(scope, scope.unit, direction, year, series)
    # A year of letters in memory is a few megabytes without their texts, and hundreds with them.
    lines = lines.defer("document__text", "document__folded", "document__reading")
    if limits.first is not None:
        lines = lines.filter(number__gte=limits.first)
    if limits.last is not None:
        lines = lines.filter(number__lte=limits.last)
    return list(lines)


def _day(line: RegisterEntry, direction: Direction) -> dt.date:
    letter = line.document
    day = None
    if letter is not None:
        day = letter.received_on if direction == Direction.INCOMING else letter.dated
    return day or local_date(line.entered_at)


def _within(day: dt.date, since: dt.date | None, until: dt.date | None) -> bool:
    return (since is None or day >= since) and (until is None or day <= until)


def _rows(lines: Sequence[RegisterEntry], direction: Direction) -> tuple[tuple[str, ...], ...]:
    if direction == Direction.OUTGOING:
        return tuple(_outgoing(line) for line in lines)
    known = _routed([line.document_id for line in lines if line.document_id is not None])
    return tuple(_incoming(line, known.get(line.document_id or 0)) for line in lines)


def _routed(documents: Sequence[int]) -> dict[int, Routed]:
    found: dict[int, Routed] = {}
    for start in range(0, len(documents), _AT_ONCE):
        found |= routing(documents[start : start + _AT_ONCE])
    return found


def _incoming(line: RegisterEntry, routed: Routed | None) -> tuple[str, ...]:
    letter = line.document
    return (
        _date(letter.received_on) if letter else "",
        _number(line),
        letter.issuer if letter else "",
        letter.number if letter else "",
        _date(letter.dated) if letter else "",
        _content(letter),
        routed.receiver if routed else line.keeper,
        _date(routed.transferred_on if routed else line.dispatched_on),
        "",
        _remarks(line),
    )


def _outgoing(line: RegisterEntry) -> tuple[str, ...]:
    letter = line.document
    return (
        letter.number if letter else _number(line),
        _date(letter.dated) if letter else "",
        _content(letter),
        letter.signer_name if letter else "",
        "; ".join(letter.sent_to) if letter else "",
        line.keeper,
        str(line.copies) if line.copies else "",
        _date(line.dispatched_on),
        "",
        _remarks(line),
    )


def _number(line: RegisterEntry) -> str:
    return f"{line.number:02d}{line.suffix}"


def _date(day: dt.date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


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
            ),
        )
    )


def _subtitle(
    register: Register | None, year: int, lines: Sequence[RegisterEntry], direction: Direction
) -> tuple[str, ...]:
    head = [register.name] if register and register.name else []
    head.append(f"Năm {year}")
    if lines:
        days = sorted(_day(line, direction) for line in lines)
        head.append(f"Từ ngày {_date(days[0])} đến ngày {_date(days[-1])}")
        head.append(f"Từ số {_number(lines[0])} đến số {_number(lines[-1])}")
    return tuple(head)


def _closing(register: Register | None, lines: Iterable[RegisterEntry], *, whole: bool) -> tuple[str, ...]:
    kept = list(lines)
    void = sum(bool(line.void_reason) for line in kept)
    free = sum(line.is_free for line in kept)
    parts = [f"{len(kept) - void - free} văn bản"]
    parts += [f"{void} số hủy"] if void else []
    parts += [f"{free} số giữ chưa dùng"] if free else []
    said = [f"{'Sổ có' if whole else 'Phần in có'} {len(kept)} số: {', '.join(parts)}."]
    if register is not None and register.closed_at is not None:
        said.append(f"Đã đóng sổ ngày {_date(local_date(register.closed_at))}.")
    return tuple(said)
