"""Every change to letters and registers, in one place to look; each use case has a module of its own."""

from nhipcau.documents.intake import AlreadyReceived, receive
from nhipcau.documents.keptout import KeptOut
from nhipcau.documents.outgoing import register_outgoing
from nhipcau.documents.registering import ConfirmedFields, confirm, confirm_warnings, proposed
from nhipcau.documents.registers import open_register, void_entry

__all__ = [
    "AlreadyReceived",
    "ConfirmedFields",
    "KeptOut",
    "confirm",
    "confirm_warnings",
    "open_register",
    "proposed",
    "receive",
    "register_outgoing",
    "void_entry",
]
