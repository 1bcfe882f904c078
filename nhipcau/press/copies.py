"""The sheet that makes a paper a copy: SAO Y, SAO LỤC or TRÍCH SAO (Decree 30/2020/NĐ-CP, Appendix I, Part II).

The block stands right behind the end of what is copied, under a rule across the page: form of the copy, the
copying body, number, place and day, authority, recipients. Of an excerpt the chosen parts stand above it;
a copy of the whole is the original's own pages with this sheet behind them (`press.joining`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from nhipcau.core.official import OfficialDocument
from nhipcau.press import docx, wordparts
from nhipcau.press.fonts import press_font
from nhipcau.press.letter import ISSUER_COLUMN_PT, QUOC_HIEU, TIEU_NGU, Letter, compose
from nhipcau.press.measure import line_width
from nhipcau.press.pdf import refuse_unprintable, typeset
from nhipcau.press.wordml import DECLARATION, NAMESPACES, cell, paragraph, row, run, table, zipped

TEMPLATE = Path(__file__).with_name("copies.typ")
OMITTED = "[…]"
SIGNED = "(Đã ký)"


@dataclass(frozen=True)
class Excerpt:
    """The head and signature of the letter copied from, and the parts chosen; lines of a part end with "\\n"."""

    letter: OfficialDocument
    parts: Sequence[str]


@dataclass(frozen=True)
class CopySheet:
    """`title`: "SAO Y", "SAO LỤC", "TRÍCH SAO". `by`: the copying body as the head of a letter without a body:
    issuer, number, place, day, recipients, signer. `excerpt` None for a copy of the whole."""

    title: str
    by: OfficialDocument
    excerpt: Excerpt | None = None


def to_pdf(sheet: CopySheet, *, cache: Path | None = None) -> bytes:
    """The sheet as PDF bytes, A4 upright. Raises as `pdf.to_pdf` does."""
    font = press_font(cache)
    data: dict[str, object] = {
        "family": font.family,
        "quoc_hieu": QUOC_HIEU,
        "tieu_ngu": TIEU_NGU,
        "title": sheet.title,
        "block": asdict(compose(sheet.by)),
        "source": asdict(_head(sheet.excerpt)) if sheet.excerpt else None,
        "parts": _parts(sheet.excerpt),
        "signed": SIGNED,
    }
    refuse_unprintable(data, font)
    return typeset(TEMPLATE, data, font, sheet.by.issued_on)


def to_docx(sheet: CopySheet) -> bytes:
    """The sheet as .docx bytes; the same sheet gives the same bytes. Raises as `docx.to_docx` does."""
    block = compose(sheet.by)
    content = [*_excerpt(sheet.excerpt), *_block(sheet.title, block)]
    body = f"{''.join(content)}{docx.section(landscape=False)}"
    return zipped(
        {
            **wordparts.STATIC,
            "docProps/core.xml": docx.core_properties(block, sheet.by.issued_on),
            "word/document.xml": f"{DECLARATION}<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
        }
    )


def _head(excerpt: Excerpt) -> Letter:
    return compose(excerpt.letter)


def _parts(excerpt: Excerpt | None) -> list[list[str]]:
    """The paragraphs of each part; what was left out between two parts is shown."""
    if excerpt is None:
        return []
    parts = [[line.strip() for line in part.split("\n") if line.strip()] for part in excerpt.parts]
    return [part for part in parts if part]


def _excerpt(excerpt: Excerpt | None) -> list[str]:
    if excerpt is None:
        return []
    letter = _head(excerpt)
    made = [docx.header(letter), *docx.opening(letter)]
    for number, part in enumerate(_parts(excerpt)):
        if number:
            made.append(paragraph(run(OMITTED, size=14), justify="center", before=6))
        made += [paragraph(run(line, size=14), justify="both", before=6, first=docx.INDENT) for line in part]
    lines = [*letter.signing.authority, SIGNED, letter.signing.name]
    made += [
        paragraph(
            run(line, size=14, bold=line != SIGNED, italic=line == SIGNED),
            justify="center",
            left=docx.SIGNATURE_LEFT,
        )
        for line in lines
        if line
    ]
    return made


def _block(title: str, block: Letter) -> list[str]:
    left, right = docx.HEADER_LEFT, docx.TEXT_WIDTH - docx.HEADER_LEFT
    issuer = [paragraph(run(line, size=12, bold=True), justify="center") for line in block.issuer]
    last = block.issuer[-1] if block.issuer else ""
    issuer.append(docx.rule_of(0.4 * min(line_width(last, 12, bold=True), ISSUER_COLUMN_PT), left))
    heads = [
        cell("".join(issuer), left),
        cell(paragraph(run(title, size=14, bold=True), justify="center"), right),
    ]
    under = [
        cell(paragraph(run(block.number, size=13), justify="center", before=4), left),
        cell(paragraph(run(block.date, size=13, italic=True), justify="center", before=4), right),
    ]
    return [
        paragraph(run("", size=2), before=12, rule=True),
        table([row(heads), row(under)], (left, right), ruled=False),
        docx.signature(block),
    ]
