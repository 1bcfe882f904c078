"""Slowing down whoever sends answers by machine, without keeping an address.

Everything is in this process's memory and for one stretch of time only: counters under a hash whose key is drawn
anew for each stretch and thrown away with them. Nothing of it can be turned back into an address, then or later.
"""

from __future__ import annotations

import hashlib
import secrets
from threading import Lock

LARGEST = 100_000


class Brake:
    """At most `most` of something from one sender within a stretch of `seconds`."""

    def __init__(self, most: int, seconds: int) -> None:
        self._most, self._seconds = most, seconds
        self._lock = Lock()
        self._begin(-1)

    def allows(self, sender: str, at: float) -> bool:
        """Count one more; False once the sender has had its share."""
        with self._lock:
            self._turn(at)
            mark = self._mark(sender)
            self._counts[mark] = self._counts.get(mark, 0) + 1
            return self._counts[mark] <= self._most and len(self._counts) <= LARGEST

    def first(self, what: str, at: float) -> bool:
        """Whether this comes for the first time within the stretch."""
        with self._lock:
            self._turn(at)
            mark = self._mark(what)
            seen = mark in self._counts
            self._counts[mark] = 1
            return not seen

    def _turn(self, at: float) -> None:
        if int(at // self._seconds) != self._stretch:
            self._begin(int(at // self._seconds))

    def _begin(self, stretch: int) -> None:
        self._stretch, self._key = stretch, secrets.token_bytes(32)
        self._counts: dict[bytes, int] = {}

    def _mark(self, text: str) -> bytes:
        return hashlib.blake2b(text.encode(), key=self._key, digest_size=16).digest()
