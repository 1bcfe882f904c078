"""The store: whether it takes and gives, and what several machines over one must have alike."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator

from django.conf import settings

from nhipcau.core.ids import new_uid
from nhipcau.documents.storing import files
from nhipcau.ops.backup import place
from nhipcau.ops.doctor.checks import Found


def store(at: dt.datetime) -> Iterator[Found]:
    fault = _fault()
    yield Found(not fault, f"{files.kept().where}: {fault or 'ghi và đọc được'}")


def together(at: dt.datetime) -> Iterator[Found]:
    """Nothing to say where one machine has all to itself."""
    if not files.kept().shared:
        return
    if place.kind() != place.POSTGRESQL:
        says, mend = "kho dùng chung nhưng cơ sở dữ liệu là SQLite: chỉ một máy chạy được", "dùng PostgreSQL"
        yield Found(ok=False, says=says, needed=False, mend=mend)
    elif os.environ.get("NHIPCAU_SECRET_KEY") != settings.SECRET_KEY:
        yield Found(ok=False, says="khóa ký phiên là của riêng máy này", needed=False)
    else:
        yield Found(ok=True, says="cơ sở dữ liệu, kho tệp và khóa ký phiên đều dùng chung được")


def _fault() -> str:
    """Why something small cannot be written, read and taken away again; empty if it can."""
    kept, key, said = files.kept(), f"cache/doctor/{new_uid()}", os.urandom(64)
    try:
        kept.put(key, said)
        back = kept.get(key)
        kept.remove(key)
    except OSError as error:
        return f"không dùng được ({error.strerror})"
    return "" if back == said else "đọc lại không đúng như đã ghi"
