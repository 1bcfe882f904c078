"""The moment in which staged data becomes the live data: all of it, also when the power fails in the middle.

What is to be moved where is written down first. From then on the switch is only ever carried through, by whoever
opens the instance next; before it, nothing has happened.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Iterable
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from nhipcau.ops.backup import place
from nhipcau.ops.backup.place import Place

ROOM = ".restoring"  # in the data directory: on the same disk, so that moving is renaming
SCHEMA = "nhipcau_restoring"
_JOURNAL = "journal.json"
_PARTS = ("files", "anchors", "waiting", *place.MARKERS)
_DERIVED = "cache"


@dataclass(frozen=True)
class Move:
    """`live` goes to `aside` if it is there, `staged` becomes `live` if there is one."""

    staged: str
    live: str
    aside: str

    def carry_out(self) -> None:
        """Safe to repeat from wherever it was interrupted."""
        staged, live, aside = Path(self.staged) if self.staged else None, Path(self.live), Path(self.aside)
        waits = staged is None or staged.exists()
        if waits and live.exists() and not aside.exists():
            aside.parent.mkdir(parents=True, exist_ok=True)
            live.rename(aside)
        if staged is not None and staged.exists():
            live.parent.mkdir(parents=True, exist_ok=True)
            staged.rename(live)


def room() -> Path:
    """Where a restore works."""
    return place.data_dir() / ROOM


def staged_place() -> Place:
    """The place to stage for this instance."""
    if place.kind() == place.POSTGRESQL:
        return Place(room() / "data", schema=SCHEMA)
    live, data = place.database_file(), room() / "data"
    inside = live.parent == place.data_dir()  # else on its own disk, where moving is renaming too
    return Place(data, database=data / live.name if inside else live.with_name(f".{live.name}.restoring"))


def switch(staged: Place, aside: Path, schema_aside: str) -> None:
    """Put the staged data in the place of the live; what was there lies in `aside` (and that schema) afterwards."""
    journal = {
        "moves": [asdict(move) for move in _moves(staged, aside)],
        "schema": {"staged": staged.schema, "aside": schema_aside},
    }
    part = room() / f"{_JOURNAL}.part"
    with part.open("w", encoding="utf-8") as out:
        json.dump(journal, out)
        out.flush()
        os.fsync(out.fileno())
    part.replace(room() / _JOURNAL)
    _sync(room())
    _carry_through(journal)


def resume() -> bool:
    """Carry through a switch that was interrupted; whether there was one."""
    journal = room() / _JOURNAL
    if not journal.exists():
        return False
    _carry_through(json.loads(journal.read_text("utf-8")))
    return True


def _carry_through(journal: dict[str, Any]) -> None:
    if journal["schema"]["staged"]:
        _switch_schema(**journal["schema"])
    for move in journal["moves"]:
        Move(**move).carry_out()
    for folder in (place.data_dir(), place.data_dir() / "files"):
        with contextlib.suppress(FileNotFoundError):
            _sync(folder)
    (room() / _JOURNAL).unlink()
    shutil.rmtree(room(), ignore_errors=True)


def _moves(staged: Place, aside: Path) -> Iterable[Move]:
    data = place.data_dir()
    for name in _PARTS:
        one = staged.folder / name
        yield Move(str(one) if one.exists() else "", str(data / name), str(aside / name))
    if (staged.folder / place.SECRET).exists():  # else the machine keeps its own
        yield Move(str(staged.folder / place.SECRET), str(data / place.SECRET), str(aside / place.SECRET))
    yield Move("", str(data / _DERIVED), str(room() / _DERIVED))
    if staged.database is not None:
        live = place.database_file()
        beside = aside if live.parent == data else live.with_name(aside.name)
        for suffix in ("-wal", "-shm"):
            yield Move("", f"{live}{suffix}", str(beside / f"{live.name}{suffix}"))
        yield Move(str(staged.database), str(live), str(beside / live.name))


def _switch_schema(staged: str, aside: str) -> None:
    """All tables at once: one transaction."""
    from django.apps import apps

    ours = [model._meta.db_table for model in apps.get_models(include_auto_created=True)]
    with closing(place.connect()) as opened:
        opened.execute("SET lock_timeout = '30s'")
        [(live,)] = opened.execute("SELECT current_schema()").fetchall()
        if not opened.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", [staged]).fetchall():
            return
        new = _tables(opened, staged)
        opened.execute(f'CREATE SCHEMA IF NOT EXISTS "{aside}"')
        for extension in _extensions(opened, staged):
            opened.execute(f'ALTER EXTENSION "{extension}" SET SCHEMA "{live}"')
        for table in sorted({*ours, *new} & set(_tables(opened, live))):
            opened.execute(f'ALTER TABLE "{live}"."{table}" SET SCHEMA "{aside}"')
        functions = _functions(opened, staged)
        for function in sorted(set(functions) & set(_functions(opened, live))):
            opened.execute(f'ALTER FUNCTION "{live}".{function} SET SCHEMA "{aside}"')
        for table in new:
            opened.execute(f'ALTER TABLE "{staged}"."{table}" SET SCHEMA "{live}"')
        for function in functions:
            opened.execute(f'ALTER FUNCTION "{staged}".{function} SET SCHEMA "{live}"')
        opened.execute(f'DROP SCHEMA "{staged}"')
        if not _tables(opened, aside) or not aside.startswith("nhipcau_before"):
            opened.execute(f'DROP SCHEMA "{aside}" CASCADE')
        opened.commit()


def _tables(opened: Any, schema: str) -> list[str]:
    found = opened.execute(
        "SELECT c.relname FROM pg_class c WHERE c.relnamespace = %s::regnamespace AND c.relkind = 'r' ORDER BY 1",
        [f'"{schema}"'],
    )
    return [str(name) for (name,) in found.fetchall()]


def _functions(opened: Any, schema: str) -> list[str]:
    """Those that no extension brought, with their arguments."""
    found = opened.execute(
        "SELECT quote_ident(p.proname) || '(' || pg_get_function_identity_arguments(p.oid) || ')' FROM pg_proc p"
        " WHERE p.pronamespace = %s::regnamespace"
        "   AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')",
        [f'"{schema}"'],
    )
    return [str(name) for (name,) in found.fetchall()]


def _extensions(opened: Any, schema: str) -> list[str]:
    found = opened.execute(
        "SELECT extname FROM pg_extension WHERE extnamespace = %s::regnamespace", [f'"{schema}"']
    )
    return [str(name) for (name,) in found.fetchall()]


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
