"""The papers of a copy that was made: the sheet for Word, the whole copy to print, the electronic copy to sign."""

from __future__ import annotations

from nhipcau.core.clock import VN
from nhipcau.core.errors import Conflict, NotFound
from nhipcau.core.official import OfficialDocument, Signer
from nhipcau.documents.models import CopyForm, Document, MadeCopy
from nhipcau.documents.storing import files, media
from nhipcau.org.scope import Scope
from nhipcau.press.copies import CopySheet, Excerpt, to_docx, to_pdf
from nhipcau.press.joining import followed_by, marked

TITLES = {CopyForm.WHOLE: "SAO Y", CopyForm.AGAIN: "SAO LỤC", CopyForm.EXCERPT: "TRÍCH SAO"}


def made_copy(scope: Scope, copy: Document) -> MadeCopy:
    """What a copy (fetched through a scope) was made of. NotFound for any other document and any other unit."""
    made = MadeCopy.objects.select_related("document", "source__original").filter(document=copy).first()
    if made is None or copy.unit_id != scope.unit.pk:
        raise NotFound("Văn bản này không phải bản sao do đơn vị bạn thực hiện.")
    return made


def sheet_docx(made: MadeCopy) -> bytes:
    """The sheet as .docx, to be printed behind the original's last page; an excerpt stands on it."""
    return to_docx(_sheet(made))


def printed_copy(made: MadeCopy) -> bytes:
    """The copy to print and sign: the original's pages with the sheet behind them, where the original is a PDF;
    of an excerpt, and of any other original, the sheet."""
    sheet = to_pdf(_sheet(made))
    return followed_by(_original(made), sheet) if has_pages(made) else sheet


def electronic_copy(made: MadeCopy) -> bytes:
    """The original's pages with form, body and moment at the top right of the first; the body's digital signature
    goes there, made outside. Conflict unless the original is a PDF and the whole of it is copied."""
    if not has_pages(made):
        raise Conflict(
            "Bản sao điện tử cần bản gốc là tệp PDF (quét màu, từ 200 dpi, tỷ lệ 100%) và sao toàn bộ văn bản."
        )
    copy = made.document
    lines = [TITLES[CopyForm(made.form)], copy.issuer, copy.created_at.astimezone(VN).isoformat(timespec="seconds")]
    return marked(_original(made), lines)


def has_pages(made: MadeCopy) -> bool:
    """Whether the original's own pages can be copied."""
    original = made.source.original
    return made.form != CopyForm.EXCERPT and original is not None and original.media_type == media.PDF


def _original(made: MadeCopy) -> bytes:
    assert made.source.original is not None  # noqa: S101 - has_pages was asked
    return files.read(made.source.original)


def _sheet(made: MadeCopy) -> CopySheet:
    source = made.source
    parts = [source.text[a:b] for a, b in made.excerpt]
    excerpt = Excerpt(_head(source), parts) if made.form == CopyForm.EXCERPT else None
    return CopySheet(TITLES[CopyForm(made.form)], _head(made.document, block=True), excerpt)


def _head(letter: Document, *, block: bool = False) -> OfficialDocument:
    """Its identity and signature. A copy's own block has no kind or subject of its own."""
    return OfficialDocument(
        issuer=letter.issuer,
        doc_type="" if block else letter.doc_type,
        subject="" if block else letter.subject,
        body=(),
        parent_issuer=letter.parent_issuer or None,
        number=letter.number,
        place=letter.place or None,
        issued_on=letter.dated,
        recipients=tuple(letter.recipients) if block else (),
        signer=Signer(letter.signer_authority, letter.signer_title, letter.signer_name),
    )
