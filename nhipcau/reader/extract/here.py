"""Extraction in this very process: what the sub-process runs, and what tests call.

Foreign files come through `nhipcau.reader.extract.extract`, which confines them; nothing else calls this.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from nhipcau.core.errors import UnreadableFile
from nhipcau.core.said import Said, joined
from nhipcau.reader.extract.broken import fault_of
from nhipcau.reader.extract.found import Extracted, Tell
from nhipcau.reader.extract.glyphs import typed
from nhipcau.reader.extract.kinds import Kind, kind_of
from nhipcau.reader.extract.legacy import Repaired, repair
from nhipcau.reader.model import TextSource

_LONGEST = 3_000_000  # characters: some thousand pages


def extract_here(data: bytes, name: str, *, ocr: bool = True, tell: Tell | None = None) -> Extracted:
    """Text of a file. Raises `UnreadableFile` or `MissingProgram`; `tell` hears of pages done."""
    found = _read(data, name, ocr, tell)
    if len(found.text) > _LONGEST:
        raise UnreadableFile(
            Said(
                f"Tệp “{name}” có quá nhiều chữ (quá {_LONGEST:,} ký tự). Hãy tách tệp rồi gửi lại.",
                f"The file “{name}” holds too much text (over {_LONGEST:,} characters). Split it and "
                "send the parts.",
            )
        )
    repaired = repair(typed(found.text))
    return replace(found, text=repaired.text, warnings=(*found.warnings, *_about(repaired, found.source)))


def _about(repaired: Repaired, source: TextSource) -> Iterator[Said]:
    """What a person should know about the letters themselves."""
    if repaired.done:
        what = joined(", ", repaired.done)
        yield Said(
            f"Văn bản dùng {what}: đã chuyển sang Unicode, hãy đối chiếu tên riêng với bản gốc.",
            f"The text uses {what.en}: it was converted to Unicode; compare names with the original.",
        )
    if source != "ocr" and (fault := fault_of(repaired.text)):
        yield Said(
            f"Chữ trong tệp bị hỏng ({fault}): hãy xin bản gốc hoặc bản quét, hoặc nhập các mục bằng tay.",
            f"The file's letters are broken ({fault.en}): ask for the original or a scan, or enter them by hand.",
        )


def _read(data: bytes, name: str, ocr: bool, tell: Tell | None) -> Extracted:
    # The readers are imported when needed: one file needs one of them.
    match kind_of(data, name):
        case Kind.DOCX:
            from nhipcau.reader.extract.word import read_docx

            return read_docx(data, name)
        case Kind.DOC | Kind.RTF:
            from nhipcau.reader.extract.doc import read_doc

            return read_doc(data, name)
        case Kind.PDF:
            return _read_pdf(data, name, ocr, tell)
        case Kind.PHOTO:
            return _read_photo(data, name, ocr, tell)
        case Kind.PLAIN:
            from nhipcau.reader.extract.plain import read_plain

            return Extracted(read_plain(data, name), "text")
        case Kind.HTML:
            from nhipcau.reader.extract.html import read_html
            from nhipcau.reader.extract.plain import read_plain

            return Extracted(read_html(read_plain(data, name)), "text")
    raise UnreadableFile(
        Said(
            f"Tệp “{name}” bị hỏng hoặc không phải .docx, .doc, .pdf, .txt, .jpg, .png. "
            "Hãy mở tệp gốc, lưu lại rồi gửi lại.",
            f"The file “{name}” is damaged, or is not .docx, .doc, .pdf, .txt, .jpg or .png. Open "
            "the original, save it and send it again.",
        )
    )


def _read_pdf(data: bytes, name: str, ocr: bool, tell: Tell | None) -> Extracted:
    from nhipcau.reader.extract.pdf import read_pdf
    from nhipcau.reader.extract.signatures import read_signatures

    found = read_pdf(data, name, ocr=ocr, tell=tell)
    signatures, doubts = read_signatures(data)
    return replace(found, warnings=(*found.warnings, *doubts), signatures=signatures)


def _read_photo(data: bytes, name: str, ocr: bool, tell: Tell | None) -> Extracted:
    from nhipcau.reader.extract.pdf import read_pdf
    from nhipcau.reader.extract.photos import as_pdf, require_photo

    if not ocr:
        require_photo(data, name)
        return Extracted("", "ocr", unread=1)
    return read_pdf(as_pdf(data, name), name, tell=tell)
