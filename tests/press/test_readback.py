"""An edited Word file as its blocks: what Word and LibreOffice write, and what must not be lost unsaid."""

from __future__ import annotations

import io
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from nhipcau.core.errors import UnreadableFile
from nhipcau.press.docx import to_docx
from nhipcau.press.readback import Edited, Grid, Text, read_docx
from nhipcau.press.wordml import zipped
from tests.press.samples import report

MARK = "0192aaaa-bbbb-7ccc-8ddd-eeeeffff0001"
BARE = MARK.replace("-", "")


def edited(change: Callable[[Any], object], data: bytes | None = None) -> Edited:
    """Our file after `change` was made to it in an editor."""
    document = docx.Document(io.BytesIO(data or to_docx(report(), mark=MARK)))
    change(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return read_docx(buffer.getvalue(), "sua.docx")


def texts(found: Edited) -> list[str]:
    return [item.text for item in found.items if isinstance(item, Text)]


def put(document: Any, xml: str) -> None:
    """A paragraph of that content after the first body paragraph."""
    first = document.element.body.findall(".//{*}p")[-1]
    first.addprevious(parse_xml(f"<w:p {nsdecls('w')}>{xml}</w:p>"))


def test_our_own_file_carries_its_mark_twice_and_the_same_bytes() -> None:
    data = to_docx(report(), mark=MARK)
    assert data == to_docx(report(), mark=MARK)
    assert read_docx(data, "a.docx").marks == {BARE}
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert MARK in package.read("docProps/custom.xml").decode()
        assert f"nc_{BARE}" in package.read("word/document.xml").decode()
    assert read_docx(to_docx(report()), "a.docx").marks == frozenset()


@pytest.mark.needs_program("soffice")
def test_libreoffice_saves_our_file_without_a_change(tmp_path: Path) -> None:
    ours = to_docx(report(rows=30), mark=MARK)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "thu.docx").write_bytes(ours)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "in" / "thu.docx")], check=True, capture_output=True, timeout=120)
    saved = (tmp_path / "thu.docx").read_bytes()
    assert saved != ours
    assert read_docx(saved, "thu.docx") == read_docx(ours, "thu.docx")


def test_tables_keep_their_cells_and_paragraphs_their_words() -> None:
    found = read_docx(to_docx(report(), mark=MARK), "a.docx")
    grids = [item for item in found.items if isinstance(item, Grid)]
    assert any("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc" in row for row in grids[0].rows)
    assert not (found.tracked or found.comments or found.margins or found.lost)


def test_tracked_changes_are_read_as_accepted() -> None:
    run = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>"
    xml = (
        run.format("Đã trao ")
        + f"<w:ins w:id='1' w:author='a'>{run.format('đủ ')}</w:ins>"
        + "<w:del w:id='2' w:author='a'><w:r><w:delText>thiếu </w:delText></w:r></w:del>"
        + f"<w:moveFrom w:id='3' w:author='a'>{run.format('cũ ')}</w:moveFrom>"
        + run.format("quà.")
    )
    found = edited(lambda document: put(document, xml))
    assert "Đã trao đủ quà." in texts(found)
    assert found.tracked
    assert "thiếu" in found.aside


def test_a_paragraph_whose_end_was_deleted_runs_on() -> None:
    gone = "<w:pPr><w:rPr><w:del w:id='1' w:author='a'/></w:rPr></w:pPr><w:r><w:t>Một câu,</w:t></w:r>"

    def change(document: Any) -> None:
        put(document, gone)
        put(document, "<w:r><w:t xml:space='preserve'> nối tiếp.</w:t></w:r>")

    assert "Một câu, nối tiếp." in texts(edited(change))


def test_bullets_become_dashes_and_line_breaks_paragraphs() -> None:
    def change(document: Any) -> None:
        put(document, "<w:r><w:t>Dòng một</w:t><w:br/><w:t>Dòng hai</w:t></w:r>")

    assert {"Dòng một", "Dòng hai"} <= set(texts(edited(change)))
    listed = docx.Document()
    for text in ("Việc một", "Việc hai"):
        listed.add_paragraph(text, style="List Bullet")
    listed.add_paragraph("Bước", style="List Number")
    buffer = io.BytesIO()
    listed.save(buffer)
    assert texts(read_docx(buffer.getvalue(), "a.docx")) == ["- Việc một", "- Việc hai", "1. Bước"]


def test_what_text_cannot_hold_is_named() -> None:
    picture = (
        "<w:r><w:drawing><pic:pic xmlns:pic='http://schemas.openxmlformats.org/drawingml/2006/picture'/>"
        "</w:drawing></w:r>"
    )

    def change(document: Any) -> None:
        put(document, picture)
        put(document, "<w:r><w:footnoteReference w:id='2'/></w:r>")
        put(document, "<w:r><w:commentReference w:id='1'/></w:r>")
        document.sections[0].header.paragraphs[0].add_run("Bản chỉnh lý")

    found = edited(change)
    assert found.lost == ("hình", "chú thích cuối trang")
    assert found.comments == 1
    assert any("Bản chỉnh lý" in text for text in found.margins)


def test_text_boxes_are_read_once() -> None:
    box = (
        "<w:r><mc:AlternateContent xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'>"
        "<mc:Choice Requires='wps'><w:txbxContent><w:p><w:r><w:t>Trong hộp</w:t></w:r></w:p></w:txbxContent>"
        "</mc:Choice><mc:Fallback><w:txbxContent><w:p><w:r><w:t>Trong hộp</w:t></w:r></w:p></w:txbxContent>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert texts(edited(lambda document: put(document, box))).count("Trong hộp") == 1


def bomb() -> bytes:
    return zipped({"word/document.xml": "a" * (51 * 2**20)})


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"khong phai zip", "bị hỏng"),
        (to_docx(report())[:2000], "bị hỏng"),
        (zipped({"word/document.xml": "<x/>"}), "bị hỏng"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "mật khẩu"),
    ],
)
def test_what_is_no_word_file_is_said_plainly(data: bytes, says: str) -> None:
    with pytest.raises(UnreadableFile, match=says):
        read_docx(data, "la.docx")


def test_a_file_that_unpacks_without_end_is_not_opened() -> None:
    with pytest.raises(UnreadableFile, match="quá lớn"):
        read_docx(bomb(), "bom.docx")


def test_a_file_of_endless_paragraphs_is_given_up() -> None:
    lines = "<w:r>" + "<w:t>một dòng</w:t><w:br/>" * 3100 + "</w:r>"
    with pytest.raises(UnreadableFile, match="quá mức"):
        edited(lambda document: put(document, lines))
