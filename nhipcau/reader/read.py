"""From a text to a `Reading`: the readers of the single elements, in the order they need each other."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from pathlib import Path

from nhipcau.core.errors import UnreadableFile
from nhipcau.core.said import Said
from nhipcau.reader.confidence import doubt_scan
from nhipcau.reader.doubt import doubted, placed
from nhipcau.reader.duties.actors import Actors
from nhipcau.reader.duties.deadlines import read_deadlines
from nhipcau.reader.duties.obligations import read_obligations
from nhipcau.reader.duties.scopes import Scopes
from nhipcau.reader.elements.addressees import INVITATIONS, read_addressees
from nhipcau.reader.elements.citations import read_citations
from nhipcau.reader.elements.doctype import read_doc_type
from nhipcau.reader.elements.header import read_header
from nhipcau.reader.elements.recipients import read_recipients
from nhipcau.reader.elements.signer import read_signer
from nhipcau.reader.elements.subject import read_subject
from nhipcau.reader.extract import Extracted, Tell, extract
from nhipcau.reader.extract.parcels import Enclosed, unpack
from nhipcau.reader.language.times import make
from nhipcau.reader.model import Citation, Reading, TextSource
from nhipcau.reader.page.layout import Layout, lay_out
from nhipcau.reader.page.segments import paragraphs, sentences
from nhipcau.reader.warnings import warnings_of


def read_file(path: Path, *, tell: Tell | None = None) -> Reading:
    """Read one .txt, .docx, .doc or .pdf. Raises `UnreadableFile` or `MissingProgram`."""
    return read_bytes(_bytes(path), path.name, tell=tell)


def files_in(path: Path) -> tuple[Enclosed, ...]:
    """The file itself, or the files that an e-mail or archive brings. Raises `UnreadableFile`."""
    data = _bytes(path)
    return unpack(data, path.name) or (Enclosed(path.name, data),)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableFile(
            Said(
                f"Không có tệp “{path}”. Hãy kiểm tra lại tên và thư mục.",
                f"There is no file “{path}”. Check its name and folder.",
            )
        ) from error
    except OSError as error:
        raise UnreadableFile(
            Said(
                f"Không mở được tệp “{path}”: {error.strerror}. Hãy kiểm tra quyền đọc.",
                f"The file “{path}” cannot be opened: {error.strerror}. Check the right to read it.",
            )
        ) from error


def read_bytes(data: bytes, name: str, *, tell: Tell | None = None) -> Reading:
    """Read a file's contents; `name` serves messages. Raises `UnreadableFile` or `MissingProgram`.

    `tell` hears (pages done, pages to do) while scanned pages are recognised.
    """
    return read_extracted(extract(data, name, tell=tell))


def read_extracted(extracted: Extracted) -> Reading:
    """Read what `extract` found; values that stand on doubtful words of a scan are less sure."""
    reading = read_text(extracted.text, text_source=extracted.source)
    reading = dataclasses.replace(
        reading,
        warnings=(*extracted.warnings, *reading.warnings),
        signatures=extracted.signatures,
        pages=placed(extracted.pages, reading.text),
        stamps=extracted.stamps,
    )
    return doubted(reading)


def read_text(text: str, *, text_source: TextSource = "text") -> Reading:
    """Read a document from its text. Never raises on content: what is not found stays empty."""
    layout = lay_out(text)
    header = read_header(layout)
    doc_type = read_doc_type(layout, header.symbol)
    cited = read_citations(layout, header.number.value)
    signature = read_signer(layout)
    addressees = read_addressees(layout, doc_type.value)
    # A giấy mời lists the invited in its body; only "Kính gửi" stands before it.
    before_body = addressees[-1].span if addressees and doc_type.value not in INVITATIONS else None
    paras = paragraphs(layout, after=before_body[1] if before_body else 0)
    parts = sentences(layout, paras)
    subject = read_subject(layout, doc_type.value)
    anchor = _anchor(layout, header.date.value, cited)
    actors = Actors(layout, paras)
    limits = read_deadlines(layout, paras, parts, actors, anchor)
    scopes = Scopes(layout, paras, parts, subject.value)
    obligations, deadlines = read_obligations(layout, paras, parts, scopes, actors, limits)
    reading = Reading(
        text=layout.text,
        text_source=text_source,
        doc_type=doc_type,
        number=header.number,
        issuer=header.issuer,
        parent_issuer=header.parent,
        place=header.place,
        date=header.date,
        subject=subject,
        authority=signature.authority,
        title=signature.title,
        signer_name=signature.name,
        addressees=addressees,
        recipients=read_recipients(layout),
        cited=cited,
        deadlines=deadlines,
        obligations=obligations,
        warnings=tuple(warnings_of(layout, header, doc_type, subject, deadlines)),
    )
    return doubt_scan(reading) if text_source == "ocr" else reading


def _anchor(layout: Layout, date: str | None, cited: tuple[Citation, ...]) -> dt.date | None:
    """The day a missing year counts from: the document's, else its month, else the newest document cited."""
    if date:
        return dt.date.fromisoformat(date)
    for line in layout.head:
        found = re.search(r"(?<![\d ]-\d )(?<!-\d\d )thang\s*(\d{1,2})\s*nam\s*(\d{4})", line.plain)
        month = make(int(found[2]), int(found[1]), 1) if found else None
        if month:
            return month
    return max((c.date for c in cited if c.date), default=None)
