"""Small builders of WordprocessingML (ISO/IEC 29500-1) strings, and the zip around them.

Children stand in the order the schema demands; Word refuses a file where they do not. Lengths are in
twips (1/20 point), type sizes in points.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Literal
from xml.sax.saxutils import escape

Justify = Literal["left", "center", "right", "both"]

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def mm(length: float) -> int:
    """Millimetres to twips."""
    return round(length * 1440 / 25.4)


def run(text: str, *, size: float | None = None, bold: bool = False, italic: bool = False) -> str:
    """A run of text; "\\n" becomes a line break. Without `size` the style's size holds."""
    marks = ("<w:b/><w:bCs/>" if bold else "") + ("<w:i/><w:iCs/>" if italic else "")
    if size is not None:
        marks += f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>'
    properties = f"<w:rPr>{marks}</w:rPr>" if marks else ""
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    return f"<w:r>{properties}{lines}</w:r>"


def paragraph(
    *runs: str,
    style: str = "",
    justify: Justify | None = None,
    before: float = 0,
    after: float = 0,
    line: float | None = None,
    left: int = 0,
    right: int = 0,
    first: int = 0,
    keep_next: bool = False,
    rule: bool = False,
    foot: int = 0,
) -> str:
    """A paragraph.

    `before`, `after` in points; `line` an exact line height in points; `first` a first-line indent
    (negative: hanging); `rule` draws a line above it; `foot` (its width in twips) pins it to the foot
    of its page. With a `style`, spacing and indents not asked for come from the style.
    """
    parts = [f'<w:pStyle w:val="{style}"/>' if style else "", "<w:keepNext/>" if keep_next else ""]
    if foot:
        parts.append(
            f'<w:framePr w:w="{foot}" w:wrap="around" w:vAnchor="margin" w:hAnchor="margin" '
            'w:xAlign="left" w:yAlign="bottom"/>'
        )
    if rule:
        parts.append('<w:pBdr><w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>')
    if before or after or line or not style:
        height = f' w:line="{round(line * 20)}" w:lineRule="exact"' if line else ""
        parts.append(f'<w:spacing w:before="{round(before * 20)}" w:after="{round(after * 20)}"{height}/>')
    if left or right or first:
        hang = f'w:hanging="{-first}"' if first < 0 else f'w:firstLine="{first}"'
        parts.append(f'<w:ind w:left="{left}" w:right="{right}" {hang}/>')
    parts.append(f'<w:jc w:val="{justify}"/>' if justify else "")
    return f"<w:p><w:pPr>{''.join(parts)}</w:pPr>{''.join(runs)}</w:p>"


def cell(content: str, width: int, *, middle: bool = False) -> str:
    """A table cell of `width` twips; `content` is one or more paragraphs."""
    align = '<w:vAlign w:val="center"/>' if middle else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{align}</w:tcPr>{content}</w:tc>'


def row(cells: Sequence[str], *, heading: bool = False, unbroken: bool = True) -> str:
    """A table row; a `heading` row repeats on every page, an `unbroken` one never splits."""
    marks = ("<w:cantSplit/>" if unbroken else "") + ("<w:tblHeader/>" if heading else "")
    properties = f"<w:trPr>{marks}</w:trPr>" if marks else ""
    return f"<w:tr>{properties}{''.join(cells)}</w:tr>"


def table(rows: Sequence[str], widths: Sequence[int], *, ruled: bool) -> str:
    """A table of fixed column widths (twips), ruled in single lines or without any rule."""
    edge = 'w:val="single" w:sz="4" w:space="0" w:color="000000"' if ruled else 'w:val="nil"'
    sides = "".join(f"<w:{side} {edge}/>" for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    padding = 85 if ruled else 0
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{sides}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>'
        f'<w:left w:w="{padding}" w:type="dxa"/><w:right w:w="{padding}" w:type="dxa"/></w:tblCellMar>'
        f'<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" '
        f'w:noHBand="0" w:noVBand="1"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )


def zipped(parts: Mapping[str, str]) -> bytes:
    """The parts as one package; the same parts give the same bytes on any day and machine."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            package.writestr(entry, content.encode())
    return buffer.getvalue()
