"""Reading the press's output back, for the tests."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import unicodedata
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pypdfium2 as pdfium

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def pages(pdf: bytes) -> list[str]:
    """The text of each page as pdfium reads it, NFC as found (not normalised here)."""
    document = pdfium.PdfDocument(pdf)
    return [page.get_textpage().get_text_bounded() for page in document]


def page_sizes_mm(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height of each page in millimetres."""
    sizes = (page.get_size() for page in pdfium.PdfDocument(pdf))
    return [(width / 72 * 25.4, height / 72 * 25.4) for width, height in sizes]


def ink_box_mm(pdf: bytes, page: int) -> tuple[float, float, float, float]:
    """Left, right, top and bottom edges of the text of a page, in mm from the left and the top."""
    sheet = pdfium.PdfDocument(pdf)[page]
    height = sheet.get_height()
    boxes = [item.get_bounds() for item in sheet.get_objects()]
    left, bottom, right, top = (
        min(b[0] for b in boxes),
        min(b[1] for b in boxes),
        max(b[2] for b in boxes),
        max(b[3] for b in boxes),
    )
    return tuple(value / 72 * 25.4 for value in (left, right, height - top, height - bottom))


def fonts(pdf: bytes) -> set[str]:
    """Base names of every font used, without the subset tag ("ABCDEF+")."""
    names = set()
    for page in pdfium.PdfDocument(pdf):
        for item in page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_TEXT]):
            names.add(re.sub(r"^[A-Z]{6}\+", "", item.get_font().get_base_name()))
    return names


def part(docx: bytes, name: str) -> ElementTree.Element:
    """One XML part of the package."""
    return ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(docx)).read(name))


def paragraphs(docx: bytes) -> list[str]:
    """The text of every paragraph of the .docx in document order; cells included."""
    texts = []
    for paragraph in part(docx, "word/document.xml").iter(f"{W}p"):
        nodes = (n for n in paragraph.iter() if n.tag in {f"{W}t", f"{W}br"})
        texts.append("".join("\n" if n.tag == f"{W}br" else n.text or "" for n in nodes))
    return texts


def squeezed(text: str) -> str:
    """Text without any blank and case, NFC: what must survive every way of breaking lines."""
    text = text.replace("\ufffe", "-").replace("\u200b", "")
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text)).casefold()


def through_libreoffice(docx: bytes, folder: Path) -> bytes:
    """The .docx as LibreOffice prints it; a profile of its own, since two runs on one profile collide."""
    source = folder / "letter.docx"
    source.write_bytes(docx)
    program = shutil.which("soffice") or shutil.which("libreoffice") or "soffice"
    subprocess.run(
        [
            program,
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            str(source),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return (folder / "letter.pdf").read_bytes()
