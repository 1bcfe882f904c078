"""The application's icons: the span of the bridge, drawn from our own picture, as one .svg and as .png by typst."""

from __future__ import annotations

import re
from pathlib import Path

GROUND, DECK, WATER = "#0d6373", "#ffffff", "#f0816b"
SIZES = (192, 512)
_STYLE = re.compile(r"<style>.*?</style>", re.S)
_WIDE = 'viewBox="0 0 34 24"'
# A square around the picture: a system may cut a circle of 80 % out of it, so the span stays well inside.
_SQUARE = 'viewBox="-9.5 -14.5 53 53" width="512" height="512"'


def square(picture: Path) -> str:
    """The picture on its ground, with colours of its own: an icon knows no light and dark."""
    drawn = _STYLE.sub("", picture.read_text("utf-8")).replace(_WIDE, _SQUARE)
    drawn = drawn.replace('class="deck"', f'stroke="{DECK}"').replace('class="water"', f'stroke="{WATER}"')
    head, bracket, rest = drawn.partition(">")
    return f'{head}{bracket}<rect x="-9.5" y="-14.5" width="53" height="53" fill="{GROUND}" stroke="none"/>{rest}'


def png(svg: str, size: int) -> bytes:
    """The same, `size` pixels wide."""
    import typst

    quoted = svg.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    page = f'#set page(width: 72pt, height: 72pt, margin: 0pt)\n#image(bytes("{quoted}"), format: "svg")'
    made = typst.compile(page.encode(), format="png", ppi=float(size))
    return bytes(made)
