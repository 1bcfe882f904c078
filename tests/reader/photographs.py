"""Invented letters as a telephone would photograph them: on a table, from the side, in uneven light."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageFilter

from nhipcau.core.official import OfficialDocument
from nhipcau.press.pdf import to_pdf

TABLE = (96, 72, 52)
LAMP = np.array([1.0, 0.96, 0.88])  # yellowish
_EDGE = 0.06  # of the picture that is table


@dataclass(frozen=True)
class Shot:
    """`askew`: how far each corner of the sheet lies off, as a share of the picture; `shade`: how much darker the
    lower right corner is; `turned`: degrees the telephone was turned by, without saying so."""

    high: int = 2400
    askew: float = 0.03
    shade: float = 0.45
    turned: int = 0


def photographed(document: OfficialDocument, shot: Shot = Shot(), seed: int = 1) -> Image.Image:
    """The first page of the letter."""
    page = pdfium.PdfDocument(to_pdf(document))[0].render(scale=250 / 72).to_pil().convert("RGB")
    return on_table(page, shot, seed)


def on_table(page: Image.Image, shot: Shot, seed: int) -> Image.Image:
    random = np.random.default_rng(seed)
    width, height = shot.high * 3 // 4, shot.high
    upright = ((_EDGE, _EDGE), (1 - _EDGE, _EDGE), (1 - _EDGE, 1 - _EDGE), (_EDGE, 1 - _EDGE))
    corners = [
        ((x + random.uniform(-1, 1) * shot.askew) * width, (y + random.uniform(-1, 1) * shot.askew) * height)
        for x, y in upright
    ]
    seen = _seen_through(corners, page)
    picture = Image.new("RGB", (width, height), TABLE)
    mask = Image.new("L", page.size, 255).transform((width, height), Image.Transform.PERSPECTIVE, seen)
    picture.paste(
        page.transform((width, height), Image.Transform.PERSPECTIVE, seen, Image.Resampling.BICUBIC), (0, 0), mask
    )
    dots = np.asarray(picture.filter(ImageFilter.GaussianBlur(0.8))).astype(np.float64)
    down, across = np.mgrid[0:height, 0:width]
    light = 1 - shot.shade * (0.6 * across / width + 0.4 * down / height)
    dots = dots * light[..., None] * LAMP + random.normal(0, 6, dots.shape)
    return Image.fromarray(dots.clip(0, 255).astype(np.uint8)).rotate(shot.turned, expand=True)


def _seen_through(corners: list[tuple[float, float]], page: Image.Image) -> tuple[float, ...]:
    """Pillow's numbers for a page whose corners lie there."""
    rows, values = [], []
    flat = ((0, 0), (page.width, 0), (page.width, page.height), (0, page.height))
    for (x, y), (u, v) in zip(corners, flat, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    return tuple(float(one) for one in np.linalg.solve(np.array(rows), np.array(values)))


def as_file(picture: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    target = io.BytesIO()
    picture.save(target, kind, **({"quality": 85} if kind != "PNG" else {}), **options)
    return target.getvalue()
