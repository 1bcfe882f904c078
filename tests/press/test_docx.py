"""The Word file: geometry of the page, styles, tables, package."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest

from nhipcau.core.official import Annex, Column, Paragraph, Table
from nhipcau.press import to_docx
from nhipcau.press.letter import compose
from tests.press.reading import W, pages, paragraphs, part, squeezed, through_libreoffice
from tests.press.samples import dispatch, report

MM = 36000


def test_every_section_is_a4_with_the_margins_of_the_decree() -> None:
    for section in docx.Document(io.BytesIO(to_docx(report()))).sections:
        lengths = (
            section.page_width,
            section.page_height,
            section.top_margin,
            section.bottom_margin,
            section.left_margin,
            section.right_margin,
        )
        assert [round((length or 0) / MM) for length in lengths] == [210, 297, 20, 20, 30, 15]


def test_the_page_number_is_in_the_top_margin_but_not_on_first_pages() -> None:
    sections = docx.Document(io.BytesIO(to_docx(report()))).sections
    assert len(sections) == 2
    for section in sections:
        assert section.different_first_page_header_footer
        assert section.first_page_header.paragraphs[0].text == ""
        assert " PAGE " in section.header.part.blob.decode()
        assert (section.header_distance or 0) / MM == pytest.approx(10, abs=0.1)


def test_each_annex_counts_its_pages_from_one() -> None:
    data = to_docx(replace(report(), annexes=(Annex("a", ()), Annex("b", ()))))
    starts = [e.get(f"{W}start") for e in part(data, "word/document.xml").iter(f"{W}pgNumType")]
    assert starts == ["1", "1", "1"]


def test_the_font_is_times_new_roman_and_the_language_vietnamese() -> None:
    styles = part(to_docx(report()), "word/styles.xml")
    fonts = next(styles.iter(f"{W}rFonts"))
    assert set(fonts.attrib.values()) == {"Times New Roman"}
    assert next(styles.iter(f"{W}lang")).get(f"{W}val") == "vi-VN"


def test_body_text_is_justified_and_indented_with_a_gap_of_six_points() -> None:
    document = docx.Document(io.BytesIO(to_docx(report())))
    style = document.styles["Body Text"].paragraph_format
    assert (style.first_line_indent or 0) / MM == pytest.approx(12.7, abs=0.05)
    assert (style.space_after.pt if style.space_after else 0) == 6
    assert "JUSTIFY" in str(style.alignment)
    assert sum(p.style is not None and p.style.name == "Body Text" for p in document.paragraphs) >= 11


def test_grounds_are_italic_and_the_issuer_alone_is_bold() -> None:
    document = docx.Document(io.BytesIO(to_docx(report())))
    grounds = [p for p in document.paragraphs if p.text.startswith("Căn cứ")]
    assert len(grounds) == 2
    assert all(p.runs[0].italic for p in grounds)
    left = document.tables[0].cell(0, 0).paragraphs
    assert [(p.text, bool(p.runs[0].bold)) for p in left[:3]] == [
        ("TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM", False),
        ("LIÊN ĐOÀN LAO ĐỘNG", True),
        ("TỈNH ĐÔNG GIANG", True),
    ]


def test_sizes_follow_the_sample_column_of_the_decree() -> None:
    document = docx.Document(io.BytesIO(to_docx(report())))
    header, signature = document.tables[0], document.tables[2]

    def sizes(column: int, row: int) -> list[float]:
        runs = [p.runs[0] for p in header.cell(row, column).paragraphs if p.text]
        return [run.font.size.pt for run in runs if run.font.size]

    assert sizes(1, 0) == [12, 13]
    assert sizes(0, 1) == [13]
    assert sizes(1, 1) == [13]
    first, *rest = signature.cell(0, 0).paragraphs
    assert (first.text, first.runs[0].bold, first.runs[0].italic) == ("Nơi nhận:", True, True)
    assert [p.runs[0].font.size.pt for p in (first, *rest) if p.runs[0].font.size] == [12, 11, 11, 11, 11]


def test_four_lines_are_left_for_the_signature() -> None:
    right = docx.Document(io.BytesIO(to_docx(report()))).tables[2].cell(0, 1)
    assert [p.text for p in right.paragraphs] == [
        "TM. BAN THƯỜNG VỤ",
        "KT. CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
        *[""] * 4,
        "Trần Thị Bích Ngần",
    ]


def test_the_rule_under_the_motto_is_as_long_as_its_text() -> None:
    rule = docx.Document(io.BytesIO(to_docx(report()))).tables[0].cell(0, 1).paragraphs[2].paragraph_format
    length = 97 - ((rule.left_indent or 0) + (rule.right_indent or 0)) / MM
    assert length == pytest.approx(56, abs=2)


def test_heading_rows_repeat_and_no_row_breaks() -> None:
    figures = docx.Document(io.BytesIO(to_docx(report()))).tables[1]._tbl
    rows = list(figures.tr_lst)
    assert len(rows) == 21
    assert [i for i, row in enumerate(rows) if row.find(f".//{W}tblHeader") is not None] == [0]
    assert all(row.find(f".//{W}cantSplit") is not None for row in rows)


def test_a_row_taller_than_a_page_may_break() -> None:
    table = Table((Column("A"), Column("B")), (("1", "rất dài " * 1500), ("2", "ngắn")))
    rows = list(docx.Document(io.BytesIO(to_docx(replace(report(), body=(table,))))).tables[1]._tbl.tr_lst)
    assert [row.find(f".//{W}cantSplit") is not None for row in rows] == [True, False, True]


def test_columns_of_figures_are_aligned_right() -> None:
    figures = docx.Document(io.BytesIO(to_docx(report()))).tables[1]
    alignments = [str(cell.paragraphs[0].alignment).split(" ")[0] for cell in figures.rows[1].cells]
    assert alignments == ["CENTER", "LEFT", "CENTER", "RIGHT", "LEFT"]


def test_properties_name_type_and_subject() -> None:
    properties = docx.Document(io.BytesIO(to_docx(report()))).core_properties
    assert properties.title == "Báo cáo Kết quả hoạt động công đoàn sáu tháng đầu năm 2026"
    assert properties.language == "vi-VN"
    assert properties.author == "LIÊN ĐOÀN LAO ĐỘNG TỈNH ĐÔNG GIANG"


def test_the_same_document_gives_the_same_bytes() -> None:
    assert to_docx(report()) == to_docx(report())
    times = {entry.date_time for entry in zipfile.ZipFile(io.BytesIO(to_docx(report()))).infolist()}
    assert times == {(1980, 1, 1, 0, 0, 0)}


def test_text_that_looks_like_markup_stays_text() -> None:
    text = 'A & B < C > D "E" ]]> <w:br/> {title}'
    assert f"{text}./." in paragraphs(to_docx(replace(report(), subject=text, body=(Paragraph(text),))))


_ORDER = {
    f"{W}pPr": "pStyle keepNext framePr pBdr spacing ind jc outlineLvl sectPr",
    f"{W}rPr": "rFonts b bCs i iCs color sz szCs lang",
    f"{W}tblPr": "tblW jc tblBorders tblLayout tblCellMar tblLook",
    f"{W}tcPr": "tcW vAlign",
    f"{W}sectPr": "headerReference type pgSz pgMar pgNumType cols titlePg",
}


def test_properties_stand_in_the_order_of_the_schema() -> None:
    data = to_docx(report())
    for name in ("word/document.xml", "word/styles.xml"):
        for element in part(data, name).iter():
            order = _ORDER.get(element.tag, "").split()
            if order:
                places = [order.index(child.tag.removeprefix(W)) for child in element]
                assert places == sorted(places)


def test_an_annex_with_a_wide_table_lies_across() -> None:
    wide = Table(tuple(Column(f"Chỉ tiêu {n}") for n in range(12)), (("1.000.000",) * 12,))
    document = replace(report(), annexes=(Annex("a", (wide,)), Annex("b", (Paragraph("b"),))))
    sections = docx.Document(io.BytesIO(to_docx(document))).sections
    assert [round((s.page_width or 0) / MM) for s in sections] == [210, 297, 210]


@pytest.mark.needs_program("soffice")
def test_libreoffice_opens_the_file_and_its_text_reads_back(tmp_path: Path) -> None:
    printed = pages(through_libreoffice(to_docx(report(rows=60)), tmp_path))
    whole = squeezed("".join(printed))
    for text in paragraphs(to_docx(report(rows=60))):
        assert squeezed(text) in whole
    assert not printed[0].strip().startswith("1")
    assert printed[1].strip().startswith("2")
    assert "Đơn vị" in printed[2]
    assert printed[-1].strip().startswith("Phụ lục")
    assert printed[-1].strip().endswith("Mã kiểm tra: 7F3K-29QD-XM4T")


@pytest.mark.needs_program("soffice")
def test_a_dispatch_fits_one_page_in_libreoffice(tmp_path: Path) -> None:
    (page,) = pages(through_libreoffice(to_docx(dispatch()), tmp_path))
    assert squeezed(compose(dispatch()).about) in squeezed(page)
