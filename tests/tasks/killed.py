"""A worker that hands a task to a whole branch and is killed (-9) in the middle: run by tests/tasks/test_killed.py.

`STAGE` says where it dies, "never" that it goes through. Prints what was held before, and what is in the end.
"""

from __future__ import annotations

import json
import sys

from tests.killing import after

STAGE = sys.argv[1]


def main() -> None:
    from nhipcau.cli.instance import open_instance

    open_instance()
    from nhipcau.org.models import Unit
    from nhipcau.outbox.jobs import run_due
    from nhipcau.tasks import fanning
    from nhipcau.tasks.actions import fan_out
    from tests.cast import assemble
    from tests.tasks.work import on, training

    if not Unit.objects.exists():
        cast = assemble()
        fan_out(obligation=training(cast), kinds=["commune", "local"], actor=cast.provincial_officer, at=on(16))
    vars(fanning)["BATCH"] = 2
    if STAGE == "batch":  # the second batch is written, its count too, nothing is committed
        vars(fanning)["fill"] = after(vars(fanning)["fill"], times=2)
    told()
    run_due(at=on(16, hour=10))  # the second process takes up what the first left running
    told()


def told() -> None:
    from nhipcau.tasks.models import Assignment, FanOut

    fan, rows = FanOut.objects.get(), Assignment.objects.values_list("unit", flat=True)
    held = {"rows": len(rows), "units": len(set(rows)), "given": fan.given, "state": fan.state}
    print(json.dumps(held), flush=True)


if __name__ == "__main__":
    main()
