"""`python -m tests.faults web-killed --database postgresql --seconds 60 --seed 3`: one fault, on one database.

Prints a line of JSON for each run; exit 1 if anything acknowledged is lost or doubled, an answer was not honest,
`nhipcau verify` finds something or somebody still waits. Without a name: all, on both (docs/reference/faults.md).
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from typing import Any

from tests.faults import ledger
from tests.faults.named import BOTH, FAULTS, Fault
from tests.faults.officers import INSISTS, LONGEST, Browser, Officer
from tests.faults.stage import Stage, stage

QUARTERS = 5
BETWEEN = (2.0, 7.0)  # seconds from one strike to the next
QUIET = 10.0  # seconds before the end in which nothing is broken any more
REST = 400  # seconds: ten workers of poisoned jobs begin anew, on a machine that is busy
BAD = ("lost", "doubled", "wrong", "odd", "gave_up", "verify")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.faults")
    parser.add_argument("names", nargs="*", help=", ".join(FAULTS))
    parser.add_argument("--database", choices=BOTH)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    if unknown := set(asked.names) - FAULTS.keys():
        parser.error(f"no such fault: {', '.join(unknown)}")
    bad = False
    for name in asked.names or FAULTS:
        fault = FAULTS[name]
        for database in fault.databases:
            if asked.database in (None, database):
                told = {"fault": name, "database": database, "seed": asked.seed, "seconds": asked.seconds}
                told |= _run(fault, database, asked.seconds, f"{name}{asked.seed}")
                print(json.dumps(told, ensure_ascii=False), flush=True)
                bad = bad or any(told[kind] for kind in BAD)
    sys.exit(int(bad))


def _run(fault: Fault, database: str, seconds: float, seed: str) -> dict[str, Any]:
    with stage(fault.needs, database, random.Random(seed)) as on:
        scene = on.site.folder / "scene.json"
        on.site.run(sys.executable, "-m", "tests.faults.scene", str(QUARTERS), json.dumps(fault.jobs), str(scene))
        book = ledger.Ledger(on.site.folder / "ledger")
        try:
            on.keeper.start()
            given = json.loads(scene.read_text())
            officers = [
                Officer(one, Browser(on.site.port, given, one["session"]), book, given["held_on"], seed)
                for one in given["officers"]
            ]
            eased = _played(fault, on, officers, seconds)
            told = _told(on, book, eased) | {"gave_up": [one.failed for one in officers if one.failed]}
            if any(told[kind] for kind in BAD):
                print(on.site.said(), file=sys.stderr)
            return told
        finally:
            on.keeper.stop()
            book.close()


def _played(fault: Fault, on: Stage, officers: list[Officer], seconds: float) -> list[float]:
    """The officers work, the fault strikes; when each strike was mended again."""
    eased = []
    end = time.monotonic() + seconds
    for one in officers:
        one.start()
    while (pause := on.chance.uniform(*BETWEEN)) < end - QUIET - time.monotonic():
        time.sleep(pause)
        fault.strike(on)
        eased.append(time.monotonic())
    time.sleep(max(0.0, end - time.monotonic()))
    for one in officers:
        one.finish()
    for one in officers:
        one.join(INSISTS + LONGEST + 30)
    return eased


def _told(on: Stage, book: ledger.Ledger, eased: list[float]) -> dict[str, Any]:
    """The run in figures, once the background is at rest."""
    mails = on.site.folder / "mails.json"
    ends = (sys.executable, "-m", "tests.faults.ends")
    rested = json.loads(on.site.run(*ends, "rest", str(REST)))
    mails.write_text(json.dumps(on.mail.taken))
    on.keeper.stop()
    found = json.loads(on.site.run(*ends, str(book.file), str(mails)))
    answers = ledger.read(book.file)
    return {
        "strikes": len(eased),
        "acknowledged": {kind: len(keys) for kind, keys in ledger.acknowledged(answers).items()},
        "unanswered": sum(one.status == ledger.NOBODY for one in answers),
        "told_later": sum(one.status == ledger.LATER for one in answers),
        "longest_s": round(max((one.took for one in answers), default=0), 1),
        "odd": list(ledger.odd(answers)),
        **found,
        "mails": {"arrived": len(on.mail.taken), "again": sum(on.mail.taken.values()) - len(on.mail.taken)},
        "verify": json.loads(on.site.run(sys.executable, "-m", "nhipcau.cli.main", "verify", "--json", ok=(0, 1))),
        "recovered_after_s": round(ledger.recovered(answers, eased), 1),
        "rested_after_s": rested,
    }


if __name__ == "__main__":
    main()
