"""Time expressions that set a limit. No match means no deadline: nothing is guessed."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest

from nhipcau.reader.duties.wordings import BEFORE, TABLE, date
from nhipcau.reader.language import recurring, times
from nhipcau.reader.language.needs import held, needed
from nhipcau.reader.language.times import Calendar, Found


@dataclass(frozen=True)
class Phrase:
    """A time expression at `start:end` of the text searched.

    `joined`: it goes on with a list ("hằng tháng, quý, năm"; "ngày 15/3, 15/6") and counts if the one before does.
    """

    start: int
    end: int
    found: Found
    joined: bool = False


_PATTERNS = tuple(
    (
        re.compile(pattern if pattern[0] == "^" else rf"(?:\b|(?=cham nhat la ngay)){pattern}"),
        handler,
        needed(pattern),
    )
    for pattern, handler in TABLE
)
_WORDS = frozenset(word for _, _, clauses in _PATTERNS for clause in clauses for word in clause)

_AND = re.compile(rf"\s*(?:,|;|va)\s*(?:{BEFORE}\s+)?{date()}")
# "hằng tháng, quý, 6 tháng và cả năm"; "Quý đơn vị" is a form of address.
_AND_EVERY = re.compile(
    r"\s*(?:,|/|va\b|hoac\b|-)\s*(?:va\s+)?(?:(?:hang|moi|ca|cuoi)\s+|(?P<n>\d{1,2}|mot|sau)\s+)?"
    r"(?P<unit>tuan|thang|quy|nam)\b(?!\s*(?:\d|hoc\b|sau\b|truoc\b|nay\b|toi\b|lam viec\b|dau\b|cuoi\b|ke\b"
    r"|dinh\b|che\b|trinh\b|mo\b|don vi\b|co quan\b|vi\b|truong\b|ban\b|ong\b|ba\b|so\b|phong\b|cong\b|doanh\b))"
)
_JOINED = re.compile(r"\W*(?:va\s+)?")
_DAY_GIVEN = re.compile(r"[\s,:;(]*(?:(?:gui|nop|vao|bao cao|thuc hien)\s+)?\(?")
_PRINTED_YEAR = re.compile(r"\d{4}|\d[/.-]\d{1,2}[/.-]\d\d\b")


def find_phrases(folded: str, when: Calendar) -> Iterator[Phrase]:
    """Time limits in `folded` (plain text of one paragraph), left to right, no overlaps."""
    taken = _Taken()
    here = held(folded, _WORDS)
    for pattern, handler, clauses in _PATTERNS:
        if any(map(here.isdisjoint, clauses)):
            continue  # most paragraphs lack a word of most patterns
        for match in pattern.finditer(folded):
            if not taken.leaves_free(match.start(), match.end()):
                continue
            found = handler(match, when)
            if found is not None:
                phrase = Phrase(match.start(), _end(folded, match), found)
                taken.add(phrase)
                if handler is times.on_date or found.normalised.startswith("FREQ=YEARLY;BYMONTH="):
                    taken.add(*_listed(folded, phrase, when))
                elif found.kind == "recurring" and "BY" not in found.normalised:
                    taken.add(*_also_every(folded, phrase, when))
    yield from _each_year(folded, _with_days_only(folded, taken.phrases))


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
        listed.append(Phrase(start, end, replace(found, exclusive=first.found.exclusive), joined=True))
    return listed


def _also_every(folded: str, first: Phrase, when: Calendar) -> list[Phrase]:
    """ "định kỳ hằng tháng, quý, 6 tháng và cả năm": the recurrences after the first one."""
    listed: list[Phrase] = []
    end = first.end
    while match := _AND_EVERY.match(folded, end):
        found = (recurring.every_count if match["n"] else recurring.every)(match, when)
        if found is None:
            break
        end = match.end()
        start = match.start("n") if match["n"] else match.start("unit")
        listed.append(Phrase(start, end, found, joined=True))
    return listed


def _with_days_only(folded: str, phrases: list[Phrase]) -> list[Phrase]:
    """ "hằng quý (trước ngày 15 của tháng cuối quý)": the day says all that the bare recurrence does."""
    return [
        phrase
        for phrase, after in zip_longest(phrases, phrases[1:])
        if after is None
        or phrase.found.kind != "recurring"
        or not after.found.normalised.startswith(f"{phrase.found.normalised};BY")
        or _DAY_GIVEN.fullmatch(folded, phrase.end, after.start) is None
    ]


def _each_year(folded: str, phrases: list[Phrase]) -> Iterator[Phrase]:
    """ "2 lần/năm: trước ngày 15/6 và trước ngày 15/12" are two days of every year, and the count says no more."""
    yearly: Phrase | None = None  # the phrase that says "every year", while its days follow
    phrases = _before_a_yearly_day(folded, phrases)
    for index, phrase in enumerate(phrases):
        if yearly is not None and _is_day_after(folded, yearly, phrase):
            yearly = replace(phrase, found=recurring.each_year(phrase.found))
            yield yearly
            continue
        named_day = phrase.found.normalised.startswith("FREQ=YEARLY;BYMONTH=")
        every_year = phrase.found.kind == "recurring" and folded.endswith("nam", phrase.start, phrase.end)
        yearly = phrase if named_day or every_year else None
        following = phrases[index + 1 : index + 2]
        if named_day or not (every_year and following and _is_day_after(folded, phrase, following[0])):
            yield phrase


def _is_day_after(folded: str, yearly: Phrase, phrase: Phrase, *, between: tuple[int, int] | None = None) -> bool:
    bare = phrase.found.kind == "date" and not _PRINTED_YEAR.search(folded[phrase.start : phrase.end])
    return bare and _JOINED.fullmatch(folded, *(between or (yearly.end, phrase.start))) is not None


def _before_a_yearly_day(folded: str, phrases: list[Phrase]) -> list[Phrase]:
    """ "trước ngày 15/6 và 15/12 hằng năm": the first day recurs like the last."""
    settled: list[Phrase] = []
    for phrase in reversed(phrases):
        after = settled[-1] if settled else None
        recurs = (
            after is not None
            and after.found.normalised.startswith("FREQ=YEARLY;BYMONTH=")
            and _is_day_after(folded, after, phrase, between=(phrase.end, after.start))
        )
        settled.append(replace(phrase, found=recurring.each_year(phrase.found)) if recurs else phrase)
    return settled[::-1]
