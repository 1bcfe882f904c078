"""What one answer asks for again and again is asked for once.

Whoever answers a request that changes nothing opens `remembering()`; while it is open, a function marked `@once`
gives the same arguments the same answer. Outside it, as in a job or in a request that writes, every call asks anew.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

_P = ParamSpec("_P")
_T = TypeVar("_T")
_held: ContextVar[dict[Hashable, object] | None] = ContextVar("held", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Answers of functions marked `@once` are kept until the end of the block."""
    token = _held.set({})
    try:
        yield
    finally:
        _held.reset(token)


def once(asked: Callable[_P, _T]) -> Callable[_P, _T]:
    """For functions of hashable arguments whose answers nobody changes."""

    @wraps(asked)
    def answer(*args: _P.args, **kwargs: _P.kwargs) -> _T:
        held = _held.get()
        if held is None:
            return asked(*args, **kwargs)
        key = (asked, args, tuple(sorted(kwargs.items())))
        if key not in held:
            held[key] = asked(*args, **kwargs)
        found: _T = held[key]  # type: ignore[assignment]  # it was put there by this very function
        return found

    return answer
