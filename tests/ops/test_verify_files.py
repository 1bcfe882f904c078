"""A stored file that was touched says so, with the letter that it belongs to."""

from __future__ import annotations

from pathlib import Path

import pytest

from nhipcau.documents.models import Document
from nhipcau.documents.storing import files
from tests.cast import Cast
from tests.documents.letters import registered
from tests.ops.tampering import notes, sentences
from tests.stored import path_of

OWNER = "Tệp «ke-hoach.txt» của văn bản 56/KH-LĐLĐ, số 1 trong sổ văn bản đến"


@pytest.fixture
def letter(cast: Cast) -> Document:
    return registered(cast.clerk)


@pytest.fixture
def path(letter: Document) -> Path:
    """Where its bytes lie, made writable."""
    assert letter.original is not None
    found = path_of(letter.original)
    found.chmod(0o640)
    return found


def test_untouched_files_are_clean(letter: Document) -> None:
    assert sentences() == []


def test_one_changed_byte_is_named_with_the_letter(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[100] ^= 1
    path.write_bytes(data)
    assert sentences() == [f"{OWNER} đã khác bản gốc (sai SHA-256)."]


def test_a_truncated_file_is_named(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[:-10])
    assert sentences() == [f"{OWNER} bị cắt ngắn: {len(data) - 10} byte, lẽ ra {len(data)}."]


def test_a_missing_file_is_named(path: Path) -> None:
    path.unlink()
    assert sentences() == [f"{OWNER} không còn trong kho."]


def test_a_file_that_belongs_to_no_letter_is_named_by_its_address(cast: Cast) -> None:
    stored = files.store(b"thu rieng", "text/plain")
    path_of(stored).unlink()
    assert sentences() == [f"Tệp {stored.sha256[:12]}… (không thuộc văn bản nào) không còn trong kho."]


def test_a_file_without_a_row_is_told_and_is_no_fault(letter: Document) -> None:
    digest = files.write(b"cua mot viec da huy")
    assert sentences() == []
    assert notes()[0] == (
        f"1 tệp trong kho không thuộc bản ghi nào (ví dụ files/{digest[:2]}/{digest[2:]})."
    ) or notes()[-1].startswith("1 tệp trong kho")
