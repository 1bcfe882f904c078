"""Time expressions that set a limit, and their normalised form. No match means no deadline.

All patterns run on *plain* text (see `layout.plain`), so hằng/hàng, quí/quý, tone placement and lost
marks match alike; words that plain text confuses are looked up in the printed text afterwards.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from nhipcau.reader.model import DeadlineKind


@dataclass(frozen=True)
class Phrase:
    """A time expression found at `start:end`; `exclusive` if it says "trước" the date."""

    start: int
    end: int
    kind: DeadlineKind
    normalised: str
    exclusive: bool = False
    why: str = ""


_WORDS = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10,
    "muoi lam": 15, "hai muoi": 20, "ba muoi": 30, "muoi hai": 12,
}  # fmt: skip
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_COUNT = (
    r"(?:\d{1,3}|muoi lam|muoi hai|hai muoi|ba muoi|mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi)(?:\s*\([^)]{1,12}\))?"
)
_HOUR = r"(?:(?:luc\s+)?\d{1,2}\s*(?:gio|g|h|:)\s*(?:\d{2})?\s*(?:phut)?(?:\s*,)?\s*)?"
_WEEKDAY = r"(?:\(?thu\s+(?:hai|ba|tu|nam|sau|bay|[2-7])\)?,?\s*|chu nhat,?\s*)?"


# A date; groups d, m, y by name with a suffix so that two fit into one pattern.
def _date(tag: str = "") -> str:
    return (
        rf"(?:{_HOUR}(?:ngay\s*:?\s*)?{_WEEKDAY}\(?(?:ngay\s*)?(?:mung\s|mong\s)?(?P<d{tag}>\d{{1,2}})\s?(?:[/.-]\s?|\s*thang\s*)(?P<m{tag}>\d{{1,2}})"
        rf"(?:(?:\s?[/.-]\s?|\s*,?\s*nam\s*)(?P<y{tag}>\d{{4}}))?\)?(?![\d/%]|\s*(?:gio|h\d|trieu|dong)\b))"
    )


_BY = r"(?:cham nhat|muon nhat)(?:\s+(?:la|vao|den|trong|het|truoc))*"
_DONE = r"(?:hoan thanh|hoan tat|xong|ket thuc)(?:\s+(?:xong|viec\s+\w+))?"
_LABEL = (
    r"(?:thoi (?:gian|han)(?:\s+(?:thuc hien|hoan thanh|nop|gui|bao cao|dang ky|trien khai|to chuc|tiep nhan|nhan|cuoi|chot|ho so|ket thuc))+(?:\s+[\w ]{2,30}?)?"
    r"|thoi han|han (?:chot|cuoi|cuoi cung|nop|gui|dang ky|hoan thanh|bao cao)(?:\s+[\w ]{2,30}?)?|tien do(?: thuc hien)?)\s*(?::|la|den|truoc|vao)?\s*"
)
_DUTY = re.compile(
    r"\b(?:gui|nop|bao cao|dang ky|hoan thanh|hoan tat|tra loi|phan hoi|cap nhat|tong hop|chuyen|thong bao|trien khai|thuc hien|to chuc|xay dung|de nghi|yeu cau"
    r"|lap|kiem tra|phai|ra soat|tham gia|ung ho|quyet toan|phe duyet|ban hanh|cung cap|danh gia|phat dong|gop y|tap huan|tuyen truyen|niem yet|cong khai|nghiem thu|giao|phan cong)\b"
)

Found = tuple[DeadlineKind, str, bool, str]
Handler = Callable[[re.Match[str], "Calendar"], "Found | None"]


@dataclass(frozen=True)
class Calendar:
    """The day the document was written, from which a missing year is the next occurrence."""

    anchor: dt.date | None

    def day(self, match: re.Match[str], tag: str = "", *, before: dt.date | None = None) -> dt.date | None:
        """The date of the groups d, m, y; None if impossible or if the year cannot be known."""
        day, month = int(match[f"d{tag}"]), int(match[f"m{tag}"])
        if match[f"y{tag}"]:
            return _make(int(match[f"y{tag}"]), month, day)
        if before is not None:
            return _make(before.year, month, day)
        if self.anchor is None:
            return None
        this_year = _make(self.anchor.year, month, day)
        return (
            this_year if this_year is None or this_year >= self.anchor else _make(self.anchor.year + 1, month, day)
        )

    def month(self, month: int, year: str | None) -> tuple[int, int] | None:
        if not 1 <= month <= 12:
            return None
        if year:
            return int(year), month
        if self.anchor is None:
            return None
        return (self.anchor.year if month >= self.anchor.month else self.anchor.year + 1), month

    def past(self, last_day: dt.date) -> bool:
        """Before the document was written: narrative, not a deadline."""
        return self.anchor is not None and last_day < self.anchor


def _make(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _last(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def _number(words: str) -> int | None:
    bare = re.sub(r"\s*\(.*", "", words).strip()
    return int(bare) if bare.isdigit() else _WORDS.get(bare)


def _on_date(match: re.Match[str], when: Calendar) -> Found | None:
    day = when.day(match)
    if day is None or when.past(day):
        return None
    exclusive = re.search(r"\btruoc\b", match[0]) is not None
    return (
        "date",
        day.isoformat(),
        exclusive,
        "Hạn có ngày in rõ" if match["y"] else "Hạn không in năm: lấy lần tới gần nhất",
    )


def _range(match: re.Match[str], when: Calendar) -> Found | None:
    end = when.day(match, "2")
    if end is None or when.past(end):
        return None
    groups = match.groupdict()
    if groups.get("m1"):
        start = when.day(match, "1", before=end)
    else:
        start = _make(end.year, end.month, int(groups["d1"]))
    if start is not None and start > end and not groups.get("y1"):
        start = _make(start.year - 1, start.month, start.day)
    if start is None or start > end:
        return None
    return "period", f"{start.isoformat()}/{end.isoformat()}", False, "Khoảng thời gian từ … đến …"


def _month_range(match: re.Match[str], when: Calendar) -> Found | None:
    end = when.month(int(match["m2"]), match["y2"])
    if end is None or when.past(_last(*end)):
        return None
    year = int(match["y1"]) if match["y1"] else end[0] - (int(match["m1"]) > int(match["m2"]))
    if not 1 <= int(match["m1"]) <= 12:
        return None
    return "period", f"{year}-{int(match['m1']):02d}/{end[0]}-{end[1]:02d}", False, "Từ tháng … đến tháng …"


def _in_month(match: re.Match[str], when: Calendar) -> Found | None:
    found = when.month(int(match["m"]), match["y"])
    if found is None or when.past(_last(*found)):
        return None
    return "period", f"{found[0]}-{found[1]:02d}", False, "Hạn là tháng: tính đến ngày cuối tháng"


def _in_quarter(match: re.Match[str], when: Calendar) -> Found | None:
    quarter = _ROMAN[match["q"]]
    found = when.month(3 * quarter, match["y"])
    if found is None or when.past(_last(*found)):
        return None
    return "period", f"{found[0]}-Q{quarter}", False, "Hạn là quý: tính đến ngày cuối quý"


def _end_of_year(match: re.Match[str], when: Calendar) -> Found | None:
    year = int(match["y"]) if match["y"] else when.anchor.year if when.anchor else None
    if year is None or when.past(dt.date(year, 12, 31)):
        return None
    return "date", f"{year}-12-31", False, "Đến hết năm"


_FREQUENCY = {"ngay": "DAILY", "tuan": "WEEKLY", "thang": "MONTHLY", "quy": "QUARTERLY", "nam": "YEARLY"}
_DAYS = {"hai": "MO", "ba": "TU", "tu": "WE", "nam": "TH", "sau": "FR", "bay": "SA"} | {
    str(n): day for n, day in zip(range(2, 8), ("MO", "TU", "WE", "TH", "FR", "SA"), strict=True)
}
_WEEK = ("MO", "TU", "WE", "TH", "FR", "SA")


def _every(match: re.Match[str], when: Calendar) -> Found | None:
    groups = match.groupdict()
    rule = f"FREQ={_FREQUENCY[match['unit']]}"
    if groups.get("wd"):
        first = _DAYS[match["wd"]]
        if groups.get("wd2"):
            days = _WEEK[_WEEK.index(first) : _WEEK.index(_DAYS[match["wd2"]]) + 1]
            rule += ";BYDAY=" + ",".join(days)
        elif match["unit"] == "thang":
            rule += f";BYDAY={groups.get('week') or 1}{first}"
        else:
            rule += f";BYDAY={first}"
    elif groups.get("d"):
        if match["unit"] == "nam":
            rule += f";BYMONTH={int(match['m'])};BYMONTHDAY={int(match['d'])}"
        else:
            rule += f";BYMONTHDAY={int(match['d'])}"
    exclusive = re.search(r"\btruoc\b", match[0]) is not None
    return "recurring", rule, exclusive, "Việc lặp lại định kỳ"


def _every_count(match: re.Match[str], when: Calendar) -> Found | None:
    """ "6 tháng/lần", "định kỳ sáu tháng", "03 tháng một lần": every N units."""
    count = _number(match["n"])
    if not count:
        return None
    unit = match["unit"]
    if unit == "quy":
        count, unit = 3 * count, "thang"
    rule = f"FREQ={_FREQUENCY[unit]}"
    return "recurring", rule if count == 1 else f"{rule};INTERVAL={count}", False, "Việc lặp lại định kỳ"


def _times_per(match: re.Match[str], when: Calendar) -> Found | None:
    """ "2 lần/năm" is every six months; a rate that does not divide the unit stays at the unit."""
    count, unit = _number(match["n"]) or 1, match["unit"]
    months = {"nam": 12, "quy": 3, "thang": 1}.get(unit)
    if months and count and months % count == 0:
        step = months // count
        rule = "FREQ=YEARLY" if step == 12 else "FREQ=MONTHLY" + (f";INTERVAL={step}" if step > 1 else "")
    else:
        rule = f"FREQ={_FREQUENCY[unit]}"
    return "recurring", rule, False, "Số lần trong một kỳ"


_UNITS = {"ngay lam viec": "BD", "ngay": "D", "tuan": "W", "thang": "M", "nam": "Y", "gio": "H"}


def _after_event(match: re.Match[str], when: Calendar) -> Found | None:
    count = _number(match["n"])
    unit = "ngay lam viec" if "lam viec" in match["unit"] else match["unit"].strip()
    if count is None:
        return None
    amount = f"PT{count}H" if unit == "gio" else f"P{count}{_UNITS[unit]}"
    event = " ".join(match["event"].split())
    if match["link"].startswith("truoc"):
        return "relative", f"{amount} before {event}", False, "Tính lùi từ một việc"
    received = re.search(r"\bnhan\b", event) and re.search(
        r"\bnay\b|^(?:tu )?(?:ngay )?nhan duoc (?:cong van|van ban|ke hoach|thong bao|huong dan|cong dien)\b$",
        event,
    )
    return (
        "relative",
        f"{amount} after receipt" if received else f"{amount} after {event}",
        False,
        "Tính từ ngày nhận văn bản hoặc một việc",
    )


def _day_of_other_month(match: re.Match[str], when: Calendar) -> Found | None:
    return (
        "relative",
        " ".join(match[0].split()),
        "truoc" in match[0].split()[:3],
        "Ngày của một tháng phụ thuộc việc khác",
    )


def _quarterly_day(match: re.Match[str], when: Calendar) -> Found | None:
    return (
        "recurring",
        f"FREQ=QUARTERLY;BYMONTHDAY={int(match['d'])}",
        "truoc" in match[0],
        "Ngày cố định của mỗi quý",
    )


def _next_month_day(match: re.Match[str], when: Calendar) -> Found | None:
    return (
        "recurring",
        f"FREQ=MONTHLY;BYMONTHDAY={int(match['d'])}",
        "truoc" in match[0],
        "Ngày cố định của mỗi tháng",
    )


_EVERY = r"(?:hang|moi)\s+"
_DAY = r"(?:ngay\s+)?(?:mung\s|mong\s)?(?P<d>\d{1,2})"
_LIMIT = rf"(?:(?:{_BY}|truoc|vao|den|tu|han|het)\s+)*"
_WD = r"thu\s+(?P<wd>hai|ba|tu|nam|sau|bay|[2-7])"
_QUARTER = r"quy\s*(?P<q>iv|i{1,3}|[1-4])\b(?:(?:\s*/\s*|\s*-\s*|\s+nam\s+|\s+)(?P<y>\d{4}))?"
_MONTH = r"thang\s*(?P<m>\d{1,2})(?:(?:\s?[/.-]\s?|\s+nam\s+)(?P<y>\d{4}))?(?![\d/]|\s*[-–]\s*\d)"

# In order of strength: where two overlap, the earlier pattern wins.
_PATTERNS: tuple[tuple[re.Pattern[str], Handler], ...] = tuple(
    (re.compile(pattern), handler)
    for pattern, handler in (
        # E. relative
        (rf"(?:{_BY}\s+|truoc\s+)+ngay\s+\d{{1,2}}\s+(?:cua\s+)?thang\s+(?:lien ke|truoc|dien ra|to chuc)\s[^.;,\n]{{3,70}}?(?=[.;,]|\s+gom\b|$)", _day_of_other_month),
        (
            rf"(?:(?:trong|sau|{_BY}|khong qua|toi da|it nhat|truoc)\s+)*(?:(?:thoi han|thoi gian|vong)\s+)?(?:la\s+|khong qua\s+)?(?P<n>{_COUNT})\s*(?P<unit>ngay lam viec|gio lam viec|gio|ngay|tuan|thang|nam)"
            r",?\s+(?:lam viec,?\s+)?(?P<link>ke tu khi|ke tu|tinh tu|sau khi|tu khi|tu ngay|truoc khi|truoc ngay)\s+(?P<event>[^.;:,()]{3,110}?)(?=\s*[.;:,()]|\s+(?:den|cac|de|phai|thi|va)\s|\s*$)",
            _after_event,
        ),
        # D. recurring
        (rf"{_LIMIT}tu\s+{_WD}\s+den\s+thu\s+(?P<wd2>hai|ba|tu|nam|sau|bay|[2-7])\s+{_EVERY}(?P<unit>tuan)\b", _every),
        (rf"{_LIMIT}{_HOUR}(?:ngay\s+)?{_WD}(?:,?\s*tuan\s+(?:thu\s+)?(?P<week>[1-4])|,?\s*(?:dau tien))?\s*(?:cua\s+)?,?\s*{_EVERY}(?P<unit>tuan|thang)\b", _every),
        (rf"{_LIMIT}{_DAY}\s*[/-]\s*(?P<m>\d{{1,2}})\s+(?:cua\s+)?{_EVERY}(?P<unit>nam)\b", _every),
        (rf"{_LIMIT}{_DAY}\s+thang\s+(?P<m>\d{{1,2}})\s+(?:cua\s+)?{_EVERY}(?P<unit>nam)\b", _every),
        (rf"{_LIMIT}{_DAY}\s+(?:cua\s+)?{_EVERY}(?P<unit>thang)\b", _every),
        (rf"{_EVERY}(?P<unit>thang)\s+{_LIMIT}{_DAY}(?!\s*[/.\d])", _every),
        (rf"(?:{_BY}|truoc)\s+{_DAY}\s+(?:cua\s+)?thang\s+(?:cuoi|dau)\s+(?:cua\s+)?(?:moi\s+|hang\s+)?quy(?:\s+sau)?\b", _quarterly_day),
        (rf"(?:{_BY}|truoc)\s+{_DAY}\s+(?:cua\s+)?thang\s+(?:sau|ke tiep|tiep theo|lien ke)\b", _next_month_day),
        (rf"(?:dinh ky\s+)?(?P<n>{_COUNT})\s*(?P<unit>ngay|tuan|thang|quy|nam)\s*(?:/\s*(?:mot\s+|0?1\s+)?lan|mot lan|0?1 lan)\b", _every_count),
        (rf"dinh ky\s+(?P<n>{_COUNT})\s*(?P<unit>tuan|thang|nam)\b", _every_count),
        (rf"(?:it nhat\s+)?(?P<n>{_COUNT})\s*lan\s*(?:/\s*(?:0?1\s+|mot\s+)?|trong\s+|moi\s+|mot\s+)(?P<unit>tuan|thang|quy|nam)\b", _times_per),
        (rf"dinh ky\s+(?:vao\s+)?(?:{_EVERY})?(?P<unit>tuan|thang|quy|nam)\b", _every),
        (rf"{_EVERY}(?P<unit>ngay|tuan|thang|quy|nam)\b(?!\s+hoc)", _every),
        # periods
        (rf"tu\s+(?:luc\s+)?{_date('1')}\s*(?:den|toi|-)\s*(?:het\s+|truoc\s+)?{_date('2')}", _range),
        (rf"tu\s+(?:ngay\s+)?(?P<d1>\d{{1,2}})\s*(?:den|toi|-)\s*(?:het\s+)?{_date('2')}", _range),
        (rf"(?:{_LABEL}|trong (?:cac |hai |ba )?ngay\s+)(?:tu\s+)?(?:ngay\s+)?(?P<d1>\d{{1,2}})\s*(?:-|den|va|,)\s*{_date('2')}", _range),
        (r"tu\s+thang\s*(?P<m1>\d{1,2})(?:(?:\s?[/.-]\s?|\s+nam\s+)(?P<y1>\d{4}))?\s*(?:den|toi|-)\s*(?:het\s+)?(?:thang\s*)?(?P<m2>\d{1,2})(?:(?:\s?[/.-]\s?|\s+nam\s+)(?P<y2>\d{4}))?(?!\d)", _month_range),
        (r"trong\s+(?:cac\s+)?thang\s+(?P<m1>\d{1,2})(?P<y1>(?!))?\s*(?:-|,|va|den)\s*(?:thang\s*)?(?P<m2>\d{1,2})(?:(?:\s?[/.-]\s?|\s+nam\s+)(?P<y2>\d{4}))?(?!\d)", _month_range),
        # A. dates
        (rf"tu nay\s+(?:cho\s+)?(?:den|toi)\s+(?:truoc\s+|het\s+)*{_date()}", _on_date),
        (rf"(?:{_DONE}\s+)?(?:{_BY})\s+{_date()}", _on_date),
        (rf"(?:{_DONE}\s+)?(?:{_BY}\s+)?truoc\s+{_date()}", _on_date),
        (rf"truoc\s+(?:ngay hoi|le|dai hoi|hoi nghi|tet|dip)\s[^\d.;,:]{{2,60}}?\s(?:ngay\s+)?{_date()}", _on_date),
        (rf"(?:{_DONE}\s+)?(?:den\s+het|het)\s+{_date()}", _on_date),
        (rf"{_LABEL}{_date()}", _on_date),
        (rf"{_DONE}\s+(?:vao\s+|den\s+|trong\s+)?(?:ngay\s+)?{_date()}", _on_date),
        (rf"(?:vao|trong|den)\s+{_date()}", _on_date),
        # C. months, quarters, years
        (rf"(?:(?:{_DONE}|{_BY}|{_LABEL})\s*)+(?:trong\s+|vao\s+|truoc\s+|den\s+)?(?:het\s+|dau\s+|giua\s+|cuoi\s+)?{_QUARTER}", _in_quarter),
        (rf"(?:trong|vao|truoc|het)\s+(?:dau\s+|giua\s+|cuoi\s+)?{_QUARTER}", _in_quarter),
        (rf"(?:(?:{_DONE}|{_BY}|{_LABEL})\s*)+(?:trong\s+|vao\s+|truoc\s+|den\s+)?(?:het\s+|dau\s+|giua\s+|cuoi\s+|tuan\s\w+\s(?:cua\s)?)?{_MONTH}", _in_month),
        (rf"(?:trong|het|den het|vao|truoc)\s+(?:(?:dau|giua|cuoi|tuan\s\w+(?:\scua)?)\s+)?{_MONTH}", _in_month),
        (r"(?:tu nay\s+)?(?:den|toi)\s+(?:het|cuoi)\s+nam\b(?!\s+hoc)(?:\s+(?P<y>\d{4}))?", _end_of_year),
        (rf"(?:{_DONE}|{_BY})\s+(?:(?:trong|vao|den|het|cuoi)\s+)*(?:nam\s+)?(?P<y>\d{{4}})\b(?!\s?[-/])", _end_of_year),
    )
)  # fmt: skip


def find_phrases(folded: str, when: Calendar) -> Iterator[Phrase]:
    """Time limits in `folded` (plain text of one paragraph), left to right, no overlaps."""
    taken: list[Phrase] = []
    for pattern, handler in _PATTERNS:
        for match in pattern.finditer(folded):
            if any(match.start() < p.end and p.start < match.end() for p in taken):
                continue
            found = handler(match, when)
            if found is not None:
                kind, normalised, exclusive, why = found
                end = match.start() + len(match[0].rstrip(" ,("))
                taken.append(Phrase(match.start(), end, kind, normalised, exclusive, why))
    yield from sorted(taken, key=lambda p: p.start)


def asks(folded: str) -> bool:
    """Does the sentence hold a verb of doing, without which a bare "ngày D" is no limit?"""
    return _DUTY.search(folded) is not None
