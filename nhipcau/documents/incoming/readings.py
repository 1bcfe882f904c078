"""The reader's findings as kept with a letter: per field its value, how sure, why, and where it stands."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from nhipcau.boundary import scope_of
from nhipcau.core.said import Said, packed
from nhipcau.documents.incoming.copyblock import copy_block
from nhipcau.documents.lineage.citekinds import kind_of
from nhipcau.documents.models import Citation, Document, longest
from nhipcau.documents.numbering import key
from nhipcau.reader.model import Field, Reading


def kept(reading: Reading) -> dict[str, Any]:
    """The reading as JSON: every field as {value, confidence, why, span}; the text itself is kept apart."""
    body = dataclasses.asdict(reading)
    for apart in ("text", "pages", "stamps"):
        body.pop(apart)
    return {name: _plain(value) for name, value in body.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Said):
        return packed(value)
    return value.isoformat() if isinstance(value, dt.date) else value


def fill(document: Document, reading: Reading) -> None:
    """Put the values found into the document's fields, cut to their length; a person confirms them later."""
    scalars = {
        "doc_type": reading.doc_type,
        "number": reading.number,
        "issuer": reading.issuer,
        "parent_issuer": reading.parent_issuer,
        "place": reading.place,
        "signer_authority": reading.authority,
        "signer_title": reading.title,
        "signer_name": reading.signer_name,
    }
    for name, field in scalars.items():
        setattr(document, name, (field.value or "")[: longest(name)])
    document.number_key = key(document.number)
    document.dated = reading.issued_on
    document.subject = reading.subject.value or ""
    document.addressees = _values(reading.addressees)
    document.recipients = _values(reading.recipients)
    document.text, document.text_source = reading.text, reading.text_source
    _note_copy(document)
    document.reading = kept(reading)
    document.scope = scope_of_letter(reading)


def _note_copy(document: Document) -> None:
    """What came in may be a copy; its own number is never taken for the number of the letter."""
    block = copy_block(document.text)
    document.copied_as, document.copied_number = (block.form, block.number) if block else ("", "")
    if block and block.number and key(block.number) == document.number_key:
        document.number = document.number_key = ""


def scope_of_letter(reading: Reading) -> str:
    """`outside` if everything asked is outside (or nothing is asked and the subject is); `in` if all is in."""
    subject = scope_of(reading.subject.value or "")
    scopes = {obligation.scope for obligation in reading.obligations} or {subject}
    if scopes == {"outside"}:
        return "outside"
    return "in" if scopes == {"in"} and subject == "in" else "review"


def citations(document: Document, reading: Reading) -> list[Citation]:
    """One row for each document cited, not yet saved; the same symbol counts once."""
    length = 80
    rows = {
        cited.symbol[:length]: Citation(
            document=document,
            symbol=cited.symbol[:length],
            symbol_key=key(cited.symbol)[:length],
            dated=cited.date,
            issuer=(cited.issuer or "")[:250],
            kind=kind_of(reading.text, cited.span[0]),
        )
        for cited in reading.cited
        if key(cited.symbol) != document.number_key
    }
    return list(rows.values())


def _values(fields: tuple[Field, ...]) -> list[str]:
    return [field.value for field in fields if field.value]
