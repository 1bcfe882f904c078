"""The PDF: geometry, page numbers, repeated heading rows, fonts, and text that stays text."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pypdfium2 as pdfium
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nhipcau.core.errors import InvalidInput
from nhipcau.core.official import Annex, Block, Column, Heading, Paragraph, Signer, Table
from nhipcau.press import press_font, to_docx, to_pdf
from nhipcau.press.fonts import REQUIRED
from nhipcau.press.letter import block_texts, compose
from tests.press.reading import fonts, ink_box_mm, page_sizes_mm, pages, paragraphs, squeezed
from tests.press.samples import dispatch, report

WIDE = Table(tuple(Column(f"Chỉ tiêu {n}") for n in range(12)), (("1.000.000",) * 12,) * 40)


@pytest.fixture(scope="module")
def long_report() -> bytes:
    return to_pdf(report(rows=60))


def test_pages_are_a4_and_text_keeps_the_margins(long_report: bytes) -> None:
    for number, (width, height) in enumerate(page_sizes_mm(long_report)):
        assert (round(width), round(height)) == (210, 297)
        left, right, top, bottom = ink_box_mm(long_report, number)
        assert left > 29.5
        assert right < 195.5
        assert top > (19.5 if number == 0 else 9.5)
        assert bottom < 277.5


def test_the_page_number_starts_on_the_second_page(long_report: bytes) -> None:
    first, second, third, *_ = pages(long_report)
    assert first.strip().startswith("TỔNG LIÊN ĐOÀN")
    assert second.strip().splitlines()[0].strip() == "2"
    assert third.strip().splitlines()[0].strip() == "3"


def test_annexes_count_their_own_pages() -> None:
    long = tuple(Paragraph(f"Đoạn số {n} của phụ lục. " * 8) for n in range(20))
    printed = pages(to_pdf(replace(report(), annexes=(Annex("a", long), Annex("b", long)))))
    heads = [page.strip().splitlines()[0].strip() for page in printed]
    assert heads == ["TỔNG LIÊN ĐOÀN LAO ĐỘNG", "2", "3", "Phụ lục I", "2", "Phụ lục II", "2"]


def test_an_annex_with_a_wide_table_lies_across_and_keeps_its_numbers() -> None:
    pdf = to_pdf(replace(report(), annexes=(Annex("a", (WIDE,)), Annex("b", (Paragraph("Hết phần b."),)))))
    assert [round(width) for width, _ in page_sizes_mm(pdf)] == [210, 210, 210, 297, 297, 210]
    heads = [page.strip().splitlines()[0].strip() for page in pages(pdf)]
    assert heads[1:] == ["2", "3", "Phụ lục I", "2", "Phụ lục II"]
    assert pages(pdf)[-1].strip().endswith("Mã kiểm tra: 7F3K-29QD-XM4T")


def test_the_heading_row_repeats_on_every_page_of_a_long_table(long_report: bytes) -> None:
    assert sum("Ghi chú" in page for page in pages(long_report)) == 3


def test_header_number_and_date_are_printed_as_composed(long_report: bytes) -> None:
    first = squeezed(pages(long_report)[0])
    for text in ("Số: 05/BC-LĐLĐ", "Đông Giang, ngày 05 tháng 7 năm 2026", "Độc lập - Tự do - Hạnh phúc"):
        assert squeezed(text) in first


def test_vietnamese_reads_back_in_nfc(long_report: bytes) -> None:
    whole = "".join(pages(long_report))
    assert unicodedata.is_normalized("NFC", whole)
    assert "thỏa ước" in whole
    assert "\ufffd" not in whole


def test_only_the_chosen_family_is_embedded(long_report: bytes) -> None:
    family = press_font().family.replace(" ", "")
    names = fonts(long_report)
    assert len(names) >= 3
    assert all(name.replace(" ", "").startswith(family) for name in names)


def test_the_signature_is_never_alone_on_a_page() -> None:
    for lines in range(20, 34):
        body = tuple(Paragraph(f"Dòng {n}") for n in range(lines))
        last = pages(to_pdf(replace(report(), body=body, annexes=())))[-1]
        assert f"Dòng {lines - 1}./." in last
        assert "Trần Thị Bích Ngần" in last


def test_the_check_code_is_at_the_foot_of_the_last_page(long_report: bytes) -> None:
    *others, last = pages(long_report)
    assert last.strip().endswith("Mã kiểm tra: 7F3K-29QD-XM4T")
    assert not any("Mã kiểm tra" in page for page in others)
    assert ink_box_mm(long_report, len(others))[3] == pytest.approx(276, abs=1.5)


def test_the_same_document_gives_the_same_bytes(long_report: bytes) -> None:
    to_pdf(dispatch())
    assert to_pdf(report(rows=60)) == long_report


def test_properties_and_bookmarks_are_set(long_report: bytes) -> None:
    document = pdfium.PdfDocument(long_report)
    assert document.get_metadata_dict()["Title"].startswith("Báo cáo Kết quả hoạt động")
    titles = [item.get_title() for item in document.get_toc()]
    assert "I. ĐẶC ĐIỂM TÌNH HÌNH" in titles
    assert "Phụ lục" in titles


MARKUP = "#panic() *đậm* _nghiêng_ $x^2$ @nhãn \\ `mã` <nhãn> = - + / // [a] {b} ~ -- ... \"a\" 'b' /* c */"


def test_what_looks_like_typst_code_is_printed_as_typed() -> None:
    table = Table((Column(MARKUP),), ((MARKUP,),), caption=MARKUP)
    document = replace(
        report(),
        subject=MARKUP,
        addressees=(MARKUP,),
        body=(Heading(MARKUP, 2), Paragraph(MARKUP), table),
        recipients=(MARKUP,),
        annexes=(Annex(MARKUP, (Paragraph(MARKUP),)),),
    )
    assert squeezed("".join(pages(to_pdf(document)))).count(squeezed(MARKUP)) == 10


def test_a_character_the_font_lacks_is_refused_by_name() -> None:
    with pytest.raises(InvalidInput) as refused:
        to_pdf(replace(report(), body=(Paragraph("Chúc mừng 🎉"),)))
    assert "U+1F389" in str(refused.value.faults[0])


def test_no_text_runs_off_the_page_when_a_row_is_taller_than_it() -> None:
    cell = " ".join(f"từ{n}" for n in range(2500))
    printed = pages(to_pdf(replace(report(), body=(Table((Column("A"), Column("B")), (("1", cell),)),))))
    whole = squeezed("".join(printed))
    assert all(f"từ{n}" in whole for n in range(0, 2500, 50))


def test_a_word_wider_than_its_column_stays_inside_the_table() -> None:
    columns = tuple(Column(f"Cột {n}") for n in range(6))
    table = Table(columns, (tuple("https://dong-giang.example/" + "x" * 60 for _ in range(6)),))
    pdf = to_pdf(replace(report(), body=(table,), annexes=()))
    assert ink_box_mm(pdf, 0)[1] < 195.5
    assert pages(pdf)[0].count("x") >= 6 * 60


_words = st.text(alphabet=sorted(REQUIRED - {"-"}), min_size=1, max_size=40)
_blocks = st.one_of(
    st.builds(Paragraph, _words, st.booleans()),
    st.builds(Heading, _words, st.integers(1, 3)),
    st.integers(1, 4).flatmap(
        lambda n: st.builds(
            Table,
            st.tuples(*[st.builds(Column, _words, align=st.sampled_from(["left", "center", "right"]))] * n),
            st.lists(st.tuples(*[_words] * n), max_size=4).map(tuple),
        )
    ),
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_blocks, min_size=1, max_size=6).map(tuple))
def test_no_text_is_lost_in_either_form(body: tuple[Block, ...]) -> None:
    document = replace(report(), body=body)
    letter = compose(document)
    expected = [text for block in letter.body for text in block_texts(block) if text]
    word = squeezed("".join(paragraphs(to_docx(document))))
    printed = sorted(squeezed("".join(pages(to_pdf(document)))))
    for text in expected:
        assert squeezed(text) in word
    # Cells wrap beside each other in a PDF, so letters are counted there instead of sentences.
    for character in set(squeezed("".join(expected))):
        assert printed.count(character) >= squeezed("".join(expected)).count(character)


def test_the_minutes_of_two_parties_are_signed_side_by_side_in_either_form() -> None:
    parties = (Signer("Bên nhận", None, "Lò Văn Ối", "(Ký, ghi rõ họ tên)"), Signer("Bên giao", None, "Tạ Thị Sen"))
    minutes = replace(report(), signer=parties[0], beside=parties[1], annexes=(), recipients=("Như trên",))
    lines = [squeezed(line) for line in pages(to_pdf(minutes))[-1].splitlines()]
    assert any(squeezed("BÊN GIAO") in line for line in lines)
    printed = paragraphs(to_docx(minutes))
    assert {"BÊN GIAO", "Tạ Thị Sen", "BÊN NHẬN", "(Ký, ghi rõ họ tên)", "Lò Văn Ối"} <= set(printed)
    assert "Nơi nhận:" not in printed
