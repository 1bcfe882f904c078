"""Bytes that wait to be recognised, under `waiting/`: apart from the letters, and gone afterwards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from nhipcau.documents.models import Scan
from nhipcau.documents.storing.files import kept, unwritten

PREFIX = "waiting/"


def put(scan: Scan, data: bytes) -> None:
    """Write the whole file or none of it. Raises NoRoom or NoAnswer if the store does not take it."""
    try:
        kept().put(_key(scan), data)
    except OSError as error:
        raise unwritten(error) from error


def take(scan: Scan) -> bytes | None:
    """The bytes, or None if they are not there any more."""
    try:
        return kept().get(_key(scan))
    except FileNotFoundError:
        return None


def remove(scan: Scan) -> None:
    """Erase the bytes. Safe to repeat."""
    kept().remove(_key(scan))


def strays(known: Collection[str], *, before: dt.datetime) -> list[str]:
    """Keys here that no scan of `known` (uids) waits for, last written before that moment: a change was undone."""
    found = kept().keys(PREFIX)
    return [one.key for one in found if one.key.removeprefix(PREFIX) not in known and one.written < before]


def remove_strays(known: Collection[str], *, before: dt.datetime) -> int:
    """Erase them; returns how many there were."""
    found, store = strays(known, before=before), kept()
    for key in found:
        store.remove(key)
    return len(found)


def searchable_key(scan: Scan) -> str:
    """Where the searchable copy of a scan lies once somebody asked for it."""
    return f"cache/searchable/{scan.uid}.pdf"


def remove_searchable(scan: Scan) -> None:
    """Erase that copy. Safe to repeat."""
    kept().remove(searchable_key(scan))


def _key(scan: Scan) -> str:
    return f"{PREFIX}{scan.uid}"
