"""A register on paper, from its page: HTML, PDF and CSV with the same lines."""

from __future__ import annotations

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nhipcau.documents.models import Document
from nhipcau.documents.registers import printing
from tests.cast import Cast
from tests.documents.numbers import opened, sent
from tests.press.reading import pages, squeezed
from tests.web.directive import directive, registered
from tests.web.documents.conftest import As

IN, PDF, CSV = "/van-ban/in/", "/van-ban/in/so.pdf", "/van-ban/in/so.csv"


def test_the_print_shows_every_line_in_order_with_all_columns(cast: Cast, acting: As) -> None:
    registered(cast.clerk)
    registered(cast.clerk, directive(number="57/KH-LĐLĐ"))
    page = acting(cast.clerk).get(IN).content.decode()
    assert page.index("56/KH-LĐLĐ") < page.index("57/KH-LĐLĐ")
    assert "<td>(10)</td>" in page
    assert "Ký nhận" in page
    assert "Từ số 01 đến số 02" in page


def test_a_long_register_is_shown_page_by_page_and_headed_as_a_whole(
    cast: Cast, acting: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "ON_SCREEN", 2)
    for _ in range(3):
        sent(cast)
    client = acting(cast.clerk)
    first, second = (client.get(IN, {"so": "di", "page": n}).content.decode() for n in (1, 2))
    for page in (first, second):
        assert "Từ số 01 đến số 03" in page
        assert "Sổ có 3 số: 3 văn bản." in page
        assert "bản PDF và tệp .xlsx có đủ" in page
    assert ("02/KH-LĐLĐ" in first, "03/KH-LĐLĐ" in first) == (True, False)
    assert ("02/KH-LĐLĐ" in second, "03/KH-LĐLĐ" in second) == (False, True)


def test_a_longer_register_asks_no_more_of_the_database(
    cast: Cast, acting: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "ON_SCREEN", 2)
    client = acting(cast.clerk)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(IN, {"so": "di"})
        return len(asked)

    for _ in range(2):
        sent(cast)
    queries()
    few = queries()
    for _ in range(4):
        sent(cast)
    assert queries() == few


def test_the_pdf_says_the_same(cast: Cast, acting: As) -> None:
    registered(cast.clerk)
    answer = acting(cast.clerk).get(PDF)
    assert (answer["Content-Type"], "so-van-ban-den-2026-chung.pdf" in answer["Content-Disposition"]) == (
        "application/pdf",
        True,
    )
    text = squeezed("".join(pages(answer.content)))
    for part in ("SỔ ĐĂNG KÝ VĂN BẢN ĐẾN", "56/KH-LĐLĐ", "(10)", "Sổ có 1 số: 1 văn bản."):
        assert squeezed(part) in text


def test_the_spreadsheet_has_the_same_columns_and_no_formula(cast: Cast, acting: As) -> None:
    letter = sent(cast, subject="=1+1")
    sent(cast)
    answer = acting(cast.clerk).get(CSV, {"so": "di"})
    head, first, _second = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert (len(head), head[8]) == (10, "Ký nhận")
    assert first[0] == letter.number
    Document.objects.filter(pk=letter.pk).update(number="=1+1")
    assert b"'=1+1" in acting(cast.clerk).get(CSV, {"so": "di"}).content


def test_a_part_is_chosen_by_number_and_by_day(cast: Cast, acting: As) -> None:
    for _ in range(3):
        sent(cast)
    client = acting(cast.clerk)
    page = client.get(IN, {"so": "di", "tu": "2", "den": "2"}).content.decode()
    assert "02/KH-LĐLĐ" in page
    assert "01/KH-LĐLĐ" not in page
    assert "Phần in có 1 số" in page
    assert "KH-LĐLĐ" not in client.get(IN, {"so": "di", "den_ngay": "15/03/2026"}).content.decode()
    wrong = client.get(IN, {"so": "di", "tu_ngay": "hôm qua", "tu": "x"})
    assert wrong.status_code == 200
    assert "Không có ngày này" in wrong.content.decode()


def test_each_series_prints_apart(cast: Cast, acting: As) -> None:
    opened(cast, "qd", "Sổ quyết định")
    sent(cast)
    client = acting(cast.clerk)
    page = client.get(IN, {"so": "di", "quyen": "qd"}).content.decode()
    assert "<p>Sổ quyết định</p>" in page
    assert "KH-LĐLĐ" not in page
    assert client.get(IN, {"so": "di", "quyen": "khong-co"}).status_code == 404


def test_the_book_speaks_vietnamese_on_an_english_page(cast: Cast, acting: As) -> None:
    client = acting(cast.clerk)
    client.post("/ngon-ngu/", {"language": "en"})
    page = client.get(IN, {"so": "di"}).content.decode()
    assert "Download the PDF" in page
    assert "Sổ đăng ký văn bản đi" in page
