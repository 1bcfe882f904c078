"""What a recognised time expression means: a day, a period, a recurrence or a count from an event."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from nhipcau.core.deadlines import resolve_year
from nhipcau.core.errors import InvalidInput
from nhipcau.reader.model import DeadlineKind


@dataclass(frozen=True)
class Found:
    """The normalised form; `exclusive` if the words say "trước"."""

    kind: DeadlineKind
    normalised: str
    why: str
    exclusive: bool = False


@dataclass(frozen=True)
class Calendar:
    """The day the document was written, from which a missing year is the next occurrence."""

    anchor: dt.date | None

    def day(self, match: re.Match[str], tag: str = "", *, near: dt.date | None = None) -> dt.date | None:
        """The date of the groups d, m, y; None if it does not exist or its year cannot be known."""
        day, month, year = int(match[f"d{tag}"]), int(match[f"m{tag}"]), match[f"y{tag}"]
        if match[f"next{tag}"]:
            return make(self.anchor.year + 1, month, day) if self.anchor else None
        if year or near:
            return make(full_year(year) if year else near.year, month, day)  # type: ignore[union-attr]
        if self.anchor is None:
            return None
        try:
            return resolve_year(day, month, after=self.anchor)
        except InvalidInput:
            return None  # 31/2: a slip of the pen is shown by the text, not guessed at

    def month(self, month: int, year: str | None) -> tuple[int, int] | None:
        """(year, month), or None if it does not exist or cannot be known."""
        if not 1 <= month <= 12:
            return None
        if year:
            return (int(year), month) if int(year) in YEARS else None
        if self.anchor is None:
            return None
        return self.anchor.year + (month < self.anchor.month), month

    def year(self, printed: str | None) -> int | None:
        """The year printed, else the document's."""
        if printed:
            return int(printed) if int(printed) in YEARS else None
        return self.anchor.year if self.anchor else None

    def past(self, last_day: dt.date) -> bool:
        """Before the document was written: narrative, not a deadline."""
        return self.anchor is not None and last_day < self.anchor


YEARS = range(1945, 2101)  # what a letter can mean; anything else is a slip or another number

Handler = Callable[[re.Match[str], Calendar], Found | None]


def make(year: int, month: int, day: int) -> dt.date | None:
    """The date, or None if there is none."""
    try:
        return dt.date(year, month, day) if year in YEARS else None
    except ValueError:
        return None


def full_year(printed: str) -> int:
    """ "2021", or "21" as people shorten it."""
    return int(printed) + (2000 if len(printed) == 2 else 0)


def last_of(year: int, month: int) -> dt.date:
    """The month's last day."""
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def _before(match: re.Match[str]) -> bool:
    return re.search(r"\btr(?:uo|u|o)?c\b", match[0]) is not None


# --- dates and periods -------------------------------------------------------------------------------
def on_date(match: re.Match[str], when: Calendar) -> Found | None:
    """ "trước ngày 10/11/2021", "chậm nhất ngày 5 tháng 6"."""
    day = when.day(match)
    if day is None or when.past(day):
        return None
    why = "Hạn có ngày in rõ" if match["y"] else "Hạn không in năm: lấy lần tới gần nhất"
    return Found("date", day.isoformat(), why, _before(match))


def date_range(match: re.Match[str], when: Calendar) -> Found | None:
    """ "từ ngày 26/4 đến ngày 15/5/2021"; the first date may lack month and year."""
    end = when.day(match, "2")
    if end is None or when.past(end):
        return None
    if match.groupdict().get("m1"):
        start = when.day(match, "1", near=end)
        if start is not None and start > end and not match["y1"]:
            start = make(start.year - 1, start.month, start.day)
    else:
        start = make(end.year, end.month, int(match["d1"]))
    if start is None or start > end:
        return None
    return Found("period", f"{start.isoformat()}/{end.isoformat()}", "Khoảng thời gian từ … đến …")


def month_range(match: re.Match[str], when: Calendar) -> Found | None:
    """ "từ tháng 4 đến tháng 12 năm 2020"."""
    first, end = int(match["m1"]), when.month(int(match["m2"]), match["y2"])
    if end is None or when.past(last_of(*end)) or not 1 <= first <= 12:
        return None
    year = int(match["y1"]) if match["y1"] else end[0] - (first > end[1])
    if (year, first) > end or year not in YEARS:
        return None
    return Found("period", f"{year}-{first:02d}/{end[0]}-{end[1]:02d}", "Từ tháng … đến tháng …")


def in_month(match: re.Match[str], when: Calendar) -> Found | None:
    """ "trong tháng 10/2021": the month, due on its last day."""
    month = when.month(int(match["m"]), match["y"])
    if month is None or when.past(last_of(*month)):
        return None
    return Found("period", f"{month[0]}-{month[1]:02d}", "Hạn là tháng: tính đến ngày cuối", _before(match))


_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}


def in_quarter(match: re.Match[str], when: Calendar) -> Found | None:
    """ "hoàn thành trong quý III": the quarter, due on its last day."""
    quarter = _QUARTERS[match["q"]]
    month = when.month(3 * quarter, match["y"])
    if month is None or when.past(last_of(*month)):
        return None
    return Found("period", f"{month[0]}-Q{quarter}", "Hạn là quý: tính đến ngày cuối", _before(match))


def in_half(match: re.Match[str], when: Calendar) -> Found | None:
    """ "trong 6 tháng cuối năm 2021"."""
    year = when.year(match["y"])
    half = 1 if match["half"] == "dau" else 2
    if year is None or when.past(last_of(year, 6 * half)):
        return None
    return Found("period", f"{year}-H{half}", "Hạn là nửa năm: tính đến ngày cuối")


def end_of_year(match: re.Match[str], when: Calendar) -> Found | None:
    """ "từ nay đến hết năm"."""
    year = when.year(match["y"])
    if year is None or when.past(dt.date(year, 12, 31)):
        return None
    return Found("date", f"{year}-12-31", "Đến hết năm")


# --- recurrences -------------------------------------------------------------------------------------
_FREQUENCY = {"ngay": "DAILY", "tuan": "WEEKLY", "thang": "MONTHLY", "quy": "QUARTERLY", "nam": "YEARLY"}
_WEEK = ("MO", "TU", "WE", "TH", "FR", "SA")
_WEEKDAYS = dict(zip(("hai", "ba", "tu", "nam", "sau", "bay"), _WEEK, strict=True)) | {
    str(number): day for number, day in zip(range(2, 8), _WEEK, strict=True)
}


def every(match: re.Match[str], when: Calendar) -> Found | None:
    """ "hằng quý", "trước ngày 25 hằng tháng", "thứ Sáu hằng tuần", "trước ngày 15/12 hằng năm"."""
    groups = match.groupdict()
    parts = [f"FREQ={_FREQUENCY[match['unit']]}"]
    if groups.get("wd"):
        parts.append("BYDAY=" + _by_day(groups))
    elif groups.get("d") and match["unit"] == "nam":
        parts += [f"BYMONTH={int(match['m'])}", f"BYMONTHDAY={int(match['d'])}"]
    elif groups.get("d"):
        parts.append(f"BYMONTHDAY={int(match['d'])}")
    return Found("recurring", ";".join(parts), "Việc lặp lại định kỳ", _before(match))


def _by_day(groups: dict[str, str | None]) -> str:
    first = _WEEKDAYS[groups["wd"] or ""]
    if groups.get("wd2"):
        return ",".join(_WEEK[_WEEK.index(first) : _WEEK.index(_WEEKDAYS[groups["wd2"] or ""]) + 1])
    return f"{groups.get('week') or 1}{first}" if groups["unit"] == "thang" else first


def day_of_each_year(match: re.Match[str], when: Calendar) -> Found:
    rule = f"FREQ=YEARLY;BYMONTH={int(match['m'])};BYMONTHDAY={int(match['d'])}"
    return Found("recurring", rule, "Việc lặp lại định kỳ", _before(match))


def each_year(day: Found) -> Found:
    """The same day, every year."""
    on = dt.date.fromisoformat(day.normalised)
    rule = f"FREQ=YEARLY;BYMONTH={on.month};BYMONTHDAY={on.day}"
    return Found("recurring", rule, "Việc lặp lại định kỳ", day.exclusive)


def daily(match: re.Match[str], when: Calendar) -> Found | None:
    """ "trước 16h00 hằng ngày kể từ ngày 26/12 đến hết ngày 31/12"."""
    last = when.day(match, "2") if match["d2"] else None
    until = f";UNTIL={last:%Y%m%d}" if last else ""
    return Found("recurring", f"FREQ=DAILY{until}", "Việc lặp lại hằng ngày", _before(match))


def every_count(match: re.Match[str], when: Calendar) -> Found | None:
    """ "6 tháng/lần", "định kỳ sáu tháng", "03 tháng một lần": every N units."""
    count, unit = number(match["n"]), match["unit"]
    if not count:
        return None
    if unit == "quy":
        count, unit = 3 * count, "thang"
    rule = f"FREQ={_FREQUENCY[unit]}" + (f";INTERVAL={count}" if count > 1 else "")
    return Found("recurring", rule, "Việc lặp lại định kỳ")


def times_per(match: re.Match[str], when: Calendar) -> Found | None:
    """ "2 lần/năm" is every six months; a rate that does not divide its unit stays at the unit."""
    count, unit = number(match["n"]) or 1, match["unit"]
    months = {"nam": 12, "quy": 3, "thang": 1}.get(unit, 0)
    if not months or months % count:
        return Found("recurring", f"FREQ={_FREQUENCY[unit]}", "Số lần trong một kỳ")
    step = months // count
    rule = "FREQ=YEARLY" if step == 12 else "FREQ=MONTHLY" + (f";INTERVAL={step}" if step > 1 else "")
    return Found("recurring", rule, "Số lần trong một kỳ")


def day_of_quarter(match: re.Match[str], when: Calendar) -> Found | None:
    """ "trước ngày 15 của tháng cuối quý"."""
    day = -1 if match["last"] else int(match["d"])
    month = "BYMONTH=1,4,7,10;" if match["month"] == "dau" else ""  # else the quarter's last month
    rule = f"FREQ=QUARTERLY;{month}BYMONTHDAY={day}"
    return Found("recurring", rule, "Ngày cố định của mỗi quý", _before(match))


def day_of_month(match: re.Match[str], when: Calendar) -> Found | None:
    """ "chậm nhất ngày 20 tháng sau"."""
    rule = f"FREQ=MONTHLY;BYMONTHDAY={int(match['d'])}"
    return Found("recurring", rule, "Ngày cố định của mỗi tháng", _before(match))


# --- relative ----------------------------------------------------------------------------------------
_UNITS = {"ngay": "D", "tuan": "W", "thang": "M", "nam": "Y"}
_RECEIVED = re.compile(
    r"\bnhan\b.*\bnay$"
    r"|^(?:ngay )?nhan duoc(?:$| (?:cong van|van ban|ke hoach|thong bao|huong dan|cong dien|chi thi)$)"
)
_SIGNED = re.compile(r"^(?:ngay )?(?:ky|ban hanh|ky ban hanh)(?: (?:cong van|van ban|ke hoach|quyet dinh) nay)?$")


def _amount(match: re.Match[str]) -> str | None:
    """ "P5BD", "PT48H": the groups n and unit as a duration."""
    count, unit = number(match["n"]), match["unit"].split()
    if count is None:
        return None
    return f"PT{count}H" if unit[0] == "gio" else f"P{count}{'BD' if len(unit) > 1 else _UNITS[unit[0]]}"


def from_event(match: re.Match[str], when: Calendar) -> Found | None:
    """ "05 ngày làm việc kể từ ngày nhận được văn bản này": receipt, the document's date, or another event."""
    amount = _amount(match)
    if amount is None:
        return None
    if match["link"].startswith("truoc"):
        return Found("relative", f"{amount} before {_event(match)}", "Tính lùi từ một việc")
    return _after(amount, _event(match))


def _event(match: re.Match[str]) -> str:
    return re.sub(r"^(?:(?:ngay|thoi diem|luc|khi)\s+)+(?=\w)", "", " ".join(match["event"].split()))


def _after(amount: str, event: str) -> Found:
    if _RECEIVED.search(event):
        return Found("relative", f"{amount} after receipt", "Tính từ ngày nhận văn bản")
    if _SIGNED.search(event):
        return Found("relative", f"{amount} after document", "Tính từ ngày ký văn bản")
    return Found("relative", f"{amount} after {event}", "Tính từ một việc khác")


def since_event(match: re.Match[str], when: Calendar) -> Found | None:
    """ "chậm nhất là 03 ngày làm việc": from what, the sentence does not say."""
    amount = _amount(match)
    return Found("relative", f"{amount} after event", "Tính từ một việc không nói rõ") if amount else None


def ahead(match: re.Match[str], when: Calendar) -> Found | None:
    """ "đăng ký trước 01 ngày": so long before what is spoken of."""
    amount = _amount(match)
    return Found("relative", f"{amount} before event", "Tính lùi từ một việc") if amount else None


def until(match: re.Match[str], when: Calendar) -> Found | None:
    """ "trước khi hết hạn", "trước năm học mới": before something whose day the letter does not give."""
    return Found(
        "relative", f"P0D before {_event(match)}", "Trước một việc mà văn bản không nói ngày", exclusive=True
    )


def next_working_day(match: re.Match[str], when: Calendar) -> Found | None:
    """ "chậm nhất trong ngày làm việc tiếp theo"."""
    return Found("relative", "P1BD after event", "Ngày làm việc sau một việc")


def at_once(match: re.Match[str], when: Calendar) -> Found | None:
    """ "ngay sau khi kết thúc hội nghị"."""
    event = " ".join(match["event"].split())
    return _after("P0D", "event" if event == "ngay trong ngay" else event)


def day_of_other_month(match: re.Match[str], when: Calendar) -> Found | None:
    """ "trước ngày 10 tháng liền kề trước tháng …": a day that another event fixes."""
    return Found("relative", " ".join(match[0].split()), "Ngày phụ thuộc một việc khác", _before(match))


_WORDS = [
    "khong",
    "mot",
    "hai",
    "ba",
    "bon",
    "nam",
    "sau",
    "bay",
    "tam",
    "chin",
    "muoi",
    "muoi-mot",
    "muoi-hai",
    "muoi-ba",
    "muoi-bon",
    "muoi-lam",
]
_NUMBERS = {word.replace("-", " "): value for value, word in enumerate(_WORDS)} | {"hai muoi": 20, "ba muoi": 30}


def number(words: str) -> int | None:
    """ "05", "năm", "10 (mười)"."""
    bare = re.sub(r"\s*\(.*", "", words).strip()
    return int(bare) if bare.isdigit() else _NUMBERS.get(bare)
