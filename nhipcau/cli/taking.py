"""Commands whose answer leaves the instance say so: as what it stands in the log, like a page's download."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from nhipcau.cli.instance import now
from nhipcau.core.actors import System

P = ParamSpec("P")
_PARTS = ("code", "template_code", "period", "indicator", "before", "after", "number")
_SHORT = 40


def takes(action: str) -> Callable[[Callable[P, None]], Callable[P, None]]:
    """Stands right above the function; what was refused took nothing."""

    def declare(run: Callable[P, None]) -> Callable[P, None]:
        @wraps(run)
        def ran(*args: P.args, **kwargs: P.kwargs) -> None:
            try:
                run(*args, **kwargs)
            except SystemExit:  # an answer too: what was compared differs
                _note(action, kwargs)
                raise
            _note(action, kwargs)

        ran.takes = action  # type: ignore[attr-defined]
        return ran

    return declare


def _note(action: str, asked: dict[str, object]) -> None:
    from nhipcau.audit.taking import note_taking

    data = {name: str(asked[name])[:_SHORT] for name in _PARTS if asked.get(name)}
    whole = "template:*" if action == "reports.template_taken" else f"unit:{asked.get('unit') or 'root'}"
    note_taking(actor=System("cli"), action=action, obj=whole, at=now(), data=data)
