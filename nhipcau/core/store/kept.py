"""What a store does. Its faults are the operating system's, whatever it stands on: FileNotFoundError for what is
not there, any other OSError for what cannot be read or written, with a word on why in `strerror`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Kept:
    """One thing that lies there."""

    key: str
    size: int
    written: dt.datetime


class Source(Protocol):
    """Bytes that are read in pieces; `size` is what the store says of all of them."""

    @property
    def size(self) -> int: ...
    def read(self, most: int, /) -> bytes: ...


class Store(Protocol):
    """Things by their keys, which look like paths; each is written whole or not at all."""

    @property
    def where(self) -> str:
        """For a person; without a secret."""
        ...

    @property
    def shared(self) -> bool:
        """Whether other machines see the same things."""
        ...

    def put(self, key: str, data: bytes) -> None:
        """Write it, in the place of what was there."""
        ...

    def put_once(self, key: str, data: bytes) -> None:
        """Write it unless something is there already."""
        ...

    def holds(self, key: str, data: bytes, sha256: str) -> bool:
        """Whether exactly these bytes lie there, as far as can be told without carrying them over a network."""
        ...

    def get(self, key: str) -> bytes: ...

    def open(self, key: str) -> AbstractContextManager[Source]: ...

    def remove(self, key: str) -> None:
        """Safe to repeat."""
        ...

    def keys(self, prefix: str, *, after: str = "") -> Iterator[Kept]:
        """Everything whose key begins with `prefix`, which ends in «/», in order; only what follows `after`."""
        ...
