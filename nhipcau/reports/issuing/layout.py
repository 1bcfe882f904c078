"""The consolidated report as an official document: words, figures, coverage, and the letters it rests on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from nhipcau.core.clock import local_date
from nhipcau.core.numbers import HIDDEN, HIDDEN_TEXT, CellState, format_cell, format_value, unpack
from nhipcau.core.official import Annex, Block, Column, Heading, OfficialDocument, Paragraph, Signer, Table, roman
from nhipcau.core.periods import parse_period
from nhipcau.documents.models import Document
from nhipcau.documents.numbering import CODES
from nhipcau.org.models import Post
from nhipcau.org.queries import holder_of, name_of, names_of, parent_of
from nhipcau.reports.design.beside import columns_beside, plan_as_printed
from nhipcau.reports.design.definition import Indicator, Section
from nhipcau.reports.design.fields import FRAMES, filled
from nhipcau.reports.design.figures import with_formulas
from nhipcau.reports.design.plans import Plan
from nhipcau.reports.issuing.gathering import Parts, alongside_of
from nhipcau.reports.models import IssuedReport
from nhipcau.reports.sealing.alongside import Alongside
from nhipcau.reports.sealing.seals import words_of
from nhipcau.reports.totals.consolidation import Consolidated, Coverage
from nhipcau.reports.totals.suppression import veil

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
RESTATED = (
    Column("Nội dung", 4.2),
    Column("Đơn vị tính", 1.1, "center"),
    Column("Đã báo cáo", 1.6, "right"),
    Column("Điều chỉnh thành", 1.6, "right"),
)
CARRIED = (
    Column("Đơn vị", 3),
    Column("Nội dung", 3),
    Column("Đã chốt", 1.4, "right"),
    Column("Số đúng", 1.4, "right"),
)


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


SUPPRESSED = (
    "Dấu «*» là số đếm người không in ra: số nhỏ được giữ ở đơn vị đã ghi, và các số khác được che kèm để không "
    "suy ra được số nhỏ ấy."
)


def head_of(parts: Parts, signer: Post, number: str | None, dated: dt.date | None, check_code: str) -> Head:
    """The head of the unit's own report, signed by the post's holder on that day."""
    day = dated or local_date(parts.node.at)
    named, above, holder = name_of(parts.unit, day), parent_of(parts.unit, day), holder_of(signer, day)
    issue = parts.definition.issue
    code = CODES.get(issue.doc_type)
    return Head(
        issuer=named.name,
        parent_issuer=name_of(above, day).name if above else issue.parent_issuer or None,
        place=named.place,
        signer_name=holder.person.name if holder else "",
        number=number,
        symbol=f"{code}-{named.symbol}" if code else named.symbol,
        issued_on=dated,
        check_code=check_code,
    )


def lay_out(parts: Parts, head: Head, restates: IssuedReport | None = None, reason: str = "") -> OfficialDocument:
    """The whole report; every gap is said. A restatement says what it replaces, why, and every changed figure."""
    issue = parts.definition.issue
    subject = issue.subject.replace("{period}", parts.period.label_vi)
    if restates:
        subject = f"{subject} (điều chỉnh lần {restates.edition + 1})"
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
        body=tuple(_body(parts, restates, reason)),
        recipients=issue.recipients,
        signer=Signer(issue.authority or None, issue.title or None, head.signer_name or None),
        annexes=(_letters_annex(parts.letters),) if parts.letters else (),
        check_code=head.check_code,
    )


def _body(parts: Parts, restates: IssuedReport | None, reason: str) -> Iterator[Block]:
    number = map(roman, count(1))
    if restates:
        yield Heading(f"{next(number)}. NỘI DUNG ĐIỀU CHỈNH")
        yield from _restatement(parts, restates, reason)
    for block in parts.definition.narrative:
        text = filled(parts.definition, parts.narrative.get(block.code, ""), parts.figures).strip()
        if text:
            yield Heading(f"{next(number)}. {block.title.upper()}")
            yield from (Paragraph(line.strip()) for line in text.splitlines() if line.strip())
    yield Heading(f"{next(number)}. SỐ LIỆU TỔNG HỢP")
    if parts.letters:
        yield Paragraph(_directives(parts.letters))
    for index, section in enumerate(parts.definition.sections, start=1):
        yield Heading(f"{index}. {section.title}", level=2)
        yield _figures(parts, section)
    if parts.carried:
        yield Heading(f"{next(number)}. ĐIỀU CHỈNH SỐ LIỆU KỲ TRƯỚC")
        yield from _carried(parts)
    yield Heading(f"{next(number)}. PHẠM VI SỐ LIỆU")
    yield from (Paragraph(sentence) for sentence in coverage_sentences(parts.node, parts.missing))
    yield from (Paragraph(sentence) for sentence in compared_sentences(parts.alongside))
    if parts.hidden or any(HIDDEN in one.cells.values() for one in parts.alongside.earlier.values()):
        yield Paragraph(SUPPRESSED)


def _figures(parts: Parts, section: Section) -> Table:
    """The figures, with their plans where the section asks for them; an empty column is left out."""
    shown, columns = parts.shown, list(FIGURES)
    rows = [
        [number, item.label, item.unit, format_cell(shown[item.code], item.decimals)]
        for number, item in section.numbered()
    ]
    for column, texts in columns_beside(section, parts.alongside.plans, shown):
        columns.append(column)
        rows = [[*row, text] for row, text in zip(rows, texts, strict=True)]
    return Table(tuple(columns), tuple(map(tuple, rows)))


def _changed_plans(parts: Parts, before: Mapping[str, Plan]) -> Iterator[tuple[str, str, str, str]]:
    """Plans that were given, changed or taken back since the edition that is restated."""
    for item in parts.definition.plannable():
        was, now = before.get(item.code), parts.alongside.plans.get(item.code)
        if was != now:
            told = [plan_as_printed(plan, item) if plan else "" for plan in (was, now)]
            yield f"Kế hoạch: {item.label}", item.unit, told[0], told[1]


def _restatement(parts: Parts, restates: IssuedReport, reason: str) -> Iterator[Block]:
    earlier = restates.document
    yield Paragraph(
        f"Báo cáo này thay thế Báo cáo số {earlier.number} ngày {earlier.dated:%d/%m/%Y}. Lý do: {reason}"
    )
    cells = unpack(bytes(restates.seal.live), len(parts.version.cells))
    complete = with_formulas(parts.definition, dict(zip(parts.version.cells, cells, strict=True)))
    before = veil(parts.definition, complete, words_of(restates.seal)["printed"].get("hidden", ()))
    rows = [
        (item.label, item.unit, *(format_cell(cell, item.decimals) for cell in (before[item.code], now)))
        for item, now in ((item, parts.shown[item.code]) for item in parts.definition.indicators())
        if before[item.code] != now
    ]
    rows += _changed_plans(parts, alongside_of(restates.seal).plans)
    if rows:
        yield Table(RESTATED, tuple(rows))
    else:
        yield Paragraph("Số liệu tổng hợp không đổi; chỉ đơn vị góp số liệu thay đổi.")


def _carried(parts: Parts) -> Iterator[Block]:
    """Differences of the period before, printed beside this period's figures and never added to them."""
    names = names_of((flag.cause.unit_id for flag in parts.carried), local_date(parts.node.at))
    items = {item.code: item for item in parts.definition.entered()}
    yield Paragraph(
        "Các chênh lệch dưới đây phát sinh sau khi số liệu kỳ trước được chốt; không cộng vào số liệu kỳ này."
    )
    rows = tuple(
        (names[flag.cause.unit_id].name, items[cell].label, *(_value(side, items[cell]) for side in change))
        for flag in parts.carried
        for cell, change in flag.cells.items()
        if cell in items
    )
    yield Table(CARRIED, rows)
    for reason in dict.fromkeys(flag.reason for flag in parts.carried if flag.reason):
        yield Paragraph(f"Ghi chú: {reason}")


def _value(value: int | str | None, item: Indicator) -> str:
    if item.suppress_below:
        return HIDDEN_TEXT
    if isinstance(value, int):
        return format_value(value, item.decimals)
    return "…" if value is None else value


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
    if c.lumped:
        sentences.append(_in_lumps(c))
    if c.entered:
        sentences.append(
            f"Trong đó {c.entered} báo cáo do cấp trên nhập thay từ bản giấy hoặc điện thoại, đơn vị chưa xác nhận."
        )
    if missing:
        shown = "; ".join(missing[:20]) + (f"; và {len(missing) - 20} đơn vị khác" if len(missing) > 20 else "")
        sentences.append(f"Chưa có trong số liệu: {shown}.")
    if any(cell.state is CellState.MISSING for cell in node.cells.values()):
        sentences.append("Dấu «…» là chưa có số liệu, «x» là không phát sinh chỉ tiêu này, 0 là có và bằng không.")
    return sentences


def compared_sentences(alongside: Alongside) -> list[str]:
    """How many units stand behind the earlier figures of a branch that the words compare with."""
    return [
        f"Số {FRAMES[name]} ({parse_period(one.period).label_vi}) nêu trong lời văn tổng hợp từ "
        f"{one.accepted}/{one.expected} đơn vị phải báo cáo kỳ ấy."
        for name, one in alongside.earlier.items()
        if one.expected
    ]


def _in_lumps(c: Coverage) -> str:
    said = f"Trong đó {c.lumped} đơn vị không báo cáo riêng mà nằm trong số gộp của đơn vị cấp trên"
    if c.elsewhere:
        return f"{said}; số liệu của {c.elsewhere} đơn vị ở số gộp ngoài phạm vi này, không có trong số liệu trên."
    return f"{said}."


def _letters_annex(letters: Sequence[Document]) -> Annex:
    rows = tuple(
        (str(place), letter.number, f"{letter.dated:%d/%m/%Y}", f"{letter.doc_type.capitalize()}: {letter.subject}")
        for place, letter in enumerate(letters, start=1)
    )
    return Annex("DANH MỤC VĂN BẢN ĐÃ BAN HÀNH TRONG KỲ", (Table(LETTERS, rows),))
