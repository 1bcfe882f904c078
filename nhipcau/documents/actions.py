"""Every change to letters and registers, in one place to look; each use case has a module of its own."""

from nhipcau.documents.acknowledging import acknowledge_letter, acknowledge_waiting
from nhipcau.documents.amending import amend
from nhipcau.documents.copying import CopyOrder, make_copy
from nhipcau.documents.discarding import discard
from nhipcau.documents.intake import AlreadyReceived, receive
from nhipcau.documents.keptout import KeptOut
from nhipcau.documents.lines import fill_line
from nhipcau.documents.outgoing import register_outgoing
from nhipcau.documents.parcels import Arrival, receive_parcel
from nhipcau.documents.petitions import register_petition
from nhipcau.documents.registering import ConfirmedFields, SameNumber, confirm, confirm_warnings, proposed
from nhipcau.documents.registers import Slot, void_entry
from nhipcau.documents.reserving import end_block, reserve_block
from nhipcau.documents.scanning import accept
from nhipcau.documents.series import close_register, open_register

__all__ = [
    "AlreadyReceived",
    "Arrival",
    "ConfirmedFields",
    "CopyOrder",
    "KeptOut",
    "SameNumber",
    "Slot",
    "accept",
    "acknowledge_letter",
    "acknowledge_waiting",
    "amend",
    "close_register",
    "confirm",
    "confirm_warnings",
    "discard",
    "end_block",
    "fill_line",
    "make_copy",
    "open_register",
    "proposed",
    "receive",
    "receive_parcel",
    "register_outgoing",
    "register_petition",
    "reserve_block",
    "void_entry",
]
