"""What the command prints, the digest, and the shared samples where they are at hand."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from nhipcau.boundary import check, check_lines, check_template, digest
from nhipcau.core.errors import UnreadableFile


def test_lines_come_back_in_order_with_exactly_the_promised_keys() -> None:
    said = check_lines(["Số suất quà Tết\n", "\n", "Ai cầm đầu đình công", "Nắm tình hình công nhân"])
    assert [entry["verdict"] for entry in said] == ["allowed", "refused", "review"]
    assert all(list(entry) == ["text", "verdict", "rule", "ground"] for entry in said)
    assert said[0] == {"text": "Số suất quà Tết", "verdict": "allowed", "rule": None, "ground": None}
    assert said[1]["rule"] and said[1]["ground"]


def test_every_text_of_a_template_is_checked_wherever_it_stands() -> None:
    source = "title: Báo cáo quý\nitems:\n  - label: Số suất quà\n    help: Kèm danh sách người theo đạo\n"
    refused = [entry["text"] for entry in check_template(source) if entry["verdict"] == "refused"]
    assert refused == ["Kèm danh sách người theo đạo"]


def test_a_broken_template_says_so() -> None:
    with pytest.raises(UnreadableFile, match="YAML"):
        check_template("a: [b")


def test_the_digest_is_a_sha256_and_stable() -> None:
    assert len(digest()) == 64
    assert digest() == digest()


def test_a_long_text_is_decided_in_bounded_time() -> None:
    begun = time.process_time()
    check("Nguyễn Văn " * 3000)
    check("Số người tập huấn, danh sách đơn vị, kết quả đã kết thúc. " * 500)
    assert time.process_time() - begun < 10


def test_the_shared_samples_get_their_verdicts() -> None:
    folder = os.environ.get("NHIPCAU_SAMPLES")
    if not folder:
        pytest.skip("NHIPCAU_SAMPLES does not name the samples folder")
    rows = [row.split("\t", 1) for row in (Path(folder) / "boundary.tsv").read_text("utf-8").splitlines() if row]
    assert [(verdict, text) for verdict, text in rows if check(text).verdict != verdict] == []
