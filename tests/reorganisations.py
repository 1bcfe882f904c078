"""What happens to the cast's federation on 1 October 2026: the commune XA ends, two others take its place."""

from __future__ import annotations

import datetime as dt

from nhipcau.core.clock import VN
from nhipcau.org.event_file import read_event
from nhipcau.org.reorganising import Reorganised, reorganise
from tests.cast import SETUP

DAY = dt.date(2026, 10, 1)
BEFORE = dt.datetime(2026, 9, 30, 9, 0, tzinfo=VN)
AFTER = dt.datetime(2026, 10, 2, 9, 0, tzinfo=VN)
HEAD = "action,code,name,kind,parent,day,new_code,symbol,place,members,axis,successor,share,indicator"

# An Hải ends; Hải Long begins and takes A2, A1 goes to Bình Sơn; of its figures one part in three goes to Bình Sơn.
SPLIT = """event,41/QĐ-LĐLĐ,Sắp xếp công đoàn xã,,,2026-10-01
end,XA
begin,XC,Công đoàn phường Hải Long,commune,T,,,CĐP,Hải Long
move,A1,,,XB
move,A2,,,XC
succeed,XA,,,,,,,,,,XC,2
succeed,XA,,,,,,,,,,XB,1
"""


def file(rows: str) -> bytes:
    """A file with those rows; cells may be left out at the end."""
    width = HEAD.count(",")
    full = [line + "," * (width - line.count(",")) for line in rows.strip().splitlines()]
    return "\n".join([HEAD, *full]).encode()


def happen(rows: str = SPLIT, at: dt.datetime = BEFORE) -> Reorganised:
    """The event takes place."""
    return reorganise(event=read_event(file(rows)), actor=SETUP, at=at)
