"""How letters word a time limit, as data: a pattern for each wording and what reads its groups.

All patterns run on *plain* text (see `text.plain`), so that hằng/hàng, quí/quý, tone placement and
lost marks match alike; a few vowels may be missing altogether, as some extractions lose them.
"""

from __future__ import annotations

from nhipcau.reader.language import recurring, relative, times
from nhipcau.reader.language.times import Handler

_NGAY, _THANG, _NAM, BEFORE = r"ng.?y", r"th.?ng", r"n.?m", r"tr(?:uo|u|o)?c"
_SURELY_BEFORE = r"tr(?:uo|o)?c"  # "trực 02 ngày" and "trực khi" mean something else
_WORD_COUNT = "muoi lam|muoi hai|hai muoi|ba muoi|mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi"
_FIGURE = r"\d{1,3}(?:\s*\([^)]{1,12}\))?"
_COUNT = rf"(?:\d{{1,3}}|{_WORD_COUNT})(?:\s*\([^)]{{1,12}}\))?"
_HOUR = r"(?:(?:luc\s+)?\d{1,2}\s*(?:gio|g|h|:)\s*(?:\d{2})?\s*(?:phut|['\u2019])?(?:\s*,)?\s*)?"
_WEEKDAY = r"(?:\(?thu\s+(?:hai|ba|tu|nam|sau|bay|[2-7])\)?,?\s*|chu nhat,?\s*)?"
_YEAR = rf"(?:\s?[/.-]\s?|\s*,?\s*{_NAM}\s*)"


def date(tag: str = "") -> str:
    """A date with optional hour, weekday and year; its groups are d, m, y plus `tag`."""
    return (
        rf"(?:{_HOUR}(?:{_NGAY}\s*:?\s*)?{_WEEKDAY}\(?(?:{_NGAY}\s*)?(?:mung\s|mong\s)?"
        rf"(?P<d{tag}>\d{{1,2}})\s?(?:[/.-]\s?|\s*{_THANG}\s*)(?P<m{tag}>\d{{1,2}})"
        rf"(?:{_YEAR}(?P<y{tag}>\d{{4}}|(?<=[/.-])\d\d)|(?P<next{tag}>\s+{_NAM}\s+(?:sau|ke tiep|tiep theo)\b)?)"
        r"(?![\d/%]|\s*(?:gio|h\d|trieu|dong)\b))"
    )


_BY = (
    r"(?:cham nhat|muon nhat|tre nhat|khong (?:muon|cham|tre) hon)"
    rf"(?:\s+(?:la|vao|den|trong|het|{BEFORE})){{0,4}}"
)
_DONE = r"(?:hoan thanh|hoan tat|xong|ket thuc)(?:\s+(?:xong|viec\s+\w+))?"
_LABEL_VERBS = (
    "thuc hien|hoan thanh|nop|gui|bao cao|dang ky|trien khai|to chuc|tiep nhan|nhan|cuoi|chot|ho so|ket thuc"
)
_LABEL = (
    rf"(?:thoi (?:gian|han)(?:\s+(?:{_LABEL_VERBS})){{1,4}}(?:\s+[\w ]{{2,30}}?)?|thoi han|tien do(?: thuc hien)?"
    r"|han (?:chot|cuoi|cuoi cung|nop|gui|dang ky|hoan thanh|bao cao)(?:\s+[\w ]{2,30}?)?"
    r"|(?:thoi )?han (?:chot|cuoi|cuoi cung)\s+(?:de|cho|doi voi)\s[^.;:]{2,140}?(?=\sla\s))"
    rf"\s*(?::|la|den|{BEFORE}|vao)?\s*(?<!\bcua )"
)
_SET = rf"(?:(?:{_DONE}|{_BY}|{_LABEL})\s*){{1,3}}(?:(?:trong|vao|{BEFORE}|den)\s+)?"
_EVERY = r"(?:hang|moi)\s+"
_DAY = rf"(?:{_NGAY}\s+)?(?:mung\s|mong\s)?(?P<d>\d{{1,2}})"
_LIMIT = rf"(?:(?:{_BY}|{BEFORE}|vao|den|tu|han|het)\s+){{0,4}}"
_MUST = rf"(?:{_BY}|{BEFORE})"
_WD = r"thu\s+(?P<wd>hai|ba|tu|nam|sau|bay|[2-7])"
_PART = r"(?:(?:het|dau|giua|cuoi|tuan\s(?:thu\s)?\w+(?:\scua)?)\s+)?"
_OF_YEAR = rf"(?:(?:\s?[/.-]\s?|\s+{_NAM}\s+|\s+)(?P<y>\d{{4}}))?"
_QUARTER = rf"quy\s*(?P<q>iv|i{{1,3}}|[1-4])\b{_OF_YEAR}"
_MONTH = rf"{_THANG}\s*(?P<m>\d{{1,2}}){_OF_YEAR}(?![\d/]|\s*-\s*\d)"
# The event ends where its clause does; "đến hạn" and "đề nghị" go on, "đến", "để" do not.
_EVENT = (
    r"(?P<event>[^.;:,()]{3,110}?)(?=\s*[.;:,()|]"
    r"|\s+(?:den(?! han)|cac|de(?! nghi| xuat| an)|phai|(?<!\bchi )thi|va)\s"
    r"|(?<=\bnay)\s(?!co hieu luc)|\s*$)"
)
_LINK = r"(?P<link>ke tu khi|ke tu|tinh tu|sau khi|tu khi|tu ngay|truoc khi|truoc ngay)(?!\s+(?:ngay\s+)?\d)"
_PERIOD = r"(?P<unit>ngay lam viec|gio lam viec|gio|ngay|tuan|thang|nam)"
_WITHIN = (
    rf"(?:(?:trong|sau|{_BY}|khong qua|toi da|it nhat|truoc)\s+){{0,4}}(?:(?:thoi\s?han|thoi\s?gian|vong)\s+)?"
)
# "Thời gian: Quý II/2021": of a day it may be a meeting's, of a month or quarter it is the time to do it in.
_TIME = r"thoi gian\s*:\s*(?:du kien\s*:?\s*)?(?:(?:trong|vao|khoang)\s+)?"
_TIMES = r"(?:\s+(?:it nhat\s+)?(?:\d{1,2}|mot|hai|ba)\s+(?:lan|dot|buoi|cuoc)\b)?"
_SECOND = rf"(?:{_YEAR}(?P<y2>\d{{4}}))?(?!\d)"

# Occasions without a date of their own, which a letter names as a limit all the same.
_OCCASION = (
    r"(?:them )?nam hoc moi|le khai giang|khai giang|(?:dip )?tet nguyen dan|mua (?:mua|bao|lu|kho)|ky nghi he"
)

# In order of strength: where two overlap, the earlier one wins. Letters A to E as in the catalogue of
# phrasings this follows: date, event, month and quarter, recurring, relative.
TABLE: tuple[tuple[str, Handler], ...] = (
    # E. relative
    (
        rf"(?:{_MUST}\s+){{1,3}}{_NGAY}\s+\d{{1,2}}\s+(?:cua\s+)?{_THANG}\s+(?:lien ke|truoc|dien ra|to chuc)\s"
        r"[^.;,\n]{3,70}?(?=[.;,]|\s+gom\b|$)",
        relative.day_of_other_month,
    ),
    (
        rf"{_WITHIN}(?:la\s+|khong qua\s+)?(?P<n>{_COUNT})\s*{_PERIOD}(?:\s+lien tuc)?,?\s+(?:lam viec,?\s+)?"
        rf"{_LINK}\s+{_EVENT}",
        relative.from_event,
    ),
    (rf"{_BY}\s+(?P<unit>ngay(?: lam viec)?)\s+thu\s+(?P<n>{_COUNT}),?\s+{_LINK}\s+{_EVENT}", relative.from_event),
    (
        rf"(?:{_BY}|trong vong|khong qua)\s+(?P<n>{_COUNT})\s*{_PERIOD}\s+(?P<link>sau)\s+{_EVENT}",
        relative.from_event,
    ),
    (
        r"(?P<link>sau)\s+(?:khi\s+)?(?P<event>[^.;:,\d]{3,60}?)\s+(?:cham nhat|trong vong|khong qua)\s+(?:la\s+)?"
        rf"(?P<n>{_COUNT})\s*{_PERIOD}\b",
        relative.from_event,
    ),
    (rf"(?P<link>sau) khi\s+(?P<event>[^.;:,\d]{{3,60}}?)\s+(?P<n>{_FIGURE})\s*{_PERIOD}\b", relative.from_event),
    (
        r"(?P<link>truoc khi|truoc thoi diem|truoc ngay)\s+(?P<event>[^.;:,\d]{3,60}?),?\s+"
        rf"(?:(?:it nhat|toi thieu|cham nhat|khong qua)\s+)?(?:la\s+)?(?P<n>{_FIGURE})\s*{_PERIOD}\b(?!\s*\d)",
        relative.from_event,
    ),
    (rf"(?:{_BY})\s+{_NGAY}\s+lam viec\s+(?:tiep theo|ke tiep|sau)\b", relative.next_working_day),
    (
        rf"(?:it nhat\s+)?{_SURELY_BEFORE}\s+(?:(?:it nhat|toi thieu)\s+)?(?P<n>{_COUNT})\s*{_PERIOD}\b"
        rf"(?!\s*(?:\d|ke tu|tinh tu|{_THANG}))",
        relative.ahead,
    ),
    (
        r"trong ngay\s+(?P<event>(?:van ban|cong van)\s[^.;:,]{0,20}?(?:duoc ky|ban hanh)|(?:tiep )?nhan duoc\b)",
        relative.at_once,
    ),
    (r"(?P<event>ngay trong ngay)\b(?!\s*\d)", relative.at_once),
    # D. recurring
    (
        rf"{_LIMIT}tu\s+{_WD}\s+den\s+thu\s+(?P<wd2>hai|ba|tu|nam|sau|bay|[2-7])\s+{_EVERY}(?P<unit>tuan)\b",
        recurring.every,
    ),
    (
        rf"{_LIMIT}{_HOUR}(?:{_NGAY}\s+)?{_WD}(?:,?\s*tuan\s+(?:thu\s+)?(?P<week>[1-4])|,?\s*dau tien)?"
        rf"\s*(?:cua\s+)?,?\s*{_EVERY}(?P<unit>tuan|thang)\b",
        recurring.every,
    ),
    (
        rf"{_LIMIT}{_DAY}\s*(?:[/-]|{_THANG})\s*(?P<m>\d{{1,2}})\s+(?:cua\s+)?{_EVERY}(?P<unit>nam)\b",
        recurring.every,
    ),
    # "trước ngày 25/6 đối với báo cáo 6 tháng": the day of a periodic report is the same every year.
    (
        rf"{_MUST}\s+{_DAY}\s*(?:[/-]|{_THANG})\s*(?P<m>\d{{1,2}})"
        r"(?=\s+(?:doi voi|cho)\s+bao cao\s+(?:0?6 thang|sau thang|(?:ca\s+|cuoi\s+)?nam\b(?!\s*\d)))",
        recurring.day_of_each_year,
    ),
    (rf"{_LIMIT}{_DAY}\s+(?:cua\s+)?{_EVERY}(?P<unit>thang)\b", recurring.every),
    (rf"{_LIMIT}(?:trong\s+)?{_THANG}\s*(?P<m>\d{{1,2}})\s+(?:cua\s+)?{_EVERY}nam\b", recurring.month_of_each_year),
    (rf"{_LIMIT}(?:trong\s+)?quy\s*(?:iv|i{{1,3}}|[1-4])\s+(?:cua\s+)?{_EVERY}(?P<unit>nam)\b", recurring.every),
    # The day is named as one: "hằng tháng, 6 tháng" and "hằng tháng 2 lần" are no days of the month.
    (
        rf"(?:dinh ky\s+)?{_EVERY}(?P<unit>thang),?\s+"
        rf"(?:{_MUST}|vao|han|het|(?:(?:den|tu)\s+)?(?:{_NGAY}|mung|mong))\s+{_LIMIT}{_DAY}(?!\s*[/.\d])",
        recurring.every,
    ),
    (
        rf"(?:dinh ky\s+)?{_EVERY}(?P<unit>nam),?\s+{_LIMIT}{_DAY}\s*(?:[/-]|{_THANG})\s*(?P<m>\d{{1,2}})\b",
        recurring.every,
    ),
    (
        rf"{_MUST}\s+{_HOUR}{_EVERY}(?P<unit>ngay)\b"
        rf"(?:,?\s+(?:ke\s+)?tu\s+{date('1')}(?:\s+tro di)?\s+(?:den|toi)\s+(?:het\s+)?{date('2')})?",
        recurring.daily,
    ),
    (
        rf"(?:(?:dinh ky\s+)?{_EVERY}quy,?\s+)?(?:{_MUST}|vao)\s+(?:{_DAY}|{_NGAY}\s+(?P<last>cuoi)(?:\s+cung)?)"
        rf"\s+(?:cua\s+)?{_THANG}\s+(?P<month>cuoi|dau)(?:\s+(?:tien|cung))?\s+(?:cua\s+|thuoc\s+)?(?:moi\s+|hang\s+)?"
        r"quy(?:\s+(?:sau|tiep theo|ke tiep))?\b",
        recurring.day_of_quarter,
    ),
    (rf"{_MUST}\s+{_DAY}\s+(?:cua\s+)?{_THANG}\s+(?:sau|ke tiep|tiep theo|lien ke)\b", recurring.day_of_month),
    (rf"{_MUST}\s+{_DAY}\s+cua\s+{_THANG}\b(?!\s*\d)", recurring.day_of_month),
    (
        rf"(?:dinh ky\s+)?(?P<n>{_COUNT})\s*(?P<unit>ngay|tuan|thang|quy|nam)\s*"
        r"(?:/\s*(?:mot\s+|0?1\s+)?lan|mot lan|0?1 lan)\b",
        recurring.every_count,
    ),
    (rf"dinh ky\s+(?P<n>{_COUNT})\s*(?P<unit>tuan|thang|nam)\b", recurring.every_count),
    (
        rf"(?:it nhat\s+)?(?P<n>{_COUNT})\s*lan\s*(?:/\s*(?:0?1\s+|mot\s+)?|trong\s+|moi\s+|mot\s+)"
        r"(?P<unit>tuan|thang|quy|nam)\b",
        recurring.times_per,
    ),
    (rf"dinh ky\s+(?:(?:vao|theo)\s+)?(?:{_EVERY})?(?P<unit>tuan|thang|quy|nam)\b", recurring.every),
    # "số liệu hằng ngày … trước 14 giờ": the hour makes it a limit
    (
        rf"{_EVERY}(?P<unit>ngay)\b[^.;:\d]{{0,60}}?\s{_MUST}\s+\d{{1,2}}\s*(?:gio|g|h)(?:\s*\d\d)?\b",
        recurring.every,
    ),
    (
        rf"(?:(?:vao\s+)?(?:cuoi|dau)\s+)?{_EVERY}(?P<unit>ngay|tuan|thang|quy|nam)\b(?!\s+hoc){_TIMES}",
        recurring.every,
    ),
    (r"theo\s+(?:tung\s+)?(?P<unit>tuan|thang|quy|nam)\b(?!\s*(?:hoc\b|\d|i))", recurring.every),
    # periods
    (rf"tu\s+(?:luc\s+)?{date('1')}\s*(?:den|toi|-)\s*(?:het\s+|{BEFORE}\s+)?{date('2')}", times.date_range),
    (rf"tu\s+(?:{_NGAY}\s+)?(?P<d1>\d{{1,2}})\s*(?:den|toi|-)\s*(?:het\s+)?{date('2')}", times.date_range),
    (
        rf"(?:{_LABEL}|trong (?:cac |hai |ba |\d{{1,2}} )?{_NGAY}\s+)(?:tu\s+)?(?:{_NGAY}\s+)?(?P<d1>\d{{1,2}})"
        rf"\s*(?:-|den|va|,)\s*{date('2')}",
        times.date_range,
    ),
    (rf"{_LABEL}{date('1')}\s*(?:den|toi|-)\s*(?:het\s+)?{date('2')}", times.date_range),
    (
        rf"(?:{_LABEL}|{_TIME}|^){_THANG}\s*(?P<m1>\d{{1,2}})(?:{_YEAR}(?P<y1>\d{{4}}))?\s*(?:den|-|,|va)\s*"
        rf"(?:{_THANG}\s*)?(?P<m2>\d{{1,2}}){_SECOND}(?=\s*(?:[:.;,)|]|$))",
        times.month_range,
    ),
    (
        rf"tu\s+{_THANG}\s*(?P<m1>\d{{1,2}})(?:{_YEAR}(?P<y1>\d{{4}}))?\s*(?:den|toi|-)\s*(?:het\s+)?"
        rf"(?:{_THANG}\s*)?(?P<m2>\d{{1,2}}){_SECOND}",
        times.month_range,
    ),
    (
        rf"(?:{_LABEL}|tu\s+)(?:tu\s+)?(?P<m1>\d{{1,2}})\s?/\s?(?P<y1>\d{{4}})\s*(?:den|toi|-)\s*(?:het\s+)?"
        r"(?P<m2>\d{1,2})\s?/\s?(?P<y2>\d{4})(?!\d)",
        times.month_range,
    ),
    (
        rf"trong\s+(?:cac\s+)?{_THANG}\s+(?P<m1>\d{{1,2}})(?P<y1>(?!))?\s*(?:-|,|va|den)\s*"
        rf"(?:{_THANG}\s*)?(?P<m2>\d{{1,2}}){_SECOND}",
        times.month_range,
    ),
    # A. dates, B. events
    (rf"tu nay\s+(?:cho\s+)?(?:den|toi)\s+(?:{BEFORE}\s+|het\s+){{0,3}}{date()}", times.on_date),
    (rf"(?:{_DONE}\s+)?(?:{_BY}|khong qua)\s+{date()}", times.on_date),
    (rf"(?:{_DONE}\s+)?(?:{_BY}\s+)?{BEFORE}\s*(?::\s*)?(?<!c){date()}", times.on_date),
    (
        rf"{BEFORE}\s+(?:ngay hoi|le|dai hoi|hoi nghi|tet|dip)\s[^\d.;,:]{{2,60}}?\s(?:{_NGAY}\s+)?{date()}",
        times.on_date,
    ),
    (rf"(?:{_DONE}\s+)?(?:den\s+het|het)\s+{date()}", times.on_date),
    (rf"{_LABEL}{date()}", times.on_date),
    (rf"{_DONE}\s+(?:vao\s+|den\s+|trong\s+)?(?:{_NGAY}\s+)?{date()}", times.on_date),
    (rf"(?:vao|trong|den|toi|sang)\s+{date()}", times.on_date),
    (rf"{_NGAY}\s+(?=\d){date()}", times.on_date),
    # C. quarters, months, years
    (
        rf"(?:{_SET}|{_TIME}|trong\s+|tu\s+|^)(?:(?:trong|tu)\s+)?quy\s*(?P<q1>iv|i{{1,3}}|[1-4])\b"
        rf"(?:(?:\s?[/.-]\s?|\s+{_NAM}\s+|\s+)(?P<y1>\d{{4}}))?\s*(?:-|,|va|den(?:\s+het)?)\s*"
        rf"(?:quy\s+)?(?P<q>iv|i{{1,3}}|(?<=quy )[1-4])\b{_OF_YEAR}",
        times.quarter_range,
    ),
    (rf"(?:{_SET}|{_TIME}){_PART}{_QUARTER}", times.in_quarter),
    (rf"^{_QUARTER}\s*:(?=\s*\S)", times.in_quarter),
    (rf"(?:trong|vao|{BEFORE}|het)\s+{_PART}{_QUARTER}", times.in_quarter),
    (rf"(?:{_SET}|{_TIME}){_PART}{_MONTH}", times.in_month),
    (rf"{_LABEL}(?P<m>\d{{1,2}})\s?[/-]\s?(?P<y>\d{{4}})\b", times.in_month),
    (rf"(?:trong|den het|het|vao|den|sang|{BEFORE})\s+{_PART}{_MONTH}", times.in_month),
    (
        rf"(?:trong|het)\s+(?:6|sau|06)\s+{_THANG}\s+(?P<half>dau|cuoi)\s+{_NAM}\b(?:\s+(?P<y>\d{{4}}))?",
        times.in_half,
    ),
    (
        rf"(?:tu nay\s+)?(?:den|toi|{BEFORE})\s+(?:het|cuoi)\s+{_NAM}\b(?!\s+hoc)(?:\s+(?P<y>\d{{4}}))?",
        times.end_of_year,
    ),
    (
        rf"(?:{_DONE}|{_BY})\s+(?:(?:trong|vao|den|het|cuoi)\s+){{0,4}}(?:{_NAM}\s+)?(?P<y>\d{{4}})\b(?!\s?[-/])",
        times.end_of_year,
    ),
    (rf"{_LABEL}(?:trong\s+)?{_NAM}\s+(?P<y>\d{{4}})\b(?!\s?[-/])", times.end_of_year),
    (rf"(?:^|(?<=[.;] )){_MONTH}\s*:(?=\s*\S)", times.in_month),  # "Tháng 3: tổ chức …", a plan's calendar
    (rf"ngay (?:sau )?khi\s+{_EVENT}", relative.at_once),
    (rf"{_SURELY_BEFORE} khi\s+{_EVENT}(?=,)", relative.until),
    (rf"(?:{_DONE}\s+)?{_SURELY_BEFORE}\s+(?P<event>{_OCCASION})\b(?!\s*,\s*(?:trong|sau)\b)", relative.until),
    (r"(?P<event>cuoi\s+(?:moi|hang|tung)\s+(?:hoc ky|nam hoc|khoa hoc|nhiem ky))\b", relative.at_once),
    (rf"(?:{_BY}|trong (?:vong|thoi han))\s+(?:la\s+|sau\s+)?(?P<n>{_COUNT})\s*{_PERIOD}\b", relative.since_event),
    (rf"trong\s+(?P<n>{_COUNT})\s*(?P<unit>(?:ngay|gio) lam viec)\b", relative.since_event),
)
