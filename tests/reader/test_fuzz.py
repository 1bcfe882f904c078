"""A few seconds of the fuzzer; `python -m tests.reader.fuzz --seconds 600` runs it in earnest."""

from __future__ import annotations

from collections import Counter

from tests.reader.fuzz import outcomes


def test_a_few_seconds_of_damaged_files_end_in_readings_and_plain_refusals() -> None:
    counted = Counter(outcome for _, outcome in outcomes(8, number=2021))
    assert counted["read"] > 0
    assert counted["refused"] > 0
