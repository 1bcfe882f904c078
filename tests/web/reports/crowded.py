"""A commune with more units below than a page has room for."""

from __future__ import annotations

from nhipcau.org.actions import import_tree
from nhipcau.org.importing import read_rows
from tests.cast import NOW, SETUP

HEAD = "code,name,kind,parent,from,symbol,place,members"
NAMES = (
    "Công đoàn cơ sở Công ty trách nhiệm hữu hạn một thành viên Xuất nhập khẩu May mặc Hải Âu số",
    "Công đoàn cơ sở Trường Trung học phổ thông Dân tộc nội trú Hải Long và các điểm trường phân hiệu số",
)


def crowd(commune: str = "XA", count: int = 60) -> None:
    """So many local unions with long names."""
    rows = [
        f"{commune}-{n:03d},{NAMES[n % 2]} {n:03d},local,{commune},2025-07-01,CĐCS,An Hải,{n}"
        for n in range(1, count + 1)
    ]
    import_tree(rows=read_rows("\n".join([HEAD, *rows]).encode()), actor=SETUP, at=NOW)
