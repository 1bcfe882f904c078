"""Text out of files: .txt, .docx, .doc, and .pdf with a text layer or scanned.

Every function takes bytes and gives text whose columns are kept apart by wide gaps or "|"
(see `nhipcau.reader.layout`). Errors: `UnreadableFile` for a file that cannot be read, `MissingProgram`
if a helper program is needed and not installed.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from nhipcau.core.errors import UnreadableFile
from nhipcau.reader.model import TextSource

_ZIP, _OLE, _PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-"
_LARGEST = 100 * 2**20  # bytes; a letter with scans stays far below
_BINARY_ENDINGS = {".docx", ".doc", ".pdf"}


@dataclass(frozen=True)
class Extracted:
    """Text, where it came from, and what a person should know about it."""

    text: str
    source: TextSource
    warnings: tuple[str, ...] = ()


def extract(data: bytes, name: str, *, ocr: bool = True) -> Extracted:
    """Text of a file. The contents decide its kind, not the ending: people rename files.

    Without `ocr`, scanned pages of a PDF stay empty: quick enough while somebody waits.
    Raises `UnreadableFile` (empty, corrupt, locked, unknown kind) or `MissingProgram`.
    """
    if not data.strip():
        raise UnreadableFile(f"Tệp “{name}” rỗng. Hãy kiểm tra lại tệp gốc rồi gửi lại.")
    if len(data) > _LARGEST:
        raise UnreadableFile(f"Tệp “{name}” lớn hơn 100 MB. Hãy tách tệp hoặc giảm độ phân giải bản quét.")
    # The readers are imported when needed: most commands and pages never open a file.
    if data.startswith(_ZIP):
        from nhipcau.reader.extract.docx import read_docx

        return Extracted(read_docx(data, name), "docx")
    if data.startswith(_OLE) or data.startswith(b"{\\rtf"):
        from nhipcau.reader.extract.doc import read_doc

        return Extracted(read_doc(data, name), "docx")
    if _PDF in data[:1024]:
        from nhipcau.reader.extract.pdf import read_pdf

        found = read_pdf(data, name, ocr=ocr)
        return Extracted(found.text, found.source, found.warnings)
    if PurePath(name).suffix.lower() in _BINARY_ENDINGS or (
        b"\x00" in data[:4096].replace(b"\xff\xfe", b"") and not _utf16(data)
    ):
        raise UnreadableFile(
            f"Tệp “{name}” bị hỏng hoặc không phải .docx, .doc, .pdf, .txt. Hãy mở tệp gốc, lưu lại rồi gửi lại."
        )
    from nhipcau.reader.extract.plain import read_plain

    return Extracted(read_plain(data, name), "text")


def _utf16(data: bytes) -> bool:
    return data.startswith((b"\xff\xfe", b"\xfe\xff"))
