"""Copies: numbered in one series, laid out behind the original, made of the right thing."""

from __future__ import annotations

import datetime as dt
import io

import pypdfium2 as pdfium
import pytest
from docx import Document as Word

from nhipcau.boundary import BoundaryRefused
from nhipcau.core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from nhipcau.core.official import OfficialDocument, Paragraph, Signer
from nhipcau.documents.actions import CopyOrder, amend, confirm, make_copy, proposed, void_entry
from nhipcau.documents.incoming.copyblock import copy_block
from nhipcau.documents.models import AmendmentKind, CopyForm, Direction, Document, MadeCopy
from nhipcau.documents.outgoing.copy_papers import electronic_copy, made_copy, printed_copy, sheet_docx
from nhipcau.documents.outgoing.copying import forms_for, parts_of
from nhipcau.documents.registers.printing import printed_register
from nhipcau.documents.registers.proof import RegisterProof
from nhipcau.org.models import Post
from nhipcau.press.pdf import to_pdf
from tests.cast import NOW, TODAY, Cast
from tests.documents.letters import REFUSED, SUBJECT, arrive, plan, registered
from tests.press.reading import pages, squeezed
from tests.refusals import by_field

SIGNER = Signer("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG", "Phạm Thị Sen")
BLOCK = "\n\nCÔNG ĐOÀN KHU CÔNG NGHIỆP              SAO Y\nSố: 12/SY-CĐKCN              ngày 11 tháng 3 năm 2026\n"


def copied(
    cast: Cast, source: Document, form: CopyForm = CopyForm.WHOLE, actor: Post | None = None, **given: object
) -> Document:
    client_key = str(given.pop("client_key", ""))
    values: dict[str, object] = {"dated": TODAY, "signer": SIGNER, "recipients": ("Các công đoàn xã", "Lưu: VT")}
    order = CopyOrder(form, **(values | given))  # type: ignore[arg-type]
    return make_copy(source=source, order=order, actor=actor or cast.clerk, at=NOW, client_key=client_key)


def of(cast: Cast, copy: Document) -> MadeCopy:
    return made_copy(cast.scope(cast.clerk), copy)


def as_pdf(cast: Cast) -> Document:
    letter = OfficialDocument(
        issuer="Liên đoàn Lao động tỉnh Sông Lam", parent_issuer="Tổng Liên đoàn Lao động Việt Nam",
        doc_type="kế hoạch", subject=SUBJECT, number="56/KH-LĐLĐ", place="Sông Lam", issued_on=dt.date(2026, 3, 10),
        body=(Paragraph("Các công đoàn xã báo cáo kết quả trước ngày 31/5/2026."),),
        signer=Signer("TM. BAN THƯỜNG VỤ", "CHỦ TỊCH", "Lê Thị Minh Họa"),
    )  # fmt: skip
    document = arrive(cast.clerk, to_pdf(letter), "ke-hoach.pdf")
    return confirm(document=document, fields=proposed(document), actor=cast.clerk, at=NOW).document or document


def test_all_forms_of_copy_share_one_series_of_numbers(cast: Cast) -> None:
    source = registered(cast.clerk)
    first = copied(cast, source)
    second = copied(cast, source, CopyForm.EXCERPT, excerpt=(parts_of(source.text)[-1],))
    assert (first.number, second.number) == ("01/SY-LĐLĐ", "02/TrS-LĐLĐ")
    assert first.direction == Direction.COPY
    rows = printed_register(cast.scope(cast.clerk), Direction.COPY, 2026).rows
    assert [row[0] for row in rows] == ["01/SY-LĐLĐ", "02/TrS-LĐLĐ"]
    assert rows[0][2].startswith("Sao y: Kế hoạch số 56/KH-LĐLĐ ngày 10/03/2026")
    assert list(RegisterProof().findings(lambda _: None)) == []


def test_a_form_sent_twice_makes_one_copy(cast: Cast) -> None:
    source = registered(cast.clerk)
    assert copied(cast, source, client_key="k") == copied(cast, source, client_key="k")
    assert copied(cast, source).number == "02/SY-LĐLĐ"


def test_a_copy_of_a_pdf_is_its_pages_and_the_block_behind_them(cast: Cast) -> None:
    copy = copied(cast, as_pdf(cast))
    first, last = (squeezed(one) for one in pages(printed_copy(of(cast, copy))))
    assert squeezed("Số: 56/KH-LĐLĐ") in first
    for words in ("SAO Y", "Số: 01/SY-LĐLĐ", "LIÊN ĐOÀN LAO ĐỘNG TỈNH ĐÔNG GIANG",
                  "Đông Giang, ngày 16 tháng 3 năm 2026", "TL. CHỦ TỊCH", "Phạm Thị Sen",
                  "Nơi nhận:", "- Các công đoàn xã;"):  # fmt: skip
        assert squeezed(words) in last


def test_the_electronic_copy_says_form_body_and_moment_on_its_first_page(cast: Cast) -> None:
    made = of(cast, copied(cast, as_pdf(cast)))
    before = made.source.original
    (page,) = pages(electronic_copy(made))
    for words in ("SAO Y", "Liên đoàn Lao động tỉnh Đông Giang", "2026-03-16T09:00:00+07:00", "56/KH-LĐLĐ"):
        assert squeezed(words) in squeezed(page)
    assert Document.objects.get(pk=made.source.pk).original == before


def test_the_marks_stand_at_the_top_right_however_the_page_is_turned(cast: Cast) -> None:
    made = of(cast, copied(cast, as_pdf(cast)))
    page = pdfium.PdfDocument(electronic_copy(made))[0]
    found = page.get_textpage().search("SAO Y").get_next()
    assert found is not None
    left, bottom, _, _ = page.get_textpage().get_charbox(found[0])
    width, height = page.get_size()
    assert left > width * 0.8
    assert bottom > height * 0.9


def test_a_letter_that_is_no_pdf_gets_the_sheet_alone(cast: Cast) -> None:
    made = of(cast, copied(cast, registered(cast.clerk)))
    assert len(pages(printed_copy(made))) == 1
    with pytest.raises(Conflict, match="PDF"):
        electronic_copy(made)


def test_an_excerpt_shows_whose_it_is_the_parts_chosen_and_nothing_else(cast: Cast) -> None:
    source = registered(cast.clerk)
    parts = parts_of(source.text)
    chosen = tuple(span for span in parts if "ngày 31/5/2026" in source.text[slice(*span)])
    made = of(cast, copied(cast, source, CopyForm.EXCERPT, excerpt=chosen))
    text = squeezed("".join(pages(printed_copy(made))))
    for words in (
        "Số: 56/KH-LĐLĐ",
        "báo cáo kết quả về Ban Chính sách trước ngày 31/5/2026",
        "TRÍCH SAO",
        "(Đã ký)",
    ):
        assert squeezed(words) in text
    assert squeezed("10/5/2026") not in text
    word = Word(io.BytesIO(sheet_docx(made)))
    assert "ngày 31/5/2026" in "\n".join(one.text for one in word.paragraphs)


def test_parts_left_out_between_two_chosen_ones_are_shown(cast: Cast) -> None:
    source = registered(cast.clerk)
    parts = parts_of(source.text)
    made = of(cast, copied(cast, source, CopyForm.EXCERPT, excerpt=(parts[-6], parts[-8])))
    assert "[…]" in "".join(pages(printed_copy(made)))


def test_lines_of_a_word_file_are_parts_of_their_own_and_wrapped_lines_are_one() -> None:
    word = (
        "SỞ LAO ĐỘNG TỈNH\nSố: 214/SLĐ-TL\nV/v Phối hợp kiểm tra việc trả lương tại doanh nghiệp quý III năm 2026\n"
        "Kính gửi: Liên đoàn Lao động tỉnh\nĐề nghị Liên đoàn Lao động tỉnh cử cán bộ tham gia đoàn kiểm tra "
        "việc trả lương và gửi danh mục doanh nghiệp cần kiểm tra trước ngày 27/7/2026./.\nNơi nhận:"
    )
    assert [word[a:b] for a, b in parts_of(word)] == word.split("\n")
    text = plan().decode()
    wrapped = next(text[a:b] for a, b in parts_of(text) if "Hướng dẫn số 12" in text[a:b])
    assert wrapped.endswith("xây dựng kế hoạch như sau:")


@pytest.mark.parametrize("spans", [(), ((5, 5),), ((-1, 4),), ((0, 10), (5, 20)), ((0, 10_000_000),)])
def test_an_excerpt_needs_parts_that_stand_in_the_letter(cast: Cast, spans: tuple[tuple[int, int], ...]) -> None:
    with pytest.raises(InvalidInput) as refusal:
        copied(cast, registered(cast.clerk), CopyForm.EXCERPT, excerpt=spans)
    assert set(by_field(refusal.value)) == {"excerpt"}


def test_a_copy_of_a_copy_is_made_of_a_true_copy_only(cast: Cast) -> None:
    main = registered(cast.clerk)
    assert forms_for(main) == [CopyForm.WHOLE, CopyForm.EXCERPT]
    with pytest.raises(InvalidInput) as refusal:
        copied(cast, main, CopyForm.AGAIN)
    assert "đơn vị có bản chính" in str(by_field(refusal.value)["form"])
    held = registered(cast.clerk, plan("57/KH-LĐLĐ") + BLOCK.encode())
    assert (held.copied_as, held.copied_number) == ("SY", "12/SY-CĐKCN")
    assert "12/SY-CĐKCN" not in held.citations.values_list("symbol", flat=True)
    assert forms_for(held) == [CopyForm.AGAIN]
    assert copied(cast, held, CopyForm.AGAIN).number == "01/SL-LĐLĐ"


def test_a_true_copy_that_comes_in_joins_its_letter(cast: Cast) -> None:
    first = registered(cast.clerk)
    again = arrive(cast.clerk, plan() + BLOCK.encode(), "ban-sao.txt")
    assert again.number == "56/KH-LĐLĐ"
    entry = confirm(document=again, fields=proposed(again), copy=True, actor=cast.clerk, at=NOW)
    assert entry.document == first
    assert forms_for(first) == [CopyForm.WHOLE, CopyForm.EXCERPT, CopyForm.AGAIN]


def test_what_is_refused_is_not_copied_further(cast: Cast) -> None:
    text = plan().decode().replace("1. Công đoàn", f"3. {REFUSED}.\n1. Công đoàn")
    source = registered(cast.clerk, text.encode())
    with pytest.raises(BoundaryRefused):
        copied(cast, source)
    harmless = tuple(span for span in parts_of(source.text) if "tập huấn an toàn" in source.text[slice(*span)])
    assert copied(cast, source, CopyForm.EXCERPT, excerpt=harmless).number == "01/TrS-LĐLĐ"
    with pytest.raises(BoundaryRefused):
        copied(cast, registered(cast.clerk, plan("58/KH-LĐLĐ")), recipients=(REFUSED,))


def test_a_recalled_letter_is_copied_no_more(cast: Cast) -> None:
    source, by = registered(cast.clerk), registered(cast.clerk, plan("57/KH-LĐLĐ", day="11"))
    amend(by=by, target=source, kind=AmendmentKind.RECALL, actor=cast.provincial_officer, at=NOW)
    with pytest.raises(Conflict, match="đã bị thu hồi theo 57/KH-LĐLĐ"):
        copied(cast, source)


def test_only_what_is_registered_and_in_scope_is_copied(cast: Cast) -> None:
    with pytest.raises(Conflict):
        copied(cast, arrive(cast.clerk))
    source = registered(cast.clerk, plan("57/KH-LĐLĐ"))
    with pytest.raises(Conflict):
        copied(cast, copied(cast, source))
    Document.objects.filter(pk=source.pk).update(scope="outside")
    source.refresh_from_db()
    with pytest.raises(Conflict, match="ngoài phạm vi"):
        copied(cast, source)


@pytest.mark.parametrize("day", [TODAY + dt.timedelta(days=1), dt.date(2026, 3, 11)])
def test_a_copy_is_dated_between_the_arrival_and_today(cast: Cast, day: dt.date) -> None:
    with pytest.raises(InvalidInput) as refusal:
        copied(cast, registered(cast.clerk), dated=day)
    assert set(by_field(refusal.value)) == {"dated"}


def test_only_the_units_registrars_make_its_copies(cast: Cast) -> None:
    source = registered(cast.commune_officer)
    with pytest.raises(NotFound):
        copied(cast, source, actor=cast.stranger)
    with pytest.raises(NotAllowed):
        copied(cast, source)
    copy = copied(cast, source, actor=cast.commune_officer)
    with pytest.raises(NotFound):
        made_copy(cast.scope(cast.clerk), copy)


def test_a_copy_made_by_mistake_is_struck_and_keeps_its_number(cast: Cast) -> None:
    source = registered(cast.clerk)
    void_entry(entry=copied(cast, source).entry, reason="ghi nhầm", actor=cast.clerk, at=NOW)
    assert copied(cast, source).number == "02/SY-LĐLĐ"


@pytest.mark.parametrize(
    ("text", "form", "number"),
    [
        ("…\nSAO Y\nSố: 12/SY-LĐLĐ", "SY", "12/SY-LĐLĐ"),
        ("…\nCÔNG ĐOÀN XÃ      SAO LỤC\nSố: 03 / SL - CĐX     ngày …", "SL", "03/SL-CĐX"),
        ("…\nSố: 7/TrS-CĐX | TRÍCH SAO", "TrS", "7/TrS-CĐX"),
        ("SAO Y; Liên đoàn Lao động tỉnh; 16/03/2026 09:00:00 +07:00\nKẾ HOẠCH", "SY", ""),
        ("…\nSAO Y BẢN CHÍNH\nngày 16", "SY", ""),
    ],
)
def test_the_block_of_a_copy_is_recognised(text: str, form: str, number: str) -> None:
    found = copy_block(text)
    assert found is not None
    assert (found.form.value, found.number) == (form, number)


@pytest.mark.parametrize(
    "text", ["Hồ sơ gồm 02 bản sao y có chứng thực.", "Số: 12/KH-LĐLĐ", "Sao y gửi các đơn vị", "Số: 12/SYT-KH", ""]
)
def test_words_about_copies_are_no_block(text: str) -> None:
    assert copy_block(text) is None
