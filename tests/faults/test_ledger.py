"""The books of the fault harness: what counts as acknowledged, what as an answer that was not honest."""

from __future__ import annotations

from pathlib import Path

from tests.faults.ledger import Ledger, Told, acknowledged, odd, read, recovered


def test_what_was_noted_is_read_again_and_only_what_led_on_counts(tmp_path: Path) -> None:
    book = Ledger(tmp_path / "ledger")
    book.note("report", "a", 0, "", done=False)
    book.note("report", "a", 302, "/bao-cao/a/", done=True)
    book.note("report", "b", 503, "Máy chủ đang rất bận", done=False)
    book.close()
    answers = read(book.file)
    assert acknowledged(answers) == {"report": {"a": "/bao-cao/a/"}}
    assert list(odd(answers)) == []


def test_any_other_answer_is_told() -> None:
    answers = [Told("report", "a", 500, "Máy chủ gặp lỗi", done=False, took=0, at=1)]
    assert list(odd(answers)) == ["report a → 500 Máy chủ gặp lỗi"]


def test_recovery_lasts_until_the_next_deed_is_acknowledged() -> None:
    answers = [Told("report", str(at), 302, "", done=True, took=0, at=at) for at in (1.0, 4.0, 9.0)]
    assert recovered(answers, [2.0, 4.0]) == 2.0
    assert recovered(answers, [9.5]) == float("inf")
    assert recovered(answers, []) == 0.0
