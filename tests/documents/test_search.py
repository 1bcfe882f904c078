"""Finding letters: without diacritics, by field, in order, page by page, and only what the post may see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nhipcau.core.verifying import Difference
from nhipcau.documents.actions import confirm, discard, proposed, register_outgoing, void_entry
from nhipcau.documents.models import Document, SearchRow
from nhipcau.documents.queries import visible_documents
from nhipcau.documents.search.finding import Place, search
from nhipcau.documents.search.proof import SearchProof
from nhipcau.documents.search.query import begun, parse
from nhipcau.documents.search.ranks import Order
from nhipcau.documents.search.rows import keep, rebuild
from nhipcau.org.models import Post
from tests.cast import NOW, Cast
from tests.documents.letters import arrive, plan, register, registered

DAY = dt.date(2026, 3, 10)


def _send(actor: Post, subject: str, text: str = "", doc_type: str = "kế hoạch", dated: dt.date = DAY) -> Document:
    """A letter of the actor's own unit."""
    return register_outgoing(
        unit=actor.unit, doc_type=doc_type, subject=subject, text=text, dated=dated, actor=actor, at=NOW
    )


def _found(cast: Cast, typed: str, who: Post | None = None, order: Order = Order.NEWEST) -> list[str]:
    found = search(cast.scope(who or cast.clerk), parse(typed), order=order)
    return [hit.subject for hit in found.hits]


def test_words_are_found_with_and_without_diacritics(cast: Cast) -> None:
    _send(cast.clerk, "Tập huấn công đoàn đợt một")
    for typed in ("tap huan", "TẬP HUẤN", "cong doan dot", "huấn một", "đot mot tap"):
        assert _found(cast, typed) == ["Tập huấn công đoàn đợt một"], typed
    assert _found(cast, "tập hợp") == []


def test_all_words_must_stand_there_and_a_word_is_no_part_of_another(cast: Cast) -> None:
    _send(cast.clerk, "Tập huấn an toàn")
    assert _found(cast, "tập huấn vệ sinh") == []
    assert _found(cast, "tap hua") == []


def test_the_text_is_searched_like_the_subject(cast: Cast) -> None:
    _send(cast.clerk, "Tập huấn", text="Mời giảng viên của Trường Trung cấp Cầu Đá.")
    assert _found(cast, "cau da") == ["Tập huấn"]


def test_a_phrase_stands_side_by_side_and_whole(cast: Cast) -> None:
    _send(cast.clerk, "Một", text="an toàn lao động")
    _send(cast.clerk, "Hai", text="lao động an toàn")
    _send(cast.clerk, "Ba", text="an toàn lao, toàn lao động")
    assert _found(cast, '"toan lao dong"') == ["Ba", "Một"]
    assert _found(cast, '"an toàn lao động"') == ["Một"]


def test_the_spelling_as_typed_comes_first(cast: Cast) -> None:
    _send(cast.clerk, "Đội văn nghệ")
    _send(cast.clerk, "Đổi mới văn nghệ")
    assert _found(cast, "đội văn nghệ") == ["Đội văn nghệ", "Đổi mới văn nghệ"]
    assert _found(cast, "doi van nghe") == ["Đổi mới văn nghệ", "Đội văn nghệ"]


def test_ranked_puts_the_subject_before_the_text_and_neighbours_before_scattered_words(cast: Cast) -> None:
    _send(cast.clerk, "Bữa ăn ca của công nhân")
    _send(cast.clerk, "Ca trực và bữa tiệc", text="ăn")
    _send(cast.clerk, "Chăm lo", text="bữa ăn ca")
    _send(cast.clerk, "Phân công", text="ca trực, bữa ăn")
    wanted = ["Bữa ăn ca của công nhân", "Chăm lo", "Phân công", "Ca trực và bữa tiệc"]
    assert _found(cast, "bua an ca", order=Order.RANKED) == wanted
    assert _found(cast, "bua an ca") == ["Phân công", "Chăm lo", "Ca trực và bữa tiệc", "Bữa ăn ca của công nhân"]


def test_fields_ask_for_number_issuer_type_and_date(cast: Cast) -> None:
    registered(cast.clerk)
    _send(cast.clerk, "Hội thao", doc_type="công văn", dated=dt.date(2026, 2, 3))
    for typed in (
        "số:56",
        "so:056/kh-ldld",
        "từ:sông",
        'tu:"song lam"',
        "loại:kế hoạch",
        "ngày:10/3/2026",
        "ngay:3/2026",
    ):
        assert _found(cast, typed) == ["Tổ chức Tháng An toàn, vệ sinh lao động năm 2026"], typed
    assert _found(cast, "ngày:..28/2/2026") == ["Hội thao"]
    assert _found(cast, "loại:công văn hội thao") == ["Hội thao"]
    assert _found(cast, "số:57") == []


def test_an_empty_search_finds_nothing(cast: Cast) -> None:
    _send(cast.clerk, "Hội thao")
    assert _found(cast, "") == _found(cast, " .,;!? ") == []


def test_a_stranger_and_an_unfinished_letter_of_a_unit_below_are_not_found(cast: Cast) -> None:
    waiting = arrive(cast.commune_officer)
    assert _found(cast, "an toan", cast.commune_officer) == [waiting.subject]
    assert _found(cast, "an toan", cast.clerk) == []
    register(cast.commune_officer, waiting)
    assert _found(cast, "an toan", cast.clerk) == [waiting.subject]
    assert _found(cast, "an toan", cast.stranger) == _found(cast, "an toan", cast.local_volunteer) == []


def test_search_sees_just_what_the_lists_see(cast: Cast) -> None:
    for who in (cast.clerk, cast.commune_officer, cast.local_volunteer, cast.stranger):
        registered(who, plan(number=f"{who.pk}/KH-LĐLĐ"))
        arrive(who, plan(number=f"{who.pk}/CTr-LĐLĐ"))
    for who in (cast.clerk, cast.commune_officer, cast.local_volunteer, cast.stranger):
        found = search(cast.scope(who), parse("an toàn")).hits
        assert [hit.pk for hit in found] == [one.pk for one in visible_documents(cast.scope(who))]


def test_a_discarded_letter_and_a_copy_are_not_found(cast: Cast) -> None:
    first = registered(cast.clerk)
    second = arrive(cast.clerk, plan() + b"\n")
    assert len(_found(cast, "an toan")) == 2
    confirm(document=second, fields=proposed(second), actor=cast.clerk, at=NOW, copy=True)
    assert [hit.pk for hit in search(cast.scope(cast.clerk), parse("an toan")).hits] == [first.pk]
    third = arrive(cast.clerk, plan(number="57/KH-LĐLĐ"))
    discard(document=third, reason="Nhầm tệp", actor=cast.clerk, at=NOW)
    assert not SearchRow.objects.filter(document=third).exists()
    assert _found(cast, "so:57") == []


def test_a_corrected_field_is_found_by_its_new_words_alone(cast: Cast) -> None:
    letter = arrive(cast.clerk, plan(subject="Tổ chức hội thỉ"))
    fields = proposed(letter)
    confirm(
        document=letter, fields=type(fields)(**(vars(fields) | {"issuer": "Liên đoàn Lao động tỉnh Cầu Sa"})),
        actor=cast.clerk, at=NOW,
    )  # fmt: skip
    assert _found(cast, 'từ:"cầu sa"') and not _found(cast, 'từ:"sông lam"')


def test_a_struck_number_is_still_found(cast: Cast) -> None:
    letter = registered(cast.clerk)
    void_entry(entry=letter.entry, reason="Ghi nhầm sổ", actor=cast.clerk, at=NOW)
    assert _found(cast, "so:56") == [letter.subject]


@pytest.mark.parametrize("order", list(Order))
def test_page_after_page_shows_every_hit_once_even_if_letters_arrive_meanwhile(cast: Cast, order: Order) -> None:
    for number in range(7):
        _send(cast.clerk, f"Đội {number}" if number % 2 else f"Phiếu {number}", text="đội, đổi, an toàn")
    query, place, shown = parse("đội an toàn"), Place(), list[str]()
    while True:
        page = search(cast.scope(cast.clerk), query, order=order, place=place, size=3)
        shown += [hit.subject for hit in page.hits]
        if page.after is None:
            break
        _send(cast.clerk, "Đội mới", text="an toàn")
        place = Place.read(str(page.after))
    old = [one for one in shown if one != "Đội mới"]
    assert sorted(old) == sorted({f"Đội {n}" if n % 2 else f"Phiếu {n}" for n in range(7)})


@pytest.mark.parametrize(
    "text", ["", "x", "-1-5", "1-", "99999999999999999999-1", "1-99999999999999999999", "１-２"]
)
def test_a_place_that_is_none_is_the_beginning(text: str) -> None:
    assert Place.read(text) == Place()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    typed=st.text(max_size=60) | st.text("\"'()*:-^~=#@%_&|!<>\\ ANDORT56/số:ngày:loại:từ:", max_size=40),
    order=st.sampled_from(Order),
)
def test_nothing_typed_upsets_the_database(cast: Cast, typed: str, order: Order) -> None:
    _ = search(cast.scope(cast.clerk), parse(typed), order=order).hits


_WORDS = st.sampled_from(["đội", "đổi", "doi", "an", "ăn", "toàn", "0905", "905"])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    letters=st.lists(st.lists(_WORDS, min_size=1, max_size=5), min_size=1, max_size=5),
    typed=st.lists(_WORDS, min_size=1, max_size=3),
)
def test_both_databases_find_what_a_scan_finds(
    cast: Cast, letters: Sequence[Sequence[str]], typed: list[str]
) -> None:
    mine = [_send(cast.clerk, " ".join(words)) for words in letters]
    keys = {one.pk for one in mine}
    found = search(cast.scope(cast.clerk), parse(" ".join(typed)), size=1000).hits
    bare = {"đội": "doi", "đổi": "doi", "ăn": "an", "toàn": "toan", "0905": "905"}
    wanted = {bare.get(word, word) for word in typed}
    scanned = {
        letter.pk
        for letter, words in zip(mine, letters, strict=True)
        if wanted <= {bare.get(word, word) for word in words}
    }
    assert {hit.pk for hit in found} & keys == scanned


def test_a_text_of_any_length_is_taken_in(cast: Cast) -> None:
    letter = _send(cast.clerk, "Phụ lục")
    letter.text = "đầu " + " ".join(f"từ{number}" for number in range(120_000))
    letter.save()
    keep(letter)
    assert len(SearchRow.objects.get(document=letter).terms.encode()) < 1_000_000
    assert _found(cast, "dau tu7") == ["Phụ lục"]


def test_verify_finds_rows_that_drifted_and_rebuild_mends_them(cast: Cast) -> None:
    first, second = _send(cast.clerk, "Hội thao"), _send(cast.clerk, "Hội diễn")
    assert list(SearchProof().findings(lambda _: None)) == []
    SearchRow.objects.filter(document=first).update(terms="~1 khac")
    SearchRow.objects.filter(document=second).delete()
    faults = SearchProof().findings(lambda _: None)
    assert [fault.where for fault in faults if isinstance(fault, Difference)] == [
        f"document:{first.pk}",
        f"document:{second.pk}",
    ]
    assert _found(cast, "hoi") == []
    assert rebuild() == 2
    assert list(SearchProof().findings(lambda _: None)) == []
    assert _found(cast, "hoi") == ["Hội diễn", "Hội thao"]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL's planner counts")
def test_a_rebuilt_index_has_no_counts_that_would_lead_the_planner_astray(cast: Cast) -> None:
    _send(cast.clerk, "Hội thao")
    rebuild()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stats WHERE tablename = 'documents_searchindex'")
        assert cursor.fetchone() == (0,)


def test_a_word_still_being_typed_is_found_by_its_beginning_on_both_databases(cast: Cast) -> None:
    _send(cast.clerk, "Tập huấn an toàn")
    _send(cast.clerk, "Họp giao ban")
    for typed in ("tap hua", "tập hu", "an toa"):
        longer = begun(parse(typed))
        assert longer is not None
        assert [hit.subject for hit in search(cast.scope(cast.clerk), longer).hits] == ["Tập huấn an toàn"], typed
    stranger = begun(parse("tap hua"))
    assert stranger is not None
    assert search(cast.scope(cast.stranger), stranger).hits == []


@pytest.mark.parametrize("typed", ["", "th", "honda", '"tập huấn"', "số:56", "loại:kế hoạch", "2018", "xyz"])
def test_what_begins_no_word_or_too_many_is_left_whole(typed: str) -> None:
    assert begun(parse(typed)) is None
