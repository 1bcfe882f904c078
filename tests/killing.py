"""Processes that are killed (-9) in the middle of something, and what the database holds before and after.

A script beside its test sets the scene, prints what is held, and dies at the stage it is called with. Every stage
is a process of its own; they are forked from one that has loaded the product, which takes longer than what they do.
"""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
APPS = ("org", "tasks", "documents", "reports", "audit", "outbox")


def die(*args: Any, **kwargs: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def after(real: Callable[..., Any], *, times: int = 1) -> Callable[..., Any]:
    """Let it do its work, then die: the rows are written, the transaction is open. `times`: at which call."""
    left = [times]

    def run(*args: Any, **kwargs: Any) -> Any:
        done = real(*args, **kwargs)
        left[0] -= 1
        if not left[0]:
            die()
        return done

    return run


def held() -> str:
    """A digest of every row of every table that is written to."""
    from django.apps import apps
    from django.db.models import Model

    found: dict[str, list[str]] = {}
    for model in apps.get_models():
        if model._meta.app_label in APPS:
            manager: type[Model] = model
            found[model._meta.label] = sorted(str(row) for row in manager._default_manager.values_list())
    return hashlib.sha256(json.dumps(found, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True)
class Ended:
    """How a process ended (the signal, negative), what the script printed, what all of them complained about."""

    code: int
    said: list[dict[str, Any]]
    err: str


def begun(module: str, *stages: str, env: dict[str, str]) -> list[Ended]:
    """One process after the other, each at its stage of that script."""
    ran = subprocess.run(
        [sys.executable, "-m", "tests.killing", module, *stages],
        env=env, cwd=ROOT, capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    return [Ended(code, said, ran.stderr) for code, said in map(json.loads, ran.stdout.splitlines())]


def main(module: str, *stages: str) -> None:
    from nhipcau.cli.instance import prepare

    prepare()
    from nhipcau.boundary.lexicon import book

    script = import_module(module)
    book()
    for stage in stages:
        with TemporaryFile("w+") as told:
            child = os.fork()
            if not child:
                os.dup2(told.fileno(), sys.stdout.fileno())
                script.main(stage)
                return
            _, status = os.waitpid(child, 0)
            told.seek(0)
            said = [json.loads(line) for line in told]
        print(json.dumps([os.waitstatus_to_exitcode(status), said]), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
