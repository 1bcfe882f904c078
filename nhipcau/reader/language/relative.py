"""Limits counted from an event: a duration and what it is counted from ("P5BD after receipt")."""

from __future__ import annotations

import re

from nhipcau.core.said import Said
from nhipcau.reader.language.times import Calendar, Found, before, number

_UNITS = {"ngay": "D", "tuan": "W", "thang": "M", "nam": "Y"}
_CLOCK = 24  # hours; from here on it can only be a duration
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
        return Found(
            "relative",
            f"{amount} before {_event(match)}",
            Said("Tính lùi từ một việc", "Counted back from an event"),
        )
    return _after(amount, _event(match))


def _event(match: re.Match[str]) -> str:
    return re.sub(r"^(?:(?:ngay|thoi diem|luc|khi)\s+)+(?=\w)", "", " ".join(match["event"].split()))


def _after(amount: str, event: str) -> Found:
    if _RECEIVED.search(event):
        return Found(
            "relative",
            f"{amount} after receipt",
            Said("Tính từ ngày nhận văn bản", "Counted from the receipt of the letter"),
        )
    if _SIGNED.search(event):
        return Found(
            "relative",
            f"{amount} after document",
            Said("Tính từ ngày ký văn bản", "Counted from the letter's date"),
        )
    return Found("relative", f"{amount} after {event}", Said("Tính từ một việc khác", "Counted from another event"))


def since_event(match: re.Match[str], when: Calendar) -> Found | None:
    """ "chậm nhất là 03 ngày làm việc": from what, the sentence does not say."""
    amount = _amount(match)
    return (
        Found(
            "relative",
            f"{amount} after event",
            Said("Tính từ một việc không nói rõ", "Counted from an event that is not named"),
        )
        if amount
        else None
    )


def ahead(match: re.Match[str], when: Calendar) -> Found | None:
    """ "đăng ký trước 01 ngày": so long before what is spoken of."""
    if match["unit"] == "gio" and (number(match["n"]) or 0) < _CLOCK:
        return None  # "trước 17 giờ" is an hour of the clock
    amount = _amount(match)
    return (
        Found("relative", f"{amount} before event", Said("Tính lùi từ một việc", "Counted back from an event"))
        if amount
        else None
    )


def until(match: re.Match[str], when: Calendar) -> Found | None:
    """ "trước khi hết hạn", "trước năm học mới": before something whose day the letter does not give."""
    return Found(
        "relative",
        f"P0D before {_event(match)}",
        Said("Trước một việc mà văn bản không nói ngày", "Before an event whose day the letter does not give"),
        exclusive=True,
    )


def next_working_day(match: re.Match[str], when: Calendar) -> Found | None:
    """ "chậm nhất trong ngày làm việc tiếp theo"."""
    return Found("relative", "P1BD after event", Said("Ngày làm việc sau một việc", "A working day after an event"))


def at_once(match: re.Match[str], when: Calendar) -> Found | None:
    """ "ngay sau khi kết thúc hội nghị"."""
    event = " ".join(match["event"].split())
    return _after("P0D", "event" if event == "ngay trong ngay" else event)


def day_of_other_month(match: re.Match[str], when: Calendar) -> Found | None:
    """ "trước ngày 10 tháng liền kề trước tháng …": a day that another event fixes."""
    return Found(
        "relative",
        " ".join(match[0].split()),
        Said("Ngày phụ thuộc một việc khác", "A day that depends on another event"),
        before(match),
    )
