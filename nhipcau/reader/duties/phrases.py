"""Time expressions that set a limit. No match means no deadline: nothing is guessed."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import zip_longest

from nhipcau.reader.duties.wordings import BEFORE, TABLE, date
from nhipcau.reader.language import recurring, times
from nhipcau.reader.language.needs import DIGIT, by_first, first_of, has_digit, held, needed, tightness
from nhipcau.reader.language.times import Calendar, Found, Handler


@dataclass(frozen=True)
class Phrase:
    """A time expression at `start:end` of the text searched.

    `joined`: it goes on with a list ("hằng tháng, quý, năm"; "ngày 15/3, 15/6") and counts if the one before does.
    """

    start: int
    end: int
    found: Found
    joined: bool = False


@dataclass(frozen=True, eq=False)
class _Wording:
    """A row of the table; compiled when a document first holds what it needs."""

    expression: str
    handler: Handler

    @cached_property
    def clauses(self) -> list[frozenset[str]]:
        """What it needs, first what few texts hold."""
        return sorted(needed(self.expression), key=tightness, reverse=True)

    @cached_property
    def firsts(self) -> list[frozenset[str]]:
        """The first words of each clause."""
        return [frozenset(map(first_of, clause)) for clause in self.clauses]

    def is_possible(self, firsts: set[str]) -> bool:
        """May a text that holds these first words match?"""
        return not (firsts.isdisjoint(self.firsts[0]) or any(map(firsts.isdisjoint, self.firsts)))

    @cached_property
    def any_first(self) -> frozenset[str]:
        return frozenset[str]().union(*self.firsts)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(self.expression if self.expression[0] == "^" else rf"\b{self.expression}")

    @cached_property
    def glued(self) -> re.Pattern[str]:
        """Slower, for a document that runs "chậm nhất là ngày" into the word before it."""
        begins = rf"(?:\b|(?={_GLUED_WORDS}))"
        return re.compile(self.expression if self.expression[0] == "^" else begins + self.expression)


_GLUED_WORDS = "cham nhat la ngay"
_GLUED = re.compile(rf"{_GLUED_WORDS}(?<=\w{_GLUED_WORDS})")
_WORDINGS = tuple(_Wording(expression, handler) for expression, handler in TABLE)


_FIGURE = frozenset({DIGIT})
_WORDS = by_first({word for one in _WORDINGS for clause in one.clauses for word in clause})

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


class Finder:
    """Finds the time limits of one document.

    Most documents lack a word of most wordings, and most of their paragraphs one of those that are left, or any
    figure: so only a few words are looked for in each. Reading takes a seventh less time than with all wordings
    everywhere.
    """

    def __init__(self, folded: str, when: Calendar) -> None:
        """`folded` is the plain text of the whole document, or at least of all that will be searched."""
        different = " ".join(set(folded.split()))  # a third of the text's length, and of a long one's much less
        firsts = {first for first in _WORDS if first in different} | {DIGIT}
        possible = [one for one in _WORDINGS if one.is_possible(firsts)]
        glued = _GLUED.search(folded) is not None
        self._wordings = [(one.glued if glued else one.pattern, one) for one in possible]
        self._without_figures = [(pattern, one) for pattern, one in self._wordings if _FIGURE not in one.clauses]
        wanted = firsts & frozenset[str]().union(*(one.any_first for one in possible))
        self._words = {first: words for first, words in _WORDS.items() if first in wanted}
        self._when = when

    def find(self, folded: str) -> list[Phrase]:
        """Time limits in `folded` (plain text of one paragraph), left to right, no overlaps."""
        wordings = self._wordings if has_digit(folded) else self._without_figures
        taken = _Taken()
        here = held(folded, self._words)
        for pattern, wording in wordings:
            if here.isdisjoint(wording.clauses[0]) or any(map(here.isdisjoint, wording.clauses)):
                continue
            for match in pattern.finditer(folded):
                if taken.leaves_free(match.start(), match.end()):
                    self._take(taken, wording.handler, match)
        return list(_each_year(folded, _with_days_only(folded, taken.phrases))) if taken.phrases else []

    def _take(self, taken: _Taken, handler: Handler, match: re.Match[str]) -> None:
        """Take the match, if its words make sense, and what is listed after it."""
        found, folded = handler(match, self._when), match.string
        if found is None:
            return
        phrase = Phrase(match.start(), _end(folded, match), found)
        taken.add(phrase)
        if handler is times.on_date or found.normalised.startswith("FREQ=YEARLY;BYMONTH="):
            taken.add(*_listed(folded, phrase, self._when))
        elif found.kind == "recurring" and "BY" not in found.normalised:
            taken.add(*_also_every(folded, phrase, self._when))


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
        exclusive = first.found.exclusive or found.exclusive  # "chậm nhất ngày 15/6 và trước ngày 20/12"
        listed.append(Phrase(start, end, replace(found, exclusive=exclusive), joined=True))
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
