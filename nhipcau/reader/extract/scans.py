"""The pages of a PDF that must be read as pictures."""

from __future__ import annotations

from collections.abc import Sequence

import pypdfium2 as pdfium

from nhipcau.core.errors import UnreadableFile
from nhipcau.reader.extract.ocr import read_page

_MOST_SCANNED = 20  # tesseract takes about two seconds a page


def read_scanned(document: pdfium.PdfDocument, numbers: Sequence[int], name: str) -> dict[int, str]:
    """Page number (from 0) to its text. Raises `UnreadableFile` or `MissingProgram`."""
    if len(numbers) > _MOST_SCANNED:
        raise UnreadableFile(
            f"Tệp “{name}” có {len(numbers)} trang quét, quá {_MOST_SCANNED} trang. Hãy tách tệp rồi gửi lại."
        )
    return {number: read_page(document[number], name) for number in numbers}
