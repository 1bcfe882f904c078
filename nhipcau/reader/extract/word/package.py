"""A .docx as a package of XML parts, opened with limits: nothing in it may run, reach out or swell."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from lxml import etree

from nhipcau.core.errors import UnreadableFile
from nhipcau.core.said import Said
from nhipcau.reader.extract.found import EMBEDDED, MACRO, carried

_LARGEST = 50 * 2**20  # bytes of XML unpacked; pictures are never unpacked
_MOST_PARTS = 5_000
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
# What a damaged, locked or cunningly made package raises: RuntimeError for a password, NotImplementedError for an
# unknown compression.
_BROKEN = (
    zipfile.BadZipFile, etree.LxmlError, zlib.error, EOFError, KeyError, ValueError, RuntimeError,
    NotImplementedError, OSError,
)  # fmt: skip
_ACTIVE = (
    ("vbaproject.bin", MACRO),
    ("/activex/", Said("điều khiển ActiveX", "ActiveX controls")),
    ("/embeddings/", EMBEDDED),
    ("/afchunk", EMBEDDED),
)
_LINKED = Said("liên kết tự tải từ nơi khác", "links that load from elsewhere by themselves")
_LEAVE_OFF = Said("; đừng bật chúng khi mở tệp gốc", "; leave them off when opening the original")
_REMOTE = ("attachedTemplate", "oleObject", "frame", "subDocument", "image", "externalLink")


def w(tag: str) -> str:
    """The name of an element or attribute of WordprocessingML."""
    return f"{{{_W}}}{tag}"


def a(tag: str) -> str:
    """The name of an element of DrawingML."""
    return f"{{{_A}}}{tag}"


def whole(text: str | None, otherwise: int, most: int) -> int:
    """A count or index as the file gives it, from 0 to `most`; `otherwise` where it gives none that makes sense."""
    try:
        return min(max(int(text or otherwise), 0), most)
    except ValueError:
        return otherwise


class Package:
    """The parts of a .docx. Raises `UnreadableFile` for what is no Word file or is damaged or too large."""

    def __init__(self, data: bytes, name: str) -> None:
        self._name = name
        self._left = _LARGEST
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
            self._parts = {entry.filename for entry in self._archive.infolist()}
        except _BROKEN as error:
            raise self._damaged() from error
        if len(self._parts) > _MOST_PARTS:
            raise UnreadableFile(
                Said(
                    f"Tệp “{name}” có quá nhiều phần nên không được mở.",
                    f"The file “{name}” has too many parts to be opened.",
                )
            )
        self._main = next(self._targets("", "/officeDocument"), "word/document.xml")
        if self._main not in self._parts or not self._main.startswith("word/"):
            raise UnreadableFile(
                Said(
                    f"Tệp “{name}” không phải văn bản Word (.docx). Hãy lưu lại thành .docx hoặc PDF rồi gửi lại.",
                    f"The file “{name}” is no Word document (.docx). Save it as .docx or PDF and send that.",
                )
            )

    @property
    def document(self) -> Any:
        """The root of the main part."""
        return self._parsed(self._main)

    def related(self, kind: str) -> Any | None:
        """The root of the part that the main part names as "styles", "theme", "numbering" …; None without one."""
        target = next(self._targets(self._main, f"/{kind}"), None)
        return self._parsed(target) if target in self._parts else None

    def by_id(self, identity: str | None) -> Any | None:
        """The root of the part that the main part names by this relationship id."""
        for relation in self._relations(self._main):
            if relation.get("Id") == identity and relation.get("TargetMode") != "External":
                target = self._resolved(self._main, relation.get("Target", ""))
                return self._parsed(target) if target in self._parts else None
        return None

    def warnings(self) -> tuple[Said, ...]:
        """What the file carries besides its text that would act if it were opened in Word."""
        folded = [part.lower() for part in self._parts]
        found = dict.fromkeys(
            label for mark, label in _ACTIVE if any(mark in part or part.endswith(mark) for part in folded)
        )
        if any(
            relation.get("TargetMode") == "External" and relation.get("Type", "").endswith(_REMOTE)
            for relation in self._relations(self._main)
        ):
            found[_LINKED] = None
        return carried(found, _LEAVE_OFF)

    def _targets(self, part: str, kind: str) -> Iterator[str]:
        for relation in self._relations(part):
            if relation.get("Type", "").endswith(kind) and relation.get("TargetMode") != "External":
                yield self._resolved(part, relation.get("Target", ""))

    def _relations(self, part: str) -> list[Any]:
        folder, file = posixpath.split(part)
        listed = posixpath.join(folder, "_rels", f"{file}.rels")
        return list(self._parsed(listed)) if listed in self._parts else []

    @staticmethod
    def _resolved(part: str, target: str) -> str:
        return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")

    def _parsed(self, part: str) -> Any:
        """The root of a part, unpacked only as far as the limit for all parts allows."""
        try:
            with self._archive.open(part) as stream:
                data = stream.read(self._left + 1)
            self._left -= len(data)
            if self._left < 0:
                raise UnreadableFile(
                    Said(
                        f"Tệp “{self._name}” khi giải nén quá lớn nên không được mở.",
                        f"The file “{self._name}” is too large when unpacked to be opened.",
                    )
                )
            return self._rooted(data.replace(_STRICT.encode(), _W.encode()))
        except _BROKEN as error:
            raise self._damaged() from error

    def _rooted(self, data: bytes) -> Any:
        # No entities, no DTD, no network, no more than 256 levels: a Word file needs none of them.
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True,
            remove_pis=True,
        )  # fmt: skip
        root = etree.fromstring(data, parser)
        if root.getroottree().docinfo.doctype:
            raise ValueError("a Word part declares no document type")
        return root

    def _damaged(self) -> UnreadableFile:
        return UnreadableFile(
            Said(
                f"Tệp “{self._name}” bị hỏng, không mở được như văn bản Word. Hãy mở tệp gốc, lưu lại rồi gửi lại.",
                f"The file “{self._name}” is damaged and cannot be opened as a Word document. Open "
                "the original, save it and send it again.",
            )
        )
