"""A printed report as the blocks it is made of, each with the place where it would be changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from nhipcau.core.official import Column, Heading, OfficialDocument, Table
from nhipcau.press.letter import QUOC_HIEU, TIEU_NGU, Letter, Sheet, compose
from nhipcau.press.readback import Grid, Item, Text, squeezed
from nhipcau.reports.design.definition import Definition

TEMPLATE = "biểu mẫu báo cáo"
UNITS = "cây tổ chức"
LETTERS = "sổ văn bản đi"
FIGURES = "báo cáo của đơn vị có số liệu ấy"
SIGNER = "chỗ chọn người ký, khi mở bản trình ký"
CLERK = "bước cấp số và ngày, sau khi ký"
NOWHERE = "không đâu: mã này tính từ số liệu đã chốt"

Place = tuple[int, int]  # row, column


@dataclass(frozen=True)
class Fixed:
    """A block that stands as the system prints it. `part` names it, `source` says where it is changed.

    `columns` are those of a table of figures or letters; `cells` name the cells of a table that only holds the
    header or the signature. `block` is the code of the prose that may follow it.
    """

    item: Item
    part: str
    source: str
    columns: tuple[Column, ...] = ()
    cells: Mapping[Place, tuple[str, str]] = field(default_factory=dict)
    block: str = ""


@dataclass(frozen=True)
class Expected:
    """The fixed blocks in order, and the printed prose by block."""

    fixed: tuple[Fixed, ...]
    prose: Mapping[str, tuple[str, ...]]
    titles: Mapping[str, str]


def expected(document: OfficialDocument, definition: Definition, narrative: Mapping[str, str]) -> Expected:
    """What the .docx of this document says; blocks of `narrative` that are not empty are its prose."""
    letter = compose(document)
    titles = {one.code: one.title for one in definition.narrative if narrative.get(one.code, "").strip()}
    prose: dict[str, list[str]] = {code: [] for code in titles}
    fixed = [*_opening(letter), *_body(letter, titles, prose), _signature(letter)]
    for sheet in letter.annexes:
        fixed += _annex(sheet)
    if letter.check:
        fixed.append(_text(letter.check, "Mã kiểm tra", NOWHERE))
    return Expected(tuple(fixed), {code: tuple(lines) for code, lines in prose.items()}, titles)


def cell_text(text: str) -> str:
    """A cell as it is compared: its lines without blanks at their ends."""
    return "\n".join(line for line in map(squeezed, text.split("\n")) if line)


def _text(text: str, part: str, source: str, block: str = "") -> Fixed:
    return Fixed(Text(squeezed(text)), part, source, block=block)


def _opening(letter: Letter) -> Iterator[Fixed]:
    issuer = cell_text("\n".join((*letter.parent_issuer, *letter.issuer)))
    number = cell_text("\n".join((letter.number, letter.about)))
    rows = ((issuer, f"{QUOC_HIEU}\n{TIEU_NGU}"), (number, cell_text(letter.date)))
    names = {
        (0, 0): ("Cơ quan ban hành", UNITS),
        (0, 1): ("Quốc hiệu và Tiêu ngữ", TEMPLATE),
        (1, 0): ("Số, ký hiệu", CLERK),
        (1, 1): ("Địa danh và ngày", CLERK),
    }
    yield Fixed(Grid(rows), "Phần đầu văn bản", TEMPLATE, cells=names)
    if letter.heading:
        yield _text(letter.heading, "Tên loại văn bản", TEMPLATE)
    yield from (_text(line, "Trích yếu", TEMPLATE) for line in letter.subject)
    if len(letter.addressees) == 1:
        yield _text(f"Kính gửi: {letter.addressees[0]}", "Nơi gửi đến", TEMPLATE)
    elif letter.addressees:
        yield from (_text(line, "Nơi gửi đến", TEMPLATE) for line in ("Kính gửi:", *letter.addressees))
    yield from (_text(line, "Căn cứ", TEMPLATE) for line in letter.grounds)


def _body(letter: Letter, titles: Mapping[str, str], prose: dict[str, list[str]]) -> Iterator[Fixed]:
    """Prose stands under the heading of its block, up to the next heading; everything else is fixed."""
    waiting, block, heading = list(titles), "", "Nội dung"
    for one in letter.body:
        if isinstance(one, Heading):
            heading, block = squeezed(one.text), ""
            bare = heading.partition(". ")[2]
            if one.level == 1 and waiting and bare == squeezed(titles[waiting[0]].upper()):
                block = waiting.pop(0)
            yield _text(one.text, "Đề mục", TEMPLATE, block)
        elif isinstance(one, Table):
            yield from _table(one, heading, FIGURES)
        elif block:
            prose[block] += [line for line in map(squeezed, one.text.split("\n")) if line]
        else:
            source = LETTERS if "văn bản chỉ đạo" in one.text else FIGURES
            yield _text(one.text, heading, source)


def _table(table: Table, part: str, source: str) -> Iterator[Fixed]:
    if table.caption:
        yield _text(table.caption, part, TEMPLATE)
    rows = (tuple(column.title for column in table.columns), *table.rows)
    grid = Grid(tuple(tuple(map(cell_text, row)) for row in rows))
    yield Fixed(grid, part, source, columns=table.columns)


def _signature(letter: Letter) -> Fixed:
    left = "\n".join(("Nơi nhận:", *letter.recipients)) if letter.recipients else ""
    right = "\n".join((*letter.signing.authority, letter.signing.name))
    names = {(0, 0): ("Nơi nhận", TEMPLATE), (0, 1): ("Người ký", SIGNER)}
    return Fixed(Grid(((cell_text(left), cell_text(right)),)), "Phần ký", SIGNER, cells=names)


def _annex(sheet: Sheet) -> Iterator[Fixed]:
    for line in (sheet.label, *sheet.title, sheet.attached_to):
        yield _text(line, "Tên phụ lục", TEMPLATE)
    for block in sheet.blocks:
        if isinstance(block, Table):
            yield from _table(block, squeezed(" ".join(sheet.title)), LETTERS)
        else:
            yield _text(block.text, "Phụ lục", LETTERS)
