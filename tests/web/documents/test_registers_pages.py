"""The registers, one letter, and numbering our own."""

from __future__ import annotations

from django.test import Client

from nhipcau.documents.models import Document, DocumentState, RegisterEntry
from tests.cast import Cast
from tests.web.directive import arrived, at_local, directive, handed_out, registered
from tests.web.documents.conftest import As

OWN = {
    "doc_type": "công văn",
    "subject": "Mời họp giao ban quý II",
    "dated": "16/03/2026",
    "recipients": "Như trên\nLưu: VT",
    "ticket": "mot-lan",
}


def listed(client: Client, query: str = "") -> str:
    return client.get(f"/van-ban/{query}").content.decode()


def test_an_empty_register_says_what_happens_next(cast: Cast, acting: As) -> None:
    assert "Sổ năm này chưa có văn bản" in listed(acting(cast.clerk))


def test_the_register_is_filtered_without_diacritics_or_by_number(cast: Cast, acting: As) -> None:
    registered(cast.clerk)
    registered(
        cast.clerk, directive("Các đơn vị cử vận động viên.", number="57/KH-LĐLĐ", subject="Hội thao công nhân")
    )
    client = acting(cast.clerk)
    assert "Hội thao" in listed(client)
    assert "Hội thao" not in listed(client, "?q=ve sinh lao dong")
    assert "Hội thao" in listed(client, "?q=hoi thao")
    assert "Tháng An toàn" not in listed(client, "?q=2")
    assert "Không có văn bản nào khớp" in listed(client, "?q=khong-co-gi")


def test_filtering_by_htmx_answers_the_lines_alone(cast: Cast, acting: As) -> None:
    registered(cast.clerk)
    answer = acting(cast.clerk).get("/van-ban/?q=56", headers={"HX-Request": "true", "HX-Target": "so-dang-ky"})
    page = answer.content.decode().strip()
    assert page.startswith('<div id="so-dang-ky">')
    assert "56/KH-LĐLĐ" in page


def test_a_register_that_is_none_is_not_found(cast: Cast, acting: As) -> None:
    assert acting(cast.clerk).get("/van-ban/?so=mat").status_code == 404
    assert acting(cast.clerk).get("/van-ban/?nam=99999999999").status_code == 200


def test_a_letter_of_our_own_gets_the_next_number_and_shows_it(cast: Cast, acting: As) -> None:
    client = acting(cast.clerk)
    assert "Số tiếp theo trong sổ: <b>1</b>" in client.get("/van-ban/phat-hanh/").content.decode()
    page = client.post("/van-ban/phat-hanh/", OWN, follow=True).content.decode()
    assert "Đã cấp số 01/LĐLĐ." in page
    assert "Số tiếp theo: <b>2</b>" in listed(client, "?so=di")
    assert "Mời họp giao ban quý II" in listed(client, "?so=di")


def test_no_type_is_guessed_for_a_number_that_cannot_be_taken_back(cast: Cast, acting: As) -> None:
    client = acting(cast.clerk)
    assert not client.get("/van-ban/phat-hanh/").context["form"]["doc_type"].value()
    answer = client.post("/van-ban/phat-hanh/", OWN | {"doc_type": ""})
    assert (answer.status_code, answer.context["form"].errors) == (422, {"doc_type": ["Hãy chọn tên loại."]})
    assert not RegisterEntry.objects.exists()


def test_the_same_form_sent_twice_takes_one_number(cast: Cast, acting: As) -> None:
    client = acting(cast.clerk)
    first, second = (client.post("/van-ban/phat-hanh/", OWN)["Location"] for _ in range(2))
    assert first == second
    assert RegisterEntry.objects.count() == 1


def test_a_letter_that_serves_a_refused_purpose_gets_no_number(cast: Cast, acting: As) -> None:
    words = OWN | {"subject": "Lập danh sách lao động tham gia lãn công tuần qua"}
    answer = acting(cast.clerk).post("/van-ban/phat-hanh/", words)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["subject"])
    assert not RegisterEntry.objects.exists()


def test_the_letter_page_shows_fields_citations_and_the_work_made_of_it(cast: Cast, acting: As) -> None:
    task = handed_out(cast)
    document = task.obligation.document
    page = acting(cast.clerk).get(f"/van-ban/{document.uid}/").content.decode()
    assert "Số đến 1" in page
    assert "12/HD-TLĐ" in page
    assert f"/viec/tien-do/{task.uid}/" in page


def test_a_cited_letter_in_the_register_is_a_link_both_ways(cast: Cast, acting: As) -> None:
    cited = registered(cast.clerk, directive("Các đơn vị thực hiện.", number="12/HD-TLĐ"))
    cited = Document.objects.get(pk=cited.pk)
    Document.objects.filter(pk=cited.pk).update(dated="2026-02-02")
    document = registered(cast.clerk)
    client = acting(cast.clerk)
    assert f"/van-ban/{cited.uid}/" in client.get(f"/van-ban/{document.uid}/").content.decode()
    assert f"/van-ban/{document.uid}/" in client.get(f"/van-ban/{cited.uid}/").content.decode()


def test_the_original_comes_back_bit_for_bit_and_is_never_shown_inside_the_site(cast: Cast, acting: As) -> None:
    document = arrived(cast.clerk)
    answer = acting(cast.clerk).get(f"/van-ban/{document.uid}/ban-goc/")
    assert answer.content == directive()
    assert answer["Content-Disposition"].startswith("attachment")


def test_a_volunteer_opens_the_letter_behind_the_work_and_no_other(cast: Cast, acting: As) -> None:
    document = at_local(cast).task.obligation.document
    other = registered(cast.clerk, directive(number="57/KH-LĐLĐ"))
    client = acting(cast.local_volunteer)
    page = client.get(f"/van-ban/{document.uid}/")
    assert page.status_code == 200
    assert "Văn bản của Liên đoàn Lao động tỉnh Đông Giang" in page.content.decode()
    assert client.get(f"/van-ban/{document.uid}/ban-goc/").status_code == 200
    assert client.get(f"/van-ban/{other.uid}/").status_code == 404


def test_a_number_is_struck_with_a_reason_and_its_line_stays(cast: Cast, acting: As) -> None:
    document = registered(cast.clerk)
    client = acting(cast.clerk)
    assert client.post(f"/van-ban/{document.uid}/huy-so/", {"reason": ""}).status_code == 422
    client.post(f"/van-ban/{document.uid}/huy-so/", {"reason": "Vào nhầm sổ"})
    document.refresh_from_db()
    assert document.state == DocumentState.VOID
    assert "Hủy số: Vào nhầm sổ" in listed(client)
