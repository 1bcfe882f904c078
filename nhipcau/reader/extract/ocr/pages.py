"""The scanned pages of a PDF to text and words: pictures made one by one, read on all cores."""

from __future__ import annotations

import math
import os
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from statistics import fmean

import numpy as np
import pypdfium2 as pdfium

from nhipcau.core.errors import UnreadableFile
from nhipcau.core.said import Said
from nhipcau.reader.extract.found import Tell
from nhipcau.reader.extract.ocr import ink, lines, upright
from nhipcau.reader.extract.ocr.picture import DPI, Frame, Grey, frame, render
from nhipcau.reader.extract.ocr.tesseract import Seen, program, words_of
from nhipcau.reader.language.words import PageWords, Word

MOST_SCANNED = 60  # pages; a second each to draw (`extract.worker` allows 120) and three to recognise
_COARSE = 100  # dots per inch, enough to see how a page lies and whether it is stamped
_SENSE = 0.6  # mean confidence below which a page may lie upside down: print read so comes to 0.44 to 0.48
_SCATTERED = 11  # tesseract's mode for words that stand anywhere
_LEGIBLE = 0.5  # confidence from which a word of a stamp is one
_TELLING = 8  # words below which a mean says nothing


@dataclass(frozen=True)
class ReadPage:
    """One page: its text with columns apart, its words, and what coloured stamps in its upper half say."""

    text: str
    words: PageWords
    stamps: str = ""


@dataclass(frozen=True)
class _Picture:
    """What tesseract gets of a page; `stamps` is the coloured ink alone, where there is some."""

    number: int
    frame: Frame
    slope: float
    print: Grey
    stamps: Grey | None


def read_pages(
    document: pdfium.PdfDocument, numbers: Sequence[int], name: str, tell: Tell | None = None
) -> dict[int, ReadPage]:
    """Page number (from 0) to what it says. Raises `UnreadableFile` (too many pages, no success) or
    `MissingProgram`. pdfium draws in this thread only; at most one picture waits beside those being read."""
    if len(numbers) > MOST_SCANNED:
        raise UnreadableFile(
            Said(
                f"Tệp “{name}” có {len(numbers)} trang quét, quá {MOST_SCANNED} trang. Hãy tách tệp rồi gửi lại.",
                f"The file “{name}” has {len(numbers)} scanned pages, more than {MOST_SCANNED}. Split "
                "it and send the parts.",
            )
        )
    path, cores = program(name), len(os.sched_getaffinity(0))
    found: dict[int, ReadPage] = {}
    with ThreadPoolExecutor(cores) as pool:
        waiting: deque[Future[tuple[int, ReadPage]]] = deque()
        try:
            for picture in _pictures(document, numbers):
                waiting.append(pool.submit(_read, path, picture, name))
                if len(waiting) > cores:
                    _collect(waiting, found, numbers, tell)
            while waiting:
                _collect(waiting, found, numbers, tell)
        finally:
            for future in waiting:
                future.cancel()
    return found


def _collect(
    waiting: deque[Future[tuple[int, ReadPage]]],
    found: dict[int, ReadPage],
    numbers: Sequence[int],
    tell: Tell | None,
) -> None:
    number, page = waiting.popleft().result()
    found[number] = page
    if tell is not None:
        tell(len(found), len(numbers))


def _pictures(document: pdfium.PdfDocument, numbers: Sequence[int]) -> Iterator[_Picture]:
    for number in numbers:
        page = document[number]
        try:
            yield _drawn(page, number)
        finally:
            page.close()


def _drawn(page: pdfium.PdfPage, number: int) -> _Picture:
    coarse = render(page, frame(page, _COARSE), colour=True)
    grey = ink.in_grey(coarse)
    turn = 90 if upright.is_sideways(grey) else 0
    slant = upright.skew(np.rot90(grey, -1) if turn else grey)
    slope = 0.0 if abs(slant) > upright.SLIGHT else -math.tan(math.radians(slant))
    lies = frame(page, DPI, turn if slope else turn + slant)
    if not ink.has_coloured_ink(coarse):
        return _Picture(number, lies, slope, render(page, lies), None)
    picture = render(page, lies, colour=True)
    return _Picture(number, lies, slope, ink.without_coloured_ink(picture), ink.coloured_ink(picture))


def _read(path: str, picture: _Picture, name: str) -> tuple[int, ReadPage]:
    lies, words = picture.frame, words_of(path, picture.print, dpi=DPI, name=name)
    if not _makes_sense(words):
        over = words_of(path, np.ascontiguousarray(np.rot90(picture.print, 2)), dpi=DPI, name=name)
        if _sureness(over) > _sureness(words):
            lies, words = replace(lies, angle=lies.angle + 180), over
    rows = lines.in_rows(lines.likely(words), picture.slope)
    stamps = "" if picture.stamps is None else _stamps(path, picture.stamps, name)
    return picture.number, ReadPage(lines.text_of(rows), _placed(picture.number, lies, rows), stamps)


def _stamps(path: str, picture: Grey, name: str) -> str:
    """Stamps are printed large: half the resolution is enough, and only those of the header say something."""
    upper = np.ascontiguousarray(picture[: len(picture) // 2 : 2, ::2])
    words = words_of(path, upper, dpi=DPI // 2, name=name, mode=_SCATTERED)
    return lines.text_of(lines.in_rows([word for word in words if word.confidence > _LEGIBLE]))


def _makes_sense(words: Sequence[Seen]) -> bool:
    return len(words) < _TELLING or _sureness(words) >= _SENSE


def _sureness(words: Sequence[Seen]) -> float:
    return fmean([word.confidence for word in words]) if words else 0.0


def _placed(number: int, lies: Frame, rows: Sequence[Sequence[lines.Piece]]) -> PageWords:
    words = tuple(
        Word(one.text, one.confidence, lies.on_page(one.left, one.top, one.right, one.bottom))
        for row in rows
        for piece in row
        for one in piece.words
    )
    return PageWords(number, words, lies.angle)
