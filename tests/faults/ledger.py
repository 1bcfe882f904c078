"""What the officers were told, on the disk before anybody acts on it."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

NOBODY = 0  # the status where no answer came
LATER = 503


@dataclass(frozen=True)
class Told:
    """One answer. `kind` is what was to be done, `key` names it, `path` is where the answer led to; `done`: whether
    it acknowledges the deed; `took`: seconds."""

    kind: str
    key: str
    status: int
    path: str
    done: bool
    took: float
    at: float


class Ledger:
    """A file of answers, a line each, forced to the disk one by one."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._line = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self._one_by_one = threading.Lock()

    def note(self, kind: str, key: str, status: int, path: str, *, done: bool, took: float = 0) -> None:
        """Returns when the line is on the disk."""
        told = Told(kind, key, status, path, done, took, time.monotonic())
        with self._one_by_one:
            os.write(self._line, json.dumps(asdict(told), ensure_ascii=False).encode() + b"\n")
            os.fsync(self._line)

    def close(self) -> None:
        os.close(self._line)


def read(file: Path) -> list[Told]:
    """Every answer, the first one first."""
    return [Told(**json.loads(line)) for line in file.read_text("utf-8").splitlines()]


def acknowledged(answers: list[Told]) -> dict[str, dict[str, str]]:
    """By kind {key: where it led to} of what was acknowledged."""
    found: dict[str, dict[str, str]] = {}
    for told in answers:
        if told.done:
            found.setdefault(told.kind, {})[told.key] = told.path
    return found


def odd(answers: list[Told]) -> Iterator[str]:
    """Answers that are neither the deed's nor an honest «later»."""
    for told in answers:
        if not told.done and told.status not in (NOBODY, LATER):
            yield f"{told.kind} {told.key} → {told.status} {told.path}"


def recovered(answers: list[Told], eased: list[float]) -> float:
    """The longest time from the end of a fault to the next deed acknowledged."""
    done = [told.at for told in answers if told.done]
    return max((min((at for at in done if at >= end), default=float("inf")) - end for end in eased), default=0.0)
