"""A sentence in both languages is its Vietnamese text, and never forgets its English."""

from __future__ import annotations

import copy
import json
import pickle

from nhipcau.core.said import Said, english, joined, packed, unpacked

LATE = Said("quá hạn", "overdue")


def test_it_is_its_vietnamese_text() -> None:
    assert LATE == "quá hạn"
    assert json.dumps({"why": LATE}, ensure_ascii=False) == '{"why": "quá hạn"}'


def test_names_have_no_other_language() -> None:
    assert [english(LATE), english("Nguyễn Văn A")] == ["overdue", "Nguyễn Văn A"]


def test_joined_it_keeps_both() -> None:
    both = joined("; ", [LATE, "56/KH-LĐLĐ"])
    assert (both, both.en) == ("quá hạn; 56/KH-LĐLĐ", "overdue; 56/KH-LĐLĐ")


def test_copied_pickled_and_packed_it_is_the_same() -> None:
    stored = json.loads(json.dumps(packed(LATE)))
    for again in (copy.deepcopy(LATE), pickle.loads(pickle.dumps(LATE)), unpacked(stored)):
        assert (again, english(again)) == ("quá hạn", "overdue")


def test_plain_text_is_packed_as_it_is() -> None:
    assert packed("chữ") == "chữ"
    assert english(unpacked("chữ")) == "chữ"
