"""A post changes hands: the appointment ends on a day, and what the post has in hand is written down for the next.

Each app tells what it knows of; the lists are kept as they stood, so that the minutes can be printed again later.
They hold titles and dates, and nobody's name.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass

from django.db import transaction
from django.db.models import QuerySet

from nhipcau.core.errors import Conflict, Fault, InvalidInput, NotAllowed, NotFound
from nhipcau.core.said import Said
from nhipcau.org.actions import end_appointment
from nhipcau.org.delegating import in_force
from nhipcau.org.models import Appointment, Handover, Post
from nhipcau.org.queries import holder_of
from nhipcau.org.scope import Scope, fetch
from nhipcau.org.seats import get_managed_for, managed_posts
from nhipcau.org.vacancies import may_hand_over, require_appointing, require_handing_over

LATEST = dt.timedelta(days=366)
ABSENT = Said("Không có biên bản bàn giao này.", "There are no such handover minutes.")


@dataclass(frozen=True)
class InHand:
    """One kind of thing a post has in hand. Columns and rows are Vietnamese, as they will be printed."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


_tellers: list[Callable[[Scope], Iterable[InHand]]] = []


def tell(teller: Callable[[Scope], Iterable[InHand]]) -> None:
    """An app tells what a post has in hand; it is asked at the moment of handing over."""
    _tellers.append(teller)


def in_hand(post: Post, at: dt.datetime) -> list[InHand]:
    """Everything that post has in hand now; kinds without anything are left out."""
    scope = Scope(post, at)
    return [one for teller in _tellers for one in teller(scope) if one.rows]


def delegations_in_hand(scope: Scope) -> Iterable[InHand]:
    """What the post has given to others or was given by them."""
    rows = in_force(scope.at)
    listed = rows.filter(giver=scope.post) | rows.filter(taker=scope.post)
    cells = [(one.giver.title, one.taker.title, f"{one.last_day:%d/%m/%Y}") for one in listed]
    yield InHand(
        Said("Ủy quyền đang có hiệu lực", "Delegations in force"),
        ("Chức danh giao", "Chức danh làm thay", "Đến hết ngày"),
        cells,
    )


def earliest_end(held: Appointment, day: dt.date) -> dt.date:
    """From which day on the holder can have the post no longer: today, but each holds it for one day at least."""
    return max(day, held.valid_from + dt.timedelta(days=1))


def hand_over(*, post: Post, end: dt.date, actor: Post, at: dt.datetime) -> Handover:
    """The holder has the post no longer from `end` on; what it has in hand is kept with the appointment.

    Before that day the same may be asked again, with another day. Raises NotFound (out of sight), NotAllowed,
    Conflict (nobody holds it), InvalidInput.
    """
    scope = Scope(actor, at)
    require_appointing(scope)
    found = get_managed_for(scope, post.uid)
    if found.pk == actor.pk:
        raise NotAllowed("Chức danh của chính bạn do ban chấp hành hoặc cấp trên kết thúc.")
    require_handing_over(found, actor)
    held = holder_of(found, scope.day)
    if held is None:
        raise Conflict("Chức danh này không có ai giữ nên không có gì để kết thúc.")
    first = earliest_end(held, scope.day)
    if not first <= end <= first + LATEST:
        limit = Said(f"chọn từ ngày {first:%d/%m/%Y}, trong vòng một năm", f"from {first:%d/%m/%Y}, within a year")
        raise InvalidInput("Chưa kết thúc được phân công.", [Fault("end", limit)])
    with transaction.atomic():
        contents = [asdict(one) for one in in_hand(found, at)]
        kept, _new = Handover.objects.update_or_create(
            appointment=held, defaults={"contents": contents, "made_at": at}
        )
        end_appointment(appointment=held, end=end, actor=actor, at=at)
    return kept


def handovers_of(scope: Scope, post: Post) -> QuerySet[Handover]:
    """Those of a post fetched through the scope, the newest first; none for whoever does not decide on it."""
    rows = Handover.objects.filter(appointment__post=post).select_related("appointment__person")
    readable = scope.sees(post.unit) and may_hand_over(post, scope.post)
    return rows.order_by("-appointment__valid_from", "-pk") if readable else rows.none()


def get_handover_for(scope: Scope, uid: object) -> Handover:
    """Of a post of the own unit or one directly below, on which the reader decides; any other does not exist."""
    rows = Handover.objects.filter(appointment__post__in=managed_posts(scope).values("pk"))
    found = fetch(rows.select_related("appointment__person", "appointment__post__unit__kind"), uid, ABSENT)
    if not may_hand_over(found.appointment.post, scope.post):
        raise NotFound(ABSENT)
    return found
