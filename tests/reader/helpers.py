"""Short ways to read one sentence or one whole letter."""

from __future__ import annotations

from nhipcau.reader import read_text
from nhipcau.reader.model import Deadline, Field, Reading

_AROUND = """\
LIÊN ĐOÀN LAO ĐỘNG TỈNH AN HẢI          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 12/LĐLĐ-VP                          An Hải, ngày 10 tháng 02 năm 2021
V/v {subject}
Kính gửi: Công đoàn cơ sở.
{body}
Nơi nhận:
- Như trên.
"""


def letter(body: str, *, subject: str = "thực hiện nhiệm vụ công đoàn") -> Reading:
    """A letter of 10 February 2021 with this body."""
    return read_text(_AROUND.format(body=body, subject=subject))


def limits(sentence: str) -> list[str]:
    """The normalised deadlines of one item of that letter."""
    return [deadline.normalised for deadline in found(sentence)]


def found(sentence: str) -> tuple[Deadline, ...]:
    return letter(f"Đề nghị các đơn vị thực hiện:\n1. {sentence}").deadlines


def values(fields: tuple[Field, ...]) -> list[str | None]:
    return [field.value for field in fields]
