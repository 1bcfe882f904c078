"""The process that works in a staged instance: its tables at the archive's state, then forward, then proved.
It also says what another version would change in the live one.

`python -m nhipcau.ops.backup.staged`, in the environment of a `Place`, asked by one JSON document.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from nhipcau.core.errors import NhipCauError
from nhipcau.core.said import Said
from nhipcau.core.verifying import Difference, Note
from nhipcau.ops.backup.place import Place

_PROGRAM = ("-m", "nhipcau.ops.backup.staged")


def lay(place: Place, migrations: Iterable[Iterable[str]]) -> None:
    """Make the tables as they were when exactly these migrations had run."""
    _ask(place, {"lay": [list(one) for one in migrations]})


def finish(
    place: Place, entry: dict[str, Any] | None = None, *, heads: str = "", python: Path | None = None
) -> list[Difference]:
    """Bring it up to this version, log `entry`, and verify: what differs. `heads`: the room that the log's heads
    are to have from now on in a shared store. `python`: that of another version."""
    return [Difference(**one) for one in _ask(place, {"finish": entry, "heads": heads}, python)]


def ahead(place: Place, *, python: Path) -> bool:
    """Whether another version has migrations that these tables have not seen."""
    return bool(_ask(place, {"ahead": True}, python))


def _ask(place: Place, task: dict[str, Any], python: Path | None = None) -> list[dict[str, Any]]:
    env = place.environment()
    if python is not None:
        env.pop("PYTHONPATH", None)  # it would lead back to this version
    done = subprocess.run(  # noqa: S603 - our own interpreter, or one whose packages were proved
        [str(python or sys.executable), *(["-P"] if python else []), *_PROGRAM],
        env=env, input=json.dumps(task), capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        why = next(iter(done.stderr.strip().splitlines()[-1:]), "")
        raise NhipCauError(
            Said(
                f"Dữ liệu phục hồi không đưa lên được phiên bản này: {why}. Dữ liệu đang có không bị động tới.",
                f"The restored data could not be brought up to this version: {why}. What was here is untouched.",
            )
        )
    found: list[dict[str, Any]] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> None:
    """Answer with one line of JSON: the differences, or the migrations."""
    import django

    django.setup()
    task = json.load(sys.stdin)
    answer: list[dict[str, Any]] = []
    if "ahead" in task:
        answer = [{"app": app, "name": name} for app, name in _ahead()]
    elif "lay" in task:
        _lay({(str(app), str(name)) for app, name in task["lay"]})
    else:
        answer = [dataclasses.asdict(one) for one in _finish(task["finish"], str(task.get("heads", "")))]
    print(json.dumps(answer, ensure_ascii=False))


def _ahead() -> list[tuple[str, str]]:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return [
        (step.app_label, step.name) for step, _back in executor.migration_plan(executor.loader.graph.leaf_nodes())
    ]


def _lay(applied: set[tuple[str, str]]) -> None:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    nodes = executor.loader.graph.node_map
    known = [key for key in sorted(applied) if key in nodes]
    last = [
        key
        for key in known
        if not any(child.key[0] == key[0] and child.key in applied for child in nodes[key].children)
    ]
    executor.migrate(last)


def _finish(entry: dict[str, Any] | None, heads: str) -> list[Difference]:
    from django.core.management import call_command
    from django.db import transaction

    from nhipcau.audit.actions import record, seal, take_room
    from nhipcau.core.actors import System
    from nhipcau.ops.verify import verify

    call_command("migrate", verbosity=0, skip_checks=True)
    if heads:
        take_room(heads)
    if entry is not None:
        at = dt.datetime.fromisoformat(entry["at"])
        with transaction.atomic():
            record(actor=System("ops"), action=entry["action"], obj=entry["object"], at=at, data=entry["data"])
        seal(at=at)
    return list(verify(Silent()))


class Silent:
    """Nobody watches."""

    def begins(self, label: str, size: int) -> None: ...
    def advances(self, count: int) -> None: ...
    def notes(self, note: Note) -> None: ...
    def ends(self) -> None: ...


if __name__ == "__main__":
    main()
