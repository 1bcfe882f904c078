import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.core.errors import InvalidInput
from nhipcau.core.money import money_in_words, number_in_words
from nhipcau.core.numbers import INT64_MAX, INT64_MIN

DIGITS = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "sáu": 6, "bảy": 7,
    "tám": 8, "chín": 9,
}  # fmt: skip
SIZES = {"triệu": 10**6, "nghìn": 10**3}
AMOUNTS = st.integers(INT64_MIN, INT64_MAX) | st.builds(
    lambda digit, power, rest: digit * 10**power + rest,
    st.integers(1, 9),
    st.integers(0, 17),
    st.integers(0, 2000),
)


def read_back(words: list[str]) -> int:
    """An independent reader: splits at the last "tỷ", then sums groups of hundreds, tens and units."""
    if words[0] == "âm":
        return -read_back(words[1:])
    if "tỷ" in words:
        at = len(words) - 1 - words[::-1].index("tỷ")
        return read_back(words[:at]) * 10**9 + (read_back(words[at + 1 :]) if words[at + 1 :] else 0)
    total = group = digit = 0
    for word in words:
        if word in DIGITS:
            digit = DIGITS[word]
        elif word == "trăm":
            group, digit = digit * 100, 0
        elif word == "mươi":
            group, digit = group + digit * 10, 0
        elif word == "mười":
            group += 10
        elif word in SIZES:
            total, group, digit = total + (group + digit) * SIZES[word], 0, 0
        else:
            assert word in ("linh", "lẻ")
    return total + group + digit


@pytest.mark.parametrize(
    ("dong", "words"),
    [
        (0, "không"),
        (1, "một"),
        (4, "bốn"),
        (5, "năm"),
        (10, "mười"),
        (11, "mười một"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (55, "năm mươi lăm"),
        (100, "một trăm"),
        (101, "một trăm linh một"),
        (104, "một trăm linh bốn"),
        (105, "một trăm linh năm"),
        (110, "một trăm mười"),
        (1_000, "một nghìn"),
        (1_005, "một nghìn không trăm linh năm"),
        (1_050, "một nghìn không trăm năm mươi"),
        (105_000, "một trăm linh năm nghìn"),
        (72_000_000, "bảy mươi hai triệu"),
        (1_000_005, "một triệu không trăm linh năm"),
        (1_021_000, "một triệu không trăm hai mươi mốt nghìn"),
        (10**9, "một tỷ"),
        (10**9 + 5, "một tỷ không trăm linh năm"),
        (1_234_000_000_000, "một nghìn hai trăm ba mươi tư tỷ"),
        (72_000_000_000_000, "bảy mươi hai nghìn tỷ"),
        (10**15, "một triệu tỷ"),
        (10**18, "một tỷ tỷ"),
        (10**18 + 21, "một tỷ tỷ không trăm hai mươi mốt"),
        (-2_500_000, "âm hai triệu năm trăm nghìn"),
    ],
)
def test_amounts_are_said_as_on_paper(dong: int, words: str) -> None:
    assert money_in_words(dong) == f"{words} đồng"
    assert read_back(words.split()) == dong


def test_the_south_says_le() -> None:
    assert money_in_words(105, zero_tens="lẻ") == "một trăm lẻ năm đồng"


def test_an_amount_beyond_64_bits_is_refused() -> None:
    with pytest.raises(InvalidInput, match="quá lớn"):
        money_in_words(INT64_MAX + 1)


@given(AMOUNTS)
def test_the_words_tell_the_exact_amount(dong: int) -> None:
    assert read_back(number_in_words(dong).split()) == dong


@given(AMOUNTS)
def test_words_are_single_spaced(dong: int) -> None:
    words = money_in_words(dong)
    assert words == " ".join(words.split())
