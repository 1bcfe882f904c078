"""Every list is a page of a list: so many from so far on, how many there are, and the address of the next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Field, Schema

Row = TypeVar("Row")
Out = TypeVar("Out")


class Paging(Schema):
    """Which part of a list."""

    limit: int = Field(50, ge=1, le=200, description="How many")
    offset: int = Field(0, ge=0, le=10_000_000, description="From which on, the first is 0")


class Listed(Schema, Generic[Out]):
    """A page of a list."""

    items: list[Out]
    total: int
    next: str | None = Field(None, description="Address of the next page; null on the last")


def listed(
    request: HttpRequest,
    rows: QuerySet[Any, Row] | Sequence[Row],
    paging: Paging,
    make: Callable[[list[Row]], Iterable[Out]],
) -> dict[str, Any]:
    """The page of `rows`; `make` turns what is on it into what is answered, all at once."""
    total = rows.count() if isinstance(rows, QuerySet) else len(rows)
    until = paging.offset + paging.limit
    further = None
    if until < total:
        query = request.GET.copy()
        query["offset"], query["limit"] = str(until), str(paging.limit)
        further = f"{request.path}?{query.urlencode()}"
    return {"items": list(make(list(rows[paging.offset : until]))), "total": total, "next": further}
