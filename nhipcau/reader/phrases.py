"""Time expressions that set a limit. No match means no deadline: nothing is guessed.

All patterns run on *plain* text (see `text.plain`), so that hằng/hàng, quí/quý, tone placement and
lost marks match alike; a few vowels may be missing altogether, as some extractions lose them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterator
from dataclasses import dataclass, replace

from nhipcau.reader import times
from nhipcau.reader.times import Calendar, Found, Handler


@dataclass(frozen=True)
class Phrase:
    """A time expression at `start:end` of the text searched."""

    start: int
    end: int
    found: Found


_NGAY, _THANG, _NAM, _BEFORE = r"ng.?y", r"th.?ng", r"n.?m", r"tr(?:uo|u|o)?c"
_WORD_COUNT = "muoi lam|muoi hai|hai muoi|ba muoi|mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi"
_COUNT = rf"(?:\d{{1,3}}|{_WORD_COUNT})(?:\s*\([^)]{{1,12}}\))?"
_HOUR = r"(?:(?:luc\s+)?\d{1,2}\s*(?:gio|g|h|:)\s*(?:\d{2})?\s*(?:phut|['\u2019])?(?:\s*,)?\s*)?"
_WEEKDAY = r"(?:\(?thu\s+(?:hai|ba|tu|nam|sau|bay|[2-7])\)?,?\s*|chu nhat,?\s*)?"
_YEAR = rf"(?:\s?[/.-]\s?|\s*,?\s*{_NAM}\s*)"


def _date(tag: str = "") -> str:
    """A date with optional hour, weekday and year; its groups are d, m, y plus `tag`."""
    return (
        rf"(?:{_HOUR}(?:{_NGAY}\s*:?\s*)?{_WEEKDAY}\(?(?:{_NGAY}\s*)?(?:mung\s|mong\s)?"
        rf"(?P<d{tag}>\d{{1,2}})\s?(?:[/.-]\s?|\s*{_THANG}\s*)(?P<m{tag}>\d{{1,2}})"
        rf"(?:{_YEAR}(?P<y{tag}>\d{{4}}|(?<=[/.-])\d\d)|(?P<next{tag}>\s+{_NAM}\s+(?:sau|ke tiep|tiep theo)\b)?)"
        r"(?![\d/%]|\s*(?:gio|h\d|trieu|dong)\b))"
    )


_BY = (
    r"(?:cham nhat|muon nhat|tre nhat|khong (?:muon|cham|tre) hon)"
    rf"(?:\s+(?:la|vao|den|trong|het|{_BEFORE})){{0,4}}"
)
_DONE = r"(?:hoan thanh|hoan tat|xong|ket thuc)(?:\s+(?:xong|viec\s+\w+))?"
_LABEL_VERBS = (
    "thuc hien|hoan thanh|nop|gui|bao cao|dang ky|trien khai|to chuc|tiep nhan|nhan|cuoi|chot|ho so|ket thuc"
)
_LABEL = (
    rf"(?:thoi (?:gian|han)(?:\s+(?:{_LABEL_VERBS})){{1,4}}(?:\s+[\w ]{{2,30}}?)?|thoi han|tien do(?: thuc hien)?"
    r"|han (?:chot|cuoi|cuoi cung|nop|gui|dang ky|hoan thanh|bao cao)(?:\s+[\w ]{2,30}?)?"
    r"|(?:thoi )?han (?:chot|cuoi|cuoi cung)\s+(?:de|cho|doi voi)\s[^.;:]{2,140}?(?=\sla\s))"
    rf"\s*(?::|la|den|{_BEFORE}|vao)?\s*(?<!\bcua )"
)
_SET = rf"(?:(?:{_DONE}|{_BY}|{_LABEL})\s*){{1,3}}(?:(?:trong|vao|{_BEFORE}|den)\s+)?"
_EVERY = r"(?:hang|moi)\s+"
_DAY = rf"(?:{_NGAY}\s+)?(?:mung\s|mong\s)?(?P<d>\d{{1,2}})"
_LIMIT = rf"(?:(?:{_BY}|{_BEFORE}|vao|den|tu|han|het)\s+){{0,4}}"
_MUST = rf"(?:{_BY}|{_BEFORE})"
_WD = r"thu\s+(?P<wd>hai|ba|tu|nam|sau|bay|[2-7])"
_PART = r"(?:(?:het|dau|giua|cuoi|tuan\s(?:thu\s)?\w+(?:\scua)?)\s+)?"
_OF_YEAR = rf"(?:(?:\s?[/.-]\s?|\s+{_NAM}\s+|\s+)(?P<y>\d{{4}}))?"
_QUARTER = rf"quy\s*(?P<q>iv|i{{1,3}}|[1-4])\b{_OF_YEAR}"
_MONTH = rf"{_THANG}\s*(?P<m>\d{{1,2}}){_OF_YEAR}(?![\d/]|\s*-\s*\d)"
# The event ends where its clause does; "đến hạn" and "đề nghị" go on, "đến", "để" do not.
_EVENT = (
    r"(?P<event>[^.;:,()]{3,110}?)(?=\s*[.;:,()|]|\s+(?:den(?! han)|cac|de(?! nghi| xuat| an)|phai|thi|va)\s"
    r"|(?<=\bnay)\s|\s*$)"
)
_LINK = r"(?P<link>ke tu khi|ke tu|tinh tu|sau khi|tu khi|tu ngay|truoc khi|truoc ngay)(?!\s+(?:ngay\s+)?\d)"
_PERIOD = r"(?P<unit>ngay lam viec|gio lam viec|gio|ngay|tuan|thang|nam)"
_WITHIN = rf"(?:(?:trong|sau|{_BY}|khong qua|toi da|it nhat|truoc)\s+){{0,4}}(?:(?:thoi han|thoi gian|vong)\s+)?"
_SECOND = rf"(?:{_YEAR}(?P<y2>\d{{4}}))?(?!\d)"

# Occasions without a date of their own, which a letter names as a limit all the same.
_OCCASION = (
    r"(?:them )?nam hoc moi|le khai giang|khai giang|(?:dip )?tet nguyen dan|mua (?:mua|bao|lu|kho)|ky nghi he"
)

# In order of strength: where two overlap, the earlier one wins. Letters A to E as in the catalogue of
# phrasings this follows: date, event, month and quarter, recurring, relative.
_TABLE: tuple[tuple[str, Handler], ...] = (
    # E. relative
    (
        rf"(?:{_MUST}\s+){{1,3}}{_NGAY}\s+\d{{1,2}}\s+(?:cua\s+)?{_THANG}\s+(?:lien ke|truoc|dien ra|to chuc)\s"
        r"[^.;,\n]{3,70}?(?=[.;,]|\s+gom\b|$)",
        times.day_of_other_month,
    ),
    (
        rf"{_WITHIN}(?:la\s+|khong qua\s+)?(?P<n>{_COUNT})\s*{_PERIOD}(?:\s+lien tuc)?,?\s+(?:lam viec,?\s+)?"
        rf"{_LINK}\s+{_EVENT}",
        times.from_event,
    ),
    (rf"{_BY}\s+(?P<unit>ngay(?: lam viec)?)\s+thu\s+(?P<n>{_COUNT}),?\s+{_LINK}\s+{_EVENT}", times.from_event),
    (rf"(?:{_BY}|trong vong|khong qua)\s+(?P<n>{_COUNT})\s*{_PERIOD}\s+(?P<link>sau)\s+{_EVENT}", times.from_event),
    (
        r"(?P<link>sau)\s+(?:khi\s+)?(?P<event>[^.;:,\d]{3,60}?)\s+(?:cham nhat|trong vong|khong qua)\s+(?:la\s+)?"
        rf"(?P<n>{_COUNT})\s*{_PERIOD}\b",
        times.from_event,
    ),
    (rf"(?:{_BY})\s+{_NGAY}\s+lam viec\s+(?:tiep theo|ke tiep|sau)\b", times.next_working_day),
    (rf"(?:it nhat\s+)?{_BEFORE}\s+(?P<n>{_COUNT})\s*{_PERIOD}\b(?!\s*(?:\d|ke tu|tinh tu|{_THANG}))", times.ahead),
    (
        r"trong ngay\s+(?P<event>(?:van ban|cong van)\s[^.;:,]{0,20}?(?:duoc ky|ban hanh)|(?:tiep )?nhan duoc\b)",
        times.at_once,
    ),
    (r"(?P<event>ngay trong ngay)\b(?!\s*\d)", times.at_once),
    # D. recurring
    (
        rf"{_LIMIT}tu\s+{_WD}\s+den\s+thu\s+(?P<wd2>hai|ba|tu|nam|sau|bay|[2-7])\s+{_EVERY}(?P<unit>tuan)\b",
        times.every,
    ),
    (
        rf"{_LIMIT}{_HOUR}(?:{_NGAY}\s+)?{_WD}(?:,?\s*tuan\s+(?:thu\s+)?(?P<week>[1-4])|,?\s*dau tien)?"
        rf"\s*(?:cua\s+)?,?\s*{_EVERY}(?P<unit>tuan|thang)\b",
        times.every,
    ),
    (rf"{_LIMIT}{_DAY}\s*(?:[/-]|{_THANG})\s*(?P<m>\d{{1,2}})\s+(?:cua\s+)?{_EVERY}(?P<unit>nam)\b", times.every),
    # "trước ngày 25/6 đối với báo cáo 6 tháng": the day of a periodic report is the same every year.
    (
        rf"{_MUST}\s+{_DAY}\s*(?:[/-]|{_THANG})\s*(?P<m>\d{{1,2}})"
        r"(?=\s+(?:doi voi|cho)\s+bao cao\s+(?:0?6 thang|sau thang|(?:ca\s+|cuoi\s+)?nam\b(?!\s*\d)))",
        times.day_of_each_year,
    ),
    (rf"{_LIMIT}{_DAY}\s+(?:cua\s+)?{_EVERY}(?P<unit>thang)\b", times.every),
    (rf"(?:dinh ky\s+)?{_EVERY}(?P<unit>thang),?\s+{_LIMIT}{_DAY}(?!\s*[/.\d])", times.every),
    (
        rf"(?:dinh ky\s+)?{_EVERY}(?P<unit>nam),?\s+{_LIMIT}{_DAY}\s*(?:[/-]|{_THANG})\s*(?P<m>\d{{1,2}})\b",
        times.every,
    ),
    (
        rf"{_MUST}\s+{_HOUR}{_EVERY}(?P<unit>ngay)\b"
        rf"(?:,?\s+(?:ke\s+)?tu\s+{_date('1')}(?:\s+tro di)?\s+(?:den|toi)\s+(?:het\s+)?{_date('2')})?",
        times.daily,
    ),
    (
        rf"(?:(?:dinh ky\s+)?{_EVERY}quy,?\s+)?{_MUST}\s+(?:{_DAY}|{_NGAY}\s+(?P<last>cuoi)(?:\s+cung)?)"
        rf"\s+(?:cua\s+)?{_THANG}\s+(?P<month>cuoi|dau)(?:\s+tien)?\s+(?:cua\s+|thuoc\s+)?(?:moi\s+|hang\s+)?"
        r"quy(?:\s+(?:sau|tiep theo|ke tiep))?\b",
        times.day_of_quarter,
    ),
    (rf"{_MUST}\s+{_DAY}\s+(?:cua\s+)?{_THANG}\s+(?:sau|ke tiep|tiep theo|lien ke)\b", times.day_of_month),
    (rf"{_MUST}\s+{_DAY}\s+cua\s+{_THANG}\b(?!\s*\d)", times.day_of_month),
    (
        rf"(?:dinh ky\s+)?(?P<n>{_COUNT})\s*(?P<unit>ngay|tuan|thang|quy|nam)\s*"
        r"(?:/\s*(?:mot\s+|0?1\s+)?lan|mot lan|0?1 lan)\b",
        times.every_count,
    ),
    (rf"dinh ky\s+(?P<n>{_COUNT})\s*(?P<unit>tuan|thang|nam)\b", times.every_count),
    (
        rf"(?:it nhat\s+)?(?P<n>{_COUNT})\s*lan\s*(?:/\s*(?:0?1\s+|mot\s+)?|trong\s+|moi\s+|mot\s+)"
        r"(?P<unit>tuan|thang|quy|nam)\b",
        times.times_per,
    ),
    (rf"dinh ky\s+(?:vao\s+)?(?:{_EVERY})?(?P<unit>tuan|thang|quy|nam)\b", times.every),
    (rf"{_EVERY}(?P<unit>ngay|tuan|thang|quy|nam)\b(?!\s+hoc)", times.every),
    # periods
    (rf"tu\s+(?:luc\s+)?{_date('1')}\s*(?:den|toi|-)\s*(?:het\s+|{_BEFORE}\s+)?{_date('2')}", times.date_range),
    (rf"tu\s+(?:{_NGAY}\s+)?(?P<d1>\d{{1,2}})\s*(?:den|toi|-)\s*(?:het\s+)?{_date('2')}", times.date_range),
    (
        rf"(?:{_LABEL}|trong (?:cac |hai |ba )?{_NGAY}\s+)(?:tu\s+)?(?:{_NGAY}\s+)?(?P<d1>\d{{1,2}})"
        rf"\s*(?:-|den|va|,)\s*{_date('2')}",
        times.date_range,
    ),
    (
        rf"tu\s+{_THANG}\s*(?P<m1>\d{{1,2}})(?:{_YEAR}(?P<y1>\d{{4}}))?\s*(?:den|toi|-)\s*(?:het\s+)?"
        rf"(?:{_THANG}\s*)?(?P<m2>\d{{1,2}}){_SECOND}",
        times.month_range,
    ),
    (
        rf"trong\s+(?:cac\s+)?{_THANG}\s+(?P<m1>\d{{1,2}})(?P<y1>(?!))?\s*(?:-|,|va|den)\s*"
        rf"(?:{_THANG}\s*)?(?P<m2>\d{{1,2}}){_SECOND}",
        times.month_range,
    ),
    # A. dates, B. events
    (rf"tu nay\s+(?:cho\s+)?(?:den|toi)\s+(?:{_BEFORE}\s+|het\s+){{0,3}}{_date()}", times.on_date),
    (rf"(?:{_DONE}\s+)?(?:{_BY}|khong qua)\s+{_date()}", times.on_date),
    (rf"(?:{_DONE}\s+)?(?:{_BY}\s+)?{_BEFORE}\s+{_date()}", times.on_date),
    (
        rf"{_BEFORE}\s+(?:ngay hoi|le|dai hoi|hoi nghi|tet|dip)\s[^\d.;,:]{{2,60}}?\s(?:{_NGAY}\s+)?{_date()}",
        times.on_date,
    ),
    (rf"(?:{_DONE}\s+)?(?:den\s+het|het)\s+{_date()}", times.on_date),
    (rf"{_LABEL}{_date()}", times.on_date),
    (rf"{_DONE}\s+(?:vao\s+|den\s+|trong\s+)?(?:{_NGAY}\s+)?{_date()}", times.on_date),
    (rf"(?:vao|trong|den)\s+{_date()}", times.on_date),
    (rf"{_NGAY}\s+(?=\d){_date()}", times.on_date),
    # C. quarters, months, years
    (rf"{_SET}{_PART}{_QUARTER}", times.in_quarter),
    (rf"(?:trong|vao|{_BEFORE}|het)\s+{_PART}{_QUARTER}", times.in_quarter),
    (rf"{_SET}{_PART}{_MONTH}", times.in_month),
    (rf"(?:trong|den het|het|vao|den|{_BEFORE})\s+{_PART}{_MONTH}", times.in_month),
    (
        rf"(?:trong|het)\s+(?:6|sau|06)\s+{_THANG}\s+(?P<half>dau|cuoi)\s+{_NAM}\b(?:\s+(?P<y>\d{{4}}))?",
        times.in_half,
    ),
    (
        rf"(?:tu nay\s+)?(?:den|toi|{_BEFORE})\s+(?:het|cuoi)\s+{_NAM}\b(?!\s+hoc)(?:\s+(?P<y>\d{{4}}))?",
        times.end_of_year,
    ),
    (
        rf"(?:{_DONE}|{_BY})\s+(?:(?:trong|vao|den|het|cuoi)\s+){{0,4}}(?:{_NAM}\s+)?(?P<y>\d{{4}})\b(?!\s?[-/])",
        times.end_of_year,
    ),
    (rf"^{_MONTH}\s*:(?=\s*\S)", times.in_month),  # "Tháng 3: tổ chức …", a plan's calendar
    (rf"ngay sau khi\s+{_EVENT}", times.at_once),
    (rf"{_BEFORE} khi\s+{_EVENT}(?=,)", times.until),
    (rf"(?:{_DONE}\s+)?{_BEFORE}\s+(?P<event>{_OCCASION})\b(?!\s*,\s*(?:trong|sau)\b)", times.until),
    (r"(?P<event>cuoi\s+(?:moi|hang|tung)\s+(?:hoc ky|nam hoc|khoa hoc|nhiem ky))\b", times.at_once),
    (rf"(?:{_BY}|trong (?:vong|thoi han))\s+(?:la\s+)?(?P<n>{_COUNT})\s*{_PERIOD}\b", times.since_event),
)
_PATTERNS = tuple(
    (re.compile(pattern if pattern[0] == "^" else rf"(?:\b|(?=cham nhat la ngay)){pattern}"), handler)
    for pattern, handler in _TABLE
)
# A word without which a handler's patterns cannot match: most paragraphs lack most of them.
_NEEDS: dict[Handler, re.Pattern[str]] = {
    handler: re.compile(words)
    for words, handlers in {
        r"\d": (times.on_date, times.date_range, times.month_range, times.in_month, times.day_of_month),
        r"\bth.?ng\b": (times.day_of_other_month,),
        r"\bquy\b": (times.in_quarter, times.day_of_quarter),
        r"\b(?:hang|moi)\b": (times.every, times.daily),
        r"\b(?:lan|dinh ky)\b": (times.every_count, times.times_per),
        r"\b(?:tu|sau|truoc)\b": (times.from_event, times.ahead, times.until),
        r"\b(?:dau|cuoi)\b": (times.in_half,),
        r"\b(?:ngay|cuoi)\b": (times.at_once, times.next_working_day),
        r"\b(?:cham|muon|tre|khong|trong)\b": (times.since_event,),
    }.items()
    for handler in handlers
}


_AND = re.compile(rf"\s*(?:,|;|va)\s*(?:{_BEFORE}\s+)?{_date()}")
_JOINED = re.compile(r"\W*(?:va\s+)?")
_PRINTED_YEAR = re.compile(r"\d{4}|\d[/.-]\d{1,2}[/.-]\d\d\b")


def find_phrases(folded: str, when: Calendar) -> Iterator[Phrase]:
    """Time limits in `folded` (plain text of one paragraph), left to right, no overlaps."""
    taken = _Taken()
    idle = {handler for handler, needed in _NEEDS.items() if not needed.search(folded)}
    for pattern, handler in _PATTERNS:
        if handler in idle:
            continue
        for match in pattern.finditer(folded):
            if not taken.leaves_free(match.start(), match.end()):
                continue
            found = handler(match, when)
            if found is not None:
                phrase = Phrase(match.start(), _end(folded, match), found)
                taken.add(phrase)
                if handler is times.on_date or found.normalised.startswith("FREQ=YEARLY;BYMONTH="):
                    taken.add(*_listed(folded, phrase, when))
    yield from _each_year(folded, taken.phrases)


class _Taken:
    """The phrases found so far in order of place; a search costs the logarithm of their number."""

    def __init__(self) -> None:
        self.phrases: list[Phrase] = []

    def leaves_free(self, start: int, end: int) -> bool:
        at = bisect_left(self.phrases, end, key=lambda phrase: phrase.start)
        return at == 0 or self.phrases[at - 1].end <= start

    def add(self, *phrases: Phrase) -> None:
        for phrase in phrases:
            if self.leaves_free(phrase.start, phrase.end):
                insort(self.phrases, phrase, key=lambda one: one.start)


def _end(folded: str, match: re.Match[str]) -> int:
    text = match[0].rstrip(" ,(:")
    closes = text.count("(") > text.count(")") and folded[match.start() + len(text) :][:1] == ")"
    return match.start() + len(text) + closes


def _listed(folded: str, first: Phrase, when: Calendar) -> list[Phrase]:
    """ "trước ngày 15/3, 15/6 và 15/9": the dates after the first one."""
    listed: list[Phrase] = []
    end = first.end
    while match := _AND.match(folded, end):
        found = times.on_date(match, when)
        if found is None:
            break
        end = match.end()
        start = match.start() + len(match[0]) - len(re.sub(r"^[\s,;]*(?:va\s+)?", "", match[0]))
        listed.append(Phrase(start, end, replace(found, exclusive=first.found.exclusive)))
    return listed


def _each_year(folded: str, phrases: list[Phrase]) -> Iterator[Phrase]:
    """ "2 lần/năm: trước ngày 15/6 và trước ngày 15/12" are two days of every year, and the count says no more."""
    yearly: Phrase | None = None  # the phrase that says "every year", while its days follow
    for index, phrase in enumerate(phrases):
        if yearly is not None and _is_day_after(folded, yearly, phrase):
            yearly = Phrase(phrase.start, phrase.end, times.each_year(phrase.found))
            yield yearly
            continue
        named_day = phrase.found.normalised.startswith("FREQ=YEARLY;BYMONTH=")
        every_year = phrase.found.kind == "recurring" and folded.endswith("nam", phrase.start, phrase.end)
        yearly = phrase if named_day or every_year else None
        following = phrases[index + 1 : index + 2]
        if named_day or not (every_year and following and _is_day_after(folded, phrase, following[0])):
            yield phrase


def _is_day_after(folded: str, yearly: Phrase, phrase: Phrase) -> bool:
    bare = phrase.found.kind == "date" and not _PRINTED_YEAR.search(folded[phrase.start : phrase.end])
    return bare and _JOINED.fullmatch(folded, yearly.end, phrase.start) is not None
