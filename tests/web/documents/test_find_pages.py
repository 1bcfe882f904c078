"""The search page: what it shows, what it says when nothing is there, and to whom."""

from __future__ import annotations

from nhipcau.documents.actions import register_outgoing
from tests.cast import NOW, Cast
from tests.documents.letters import RECEIVED, registered
from tests.web.documents.conftest import As


def test_hits_are_marked_in_their_own_spelling(cast: Cast, acting: As) -> None:
    registered(cast.clerk)
    page = acting(cast.clerk).get("/van-ban/tim/", {"q": "ve sinh lao dong"}).content.decode()
    assert '<mark class="on">vệ</mark> <mark class="on">sinh</mark>' in page
    assert "56/KH-LĐLĐ" in page


def test_a_phrase_is_marked_as_a_whole(cast: Cast, acting: As) -> None:
    registered(cast.clerk)
    page = acting(cast.clerk).get("/van-ban/tim/", {"q": '"ve sinh lao dong"'}).content.decode()
    assert '<mark class="on">vệ sinh lao động</mark>' in page


def test_a_stranger_sees_no_hit_and_no_count(cast: Cast, acting: As) -> None:
    registered(cast.clerk)
    page = acting(cast.stranger).get("/van-ban/tim/", {"q": "an toàn"}).content.decode()
    assert "Không có văn bản nào khớp trong phạm vi của bạn" in page
    assert "56/KH-LĐLĐ" not in page


def test_a_letter_of_a_unit_below_names_its_unit(cast: Cast, acting: As) -> None:
    registered(cast.commune_officer)
    page = acting(cast.clerk).get("/van-ban/tim/", {"q": "an toàn"}).content.decode()
    assert "văn bản của Công đoàn xã An Hải" in page


def test_the_page_says_how_it_understood_the_fields(cast: Cast, acting: As) -> None:
    page = acting(cast.clerk).get("/van-ban/tim/", {"q": "số:56 loại:kế hoạch ngày:3/2026"}).content.decode()
    assert "số, ký hiệu: <b>56</b>" in page
    assert "ngày văn bản: <b>01/03/2026 – 31/03/2026</b>" in page


def test_what_is_no_date_is_said(cast: Cast, acting: As) -> None:
    page = acting(cast.clerk).get("/van-ban/tim/", {"q": "ngày:31/2/2026 an toàn"}).content.decode()
    assert "Không hiểu ngày «31/2/2026»" in page


def test_the_empty_page_gives_examples_that_lead_somewhere(cast: Cast, acting: As) -> None:
    page = acting(cast.clerk).get("/van-ban/tim/").content.decode()
    assert 'href="/van-ban/tim/?q=an+to%C3%A0n+lao+%C4%91%E1%BB%99ng"' in page


def test_the_next_page_goes_on_where_this_one_ends(cast: Cast, acting: As) -> None:
    for number in range(25):
        register_outgoing(
            unit=cast.province, doc_type="kế hoạch", subject=f"Hội thao lần {number}", dated=RECEIVED,
            actor=cast.clerk, at=NOW,
        )  # fmt: skip
    browser = acting(cast.clerk)
    first = browser.get("/van-ban/tim/", {"q": "hội thao"})
    assert [row.hit.subject for row in first.context["rows"]] == [f"Hội thao lần {n}" for n in range(24, 4, -1)]
    second = browser.get(f"/van-ban/tim/?{first.context['next']}")
    assert [row.hit.subject for row in second.context["rows"]] == [f"Hội thao lần {n}" for n in range(4, -1, -1)]


def test_markup_in_a_letter_is_shown_as_text(cast: Cast, acting: As) -> None:
    register_outgoing(
        unit=cast.province, doc_type="kế hoạch", subject="Hội <b>thao</b>", dated=RECEIVED, actor=cast.clerk, at=NOW
    )
    page = acting(cast.clerk).get("/van-ban/tim/", {"q": "hội"}).content.decode()
    assert "&lt;b&gt;thao&lt;/b&gt;" in page


def test_a_word_still_being_typed_shows_letters_with_a_word_that_begins_so(cast: Cast, acting: As) -> None:
    register_outgoing(
        unit=cast.province,
        doc_type="kế hoạch",
        subject="Tập huấn an toàn",
        dated=RECEIVED,
        actor=cast.clerk,
        at=NOW,
    )
    page = acting(cast.clerk).get("/van-ban/tim/", {"q": "tap hua"}).content.decode()
    assert '<mark class="on">huấn</mark> an toàn' in page
    assert "Chưa có văn bản nào có trọn chữ «hua»" in page
    page = acting(cast.clerk).get("/van-ban/tim/", {"q": "tap honda"}).content.decode()
    assert "Không có văn bản nào khớp" in page
