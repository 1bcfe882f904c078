"""Lines for machines: one JSON object each, with nothing in it that leads to a person."""

from __future__ import annotations

import logging
import traceback
from types import TracebackType
from typing import Any

import structlog
from structlog.typing import EventDict, WrappedLogger

from nhipcau.core.masking import Masking, masked

ALLOWED = ("method", "route", "status", "ms", "job", "job_name", "attempt", "outcome")
_OURS = ("timestamp", "request_id", "route", "exception")  # made by the program, and of nobody


class Addressless(logging.Filter):
    """Django names the address of what failed, and an address holds uids and what somebody searched for; the access
    line beside it names the route."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name == "django.request":
            record.msg, record.args = "yêu cầu không trả lời được", ()
        return True


def settings(*, machine: bool, level: str) -> dict[str, Any]:
    """Django's LOGGING: plain lines for a terminal, or JSON with a line for each request and each job."""
    said = "INFO" if machine else level
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"addressless": {"()": Addressless}},
        "formatters": {
            "line": {"()": Masking, "fmt": "%(asctime)s %(levelname)s %(name)s %(message)s"},
            "json": {"()": formatter},
        },
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "formatter": "json" if machine else "line",
                "filters": ["addressless"] if machine else [],
            }
        },
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {"nhipcau.access_line": {"level": said}, "nhipcau.outbox.jobs": {"level": said}},
    }


def formatter() -> structlog.stdlib.ProcessorFormatter:
    """Records of the standard library as JSON, with the request or job that they belong to."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.stdlib.ExtraAdder(allow=ALLOWED),
            structlog.processors.TimeStamper(fmt="iso", utc=True),
        ],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.ExceptionRenderer(_frames),
            nameless,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )


def nameless(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """What a message or an error brought along of anybody is covered, as on a terminal."""
    for key, value in event.items():
        if isinstance(value, str) and key not in _OURS:
            event[key] = masked(value)
    return event


Broken = tuple[type[BaseException], BaseException, TracebackType | None]


def _frames(exc_info: Broken) -> str:
    """Where it broke, and of which kind: the words of an error may quote what somebody typed (a database tells the
    row it refused), so they stay out."""
    kind, value, _ = exc_info
    named: list[str] = []
    for frame in traceback.extract_tb(value.__traceback__):
        named.append(f"{frame.filename}:{frame.lineno} {frame.name}")
    return "\n".join([*named, f"{kind.__module__}.{kind.__qualname__}"])
