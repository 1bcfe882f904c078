"""What was staged on the disk, carried into a shared store before the switch: it writes over nothing there."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from nhipcau.audit import anchors
from nhipcau.core.hands import ahead
from nhipcau.core.store import DiskStore, Store
from nhipcau.documents.storing import files, waiting
from nhipcau.ops.backup.place import Place

HANDS = 8


def carry_over(staged: Place, room: str) -> None:
    """Files by their digests, what waits to be recognised, and the log's heads into their new room. Then they are
    gone from the staged place: the switch moves the rest. Until it does, nothing speaks of what came here."""
    store = files.kept()
    if not store.shared:
        return
    held = DiskStore(staged.folder)
    for prefix in (files.PREFIX, waiting.PREFIX):
        each(partial(copy, held, store), (one.key for one in held.keys(prefix)))
        shutil.rmtree(staged.folder / prefix, ignore_errors=True)
    lines = staged.folder / anchors.FILE
    if lines.exists():
        with lines.open(encoding="ascii") as file:
            each(lambda line: anchors.put(store, room, line), file)
        shutil.rmtree(lines.parent)


def each(work: Callable[[str], bool], items: Iterable[str]) -> int:
    """Several at a time; returns for how many there was something to do. The first that failed says so."""
    with ThreadPoolExecutor(HANDS) as pool:
        return sum(ahead(pool, HANDS, work, items))


def copy(held: Store, store: Store, key: str) -> bool:
    """Carry one thing over; whether it had to be. What lies under a digest and is not that is left where it is."""
    data = held.get(key)
    digest = files.sha256(data)
    if key.startswith(files.PREFIX) and (key != files.key_of(digest) or store.holds(key, data, digest)):
        return False
    store.put(key, data)
    return True
