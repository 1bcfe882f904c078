"""Who may open a page. Every view declares it; one that declares nothing is never served (see middleware, checks).

The declaration is data on the function, enforced in one place, so that a test can read it back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Concatenate, ParamSpec

from django.http import QueryDict
from django.http.response import HttpResponseBase

from nhipcau.org.models import Role
from nhipcau.web.request import AccountRequest, AnyRequest, PageRequest

P = ParamSpec("P")
ATTRIBUTE = "page_access"

GET: tuple[str, ...] = ("GET", "HEAD")
POST: tuple[str, ...] = ("POST",)
FORM: tuple[str, ...] = ("GET", "HEAD", "POST")


class Level(Enum):
    """How well the visitor must be known."""

    PUBLIC = "public"
    ACCOUNT = "account"
    POST = "post"


@dataclass(frozen=True)
class Access:
    """What a view asks: a level, the roles of which the acting post needs one (none = any), the methods.

    `beforehand`: it opens even to an account that has something else to do first (`request.first`). `fresh`: which
    forms sent to it ask for the password once more, if that was not done for a while. `takes`: as what the log
    names the file it gives out, of a thing of the kind `of`. `repeats`: the same form sent again only sets the same
    again, so it is done again (else see web.twice).
    """

    level: Level
    roles: tuple[Role, ...] = ()
    methods: tuple[str, ...] = GET
    beforehand: bool = False
    fresh: Callable[[QueryDict], bool] | None = None
    takes: str = ""
    of: str = ""
    repeats: bool = False


def always(sent: QueryDict) -> bool:
    """Every form sent to the page."""
    return True


def when(field: str, *values: str) -> Callable[[QueryDict], bool]:
    """Forms in which that field says one of these."""
    return lambda sent: sent.get(field) in values


def access_of(view: Callable[..., object]) -> Access | None:
    """The view's declaration, or None if it made none."""
    found = getattr(view, ATTRIBUTE, None)
    return found if isinstance(found, Access) else None


def page(
    *roles: Role,
    methods: tuple[str, ...] = GET,
    fresh: Callable[[QueryDict], bool] | None = None,
    takes: str = "",
    of: str = "",
    repeats: bool = False,
) -> Callable[
    [Callable[Concatenate[PageRequest, P], HttpResponseBase]],
    Callable[Concatenate[PageRequest, P], HttpResponseBase],
]:
    """For an account that acts for a post holding one of `roles` (any post if none are named)."""

    def declare(
        view: Callable[Concatenate[PageRequest, P], HttpResponseBase],
    ) -> Callable[Concatenate[PageRequest, P], HttpResponseBase]:
        asks = Access(Level.POST, roles, methods, fresh=fresh, takes=takes, of=of, repeats=repeats)
        setattr(view, ATTRIBUTE, asks)
        return view

    return declare


def signed_in(
    *,
    methods: tuple[str, ...] = GET,
    beforehand: bool = False,
    fresh: Callable[[QueryDict], bool] | None = None,
    repeats: bool = False,
) -> Callable[
    [Callable[Concatenate[AccountRequest, P], HttpResponseBase]],
    Callable[Concatenate[AccountRequest, P], HttpResponseBase],
]:
    """For any account, even one whose posts have all ended; `beforehand`: and one with something to do first."""

    def declare(
        view: Callable[Concatenate[AccountRequest, P], HttpResponseBase],
    ) -> Callable[Concatenate[AccountRequest, P], HttpResponseBase]:
        setattr(view, ATTRIBUTE, Access(Level.ACCOUNT, (), methods, beforehand, fresh, repeats=repeats))
        return view

    return declare


def public(
    *, methods: tuple[str, ...] = GET, repeats: bool = False
) -> Callable[
    [Callable[Concatenate[AnyRequest, P], HttpResponseBase]],
    Callable[Concatenate[AnyRequest, P], HttpResponseBase],
]:
    """For everybody, signed in or not."""

    def declare(
        view: Callable[Concatenate[AnyRequest, P], HttpResponseBase],
    ) -> Callable[Concatenate[AnyRequest, P], HttpResponseBase]:
        setattr(view, ATTRIBUTE, Access(Level.PUBLIC, (), methods, repeats=repeats))
        return view

    return declare
