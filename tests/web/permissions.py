"""The permission table: every page, and what each visitor is answered. Nothing is served that does not stand here.

Visitors are "signed_out" or the name of a post of the cast (tests/cast.py). A page about one object must say that
the stranger is answered 404. An area adds its rows here; `kwargs` may create what the address needs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tests.cast import Cast

SIGN_IN = 302  # signed out: sent to the sign-in page (the test checks the address)

Kwargs = Callable[[Cast], Mapping[str, object]]


def nothing(cast: Cast) -> Mapping[str, object]:
    """The address takes no argument."""
    return {}


@dataclass(frozen=True)
class Row:
    """One page: who gets which status. `data` is posted, or asked for as a query with GET."""

    name: str
    expect: Mapping[str, int]
    kwargs: Kwargs = nothing
    method: str = "get"
    data: Mapping[str, str] = field(default_factory=dict)


TABLE: tuple[Row, ...] = (
    Row("home", {"signed_out": SIGN_IN, "stranger": 200, "local_volunteer": 200, "clerk": 200}),
    Row("sign_in", {"signed_out": 200, "local_volunteer": 302}),
    Row("sign_out", {"signed_out": SIGN_IN, "local_volunteer": 302}, method="post"),
    Row("act_as", {"signed_out": SIGN_IN, "local_volunteer": 404}, method="post", data={"post": "không có"}),
    Row("language", {"signed_out": 302, "local_volunteer": 302}, method="post", data={"language": "en"}),
    Row("styleguide", {"signed_out": SIGN_IN, "stranger": 200, "local_volunteer": 200}),
    Row("styleguide_save", {"signed_out": SIGN_IN, "stranger": 200}, method="post", data={"edits": "1"}),
    Row("money_words", {"signed_out": SIGN_IN, "stranger": 200}, data={"so": "72.000.000"}),
)
