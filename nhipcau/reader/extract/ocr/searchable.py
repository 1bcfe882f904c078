"""A searchable copy: the pages as they came, with the recognised words on them in invisible ink.

The words are those kept from the one run of the recogniser, so the copy can be made again at any time. It needs
pikepdf (the extra `ocr`); the original is never altered, and the copy's pictures are its very bytes.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from nhipcau.core.errors import MissingProgram, UnreadableFile
from nhipcau.core.said import Said
from nhipcau.reader.extract.photos import paged
from nhipcau.reader.language.words import Box, PageWords, Word

_FONT = "/NhipCauInvisible"
_ADVANCE = 0.5  # ems a letter: every letter of the font is as wide, the word is stretched to its box
_HEAD = b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n"
_RANGE = b"1 begincodespacerange <0000> <ffff> endcodespacerange\n"
_TAIL = b"endcmap CMapName currentdict /CMap defineresource pop end end\n"


def with_words(data: bytes, pages: Sequence[PageWords], name: str) -> bytes:
    """The PDF, or the photograph as one, with the words laid over its pages. Raises `UnreadableFile`, or
    `MissingProgram` without pikepdf.

    Codes are UTF-16 letters and the font maps them to themselves (ISO 32000-1, 9.10.3); text rendering mode 3
    draws nothing (9.3.6), so the font needs no shapes.
    """
    try:
        import pikepdf
    except ImportError as error:
        raise MissingProgram(
            "Máy chủ chưa có phần “ocr” (pikepdf) nên chưa tạo được bản có thể tìm kiếm. Hãy cài nhipcau[ocr]."
        ) from error
    try:
        with pikepdf.open(io.BytesIO(paged(data, name))) as document:
            font = document.make_indirect(_font(pikepdf, document))
            for words in pages:
                page = document.pages[words.page]
                page.add_resource(font, pikepdf.Name.Font, pikepdf.Name(_FONT))
                page.contents_add(b"q", prepend=True)
                page.contents_add(b"Q\n" + _layer(page, words))
            target = io.BytesIO()
            document.save(target, deterministic_id=True)
    except (pikepdf.PdfError, IndexError, ValueError, TypeError, KeyError) as error:
        raise UnreadableFile(
            Said(
                f"Không tạo được bản có thể tìm kiếm của tệp “{name}”; bản gốc vẫn nguyên.",
                f"No searchable copy of the file “{name}” could be made; the original is untouched.",
            )
        ) from error
    return target.getvalue()


def _font(pikepdf: Any, document: Any) -> Any:
    ranges = [b"100 beginbfrange\n", b"100 beginbfrange\n", b"56 beginbfrange\n"]
    rows = [b"<%02x00> <%02xff> <%02x00>\n" % (high, high, high) for high in range(256)]
    blocks = [rows[:100], rows[100:200], rows[200:]]
    maps = b"".join(head + b"".join(block) + b"endbfrange\n" for head, block in zip(ranges, blocks, strict=True))
    name, dictionary = pikepdf.Name, pikepdf.Dictionary
    described = dictionary(
        Type=name.FontDescriptor, FontName=name(_FONT), Flags=4, FontBBox=[0, 0, 500, 1000], ItalicAngle=0,
        Ascent=1000, Descent=0, CapHeight=1000, StemV=80,
    )  # fmt: skip
    descendant = dictionary(
        Type=name.Font, Subtype=name.CIDFontType2, BaseFont=name(_FONT), DW=round(1000 * _ADVANCE),
        CIDSystemInfo=dictionary(Registry="Adobe", Ordering="Identity", Supplement=0), FontDescriptor=described,
    )  # fmt: skip
    return dictionary(
        Type=name.Font, Subtype=name.Type0, BaseFont=name(_FONT), Encoding=name("/Identity-H"),
        DescendantFonts=[descendant], ToUnicode=document.make_stream(_HEAD + _RANGE + maps + _TAIL),
    )  # fmt: skip


def _layer(page: Any, words: PageWords) -> bytes:
    box = [float(edge) for edge in page.cropbox]
    turn = int(page.obj.get("/Rotate", 0)) % 360
    quarter = round(words.angle / 90) % 4
    shown = [_show(word, box, turn, quarter) for word in words.words]
    return b"BT\n3 Tr\n%s 1 Tf\n" % _FONT.encode() + b"".join(shown) + b"ET\n"


def _show(word: Word, box: Sequence[float], turn: int, quarter: int) -> bytes:
    """One word, stretched from the first to the last corner of its box in the direction it is read."""
    codes = word.text.encode("utf-16-be")
    corners = _corners(word.box, box, turn)
    start, end, up = corners[quarter], corners[(quarter + 1) % 4], corners[quarter - 1]
    long = max(1, len(codes) // 2) * _ADVANCE
    matrix = (
        (end[0] - start[0]) / long, (end[1] - start[1]) / long, up[0] - start[0], up[1] - start[1], *start,
    )  # fmt: skip
    return b"%s Tm <%s> Tj\n" % (" ".join(f"{value:.4f}" for value in matrix).encode(), codes.hex().encode())


def _corners(word: Box, box: Sequence[float], turn: int) -> list[tuple[float, float]]:
    """Lower left, lower right, upper right, upper left as shown, in the page's own coordinates (upwards)."""
    left, top, right, bottom = (edge / 10_000 for edge in word)
    shown = ((left, bottom), (right, bottom), (right, top), (left, top))
    return [_point(across, down, box, turn) for across, down in shown]


def _point(across: float, down: float, box: Sequence[float], turn: int) -> tuple[float, float]:
    left, low, right, high = box
    wide, tall = right - left, high - low
    match turn:
        case 90:
            return left + down * wide, low + across * tall
        case 180:
            return right - across * wide, low + down * tall
        case 270:
            return right - down * wide, high - across * tall
    return left + across * wide, high - down * tall
