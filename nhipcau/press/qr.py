"""QR codes of addresses: as SVG for print, as PNG for a slide or a chat."""

from __future__ import annotations

import io

import segno

BORDER = 4  # modules of quiet zone, as ISO/IEC 18004 asks
_DOTS = 12  # of a PNG's module: about 9 cm at 100 dpi


def svg(address: str) -> bytes:
    """Black on white; the same address gives the same bytes."""
    out = io.BytesIO()
    _code(address).save(out, kind="svg", border=BORDER, dark="#000", light="#fff", xmldecl=False, svgclass=None)
    return out.getvalue()


def png(address: str) -> bytes:
    """The same as a picture that prints sharply at the size of a hand."""
    out = io.BytesIO()
    _code(address).save(out, kind="png", border=BORDER, scale=_DOTS)
    return out.getvalue()


def inline(text: str) -> str:
    """As part of a page, in the size that its style gives; for a screen, where nothing is torn."""
    drawn: str = segno.make_qr(text, error="M").svg_inline(border=BORDER, dark="#000", light="#fff", omitsize=True)
    return drawn


def _code(address: str) -> segno.QRCode:
    """A quarter may be torn or smudged: posters hang in workshops."""
    return segno.make_qr(address, error="Q")
