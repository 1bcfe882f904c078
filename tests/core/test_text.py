import itertools
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.core.errors import InvalidInput
from nhipcau.core.text import canonical, clean, fold, given_name_key, nfc, sort_key, whole

VIETNAMESE = st.text(alphabet="aăâeêioôơuưyđAĐƠ bcghqnt.-\u00a0òóỏõọàáảãạùúủũụỳýỷỹỵ\u0300\u0323ðÐ\n", max_size=30)


def test_clean_composes_and_collapses_blanks() -> None:
    assert clean("  Liên\u00a0 đoàn\tLao  động \n") == "Liên đoàn Lao động"
    assert clean(unicodedata.normalize("NFD", "Nguyễn")) == "Nguyễn"


def test_clean_keeps_line_breaks_only_where_asked() -> None:
    assert clean("một\r\n hai \r ba") == "một hai ba"
    assert clean("một\r\n hai  \n\n ba\n", multiline=True) == "một\nhai\n\nba"


@pytest.mark.parametrize("bad", ["a\x00b", "a\x1bb", "a\x7fb", "a\u202eb", "a\ud800b", "\x0b"])
def test_clean_refuses_control_characters_and_names_them(bad: str) -> None:
    code = next(f"U+{ord(c):04X}" for c in bad if c not in "ab")
    for multiline in (True, False):
        with pytest.raises(InvalidInput) as refusal:
            clean(bad, multiline=multiline)
        assert code in refusal.value.message


def test_clean_drops_what_cannot_be_seen() -> None:
    assert clean("\ufeffcông\u200b đoàn") == "công đoàn"


@given(st.text(), st.booleans())
def test_clean_text_stays_as_it_is(s: str, multiline: bool) -> None:
    try:
        once = clean(s, multiline=multiline)
    except InvalidInput:
        return
    assert clean(once, multiline=multiline) == once
    assert multiline or "\n" not in once


def test_fold_finds_every_spelling() -> None:
    assert fold("Công đoàn ĐỒNG NAI") == "cong doan dong nai"
    assert fold("Ðảng ủy") == fold("ĐẢNG UỶ") == "dang uy"
    assert fold("Liên\u00a0đoàn") == "lien doan"


@given(st.text() | VIETNAMESE)
def test_fold_is_idempotent(s: str) -> None:
    assert fold(fold(s)) == fold(s)


@given(VIETNAMESE)
def test_fold_is_blind_to_encoding_form(s: str) -> None:
    assert fold(unicodedata.normalize("NFD", s)) == fold(s)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hòa", "hoà"),
        ("HÒA BÌNH", "HOÀ BÌNH"),
        ("khỏe", "khoẻ"),
        ("ủy ban", "uỷ ban"),
        ("Thủy", "Thuỷ"),
        ("qúy", "quý"),
        ("Ðoàn", "Đoàn"),
        ("quý\u00a0II", "quý II"),
        ("56/KH–LĐLĐ", "56/KH-LĐLĐ"),
        (unicodedata.normalize("NFD", "hoà"), "hòa"),
    ],
)
def test_two_spellings_have_one_canonical_form(one: str, other: str) -> None:
    assert canonical(one) == canonical(other)


@pytest.mark.parametrize("word", ["quý", "quỳ", "hoàn", "hoàng", "khoét", "huýt", "loài", "QUÝ", "tòa", "HÒA"])
def test_canonical_leaves_settled_words_alone(word: str) -> None:
    assert canonical(word) == word


def test_all_fifteen_tone_pairs_are_unified() -> None:
    for pair, tone in itertools.product(("oa", "oe", "uy"), "\u0300\u0301\u0303\u0309\u0323"):
        old, new = "th" + nfc(pair[0] + tone) + pair[1], "th" + pair[0] + nfc(pair[1] + tone)
        assert old != new
        assert canonical(old) == canonical(new) == old


@given(st.text() | VIETNAMESE)
def test_canonical_is_stable_and_keeps_offsets(s: str) -> None:
    once = canonical(s)
    assert canonical(once) == once
    assert len(once) == len(nfc(s))


IN_ORDER = (
    "a à ả ã á ạ an An AN án anh ă ằ ẳ ẵ ắ ặ ăn â ầ ẩ ẫ ấ ậ ân b ba bà bả bã bá bạ c ca cơ d da dù đ đa đá "
    "e é ê ề g giá h hoa hỏa hóa hoan hoàn i k l m n o ò ỏ õ ó ọ ô ồ ổ ỗ ố ộ ơ ờ ở ỡ ớ ợ p q quý r s t u ù "
    "ư ừ v x y z"
)


def test_sort_key_gives_the_dictionary_order() -> None:
    keys = [sort_key(word) for word in IN_ORDER.split()]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)


def test_tones_count_after_all_letters_and_capitals_last() -> None:
    names = ["Bá An", "Bà Ba", "Bà Bình", "Bả Bình", "Ba Bính"]
    assert sorted(names, key=sort_key) == ["Bá An", "Bà Ba", "Ba Bính", "Bà Bình", "Bả Bình"]
    assert sort_key("lan") < sort_key("Lan") < sort_key("làn")


def test_blank_sorts_before_signs_digits_and_letters() -> None:
    names = ["Anω", "Anh", "An2", "An-Bình", "An Bình", "An 2", "An"]
    assert sorted(names, key=sort_key) == ["An", "An 2", "An Bình", "An-Bình", "An2", "Anh", "Anω"]


def test_sort_key_is_blind_to_tone_placement_and_encoding() -> None:
    assert sort_key("Hoà Bình") == sort_key("Hòa Bình") == sort_key(unicodedata.normalize("NFD", "Hòa Bình"))


@given(st.text() | VIETNAMESE)
def test_sort_key_is_safe_under_any_collation(s: str) -> None:
    assert set(sort_key(s)) <= set("0123456789abcdef")


@given(VIETNAMESE, VIETNAMESE)
def test_a_prefix_sorts_first(s: str, tail: str) -> None:
    # An unmarked text continued with a letter never sorts before itself.
    assert sort_key(fold(s)) <= sort_key(fold(s) + fold(tail))


def test_persons_sort_by_given_then_family_then_middle_name() -> None:
    persons = ["Trần Văn An", "Lê Thị Ánh", "Nguyễn An", "Nguyễn Bá An", "Đỗ Văn An", "Dương Văn Bình", "An"]
    assert sorted(persons, key=given_name_key) == [
        "An",
        "Đỗ Văn An",
        "Nguyễn An",
        "Nguyễn Bá An",
        "Trần Văn An",
        "Lê Thị Ánh",
        "Dương Văn Bình",
    ]


def test_given_name_key_accepts_an_empty_name() -> None:
    assert given_name_key("") < given_name_key("An")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("12", 12),
        ("200", 200),
        ("201", None),
        ("²", None),
        ("١", None),
        ("--5", None),
        ("", None),
        ("1" * 5000, None),
    ],
)
def test_a_whole_number_is_plain_digits_within_its_bound(text: str, number: int | None) -> None:
    assert whole(text, 200) == number
