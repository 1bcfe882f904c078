"""`OfficialDocument`: one letter as its parts, the form in which reader, press and reports exchange it.

The parts are the components of Decree 30/2020/NĐ-CP, Appendix I (box numbers in brackets).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal


def roman(number: int) -> str:
    """The number of a first-level heading: 1 → "I", 14 → "XIV"; up to 39, which no letter reaches."""
    return "X" * (number // 10) + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[number % 10]


@dataclass(frozen=True)
class Signer:
    """Who signs: authority line(s) (7a, e.g. "TM. BAN THƯỜNG VỤ"), title (7a), full name (7b).

    `note` is printed under the title on sheets that somebody still has to sign: "(Ký tên, đóng dấu)" (7c, 8).
    """

    authority: str | None = None
    title: str | None = None
    name: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class Heading:
    """A numbered heading of the body: level 1 "I. …" (upper case, bold), 2 "1. …" (bold), 3 "a) …"."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """Justified body text, first line indented 1.27 cm. `italic` serves grounds ("Căn cứ …;")."""

    text: str
    italic: bool = False


@dataclass(frozen=True)
class Column:
    """A column of a table: heading, share of the width (relative), alignment of its cells."""

    title: str
    width: float = 1.0
    align: Literal["left", "center", "right"] = "left"


@dataclass(frozen=True)
class Table:
    """A ruled table whose heading row repeats on every page; rows never break across pages."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str | None = None


Block = Heading | Paragraph | Table


@dataclass(frozen=True)
class Annex:
    """A Phụ lục: starts on a new page, its own page numbers; label is given only if there are several."""

    title: str
    blocks: tuple[Block, ...]
    label: str | None = None


@dataclass(frozen=True)
class OfficialDocument:
    """A whole document. `number` None or a symbol without a number leaves the blank for signature.

    `number` is "number/symbol" as printed after "Số:" ("05/BC-LĐLĐ"); `doc_type` is lower-case
    Vietnamese ("báo cáo"; "công văn" prints its subject as "V/v" under the number); `issued_on` None
    prints "ngày … tháng … năm …"; `check_code` is printed at the foot of the last page if given. `beside`
    signs on the left, where else "Nơi nhận" stands: the minutes of two parties.
    """

    issuer: str
    doc_type: str
    subject: str
    body: tuple[Block, ...]
    parent_issuer: str | None = None
    number: str | None = None
    symbol: str | None = None
    place: str | None = None
    issued_on: dt.date | None = None
    addressees: tuple[str, ...] = ()
    grounds: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    signer: Signer = field(default_factory=Signer)
    beside: Signer | None = None
    annexes: tuple[Annex, ...] = ()
    check_code: str | None = None


def plain_text(document: OfficialDocument) -> str:
    """The words of the document, for the register's search."""
    lines: list[str] = [document.subject]
    for block in (*document.body, *(block for annex in document.annexes for block in annex.blocks)):
        if isinstance(block, Table):
            lines.extend(" · ".join(row) for row in block.rows)
        else:
            lines.append(block.text)
    return "\n".join(lines)
