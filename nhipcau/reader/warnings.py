"""What a person should look at again before confirming a reading."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nhipcau.core.said import Said
from nhipcau.reader.elements.header import Header
from nhipcau.reader.model import Deadline, Field
from nhipcau.reader.page.layout import Layout

# Letters that TCVN3 (.VnTime) and VNI files show in place of Vietnamese ones, in words every letter has.
_OLD_FONT = re.compile(r"C[«é]ng ho[µà]|§éc lËp|C[«]ng ®oµn|Ngh[iÞ] ®Þnh|Coäng hoøa|Coâng ñoaøn|KÝnh göi|N¬i nhËn")
_LOST = re.compile(r"(?:n(?<=\bn)gy|t(?<=\bt)hng|C(?<=\bC)(?:NG HO|ng on)|N(?<=\bN)i nh)\b")

_OLD_LETTERS = Said(
    "Văn bản dùng phông chữ cũ (TCVN3 hoặc VNI) nên đọc sai: hãy chuyển sang Unicode rồi đọc lại.",
    "The text uses an old font (TCVN3 or VNI) and was misread: convert it to Unicode and read it again.",
)
_LOST_LETTERS = Said(
    "Tệp bị mất một số chữ cái tiếng Việt: hãy xin bản gốc hoặc nhập lại các mục bằng tay.",
    "The file has lost some Vietnamese letters: ask for the original, or enter the fields by hand.",
)
_CUT = Said(
    "Văn bản có dòng quá dài nên máy ngắt dòng để đọc: hãy đối chiếu các mục với bản gốc.",
    "The text has lines too long to be read, which were cut: compare the fields with the original.",
)
_NUMBER, _DATE = Said("Số, ký hiệu", "Number"), Said("Ngày ban hành", "Date")
_UNSEEN = Said("không thấy trong văn bản", "not found in the letter")
_ISSUER = Said("cơ quan ban hành", "issuing body")
_TYPE, _SUBJECT = Said("tên loại", "kind of document"), Said("trích yếu", "subject")


def warnings_of(
    layout: Layout, header: Header, doc_type: Field, subject: Field, deadlines: tuple[Deadline, ...]
) -> Iterator[Said]:
    """Sentences; none when everything was read plainly."""
    if layout.cut:
        yield _CUT
    if _OLD_FONT.search(layout.text):
        yield _OLD_LETTERS
    elif _LOST.search(layout.text):
        yield _LOST_LETTERS
    for name, field in ((_NUMBER, header.number), (_DATE, header.date)):
        if field.value is None:
            why = field.why or _UNSEEN
            yield Said(f"{name}: {why}.", f"{name.en}: {why.en}.")
    for name, field in ((_ISSUER, header.issuer), (_TYPE, doc_type), (_SUBJECT, subject)):
        if field.value is None:
            yield Said(f"Không thấy {name}: hãy nhập bằng tay.", f"No {name.en} was found: enter it by hand.")
        elif field.confidence < 0.6:
            yield Said(
                f"Chưa chắc về {name} “{field.value}”: {field.why}.",
                f"Not sure of the {name.en} “{field.value}”: {field.why.en}.",
            )
    for deadline in deadlines:
        if deadline.kind == "date" and not re.search(r"\d{4}", deadline.phrase):
            year = deadline.normalised[:4]
            yield Said(
                f"Hạn “{deadline.phrase}” không in năm; được hiểu là năm {year}.",
                f"The limit “{deadline.phrase}” is printed without a year; {year} is taken.",
            )
