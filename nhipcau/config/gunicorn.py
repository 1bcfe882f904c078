"""What gunicorn calls between its own steps; its options stand in the command that `serve` starts it with."""

from __future__ import annotations

from nhipcau.ops.traces import begin


def post_fork(server: object, worker: object) -> None:
    """In each process of the pages, as it begins."""
    begin()
