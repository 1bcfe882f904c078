"""The confined side of `apart`: give up what is not needed, read one file, say what it says."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from nhipcau.core.confined import confine
from nhipcau.core.errors import MissingProgram, UnreadableFile
from nhipcau.core.said import packed
from nhipcau.reader.extract.found import NAMES, PICTURE, SEARCHABLE, Extracted, to_wire
from nhipcau.reader.extract.here import extract_here
from nhipcau.reader.language.words import from_plain


def main() -> None:
    """Read the question from standard input, answer on standard output, exit 0."""
    answers = open(os.dup(1), "wb")  # noqa: SIM115, PTH123 - closed when the process ends
    os.dup2(2, 1)  # what a library prints is no answer
    confine()
    question, _, data = sys.stdin.buffer.read().partition(b"\n")
    asked = json.loads(question)

    def say(word: Any) -> None:
        answers.write(json.dumps(word).encode() + b"\n")
        answers.flush()

    say(_answer(data, asked, say))


def _answer(data: bytes, asked: dict[str, Any], say: Any) -> dict[str, Any]:
    name = asked["name"]
    try:
        if "words" in asked:
            from nhipcau.reader.extract.ocr.searchable import with_words

            Path(SEARCHABLE).write_bytes(with_words(data, from_plain(asked["words"]), name))
            return to_wire(Extracted("", "ocr"))
        if "page" in asked:
            from nhipcau.reader.extract.pictures import picture_here

            Path(PICTURE).write_bytes(picture_here(data, name, asked["page"]))
            return to_wire(Extracted("", "ocr"))
        if "parcel" in asked:
            _take_out(data, name)
            return to_wire(Extracted("", "text"))
        return to_wire(extract_here(data, name, ocr=asked["ocr"], tell=lambda done, of: say([done, of])))
    except (UnreadableFile, MissingProgram) as error:
        return {"error": type(error).__name__, "message": packed(error.message)}


def _take_out(data: bytes, name: str) -> None:
    """Each file under the number of its place: what a parcel calls it is no path here."""
    from nhipcau.reader.extract.parcels import unpack_here

    found = unpack_here(data, name)
    for place, one in enumerate(found):
        Path(str(place)).write_bytes(one.data)
    Path(NAMES).write_text(json.dumps([one.name for one in found]), encoding="utf-8")
