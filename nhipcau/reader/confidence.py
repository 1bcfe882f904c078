"""How sure a reading is, and why: every ground a value may stand on, with its number, in one place.

The numbers are shares of right values measured over annotated letters (tests/reader/test_calibration.py
keeps them honest): of all values given at `SURE` or above, at least 95 in 100 must be right. A ground is
what the value was read from; a doubt is something unusual about it, and puts a ceiling on the ground.
The sentences are shown to the person who confirms ("vì sao").
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from nhipcau.reader.model import Field, Reading, Span

SURE = 0.9  # pages show it as "chắc"; below, "cần xem"


@dataclass(frozen=True)
class Ground:
    """What a value was read from: how often such a value is right, and the reason in words."""

    confidence: float
    why: str


@dataclass(frozen=True)
class Doubt:
    """Something unusual about a value; the confidence is at most `ceiling`."""

    ceiling: float
    why: str


# Number and symbol
NUMBER_LABELLED = Ground(0.97, "Dòng bắt đầu bằng “Số”")
NUMBER_NEXT_LINE = Ground(0.92, "Số nằm ở dòng sau chữ “Số”")
NUMBER_UNLABELLED = Ground(0.75, "Dòng chỉ gồm số và ký hiệu, không có chữ “Số”")
NUMBER_HEADLINE = Ground(0.7, "Số ghi trong tiêu đề của trang, không phải ở đầu văn bản")
NUMBER_BLANK = Ground(0.9, "Số để trống, chỉ in ký hiệu")
NUMBER_UNREADABLE = Ground(0.2, "Không đọc chắc được số")

# Issuing bodies
ISSUER_LOWER = Ground(0.96, "Dòng dưới của góc trái")
ISSUER_ONLY = Ground(0.96, "Tên cơ quan duy nhất ở góc trái")
PARENT_UPPER = Ground(0.96, "Dòng trên của góc trái")
ISSUER_SPEAKS = Ground(0.5, "Không có phần đầu; đây là cơ quan nói trong nội dung")

# Place and date
DATE_LINE = Ground(0.97, "Dòng địa danh, ngày tháng năm")
DATE_HEADLINE = Ground(0.6, "Ngày ghi trong tiêu đề của trang")
DATE_BLANK = Ground(0.3, "Để trống hoặc không đọc được")
PLACE_BEFORE_DATE = Ground(0.96, "Trước “ngày … tháng … năm …”")

# Type
TYPE_TITLE = Ground(0.98, "Tên loại in hoa trên trích yếu")
TYPE_CODE = Ground(0.93, "Ký hiệu tên loại trong số văn bản")
TYPE_HEADLINE = Ground(0.85, "Tiêu đề bắt đầu bằng tên loại")
TYPE_LETTER = Ground(0.94, "Không có tên loại; có “Kính gửi” hoặc ký hiệu chỉ gồm tên cơ quan")

# Subject
SUBJECT_AFTER_VV = Ground(0.95, "Sau “V/v” dưới số, ký hiệu")
SUBJECT_UNDER_TITLE = Ground(0.94, "Dưới tên loại văn bản")
SUBJECT_HEADLINE = Ground(0.8, "Phần sau tên loại trong tiêu đề")
SUBJECT_PAGE_TITLE = Ground(0.6, "Không có trích yếu; đây là tiêu đề của trang")

# Addressees and recipients
ADDRESSED_TO = Ground(0.95, "Sau “Kính gửi”")
WIRED_TO = Ground(0.9, "Sau “điện:” trong công điện")
INVITED = Ground(0.8, "Thành phần mời trong giấy mời")
RECIPIENT = Ground(0.96, "Một dòng của “Nơi nhận”")
RECIPIENT_UNLABELLED = Ground(0.8, "Danh sách nhận ở cuối, không có chữ “Nơi nhận”")

# Signature
AUTHORITY_LINE = Ground(0.96, "Dòng quyền hạn ký")
SIGNER_TITLE = Ground(0.95, "Chức vụ trên chữ ký")
SIGNER_NAME = Ground(0.97, "Họ tên dưới chức vụ ký")
SIGNER_NAME_ALONE = Ground(0.75, "Họ tên ở cuối, không thấy chức vụ")

# Doubts
GARBLED = Doubt(0.6, "có chữ đọc không ra")
FROM_SCAN = Doubt(0.85, "đọc từ bản quét")
LOST_LETTERS = Doubt(0.5, "tệp bị mất chữ")
UNUSUAL_BODY = Doubt(0.75, "không bắt đầu như tên một cơ quan")
BARE_BODY = Doubt(0.85, "tên chưa đủ, thiếu địa phương hoặc đơn vị")
VERY_LONG = Doubt(0.8, "dài khác thường")
CUT_SHORT = Doubt(0.8, "có vẻ còn thiếu phần sau")
CONFLICT = Doubt(0.8, "hai dấu hiệu không khớp nhau")
FAR_FROM_HEADER = Doubt(0.8, "không thấy phần đầu của văn bản")
ODD_SHAPE = Doubt(0.8, "hình thức khác thường")


def field(value: str | None, span: Span | None, ground: Ground, *doubts: Doubt, detail: str = "") -> Field:
    """A `Field` on this ground; doubts lower its confidence and are told, `detail` adds what was seen."""
    confidence = min([ground.confidence, *(doubt.ceiling for doubt in doubts)])
    why = "; ".join([ground.why + (f" {detail}" if detail else ""), *(doubt.why for doubt in doubts)])
    return Field(value, confidence, why, span)


def _lowered(found: Field, doubt: Doubt) -> Field:
    if found.value is None or found.confidence <= doubt.ceiling:
        return found
    return replace(found, confidence=doubt.ceiling, why=f"{found.why}; {doubt.why}")


_SCANNED = (
    "number", "issuer", "parent_issuer", "place", "date", "subject", "authority", "title", "signer_name"
)  # fmt: skip


def doubt_scan(reading: Reading) -> Reading:
    """The reading of a scan: letters and figures may be misread, the type's name (one of a list) is not."""
    scalars: dict[str, Any] = {name: _lowered(getattr(reading, name), FROM_SCAN) for name in _SCANNED}
    return replace(
        reading,
        **scalars,
        addressees=tuple(_lowered(item, FROM_SCAN) for item in reading.addressees),
        recipients=tuple(_lowered(item, FROM_SCAN) for item in reading.recipients),
    )
