"""Work that several threads do ahead of whoever takes the results, in order and in bounded memory."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


def ahead(
    pool: ThreadPoolExecutor, most: int, work: Callable[[_Item], _Result], items: Iterable[_Item]
) -> Iterator[_Result]:
    """Each item's result in order, while the next few are worked at."""
    begun = deque[Future[_Result]]()
    for item in items:
        begun.append(pool.submit(work, item))
        if len(begun) > most:
            yield begun.popleft().result()
    while begun:
        yield begun.popleft().result()
