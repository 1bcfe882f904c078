"""The poster: one page whatever is written, and a QR code that reads back to its address."""

from __future__ import annotations

import dataclasses
import datetime as dt

import cv2
import numpy as np
import pypdfium2

from nhipcau.press import qr
from nhipcau.press.poster import Poster, to_pdf
from tests.press.reading import page_sizes_mm, pages, squeezed

ADDRESS = "https://cau.example/cd/abcde23456/1/"
POSTER = Poster(
    issuer="Liên đoàn Lao động tỉnh Đông Giang",
    title="Tháng hành động về an toàn, vệ sinh lao động",
    period="01/05/2026 – 31/05/2026",
    lead="Mỗi người về nhà nguyên vẹn sau ca làm.",
    points=("Xem lối thoát hiểm trước ca", "Không tháo che chắn của máy"),
    invitation="Quét mã để làm trắc nghiệm, không cần tài khoản",
    address=ADDRESS,
    printed_on=dt.date(2026, 3, 16),
)


def read(picture: np.ndarray) -> str:
    return str(cv2.QRCodeDetectorAruco().detectAndDecode(picture)[0])


def test_it_is_one_upright_page_with_all_that_it_says() -> None:
    pdf = to_pdf(POSTER)
    assert [(round(width), round(height)) for width, height in page_sizes_mm(pdf)] == [(210, 297)]
    text = squeezed(pages(pdf)[0])
    for told in (POSTER.title, POSTER.period, POSTER.lead, *POSTER.points, ADDRESS, "TỈNH ĐÔNG GIANG"):
        assert squeezed(told) in text
    assert to_pdf(POSTER) == pdf


def test_the_longest_is_still_one_page() -> None:
    longest = dataclasses.replace(
        POSTER, title="Ưỡn ẹo " * 28, lead="Chăm lo đời sống " * 200, points=["Đeo găng tay đúng cỡ " * 20] * 30
    )
    assert len(pages(to_pdf(longest))) == 1


def test_the_printed_code_reads_back_to_the_address() -> None:
    page = pypdfium2.PdfDocument(to_pdf(POSTER))[0]
    assert read(page.render(scale=2).to_numpy()) == ADDRESS


def test_the_picture_reads_back_too() -> None:
    picture = cv2.imdecode(np.frombuffer(qr.png(ADDRESS), np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None and read(picture) == ADDRESS
    assert qr.svg(ADDRESS).startswith(b"<svg")


def test_what_is_written_is_never_read_as_markup() -> None:
    sly = dataclasses.replace(POSTER, title="#import *đậm* $x$", points=["= đề mục"])
    assert squeezed("#import *đậm* $x$") in squeezed(pages(to_pdf(sly))[0])
