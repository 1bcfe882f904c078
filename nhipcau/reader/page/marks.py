"""The fixed phrases that tell the parts of a document apart (Decree 30, Appendix I), on plain text."""

from __future__ import annotations

import re
from functools import lru_cache

from nhipcau.reader.language.lexicon import DOC_TYPES, SITE_LABELS, SITE_LABELS_WITH_COLON
from nhipcau.reader.language.text import legible, looks_upper

# Vowels may be missing: some old files lose every letter beyond Latin-1.
_NATION = re.compile(r"c\s?.?ng h[oa]{1,2} x.? h.?i ch")
_PARTY = re.compile("ĐẢNG CỘNG SẢN VIỆT NAM")
_NATION_WORDS = frozenset(["cong", "hoa", "xa", "hoi", "chu", "nghia", "viet", "nam"])
_MOTTO = re.compile(r"d?.?c\s?l.?p\W{1,5}t.?\s?do|h.?nh ph.?c$")
_OF_MOTTO = re.compile(r"l.?p\W{1,5}t.?\s?do|nh ph.?c$")  # a part of it, found in a fifth of the time
ADDRESSED = re.compile(r"k.?nh\s?g[uo].?[io]?\b|k.?nh\s?g.?i\b")
RECIPIENTS = re.compile(r"n.?i nh.?n\b\s*[:;.]?")
AS_ABOVE = re.compile(r"^\W*nh[uư] (?:tren|kinh gui|k/g|dieu \d|muc)\b")  # first line of the recipients
NUMBER_LINE = re.compile(r"^[\W_]*(?:s[oó0ô]\b\s*[:.;]?|s\s*:)")
SUBJECT_LINE = re.compile(r"^[\W_]*(?:v\s?/\s?v\b|v\.v\b|vv\b|ve viec\b|ve\s?:)\s*:?")
DATE_LINE = re.compile(r"ng.?y.{0,12}th.?ng.{0,10}n.?m|,\s*ng.?y\b|^ng.?y\b.*\bth.?ng\b")
_WHOLE_DATE = re.compile(
    r"\W*([^\W\d][^,;:]{1,38}?)([,.]?)\s*(?:h.?i .{3,20})?ng.?y.{0,12}th.?ng.{0,8}n.?m"
    r".{0,3}(?:\d{4}|\d{3}.|\.{2,}|$)\W*$"
)
_DAY_AND_MONTH = re.compile(r"ng.?y.{0,12}th.?ng")
_SYMBOL = re.compile(r"[/-]\s*[a-z]{2}|\d\s*[/-]\s*[a-z]|^\W*$")
# What the first sentence of a body opens with; case matters, so it is tried on the printed text.
OPENER = re.compile(
    r"(?:Căn cứ|Thực hiện|Thi hành|Để |Nhằm |Theo |Triển khai|Trong |Xét |Được sự|Hưởng ứng|Tiếp tục"
    r"|Phát huy|Quán triệt"
    r"|Sau khi|Qua |Ngày \d|Năm \d|Vừa qua|Hiện nay|Thời gian|Tiếp theo|Nhân dịp|Nhân |Chào mừng|Kính gửi"
    r"|Kính mời|Ban Thường vụ"
    r"|Ban Chấp hành|Phúc đáp|Trả lời|Tại |Từ ngày|Với |Những năm|[IVX]+\s*[.-]|Phần |PHẦN |Chương "
    r"|Điều \d|\d+\s?[.)/-]\s|-\s|[a-eđ]\)"
    r"|Trân trọng|Đồng kính gửi|THÀNH PHẦN|Thành phần)"
)
RULE = re.compile(r"[\s_\-=*.~·•…—|+]+")
PAGE_NUMBER = re.compile(r"(?:trang\s*)?-?\s*\d{1,3}\s*-?(?:\s*/\s*\d{1,3})?")
_SITE = re.compile(
    r"\W*(?:skip to [a-z]|"
    rf"(?:{'|'.join(SITE_LABELS)})(?:\s*[:|]|\s+\S)|(?:{'|'.join(SITE_LABELS_WITH_COLON)})\s*[:|])"
)


def nation_at(text: str, folded: str) -> int | None:
    """Where the Quốc hiệu begins in this cell (or the Party's heading), though OCR may have spoilt words of it."""
    found = ("ng h" in folded and _NATION.search(folded)) or _PARTY.search(text)
    if found:
        return found.start()
    if len(text) > 140 or "viet nam" not in folded or not looks_upper(text):
        return None
    hits = [match for match in list(re.finditer(r"\w+", folded))[-9:] if match[0] in _NATION_WORDS]
    return hits[0].start() if len({match[0] for match in hits}) >= 6 else None


def motto_in(folded: str) -> re.Match[str] | None:
    """The tiêu ngữ, "Độc lập - Tự do - Hạnh phúc", or as much as is left of it."""
    return _MOTTO.search(folded) if _OF_MOTTO.search(folded) else None


def is_site_row(folded: str) -> bool:
    """A row of the data that law sites print above a document ("Số hiệu: … Người ký: …")."""
    return _SITE.match(folded) is not None


def is_type_title(text: str, folded: str) -> bool:
    """The line is the name of a type in capitals and nothing else."""
    return folded.strip(" :.*-_") in DOC_TYPES and looks_upper(text)


@lru_cache(maxsize=256)
def is_header_mark(text: str, folded: str) -> bool:
    """Only a header has this cell: Quốc hiệu, tiêu ngữ, "Số: …/…" or "Place, ngày … tháng … năm …"."""
    if len(text) > 75 or text.endswith(";"):
        return False
    if nation_at(text, folded) is not None or motto_in(folded):
        return True
    label = None if text.startswith("số ") else NUMBER_LINE.match(folded)  # "Chỉ thị / số 19-CT/TW" is a subject's
    if label and len(text) < 45:
        return _SYMBOL.search(folded[label.end() :]) is not None
    return is_whole_date(text, folded)


def is_whole_date(text: str, folded: str) -> bool:
    """ "An Hải, ngày 05 tháng 3 năm 2021" and nothing else; day, month or year may be blank."""
    found = _WHOLE_DATE.match(folded) if _DAY_AND_MONTH.search(folded) else None
    if found is None:
        return False
    place = text[found.start(1) : found.end(1)].split()
    names = all(word[0].isupper() or word[0].isdigit() for word in place)
    return place[0][0].isupper() and len(place) < 7 and (bool(found[2]) or names)


def reads_as_sentence(text: str) -> bool:
    """A full line of running text: what a header never has."""
    return len(text) > 60 and text[0].isupper() and not looks_upper(text) and legible(text)


def ends_as_sentence(text: str) -> bool:
    """A short line of running text that is closed: "Đề nghị các đơn vị đăng ký trước ngày 15/5."."""
    closed = text.endswith((".", ";")) and not text.endswith("...")
    return closed and len(text.split()) > 5 and text[0].isupper() and not looks_upper(text)
