"""Danh bạ: the posts of one's own unit, of the levels above with their departments, and of all below; no peers.

Everybody sees seats and who holds them; telephones only those whose work it is to reach people, and addresses of
mail only of the own unit and below.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from django.db.models import Case, F, FilteredRelation, Q, QuerySet, Value, When

from nhipcau.core.errors import InvalidInput
from nhipcau.core.official import Column
from nhipcau.core.said import Said
from nhipcau.core.text import fold
from nhipcau.org.models import Appointment, Axis, Closure, Post, Role
from nhipcau.org.queries import name_of, names_of, parent_of, units_above
from nhipcau.org.scope import Scope
from nhipcau.press.register import RegisterSheet
from nhipcau.press.workbook import to_xlsx

REACH_PEOPLE = (Role.BOARD, Role.REPORTER, Role.APPROVER, Role.CLERK, Role.ADMINISTRATOR)
OWN, ABOVE, BELOW = range(3)
MOST_ON_PAPER = 3_000
_IN_ORDER = ("called__sort_key", "called__unit", "pk")
COLUMNS = (
    Column("Đơn vị", 5),
    Column("Chức danh", 4),
    Column("Họ và tên", 3),
    Column("Điện thoại công vụ", 2, "center"),
    Column("Thư điện tử", 4),
)


@dataclass(frozen=True)
class Card:
    """A seat as this visitor may see it. `name` "": nobody holds it; `place`: OWN, ABOVE or BELOW."""

    unit: str
    title: str
    place: int
    name: str
    phone: str
    email: str

    @property
    def cells(self) -> tuple[str, ...]:
        return self.unit, self.title, self.name or "(khuyết)", self.phone, self.email


class Seats(Sequence[Post]):
    """Posts in their order: the few of the own unit and above, then those below, read as far as they are asked for
    and in the order of an index, so that the first of a nation's are not sorted out of all."""

    def __init__(self, near: list[Post], below: QuerySet[Post]) -> None:
        self._near, self._below = near, below

    def __len__(self) -> int:
        return len(self._near) + self._below.count()

    def count_to(self, most: int) -> int:
        """How many there are, or `most`."""
        return min(most, len(self._near) + self._below.order_by()[:most].count())

    def __getitem__(self, part: Any) -> Any:
        first, last = part.start or 0, part.stop
        few = len(self._near)
        return self._near[first:last] + list(self._below[max(0, first - few) : max(0, last - few)])

    def __iter__(self) -> Iterator[Post]:
        yield from self._near
        yield from self._below.iterator()


def directory(scope: Scope, text: str = "", *, whole: bool = False, holders: bool = True) -> Seats:
    """The posts whose unit, title or holder has every word of `text`, marks ignored: own first, then from the next
    level above to the top, then below. Without a text only those directly below, or the `whole` branch. Without
    `holders` nobody is found by name.
    """
    # The day's name is joined (no two hold on one day), not looked up for each: a word may find half a nation.
    stands = Q(unit__names__valid_to=None) | Q(unit__names__valid_to__gt=scope.day)
    called = FilteredRelation("unit__names", condition=stands & Q(unit__names__valid_from__lte=scope.day))
    rows = Post.objects.at(scope.day).annotate(called=called)
    wanted = Q()
    for word in fold(text).split():
        fits = Q(folded__contains=word) | Q(called__folded__contains=word)
        if holders:
            held = Appointment.objects.at(scope.day).filter(person__folded__contains=word).values("post")
            fits |= Q(pk__in=held)
        wanted &= fits  # gathered, since each filter of its own would join the names again
    over = set(_over(scope)) - set(_below(scope, far=False))
    above = rows.filter(wanted, unit__in={scope.unit.pk, *over}).annotate(
        place=Case(When(unit=scope.unit, then=Value(OWN)), default=Value(ABOVE)), level=-F("unit__kind__rank")
    )
    far = whole or bool(text.strip())
    lower = _below(scope, far=far).filter(depth__gt=0).exclude(descendant__in=over)
    below = lower if far else list(lower)  # few, which the database would not expect of a nation's top
    named = rows.filter(wanted, ~Q(unit=scope.unit), unit__in=below, called__sort_key__isnull=False)
    return Seats(list(above.order_by("place", "level", "called__sort_key", "pk")), named.order_by(*_IN_ORDER))


def cards(scope: Scope, posts: Iterable[Post]) -> list[Card]:
    """The seats with their holders, in the order given. Three queries."""
    listed = list(posts)
    held = Appointment.objects.at(scope.day).filter(post__in=[post.pk for post in listed]).select_related("person")
    holders = {one.post_id: one.person for one in held}
    names = names_of({post.unit_id for post in listed}, scope.day)
    below = set(_below(scope, far=True).filter(descendant__in=[post.unit_id for post in listed]))
    reaches = scope.post.has_role(*REACH_PEOPLE)
    found = []
    for post in listed:
        person = holders.get(post.pk)
        place = OWN if post.unit_id == scope.unit.pk else BELOW if post.unit_id in below else ABOVE
        found.append(
            Card(
                unit=names[post.unit_id].name,
                title=post.title,
                place=place,
                name=person.name if person else "",
                phone=person.phone if person and reaches else "",
                email=person.email if person and reaches and place != ABOVE else "",
            )
        )
    return found


def sheet(scope: Scope, text: str = "", *, whole: bool = False) -> RegisterSheet:
    """The directory for the press. InvalidInput for more than `MOST_ON_PAPER` posts."""
    posts = list(directory(scope, text, whole=whole)[: MOST_ON_PAPER + 1])
    if len(posts) > MOST_ON_PAPER:
        raise InvalidInput(
            Said(
                f"Danh bạ này có hơn {MOST_ON_PAPER} dòng, quá dài cho một bản in. Hãy tìm hẹp hơn hoặc tải .xlsx.",
                f"This directory has more than {MOST_ON_PAPER} lines, too many for paper. Search for less or take "
                "the .xlsx.",
            )
        )
    return _sheet(scope, [card.cells for card in cards(scope, posts)])


def write_workbook(scope: Scope, out: BinaryIO, text: str = "", *, whole: bool = False) -> None:
    """The same lines as .xlsx, however many."""
    rows = (card.cells for card in cards(scope, directory(scope, text, whole=whole)))
    to_xlsx(_sheet(scope, ()), rows, out)


def _sheet(scope: Scope, rows: Iterable[tuple[str, ...]]) -> RegisterSheet:
    above = parent_of(scope.unit, scope.day)
    return RegisterSheet(
        title="Danh bạ chức danh",
        issuer=name_of(scope.unit, scope.day).name,
        parent=name_of(above, scope.day).name if above else "",
        subtitle=(f"Ngày {scope.day:%d/%m/%Y}",),
        columns=COLUMNS,
        rows=tuple(rows),
        printed_on=scope.day,
    )


def _below(scope: Scope, *, far: bool) -> QuerySet[Closure, int]:
    rows = Closure.objects.at(scope.day).filter(ancestor=scope.unit)
    # With the axes named those directly below are a stretch of an index.
    return (rows if far else rows.filter(axis__in=Axis.values, depth__lte=1)).values_list("descendant", flat=True)


def _over(scope: Scope) -> list[int]:
    """The units above and the departments of their offices: a few dozen, wherever one stands."""
    above = units_above(scope.unit, scope.day)
    offices = Closure.objects.at(scope.day).filter(ancestor__in=above, depth=1, descendant__kind__internal=True)
    return [*above, *offices.values_list("descendant", flat=True)]
