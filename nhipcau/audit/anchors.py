"""The heads of the log beside the data: how far the chain reached at a moment, and its value there.

On the disk they are lines of `anchors/audit.log`. In a shared store, where nothing can be appended, each is an
object of its own whose name says it all, below a room of the chain's own: a restore begins another room, so what
was anchored before it neither stands against the restored chain nor is lost.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from django.conf import settings

from nhipcau.audit.models import Head
from nhipcau.core.store import Store, opened

FOLDER = "anchors"
FILE = f"{FOLDER}/audit.log"
PLACES = 15  # digits of a place in the chain: the order of the names is the order of the chain
_ROOM = re.compile("[0-9A-Za-z-]{1,64}")


@dataclass(frozen=True)
class Heads:
    """The lines as a file; `extent` bytes of it were there when it was opened, `renew` adds what has come since."""

    path: Path
    extent: int
    renew: Callable[[], None]


def line(seq: int, chain: str, moment: str) -> str:
    return f"{seq} {chain} {moment}\n"


def write(head: Head, moment: str) -> None:
    """Anchor the chain as it stands. Raises OSError if it cannot be written; the next one reaches further."""
    store = _store()
    if store.shared:
        put(store, head.room, line(head.seq, head.chain, moment))
        return
    folder = Path(settings.DATA_DIR) / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with (Path(settings.DATA_DIR) / FILE).open("a", encoding="ascii") as file:
        file.write(line(head.seq, head.chain, moment))
        file.flush()
        os.fsync(file.fileno())


def put(store: Store, room: str, told: str) -> bool:
    """A line as an object of a shared store; what is there is never written over. True: there it is."""
    seq, chain, moment = told.split()
    name = f"{int(seq):0{PLACES}}-{chain}-{moment.replace('+00:00', 'Z')}"
    store.put_once(f"{FOLDER}/{room}/{name}", told.encode("ascii"))
    return True


@contextmanager
def heads() -> Iterator[Heads]:
    """What has been anchored. Those of a shared store are gathered in a file of this machine, by their names."""
    store = _store()
    if not store.shared:
        path = Path(settings.DATA_DIR) / FILE
        yield Heads(path, path.stat().st_size if path.exists() else 0, lambda: None)
        return
    with tempfile.TemporaryDirectory(prefix="nhipcau-") as folder:
        # All rooms first, and then which one is the chain's: that is a question to the database, whose snapshot
        # begins with the first one, and no line may speak of entries that the snapshot does not hold.
        last = _gather(store, f"{FOLDER}/", Path(folder))
        room = Head.objects.filter(pk=1).values_list("room", flat=True).first() or ""
        path = Path(folder) / room / "audit.log"

        def renew() -> None:
            last.update(_gather(store, f"{FOLDER}/{room}/", Path(folder), after=last.get(room, "")))

        yield Heads(path, path.stat().st_size if path.exists() else 0, renew)


def _gather(store: Store, prefix: str, folder: Path, *, after: str = "") -> dict[str, str]:
    """Write the lines below `prefix` to a file for each room; returns the last key of each."""
    last: dict[str, str] = {}
    for room, found in groupby(store.keys(prefix, after=after), lambda one: one.key.split("/")[1]):
        if not _ROOM.fullmatch(room):  # somebody else's object: its name must not become a path of ours
            continue
        (folder / room).mkdir(exist_ok=True)
        with (folder / room / "audit.log").open("a", encoding="ascii", errors="replace") as file:
            for one in found:
                seq, chain, moment = (*one.key.rpartition("/")[2].split("-", 2), "", "")[:3]
                file.write(line(int(seq), chain, moment) if seq.isdecimal() else f"{seq}\n")
                last[room] = one.key
    return last


def _store() -> Store:
    return opened(settings.STORAGE_URL, Path(settings.DATA_DIR))
