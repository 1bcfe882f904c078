"""Eight at once, each with a connection of its own, on the database that the product uses.

`NHIPCAU_STRESS=20` makes every round twenty times as long; a run of the suite keeps them short.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from django.db import connection

from nhipcau.core.errors import Conflict
from nhipcau.org.actions import create_post, import_tree
from nhipcau.org.importing import read_rows
from nhipcau.org.models import Post, Role
from tests.cast import NOW, SETUP, TODAY, Cast, assemble, unit

STRESS = int(os.environ.get("NHIPCAU_STRESS", "1"))
WRITERS = 8
PATIENCE = 60 * (1 + STRESS // 5)
T = TypeVar("T")


@dataclass
class Outcome(Generic[T]):
    """What the workers brought back: results, and the conflicts they were told of in plain words."""

    results: list[T] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)


def together(*workers: Callable[[], T]) -> Outcome[T]:
    """Run the workers in threads that start at the same moment.

    A Conflict is an answer; any other error, a locked database or a deadlock above all, fails the test.
    """
    ready, outcome, errors = threading.Barrier(len(workers)), Outcome[T](), list[BaseException]()

    def run(worker: Callable[[], T]) -> None:
        try:
            ready.wait(timeout=PATIENCE)
            outcome.results.append(worker())
        except Conflict as conflict:
            outcome.conflicts.append(conflict)
        except BaseException as error:  # a thread's error must reach the test
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(worker,), daemon=True) for worker in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    if errors:
        raise errors[0]
    assert not any(thread.is_alive() for thread in threads), "somebody still waits for somebody"
    return outcome


def a_crowd() -> tuple[Cast, list[Post]]:
    """The cast, and eight more local unions under its first commune with an officer each."""
    cast = assemble()
    head = "code,name,kind,parent,from,symbol,place,members"
    rows = [f"Q{n},Công đoàn cơ sở Xưởng số {n},local,XA,2025-07-01,CĐCS,An Hải,10" for n in range(WRITERS)]
    import_tree(rows=read_rows("\n".join([head, *rows]).encode()), actor=SETUP, at=NOW)
    roles = (Role.BOARD, Role.REPORTER, Role.APPROVER, Role.CLERK)
    posts = [
        create_post(unit=unit(f"Q{n}"), title="Chủ tịch", roles=roles, start=TODAY, actor=SETUP, at=NOW)
        for n in range(WRITERS)
    ]
    return cast, posts
