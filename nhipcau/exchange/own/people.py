"""Whether a column of a foreign table is about persons: told by its heading, or by the shape of what stands in it.

Pure, for the confined reader. When in doubt it is: such a column is dropped unread and its place is told, so that
whoever sent a column of counts can head it as one ("Số đoàn viên (người)") and send it again.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from nhipcau.boundary.names import person_names
from nhipcau.core.text import fold
from nhipcau.exchange.own.scales import mentions

_NAMED = re.compile(r"\b(?:ho va ten|ho ten|ho,? ten|ho dem|ngay sinh|nam sinh|sinh nam|sinh ngay|que quan)\b")
_ABOUT = re.compile(
    r"\b(?:ngay,? thang|cccd|cmnd|cmtnd|cmt|can cuoc|chung minh|dinh danh|ho chieu|giay to|dien thoai|"
    r"(?:so )?dt(?:dd)?|sdt|di dong|so may|zalo|e-?mail|thu dien tu|tai khoan|stk|dia chi|ma so thue|mst|"
    r"(?:ma|ma so|so|so so|so the|the) (?:bhxh|bhyt|bhtn|bao hiem(?: y te| xa hoi)?)|"
    r"(?:ma|ma so|so|so the) (?:nv|nhan vien|the|cnv|nld|ca nhan))\b|^(?:bhxh|bhyt|ns|tuoi)$"
)
_OFFICES = re.compile(
    r"\b(?:chu tich|can bo|doan vien|nguoi|dong chi|thanh vien|uy vien|giam doc|lien he|phu trach|cong nhan|"
    r"lao dong)\b"
)
_UNITS = re.compile(r"^(?:ten |ma |so )*(?:don vi|cdcs|cong doan(?! vien)|doanh nghiep|dn|co so|cong ty|truong)\b")
_TITLED_NAME = re.compile(r"^ten(?: goi)?$|^ten (?:nguoi|can bo|nld|cnv|doan vien|chau|con|vo|chong|hoc sinh)\b")
_ORGANISATION = re.compile(
    r"\d|\b(?:cong ty|cty|tnhh|cp|cong doan|cdcs|cd|ldld|nghiep doan|truong|mam non|tieu hoc|thcs|thpt|benh vien|"
    r"tram|xi nghiep|nha may|hop tac xa|htx|xa|phuong|thi tran|dac khu|khu|ubnd|uy ban|ban|phong|so|"
    r"chi nhanh|trung tam|doi|to|ngan hang|quy|kho bac|chi cuc|cuc|toa an|vien|may|gach)\b"
)
_MEASURE = (
    r"(?:nguoi|luot|cuoc|suat|vu|ho|lop|buoi|don vi|truong hop|can|cai|doan vien|cong doan vien|nld|cnvcld|"
    r"cong nhan|lao dong|nu|gio|ngay|bai|van ban|hop dong|thoa uoc|dn|doanh nghiep|cdcs|chau|phan qua|qua|giai|"
    r"don|sang kien)"
)
_COUNTED = re.compile(
    rf"(?:^|[–(] ?)(?:tong so|tong|so luong|so) {_MEASURE}\b|\((?:{_MEASURE}\b[^()]*|%)\)|\bty le\b"
)
_MONEY = re.compile(
    r"\b(?:tien|kinh phi|dong|vnd|gia tri|tri gia|doanh thu|von|ngan sach|quyet toan|du toan|lai)\b"
)
_MONEY_MARKED = re.compile(r"\b(?:nợ|thu|chi|quỹ|lương|thưởng|vay)\b")  # without marks these are other words too
_GROUPED = re.compile(r"-?[1-9]\d{0,2}(?:[., ]\d{3})+")
_DIGITS = re.compile(r"(?:\+?84|0)[\d .-]{8,12}|\d{9,10}|\d{12}")
_OTHER = re.compile(r"[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}")
_LEAST, _ROUND = 10**8, 1_000  # of identity and telephone numbers, once the first zeros are lost; money is round
_BORN, _MOSTLY, _FEW = (1930, 2015), 0.5, 3


def of_persons(heading: str, values: Sequence[Any]) -> bool:
    """`values`: what stands in the column, without blanks."""
    folded = fold(heading)
    counted = _COUNTED.search(folded) is not None
    money = bool(_MONEY.search(folded) or _MONEY_MARKED.search(heading.lower())) or mentions(heading)
    if not counted and (_NAMED.search(folded) or (_ABOUT.search(folded) and not money)):
        return True
    if _mostly(values, lambda value: _is_private(value, money=money)):
        return True
    return not counted and not money and _birth_years(values)


def names_persons(heading: str, values: Sequence[Any]) -> bool:
    """Of a column of words that might name units: whether its words are people's names after all."""
    folded = fold(heading).rpartition(" – ")[2].strip()
    if _OFFICES.search(folded) and not _UNITS.search(folded):
        return True
    organised = _mostly(values, lambda value: _ORGANISATION.search(fold(str(value))) is not None)
    return _TITLED_NAME.search(folded) is not None and not organised


def is_a_person(text: str) -> bool:
    """Whether it is a full name and nothing else."""
    return person_names(text.strip()) == [text.strip()]


def _is_private(value: Any, *, money: bool) -> bool:
    """Whether it has the shape of a name, a birth date, an identity or telephone number, or a mail address."""
    if isinstance(value, dt.date | dt.datetime):
        return True
    if isinstance(value, bool):
        return False
    if isinstance(value, int | float):
        return not money and value >= _LEAST and value % _ROUND != 0
    if not isinstance(value, str):
        return False
    text = value.strip()
    if _DIGITS.fullmatch(text):
        return text.startswith("0") or not (money or _GROUPED.fullmatch(text))
    return _OTHER.fullmatch(text) is not None or is_a_person(text)


def _birth_years(values: Sequence[Any]) -> bool:
    first, last = _BORN
    years = [value for value in values if str(value).strip().removesuffix(".0").isdigit()]
    return (
        len(years) >= _FEW
        and _mostly(values, lambda value: value in years)
        and all(first <= float(value) <= last for value in years)
    )


def _mostly(values: Iterable[Any], holds: Callable[[Any], bool]) -> bool:
    answers = [holds(value) for value in values]
    return sum(answers) > len(answers) * _MOSTLY
