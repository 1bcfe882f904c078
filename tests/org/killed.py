"""A process that begins a reorganisation and is killed (-9) in the middle: run by tests/org/test_killed.py.

Prints what the database holds before it begins; `stage` says where it dies, "never" that it goes through.
"""

from __future__ import annotations

import json

from nhipcau.org import parts, reorganising
from nhipcau.org.models import Reorganisation, Unit
from nhipcau.org.verifying import TreeProof
from tests import quarterly
from tests.cast import assemble
from tests.killing import after, held
from tests.reorganisations import AFTER, SPLIT, happen
from tests.tasks.work import handed_out


def main(stage: str) -> None:
    if not Unit.objects.exists():
        cast = assemble()
        handed_out(cast)
        quarterly.accepted(cast, quarterly.publish(), gifts="3", money="900.000")
    print(json.dumps({"held": held(), "events": Reorganisation.objects.count()}), flush=True)
    if stage == "tree":
        vars(reorganising)["rebuild_closure"] = after(vars(reorganising)["rebuild_closure"])
    elif stage == "parts":
        tasks = next(part for part in parts.parts() if part.name == "tasks")
        tasks.apply = after(tasks.apply)  # type: ignore[method-assign]
    elif stage == "end":
        reorganising._carry_out = after(reorganising._carry_out)
    happen(SPLIT, AFTER)
    faults = [one.message for one in TreeProof().findings(lambda n: None) if hasattr(one, "message")]
    work = sorted(Reorganisation.objects.get().work.values_list("part", flat=True))
    print(json.dumps({"faults": faults, "work": work}), flush=True)
