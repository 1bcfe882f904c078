"""A foreign archive says how much it unpacks to, and may lie: no more is unpacked than was said beforehand."""

from __future__ import annotations

import tracemalloc
import zipfile
from collections.abc import Callable

import pytest

from nhipcau.core import zips
from nhipcau.core.errors import UnreadableFile
from nhipcau.documents.storing import media
from nhipcau.documents.storing.margins import margins_of
from nhipcau.exchange.xlsx.parcels import opened
from tests.archives import lying, many

LARGE = 64 * 2**20


@pytest.fixture(scope="module")
def bomb() -> bytes:
    """A header of 64 MB that says it has a thousand bytes, and has the check value of its first thousand."""
    return lying("word/header1.xml", LARGE)


def _peak(work: Callable[[], object]) -> int:
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_python_alone_unpacks_all_of_what_says_it_is_small(bomb: bytes) -> None:
    with zips.opened(bomb) as package:
        assert _peak(lambda: package.read("word/header1.xml")) > LARGE


def test_a_running_header_that_lies_is_unpacked_no_further_than_it_says(bomb: bytes) -> None:
    assert _peak(lambda: margins_of(bomb)) < LARGE / 8


def test_a_part_larger_than_allowed_is_no_part() -> None:
    with zips.opened(lying("word/header1.xml", 5_000, says=5_000)) as package:
        entry = package.getinfo("word/header1.xml")
        assert len(zips.part(package, entry, 5_000)) == 5_000
        with pytest.raises(zipfile.BadZipFile):
            zips.part(package, entry, 4_999)


def test_a_part_in_a_rare_packing_is_not_unpacked() -> None:
    data = lying("word/header1.xml", 1_000, kind=zipfile.ZIP_LZMA)
    with zips.opened(data) as package, pytest.raises(zipfile.BadZipFile):
        zips.part(package, package.getinfo("word/header1.xml"), 10_000)


def test_a_running_header_cut_off_or_damaged_hides_no_other() -> None:
    word = "<w:p xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:t>MẬT</w:t></w:p>"
    data = lying("word/header1.xml", 5_000, garbled=True, others={"word/header2.xml": word.encode()})
    assert margins_of(data) == ["", "MẬT"]


@pytest.mark.parametrize("door", [media.detect, lambda data: list(opened("bieu-mau.zip", data))])
def test_a_list_of_parts_without_end_is_not_read(door: Callable[[bytes], object]) -> None:
    with pytest.raises(UnreadableFile, match="bị hỏng"):
        door(many(zips.MOST_PARTS + 1))
