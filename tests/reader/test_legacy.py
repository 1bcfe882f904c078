"""Old encodings are converted where a font says so or the words prove it, and nowhere else."""

from __future__ import annotations

import unicodedata

import pytest

from nhipcau.reader.extract.broken import fault_of
from nhipcau.reader.extract.here import extract_here
from nhipcau.reader.extract.legacy import Run, decode, draws_capitals, encoding_of_font, joined, repair
from nhipcau.reader.language.syllables import is_syllable, is_unmarked_syllable
from tests.reader import letters
from tests.reader.test_same_fields import LETTER
from tests.reader.typeset import as_text, encoded

TEXT = as_text(LETTER)


@pytest.mark.parametrize(
    ("font", "encoding"),
    [
        (".VnTime", "tcvn3"), (".VnTimeH", "tcvn3"), ("ABCDEF+.VnArial", "tcvn3"), ("VNI-Times", "vni"),
        ("vni-helve", "vni"), ("Times New Roman", None), ("Vnitalic", None), (None, None),
    ],
)  # fmt: skip
def test_the_name_of_a_font_says_its_encoding(font: str | None, encoding: str | None) -> None:
    assert encoding_of_font(font) == encoding


def test_a_font_of_capitals_ends_in_h() -> None:
    assert draws_capitals(".VnTimeH") and draws_capitals(".VnTimeH Bold")
    assert not draws_capitals(".VnTime") and not draws_capitals("VNI-TimesH")


def test_runs_are_converted_each_by_its_own_font() -> None:
    runs = [Run("c«ng ®oµn", ".VnTimeH"), Run(" xã ", "Times New Roman"), Run("An H¶i", ".VnTime")]
    assert joined(runs) == "CÔNG ĐOÀN xã An Hải"


def test_a_letter_of_vni_split_between_two_runs_is_one_letter() -> None:
    assert joined([Run("Coâng ñoa", "VNI-Times"), Run("øn", "VNI-Times")]) == "Công đoàn"


def test_unicode_pasted_under_an_old_font_stays() -> None:
    assert joined([Run("người lao động", ".VnTime")]) == "người lao động"


@pytest.mark.parametrize("encoding", ["tcvn3", "vni"])
def test_a_text_file_in_an_old_encoding_is_read_as_unicode(encoding: str) -> None:
    found = extract_here(encoded(TEXT, encoding).encode("latin-1"), "cu.txt")
    assert found.text.lower() == TEXT.lower()
    assert any("chuyển sang Unicode" in warning for warning in found.warnings)


def test_windows_vietnamese_with_its_separate_tones_is_read() -> None:
    assert unicodedata.normalize("NFC", extract_here(_in_1258(TEXT), "win.txt").text) == TEXT


def _in_1258(text: str) -> bytes:
    """Tones as separate marks, the other marks with their letter."""
    out = ""
    for char in text:
        marks = unicodedata.normalize("NFD", char)
        tone = next((mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323"), "")
        out += unicodedata.normalize("NFC", marks.replace(tone, "")) + tone if tone else char
    return out.encode("cp1258")


def test_a_hyphen_in_place_of_a_letter_is_the_letter_and_another_is_not() -> None:
    assert decode("Th-êng trùc ®-îc, L§L§-VP, §éc lËp - Tù do", "tcvn3") == (
        "Thường trực được, LĐLĐ-VP, Độc lập - Tự do"
    )


def test_letters_swapped_for_signs_are_put_right_where_the_words_prove_it() -> None:
    found = repair("Ban Chấp hμnh họp với đoμn viên vμ Th−ờng trực; các tr−ờng đ−ợc mời")
    assert found.text == "Ban Chấp hành họp với đoàn viên và Thường trực; các trường được mời"
    assert found.done


@pytest.mark.parametrize(
    "text",
    [
        "đo được 5 μm, 3 μg và A−B = 7−5",
        "El niño está en São Paulo mañana; français déjà vu",
        "Cơng đồn khố hồ",  # a broken font map: "đồn" is a word too
        *letters.ALL.values(),
        TEXT,
    ],
)
def test_nothing_else_is_touched(text: str) -> None:
    assert repair(text).text == text


def test_a_mixed_text_is_converted_line_by_line() -> None:
    old = encoded("Đề nghị các đơn vị báo cáo kết quả thực hiện", "tcvn3")
    assert repair(f"Công đoàn cơ sở được mời\n{old}").text == (
        "Công đoàn cơ sở được mời\nĐề nghị các đơn vị báo cáo kết quả thực hiện"
    )


# --- broken text layers --------------------------------------------------------------------------------------
BODY = " ".join(part for part in LETTER.body if isinstance(part, str)) * 2


def test_a_font_map_that_turns_letters_into_others_is_noticed() -> None:
    text = "\n".join(letters.ALL.values())
    assert fault_of(text.replace("oà", "ồ").replace("ô", "ơ").replace("ố", "ớ")) == "sai chữ"


def test_dropped_letters_are_noticed_and_unmarked_typing_is_not() -> None:
    assert fault_of("".join(char for char in BODY if char.isascii())) == "mất chữ"
    marks = unicodedata.normalize("NFD", BODY.replace("đ", "d").replace("Đ", "D"))
    assert fault_of("".join(char for char in marks if not unicodedata.combining(char))) is None


def test_words_without_spaces_and_unnamed_signs_are_noticed() -> None:
    stuck = " ".join("".join(BODY.split()[at : at + 6]) for at in range(0, 200, 6))
    assert fault_of(stuck) == "dính chữ"
    assert fault_of(BODY.replace("n", "\ue001")) == "mất chữ"
    assert fault_of(BODY, lost=50) == "mất chữ"


@pytest.mark.parametrize("text", [*letters.ALL.values(), BODY, "Tỉnh Bắc Kạn, Đắk Lắk, Krông Nô " * 20])
def test_sound_letters_have_no_fault(text: str) -> None:
    assert fault_of(text) is None


def test_syllables_are_told_from_what_cannot_be_one() -> None:
    assert all(map(is_syllable, ["nghiêng", "giêng", "gì", "quốc", "khuỷu", "hoà", "hòa", "UYÊN", "yêu", "Kạn"]))
    assert not any(map(is_syllable, ["cơng", "viờn", "Céng", "cac", "zô", "nghang", "gheó̀", "càt"]))
    assert is_unmarked_syllable("duoc") and not is_unmarked_syllable("thng")
