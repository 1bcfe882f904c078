"""What is typed into the search box is understood, whatever it is."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.documents.models import Document
from nhipcau.documents.search.query import Field, Query, parse
from nhipcau.documents.search.words import exact, tagged, telling, terms, words


def _folded(query: Query, field: Field) -> list[list[str]]:
    return [[word.folded for word in piece.words] for piece in query.pieces if piece.field is field]


def test_words_stand_anywhere_and_quoted_ones_side_by_side() -> None:
    query = parse("an toàn «vệ sinh lao động»")
    assert _folded(query, Field.TEXT) == [["an"], ["toan"], ["ve", "sinh", "lao", "dong"]]


def test_the_parts_of_a_symbol_stand_side_by_side() -> None:
    assert _folded(parse("05/KH-LĐLĐ"), Field.TEXT) == [["5", "kh", "ldld"]]


@pytest.mark.parametrize("typed", ["số:56/KH-LĐLĐ", "so: 56/KH-LĐLĐ", "SỐ :56/kh-ldld", "number:056/KH-LĐLĐ"])
def test_the_number_is_asked_for_by_its_name_in_any_spelling(typed: str) -> None:
    assert _folded(parse(typed), Field.NUMBER) == [["56", "kh", "ldld"]]


def test_a_type_of_several_words_needs_no_quotes() -> None:
    query = parse("loại:kế hoạch năm 2018")
    assert _folded(query, Field.TYPE) == [["ke", "hoach"]]
    assert _folded(query, Field.TEXT) == [["nam"], ["2018"]]


def test_a_type_may_be_given_by_its_code() -> None:
    assert _folded(parse("loai:KH"), Field.TYPE) == [["ke", "hoach"]]


def test_an_issuer_of_several_words_stands_in_quotes() -> None:
    assert _folded(parse('từ:"Sông Lam" tập huấn'), Field.ISSUER) == [["song", "lam"]]


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("ngày:5/3/2018", (2018, 3, 5), (2018, 3, 5)),
        ("ngay:2018-03-05", (2018, 3, 5), (2018, 3, 5)),
        ("ngày:3/2018", (2018, 3, 1), (2018, 3, 31)),
        ("ngày: 2018-02", (2018, 2, 1), (2018, 2, 28)),
        ("date:2018", (2018, 1, 1), (2018, 12, 31)),
        ("ngày:1/3/2018..31/3/2018", (2018, 3, 1), (2018, 3, 31)),
        ("ngày:2/2018..2018-03", (2018, 2, 1), (2018, 3, 31)),
    ],
)
def test_a_date_may_be_a_day_a_month_a_year_or_a_range(
    typed: str, first: tuple[int, int, int], last: tuple[int, int, int]
) -> None:
    query = parse(typed)
    assert (query.first, query.last) == (dt.date(*first), dt.date(*last))


def test_a_range_may_be_open() -> None:
    assert parse("ngày:3/2018..").last is None
    assert parse("ngày:..3/2018").first is None


@pytest.mark.parametrize("typed", ["31/2/2018", "hôm qua", "5/3", "..", "13/2018"])
def test_what_is_no_date_is_said_and_not_guessed(typed: str) -> None:
    query = parse(f"ngày:{typed} an toàn")
    assert query.unclear
    assert query.first is query.last is None


def test_unknown_names_before_a_colon_are_words() -> None:
    assert _folded(parse("lưu ý: an toàn"), Field.TEXT) == [["luu"], ["y"], ["an"], ["toan"]]


def test_decomposed_letters_and_both_places_of_the_tone_are_one_word() -> None:
    assert parse("hoà thuỷ").pieces[0].words == parse("hòa thủy").pieces[0].words
    assert parse("Lam Đô\u0323ng").free[1].words == parse("Lam Động").free[1].words


@given(st.text(max_size=400))
def test_nothing_typed_is_an_error(typed: str) -> None:
    query = parse(typed)
    assert len(query.pieces) <= 16
    assert all(word.exact and word.folded for piece in query.pieces for word in piece.words)


SPOKEN = st.lists(
    st.sampled_from(("an", "án", "Ấn", "toàn", "toan", "5", "05", "đoàn", "ủy", "ban")), max_size=6
).map(" ".join)


@given(number=SPOKEN, subject=SPOKEN, text=SPOKEN, wanted=SPOKEN, mark=st.sampled_from(["", "^", "#"]))
def test_what_other_terms_imply_need_not_be_asked(
    number: str, subject: str, text: str, wanted: str, mark: str
) -> None:
    """A letter has all terms just if it has those that tell something."""
    letter = Document(number=number, subject=subject, text=text, doc_type="kế hoạch", issuer="LĐLĐ tỉnh", unit_id=1)
    held, typed = set(terms(letter).split()), words(wanted)
    asked = {*tagged(mark, typed), *tagged("", typed[:2]), *exact(typed[1:], "^"), *exact(typed), "~1"}
    for some in (asked, {*tagged(mark, typed)}, {*exact(typed, "^")}):
        assert telling(some) <= held or not some <= held
        assert some <= held or not telling(some) <= held


def test_neighbours_stand_for_their_words_and_a_spelling_for_the_word() -> None:
    assert telling(["an", "toan", "an_toan", "=toàn", "%ke_hoach", "~12"]) == {
        "an_toan", "=toàn", "%ke_hoach", "~12",
    }  # fmt: skip
    assert telling(["^=án", "^an", "=án", "an", "#5_kh", "#5", "5"]) == {"^=án", "#5_kh", "5"}
