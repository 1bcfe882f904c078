"""Citations find the letter that is meant: at once, when it comes later, despite slips, and never by a guess."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.core.errors import Conflict, InvalidInput, NotFound
from nhipcau.documents.actions import register_outgoing
from nhipcau.documents.lineage.citekinds import kind_of
from nhipcau.documents.lineage.citing import decline, link_by_hand, waive
from nhipcau.documents.lineage.linking import distance, loose
from nhipcau.documents.models import Citation, Document
from tests.cast import NOW, Cast
from tests.documents.letters import plan, registered

GUIDE = """TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM

Số: {number}                                        Hà Nội, ngày 02 tháng 02 năm 2026

HƯỚNG DẪN
Công tác an toàn lao động năm 2026

Các cấp công đoàn tổ chức thực hiện.

                                                     TM. ĐOÀN CHỦ TỊCH
                                                     PHÓ CHỦ TỊCH
                                                     Trần Văn Bến
"""


def _guide(number: str = "12/HD-TLĐ") -> bytes:
    return GUIDE.format(number=number).encode()


def _only(document: Document) -> Citation:
    return Citation.objects.select_related("target", "possible", "document__unit").get(document=document)


def test_a_letter_finds_what_it_cites_in_the_register(cast: Cast) -> None:
    guide = registered(cast.clerk, _guide())
    assert _only(registered(cast.clerk)).target == guide


def test_a_letter_that_comes_later_is_tied_to_those_that_cite_it(cast: Cast) -> None:
    citing = registered(cast.clerk)
    assert _only(citing).target is None
    assert _only(citing).document.citations.get().target is None
    guide = registered(cast.clerk, _guide())
    assert _only(citing).target == guide


def test_a_letter_of_our_own_is_tied_to_those_that_came_before_it(cast: Cast) -> None:
    own = register_outgoing(
        unit=cast.province, doc_type="kế hoạch", subject="Hội thao", dated=dt.date(2026, 3, 2),
        text="Căn cứ Hướng dẫn số 12/HD-TLĐ ngày 02/02/2026 của Tổng Liên đoàn.", actor=cast.clerk, at=NOW,
    )  # fmt: skip
    assert (_only(own).symbol, _only(own).kind, _only(own).target) == ("12/HD-TLĐ", "ground", None)
    guide = registered(cast.clerk, _guide())
    assert _only(own).target == guide


@pytest.mark.parametrize("printed", ["l2/HD-TLĐ", "12/HD-TLD", "12/HDTLĐ", "12/HD.TLĐ"])
def test_a_slip_of_the_scanner_is_mended_where_the_date_agrees(cast: Cast, printed: str) -> None:
    guide = registered(cast.clerk, _guide())
    citing = registered(cast.clerk)
    row = _only(citing)
    row.symbol, row.symbol_key, row.target = printed, printed.upper(), None
    row.save()
    from nhipcau.documents.lineage.linking import settle

    settle(row)
    assert _only(citing).target == guide


def test_a_changed_letter_is_asked_and_not_taken(cast: Cast) -> None:
    guide = registered(cast.clerk, _guide("12/HD-TLX"))
    row = _only(registered(cast.clerk))
    assert (row.target, row.possible) == (None, guide)


def test_the_same_symbol_of_another_day_is_asked(cast: Cast) -> None:
    guide = registered(cast.clerk, _guide().replace(b"02 th\xc3\xa1ng 02", b"05 th\xc3\xa1ng 02"))
    row = _only(registered(cast.clerk))
    assert (row.target, row.possible) == (None, guide)


def test_another_units_letter_is_never_a_target(cast: Cast) -> None:
    registered(cast.commune_officer, _guide())
    row = _only(registered(cast.clerk))
    assert (row.target, row.possible) == (None, None)


def test_a_clerk_links_by_hand_for_every_letter_that_cites_it_so(cast: Cast) -> None:
    first, second = registered(cast.clerk), registered(cast.clerk, plan(number="57/KH-LĐLĐ"))
    guide = registered(cast.clerk, _guide("77/HD-ABC"))
    assert link_by_hand(citation=_only(first), target=guide, actor=cast.clerk, at=NOW) == 2
    assert _only(first).target == _only(second).target == guide


def test_a_letter_of_another_unit_cannot_be_linked(cast: Cast) -> None:
    row, theirs = _only(registered(cast.clerk)), registered(cast.commune_officer, _guide("77/HD-ABC"))
    with pytest.raises(InvalidInput):
        link_by_hand(citation=row, target=theirs, actor=cast.clerk, at=NOW)


def test_what_was_declined_is_not_asked_again(cast: Cast) -> None:
    registered(cast.clerk, _guide("12/HD-TLX"))
    row = _only(registered(cast.clerk))
    decline(citation=row, actor=cast.clerk, at=NOW)
    registered(cast.clerk, _guide("12/HD-TLY"))
    assert _only(row.document).possible is None


def test_a_letter_that_is_not_needed_is_waived_with_its_reason(cast: Cast) -> None:
    row = _only(registered(cast.clerk))
    with pytest.raises(InvalidInput):
        waive(citation=row, reason=" ", actor=cast.clerk, at=NOW)
    assert waive(citation=row, reason="Đã có trên trang của Tổng Liên đoàn", actor=cast.clerk, at=NOW) == 1
    guide = registered(cast.clerk, _guide())
    assert _only(row.document).target is None
    link_by_hand(citation=_only(row.document), target=guide, actor=cast.clerk, at=NOW)
    with pytest.raises(Conflict):
        waive(citation=_only(row.document), reason="Không cần", actor=cast.clerk, at=NOW)


def test_a_stranger_decides_nothing(cast: Cast) -> None:
    row = _only(registered(cast.clerk))
    with pytest.raises(NotFound):
        waive(citation=row, reason="Không cần", actor=cast.stranger, at=NOW)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Căn cứ Kế hoạch số ", "ground"),
        ("Căn cứ vào chương trình công tác và việc triển khai Kế hoạch số ", "ground"),
        ("Thực hiện Công văn số ", "implements"),
        ("Trả lời Công văn số ", "replies"),
        ("Kế hoạch này thay thế Kế hoạch số ", "replaces"),
        ("Sửa đổi, bổ sung Điều 2 Quyết định số ", "amends"),
        ("Thu hồi Công văn số ", "recalls"),
        ("đã được sửa đổi, bổ sung tại Nghị định số ", "cites"),
        ("Thực hiện tốt việc này. Xem Công văn số ", "cites"),
        ("Tham khảo Công văn số ", "cites"),
    ],
)
def test_what_a_letter_does_with_another_is_read_from_the_words_before(words: str, kind: str) -> None:
    assert kind_of(words + "12/KH-ABC", len(words)) == kind


@given(st.text("0O1lĐD-/.KH", max_size=12), st.text("0O1lĐD-/.KH", max_size=12))
def test_the_distance_is_the_same_both_ways_and_nothing_only_for_equals(first: str, second: str) -> None:
    assert distance(first, second, 3) == distance(second, first, 3)
    assert (distance(first, second, 3) == 0) == (first == second)


def test_what_scanners_confuse_is_one(cast: Cast) -> None:
    assert loose("l2/HD-TLĐ") == loose("12/hd.TLD") == loose("12 / HDTLĐ")
