"""Workbooks made to harm: refused alone and said plainly, and the files beside them are read."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest

from nhipcau.core import apart
from nhipcau.core.apart import read_apart
from nhipcau.core.errors import UnreadableFile
from nhipcau.exchange.xlsx.parcels import opened
from nhipcau.exchange.xlsx.reading import START
from tests.exchange.plain import blank_form


def remade(change: Callable[[str, bytes], bytes], **more: bytes) -> bytes:
    """A good form with its parts changed and others added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(blank_form())) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, data in more.items():
            new.writestr(name, data)
    return out.getvalue()


def first_sheet(old: bytes, new: bytes) -> Callable[[str, bytes], bytes]:
    return lambda name, data: data.replace(old, new, 1) if name == "xl/worksheets/sheet1.xml" else data


FAR = first_sheet(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')
ENTITIES = first_sheet(
    b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet'
)
HOSTILE = {
    "a bomb": (remade(lambda _, data: data, **{"xl/bomb.xml": b"0" * 60_000_000}), "lớn bất thường"),
    "macros": (remade(lambda _, data: data, **{"xl/vbaProject.bin": b"x"}), "có macro"),
    "a cell at the far end": (remade(FAR), "bất thường"),
    "a broken sheet": (remade(lambda name, data: data[: len(data) // 2] if "sheet1" in name else data), "bị hỏng"),
    "no workbook": (b"PK\x03\x04" + b"0" * 500, "bị hỏng"),
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "không phải tệp .xlsx"),
    "nothing": (b"", "không phải tệp .xlsx"),
}


@pytest.mark.parametrize("kind", sorted(HOSTILE))
def test_a_hostile_file_is_refused_and_the_next_one_read(kind: str) -> None:
    data, said = HOSTILE[kind]
    hostile, good = read_apart([data, blank_form()], START)
    assert said in hostile["refused"]["vi"]
    assert "stamp" in good


def test_entities_are_not_expanded() -> None:
    (answer,) = read_apart([remade(ENTITIES)], START)
    assert "aaaaaaaaaa" not in str(answer)


def test_a_process_that_dies_costs_one_file() -> None:
    died = "import os, sys\nsys.stdin.buffer.readline()\nprint('{\"stamp\": 1}', flush=True)\nos.abort()"
    answers = read_apart([b"1", b"2", b"3", b"4"], died)
    assert ["refused" in answer for answer in answers] == [False, True, False, True]


def test_a_file_that_never_ends_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "_SILENCE", 0.5)
    (answer,) = read_apart([b"1"], "import time; time.sleep(60)")
    assert "bị dừng" in answer["refused"]["vi"]


def test_a_zip_gives_its_workbooks_and_nothing_else() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as parcel:
        parcel.writestr("xã An Hải/a1.xlsx", blank_form())
        parcel.writestr("ghi chú.txt", b"x")
    assert [name for name, _ in opened("nop.zip", out.getvalue())] == ["nop.zip › xã An Hải/a1.xlsx"]


def test_a_zip_with_something_far_too_large_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parcel:
        parcel.writestr("a.xlsx", b"0" * 6_000_000)
    with pytest.raises(UnreadableFile, match="5 MB"):
        list(opened("nop.zip", out.getvalue()))


def _packed(kind: int, change: Callable[[bytes], bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", kind) as parcel:
        parcel.writestr("mẫu.xlsx", blank_form())
    return change(out.getvalue())


UNPACKING = {
    "packed otherwise": _packed(zipfile.ZIP_LZMA, lambda data: data),
    "a name in no letters": _packed(zipfile.ZIP_DEFLATED, lambda data: data.replace("ẫ".encode(), b"\xff\xfe\xff")),
    "a broken stream": _packed(zipfile.ZIP_DEFLATED, lambda data: data[:60] + b"\xff" * 40 + data[100:]),
}


@pytest.mark.parametrize("kind", UNPACKING)
def test_a_parcel_that_cannot_be_unpacked_is_refused_in_words(kind: str) -> None:
    with pytest.raises(UnreadableFile, match="bị hỏng hoặc có mật khẩu"):
        list(opened("biểu.zip", UNPACKING[kind]))
