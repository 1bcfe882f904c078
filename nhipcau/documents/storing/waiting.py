"""Bytes that wait to be recognised, under `DATA_DIR/waiting/`: apart from the letters, and gone afterwards."""

from __future__ import annotations

import datetime as dt
import os
import tempfile
from collections.abc import Collection
from pathlib import Path

from django.conf import settings

from nhipcau.core.errors import NhipCauError
from nhipcau.core.said import Said
from nhipcau.documents.models import Scan


def put(scan: Scan, data: bytes) -> None:
    """Write the whole file or none of it. Raises NhipCauError if the disk does not take it."""
    path = _path(scan)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".tmp-", delete=False) as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(file.name).replace(path)
    except OSError as error:
        raise NhipCauError(
            Said(
                f"Máy chủ không ghi được tệp vào chỗ chờ ({error.strerror}). Chưa lưu gì cả; hãy báo "
                "người quản trị.",
                f"The server cannot write the waiting file ({error.strerror}). Nothing was saved; "
                "tell the administrator.",
            )
        ) from error


def take(scan: Scan) -> bytes | None:
    """The bytes, or None if they are not there any more."""
    try:
        return _path(scan).read_bytes()
    except FileNotFoundError:
        return None


def remove(scan: Scan) -> None:
    """Erase the bytes. Safe to repeat."""
    _path(scan).unlink(missing_ok=True)


def strays(known: Collection[str], *, before: dt.datetime) -> list[Path]:
    """Files here that no scan of `known` (uids) waits for, last written before that moment: a change was undone."""
    folder = Path(settings.DATA_DIR) / "waiting"
    if not folder.is_dir():
        return []
    return [
        path for path in folder.iterdir() if path.name not in known and path.stat().st_mtime < before.timestamp()
    ]


def remove_strays(known: Collection[str], *, before: dt.datetime) -> int:
    """Erase them; returns how many there were."""
    found = strays(known, before=before)
    for path in found:
        path.unlink(missing_ok=True)
    return len(found)


def searchable(scan: Scan) -> Path:
    """Where the searchable copy of a scan lies once somebody asked for it."""
    return Path(settings.DATA_DIR) / "cache" / "searchable" / f"{scan.uid}.pdf"


def _path(scan: Scan) -> Path:
    return Path(settings.DATA_DIR) / "waiting" / str(scan.uid)
