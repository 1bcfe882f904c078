"""Letters, their original files, what they cite, and the registers they stand in."""

from nhipcau.documents.models.finding import SearchRow, TextPrint
from nhipcau.documents.models.letters import CopyForm, Direction, Document, DocumentState, StoredFile, longest
from nhipcau.documents.models.lineage import Amendment, AmendmentKind, Citation, CitationKind
from nhipcau.documents.models.registers import MadeCopy, Register, RegisterEntry, ReservedBlock
from nhipcau.documents.models.said import SaidField
from nhipcau.documents.models.scans import Scan, ScanState

__all__ = [
    "Amendment",
    "AmendmentKind",
    "Citation",
    "CitationKind",
    "CopyForm",
    "Direction",
    "Document",
    "DocumentState",
    "MadeCopy",
    "Register",
    "RegisterEntry",
    "ReservedBlock",
    "SaidField",
    "Scan",
    "ScanState",
    "SearchRow",
    "StoredFile",
    "TextPrint",
    "longest",
]
