"""Whatever the text, reading ends in a Reading; the contract's JSON has its shape."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from nhipcau.reader import read_text, to_json
from nhipcau.reader.language.text import normalise, plain
from tests.reader import letters
from tests.reader.helpers import letter

_PIECES = """Số: / KH-LĐLĐ ngày tháng năm 31/2 0 99999 trước chậm nhất hằng quý IV kể từ Kính gửi: Nơi nhận: - ; . |
TM. CHỦ TỊCH CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM KẾ HOẠCH V/v mục 2 I. 1. a) Điều 3. báo cáo ( ) “ ” PHỤ LỤC
Căn cứ 2021 Nguyễn Văn An"""
_WORDS = st.sampled_from(_PIECES.split())
_LINES = st.lists(st.lists(_WORDS, max_size=8).map(" ".join), max_size=25).map("\n".join)


@settings(max_examples=60, deadline=None)
@given(_LINES)
def test_no_arrangement_of_a_letters_words_makes_it_fail(text: str) -> None:
    json.dumps(to_json(read_text(text), with_text=True))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_no_text_makes_it_fail(text: str) -> None:
    read_text(text)


@given(st.text(max_size=60))
def test_plain_text_keeps_every_offset(text: str) -> None:
    clean = normalise(text)
    assert len(plain(clean)) == len(clean)


@given(st.text(max_size=30), st.sampled_from(["", "Đường lối ", "ð “–” ", "ﬁ\u0301"]))
def test_plain_text_reads_the_same_whole_or_letter_by_letter(text: str, more: str) -> None:
    assert plain(more + text) == "".join(map(plain, more + text))


def test_normalising_twice_changes_nothing() -> None:
    for text in letters.ALL.values():
        assert normalise(normalise(text)) == normalise(text)


def test_a_paragraph_of_two_thousand_sentences_is_read() -> None:
    sentences = " ".join(f"Gửi báo cáo kết quả về Liên đoàn trước ngày {day % 27 + 1}/5." for day in range(2000))

    assert len(letter(f"1. {sentences}").deadlines) == 2000


def test_the_json_has_exactly_the_keys_of_the_contract() -> None:
    found = to_json(read_text(letters.MINISTRY), with_text=True)
    assert set(found) == {
        "doc_type",
        "number",
        "issuer",
        "parent_issuer",
        "place",
        "date",
        "subject",
        "addressees",
        "recipients",
        "cited",
        "signer",
        "deadlines",
        "obligations",
        "confidence",
        "warnings",
        "text_source",
        "signatures",
        "text",
    }
    assert set(found["deadlines"][0]) == {
        *("phrase", "kind", "normalised", "due", "late_after", "action", "responsible", "scope", "span"),
        *("confidence", "why"),
    }
    assert set(found["cited"][0]) == {"symbol", "date", "issuer", "span", "confidence", "why"}
    assert set(found["obligations"][0]) == {
        *("text", "span", "scope", "rule", "responsible", "helped_by", "deadline"),
        *("confidence", "why"),
    }
    assert found["text_source"] == "text"


def test_the_text_is_left_out_unless_asked_for() -> None:
    assert "text" not in to_json(read_text(letters.MINISTRY))
