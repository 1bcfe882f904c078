"""Which letter of the unit's registers is meant by a symbol: exact, or nearly so, or a question for a person.

A slip of the scanner (O for 0, l for 1, D for Đ, a lost hyphen) is mended only where the printed date is that of
the letter and no other letter could be meant. Whatever is less sure is kept as `possible` and asked.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db.models import Q, QuerySet

from nhipcau.core.text import fold
from nhipcau.documents.models import Citation, Direction, Document, DocumentState
from nhipcau.documents.search.words import words

_ALIKE = str.maketrans({"o": "0", "q": "0", "l": "1", "i": "1"})
_MANY = 500  # letters or citations looked at for one letter
_LONG = 12  # characters of a symbol that may differ in two places


def link(document: Document) -> None:
    """Tie what the letter cites, and what cites it, to the unit's own registers, in the caller's transaction."""
    mine = document.citations.filter(target=None, waived="").select_related("document")
    for cited in mine[:_MANY]:
        settle(cited)
    if not document.number_key:
        return
    here = Q(symbol_key=document.number_key) | Q(dated=document.dated, dated__isnull=False)
    waiting = Citation.objects.filter(here, target=None, waived="", document__unit=document.unit_id)
    for cited in waiting.exclude(document=document).select_related("document")[:_MANY]:
        settle(cited)


def settle(cited: Citation) -> None:
    """Find the letter that is meant: `target` if it is sure, `possible` if it is to be asked."""
    target, possible = resolve(cited)
    if cited.declined:
        possible = None
    if (target, possible) != (cited.target, cited.possible):
        cited.target, cited.possible = target, possible
        cited.save(update_fields=["target", "possible"])


def resolve(cited: Citation) -> tuple[Document | None, Document | None]:
    """(the letter meant, the letter to ask about); at most one of the two."""
    exact = list(_registered(cited).filter(number_key=cited.symbol_key).order_by("-dated", "-pk")[:_MANY])
    meant = _meant(cited, exact)
    if meant:
        return (meant[0], None) if len(meant) == 1 else (None, meant[0])
    near = _near(cited)
    alike = [one for one in near if loose(one.number) == loose(cited.symbol)]
    if cited.dated and len(alike) == len(near) == 1 and same_issuer(cited.issuer, alike[0].issuer):
        return alike[0], None
    return None, next(iter([*alike, *near, *exact]), None)


def _meant(cited: Citation, exact: Sequence[Document]) -> list[Document]:
    """Those with that very symbol: of the printed date, else the last one not dated later; told apart by issuer."""
    if cited.dated:
        same = [one for one in exact if one.dated == cited.dated]
    else:
        earlier = [one for one in exact if _not_later(one.dated, cited.document.dated)]
        same = [one for one in earlier if one.dated == earlier[0].dated]
    if len(same) > 1:
        return [one for one in same if cited.issuer and same_issuer(cited.issuer, one.issuer)] or same
    return same


def _near(cited: Citation) -> list[Document]:
    """Letters of the printed date whose symbol differs by no more than slips, the nearest first."""
    if cited.dated is None:
        return []
    wanted = loose(cited.symbol)
    allowed = 2 if len(wanted) >= _LONG else 1
    rows = _registered(cited).filter(dated=cited.dated).exclude(number="")[:_MANY]
    distances = [(distance(loose(one.number), wanted, allowed), one.pk, one) for one in rows]
    return [one for far, _pk, one in sorted(distances, key=lambda row: row[:2]) if far <= allowed]


def _registered(cited: Citation) -> QuerySet[Document]:
    rows = Document.objects.filter(
        unit=cited.document.unit_id,
        state=DocumentState.REGISTERED,
        direction__in=(Direction.INCOMING, Direction.OUTGOING),
    )
    return rows.exclude(pk=cited.document_id)


def loose(symbol: str) -> str:
    """A symbol without what scanners confuse: marks, case, hyphens and dots, O and 0, l, I and 1."""
    return "".join(char for char in fold(symbol) if char.isalnum()).translate(_ALIKE)


def same_issuer(first: str, second: str) -> bool:
    """Whether two ways to write an issuer can mean the same: one has all words of the other, or one is not said."""
    one, two = ({word.folded for word in words(text)} for text in (first, second))
    return one <= two or two <= one


def distance(first: str, second: str, most: int) -> int:
    """Insertions, deletions and changes from one to the other; `most` + 1 if there are more."""
    if abs(len(first) - len(second)) > most:
        return most + 1
    row = list(range(len(second) + 1))
    for place, char in enumerate(first, start=1):
        last, row[0] = row[0], place
        for other, letter in enumerate(second, start=1):
            last, row[other] = row[other], min(last + (char != letter), row[other] + 1, row[other - 1] + 1)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def _not_later(first: dt.date | None, second: dt.date | None) -> bool:
    return first is None or second is None or first <= second
