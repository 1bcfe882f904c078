"""An archive put back beside the live data: every byte read and proved before anybody uses one."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nhipcau import __version__
from nhipcau.ops.backup import laying, packing, place, records, refusals
from nhipcau.ops.backup.keys import Key
from nhipcau.ops.backup.laying import Layer
from nhipcau.ops.backup.making import ABOUT, FILES, FORMAT, MANIFEST
from nhipcau.ops.backup.place import Place
from nhipcau.ops.backup.reading import Head, opened, told
from nhipcau.ops.backup.snapshots import PIECE
from nhipcau.ops.backup.tape import Broken, Member
from nhipcau.ops.verify import Watcher

_FILE = re.compile(r"files/[0-9a-f]{2}/[0-9a-f]{62}")
_OTHER = re.compile(rf"{re.escape(place.ANCHORS)}|waiting/[0-9a-f-]{{36}}|secret_key|demo\.json|practice\.json")
_MOST_MEMBER = PIECE + 2**26
_MOST_MANIFEST = 2**24

KeyFor = Callable[[Head], Key | None]


@dataclass
class Staged:
    """What lies in the place now."""

    place: Place
    about: dict[str, Any] = field(default_factory=dict)
    manifest: dict[str, Any] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)


def stage(heads: list[Head], key_for: KeyFor, at: Place, watch: Watcher) -> Staged:
    """Put the newest archive's data and all its files into `at`, which is empty; on a fault nothing is left."""
    staged = Staged(at)
    at.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        listed = at.folder / FILES
        _newest(heads[0], key_for(heads[0]), staged, listed, watch)
        for head in heads[1:]:
            _older(head, key_for(head), at.folder, listed, watch)
        with told(heads[0].path):
            _require_all(at.folder, listed, int(staged.manifest["faulty_count"]))
        listed.unlink()
        os.sync()
    except BaseException:
        laying.remove(at)
        shutil.rmtree(at.folder, ignore_errors=True)
        raise
    return staged


def _newest(head: Head, key: Key | None, staged: Staged, listed: Path, watch: Watcher) -> None:
    if head.format > FORMAT:
        raise refusals.newer(head.path, head.product, __version__)
    watch.begins(head.path.name, head.path.stat().st_size)
    listed.touch()
    layer: Layer | None = None
    try:
        with opened(head, key) as tape:
            for member in tape.members():
                if member.name == ABOUT:
                    staged.about = json.loads(member.whole(_MOST_MANIFEST))
                    require_fitting(head, staged.about)
                    layer = laying.layer(staged.place, staged.about["migrations"])
                elif layer is None:
                    raise Broken(member.name)
                else:
                    _take(member, layer, staged, listed)
                watch.advances(member.size)
            if layer is None or not staged.manifest:
                raise Broken(MANIFEST)
            staged.rows = layer.done()
            if any(staged.rows.get(table) != count for table, count in staged.manifest["tables"].items()):
                raise Broken("database")
    finally:
        if layer is not None:
            layer.close()
    watch.ends()


def _take(member: Member, layer: Layer, staged: Staged, listed: Path) -> None:
    name, folder = member.name, staged.place.folder
    if name.startswith("database/"):
        data = member.whole(_MOST_MEMBER)
        layer.take(*packing.unpacked(name, data))
    elif name.startswith(f"{FILES}/"):
        with listed.open("ab") as out:
            out.write(member.whole(_MOST_MEMBER))
    elif name == MANIFEST:
        staged.manifest = json.loads(member.whole(_MOST_MANIFEST))
    elif _FILE.fullmatch(name) or _OTHER.fullmatch(name):
        _write(member, folder / name)
    else:
        raise Broken(name)


def _older(head: Head, key: Key | None, folder: Path, listed: Path, watch: Watcher) -> None:
    """Of what the newest rests on: the files that still belong to it. What was erased since stays erased."""
    wanted = _Wanted(listed)
    watch.begins(head.path.name, head.path.stat().st_size)
    with opened(head, key) as tape:
        for member in tape.members():
            if _FILE.fullmatch(member.name) and member.name in wanted and not (folder / member.name).exists():
                _write(member, folder / member.name)
            watch.advances(member.size)
    watch.ends()


def _write(member: Member, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    stored = member.name.startswith("files/")
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o440 if stored else 0o600), "wb") as out:
        for piece in member.pieces:
            out.write(piece)


class _Wanted:
    """Whether the sorted list holds a file, by halving; a million of them are 32 MB."""

    def __init__(self, listed: Path) -> None:
        self._digests = listed.read_bytes()

    def __contains__(self, name: object) -> bool:
        digest = bytes.fromhex(str(name).removeprefix("files/").replace("/", ""))
        low, high = 0, len(self._digests) // records.DIGEST
        while low < high:
            middle = (low + high) // 2
            here = self._digests[middle * records.DIGEST : (middle + 1) * records.DIGEST]
            if here < digest:
                low = middle + 1
            else:
                high = middle
        return self._digests[low * records.DIGEST : (low + 1) * records.DIGEST] == digest


def _require_all(folder: Path, listed: Path, faulty: int) -> None:
    """Broken if more files are missing than were missing when the archive was made."""
    missing = [
        digest for digest in records.digests_in(listed) if not (folder / "files" / digest[:2] / digest[2:]).exists()
    ]
    if len(missing) > faulty:
        raise Broken(f"files/{missing[0][:2]}/{missing[0][2:]}")


def require_fitting(head: Head, about: dict[str, Any]) -> None:
    """Conflict for an archive of a newer version, or of the other kind of database."""
    from django.db.migrations.loader import MigrationLoader

    if about["database"] != place.kind():
        theirs = place.LABELS.get(about["database"], str(about["database"]))
        raise refusals.other_database(head.path, theirs, place.LABELS[place.kind()])
    # Without a connection: what this version knows, not what some database has.
    known = MigrationLoader(None).disk_migrations
    replaced = {key for migration in known.values() for key in migration.replaces}
    unknown = [one for one in about["migrations"] if tuple(one) not in known and tuple(one) not in replaced]
    if unknown or _version(head.product) > _version(__version__):
        raise refusals.newer(
            head.path, f"{head.product} {'.'.join(unknown[0]) if unknown else ''}".strip(), __version__
        )


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", text)[:3])
