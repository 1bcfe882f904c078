"""A leader's .docx is opened in a process of its own: what it says comes back, what it does there does not."""

from __future__ import annotations

import tempfile
import tracemalloc
from pathlib import Path

import pytest

from nhipcau.core.errors import UnreadableFile
from nhipcau.press.docx import to_docx
from nhipcau.press.readback import read_docx
from nhipcau.press.rereading import read_docx_apart
from tests.archives import lying
from tests.press.samples import report


@pytest.fixture(autouse=True)
def own_temp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_it_says_what_was_read_and_leaves_nothing(own_temp: Path) -> None:
    data = to_docx(report(), mark="mot-dau")
    assert read_docx_apart(data, "bao-cao.docx") == read_docx(data, "bao-cao.docx")
    assert list(own_temp.iterdir()) == []


def test_what_is_no_word_file_is_refused_in_the_same_words() -> None:
    with pytest.raises(UnreadableFile, match="bị hỏng"):
        read_docx_apart(b"khong phai zip", "la.docx")


def test_a_part_that_says_it_is_small_and_fills_the_memory_does_so_elsewhere() -> None:
    bomb = lying("[Content_Types].xml", 64 * 2**20)
    tracemalloc.start()
    with pytest.raises(UnreadableFile, match=r"giới hạn an toàn|bị hỏng"):
        read_docx_apart(bomb, "bom.docx")
    assert tracemalloc.get_traced_memory()[1] < 8 * 2**20
    tracemalloc.stop()
