"""What a view may rely on: the request after the middleware has been at it."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from nhipcau.access.models import Account
from nhipcau.core.text import whole
from nhipcau.org.models import Post
from nhipcau.org.scope import Scope

LANGUAGE_KEY = "language"  # in the session


class AnyRequest(HttpRequest):
    """A request to a `@public` view: nobody need be signed in."""

    htmx: HtmxDetails
    moment: dt.datetime
    account: Account | None
    posts: list[Post]
    first: str  # name of the page on which the account has something to do before any other opens; "" for none
    scope: Scope | None


class AccountRequest(AnyRequest):
    """A request to a `@signed_in` view: an account, perhaps without a post today."""

    account: Account


class PageRequest(AccountRequest):
    """A request to a `@page` view: an account that acts for a post; `scope` is what it sees."""

    scope: Scope


def edits_of(request: AnyRequest) -> int:
    """The count of changes that the page was drawn with; -1, which fits nothing, if it says none."""
    edits = whole(request.POST.get("edits", ""), 999_999_999)
    return -1 if edits is None else edits
