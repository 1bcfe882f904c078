"""One picture to tesseract, its words back. One thread a process: the caller runs one process a core."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache

from nhipcau.core.errors import MissingProgram, UnreadableFile
from nhipcau.core.said import Said
from nhipcau.reader.extract.ocr.picture import Grey

_SECONDS = 50  # a full page takes about three; less than the silence that `extract.apart` bears
_WORD = "5"  # the level of a word in tesseract's table


@dataclass(frozen=True)
class Seen:
    """A word with its box in pixels, and which line of tesseract's it belongs to."""

    text: str
    confidence: float
    left: int
    top: int
    right: int
    bottom: int
    line: tuple[str, str, str]


def program(name: str) -> str:
    """The path of tesseract. Raises `MissingProgram` without it or without its Vietnamese model."""
    found = shutil.which("tesseract")
    if found is None or not _knows_vietnamese(found):
        raise MissingProgram(
            Said(
                f"Tệp “{name}” là bản quét, cần chương trình tesseract và gói tiếng Việt "
                "(tesseract-ocr-vie) để đọc. "
                "Hãy cài chương trình này, hoặc xin tệp gốc dạng .docx hay PDF có chữ.",
                f"The file “{name}” is a scan; reading it needs tesseract with Vietnamese "
                "(tesseract-ocr-vie). Install it, or ask for the original as .docx or as a PDF with "
                "text.",
            )
        )
    return found


@cache
def _knows_vietnamese(path: str) -> bool:
    listed = subprocess.run([path, "--list-langs"], capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603
    return b"vie" in listed.stdout.split() + listed.stderr.split()


def words_of(path: str, picture: Grey, *, dpi: int, name: str, mode: int = 3) -> list[Seen]:
    """The words tesseract sees, in its order. Raises `UnreadableFile` if it fails or takes too long.

    `mode` is tesseract's way to divide a page: 3 blocks and columns, 6 one block of text, 11 scattered words.
    """
    rows, columns = picture.shape
    command = [path, "stdin", "stdout", "-l", "vie", "--oem", "1", "--psm", str(mode), "--dpi", str(dpi), "tsv"]
    try:
        done = subprocess.run(  # noqa: S603
            command, input=b"P5 %d %d 255\n" % (columns, rows) + picture.tobytes(), capture_output=True,
            timeout=_SECONDS, check=False, env=os.environ | {"OMP_THREAD_LIMIT": "1"},
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise UnreadableFile(
            Said(
                f"Nhận dạng chữ trong tệp “{name}” quá lâu nên bị dừng. Hãy quét lại nhẹ hơn (200–300 "
                "dpi, đen trắng).",
                f"Recognising the file “{name}” took too long and was stopped. Scan it lighter "
                "(200–300 dpi, black and white).",
            )
        ) from error
    if done.returncode:
        raise UnreadableFile(
            Said(
                f"Không nhận dạng được chữ trong tệp “{name}”. Hãy quét lại rõ hơn rồi gửi lại.",
                f"No words could be recognised in the file “{name}”. Scan it more clearly and send it again.",
            )
        )
    return _parsed(done.stdout.decode("utf-8", "replace"))


def _parsed(table: str) -> list[Seen]:
    found = []
    for row in table.splitlines():
        cells = row.split("\t")
        if len(cells) != 12 or cells[0] != _WORD or not cells[11].strip():
            continue
        left, top, width, height = map(int, cells[6:10])
        found.append(
            Seen(
                cells[11].strip(), max(0.0, float(cells[10])) / 100, left, top, left + width, top + height,
                (cells[2], cells[3], cells[4]),
            )
        )  # fmt: skip
    return found
