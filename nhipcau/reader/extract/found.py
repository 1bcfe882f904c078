"""What extraction hands back, and its form on the wire between two processes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from nhipcau.reader.language.words import PageWords, from_plain, to_plain
from nhipcau.reader.model import Signature, TextSource

SEARCHABLE = "searchable.pdf"  # what the confined process calls the copy it makes, in its own folder
PICTURE = "trang.jpg"  # and where it leaves the picture of a page
Tell = Callable[[int, int], object]  # (pages done, pages to do), for whoever shows progress


@dataclass(frozen=True)
class Extracted:
    """Text, where it came from, and what a person should know about it.

    `pages`: the words of the scanned pages, with their places; `stamps`: what coloured stamps on them say, which
    is no part of the text; `unread`: how many scanned pages were left unread, because nobody asked for them.
    """

    text: str
    source: TextSource
    warnings: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = ()
    pages: tuple[PageWords, ...] = ()
    stamps: str = ""
    unread: int = 0


def to_wire(found: Extracted) -> dict[str, Any]:
    """Plain values only: the other side trusts nothing that could run."""
    return asdict(found) | {"pages": to_plain(found.pages)}


def from_wire(values: dict[str, Any]) -> Extracted:
    """The inverse of `to_wire`. Raises KeyError, TypeError, ValueError or IndexError on anything else."""
    signatures = tuple(Signature(**signature) for signature in values.get("signatures", ()))
    return Extracted(
        str(values["text"]), values["source"], tuple(map(str, values["warnings"])), signatures,
        from_plain(values.get("pages", [])), str(values.get("stamps", "")), int(values.get("unread", 0)),
    )  # fmt: skip
