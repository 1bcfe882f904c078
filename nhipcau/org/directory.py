"""Danh bạ: the posts of one's own unit, of the levels above with their departments, and of all below; no peers.

Everybody sees seats and who holds them; telephones only those whose work it is to reach people, and addresses of
mail only of the own unit and below.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO

from django.db.models import Case, F, FilteredRelation, Q, QuerySet, Value, When

from nhipcau.core.errors import InvalidInput
from nhipcau.core.official import Column
from nhipcau.core.said import Said
from nhipcau.core.text import fold
from nhipcau.org.models import Appointment, Closure, Post, Role, UnitName
from nhipcau.org.queries import name_of, names_of, parent_of, units_above
from nhipcau.org.scope import Scope
from nhipcau.press.register import RegisterSheet
from nhipcau.press.workbook import to_xlsx

REACH_PEOPLE = (Role.BOARD, Role.REPORTER, Role.APPROVER, Role.CLERK, Role.ADMINISTRATOR)
OWN, ABOVE, BELOW = range(3)
MOST_ON_PAPER = 3_000
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


def directory(scope: Scope, text: str = "", *, whole: bool = False, holders: bool = True) -> QuerySet[Post]:
    """The posts whose unit, title or holder has every word of `text`, marks ignored: own first, then from the next
    level above to the top, then below. Without a text only those directly below, or the `whole` branch. Without
    `holders` nobody is found by name.
    """
    reached = Q(unit__in=_over(scope)) | Q(unit__in=_below(scope, far=whole or bool(text.strip())))
    rows = Post.objects.at(scope.day).filter(reached)
    for word in fold(text).split():
        named = UnitName.objects.at(scope.day).filter(folded__contains=word).values("unit")
        fits = Q(folded__contains=word) | Q(unit__in=named)
        if holders:
            held = Appointment.objects.at(scope.day).filter(person__folded__contains=word).values("post")
            fits |= Q(pk__in=held)
        rows = rows.filter(fits)
    return _in_order(rows, scope)


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
    return (rows if far else rows.filter(depth__lte=1)).values_list("descendant", flat=True)


def _over(scope: Scope) -> list[int]:
    """The units above and the departments of their offices: a few dozen, wherever one stands."""
    above = units_above(scope.unit, scope.day)
    offices = Closure.objects.at(scope.day).filter(ancestor__in=above, depth=1, descendant__kind__internal=True)
    return [*above, *offices.values_list("descendant", flat=True)]


def _in_order(posts: QuerySet[Post], scope: Scope) -> QuerySet[Post]:
    over = Q(unit__in=set(_over(scope)) - set(_below(scope, far=False)))
    # The day's name is joined (no two hold on one day), not looked up for each: a word may find half a nation.
    stands = Q(unit__names__valid_to=None) | Q(unit__names__valid_to__gt=scope.day)
    return posts.annotate(
        called=FilteredRelation("unit__names", condition=stands & Q(unit__names__valid_from__lte=scope.day)),
        place=Case(When(unit=scope.unit, then=Value(OWN)), When(over, then=Value(ABOVE)), default=Value(BELOW)),
        level=Case(When(over, then=-F("unit__kind__rank")), default=Value(0)),
    ).order_by("place", "level", "called__sort_key", "pk")
