"""What may stand in a server's log: what happened and where in the program, and nothing of whom.

A log goes where no permission reaches: a terminal, the system's journal, a support mail. So no line of it carries
a login, a name, a telephone number, an e-mail or network address, or a token. Two things see to that, wherever the
line comes from: what an error *says* is left out unless its class can only speak of the program, since the values
that broke it stand there; and what looks like such a value is masked in whatever is left.
"""

from __future__ import annotations

import logging
import re
import traceback
from collections.abc import Mapping
from types import TracebackType

HIDDEN = "«…»"
Args = tuple[object, ...] | Mapping[str, object] | None
# Errors that name parts of the program and never what it was given.
_PLAIN = (AttributeError, ImportError, NameError, NotImplementedError, RecursionError)
_LONGEST = 4000
# Loggers whose messages quote what a visitor sent; their names say what was the matter.
_QUOTING = "django.security."
_MASKS = tuple(
    re.compile(pattern)
    for pattern in (
        r"[\w.%+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}",  # e-mail
        r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.])",  # IPv4
        r"(?<![\w:])(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}(?![\w:])",  # IPv6
        r"(?<!\w)(?:\+84|0)(?:[ .-]?\d){9,10}(?!\d)",  # telephone
        r"\?\S+",  # what was asked of an address
    )
)
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
# A secret is long and of one piece. Names of the program have dots, dashes and underscores after a few letters.
_SECRET = re.compile(r"[A-Za-z0-9_-]{20,}")
_TIME = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?")


def masked(text: str) -> str:
    """The text without what leads to a person or opens a door."""
    said = text[:_LONGEST]
    for mask in _MASKS:
        said = mask.sub(lambda found: found[0] if _TIME.fullmatch(found[0]) else HIDDEN, said)
    return _SECRET.sub(lambda found: HIDDEN if _opens(found[0]) else found[0], said)


def told(error: BaseException) -> str:
    """The error by its class; what it says only where that cannot be about anybody."""
    name = type(error).__name__
    return f"{name}: {masked(str(error))}" if isinstance(error, _PLAIN) else name


class Masking(logging.Formatter):
    """Formats a record so that it may leave the machine."""

    def format(self, record: logging.LogRecord) -> str:
        plain = logging.makeLogRecord(record.__dict__)
        if record.name.startswith(_QUOTING):
            plain.msg, plain.args = "Yêu cầu bị từ chối", None
        else:
            plain.args = _about_the_program(record)
        plain.exc_text = None
        return super().format(plain)

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's name
        record.message = masked(record.message)
        return super().formatMessage(record)

    def formatException(  # noqa: N802 - logging's name
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        """Where it happened, frame by frame, with its cause; of what it said see `told`."""
        lines: list[str] = []
        error, seen = ei[1], set[int]()
        while error is not None and id(error) not in seen:
            seen.add(id(error))
            frames = traceback.extract_tb(error.__traceback__)
            lines[:0] = [*(f"  {one.filename}:{one.lineno} {one.name}" for one in frames), told(error)]
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n".join(lines)


def _about_the_program(record: logging.LogRecord) -> Args:
    """The record's arguments: errors by their class, and an address by its pattern where Django says which."""
    request = getattr(record, "request", None)
    path = getattr(request, "path", None)
    route = getattr(getattr(request, "resolver_match", None), "route", None)

    def shown(value: object) -> object:
        if isinstance(value, BaseException):
            return told(value)
        return (f"/{route}" if route else HIDDEN) if path and value == path else value

    if isinstance(record.args, tuple):
        return tuple(shown(value) for value in record.args)
    return record.args


def _opens(word: str) -> bool:
    """Whether a long word may be a token: not an object's number, and not made of words alone."""
    if _UUID.fullmatch(word):
        return False
    return any(letter.isdigit() for letter in word) and any(letter.isalpha() for letter in word)
