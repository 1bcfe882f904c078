"""A worker that hands a task to a whole branch and is killed (-9) in the middle: run by tests/tasks/test_killed.py.

`stage` says where it dies, "never" that it goes through. Prints what was held before, and what is in the end.
"""

from __future__ import annotations

import json

from nhipcau.org.models import Unit
from nhipcau.outbox.jobs import run_due
from nhipcau.tasks import fanning
from nhipcau.tasks.actions import fan_out
from nhipcau.tasks.models import Assignment, FanOut
from tests.cast import assemble
from tests.killing import after
from tests.tasks.work import on, training


def main(stage: str) -> None:
    if not Unit.objects.exists():
        cast = assemble()
        fan_out(obligation=training(cast), kinds=["commune", "local"], actor=cast.provincial_officer, at=on(16))
    vars(fanning)["BATCH"] = 2
    if stage == "batch":  # the second batch is written, its count too, nothing is committed
        vars(fanning)["fill"] = after(vars(fanning)["fill"], times=2)
    told()
    run_due(at=on(16, hour=10))  # the second process takes up what the first left running
    told()


def told() -> None:
    fan, rows = FanOut.objects.get(), Assignment.objects.values_list("unit", flat=True)
    held = {"rows": len(rows), "units": len(set(rows)), "given": fan.given, "state": fan.state}
    print(json.dumps(held), flush=True)
