"""gunicorn's own log: its errors masked like ours, and an access log (if one is asked for) that says of nobody."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.urls import Resolver404, resolve
from gunicorn.glogging import Logger

from nhipcau.core.masking import HIDDEN, Masking

LINE = "%(asctime)s %(levelname)s %(name)s %(message)s"
# Who came, with what, from where, and what was asked for beyond the address.
_ABOUT_THE_VISITOR = ("h", "u", "f", "a", "q")


class WebLog(Logger):  # type: ignore[misc]
    """Named to gunicorn by `serve`."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for logger in (self.error_log, self.access_log):
            for handler in logger.handlers:
                handler.setFormatter(Masking(LINE if logger is self.error_log else None))

    def atoms(self, resp: Any, req: Any, environ: dict[str, Any], request_time: dt.timedelta) -> dict[str, Any]:
        """What a format may name, without what leads to the visitor."""
        found: dict[str, Any] = super().atoms(resp, req, environ, request_time)
        hidden = {name: "-" if name in _ABOUT_THE_VISITOR else value for name, value in found.items()}
        for name in found:
            if name.startswith("{"):  # any header, cookie or variable
                hidden[name] = HIDDEN
        path = _pattern(str(found.get("U", "")))
        return hidden | {"U": path, "r": f"{found.get('m', '')} {path}"}

    def warning(self, msg: str, *args: Any, **kwargs: Any) -> None:
        """Of a request that could not even be read it would quote the line and the address it came from."""
        if msg.startswith("Invalid request"):
            msg, args = "Invalid request", ()
        super().warning(msg, *args, **kwargs)

    def reopen_files(self) -> None:
        super().reopen_files()
        for handler in [*self.error_log.handlers, *self.access_log.handlers]:
            if not isinstance(handler.formatter, Masking):
                handler.setFormatter(Masking(LINE))


def _pattern(path: str) -> str:
    """Which page it is, not which object: what stands in an address was given by somebody."""
    if path.startswith(settings.STATIC_URL) and ".." not in path:
        return settings.STATIC_URL
    try:
        return f"/{resolve(path).route}"
    except Resolver404:
        return HIDDEN
