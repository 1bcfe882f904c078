"""The closing report as an official document: purpose, figures with their gaps, the holder's words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import count
from typing import Any

from nhipcau.boundary import digest as boundary_digest
from nhipcau.campaigns.counts import REACHED, reach_in_words
from nhipcau.campaigns.figures import keys, total
from nhipcau.campaigns.models import ClosingReport
from nhipcau.core.clock import local_date
from nhipcau.core.numbers import format_value
from nhipcau.core.official import Block, Column, Heading, OfficialDocument, Paragraph, Signer, Table, roman
from nhipcau.documents.numbering import CODES
from nhipcau.org.models import UnitKind
from nhipcau.org.queries import holder_of, name_of, parent_of

DOC_TYPE = "báo cáo"
WORDS = {
    "danh_gia": "ĐÁNH GIÁ CHUNG",
    "kho_khan": "KHÓ KHĂN, HẠN CHẾ",
    "kien_nghi": "KIẾN NGHỊ, PHƯƠNG HƯỚNG",
}
_FIGURES = (
    Column("TT", 0.5, "center"),
    Column("Nội dung", 4.0),
    Column("Đơn vị tính", 1.2, "center"),
    Column("Mục tiêu", 1.3, "right"),
    Column("Kết quả", 1.4, "right"),
)
_UNITS = (
    Column("TT", 0.5, "center"),
    Column("Đơn vị", 3.8),
    Column("Đã tổ chức", 1.2, "center"),
    Column("Số buổi", 1.1, "right"),
    Column("Lượt người dự", 1.3, "right"),
)


def document_of(report: ClosingReport, number: str | None = None, dated: dt.date | None = None) -> OfficialDocument:
    """The report laid out; a blank number and date leave room for them."""
    campaign, day = report.campaign, dated or local_date(report.frozen_at)
    unit, above = name_of(campaign.unit, day), parent_of(campaign.unit, day)
    superior = name_of(above, day).name if above else None
    holder = holder_of(report.signer, day) if report.signer else None
    signer = Signer(
        report.authority or None,
        report.signer.title if report.signer else None,
        holder.person.name if holder else None,
    )
    return OfficialDocument(
        issuer=unit.name,
        parent_issuer=superior,
        doc_type=DOC_TYPE,
        subject=f"Kết quả {campaign.name}",
        number=number,
        symbol=f"{CODES[DOC_TYPE]}-{unit.symbol}",
        place=unit.place,
        issued_on=dated,
        body=tuple(_body(report)),
        recipients=tuple(filter(None, (superior, "Các đơn vị tham gia", "Lưu: VT"))),
        signer=signer,
        check_code=check_code(report),
    )


def check_code(report: ClosingReport) -> str:
    """The head of the figures' digest and of the boundary's."""
    return f"{report.digest[:12]} · ranh giới {boundary_digest()[:8]}"


def _body(report: ClosingReport) -> Iterator[Block]:
    campaign, figures, number = report.campaign, report.figures, map(roman, count(1))
    yield Heading(f"{next(number)}. MỤC ĐÍCH, THỜI GIAN, PHẠM VI")
    yield from (Paragraph(line) for line in campaign.purpose.splitlines() if line.strip())
    kinds = ", ".join(UnitKind.objects.filter(code__in=campaign.kinds).values_list("label", flat=True))
    yield Paragraph(
        f"Thời gian: từ ngày {campaign.first_day:%d/%m/%Y} đến ngày {campaign.last_day:%d/%m/%Y}. "
        f"Đơn vị tổ chức: {kinds}."
    )
    yield Heading(f"{next(number)}. KẾT QUẢ")
    yield Heading("1. Số liệu chung", level=2)
    yield Table(_FIGURES, tuple(_figure_rows(figures)))
    yield from (Paragraph(sentence) for sentence in _sentences(figures))
    if figures["units"]:
        yield Heading("2. Theo đơn vị", level=2)
        yield Table(_UNITS, tuple(_unit_rows(figures)))
    for code, title in WORDS.items():
        text = report.narrative.get(code, "").strip()
        if text:
            yield Heading(f"{next(number)}. {title}")
            yield from (Paragraph(line.strip()) for line in text.splitlines() if line.strip())


def _figure_rows(figures: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    yield ("1", "Đơn vị đã tổ chức", "đơn vị", _figure(figures["expected"]), _figure(figures["held"]))
    for place, one in enumerate(figures["counts"], start=2):
        goal = "" if one["goal"] is None else _figure(one["goal"], one["decimals"])
        yield (str(place), one["label"], one["unit"], goal, _figure(one["value"], one["decimals"]))


def _unit_rows(figures: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    for place, one in enumerate(figures["units"], start=1):
        reached = "x" if one["reached"] is None else _figure(one["reached"])
        held = f"{one['held']}/{one['expected']}" if one["expected"] else "x"
        yield (str(place), one["name"], held, _figure(one["sessions"]), reached)


def _sentences(figures: dict[str, Any]) -> Iterator[str]:
    """Attendances are no heads, gaps are named, quizzes stand in whole tens."""
    if REACHED in keys(figures):
        said = str(reach_in_words(total(figures, REACHED), figures["members"]))
        yield f"{said[0].upper()}{said[1:]}."
    missing = figures["missing_count"]
    if missing:
        named, more = "; ".join(figures["missing"]), missing - len(figures["missing"])
        yield f"Còn {missing} đơn vị chưa tổ chức: {named}" + (f"; và {more} đơn vị khác." if more else ".")
    for one in figures["quizzes"]:
        yield (
            f"Trắc nghiệm «{one['title']}»: {_figure(one['takers'])} lượt làm (tính tròn hàng chục), "
            f"{one['right_percent']} % câu trả lời đúng; không ghi ai đã làm."
        )


def _figure(value: int, decimals: int = 0) -> str:
    return format_value(value, decimals)
