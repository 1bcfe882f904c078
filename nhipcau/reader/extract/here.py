"""Extraction in this very process: what the sub-process runs, and what tests call.

Foreign files come through `nhipcau.reader.extract.extract`, which confines them; nothing else calls this.
"""

from __future__ import annotations

from nhipcau.core.errors import UnreadableFile
from nhipcau.reader.extract.found import Extracted, Tell
from nhipcau.reader.extract.kinds import Kind, kind_of

_LONGEST = 3_000_000  # characters: some thousand pages


def extract_here(data: bytes, name: str, *, ocr: bool = True, tell: Tell | None = None) -> Extracted:
    """Text of a file. Raises `UnreadableFile` or `MissingProgram`; `tell` hears of pages done."""
    found = _read(data, name, ocr, tell)
    if len(found.text) > _LONGEST:
        raise UnreadableFile(
            f"Tệp “{name}” có quá nhiều chữ ({len(found.text):,} ký tự). Hãy tách tệp rồi gửi lại."
        )
    return found


def _read(data: bytes, name: str, ocr: bool, tell: Tell | None) -> Extracted:
    # The readers are imported when needed: one file needs one of them.
    match kind_of(data, name):
        case Kind.DOCX:
            from nhipcau.reader.extract.docx import read_docx

            return Extracted(read_docx(data, name), "docx")
        case Kind.DOC | Kind.RTF:
            from nhipcau.reader.extract.doc import read_doc

            return Extracted(read_doc(data, name), "docx")
        case Kind.PDF:
            from nhipcau.reader.extract.pdf import read_pdf

            pdf = read_pdf(data, name, ocr=ocr)
            return Extracted(pdf.text, pdf.source, pdf.warnings)
        case Kind.HTML | Kind.PLAIN:
            from nhipcau.reader.extract.plain import read_plain

            return Extracted(read_plain(data, name), "text")
    raise UnreadableFile(
        f"Tệp “{name}” bị hỏng hoặc không phải .docx, .doc, .pdf, .txt. Hãy mở tệp gốc, lưu lại rồi gửi lại."
    )
