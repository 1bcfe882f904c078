"""Whether what is held would survive: backups, their trial, the recomputation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from nhipcau.ops.actions import VERIFY
from nhipcau.ops.backup.health import lines
from nhipcau.ops.doctor.checks import Found, Look
from nhipcau.ops.doctor.running import local, told
from nhipcau.ops.models import Beat

TOO_LONG_AGO = dt.timedelta(days=14)


def backed_up(name: str) -> Look:
    """The line of that name, of those that the backups say of themselves."""

    def look(at: dt.datetime) -> Iterator[Found]:
        yield from (Found(ok, says, needed) for line, ok, needed, says in lines(at) if line == name)

    return look


def verified(at: dt.datetime) -> Iterator[Found]:
    beat = Beat.objects.filter(name=VERIFY).first()
    if beat is None:
        yield Found(ok=False, says="chưa chạy lần nào", needed=False)
    elif beat.fault:
        yield Found(ok=False, says=f"lúc {local(beat.at)}: {beat.fault}")
    else:
        ago = at - beat.at
        yield Found(
            ago < TOO_LONG_AGO,
            f"không có gì sai khác lúc {local(beat.at)}" + (f", đã {told(ago)}" if ago >= TOO_LONG_AGO else ""),
            needed=False,
        )
