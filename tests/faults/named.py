"""The faults by name: what is broken, for how long, and how it is mended again."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from tests.faults.keeper import kill
from tests.faults.planted.apps import COUNTS, HANGS, KILLS, RAISES
from tests.faults.stage import Needs, Stage
from tests.faults.wires import State, Wire

BOTH, ONE = ("sqlite", "postgresql"), ("postgresql",)
HOURS = 3600
TURNS = (-48 * HOURS, -3 * HOURS, -90, 0, 90, 3 * HOURS, 8 * HOURS)  # a session lasts twelve hours
Jobs = tuple[tuple[str, int], ...]


def nothing(on: Stage) -> None:
    """What is wrong was so from the beginning."""


def web_killed(on: Stage) -> None:
    """One of gunicorn's processes, its master, or who looks after them."""
    kill(on.chance.choice(on.keeper.processes("gunicorn") + on.keeper.processes("main serve")))


def worker_killed(on: Stage) -> None:
    for pid in on.keeper.processes("main worker"):
        kill(pid)


def database_restarted(on: Stage) -> None:
    """Told to, in haste, or by force."""
    assert on.cluster is not None
    on.cluster.end(on.chance.choice([signal.SIGINT, signal.SIGQUIT, signal.SIGKILL]))
    time.sleep(on.chance.uniform(0, 4))
    on.cluster.start()


def database_frozen(on: Stage) -> None:
    """It keeps its lines open and says nothing."""
    assert on.cluster is not None
    on.cluster.freeze()
    time.sleep(on.chance.uniform(4, 14))
    on.cluster.thaw()


def network_lost(on: Stage) -> None:
    """Packets vanish both ways, for longer than anybody waits for an answer."""
    assert on.road is not None
    on.road.cut()
    time.sleep(on.chance.uniform(5, 35))
    on.road.mend()


def network_reset(on: Stage) -> None:
    """Every line is cut at once, and new ones go through."""
    assert on.base_line is not None
    on.base_line.reset()


def disk_full(on: Stage) -> None:
    """Somebody else's file takes all that is left."""
    filler = on.disk / "filler"
    end = time.monotonic() + on.chance.uniform(4, 10)
    with filler.open("ab", buffering=0) as file:
        while time.monotonic() < end:
            with suppress(OSError):
                for size in (2**20, 2**12, 1):
                    with suppress(OSError):
                        while file.write(bytes(size)):
                            pass
            time.sleep(0.1)
    filler.unlink()
    if on.cluster is not None:
        on.cluster.start()


def clock_turned(on: Stage) -> None:
    """Ahead or back, by seconds or days."""
    on.clock.write_text(str(on.chance.choice(TURNS)))


def mail_gone(on: Stage) -> None:
    _gone(on, on.mail_line, 10)


def store_gone(on: Stage) -> None:
    assert on.store_line is not None
    _gone(on, on.store_line, 30)


def _gone(on: Stage, line: Wire, longest: float) -> None:
    line.be(on.chance.choice([State.REFUSED, State.SILENT]))
    time.sleep(on.chance.uniform(4, longest))
    line.be(State.WELL)
    line.reset()


@dataclass(frozen=True)
class Fault:
    """`strike` breaks it and mends it. `jobs`: (name, how many) that wait from the beginning."""

    strike: Callable[[Stage], None]
    databases: tuple[str, ...] = BOTH
    needs: Needs = field(default_factory=Needs)
    jobs: Jobs = ()


FAULTS = {
    "none": Fault(nothing),
    "web-killed": Fault(web_killed),
    "worker-killed": Fault(worker_killed),
    "database-restarted": Fault(database_restarted, ONE),
    "database-frozen": Fault(database_frozen, ONE),
    "network-lost": Fault(network_lost, ONE, Needs(road=True)),
    "network-reset": Fault(network_reset, ONE, Needs(wire=True)),
    "disk-full": Fault(disk_full, BOTH, Needs(small=True)),
    "clock-turned": Fault(clock_turned, BOTH, Needs(clock=True)),
    "two-workers": Fault(nothing, BOTH, Needs(workers=2), ((COUNTS, 300),)),
    "poisoned-job": Fault(nothing, BOTH, Needs(), ((RAISES, 2), (KILLS, 1), (HANGS, 1))),
    "mail-gone": Fault(mail_gone),
    "store-gone": Fault(store_gone, BOTH, Needs(store=True)),
}
