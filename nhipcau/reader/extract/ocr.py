"""Scanned pages through tesseract with the Vietnamese model, if it is installed."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from functools import cache
from typing import Any

from nhipcau.core.errors import MissingProgram, UnreadableFile

_SECONDS = 120
_SCALE = 300 / 72  # tesseract reads best at 300 dots per inch
_MOST_PIXELS = 40_000_000  # an A3 page at 300 dots per inch has 17 million; larger ones are read coarser


def read_page(page: Any, name: str) -> str:
    """Text of one scanned page. Raises `MissingProgram` without tesseract or its Vietnamese model."""
    program = shutil.which("tesseract")
    if program is None or not _knows_vietnamese(program):
        raise MissingProgram(
            f"Tệp “{name}” là bản quét, cần chương trình tesseract và gói tiếng Việt (tesseract-ocr-vie) để đọc. "
            "Hãy cài chương trình này, hoặc xin tệp gốc dạng .docx hay PDF có chữ."
        )
    command = [program, "stdin", "stdout", "-l", "vie", "--psm", "3", "-c", "preserve_interword_spaces=1"]
    try:
        done = subprocess.run(  # noqa: S603
            command, input=_netpbm(page), capture_output=True, timeout=_SECONDS, check=False,
            env=os.environ | {"OMP_THREAD_LIMIT": "1"},
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise UnreadableFile(
            f"Nhận dạng chữ trong tệp “{name}” quá lâu nên bị dừng. Hãy quét lại nhẹ hơn."
        ) from error
    if done.returncode:
        raise UnreadableFile(f"Không nhận dạng được chữ trong tệp “{name}”. Hãy quét lại rõ hơn rồi gửi lại.")
    return done.stdout.decode("utf-8", "replace")


@cache
def _knows_vietnamese(program: str) -> bool:
    listed = subprocess.run([program, "--list-langs"], capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603
    return b"vie" in listed.stdout.split() + listed.stderr.split()


def _scale(width: float, height: float) -> float:
    """Pixels a point (1/72 inch): a page may claim any size, the memory for its picture is limited."""
    most: float = (_MOST_PIXELS / max(width * height, 1.0)) ** 0.5
    return min(_SCALE, most)


def _netpbm(page: Any) -> bytes:
    """The page as a grey picture in the simplest format tesseract reads; needs no image library."""
    bitmap = page.render(scale=_scale(*page.get_size()), grayscale=True)
    picture = io.BytesIO()
    picture.write(f"P5 {bitmap.width} {bitmap.height} 255\n".encode())
    data, stride = bytes(bitmap.buffer), bitmap.stride
    for row in range(bitmap.height):
        picture.write(data[row * stride : row * stride + bitmap.width])
    return picture.getvalue()
