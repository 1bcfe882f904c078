"""Downloads in the log: a view declares as what (`takes`), the middleware writes it down once it has answered."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from django.http.response import HttpResponseBase

from nhipcau.audit.actions import Plain
from nhipcau.audit.taking import note_taking
from nhipcau.web.declare import access_of
from nhipcau.web.request import AnyRequest, PageRequest

# What of an address and its query says which part was taken; the rest may hold somebody's words.
_PARTS = ("code", "period", "kind", "number", "year", "series", "indicator", "file")
_ASKED = ("so", "nam", "quyen")
_SHORT = 40


def note(request: AnyRequest, response: HttpResponseBase) -> None:
    """Write down what a declared view has just given out; a refusal and a question about its date are no taking."""
    match, scope = request.resolver_match, request.scope
    access = access_of(match.func) if match else None
    if match is None or scope is None or access is None or not access.takes:
        return
    if response.status_code != HTTPStatus.OK or request.method == "HEAD":
        return
    note_taking(
        actor=scope.post,
        action=access.takes,
        obj=_thing(access.of, match.kwargs, str(scope.unit.uid)),
        at=request.moment,
        data=_parts(match.kwargs, request),
    )


def note_restricted(request: PageRequest, action: str, obj: str, **data: Plain) -> None:
    """Reading that is answered for: the register of complaints, the log."""
    note_taking(actor=request.scope.post, action=action, obj=obj, at=request.moment, data=data)


def _thing(kind: str, kwargs: Mapping[str, object], own: str) -> str:
    if "uid" in kwargs:
        return f"{kind}:{kwargs['uid']}"
    return f"unit:{kwargs.get('unit', own)}"


def _parts(kwargs: Mapping[str, object], request: AnyRequest) -> dict[str, Plain]:
    found: dict[str, Plain] = {name: str(kwargs[name])[:_SHORT] for name in _PARTS if name in kwargs}
    asked = {name: request.GET.get(name, "") for name in _ASKED}
    return found | {name: value[:_SHORT] for name, value in asked.items() if value.isalnum()}
