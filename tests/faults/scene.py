"""Ten officers of one province in the instance that the environment names, signed in, with reports to send.

`python -m tests.faults.scene QUARTERS JOBS FILE` queues the jobs ([name, how many] each) and leaves in FILE what
`tests.faults.officers` needs.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path
from typing import Any

LOCALS = 7
TREE = """code,name,kind,parent,from,symbol,place,members
T,Liên đoàn Lao động tỉnh Đông Giang,province,,{start},LĐLĐ,Đông Giang,0
X0,Công đoàn xã An Hải,commune,T,{start},CĐX,An Hải,0
X1,Công đoàn phường Bình Sơn,commune,T,{start},CĐP,Bình Sơn,0
"""


def main(quarters: int, jobs: list[tuple[str, int]], file: Path) -> None:
    from nhipcau.cli.instance import now, open_instance

    open_instance()
    from django.db import transaction

    from nhipcau.audit.actions import seal
    from nhipcau.outbox.jobs import enqueue
    from tests.faults.planted.apps import COUNTS

    with transaction.atomic():  # one write to the disk instead of thousands
        made = scene(quarters, now())
        for name, times in jobs:
            for number in range(times):
                enqueue(name, *([number] if name == COUNTS else []), at=now())
    seal(at=now())
    file.write_text(json.dumps(made))


def scene(quarters: int, at: dt.datetime) -> dict[str, Any]:
    """Each officer with what he does, and the session; the forms of those who send."""
    from django.conf import settings

    from tests.load.furnish import opened, quarters_until, signed_in, template

    periods = quarters_until(quarters, at)
    posts = _federation(periods[0].first_day() - dt.timedelta(days=1), at)
    version = template(periods[0].key, 6)
    officers = []
    for code, post in posts.items():
        sends = [opened(post, version, period, at) for period in periods] if code.startswith("L") else []
        session = signed_in(post, at, f"{code.lower()}@donggiang.example")
        officers.append({"code": code, "level": code[0], "session": session, "forms": sends})
    return {
        "session": settings.SESSION_COOKIE_NAME,
        "csrf": settings.CSRF_COOKIE_NAME,
        "held_on": f"{at - dt.timedelta(days=10):%d/%m/%Y}",  # over, wherever a clock is turned to
        "officers": officers,
    }


def _federation(start: dt.date, at: dt.datetime) -> dict[str, Any]:
    """A province, a commune and a ward, local unions below both; the post of each."""
    from nhipcau.org.actions import create_post, import_tree
    from nhipcau.org.importing import read_rows
    from nhipcau.org.models import Role
    from tests.cast import SETUP, unit

    rows = TREE.format(start=start)
    rows += "\n".join(
        f"L{n},Công đoàn cơ sở Xưởng số {n},local,X{n % 2},{start},CĐCS,An Hải,10" for n in range(LOCALS)
    )
    import_tree(rows=read_rows(rows.encode()), actor=SETUP, at=at)
    roles = (Role.BOARD, Role.REPORTER, Role.APPROVER, Role.CLERK)
    given: dict[str, Any] = {"title": "Chủ tịch", "roles": roles, "start": start, "actor": SETUP, "at": at}
    codes = ["T", "X0", "X1", *(f"L{n}" for n in range(LOCALS))]
    return {code: create_post(unit=unit(code), **given) for code in codes}


if __name__ == "__main__":
    main(int(sys.argv[1]), json.loads(sys.argv[2]), Path(sys.argv[3]))
