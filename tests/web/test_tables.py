"""Tables that leave as files: a long one never lies in memory whole."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator

import pytest
from django.http import FileResponse, HttpResponse

from nhipcau.web.tables import MOST_IN_MEMORY, send_csv

LINE = ["Công đoàn cơ sở Công ty May Hải Âu, phường An Hải"] * 12


def lines(count: int) -> Iterator[list[str]]:
    return (LINE for _ in range(count))


def test_a_short_table_is_sent_at_once() -> None:
    answer = send_csv(lines(3), "bang")
    assert isinstance(answer, HttpResponse)
    assert answer.content.decode("utf-8-sig").count("\r\n") == 3


def test_a_nations_table_takes_no_more_memory_than_a_page() -> None:
    tracemalloc.start()
    answer = send_csv(lines(12_800), "bang")
    assert isinstance(answer, FileResponse)
    size = sum(len(piece) for piece in answer)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size > 8 * MOST_IN_MEMORY
    assert peak < MOST_IN_MEMORY
    assert answer["Content-Disposition"] == 'attachment; filename="bang.csv"'


def test_a_fault_in_the_last_line_is_told_instead_of_a_broken_file() -> None:
    def breaking() -> Iterator[list[str]]:
        yield from lines(12_800)
        raise RuntimeError("the last line")

    with pytest.raises(RuntimeError, match="the last line"):
        send_csv(breaking(), "bang")
