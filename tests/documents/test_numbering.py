"""Numbers and symbols after Decree 30."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.core.errors import InvalidInput
from nhipcau.documents.numbering import CODES, compose, key, number_warnings


@pytest.mark.parametrize(
    ("number", "doc_type", "printed"),
    [
        (5, "kế hoạch", "05/KH-LĐLĐ"),
        (12, "Báo cáo", "12/BC-LĐLĐ"),
        (5, "công văn", "05/LĐLĐ"),
        (143, "quyết định", "143/QĐ-LĐLĐ"),
        (7, "giấy uỷ quyền", "07/GUQ-LĐLĐ"),
    ],
)
def test_a_number_is_composed_as_the_decree_prints_it(number: int, doc_type: str, printed: str) -> None:
    assert compose(number, doc_type, "LĐLĐ") == printed


def test_a_cong_van_names_the_drafting_section() -> None:
    assert compose(9, "công văn", "LĐLĐ", "CSPL") == "09/LĐLĐ-CSPL"


def test_a_type_without_a_rule_is_refused_by_name() -> None:
    with pytest.raises(InvalidInput, match="tản văn"):
        compose(1, "tản văn", "LĐLĐ")


@given(st.integers(1, 9999), st.sampled_from(sorted(CODES)))
def test_what_we_compose_never_warns(number: int, doc_type: str) -> None:
    assert number_warnings(compose(number, doc_type, "LĐLĐ")) == []


@pytest.mark.parametrize("spelling", ["5/KH-LĐLĐ", "05 / KH-LĐLĐ", "005/kh–lđlđ"])
def test_spellings_of_one_number_share_a_key(spelling: str) -> None:
    assert key(spelling) == key("05/KH-LĐLĐ")


def test_odd_numbers_warn_and_say_why() -> None:
    assert "số 0" in number_warnings("5/KH-LĐLĐ")[0]
    assert "số/ký hiệu" in number_warnings("KH năm mươi sáu")[0]
    assert "không có số" in number_warnings("")[0]
