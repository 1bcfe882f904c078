"""Text out of files: .txt, .docx, .doc, .rtf, web pages, .pdf with a text layer or scanned, photographs.

The text keeps columns apart by wide gaps or "|" (see `nhipcau.reader.page.layout`). Errors: `UnreadableFile` for a
file that cannot be read, `MissingProgram` if a helper program is needed and not installed.
"""

from __future__ import annotations

from nhipcau.core.errors import UnreadableFile
from nhipcau.core.said import Said
from nhipcau.reader.extract.found import Extracted, Tell
from nhipcau.reader.extract.kinds import Kind, kind_of

__all__ = ["Extracted", "Tell", "extract"]

_LARGEST = 100 * 2**20  # bytes; a letter with scans stays far below
_HARMLESS = (Kind.PLAIN, Kind.UNKNOWN)  # only decoded, or refused unopened


def extract(data: bytes, name: str, *, ocr: bool = True, tell: Tell | None = None) -> Extracted:
    """Text of a file. The contents decide its kind, not the ending: people rename files.

    Whatever must be parsed is opened in a confined process of its own (`apart`), so that a hostile file can
    neither run nor exhaust anything. Without `ocr`, scanned pages of a PDF stay empty: quick enough while
    somebody waits. `tell` hears (pages done, pages to do) while pages are recognised.
    Raises `UnreadableFile` (empty, corrupt, locked, too large, unknown kind) or `MissingProgram`.
    """
    if not data.strip():
        raise UnreadableFile(
            Said(
                f"Tệp “{name}” rỗng. Hãy kiểm tra lại tệp gốc rồi gửi lại.",
                f"The file “{name}” is empty. Check the original and send it again.",
            )
        )
    if len(data) > _LARGEST:
        raise UnreadableFile(
            Said(
                f"Tệp “{name}” lớn hơn 100 MB. Hãy tách tệp hoặc giảm độ phân giải bản quét.",
                f"The file “{name}” is larger than 100 MB. Split it, or scan it at a lower resolution.",
            )
        )
    if kind_of(data, name) in _HARMLESS:
        from nhipcau.reader.extract.here import extract_here

        return extract_here(data, name)
    from nhipcau.reader.extract.apart import extract_apart

    return extract_apart(data, name, ocr=ocr, tell=tell)
