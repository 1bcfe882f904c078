"""What extraction hands back, and its form on the wire between two processes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Any

from nhipcau.core.said import Said, english, joined, packed, unpacked
from nhipcau.reader.language.words import PageWords, from_plain, to_plain
from nhipcau.reader.model import Signature, TextSource

SEARCHABLE = "searchable.pdf"  # what the confined process calls the copy it makes, in its own folder
PICTURE = "trang.jpg"  # and where it leaves the picture of a page
NAMES = "ten-tep.json"  # and the names of what it took out of a parcel, each file beside it under its number
Tell = Callable[[int, int], object]  # (pages done, pages to do), for whoever shows progress


@dataclass(frozen=True)
class Extracted:
    """Text, where it came from, and what a person should know about it.

    `pages`: the words of the scanned pages, with their places; `stamps`: what coloured stamps on them say, which
    is no part of the text; `unread`: how many scanned pages were left unread, because nobody asked for them.
    """

    text: str
    source: TextSource
    warnings: tuple[Said, ...] = ()
    signatures: tuple[Signature, ...] = ()
    pages: tuple[PageWords, ...] = ()
    stamps: str = ""
    unread: int = 0


def to_wire(found: Extracted) -> dict[str, Any]:
    """Plain values only: the other side trusts nothing that could run."""
    signatures = [asdict(one) | {"note": packed(one.note)} for one in found.signatures]
    return asdict(found) | {
        "pages": to_plain(found.pages),
        "warnings": [packed(one) for one in found.warnings],
        "signatures": signatures,
    }


def from_wire(values: dict[str, Any]) -> Extracted:
    """The inverse of `to_wire`. Raises KeyError, TypeError, ValueError or IndexError on anything else."""
    signatures = tuple(Signature(**one | {"note": unpacked(one["note"])}) for one in values.get("signatures", ()))
    return Extracted(
        str(values["text"]), values["source"], tuple(map(unpacked, values["warnings"])), signatures,
        from_plain(values.get("pages", [])), str(values.get("stamps", "")), int(values.get("unread", 0)),
    )  # fmt: skip


def carried(labels: Iterable[str], also: str = "") -> tuple[Said, ...]:
    """What to know of parts of a file that would act in another program; nothing where there are none."""
    found = joined(", ", dict.fromkeys(labels))
    if not found:
        return ()
    vi = f"Tệp có {found}: phần mềm không chạy và không mở các phần này"
    en = f"The file holds {found.en}: they are neither run nor opened here"
    return (Said(f"{vi}{also}.", f"{en}{english(also)}."),)


MACRO, EMBEDDED = Said("macro", "macros"), Said("tệp nhúng", "embedded files")
