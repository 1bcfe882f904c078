"""What every table of the archive is made of."""

from __future__ import annotations

import datetime as dt
import json
import mimetypes
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from nhipcau.core.said import Said
from nhipcau.documents.models import StoredFile
from nhipcau.org.scope import Scope

CHUNK = 500
Row = Sequence[object]


@dataclass(frozen=True)
class Table:
    """A .csv of the archive: what it holds, in both languages, and its rows."""

    path: str
    about: Said
    columns: Sequence[str]
    rows: Callable[[Scope], Iterable[Row]]


def path_of(file: StoredFile | None) -> str:
    """Where a stored file lies in the archive; "" without one."""
    if file is None:
        return ""
    ending = mimetypes.guess_extension(file.media_type) or ".bin"
    return f"files/{file.sha256[:2]}/{file.sha256}{ending}"


def moment(at: dt.datetime | None) -> str:
    """In UTC."""
    return at.astimezone(dt.UTC).isoformat() if at else ""


def plain(value: object) -> str:
    """A list or mapping in one cell."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
