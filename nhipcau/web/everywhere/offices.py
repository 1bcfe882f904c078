"""Units and posts: where they stand and how to reach them, as tree and directory show it."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse

from nhipcau.org.browsing import parents
from nhipcau.org.directory import cards, directory
from nhipcau.org.queries import names_of
from nhipcau.org.scope import Scope
from nhipcau.org.searching import search_units
from nhipcau.web.everywhere.matching import Wanted
from nhipcau.web.everywhere.sources import Hit

_LOOKED_AT = 60  # units of which those spelled alike go first


def units(scope: Scope, wanted: Wanted, limit: int) -> list[Hit]:
    """The own unit and those below, by name or code."""
    found = list(search_units(scope, wanted.text, max(limit, _LOOKED_AT)))
    names = names_of([unit.pk for unit in found], scope.day)
    found = sorted(found, key=lambda unit: wanted.rank(names[unit.pk].name))[:limit]
    under = parents([unit.pk for unit in found], scope.day)
    return [
        Hit(
            title=names[unit.pk].name,
            url=reverse("org:unit", kwargs={"uid": unit.uid}),
            meta=" · ".join(filter(None, (names[unit.pk].code, under.get(unit.pk, "")))),
        )
        for unit in found
    ]


def posts(scope: Scope, wanted: Wanted, limit: int) -> list[Hit]:
    """Posts by their title and unit, never by who holds them; telephone and mail as the directory shows them."""
    listed = directory(scope, wanted.text, holders=False)[:limit]
    return [
        Hit(
            title=card.title,
            url=f"{reverse('org:directory')}?{urlencode({'q': f'{card.title} {card.unit}'})}",
            meta=" · ".join(filter(None, (card.unit, card.phone, card.email))),
        )
        for card in cards(scope, listed)
    ]
