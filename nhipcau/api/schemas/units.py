"""The post one acts for, units and seats."""

from __future__ import annotations

import datetime as dt
import uuid

from ninja import Schema


class UnitOut(Schema):
    """A unit by its name of the day asked for."""

    uid: uuid.UUID
    code: str
    name: str
    kind: str


class UnitInTree(UnitOut):
    """With how many unions lie directly below it."""

    size: int


class UnitDetail(UnitOut):
    """With what it lies directly under, if the post sees that, and its members."""

    symbol: str
    place: str
    members: int
    standing: bool
    path: list[UnitOut]


class PostOut(Schema):
    """The post a token acts for."""

    uid: uuid.UUID
    title: str
    roles: list[str]
    unit: UnitOut


class TokenOut(Schema):
    """The token itself, without its secret."""

    uid: uuid.UUID
    name: str
    scopes: list[str]
    expires_at: dt.datetime


class Me(Schema):
    """Whom the token acts for, at which moment."""

    post: PostOut
    token: TokenOut
    now: dt.datetime
    today: dt.date


class Seat(Schema):
    """A seat of the directory as this post may see it."""

    unit: str
    title: str
    place: str
    holder: str
    phone: str
    email: str
