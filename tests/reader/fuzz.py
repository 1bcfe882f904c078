"""Damage files and texts at random and see that the reader ends, soon, with a reading or an error of its own.

    python -m tests.reader.fuzz --seconds 600 [--seed 1]

Files are flipped, cut, swapped and stuffed byte by byte; Word files also inside their XML, where a flipped byte of
the package would only break its checksum. Word, web and text files are opened in this process, so that a failing
one shows its traceback; PDF and old Word files in the confined process, as in the product.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import shutil
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import typst
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from nhipcau.core.errors import MissingProgram, UnreadableFile
from nhipcau.reader import read_text, to_json
from nhipcau.reader.extract import extract
from nhipcau.reader.extract.here import extract_here
from nhipcau.reader.extract.kinds import Kind, kind_of
from tests.reader import hostile, letters
from tests.reader.test_extract import PDF_LETTER
from tests.reader.test_robust import _LINES
from tests.reader.test_same_fields import LETTER, PLAN
from tests.reader.typeset import OFFICES, as_text, converted, encoded

_PAGE = 3_000  # characters
_A_PAGE = 2.0  # seconds of processor time for each page of text
_OPENING = 30.0  # seconds of processor time to open any file
_PARTS = ("word/document.xml", "word/styles.xml", "word/numbering.xml")
_LETTERS = "Số:/-KHLĐ. \t\n|0123ngàythTrước"
_TOKENS = (
    b"\x00", b"\xff\xff\xff\xff", b"-1", b"99999999999", b"<w:tbl>", b"</w:p>", b"&#0;", b"%s", b"<br>", b"<td>",
    b"endobj", b"stream\n", b"/Count 99999", b"[[[[", b"((((", "Số:".encode(), "Kính gửi".encode(), b"|", b"\t\t\t",
    b"<w:gridSpan w:val='x'/>", b"<w:ilvl w:val='-3'/>", b"<w:numId w:val='\xc3\xa9'/>",
)  # fmt: skip


def corpus() -> dict[str, bytes]:
    """Sound files of every kind the reader opens, all invented."""
    files = {f"{name}.docx": OFFICES[name]().typeset(LETTER) for name in OFFICES}
    files["bang-cong-viec.docx"] = OFFICES["danh-so"]().typeset(PLAN)
    made = typst.compile(PDF_LETTER.encode())
    assert isinstance(made, bytes)
    files["typst.pdf"] = made
    old = encoded(as_text(LETTER), "tcvn3")
    files["tay.pdf"] = hostile.page_of(hostile.shown(*old.splitlines()), font=".VnTime")
    files |= {f"{name}.txt": text.encode() for name, text in letters.ALL.items()}
    files["tcvn3.txt"] = encoded(as_text(PLAN), "tcvn3").encode("latin-1", "replace")
    files["trang.html"] = f"<html><table><tr><td>{as_text(LETTER)}</td><td>x</td></tr></table></html>".encode()
    head = b"From: a@b.vn\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\n"
    files["thu.eml"] = head + files["tcvn3.txt"]
    if shutil.which("soffice"):
        files["cu.doc"] = converted({"cu": files["bang.docx"]}, "doc")["cu"]
    return files


def damaged(data: bytes, dice: random.Random) -> bytes:
    """The file with one to eight things done to it."""
    if data.startswith(b"PK") and dice.random() < 0.8:
        return _inside(data, dice)
    out = bytearray(data)
    for _ in range(dice.choice((1, 1, 2, 4, 8))):
        dice.choice(_WAYS)(out, dice)
    return bytes(out)


def _flip(out: bytearray, dice: random.Random) -> None:
    for _ in range(dice.randint(1, 16)):
        if out:
            out[dice.randrange(len(out))] ^= 1 << dice.randrange(8)


def _cut(out: bytearray, dice: random.Random) -> None:
    del out[dice.randrange(len(out) + 1) :]


def _swap(out: bytearray, dice: random.Random) -> None:
    size = dice.randint(1, max(1, len(out) // 4))
    one, other = (dice.randrange(max(1, len(out) - size)) for _ in range(2))
    out[one : one + size], out[other : other + size] = out[other : other + size], out[one : one + size]


def _again(out: bytearray, dice: random.Random) -> None:
    start, size = dice.randrange(len(out) + 1), dice.randint(1, 2_000)
    out[start:start] = out[start : start + size] * dice.randint(1, 20)


def _drop(out: bytearray, dice: random.Random) -> None:
    start = dice.randrange(len(out) + 1)
    del out[start : start + dice.randint(1, 400)]


def _stuff(out: bytearray, dice: random.Random) -> None:
    for _ in range(dice.randint(1, 6)):
        start = dice.randrange(len(out) + 1)
        out[start:start] = dice.choice(_TOKENS)


_WAYS: tuple[Callable[[bytearray, random.Random], None], ...] = (_flip, _cut, _swap, _again, _drop, _stuff)


def _inside(data: bytes, dice: random.Random) -> bytes:
    """A Word file with one of its parts damaged and the package sound; mostly so that it is still XML."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        part = dice.choice([name for name in _PARTS if name in old.namelist()])
        for name in old.namelist():
            content = old.read(name)
            if name == part:
                content = _elements(content, dice) if dice.random() < 0.8 else damaged(content, dice)
            new.writestr(name, content)
    return target.getvalue()


def _elements(content: bytes, dice: random.Random) -> bytes:
    """Values of attributes changed and elements dropped, so that the parser is passed and the reader is met."""
    pieces = content.split(b'"')
    for _ in range(dice.randint(1, 12)):
        at = 2 * dice.randrange(max(1, len(pieces) // 2)) + 1
        if at < len(pieces) - 1 and b"http" not in pieces[at]:
            pieces[at] = dice.choice((b"", b"0", b"-7", b"x", b"99999999999", b"%1%2%9", b"nil", pieces[at] * 3))
    out = b'"'.join(pieces)
    for tag in dice.sample((b"w:tc", b"w:tr", b"w:p", b"w:r", b"w:tblGrid", b"w:pPr"), k=dice.randint(0, 2)):
        out = out.replace(b"<" + tag + b">", b"<w:sdt>", 1).replace(b"</" + tag + b">", b"</w:sdt>", 1)
    return out


def check_file(data: bytes, name: str) -> str:
    """Open one file and read what it says; the outcome in a word. AssertionError if it takes too long."""
    apart = kind_of(data, name) in (Kind.PDF, Kind.DOC, Kind.RTF)
    began = time.process_time()
    try:
        found = extract(data, name, ocr=False) if apart else extract_here(data, name, ocr=False)
    except (UnreadableFile, MissingProgram):
        return "refused"
    assert time.process_time() - began < _OPENING, f"{name}: opened in {time.process_time() - began:.1f} s"
    check_text(found.text)
    return "read"


def check_text(text: str) -> None:
    """Read a text. AssertionError if it takes over two seconds a page."""
    began = time.process_time()
    json.dumps(to_json(read_text(text), with_text=True))
    took, pages = time.process_time() - began, max(1.0, len(text) / _PAGE)
    assert took < _A_PAGE * pages, f"{took:.1f} s for {pages:.1f} pages"


def check_texts(number: int) -> None:
    """Fifty texts by hypothesis: letters' words in any order, and any characters at all."""

    @seed(number)
    @settings(max_examples=50, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(
        st.one_of(_LINES, st.text(max_size=400), st.text(alphabet="Số:/-KHLĐ. \t\n|0123ngàythTrước", max_size=800))
    )
    def any_text(text: str) -> None:
        check_text(text)

    any_text()


def outcomes(seconds: float, number: int) -> Iterator[tuple[str, str]]:
    """(kind of input, outcome), until the time is up."""
    dice = random.Random(number)
    files = corpus()
    names = [name for name in files if not name.endswith(".doc")] * 4 + [n for n in files if n.endswith(".doc")]
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if dice.random() < 0.02:
            check_texts(dice.randrange(2**32))
            yield "text", "read"
            continue
        name = dice.choice(names)
        data = damaged(files[name], dice)
        try:
            yield Path(name).suffix, check_file(data, name)
        except Exception:
            kept = Path(tempfile.mkdtemp(prefix="nhipcau-fuzz-")) / name
            kept.write_bytes(data)
            print(f"fails: {kept} (seed {number})", file=sys.stderr)
            raise


def main() -> None:
    """Run for so many seconds and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    asked = parser.parse_args()
    counted = Counter(outcomes(asked.seconds, asked.seed))
    for (kind, outcome), count in sorted(counted.items()):
        print(f"{kind:6} {outcome:8} {count}")
    print(f"{sum(counted.values())} inputs, no failure (seed {asked.seed})")


if __name__ == "__main__":
    main()
