"""What a view may rely on: the request after the middleware has been at it."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from nhipcau.access.models import Account
from nhipcau.org.models import Post
from nhipcau.org.scope import Scope


class AnyRequest(HttpRequest):
    """A request to a `@public` view: nobody need be signed in."""

    htmx: HtmxDetails
    moment: dt.datetime
    account: Account | None
    posts: list[Post]
    scope: Scope | None


class AccountRequest(AnyRequest):
    """A request to a `@signed_in` view: an account, perhaps without a post today."""

    account: Account


class PageRequest(AccountRequest):
    """A request to a `@page` view: an account that acts for a post; `scope` is what it sees."""

    scope: Scope
