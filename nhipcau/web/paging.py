"""Lists page by page. Of one that may be very long no more is counted than anybody turns to."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Protocol, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from nhipcau.core.text import whole
from nhipcau.web.templatetags.nhip import vi_number

AHEAD = 20  # pages beyond the one asked for, so that one can always turn on
M = TypeVar("M", bound=Model)
M_co = TypeVar("M_co", bound=Model, covariant=True)


class Long(Protocol[M_co]):
    """A list that is read by parts and counts itself no further than it is asked to."""

    def count_to(self, most: int) -> int:
        """How many there are, or `most`."""

    def __getitem__(self, part: slice, /) -> Sequence[M_co]: ...


class Ahead(Paginator):  # type: ignore[type-arg]  # Django's is no generic class when it runs
    """Counts so many pages ahead; `more`: there are others still."""

    def __init__(self, rows: QuerySet[M] | Long[M], per_page: int, asked: str | None) -> None:
        super().__init__(rows, per_page)  # type: ignore[arg-type]
        self._rows = rows
        self._most = ((whole(asked or "1", 100_000) or 1) + AHEAD) * per_page

    @cached_property
    def _counted(self) -> int:
        beyond = self._most + 1
        if isinstance(self._rows, QuerySet):
            return self._rows.order_by()[:beyond].count()
        return self._rows.count_to(beyond)

    @cached_property
    def count(self) -> int:
        """All of them, or as many as were counted."""
        return min(self._counted, self._most)

    @property
    def more(self) -> bool:
        """Whether there are more than `count`."""
        return self._counted > self._most

    @property
    def said(self) -> str:
        """The number in words: "63", "hơn 630"."""
        number = vi_number(self.count)
        return _("hơn %(n)s") % {"n": number} if self.more else number


def leaf(rows: QuerySet[M] | Long[M], per_page: int, asked: str | None) -> Page[M]:
    """The page of that number (the first or the last, if there is none such) of a list that may be very long."""
    return Ahead(rows, per_page, asked).get_page(asked)
