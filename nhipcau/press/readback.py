"""`read_docx`: a Word file that somebody edited, as its blocks in order, every change accepted as if it stood.

Only what is printed is read: paragraphs with their automatic numbers, tables cell by cell. What cannot be taken
over (comments, pictures, notes, text in the margins) is named, so that nothing is lost unsaid.
Source: ISO/IEC 29500-1 (WordprocessingML); revisions 17.13.5, custom properties 22.3.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from lxml import etree

from nhipcau.core.errors import UnreadableFile
from nhipcau.core.said import Said
from nhipcau.press.wordparts import PROPERTY

_LARGEST = 50 * 2**20  # bytes unpacked
_MOST = 3_000  # blocks; a report has some hundred
_BROKEN = (
    zipfile.BadZipFile, PackageNotFoundError, etree.LxmlError, zlib.error, EOFError,
    KeyError, ValueError, RuntimeError, NotImplementedError, TypeError, AttributeError,
)  # fmt: skip
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_GONE = {qn(f"w:{name}") for name in ("del", "moveFrom", "pPr", "rPr", "instrText", "delText")} | {_FALLBACK}
_HOLDERS = {qn(f"w:{name}") for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")}
_REVISED = {qn(f"w:{name}") for name in ("ins", "del", "moveFrom", "moveTo")}
_NOTES = {qn("w:footnoteReference"), qn("w:endnoteReference")}
_PICTURES = {"{http://schemas.openxmlformats.org/drawingml/2006/picture}pic", qn("w:object"),
             "{urn:schemas-microsoft-com:vml}imagedata"}  # fmt: skip
_LETTERS = "abcdđeghiklmnopqrstuvxy"
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")


@dataclass(frozen=True)
class Text:
    """A paragraph, blanks collapsed; a line break inside it parts it into two."""

    text: str


@dataclass(frozen=True)
class Grid:
    """A table: rows of cells, the paragraphs of a cell parted by line breaks."""

    rows: tuple[tuple[str, ...], ...]


Item = Text | Grid


@dataclass(frozen=True)
class Edited:
    """What the file says. `marks` are the uids it carries; `aside` are its comments and deleted words, for the
    boundary; `margins` the words in its headers and footers; `lost` kinds of content that text cannot hold."""

    items: tuple[Item, ...]
    marks: frozenset[str]
    tracked: bool
    comments: int
    aside: str
    margins: tuple[str, ...]
    lost: tuple[str, ...]


def read_docx(data: bytes, name: str) -> Edited:
    """The blocks of the file in reading order, empty ones left out. Raises UnreadableFile (not Word, damaged,
    locked, unpacking to more than 50 MB, endless)."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if sum(entry.file_size for entry in package.infolist()) > _LARGEST:
                raise UnreadableFile(
                    Said(
                        f"Tệp “{name}” khi giải nén quá lớn nên không được mở.",
                        f"The file “{name}” is too large when unpacked to be opened.",
                    )
                )
            custom = package.read("docProps/custom.xml") if "docProps/custom.xml" in package.namelist() else b""
        document = Document(io.BytesIO(data))
        return _read(document, custom, name)
    except _BROKEN as error:
        raise UnreadableFile(
            Said(
                f"Tệp “{name}” bị hỏng hoặc có mật khẩu, không mở được như văn bản Word. "
                "Hãy mở tệp gốc, lưu lại thành .docx rồi gửi lại.",
                f"The file “{name}” is damaged or locked and cannot be opened as a Word document. "
                "Open the original, save it as .docx and send that.",
            )
        ) from error


def squeezed(text: str) -> str:
    """One line as it is compared: NFC, every kind of blank as one space, no invisible characters."""
    return " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFC", text)).split())


def _read(document: Any, custom: bytes, name: str) -> Edited:
    body = document.element.body
    walk = _Walk(document)
    items = []
    for item in walk.items(body):
        items.append(item)
        if len(items) > _MOST:
            raise UnreadableFile(
                Said(
                    f"Tệp “{name}” dài quá mức một báo cáo nên không được đọc.",
                    f"The file “{name}” is longer than a report can be, so it is not read.",
                )
            )
    tags = Counter(element.tag for element in body.iter() if isinstance(element.tag, str))
    return Edited(
        items=tuple(items),
        marks=frozenset(_marks(body, custom)),
        tracked=any(tags[tag] for tag in _REVISED),
        comments=tags[qn("w:commentReference")],
        aside="\n".join(_aside(document, body)),
        margins=tuple(_margins(document)),
        lost=tuple(_lost(tags)),
    )


def _marks(body: Any, custom: bytes) -> Iterator[str]:
    for bookmark in body.iter(qn("w:bookmarkStart")):
        name = bookmark.get(qn("w:name")) or ""
        if name.startswith("nc_"):
            yield name.removeprefix("nc_")
    if custom:
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        for entry in etree.fromstring(custom, parser):
            if entry.get("name") == PROPERTY:
                yield "".join(char for char in "".join(entry.itertext()) if char.isalnum())


def _aside(document: Any, body: Any) -> Iterator[str]:
    """Words that are in the file and not in what it prints: comments, deletions, notes."""
    yield "".join(node.text or "" for node in body.iter(qn("w:delText")))
    for relation in document.part.rels.values():
        if not relation.is_external and relation.reltype.endswith(("/comments", "/footnotes", "/endnotes")):
            root = etree.fromstring(relation.target_part.blob, etree.XMLParser(resolve_entities=False))
            yield "\n".join("".join(p.itertext()) for p in root.iter(qn("w:p")))


def _margins(document: Any) -> Iterator[str]:
    """Headers and footers with words in them; page numbers are the program's own."""
    for relation in document.part.rels.values():
        if not relation.is_external and relation.reltype.endswith(("/header", "/footer")):
            root = etree.fromstring(relation.target_part.blob, etree.XMLParser(resolve_entities=False))
            text = squeezed(" ".join(node.text or "" for node in root.iter(qn("w:t"))))
            if any(char.isalpha() for char in text):
                yield text


def _lost(tags: Counter[Any]) -> Iterator[str]:
    if any(tags[tag] for tag in _PICTURES):
        yield "hình"
    if any(tags[tag] for tag in _NOTES):
        yield "chú thích cuối trang"


class _Walk:
    """One pass over a document, counting its automatic numbers."""

    def __init__(self, document: Any) -> None:
        self._counts: Counter[tuple[str, int]] = Counter()
        self._formats = _number_formats(document)
        self._styles = {
            style.get(qn("w:styleId")): key
            for style in document.styles.element.iterchildren(qn("w:style"))
            if (key := _list_level(style.find(qn("w:pPr"))))
        }

    def items(self, parent: Any) -> Iterator[Item]:
        """Paragraphs and tables; a paragraph whose end was deleted runs on into the next."""
        open_text = ""
        for child in _blocks(parent):
            if child.tag == qn("w:tbl"):
                yield from _texts(open_text)
                open_text = ""
                rows = tuple(self._rows(child))
                if any(cell for row in rows for cell in row):
                    yield Grid(rows)
                continue
            text, boxes = _runs(child)
            open_text += self._number(child) + text if text.strip() and not open_text else text
            if child.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn('w:del')}") is None:
                yield from _texts(open_text)
                open_text = ""
            for box in boxes:
                yield from self.items(box)
        yield from _texts(open_text)

    def _rows(self, table: Any) -> Iterator[tuple[str, ...]]:
        for row in _children(table, qn("w:tr")):
            if row.find(f"{qn('w:trPr')}/{qn('w:del')}") is None:
                yield tuple(self._cell(cell) for cell in _children(row, qn("w:tc")))

    def _cell(self, cell: Any) -> str:
        lines: list[str] = []
        for item in self.items(cell):
            lines += [item.text] if isinstance(item, Text) else [" ".join(row) for row in item.rows]
        return "\n".join(lines)

    def _number(self, paragraph: Any) -> str:
        """The number or bullet Word would print before the paragraph."""
        own = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        key = _list_level(paragraph.find(qn("w:pPr"))) if own is not None else self._of_style(paragraph)
        kind = self._formats.get(key) if key else None
        if key is None or kind in (None, "none"):
            return ""
        self._counts[key] += 1
        for deeper in [k for k in self._counts if k[0] == key[0] and k[1] > key[1]]:
            del self._counts[deeper]
        count = self._counts[key]
        if kind == "bullet":
            return "- "
        return f"{_LETTERS[count - 1]}) " if kind == "lowerLetter" and count <= len(_LETTERS) else f"{count}. "

    def _of_style(self, paragraph: Any) -> tuple[str, int] | None:
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        return self._styles.get(style.get(qn("w:val"))) if style is not None else None


def _blocks(parent: Any) -> Iterator[Any]:
    """The paragraphs and tables of a body or cell, through whatever wraps them."""
    for child in parent.iterchildren():
        if child.tag in (qn("w:p"), qn("w:tbl")):
            yield child
        elif child.tag in _HOLDERS:
            yield from _blocks(child)


def _children(parent: Any, tag: str) -> Iterator[Any]:
    """Rows of a table or cells of a row, through whatever wraps them."""
    for child in parent.iterchildren():
        if child.tag == tag:
            yield child
        elif child.tag in _HOLDERS:
            yield from _children(child, tag)


def _texts(text: str) -> Iterator[Text]:
    for line in text.split("\n"):
        if squeezed(line):
            yield Text(squeezed(line))


def _runs(paragraph: Any) -> tuple[str, list[Any]]:
    """The text of a paragraph with insertions and without deletions, and its text boxes."""
    parts: list[str] = []
    boxes: list[Any] = []

    def visit(element: Any) -> None:
        for child in element.iterchildren():
            if child.tag == qn("w:t"):
                parts.append(child.text or "")
            elif child.tag in (qn("w:tab"), qn("w:ptab")) and element.tag == qn("w:r"):
                parts.append(" ")
            elif child.tag in (qn("w:br"), qn("w:cr")):
                parts.append("\n")
            elif child.tag == qn("w:noBreakHyphen"):
                parts.append("-")
            elif child.tag == qn("w:txbxContent"):
                boxes.append(child)
            elif child.tag not in _GONE:
                visit(child)

    visit(paragraph)
    return "".join(parts), boxes


def _list_level(properties: Any) -> tuple[str, int] | None:
    """(list, level) of a w:pPr, or None if it belongs to no list (list 0 takes it out of its style's)."""
    number = properties.find(f"{qn('w:numPr')}/{qn('w:numId')}") if properties is not None else None
    if number is None or number.get(qn("w:val")) == "0":
        return None
    level = properties.find(f"{qn('w:numPr')}/{qn('w:ilvl')}")
    return number.get(qn("w:val")), int(level.get(qn("w:val"))) if level is not None else 0


def _number_formats(document: Any) -> dict[tuple[str, int], str]:
    """(list, level) to the number format ("decimal", "bullet", …)."""
    parts = (rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/numbering"))
    part = next(parts, None)
    if part is None:
        return {}
    abstract = {
        node.get(qn("w:abstractNumId")): {
            int(level.get(qn("w:ilvl"))): kind.get(qn("w:val"))
            for level in node.iterchildren(qn("w:lvl"))
            if (kind := level.find(qn("w:numFmt"))) is not None
        }
        for node in part.element.iterchildren(qn("w:abstractNum"))
    }
    formats: dict[tuple[str, int], str] = {}
    for number in part.element.iterchildren(qn("w:num")):
        link = number.find(qn("w:abstractNumId"))
        for level, kind in abstract.get(link.get(qn("w:val")) if link is not None else "", {}).items():
            formats[number.get(qn("w:numId")), level] = kind
    return formats
