"""Invented letters typeset as offices do: header and closing as tables, tabs or text boxes, tasks in tables."""

from __future__ import annotations

import io
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt
from viparse.normalize.encodings import get_charmap

Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Letter:
    """What a letter says; a body item that is a tuple of rows is a ruled table."""

    issuer: tuple[str, ...]
    number: str
    date: str
    body: tuple[str | Rows, ...]
    recipients: tuple[str, ...]
    sign: tuple[str, ...]
    name: str
    kind: str = ""  # "" for a công văn
    subject: str = ""
    addressees: tuple[str, ...] = ()

    @property
    def left(self) -> list[str]:
        below = [] if self.kind else [f"V/v {self.subject}"]
        return [*self.issuer, f"Số: {self.number}", *below]

    @property
    def right(self) -> list[str]:
        return ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", self.date]

    @property
    def addressed(self) -> list[str]:
        if len(self.addressees) > 1:
            return ["Kính gửi:", *_listed(self.addressees)]
        return [f"Kính gửi: {one}." for one in self.addressees]

    @property
    def end_left(self) -> list[str]:
        return ["Nơi nhận:", *_listed(self.recipients)]

    @property
    def end_right(self) -> list[str]:
        return [*self.sign, "", "", self.name]


def _listed(items: Sequence[str]) -> list[str]:
    return [*(f"- {one};" for one in items[:-1]), f"- {items[-1]}."]


def as_text(letter: Letter) -> str:
    """The letter as text with its columns side by side."""
    lines = _beside(letter.left, letter.right)
    if letter.kind:
        lines += ["", f"{letter.kind:^90}", f"{letter.subject:^90}"]
    lines += ["", *letter.addressed, ""]
    for part in letter.body:
        lines += [part] if isinstance(part, str) else [" | ".join(row) for row in part]
    return "\n".join([*lines, "", *_beside(letter.end_left, letter.end_right)])


def _beside(left: list[str], right: list[str]) -> list[str]:
    height = max(len(left), len(right))
    columns = [text + [""] * (height - len(text)) for text in (left, right)]
    return [f"{one:<60}{other}".rstrip() for one, other in zip(*columns, strict=True)]


class Office:
    """An office that sets header and closing as borderless tables, in Times New Roman, by hand-typed numbers."""

    font = "Times New Roman"
    landscape = False

    def typeset(self, letter: Letter) -> bytes:
        """The letter as a .docx."""
        self.document = Document()
        self._page()
        self.head(letter.left, letter.right)
        for text in (letter.kind, letter.subject) if letter.kind else ():
            self.paragraph(text).alignment = WD_ALIGN_PARAGRAPH.CENTER
        for text in letter.addressed:
            self.paragraph(text)
        for part in letter.body:
            if isinstance(part, str):
                self.item(part)
            else:
                self.ruled(part)
        self.paragraph("")
        self.end(letter.end_left, letter.end_right)
        self.paragraph("")  # a table is never the last thing in a file that Word wrote
        return saved(self.document)

    def write(self, paragraph: Any, text: str) -> Any:
        """Text in the office's font."""
        run = paragraph.add_run(text)
        run.font.name, run.font.size = self.font, Pt(11)
        return paragraph

    def paragraph(self, text: str) -> Any:
        return self.write(self.document.add_paragraph(), text)

    def head(self, left: list[str], right: list[str]) -> None:
        self.beside(self.document.add_table(rows=1, cols=2), left, right)

    end = head

    def beside(self, table: Any, left: list[str], right: list[str]) -> None:
        """Left and right lines in the outer cells, each line a paragraph."""
        for cell, lines in ((table.cell(0, 0), left), (table.rows[0].cells[-1], right)):
            for index, text in enumerate(lines):
                paragraph = cell.paragraphs[0] if index == 0 else cell.add_paragraph()
                self.write(paragraph, text).alignment = WD_ALIGN_PARAGRAPH.CENTER

    def item(self, text: str) -> None:
        self.paragraph(text)

    def ruled(self, rows: Rows) -> None:
        table = self.document.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
        for cells, row in zip(table.rows, rows, strict=True):
            for cell, text in zip(cells.cells, row, strict=True):
                self.write(cell.paragraphs[0], text)

    def _page(self) -> None:
        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin, section.right_margin = Cm(3), Cm(1.5)
        if self.landscape:
            section.orientation = WD_ORIENT.LANDSCAPE
            section.page_width, section.page_height = section.page_height, section.page_width


class Tabbed(Office):
    """Header and closing by tab stops."""

    def head(self, left: list[str], right: list[str]) -> None:
        for row in range(max(len(left), len(right))):
            one, other = (side[row] if row < len(side) else "" for side in (left, right))
            paragraph = self.paragraph(f"{one}\t{other}" if other else one)
            paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(8))

    end = head


class Spread(Office):
    """A gap column in the middle, the page in landscape."""

    landscape = True

    def head(self, left: list[str], right: list[str]) -> None:
        self.beside(self.document.add_table(rows=1, cols=3), left, right)


class Rowed(Office):
    """Each line of header and closing a row of its own."""

    def head(self, left: list[str], right: list[str]) -> None:
        table = self.document.add_table(rows=max(len(left), len(right)), cols=2)
        for side, lines in enumerate((left, right)):
            for row, text in enumerate(lines):
                self.write(table.cell(row, side).paragraphs[0], text)

    end = head


class Boxed(Office):
    """The header in two text boxes beside each other, the right one first in the file."""

    def head(self, left: list[str], right: list[str]) -> None:
        paragraph = self.document.add_paragraph()
        for lines, offset in ((right, 3_000_000), (left, 0)):
            paragraph._p.append(_box(lines, offset))


class Headed(Office):
    """The header stands in the running header of the first page."""

    def head(self, left: list[str], right: list[str]) -> None:
        self.document.sections[0].different_first_page_header_footer = True
        header = self.document.sections[0].first_page_header
        self.beside(header.add_table(1, 2, Cm(16)), left, right)


class Counted(Office):
    """Word numbers the items."""

    def item(self, text: str) -> None:
        head, _, rest = text.partition(" ")
        style = {"1.": "List Number", "2.": "List Number", "3.": "List Number", "-": "List Bullet"}.get(head)
        if style is None:
            self.paragraph(text)
        else:
            self.write(self.document.add_paragraph(style=style), rest)


class Shouting(Office):
    """Capitals are a property of the letters, not typed."""

    def write(self, paragraph: Any, text: str) -> Any:
        written = super().write(paragraph, text.capitalize() if text.isupper() else text)
        if text.isupper():
            written.runs[-1].font.all_caps = True
        return written


class Numbered(Office):
    """Page numbers above, a running line below."""

    def typeset(self, letter: Letter) -> bytes:
        self.letter = letter
        return super().typeset(letter)

    def _page(self) -> None:
        super()._page()
        section = self.document.sections[0]
        number = section.header.paragraphs[0]
        number.alignment = WD_ALIGN_PARAGRAPH.CENTER
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), "PAGE")
        number._p.append(field)
        self.write(section.footer.paragraphs[0], "Văn phòng điện tử - bản in từ hệ thống")


class Old(Office):
    """An old encoding, each run in its font; names in capitals are drawn by a font of capitals."""

    def __init__(self, encoding: str, font: str, capitals: str) -> None:
        self.encoding, self.font, self._capitals = encoding, font, capitals

    def write(self, paragraph: Any, text: str) -> Any:
        drawn = text.isupper() and self._capitals != self.font
        run = paragraph.add_run(encoded(text.lower() if drawn else text, self.encoding))
        name = self._capitals if drawn else self.font
        run.font.name, run.font.size = name, Pt(9)  # other fonts stand in; they are wider
        return paragraph


def encoded(text: str, encoding: str) -> str:
    """The codes an old font draws as this text; TCVN3 has most letters in small only."""
    codes = {drawn: code for code, drawn in reversed(get_charmap(encoding).pairs)}
    return "".join(codes.get(char) or codes.get(char.lower(), char) for char in text)


def _box(lines: list[str], offset: int) -> Any:
    names = (
        nsdecls("w", "wp", "a") + ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    )
    inner = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
    return parse_xml(
        f"<w:r {names}><w:drawing><wp:anchor distT='0' distB='0' distL='0' distR='0' simplePos='0' "
        "relativeHeight='1' behindDoc='0' locked='0' layoutInCell='1' allowOverlap='1'>"
        "<wp:simplePos x='0' y='0'/>"
        f"<wp:positionH relativeFrom='margin'><wp:posOffset>{offset}</wp:posOffset></wp:positionH>"
        "<wp:positionV relativeFrom='margin'><wp:posOffset>0</wp:posOffset></wp:positionV>"
        "<wp:extent cx='2900000' cy='1600000'/><wp:wrapTopAndBottom/>"
        f"<wp:docPr id='{offset // 1_000_000 + 1}' name='khung'/>"
        "<a:graphic><a:graphicData uri='http://schemas.microsoft.com/office/word/2010/wordprocessingShape'><wps:wsp>"
        "<wps:cNvSpPr txBox='1'/><wps:spPr><a:xfrm><a:off x='0' y='0'/><a:ext cx='2900000' cy='1600000'/></a:xfrm>"
        "<a:prstGeom prst='rect'><a:avLst/></a:prstGeom></wps:spPr>"
        f"<wps:txbx><w:txbxContent>{inner}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData>"
        "</a:graphic></wp:anchor></w:drawing></w:r>"
    )


def saved(document: Any) -> bytes:
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def converted(files: dict[str, bytes], kind: str) -> dict[str, bytes]:
    """.docx files by name as "pdf" or "doc", in one run of LibreOffice."""
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for name, data in files.items():
            paths.append(Path(folder) / f"{name}.docx")
            paths[-1].write_bytes(data)
        command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to"]
        command += [{"doc": "doc:MS Word 97", "pdf": "pdf"}[kind], "--outdir", folder, *map(str, paths)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        return {name: (Path(folder) / f"{name}.{kind}").read_bytes() for name in files}


OFFICES: dict[str, Callable[[], Office]] = {
    "bang": Office, "tab": Tabbed, "ba-cot": Spread, "tung-dong": Rowed, "khung-chu": Boxed, "dau-trang": Headed,
    "danh-so": Counted, "viet-hoa": Shouting, "so-trang": Numbered,
    "vntime": lambda: Old("tcvn3", ".VnTime", ".VnTimeH"), "vni": lambda: Old("vni", "VNI-Times", "VNI-Times"),
}  # fmt: skip
