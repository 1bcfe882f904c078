"""How sure a reading is, and why: every ground a value may stand on, with its number, in one place.

The numbers are shares of right values measured over annotated letters (tests/reader/test_calibration.py
keeps them honest): of all values given at `SURE` or above, at least 95 in 100 must be right. A ground is
what the value was read from; a doubt is something unusual about it, and puts a ceiling on the ground.
The sentences are shown to the person who confirms ("vì sao").
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from nhipcau.core.said import Said, joined
from nhipcau.reader.model import Field, Reading, Span

SURE = 0.9  # pages show it as "chắc"; below, "cần xem"


@dataclass(frozen=True)
class Ground:
    """What a value was read from: how often such a value is right, and the reason in words."""

    confidence: float
    why: Said


@dataclass(frozen=True)
class Doubt:
    """Something unusual about a value; the confidence is at most `ceiling`."""

    ceiling: float
    why: Said


# Number and symbol
NUMBER_LABELLED = Ground(0.97, Said("Dòng bắt đầu bằng “Số”", "The line begins with “Số” (No.)"))
NUMBER_NEXT_LINE = Ground(0.92, Said("Số nằm ở dòng sau chữ “Số”", "The number stands on the line after “Số”"))
NUMBER_UNLABELLED = Ground(
    0.75,
    Said("Dòng chỉ gồm số và ký hiệu, không có chữ “Số”", "The line holds only number and symbol, without “Số”"),
)
NUMBER_HEADLINE = Ground(
    0.7,
    Said(
        "Số ghi trong tiêu đề của trang, không phải ở đầu văn bản",
        "The number stands in the page's title, not in the letter's head",
    ),
)
NUMBER_BLANK = Ground(
    0.9, Said("Số để trống, chỉ in ký hiệu", "The number was left blank; only the symbol is printed")
)
NUMBER_UNREADABLE = Ground(0.2, Said("Không đọc chắc được số", "The number cannot be read for certain"))

# Issuing bodies
ISSUER_LOWER = Ground(0.96, Said("Dòng dưới của góc trái", "Lower line of the top left corner"))
ISSUER_ONLY = Ground(0.96, Said("Tên cơ quan duy nhất ở góc trái", "The only body named in the top left corner"))
PARENT_UPPER = Ground(0.96, Said("Dòng trên của góc trái", "Upper line of the top left corner"))
ISSUER_SPEAKS = Ground(
    0.5,
    Said(
        "Không có phần đầu; đây là cơ quan nói trong nội dung",
        "There is no head; this is the body that speaks in the text",
    ),
)

# Place and date
DATE_LINE = Ground(0.97, Said("Dòng địa danh, ngày tháng năm", "The line of place and date"))
DATE_HEADLINE = Ground(0.6, Said("Ngày ghi trong tiêu đề của trang", "The date stands in the page's title"))
DATE_BLANK = Ground(0.3, Said("Để trống hoặc không đọc được", "Left blank or not legible"))
PLACE_BEFORE_DATE = Ground(0.96, Said("Trước “ngày … tháng … năm …”", "Before “ngày … tháng … năm …” (the date)"))

# Type
TYPE_TITLE = Ground(0.98, Said("Tên loại in hoa trên trích yếu", "The kind in capitals above the subject"))
TYPE_CODE = Ground(0.93, Said("Ký hiệu tên loại trong số văn bản", "The kind's abbreviation in the number"))
TYPE_HEADLINE = Ground(0.85, Said("Tiêu đề bắt đầu bằng tên loại", "The title begins with the kind"))
TYPE_LETTER = Ground(
    0.94,
    Said(
        "Không có tên loại; có “Kính gửi” hoặc ký hiệu chỉ gồm tên cơ quan",
        "No kind is named; there is “Kính gửi” (To), or the symbol names the body alone",
    ),
)

# Subject
SUBJECT_AFTER_VV = Ground(0.95, Said("Sau “V/v” dưới số, ký hiệu", "After “V/v” (Re) under the number"))
SUBJECT_UNDER_TITLE = Ground(0.94, Said("Dưới tên loại văn bản", "Under the kind of document"))
SUBJECT_HEADLINE = Ground(0.8, Said("Phần sau tên loại trong tiêu đề", "What follows the kind in the title"))
SUBJECT_PAGE_TITLE = Ground(
    0.6, Said("Không có trích yếu; đây là tiêu đề của trang", "There is no subject; this is the page's title")
)

# Addressees and recipients
ADDRESSED_TO = Ground(0.95, Said("Sau “Kính gửi”", "After “Kính gửi” (To)"))
WIRED_TO = Ground(0.9, Said("Sau “điện:” trong công điện", "After “điện:” (wires to) in an official telegram"))
INVITED = Ground(0.8, Said("Thành phần mời trong giấy mời", "Those invited, in an invitation"))
RECIPIENT = Ground(0.96, Said("Một dòng của “Nơi nhận”", "A line of “Nơi nhận” (Recipients)"))
RECIPIENT_UNLABELLED = Ground(
    0.8,
    Said("Danh sách nhận ở cuối, không có chữ “Nơi nhận”", "The list at the end, without “Nơi nhận” (Recipients)"),
)

# Signature
AUTHORITY_LINE = Ground(0.96, Said("Dòng quyền hạn ký", "The line of signing authority"))
SIGNER_TITLE = Ground(0.95, Said("Chức vụ trên chữ ký", "The post above the signature"))
SIGNER_NAME = Ground(0.97, Said("Họ tên dưới chức vụ ký", "The name under the signer's post"))
SIGNER_NAME_ALONE = Ground(0.75, Said("Họ tên ở cuối, không thấy chức vụ", "The name at the end; no post was seen"))

# Doubts
GARBLED = Doubt(0.6, Said("có chữ đọc không ra", "some letters cannot be made out"))
FROM_SCAN = Doubt(0.85, Said("đọc từ bản quét", "read from a scan"))
UNUSUAL_BODY = Doubt(0.75, Said("không bắt đầu như tên một cơ quan", "does not begin as the name of a body does"))
BARE_BODY = Doubt(
    0.85, Said("tên chưa đủ, thiếu địa phương hoặc đơn vị", "the name is incomplete: its place or unit is missing")
)
VERY_LONG = Doubt(0.8, Said("dài khác thường", "unusually long"))
CUT_SHORT = Doubt(0.8, Said("có vẻ còn thiếu phần sau", "its end seems to be missing"))
CONFLICT = Doubt(0.8, Said("hai dấu hiệu không khớp nhau", "two signs contradict each other"))
FAR_FROM_HEADER = Doubt(0.8, Said("không thấy phần đầu của văn bản", "the letter's head was not found"))
ODD_SHAPE = Doubt(0.8, Said("hình thức khác thường", "of unusual form"))


def field(value: str | None, span: Span | None, ground: Ground, *doubts: Doubt, detail: str = "") -> Field:
    """A `Field` on this ground; doubts lower its confidence and are told, `detail` adds what was seen."""
    confidence = min([ground.confidence, *(doubt.ceiling for doubt in doubts)])
    ground_why = joined(" ", [ground.why, detail]) if detail else ground.why
    return Field(value, confidence, joined("; ", [ground_why, *(doubt.why for doubt in doubts)]), span)


def _lowered(found: Field, doubt: Doubt) -> Field:
    if found.value is None or found.confidence <= doubt.ceiling:
        return found
    return replace(found, confidence=doubt.ceiling, why=joined("; ", [found.why, doubt.why]))


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
