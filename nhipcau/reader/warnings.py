"""What a person should look at again before confirming a reading."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nhipcau.reader.elements.header import Header
from nhipcau.reader.model import Deadline, Field
from nhipcau.reader.page.layout import Layout

# Letters that TCVN3 (.VnTime) and VNI files show in place of Vietnamese ones, in words every letter has.
_OLD_FONT = re.compile(r"C[«é]ng ho[µà]|§éc lËp|C[«]ng ®oµn|Ngh[iÞ] ®Þnh|Coäng hoøa|Coâng ñoaøn|KÝnh göi|N¬i nhËn")
_LOST = re.compile(r"(?:n(?<=\bn)gy|t(?<=\bt)hng|C(?<=\bC)(?:NG HO|ng on)|N(?<=\bN)i nh)\b")


def warnings_of(
    layout: Layout, header: Header, doc_type: Field, subject: Field, deadlines: tuple[Deadline, ...]
) -> Iterator[str]:
    """Sentences in Vietnamese; none when everything was read plainly."""
    if _OLD_FONT.search(layout.text):
        yield "Văn bản dùng phông chữ cũ (TCVN3 hoặc VNI) nên đọc sai: hãy chuyển sang Unicode rồi đọc lại."
    elif _LOST.search(layout.text):
        yield "Tệp bị mất một số chữ cái tiếng Việt: hãy xin bản gốc hoặc nhập lại các mục bằng tay."
    for name, field in (("Số, ký hiệu", header.number), ("Ngày ban hành", header.date)):
        if field.value is None:
            yield f"{name}: {field.why or 'không thấy trong văn bản'}."
    for name, field in (("cơ quan ban hành", header.issuer), ("tên loại", doc_type), ("trích yếu", subject)):
        if field.value is None:
            yield f"Không thấy {name}: hãy nhập bằng tay."
        elif field.confidence < 0.6:
            yield f"Chưa chắc về {name} “{field.value}”: {field.why}."
    for deadline in deadlines:
        if deadline.kind == "date" and not re.search(r"\d{4}", deadline.phrase):
            year = deadline.normalised[:4]
            yield f"Hạn “{deadline.phrase}” không in năm; được hiểu là năm {year}."
