"""Text of a .docx in reading order: letterhead, paragraphs, tables, text boxes, footnotes, automatic numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from nhipcau.reader.extract.found import Extracted
from nhipcau.reader.extract.word.lists import Lists
from nhipcau.reader.extract.word.package import Package, w
from nhipcau.reader.extract.word.paragraphs import Paragraphs
from nhipcau.reader.extract.word.styles import Styles
from nhipcau.reader.extract.word.tables import row_lines
from nhipcau.reader.language.text import looks_upper, plain

_CONTAINERS = {w(tag) for tag in ("sdt", "sdtContent", "ins", "smartTag", "customXml", "moveTo")}
_LETTERHEAD = ("cong hoa xa hoi", "dang cong san", "doc lap")


def read_docx(data: bytes, name: str) -> Extracted:
    """Lines of text; a header or closing table keeps its columns side by side. Raises `UnreadableFile`."""
    package = Package(data, name)
    lines = list(_Walk(package).lines())
    return Extracted("\n".join(lines), "docx", package.warnings())


class _Walk:
    """One pass over a document."""

    def __init__(self, package: Package) -> None:
        self._package = package
        styles = Styles(package)
        self._lists = Lists(package, styles)
        self._paragraphs = Paragraphs(styles)
        self._notes = _notes(package)

    def lines(self) -> Iterator[str]:
        body = self._package.document.find(w("body"))
        if body is None:
            return
        found = list(self._blocks(body))
        yield from self._letterhead(body, plain("\n".join(found)))
        yield from found

    def _letterhead(self, body: Any, text: str) -> Iterator[str]:
        """The running header of page one, if it is where the letter's own header stands."""
        section = body.find(f".//{w('sectPr')}")
        for reference in section.iterchildren(w("headerReference")) if section is not None else ():
            if reference.get(w("type")) == "even":
                continue
            identity = next((value for key, value in reference.attrib.items() if key.endswith("}id")), None)
            root = self._package.by_id(identity)
            lines = list(self._blocks(root)) if root is not None else []
            if _is_letterhead(lines, text):
                yield from (line for line in lines if any(map(str.isalpha, line)))

    def _blocks(self, parent: Any) -> Iterator[str]:
        for child in parent.iterchildren():
            if child.tag == w("p"):
                yield from self._paragraph(child)
            elif child.tag == w("tbl"):
                yield from self._table(child)
            elif child.tag in _CONTAINERS:
                yield from self._blocks(child)

    def _paragraph(self, element: Any) -> Iterator[str]:
        found = self._paragraphs.read(element)
        for box in found.boxes:
            yield from self._blocks(box)
        lines = found.text.split("\n")
        yield self._lists.mark(element) + lines[0] if lines[0].strip() else lines[0]
        yield from lines[1:]
        for note in found.notes:
            if note in self._notes:
                text = " ".join(" ".join(self._blocks(self._notes.pop(note))).split())
                yield f"Chú thích: {text}"

    def _table(self, table: Any) -> Iterator[str]:
        rows = [[(cell, list(self._blocks(cell))) for cell in _cells(row)] for row in _rows(table)]
        yield from row_lines(rows)


def _rows(table: Any) -> Iterator[Any]:
    for child in table.iterchildren():
        if child.tag == w("tr"):
            yield child
        elif child.tag in _CONTAINERS:
            yield from _rows(child)


def _cells(row: Any) -> Iterator[Any]:
    for child in row.iterchildren():
        if child.tag == w("tc"):
            yield child
        elif child.tag in _CONTAINERS:
            yield from _cells(child)


def _is_letterhead(lines: list[str], body: str) -> bool:
    """The nation's name, or an organisation's in capitals that the body does not print itself."""
    folded = plain("\n".join(lines))
    if any(mark in folded for mark in _LETTERHEAD):
        return True
    names = [line.strip() for line in lines if looks_upper(line)]
    return bool(names) and not any(plain(name) in body for name in names)


def _notes(package: Package) -> dict[tuple[str, str], Any]:
    """(kind, id) to the element of a footnote or endnote; the rule above them is none."""
    found = {}
    for kind in ("footnote", "endnote"):
        root = package.related(f"{kind}s")
        for note in root.iterchildren(w(kind)) if root is not None else ():
            if note.get(w("type")) in (None, "normal"):
                found[kind, note.get(w("id"))] = note
    return found
