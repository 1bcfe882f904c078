"""Whether two letters say the same: a few fingerprints of their words, then the words themselves compared.

A scan and the Word file of one letter differ in some words; most runs of three words agree. MinHash (Broder, 1997)
over those runs, in eight bands of two, finds the candidates by index; a handful of them are then compared exactly.
It is only ever asked about: nothing is joined by it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from django.db.models import Count

from nhipcau.core.text import fold
from nhipcau.documents.models import Direction, Document, DocumentState, TextPrint

ALIKE = 0.6
MOST_WORDS = 5_000
MOST_CANDIDATES = 20
_FEWEST_WORDS = 30
_RUN, _BANDS, _ROWS = 3, 8, 2
_LOOK_BACK = dt.timedelta(days=400)


def remember(document: Document, _reading: object = None) -> None:
    """Keep the fingerprints of a letter, in the caller's transaction. Safe to repeat."""
    document.prints.all().delete()
    TextPrint.objects.bulk_create([TextPrint(document=document, value=one) for one in prints_of(document.text)])


def find_alike(document: Document) -> Document | None:
    """The unit's registered incoming letter of the last year whose words agree most, if enough of them do.

    Letters with two clear and different numbers are two letters; a number read from a scan is not clear.
    """
    values = prints_of(document.text)
    if not values:
        return None
    rows = TextPrint.objects.filter(
        value__in=values,
        document__unit=document.unit_id,
        document__direction=Direction.INCOMING,
        document__state=DocumentState.REGISTERED,
        document__created_at__gte=document.created_at - _LOOK_BACK,
    ).exclude(document=document.pk)
    found = rows.values("document").annotate(shared=Count("pk")).order_by("-shared", "-document")
    near = [row["document"] for row in found[:MOST_CANDIDATES]]
    candidates = [one for one in Document.objects.filter(pk__in=near) if not _two_letters(document, one)]
    rated = sorted(((likeness(document.text, one.text), -one.pk, one) for one in candidates), reverse=True)
    return rated[0][2] if rated and rated[0][0] >= ALIKE else None


def likeness(first: str, second: str) -> float:
    """The share of runs of three words that both texts have, 0 to 1 (Jaccard)."""
    one, other = _runs(first), _runs(second)
    return len(one & other) / len(one | other) if one and other else 0.0


def prints_of(text: str) -> list[int]:
    """Up to eight signed 64-bit numbers; texts that share most of their words share some. None for a few words."""
    runs = _runs(text)
    if not runs:
        return []
    hashes = np.fromiter((_hash(run) for run in runs), dtype=np.uint64, count=len(runs))
    multipliers, shifts = _permutations()
    least = (hashes[:, None] * multipliers[None, :] + shifts[None, :]).min(axis=0)
    bands = least.reshape(_BANDS, _ROWS)
    return [
        int.from_bytes(
            hashlib.blake2b(bytes([number]) + band.tobytes(), digest_size=8).digest(), "big", signed=True
        )
        for number, band in enumerate(bands)
    ]


def _two_letters(first: Document, second: Document) -> bool:
    clear = "ocr" not in (first.text_source, second.text_source)
    numbered = bool(first.number_key and second.number_key)
    return clear and numbered and first.number_key != second.number_key


def _runs(text: str) -> set[str]:
    words = [word for word in fold(text).split() if any(map(str.isalnum, word))][:MOST_WORDS]
    if len(words) < _FEWEST_WORDS:
        return set()
    return {" ".join(words[place : place + _RUN]) for place in range(len(words) - _RUN + 1)}


def _hash(run: str) -> int:
    return int.from_bytes(hashlib.blake2b(run.encode(), digest_size=8).digest(), "big")


@lru_cache(maxsize=1)
def _permutations() -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint64]]:
    """Fixed for good: stored fingerprints must stay comparable."""
    made = [_hash(f"nhip-cau {number}") for number in range(2 * _BANDS * _ROWS)]
    drawn = np.array(made, dtype=np.uint64)
    return drawn[: _BANDS * _ROWS] | np.uint64(1), drawn[_BANDS * _ROWS :]
