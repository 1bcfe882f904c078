"""A foreign file is opened in a process of its own, with limits, and nothing of it comes back but text.

The parsers are large and written in C; a file made on purpose may crash them, fill the memory or never end.
So each file gets a fresh interpreter (about 30 ms) that sees neither our environment nor our folder, gets a
temporary folder of its own, and is killed with everything it started when its time is up. It answers in
lines of JSON: [pages done, pages to do] while it works, then one object.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nhipcau.core.confined import lines, process, starting
from nhipcau.core.errors import MissingProgram, NhipCauError, UnreadableFile
from nhipcau.core.said import Said, unpacked
from nhipcau.reader.extract.found import NAMES, PICTURE, SEARCHABLE, Extracted, Tell, from_wire
from nhipcau.reader.language.words import PageWords, to_plain

_SILENCE = 60.0  # seconds without a word from the process; recognising one page tells one
_LONGEST = 900.0  # seconds in all
_MOST_ANSWER = 32 * 2**20  # bytes
_START = starting("nhipcau.reader.extract.worker")
_ERRORS: dict[str, type[NhipCauError]] = {"UnreadableFile": UnreadableFile, "MissingProgram": MissingProgram}


def extract_apart(data: bytes, name: str, *, ocr: bool = True, tell: Tell | None = None) -> Extracted:
    """Text of a file, read by a confined process. Raises `UnreadableFile` or `MissingProgram`."""
    with _folder() as folder:
        return _ask(data, {"name": name, "ocr": ocr}, folder, tell)


def searchable_apart(data: bytes, name: str, pages: tuple[PageWords, ...]) -> bytes:
    """The PDF with its recognised words laid over it, made by a confined process; `data` stays as it is.

    Raises `UnreadableFile`, or `MissingProgram` without the extra `ocr`.
    """
    with _folder() as folder:
        _ask(data, {"name": name, "ocr": False, "words": to_plain(pages)}, folder, None)
        return (Path(folder) / SEARCHABLE).read_bytes()


def picture_apart(data: bytes, name: str, page: int) -> bytes:
    """A page of a PDF (from 0) as a JPEG, drawn by a confined process. Raises as `searchable_apart` does."""
    with _folder() as folder:
        _ask(data, {"name": name, "ocr": False, "page": page}, folder, None)
        return (Path(folder) / PICTURE).read_bytes()


def unpacked_apart(data: bytes, name: str) -> list[tuple[str, bytes]]:
    """Names and contents of the files in a parcel, taken out by a confined process. Raises `UnreadableFile`."""
    with _folder() as folder:
        _ask(data, {"name": name, "parcel": True}, folder, None)
        names = json.loads((Path(folder) / NAMES).read_text(encoding="utf-8"))
        return [(one, (Path(folder) / str(place)).read_bytes()) for place, one in enumerate(names)]


def _ask(data: bytes, question: dict[str, Any], folder: str, tell: Tell | None) -> Extracted:
    name = question["name"]
    with _process(data, question, folder) as started:
        try:
            answer = _listen(started, tell)
        except TimeoutError as error:
            raise UnreadableFile(
                Said(
                    f"Tệp “{name}” đọc quá lâu nên bị dừng. Hãy mở tệp gốc, in ra PDF mới hoặc tách nhỏ rồi "
                    "gửi lại.",
                    f"Reading the file “{name}” took too long and was stopped. Open the original, print "
                    "it to a new PDF or split it, and send that.",
                )
            ) from error
        except (ValueError, KeyError, TypeError, IndexError) as error:
            raise _died(name) from error
    if answer is None:
        raise _died(name)
    if isinstance(answer, Extracted):
        return answer
    raise answer


def _died(name: str) -> UnreadableFile:
    return UnreadableFile(
        Said(
            f"Tệp “{name}” bị hỏng hoặc được tạo bất thường: việc đọc vượt giới hạn an toàn nên bị dừng. "
            "Hãy mở tệp gốc, lưu thành tệp mới (.docx hoặc PDF) rồi gửi lại; nếu không rõ người gửi, đừng mở tệp.",
            f"The file “{name}” is damaged or oddly made: reading it went beyond what is safe and "
            "was stopped. Open the original, save it anew (.docx or PDF) and send that; if you "
            "do not know the sender, do not open it.",
        )
    )


@contextlib.contextmanager
def _folder() -> Iterator[str]:
    folder = tempfile.mkdtemp(prefix="nhipcau-")
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _process(data: bytes, asked: dict[str, Any], folder: str) -> Iterator[subprocess.Popen[bytes]]:
    """The confined process at work; afterwards it and whatever it started are gone."""
    with tempfile.TemporaryFile() as question:
        question.write(json.dumps(asked).encode() + b"\n" + data)
        question.seek(0)
        with process(_START, question, folder) as started:
            yield started


def _listen(started: subprocess.Popen[bytes], tell: Tell | None) -> Extracted | NhipCauError | None:
    """The last word of the process; None if it died without one. Raises TimeoutError and ValueError."""
    assert started.stdout is not None  # noqa: S101 - opened as a pipe above
    for line in lines(started.stdout, silence=_SILENCE, longest=_LONGEST, most=_MOST_ANSWER):
        word: Any = json.loads(line)
        if isinstance(word, dict):
            return _ERRORS[word["error"]](unpacked(word["message"])) if "error" in word else from_wire(word)
        if tell is not None:
            tell(int(word[0]), int(word[1]))
    return None
