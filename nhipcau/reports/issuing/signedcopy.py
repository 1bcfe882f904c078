"""The signed and sealed copy of a report: a scan, or a PDF signed with a token."""

from __future__ import annotations

import re

from nhipcau.core.errors import InvalidInput
from nhipcau.core.said import Said
from nhipcau.documents.numbering import key
from nhipcau.documents.storing import files, media

_COPIES: tuple[str, ...] = (media.PDF, media.JPEG, media.PNG)
_BYTE_RANGE = re.compile(rb"/ByteRange\s*\[\s*\d+\s+\d+\s+\d+\s+\d+\s*\]")


def copy_type(data: bytes, name: str) -> str:
    """The media type of a signed copy: PDF, JPEG or PNG. InvalidInput for another kind or size."""
    files.require_size(data)
    kind = media.detect(data)
    if kind in _COPIES:
        return kind
    raise InvalidInput(
        Said(
            f"Tệp «{name}» không phải bản chụp, quét hay PDF đã ký. Hãy gửi tệp .pdf, .jpg hoặc .png "
            "của bản đã ký, "
            "đóng dấu.",
            f"The file «{name}» is no photograph, scan or signed PDF. Send a .pdf, .jpg or .png "
            "of the signed and sealed copy.",
        )
    )


def names_report(words: str, number: str, check_code: str) -> bool:
    """Whether the text of a signed PDF holds the number or the check code; a scan without text says nothing."""
    squashed = key(words)
    return not squashed or key(number) in squashed or key(check_code) in squashed


def is_digitally_signed(data: bytes) -> bool:
    """Whether a PDF carries a signature (ISO 32000-1, 12.8). Nothing is said about whether it is valid."""
    return data.startswith(b"%PDF-") and _BYTE_RANGE.search(data) is not None
