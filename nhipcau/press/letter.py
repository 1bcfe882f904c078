"""`Letter`: what stands on the paper, word for word, before any layout.

`compose` turns an `OfficialDocument` into its printed wording under Decree 30/2020/NĐ-CP, Appendix I:
numbers, dates, punctuation of lists, capitals, the closing "./.", annex labels. The .docx and the PDF
print the same `Letter`, so they cannot differ in wording.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from nhipcau.core.errors import Fault, InvalidInput
from nhipcau.core.official import Annex, Block, Heading, OfficialDocument, Paragraph, Signer, Table
from nhipcau.core.said import Said
from nhipcau.press.measure import is_wide, line_width

END_MARK = "./."
BLANK = " " * 8
QUOC_HIEU = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
TIEU_NGU = "Độc lập - Tự do - Hạnh phúc"
ISSUER_COLUMN_PT = 190.0
TEXT_WIDTH_PT = 165 / 25.4 * 72
LANDSCAPE_WIDTH_PT = 252 / 25.4 * 72

_CENTRED = re.compile(
    r"(phần|chương|mục|tiểu mục)\s+([ivxlc]+|\d+)\b|(quyết định|quyết nghị|chỉ thị|quy định):?$", re.IGNORECASE
)
_ARTICLE = re.compile(r"điều\s+\d+", re.IGNORECASE)
# Soft hyphens, zero-width marks, direction marks, byte-order marks: nothing to print, traps for searching.
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]"
)
_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LINE_BREAK = re.compile("\r\n?|[\u2028\u2029\v\f\x85]")
_BREAK_BEFORE = re.compile(
    r"\s(?=(?:TỈNH|THÀNH PHỐ|XÃ|PHƯỜNG|ĐẶC KHU|HUYỆN|QUẬN|THỊ XÃ|NGÀNH|CÔNG TY|TỔNG CÔNG TY)\s)"
)


@dataclass(frozen=True)
class Sheet:
    """An annex ready to print: its label ("Phụ lục I"), title lines, the "(Kèm theo …)" line, blocks.

    `landscape` if a table of the annex is too wide for an upright page.
    """

    label: str
    title: tuple[str, ...]
    attached_to: str
    blocks: tuple[Block, ...]
    landscape: bool


@dataclass(frozen=True)
class Hand:
    """Who signs: what stands above the signature, and the name under it, empty where it is still to be written."""

    authority: tuple[str, ...]
    name: str
    note: str


@dataclass(frozen=True)
class Letter:
    """The wording of one document; every string is NFC, without control characters. Tuples are lines.

    `heading` and `subject` are empty and `about` ("V/v …") is set for a công văn, else the reverse.
    `beside` signs in the place of the recipients. `title` is the document's title for file properties.
    """

    title: str
    parent_issuer: tuple[str, ...]
    issuer: tuple[str, ...]
    number: str
    date: str
    about: str
    heading: str
    subject: tuple[str, ...]
    addressees: tuple[str, ...]
    grounds: tuple[str, ...]
    body: tuple[Block, ...]
    recipients: tuple[str, ...]
    signing: Hand
    beside: Hand | None
    annexes: tuple[Sheet, ...]
    check: str


def compose(document: OfficialDocument) -> Letter:
    """The printed wording of a document.

    Raises InvalidInput if a table is ragged or a text holds control characters; `faults` say where.
    """
    _refuse_faulty(document)
    is_letter = _line(document.doc_type).casefold() == "công văn"
    subject = _lines(document.subject)
    return Letter(
        title=_title(document),
        parent_issuer=issuer_lines(document.parent_issuer or "", bold=False),
        issuer=issuer_lines(document.issuer, bold=True),
        number=f"Số: {printed_number(document.number, document.symbol)}",
        date=_place_and_date(document),
        about=_about(" ".join(subject)) if is_letter else "",
        heading="" if is_letter else _line(document.doc_type).upper(),
        subject=() if is_letter else subject,
        addressees=_addressees(document.addressees),
        grounds=_listed(document.grounds),
        body=_closed(_blocks(document.body)),
        recipients=tuple(f"- {item}" for item in _listed(document.recipients)),
        signing=_hand(document.signer),
        beside=_hand(document.beside) if document.beside else None,
        annexes=_annexes(document),
        check=f"Mã kiểm tra: {_line(document.check_code)}" if document.check_code else "",
    )


def _hand(signer: Signer) -> Hand:
    authority = tuple(line.upper() for line in _lines(signer.authority) + _lines(signer.title))
    return Hand(authority, _line(signer.name or ""), _line(signer.note or ""))


def printed_number(number: str | None, symbol: str | None = None) -> str:
    """ "5/BC-LĐLĐ" → "05/BC-LĐLĐ"; without a number, a blank of eight spaces stands in its place.

    Decree 30: numbers below 10 get a leading zero; no spaces around "/" and "-".
    """
    head, _, tail = _line(number or "").partition("/")
    digits = re.sub(r"\s+", "", head)
    code = re.sub(r"\s+", "", tail or _line(symbol or "")).lstrip("/")
    if re.fullmatch(r"\d[a-zđ]?", digits):
        digits = f"0{digits}"
    return f"{digits or BLANK}/{code}" if code else digits or BLANK


def date_in_words(date: dt.date | None) -> str:
    """ "ngày 05 tháng 01 năm 2026": zeros before days below 10 and before months 1 and 2 only."""
    if date is None:
        return "ngày … tháng … năm …"
    month = f"{date.month:02d}" if date.month < 3 else str(date.month)
    return f"ngày {date.day:02d} tháng {month} năm {date.year}"


def is_centred(heading: Heading) -> bool:
    """Phần, Chương, Mục, Tiểu mục and the word of decision ("QUYẾT ĐỊNH:") stand in the middle."""
    return bool(_CENTRED.match(heading.text))


def roman(number: int) -> str:
    """1 → "I", 4 → "IV", 12 → "XII"."""
    signs = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    written = ""
    for value, sign in signs:
        count, number = divmod(number, value)
        written += sign * count
    return written


# --- cleaning -----------------------------------------------------------------------------------


def _clean(text: str) -> str:
    """NFC, one kind of line break, no invisible format characters (soft hyphens, byte-order marks)."""
    text = _LINE_BREAK.sub("\n", unicodedata.normalize("NFC", text)).replace("\t", " ")
    return _INVISIBLE.sub("", text)


def _lines(text: str | None) -> tuple[str, ...]:
    return tuple(line.strip() for line in _clean(text or "").split("\n") if line.strip())


def _line(text: str) -> str:
    return " ".join(_clean(text).split())


def _refuse_faulty(document: OfficialDocument) -> None:
    faults = [
        Fault(where, "có ký tự điều khiển không in được; hãy xóa ký tự đó rồi phát hành lại")
        for where, text in _texts(document)
        if _UNPRINTABLE.search(_clean(text))
    ]
    for where, blocks in _parts(document):
        for number, table in enumerate((b for b in blocks if isinstance(b, Table)), 1):
            faults += _table_faults(f"{where}, bảng {number}", table)
    if faults:
        raise InvalidInput("Văn bản chưa dàn trang được; hãy sửa các chỗ sau.", faults)


def _table_faults(where: str, table: Table) -> list[Fault]:
    if not table.columns:
        return [Fault(where, "bảng không có cột nào; hãy thêm cột hoặc bỏ bảng")]
    if any(not column.width > 0 for column in table.columns):
        return [Fault(where, "độ rộng cột phải lớn hơn 0")]
    wanted = len(table.columns)
    return [
        Fault(
            f"{where}, dòng {number}",
            Said(
                f"có {len(row)} ô trong khi bảng có {wanted} cột; hãy sửa cho bằng nhau",
                f"has {len(row)} cells where the table has {wanted} columns; make them equal",
            ),
        )
        for number, row in enumerate(table.rows, 1)
        if len(row) != wanted
    ]


def _parts(document: OfficialDocument) -> list[tuple[str, Sequence[Block]]]:
    annexes = [(f"phụ lục {number}", annex.blocks) for number, annex in enumerate(document.annexes, 1)]
    return [("nội dung", document.body), *annexes]


def _texts(document: OfficialDocument) -> Iterable[tuple[str, str]]:
    signers = [one for one in (document.signer, document.beside) if one]
    yield from (
        ("cơ quan chủ quản", document.parent_issuer or ""),
        ("cơ quan ban hành", document.issuer),
        ("tên loại", document.doc_type),
        ("trích yếu", document.subject),
        ("số, ký hiệu", f"{document.number or ''}{document.symbol or ''}"),
        ("địa danh", document.place or ""),
        *(("người ký", "".join(filter(None, (one.authority, one.title, one.name, one.note)))) for one in signers),
        ("mã kiểm tra", document.check_code or ""),
    )
    yield from (("kính gửi", text) for text in document.addressees)
    yield from (("căn cứ", text) for text in document.grounds)
    yield from (("nơi nhận", text) for text in document.recipients)
    yield from ((f"phụ lục {n}", f"{a.label or ''}{a.title}") for n, a in enumerate(document.annexes, 1))
    for where, blocks in _parts(document):
        for number, block in enumerate(blocks, 1):
            yield from ((f"{where}, đoạn {number}", text) for text in block_texts(block))


def block_texts(block: Block) -> tuple[str, ...]:
    """Every text a block prints, in reading order."""
    if isinstance(block, Table):
        cells = (cell for row in block.rows for cell in row)
        return (block.caption or "", *(column.title for column in block.columns), *cells)
    return (block.text,)


# --- components ---------------------------------------------------------------------------------


def _title(document: OfficialDocument) -> str:
    kind, subject = _line(document.doc_type), _line(document.subject)
    return f"{kind[:1].upper()}{kind[1:]} {subject}".strip()


def _about(subject: str) -> str:
    return subject if re.match(r"v/v\b", subject, re.IGNORECASE) else f"V/v {subject}".rstrip()


def issuer_lines(name: str, *, bold: bool) -> tuple[str, ...]:
    """Upper case; a name too long for its column is parted before the place it belongs to."""
    parted: list[str] = []
    for line in (line.upper() for line in _lines(name)):
        if line_width(line, 12, bold=bold) <= ISSUER_COLUMN_PT:
            parted.append(line)
            continue
        cuts = [cut.start() for cut in _BREAK_BEFORE.finditer(line)]
        cut = next((c for c in reversed(cuts) if line_width(line[:c], 12, bold=bold) <= ISSUER_COLUMN_PT), None)
        parted += [line] if cut is None else [line[:cut], line[cut:].strip()]
    return tuple(parted)


def _place_and_date(document: OfficialDocument) -> str:
    date = date_in_words(document.issued_on)
    place = _line(document.place or "").rstrip(",")
    return f"{place}, {date}" if place else f"N{date[1:]}"


def _listed(items: Iterable[str]) -> tuple[str, ...]:
    """Each item ends with ";", the last with "."; a dash the author typed is not doubled."""
    bare = [re.sub(r"^[-–—+•]\s*", "", _line(item)).rstrip(" ;.,") for item in items]
    bare = [item for item in bare if item]
    return tuple(f"{item}{'.' if number == len(bare) else ';'}" for number, item in enumerate(bare, 1))


def _addressees(items: Sequence[str]) -> tuple[str, ...]:
    """One addressee stands bare on the line of "Kính gửi:"; several get dashes, ";" and a final "."."""
    listed = _listed(items)
    if len(listed) == 1:
        return (listed[0].removesuffix("."),)
    return tuple(f"- {item}" for item in listed)


def _blocks(blocks: Iterable[Block]) -> tuple[Block, ...]:
    ready: list[Block] = []
    for block in blocks:
        if isinstance(block, Table):
            ready.append(_table(block))
        elif isinstance(block, Heading):
            lines = _lines(block.text)
            if lines:
                ready.append(_heading(Heading("\n".join(lines), min(max(block.level, 1), 3))))
        else:
            ready += [replace(block, text=_without_end(line)) for line in _lines(block.text)]
    return tuple(ready)


def _heading(heading: Heading) -> Heading:
    if is_centred(heading):
        first, *title = heading.text.split("\n")
        return replace(heading, text="\n".join([first, *(line.upper() for line in title)]))
    if heading.level > 1 or _ARTICLE.match(heading.text):
        return heading
    return replace(heading, text=heading.text.upper())


def _table(table: Table) -> Table:
    return replace(
        table,
        columns=tuple(replace(column, title="\n".join(_lines(column.title))) for column in table.columns),
        rows=tuple(tuple("\n".join(_lines(cell)) for cell in row) for row in table.rows),
        caption=_line(table.caption or "") or None,
    )


def _without_end(text: str) -> str:
    """Text gathered from other letters may carry their "./."; only the last paragraph keeps one."""
    return f"{text.removesuffix(END_MARK).rstrip(' .')}." if text.endswith(END_MARK) else text


def _closed(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The body with "./." at its end: after the last sentence, or on its own line after a table."""
    if blocks and isinstance(blocks[-1], Paragraph):
        last = blocks[-1]
        return (*blocks[:-1], replace(last, text=f"{last.text.rstrip(' ;,.')}{END_MARK}"))
    return (*blocks, Paragraph(END_MARK)) if blocks else ()


def _annexes(document: OfficialDocument) -> tuple[Sheet, ...]:
    several = len(document.annexes) > 1
    return tuple(
        Sheet(
            label=_annex_label(annex, number, several=several),
            title=tuple(line.upper() for line in _lines(annex.title)),
            attached_to=_attached_to(document),
            blocks=_blocks(annex.blocks),
            landscape=is_wide(annex.blocks, TEXT_WIDTH_PT),
        )
        for number, annex in enumerate(document.annexes, 1)
    )


def _annex_label(annex: Annex, number: int, *, several: bool) -> str:
    if annex.label:
        label = _line(annex.label)
        return label if label.casefold().startswith("phụ lục") else f"Phụ lục {label}"
    return f"Phụ lục {roman(number)}" if several else "Phụ lục"


def _attached_to(document: OfficialDocument) -> str:
    kind = _line(document.doc_type)
    number = printed_number(document.number, document.symbol)
    issuer = _line(document.issuer)
    return f"(Kèm theo {kind[:1].upper()}{kind[1:]} số {number} {date_in_words(document.issued_on)} của {issuer})"
