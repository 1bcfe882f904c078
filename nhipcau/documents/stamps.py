"""Stamps that keep a paper out of this system: it stops at the door and nothing of it is kept.

Sources: Law 29/2018/QH14 on the protection of state secrets (Art. 8: the three degrees); Law 2/2011 and
25/2018/QH14 on complaints and denunciations (the sender's identity is protected).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from nhipcau.core.text import canonical

_HEADER_LINES = 40
_CELLS = re.compile(r"\n|\||\t|\s{3,}")
_EDGES = " \t.:;*_-|[](){}“”\"'«»"


@dataclass(frozen=True)
class Stamp:
    """A line that alone says what the paper is, and where such a paper belongs."""

    name: str
    line: re.Pattern[str]
    message: str


STAMPS = (
    Stamp(
        "secret",
        re.compile(r"(?:ĐỘ\s*MẬT\s*[:.]?\s*)?(?:TUYỆT\s*MẬT|TỐI\s*MẬT|MẬT)"),
        "Văn bản có dấu chỉ mức độ mật. Hệ thống này không nhận văn bản mật và không giữ lại gì của tệp vừa gửi. "
        "Hãy đăng ký vào sổ văn bản mật bằng giấy theo quy định về bảo vệ bí mật nhà nước.",
    ),
    Stamp(
        "complaint",
        re.compile(r"ĐƠN\s+(?:THƯ\s+)?(?:KHIẾU\s*NẠI|TỐ\s*CÁO)(?:\W.*)?"),
        "Đây là đơn khiếu nại hoặc tố cáo. Hệ thống không đọc, không lưu nội dung đơn và không giữ lại gì của tệp. "
        "Hãy ghi số, ngày và người xử lý vào sổ tiếp nhận đơn.",
    ),
)


def stamp_on(text: str) -> Stamp | None:
    """The stamp found among the first lines of a letter, each cell of its header counting as a line."""
    lines = [line.strip(_EDGES) for line in _CELLS.split(text)]
    for line in [line for line in lines if line][:_HEADER_LINES]:
        for stamp in STAMPS:
            if stamp.line.fullmatch(canonical(line)):
                return stamp
    return None
