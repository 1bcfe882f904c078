"""How reporting stands, as squares and tiles: told apart by a sign, in the order of names and never of results."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhipcau.org.models import UnitName
from nhipcau.reports.totals.overview import Column, Standing
from nhipcau.web import charts
from nhipcau.web.templatetags.nhip import vi_number
from nhipcau.web.words import in_words


@dataclass(frozen=True)
class Tone:
    """How a square looks: a sign that needs no colour, and a class that has one besides."""

    sign: str
    look: str
    label: object


NOTHING = Tone("", "none", gettext_lazy("không phải báo cáo"))
DONE = Tone("✓", "done", gettext_lazy("đã tiếp nhận đủ"))
SENT = Tone("→", "sent", gettext_lazy("đã gửi, chờ tiếp nhận"))
TARDY = Tone("»", "tardy", gettext_lazy("có đơn vị gửi muộn"))
BACK = Tone("←", "back", gettext_lazy("có báo cáo bị trả lại"))
GOING = Tone("…", "going", gettext_lazy("còn thiếu, trong hạn"))
LATE = Tone("!", "late", gettext_lazy("còn thiếu, quá hạn"))
LEGEND = (DONE, SENT, TARDY, BACK, GOING, LATE)


@dataclass(frozen=True)
class Counts:
    """Who owes, who is in, who came late, who is missing, who of these was sent back; members, in and in all."""

    expected: int
    received: int
    accepted: int
    tardy: int
    missing: int
    returned: int
    members: int
    all_members: int

    @property
    def whole(self) -> bool:
        """Whether there is nothing to look after."""
        return not (self.tardy or self.missing or self.returned)


@dataclass(frozen=True)
class Square:
    """One unit in one period. `count`: how many units the sign speaks of; `words`: all of it in words."""

    tone: Tone
    counts: Counts
    count: int
    words: str
    period: str
    url: str


@dataclass(frozen=True)
class Row:
    """One unit below: where its page is, where what a square opens is put, and a square for every period."""

    name: str
    url: str
    place: str
    squares: list[Square]


def counts_of(standing: Standing, column: Column) -> Counts:
    """What is kept counts the missing as late once the due date is over; here they are told apart."""
    found = standing.node.coverage
    return Counts(
        expected=found.expected,
        received=found.received,
        accepted=found.accepted,
        tardy=found.late - (found.missing if column.overdue else 0),
        missing=found.missing,
        returned=standing.returned,
        members=found.members,
        all_members=max(standing.members, found.members),
    )


def tone_of(counts: Counts, *, overdue: bool) -> Tone:
    """What is most to be looked after."""
    if not counts.expected:
        return NOTHING
    if overdue and counts.missing > counts.returned:
        return LATE
    if counts.returned:
        return BACK
    if counts.missing:
        return GOING
    if counts.tardy:
        return TARDY
    return DONE if counts.accepted == counts.expected else SENT


def words_of(counts: Counts) -> str:
    """The counts as a screen reader says them."""
    if not counts.expected:
        return str(NOTHING.label)
    said = [
        _("%(got)s/%(all)s đã gửi") % {"got": vi_number(counts.received), "all": vi_number(counts.expected)},
        _("%(n)s đã tiếp nhận") % {"n": vi_number(counts.accepted)},
    ]
    told = (
        (counts.tardy, _("%(n)s gửi muộn")),
        (counts.missing, _("%(n)s chưa gửi")),
        (counts.returned, _("%(n)s bị trả lại")),
    )
    return ", ".join(said + [text % {"n": vi_number(n)} for n, text in told if n])


def square(standing: Standing | None, column: Column, url: str = "") -> Square:
    """The square of one unit in one period; blank where it did not stand there then."""
    if standing is None:
        none = Counts(0, 0, 0, 0, 0, 0, 0, 0)
        return Square(NOTHING, none, 0, _("không thuộc nhánh trong kỳ này"), "", "")
    counts = counts_of(standing, column)
    tone = tone_of(counts, overdue=column.overdue)
    several = {
        LATE: counts.missing - counts.returned, BACK: counts.returned, GOING: counts.missing, TARDY: counts.tardy,
    }  # fmt: skip
    count = several.get(tone, 0) if counts.expected > 1 else 0
    told = url if counts.expected else ""
    return Square(tone, counts, count, words_of(counts), in_words(column.period), told)


def members_below(columns: Sequence[Column]) -> list[int]:
    """Everybody who stood directly below in one of the periods."""
    return list(dict.fromkeys(pk for column in reversed(columns) for pk in column.standings))


def in_order(units: Iterable[int], names: dict[int, UnitName]) -> list[int]:
    """By name."""
    return sorted(units, key=lambda pk: (names[pk].sort_key, pk))


def lacking(columns: Sequence[Column], units: Iterable[int]) -> list[int]:
    """Those of the units with something to look after in the last period."""
    last = columns[-1]
    return [pk for pk in units if (one := last.standings.get(pk)) and not counts_of(one, last).whole]


def tile(name: str, short: str, found: Square, url: str) -> charts.Tile:
    """One unit in the last period; `short`: as much of the name as tells it from the others."""
    counts = found.counts
    return charts.tile(
        name=name,
        short=short,
        said=found.words,
        tone=(found.tone.sign, found.tone.look),
        figure=f"{vi_number(counts.received)}/{vi_number(counts.expected)}",
        share=(counts.received, counts.expected),
        url=url,
    )
