"""What would let a stranger in (see ops.safety), as lines of the doctor."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from nhipcau.ops.doctor.checks import Found
from nhipcau.ops.safety import findings


def let_in(at: dt.datetime) -> Iterator[Found]:
    found = findings()
    for one in found:
        yield Found(ok=False, says=one.says, needed=one.unsafe, about=one.name)
    if not found:
        yield Found(ok=True, says="không cài đặt nào mở đường cho người lạ")
