"""What gunicorn calls between its own steps; its options stand in the command that `serve` starts it with."""

from __future__ import annotations

import os

from nhipcau.cli.tending import READY
from nhipcau.ops.traces import begin


def when_ready(server: object) -> None:
    """Everything is loaded; who is to make way is told."""
    if told := os.environ.pop(READY, ""):
        os.write(int(told), b"1")
        os.close(int(told))


def post_fork(server: object, worker: object) -> None:
    """In each process of the pages, as it begins."""
    begin()
