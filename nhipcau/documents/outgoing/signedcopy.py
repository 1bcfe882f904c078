"""The signed and sealed copy of a report: a scan, or a PDF signed with a token."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from nhipcau.audit.screen import screen
from nhipcau.core.errors import Fault, InvalidInput
from nhipcau.core.said import Said
from nhipcau.documents.numbering import key
from nhipcau.documents.storing import files, media
from nhipcau.documents.storing.keptout import require_unstamped
from nhipcau.documents.storing.photos import without_metadata
from nhipcau.org.models import Post, Unit
from nhipcau.reader.extract import extract

_COPIES: tuple[str, ...] = (media.PDF, media.JPEG, media.PNG)
_BYTE_RANGE = re.compile(rb"/ByteRange\s*\[\s*\d+\s+\d+\s+\d+\s+\d+\s*\]")


@dataclass(frozen=True)
class SignedCopy:
    """What may be kept: a PDF bit for bit, a picture without its metadata."""

    data: bytes
    kind: str
    name: str


def accepted_copy(
    data: bytes, name: str, *, unit: Unit, number: str, check_code: str, sure: bool, actor: Post, at: dt.datetime
) -> SignedCopy:
    """The file as it may be kept, written to the store already; a transaction that keeps it comes after.

    A PDF whose text holds neither the number nor the check code is refused unless the clerk is `sure` of it.
    Raises InvalidInput (another kind of file, perhaps another paper), UnreadableFile, KeptOut, BoundaryRefused.
    """
    name = media.clean_name(name)
    kind = _copy_type(data, name)
    words = extract(data, name, ocr=False).text if kind == media.PDF else ""
    require_unstamped(words, unit=unit, actor=actor, at=at)
    screen({"tệp": [words, name]}, "letter", actor=actor, at=at)
    if not sure and not _names_report(words, number, check_code):
        said = Said(
            f"trong chữ của tệp không thấy số {number} hay mã kiểm tra của báo cáo; nếu đúng là bản đã ký thì xác "
            "nhận rồi gửi lại",
            f"neither the number {number} nor the report's check code was found in the file; if it is the signed "
            "copy, confirm that and send it again",
        )
        raise InvalidInput("Chưa phát hành: có thể nhầm tệp.", [Fault("sure", said)])
    data = without_metadata(data, kind)
    files.write(data)
    return SignedCopy(data, kind, name)


def _copy_type(data: bytes, name: str) -> str:
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


def _names_report(words: str, number: str, check_code: str) -> bool:
    """Whether the text of a signed PDF holds the number or the check code; a scan without text says nothing."""
    squashed = key(words)
    return not squashed or key(number) in squashed or key(check_code) in squashed


def is_digitally_signed(data: bytes) -> bool:
    """Whether a PDF carries a signature (ISO 32000-1, 12.8). Nothing is said about whether it is valid."""
    return data.startswith(b"%PDF-") and _BYTE_RANGE.search(data) is not None
