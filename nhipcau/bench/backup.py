"""A backup of letters with their files: the database and the store as one archive, in the clear and locked.

Against what the manuals advise: `pg_dump` in its custom format (SQLite: VACUUM INTO), then `tar` over the store.
The floor is copying the bytes: the rows as the database writes them, and the files.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import subprocess
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from nhipcau.bench.archive import AT, plant
from nhipcau.bench.instance import temporary_instance
from nhipcau.bench.measure import Case, Options, Report, measure

if TYPE_CHECKING:
    from nhipcau.ops.backup.keys import Pair
    from nhipcau.ops.backup.making import Made

DOCUMENTS, FILES = 20_000, 2_000
_SMALLEST, _LARGEST = 20_000, 400_000  # bytes a file; they compress no further, as .docx and PDF do not


def run(options: Options) -> Report:
    """`documents` registered letters with their search rows, `files` originals."""
    documents, files = options.size("documents", DOCUMENTS), options.size("files", FILES)
    with temporary_instance(options.database_url) as database, TemporaryDirectory(prefix="nhipcau-bench-") as out:
        options.say(f"{documents} letters, {files} files …")
        plant(documents)
        stored = _store(files)
        bench = _Bench(database, Path(out))
        cases = [
            Case("full", bench.ours, bench.named, bench.peer, bench.floor_named, bench.floor, bench.same),
            Case("locked", bench.locked, bench.named, bench.peer, bench.floor_named, bench.floor, bench.same),
        ]
        measured = [measure(case, options) for case in cases]
    return Report("backup", database, {"documents": documents, "files": files, "file_bytes": stored}, measured)


def _store(count: int) -> int:
    from nhipcau.documents.storing import files

    random, total = Random(7), 0
    for _ in range(count):
        data = random.randbytes(random.randint(_SMALLEST, _LARGEST))
        files.store(data, "application/pdf")
        total += len(data)
    return total


class _Bench:
    """The sides; each begins with an empty folder of its own."""

    def __init__(self, database: str, out: Path) -> None:
        from django.conf import settings

        self._postgres, self._out, self._data = database == "postgresql", out, Path(settings.DATA_DIR)
        self.named = "pg_dump -Fc, then tar" if self._postgres else "VACUUM INTO, then tar"
        self.floor_named = "copy the rows' and the files' bytes once"
        self._rows = out / "rows"
        if self._postgres:
            _run("pg_dump", "-d", _url(), "-f", str(self._rows))
        else:
            shutil.copyfile(self._data / "nhipcau.sqlite3", self._rows)

    def ours(self) -> Made:
        return self._made(None)

    def locked(self) -> Made:
        from nacl.public import PrivateKey

        from nhipcau.ops.backup.keys import Pair

        return self._made(Pair(PrivateKey.generate().public_key))

    def peer(self) -> Path:
        folder = self._folder("peer")
        if self._postgres:
            _run("pg_dump", "-Fc", "-d", _url(), "-f", str(folder / "database"))
        else:
            with contextlib.closing(sqlite3.connect(self._data / "nhipcau.sqlite3")) as opened:
                opened.execute("VACUUM INTO ?", [str(folder / "database")])
        _run("tar", "-cf", str(folder / "files.tar"), "-C", str(self._data), "files")
        for path in folder.iterdir():
            _to_disk(path)
        return folder

    def floor(self) -> None:
        folder = self._folder("floor")
        shutil.copyfile(self._rows, folder / "rows")
        shutil.copytree(self._data / "files", folder / "files", copy_function=shutil.copyfile)
        _to_disk(folder / "rows")

    def same(self, made: Made, peer: Path) -> bool:
        """Every table has as many rows, the store as many files. A backup of ours adds a line to the log."""
        rows = _rows_in_dump if self._postgres else _rows_in_file
        theirs = rows(peer / "database")
        ours = {name: count for name, count in made.tables.items() if name in theirs and name != _GROWS}
        listed = _run("tar", "-tf", str(peer / "files.tar")).splitlines()
        files = sum(not name.endswith("/") for name in listed)
        return (ours, made.files, made.faulty_count) == ({name: theirs[name] for name in ours}, files, 0) and bool(
            ours
        )

    def _made(self, key: Pair | None) -> Made:
        from nhipcau.core.actors import System
        from nhipcau.ops.backup.making import make_backup
        from nhipcau.ops.backup.staged import Silent

        path = self._folder("ours") / "backup.nhipcau"
        return make_backup(path=path, actor=System("bench"), at=AT, watch=Silent(), key=key)

    def _folder(self, name: str) -> Path:
        folder = self._out / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        return folder


_GROWS = "audit_entry"


def _rows_in_dump(dump: Path) -> dict[str, int]:
    """The rows of each table in a custom dump, as pg_restore writes them out."""
    found, table = dict[str, int](), ""
    for line in _run("pg_restore", "--data-only", "-f", "-", str(dump)).splitlines():
        if line.startswith("COPY "):
            table = line.split(" ")[1].removeprefix("public.")
            found[table] = 0
        elif line == "\\.":
            table = ""
        elif table:
            found[table] += 1
    return found


def _rows_in_file(dump: Path) -> dict[str, int]:
    with contextlib.closing(sqlite3.connect(dump)) as opened:
        names = [name for (name,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        counts = {name: opened.execute(f'SELECT count(*) FROM "{name}"').fetchone() for name in names}  # noqa: S608
    return {name: int(count) for name, (count,) in counts.items()}


def _url() -> str:
    return os.environ["NHIPCAU_DATABASE_URL"]


def _run(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603 - tools by name


def _to_disk(path: Path) -> None:
    """As ours does: done is what survives a power cut."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
