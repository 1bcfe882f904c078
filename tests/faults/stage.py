"""Everything that a fault is played on: the instance, what it depends on, and the hands that break it."""

from __future__ import annotations

import random
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.faults.cluster import Cluster, folder_of_postgres
from tests.faults.keeper import Keeper
from tests.faults.mailbox import Mailbox, mailbox
from tests.faults.planted.clock import VARIABLE
from tests.faults.road import Road, road
from tests.faults.wires import Wire
from tests.load.site import Site
from tests.weed import address, free_ports, server

SMALL = {"sqlite": "48m", "postgresql": "160m"}  # a disk that is soon full


@dataclass(frozen=True)
class Needs:
    """What else is to be set up. `road`: the database on another machine; `wire`: behind a line of its own."""

    workers: int = 0
    small: bool = False
    road: bool = False
    wire: bool = False
    store: bool = False
    clock: bool = False


@dataclass
class Stage:
    site: Site
    keeper: Keeper
    chance: random.Random
    mail: Mailbox
    mail_line: Wire
    disk: Path
    clock: Path
    cluster: Cluster | None = None
    base_line: Wire | None = None
    store_line: Wire | None = None
    road: Road | None = None


@contextmanager
def stage(needs: Needs, database: str, chance: random.Random) -> Iterator[Stage]:
    """Set up and not yet started; nothing is left of it afterwards."""
    with ExitStack() as held:
        folder = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="nhipcau-faults-")))
        folder.chmod(0o711)
        disk = folder / "disk"
        disk.mkdir(mode=0o711)
        if needs.small:
            held.enter_context(_small(disk, SMALL[database]))
        clock = folder / "clock"
        clock.write_text("0")
        taken, behind = free_ports(2)
        mail = held.enter_context(mailbox(taken))
        env = {"DJANGO_SETTINGS_MODULE": "tests.faults.settings", "NHIPCAU_DATA_DIR": str(disk / "data")}
        mail_line = held.enter_context(_wire(taken))
        env |= {"NHIPCAU_EMAIL_URL": f"smtp://127.0.0.1:{mail_line.port}?tls=none&from=nhipcau@donggiang.example"}
        if needs.clock:
            env[VARIABLE] = str(clock)
        way = held.enter_context(road()) if needs.road else None
        cluster = _cluster(held, disk, behind, way) if database == "postgresql" else None
        url = cluster.url if cluster else ""
        base_line = held.enter_context(_wire(behind)) if needs.wire else None
        url = url.replace(f":{behind}/", f":{base_line.port}/") if base_line else url
        store_line = None
        if needs.store:
            (folder / "store").mkdir()
            host = held.enter_context(server(folder / "store"))
            store_line = held.enter_context(_wire(int(host.rpartition(":")[2])))
            env |= {"NHIPCAU_STORAGE_URL": address(f"127.0.0.1:{store_line.port}", "faults")}
        site = Site(folder, url, **env)
        keeper = Keeper(site, needs.workers)
        yield Stage(site, keeper, chance, mail, mail_line, disk, clock, cluster, base_line, store_line, way)


def _cluster(held: ExitStack, disk: Path, port: int, way: Road | None) -> Cluster:
    made = Cluster(held.enter_context(folder_of_postgres(disk)), port, *((way.host, way.inside) if way else ()))
    held.callback(made.end)
    made.make()
    return made


@contextmanager
def _wire(beyond: int) -> Iterator[Wire]:
    made = Wire(beyond)
    try:
        yield made
    finally:
        made.close()


@contextmanager
def _small(disk: Path, size: str) -> Iterator[None]:
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size},mode=711", "nhipcau", str(disk)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(disk)], check=True)
