"""The consolidated report as an official document: words, figures, coverage, and the letters it rests on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from nhipcau.core.numbers import CellState, format_cell, format_value
from nhipcau.core.official import Annex, Block, Column, Heading, OfficialDocument, Paragraph, Signer, Table
from nhipcau.core.periods import Period
from nhipcau.documents.models import Document
from nhipcau.reports.consolidation import Consolidated
from nhipcau.reports.definition import Definition

FIGURES = (
    Column("TT", 0.5, "center"),
    Column("Nội dung", 4.2),
    Column("Đơn vị tính", 1.1, "center"),
    Column("Số lượng", 1.6, "right"),
)
LETTERS = (
    Column("TT", 0.5, "center"),
    Column("Số, ký hiệu", 1.6),
    Column("Ngày", 1.1, "center"),
    Column("Tên loại và trích yếu", 4.2),
)
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


@dataclass(frozen=True)
class Head:
    """What stands around the figures: who issues, under what number, on which day."""

    issuer: str
    parent_issuer: str | None
    place: str
    signer_name: str
    number: str | None
    symbol: str
    issued_on: dt.date | None
    check_code: str


def lay_out(
    definition: Definition,
    period: Period,
    node: Consolidated,
    narrative: Mapping[str, str],
    letters: Sequence[Document],
    missing: Sequence[str],
    head: Head,
) -> OfficialDocument:
    """The whole report. `missing` are the names of the units not in the figures; every gap is said."""
    issue = definition.issue
    subject = issue.subject.replace("{period}", period.label_vi)
    return OfficialDocument(
        issuer=head.issuer,
        parent_issuer=head.parent_issuer,
        doc_type=issue.doc_type,
        subject=subject,
        number=head.number,
        symbol=head.symbol,
        place=head.place,
        issued_on=head.issued_on,
        addressees=issue.addressees,
        body=tuple(_body(definition, node, narrative, letters, missing)),
        recipients=issue.recipients,
        signer=Signer(issue.authority or None, issue.title or None, head.signer_name or None),
        annexes=(_letters_annex(letters),) if letters else (),
        check_code=head.check_code,
    )


def _body(
    definition: Definition,
    node: Consolidated,
    narrative: Mapping[str, str],
    letters: Sequence[Document],
    missing: Sequence[str],
) -> Iterator[Block]:
    number = iter(ROMAN)
    for block in definition.narrative:
        text = narrative.get(block.code, "").strip()
        if text:
            yield Heading(f"{next(number)}. {block.title.upper()}")
            yield from (Paragraph(line.strip()) for line in text.splitlines() if line.strip())
    yield Heading(f"{next(number)}. SỐ LIỆU TỔNG HỢP")
    if letters:
        yield Paragraph(_directives(letters))
    for index, section in enumerate(definition.sections, start=1):
        yield Heading(f"{index}. {section.title}", level=2)
        rows = tuple(
            (str(place), item.label, item.unit, format_cell(node.cells[item.code], item.decimals))
            for place, item in enumerate(section.indicators, start=1)
        )
        yield Table(FIGURES, rows)
    yield Heading(f"{next(number)}. PHẠM VI SỐ LIỆU")
    yield from (Paragraph(sentence) for sentence in coverage_sentences(node, missing))


def _directives(letters: Sequence[Document]) -> str:
    symbols = ", ".join(letter.number for letter in letters)
    return f"Trong kỳ đã ban hành {len(letters)} văn bản chỉ đạo, hướng dẫn ({symbols}), có danh mục kèm theo."


def coverage_sentences(node: Consolidated, missing: Sequence[str]) -> list[str]:
    """Who stands behind the figures, in words; a figure with gaps says so."""
    c = node.coverage
    members = format_value(c.members, 0)
    sentences = [
        f"Số liệu tổng hợp từ {c.accepted}/{c.expected} đơn vị phải báo cáo (đã gửi {c.received}, gửi muộn hoặc "
        f"quá hạn {c.late}), đại diện {members} đoàn viên."
    ]
    if missing:
        shown = "; ".join(missing[:20]) + (f"; và {len(missing) - 20} đơn vị khác" if len(missing) > 20 else "")
        sentences.append(f"Chưa có trong số liệu: {shown}.")
    if any(cell.state is CellState.MISSING for cell in node.cells.values()):
        sentences.append("Dấu «…» là chưa có số liệu, «x» là không phát sinh chỉ tiêu này, 0 là có và bằng không.")
    return sentences


def _letters_annex(letters: Sequence[Document]) -> Annex:
    rows = tuple(
        (str(place), letter.number, f"{letter.dated:%d/%m/%Y}", f"{letter.doc_type.capitalize()}: {letter.subject}")
        for place, letter in enumerate(letters, start=1)
    )
    return Annex("DANH MỤC VĂN BẢN ĐÃ BAN HÀNH TRONG KỲ", (Table(LETTERS, rows),))


def plain_text(document: OfficialDocument) -> str:
    """The words of the report, for the register's search."""
    lines: list[str] = [document.subject]
    for block in (*document.body, *(block for annex in document.annexes for block in annex.blocks)):
        if isinstance(block, Table):
            lines.extend(" · ".join(row) for row in block.rows)
        else:
            lines.append(block.text)
    return "\n".join(lines)
