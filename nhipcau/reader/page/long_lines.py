"""No line is longer than people write: what comes without line ends is cut between sentences or words.

Some of the reader's expressions take the square of a line. No letter holds a line near the limit; a text made to
keep the reader busy does.
"""

from __future__ import annotations

import re

LONGEST = 8_000  # characters of a line, or of a paragraph wrapped over lines: three pages
A_PAGE_WITHOUT_ENDS = 30_000  # some web copies hold a whole letter on one line, to be broken where its parts begin
_SENTENCE_END = re.compile(r"[.;!?] +")
_NEARLY = 2_000  # characters before the limit in which a sentence or a word is looked for that ends


def cut(line: str, most: int = LONGEST) -> list[str]:
    """The line in pieces of at most `most` characters; whole, as nearly every line is."""
    pieces = []
    start = 0
    while len(line) - start > most:
        end = _end(line, start + most)
        pieces.append(line[start:end])
        start = end
    return [*pieces, line[start:]]


def _end(line: str, limit: int) -> int:
    """Where to cut before `limit`: behind a sentence, else behind a word, else there."""
    near = limit - _NEARLY
    ends = [found.end() for found in _SENTENCE_END.finditer(line, near, limit)]
    return ends[-1] if ends else line.rfind(" ", near, limit) + 1 or limit
