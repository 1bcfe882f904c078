"""Whom the token acts for, and the directory of seats."""

from __future__ import annotations

from typing import Any

from ninja import Query

from nhipcau.api.auth import ApiRequest
from nhipcau.api.declare import Area
from nhipcau.api.paging import Listed, Paging, listed
from nhipcau.api.routers.units import named
from nhipcau.api.schemas.base import Words
from nhipcau.api.schemas.units import Me, PostOut, Seat, TokenOut
from nhipcau.org import directory

area = Area("me", "")
PLACES = {directory.OWN: "own", directory.ABOVE: "above", directory.BELOW: "below"}


@area.get("/me", "profile", answer=Me)
def me(request: ApiRequest) -> Any:
    """Whom the token acts for: its post, its unit, what the token may do."""
    scope, token = request.scope, request.bearer.token
    post = PostOut(
        uid=scope.post.uid,
        title=scope.post.title,
        roles=list(scope.post.roles),
        unit=named([scope.unit], scope.day)[0],
    )
    shown = TokenOut(uid=token.uid, name=token.name, scopes=token.scopes, expires_at=token.expires_at)
    return Me(post=post, token=shown, now=scope.at, today=scope.day)


@area.get("/seats", "org:directory", answer=Listed[Seat])
def seats(request: ApiRequest, paging: Query[Paging], q: Words = "", whole: bool = False) -> Any:
    """Seats of the own unit, of those above and below, with their holders; `q` finds in the whole branch."""
    rows = directory.directory(request.scope, q[:120], whole=whole)
    return listed(
        request, rows, paging, lambda posts: [_seat(one) for one in directory.cards(request.scope, posts)]
    )


def _seat(card: directory.Card) -> Seat:
    return Seat(
        unit=card.unit,
        title=card.title,
        place=PLACES[card.place],
        holder=card.name,
        phone=card.phone,
        email=card.email,
    )
