"""The one tree of errors a person can meet; mapped once to HTTP (web) and once to exit codes (cli).

Every message is a full sentence in Vietnamese that says what happened, where, and what to do. One with
values in it is a `Said` and brings its English along; a fixed one is a key of the web's catalogue.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class NhipCauError(Exception):
    """Base of everything raised on purpose; its text may be shown to a person."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotFound(NhipCauError):
    """It is not there, or the asker may not know that it is (HTTP 404, exit 1)."""


class NotAllowed(NhipCauError):
    """The asker may see it but may not do this (HTTP 403, exit 1)."""


class Conflict(NhipCauError):
    """The state has moved on, or does not permit this step (HTTP 409, exit 1)."""


@dataclass(frozen=True)
class Fault:
    """One thing wrong with an input: where (row, cell, field) and what, in plain Vietnamese."""

    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else self.message


class InvalidInput(NhipCauError):
    """The input was refused as a whole; `faults` lists every reason (HTTP 422, exit 1)."""

    def __init__(self, message: str, faults: Sequence[Fault] = ()) -> None:
        super().__init__(message)
        self.faults = tuple(faults)


class UnreadableFile(InvalidInput):
    """A file that cannot be read: corrupt, empty, locked by a password, or of an unknown kind."""


class MissingProgram(NhipCauError):
    """A helper program or font is not installed; the message names it and how to install it."""


class NoRoom(NhipCauError):
    """The disk is full: nothing was kept, and the same may be sent again once there is room."""


class NoAnswer(NhipCauError):
    """Something the server relies on does not answer: nothing was kept, and the same may be sent again soon."""
