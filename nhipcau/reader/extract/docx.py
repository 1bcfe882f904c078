"""Text of a .docx in reading order: running header, paragraphs, tables, text boxes, automatic numbers."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from lxml.etree import LxmlError

from nhipcau.core.errors import UnreadableFile
from nhipcau.reader.text import plain

_LARGEST = 50 * 2**20  # bytes unpacked
# What a damaged, locked or cunningly made package raises: RuntimeError for a password, NotImplementedError for
# an unknown compression, TypeError and AttributeError for parts of another kind than they claim to be.
_BROKEN = (
    zipfile.BadZipFile, PackageNotFoundError, LxmlError, zlib.error, EOFError,
    KeyError, ValueError, RuntimeError, NotImplementedError, TypeError, AttributeError,
)  # fmt: skip
_COLUMN = 70  # where the right cell of a header or closing table is put
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LAYOUT_WORDS = (
    "cong hoa xa hoi",
    "doc lap",
    "noi nhan",
    "kinh gui",
    "tm.",
    "kt.",
    "tl.",
    "tuq.",
    "so:",
    "dang cong san",
)


def read_docx(data: bytes, name: str) -> str:
    """Lines of text; a header or closing table keeps its columns side by side. Raises `UnreadableFile`."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if sum(entry.file_size for entry in archive.infolist()) > _LARGEST:
                raise UnreadableFile(f"Tệp “{name}” khi giải nén quá lớn nên không được mở.")
        if "word/document.xml" not in names:
            raise UnreadableFile(
                f"Tệp “{name}” không phải văn bản Word (.docx). Hãy lưu lại thành .docx hoặc PDF rồi gửi lại."
            )
        document = Document(io.BytesIO(data))
        return "\n".join(_Walk(document).lines())
    except _BROKEN as error:
        raise UnreadableFile(
            f"Tệp “{name}” bị hỏng, không mở được như văn bản Word. Hãy mở tệp gốc, lưu lại rồi gửi lại."
        ) from error


class _Walk:
    """One pass over a document, counting its automatic numbers."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._counts: Counter[tuple[str, int]] = Counter()
        self._formats = _number_formats(document)
        self._styles = {
            style.get(qn("w:styleId")): key
            for style in document.styles.element.iterchildren(qn("w:style"))
            if (key := _list_level(style.find(qn("w:pPr"))))
        }

    def lines(self) -> Iterator[str]:
        for section in self._document.sections[:1]:
            for header in (section.first_page_header, section.header):
                if not header.is_linked_to_previous:
                    yield from (line for line in self._blocks(header._element) if any(c.isalpha() for c in line))
        yield from self._blocks(self._document.element.body)

    def _blocks(self, parent: Any) -> Iterator[str]:
        for child in parent.iterchildren():
            if child.tag == qn("w:p"):
                yield from self._paragraph(child)
            elif child.tag == qn("w:tbl"):
                yield from self._table(child)
            elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:smartTag")):
                yield from self._blocks(child)

    def _paragraph(self, element: Any) -> Iterator[str]:
        text, boxes = _runs(element)
        for box in boxes:
            yield from self._blocks(box)
        lines = text.split("\n")
        yield self._number(element) + lines[0] if lines[0].strip() else lines[0]
        yield from lines[1:]

    def _table(self, table: Any) -> Iterator[str]:
        rows = [
            [list(self._blocks(cell)) for cell in row.iterchildren(qn("w:tc"))]
            for row in table.iterchildren(qn("w:tr"))
        ]
        for row in rows:
            if len(row) <= 3 and _is_layout(row):
                for cells in zip_longest(*row, fillvalue=""):
                    left, *others = (cell.strip() for cell in cells)
                    right = " ".join(cell for cell in others if cell)
                    yield f"{left:<{_COLUMN}}|{right}" if right else left
            else:
                yield " | ".join(" ".join(" ".join(cell).split()) for cell in row)

    def _number(self, paragraph: Any) -> str:
        """The number or bullet Word would print before the paragraph."""
        key = _list_level(paragraph.find(qn("w:pPr"))) or self._of_style(paragraph)
        kind = self._formats.get(key) if key else None
        if key is None or kind is None:
            return ""
        self._counts[key] += 1
        for other in [k for k in self._counts if k[0] == key[0] and k[1] > key[1]]:
            del self._counts[other]  # a deeper level starts anew
        return _printed(kind, self._counts[key])

    def _of_style(self, paragraph: Any) -> tuple[str, int] | None:
        """Lists set by a paragraph style ("List Bullet")."""
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        return self._styles.get(style.get(qn("w:val"))) if style is not None else None


def _list_level(properties: Any) -> tuple[str, int] | None:
    """(list, level) of a w:pPr, or None if it belongs to no list."""
    found = properties.find(qn("w:numPr")) if properties is not None else None
    number = found.find(qn("w:numId")) if found is not None else None
    if found is None or number is None:
        return None
    level = found.find(qn("w:ilvl"))
    return number.get(qn("w:val")), int(level.get(qn("w:val"))) if level is not None else 0


def _runs(paragraph: Any) -> tuple[str, list[Any]]:
    """Text of a paragraph and its text boxes; old copies of boxes (mc:Fallback) and deletions are skipped."""
    parts: list[str] = []
    boxes: list[Any] = []

    def visit(element: Any) -> None:
        for child in element.iterchildren():
            if child.tag == qn("w:t"):
                parts.append(child.text or "")
            elif child.tag in (qn("w:tab"), qn("w:ptab")) and element.tag == qn("w:r"):
                parts.append("\t")
            elif child.tag in (qn("w:br"), qn("w:cr")):
                parts.append("\n")
            elif child.tag == qn("w:noBreakHyphen"):
                parts.append("-")
            elif child.tag == qn("w:txbxContent"):
                boxes.append(child)
            elif child.tag not in (_FALLBACK, qn("w:del"), qn("w:pPr"), qn("w:rPr"), qn("w:instrText")):
                visit(child)

    visit(paragraph)
    return "".join(parts), boxes


def _is_layout(row: list[list[str]]) -> bool:
    """A row of the borderless tables that hold header and closing, not of a table of data."""
    folded = plain(" ".join(line for cell in row for line in cell))
    return any(word in folded for word in _LAYOUT_WORDS)


def _number_formats(document: Any) -> dict[tuple[str, int], str]:
    """(numId, level) to the number format ("decimal", "bullet", …)."""
    part = next(
        (rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/numbering")), None
    )
    if part is None:
        return {}
    root = part.element
    abstract = {
        node.get(qn("w:abstractNumId")): {
            int(level.get(qn("w:ilvl"))): fmt.get(qn("w:val"))
            for level in node.iterchildren(qn("w:lvl"))
            if (fmt := level.find(qn("w:numFmt"))) is not None
        }
        for node in root.iterchildren(qn("w:abstractNum"))
    }
    formats: dict[tuple[str, int], str] = {}
    for number in root.iterchildren(qn("w:num")):
        link = number.find(qn("w:abstractNumId"))
        for level, kind in abstract.get(link.get(qn("w:val")) if link is not None else "", {}).items():
            formats[number.get(qn("w:numId")), level] = kind
    return formats


_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_LETTERS = "abcdđeghiklmnopqrstuvxy"


def _printed(kind: str, count: int) -> str:
    if kind == "bullet":
        return "- "
    if kind in ("lowerLetter", "upperLetter") and count <= len(_LETTERS):
        return f"{_LETTERS[count - 1]}) "
    if kind in ("upperRoman", "lowerRoman") and count <= len(_ROMAN):
        return f"{_ROMAN[count - 1]}. "
    return "" if kind == "none" else f"{count}. "
