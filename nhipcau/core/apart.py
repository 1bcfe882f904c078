"""Foreign workbooks are read by confined processes, one for each core, many files to a process.

A file that crashes its process, fills its memory or keeps it silent is refused alone: the process is started again
with the files behind it.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from nhipcau.core import confined
from nhipcau.core.said import Said

_SILENCE = 15.0  # seconds for one file
_LONGEST = 900.0  # seconds for one process
_MOST_ANSWER = 256 * 2**20  # bytes of all answers
_BATCH = 500  # files to a process: its limit of processor time is for all of them
_FEW = 4  # files: one process is as quick as two
_DIED = {
    "vi": "bị hỏng hoặc được tạo bất thường: việc đọc vượt giới hạn an toàn nên bị dừng. "
    "Nếu không rõ người gửi, đừng mở tệp.",
    "en": "is damaged or oddly made: reading it went past the safe limits and was stopped. "
    "If you do not know the sender, do not open it.",
}

Raw = dict[str, Any]
HIDDEN = {
    "error": Said("ô đang báo lỗi tính toán; hãy ghi số", "the cell shows an error; write the number"),
    "formula": Said(
        "ô có công thức chưa được tính; hãy mở bằng Excel hoặc LibreOffice, lưu lại, hoặc ghi thẳng số",
        "the cell holds a formula never computed; open and save it in Excel or LibreOffice, or write the number",
    ),
}  # what `workbooks.unread_cells` tells of a cell


def read_apart(files: Sequence[bytes], program: str) -> list[Raw]:
    """What `program` finds in each file, in their order; `{"refused": why}` where it is not read.

    `program`: what `confined.starting` says of a module whose `main` serves (see `workbooks`).
    """
    cores = 1 if len(files) <= _FEW else min(os.cpu_count() or 1, 8)
    size = max(1, min(_BATCH, -(-len(files) // cores)))
    batches = [files[start : start + size] for start in range(0, len(files), size)]
    with ThreadPoolExecutor(cores) as pool:
        return [answer for answers in pool.map(partial(_batch, program=program), batches) for answer in answers]


def _batch(files: Sequence[bytes], program: str) -> list[Raw]:
    answers: list[Raw] = []
    while len(answers) < len(files):
        rest = files[len(answers) :]
        heard = list(_ask(rest, program))
        answers += heard
        if len(heard) < len(rest):
            answers.append({"refused": _DIED})
    return answers


def _ask(files: Sequence[bytes], program: str) -> Iterator[Raw]:
    """The answers of one process, until it is done or stops answering."""
    folder = tempfile.mkdtemp(prefix="nhipcau-")
    try:
        with tempfile.TemporaryFile() as question:
            question.write(json.dumps([len(data) for data in files]).encode() + b"\n")
            question.writelines(files)
            question.seek(0)
            with confined.process(program, question, folder) as started:
                assert started.stdout is not None  # noqa: S101 - opened as a pipe
                told = confined.lines(started.stdout, silence=_SILENCE, longest=_LONGEST, most=_MOST_ANSWER)
                yield from _answers(told, len(files))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _answers(told: Iterator[bytes], most: int) -> Iterator[Raw]:
    try:
        for line, _ in zip(told, range(most), strict=False):
            word = json.loads(line)
            if not isinstance(word, dict):
                return
            yield word
    except (TimeoutError, ValueError):
        return


def refused(name: str, why: Mapping[str, str]) -> Said:
    """A file that is not read at all."""
    return Said(f"Tệp “{name}” {why['vi']}", f"The file “{name}” {why['en']}")
