"""Every change to letters and registers, in one place to look; each use case has a module of its own."""

from nhipcau.documents.incoming.acknowledging import acknowledge_letter, acknowledge_waiting
from nhipcau.documents.incoming.discarding import discard
from nhipcau.documents.incoming.intake import AlreadyReceived, receive
from nhipcau.documents.incoming.parcels import Arrival, receive_parcel, receive_several
from nhipcau.documents.incoming.registering import ConfirmedFields, SameNumber, confirm, confirm_warnings, proposed
from nhipcau.documents.incoming.scanning import accept
from nhipcau.documents.incoming.unread import drop_scan, try_again
from nhipcau.documents.lineage.amending import amend
from nhipcau.documents.outgoing.copying import CopyOrder, make_copy
from nhipcau.documents.outgoing.letters import register_outgoing
from nhipcau.documents.registers.books import Slot, void_entry
from nhipcau.documents.registers.paper_lines import fill_line
from nhipcau.documents.registers.petitions import register_petition
from nhipcau.documents.registers.reserving import end_block, reserve_block
from nhipcau.documents.registers.series import close_register, open_register
from nhipcau.documents.storing.keptout import KeptOut

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
    "drop_scan",
    "end_block",
    "fill_line",
    "make_copy",
    "open_register",
    "proposed",
    "receive",
    "receive_parcel",
    "receive_several",
    "register_outgoing",
    "register_petition",
    "reserve_block",
    "try_again",
    "void_entry",
]
