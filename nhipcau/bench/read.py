"""How fast letters are read: against a page of regular expressions, and against ten short letters for one long."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from nhipcau.bench.letters import ITEMS, letters
from nhipcau.bench.measure import Case, Options, Report, measure
from nhipcau.bench.ocr import ocr_case
from nhipcau.reader import read_text

_LONGER = 10


def run(options: Options) -> Report:
    """`files` letters of about 3 KB, one core, one process."""
    files = options.size("files", 300)
    texts = letters(files)
    cases = [_whole(texts), _linear(texts[0], letters(1, items=_LONGER * ITEMS)[0])]
    scans = ocr_case(pages := options.size("pages", 4))
    cases += [scans] if scans else []
    sizes = {"pages": pages, "files": files, "bytes_per_file": sum(len(text.encode()) for text in texts) // files}
    return Report("read", None, sizes, [measure(case, options) for case in cases])


def _whole(texts: list[str]) -> Case:
    def ours() -> list[tuple[str | None, str | None]]:
        return [(found.number.value, found.date.value) for found in map(read_text, texts)]

    def per_second(milliseconds: float) -> Mapping[str, float]:
        return {"documents_per_second": round(len(texts) / milliseconds * 1000, 1)}

    return Case(
        name="letters",
        ours=ours,
        peer="number, date, subject, citations and dates by one regular expression each (no obligations)",
        peer_side=lambda: [_by_expressions(text) for text in texts],
        limit="normalise and fold each text once",
        limit_side=lambda: [_folded(text) for text in texts],
        more=per_second,
    )


def _linear(short: str, long: str) -> Case:
    """ours_ms is one text of ten times the body; a peer_over_ours near 1 means time linear in length."""
    copies = [short] * max(1, round(len(long) / len(short)))
    return Case(
        name="linear",
        ours=lambda: read_text(long).number.value,
        peer=f"as many characters in {len(copies)} letters",
        peer_side=lambda: [read_text(text).number.value for text in copies],
        limit="normalise and fold the text once",
        limit_side=lambda: _folded(long),
        agree=lambda one, several: {one} == set(several),
    )


_NUMBER = re.compile(r"Số:\s*(\S+/\S+)")
_DATED = re.compile(r"ngày (\d+) tháng (\d+) năm (\d{4})")
_SUBJECT = re.compile(r"V/v (.+)")
_CITED = re.compile(r"số (\d+/[\w-]+)(?: ngày (\d+/\d+/\d+))?")
_DATE = re.compile(r"(?:trước|chậm nhất) ngày (\d+)(?:/| tháng )(\d+)(?:/| năm )(\d{4})")


def _by_expressions(text: str) -> tuple[str | None, str | None]:
    number, dated = _NUMBER.search(text), _DATED.search(text)
    _SUBJECT.search(text)
    _CITED.findall(text)
    _DATE.findall(text)
    day = "{2}-{1:0>2}-{0:0>2}".format(*dated.groups()) if dated else None
    return (number[1] if number else None), day


def _folded(text: str) -> str:
    apart = unicodedata.normalize("NFD", unicodedata.normalize("NFC", text))
    return "".join(char for char in apart if not unicodedata.combining(char)).lower()
