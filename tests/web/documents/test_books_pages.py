"""Opening, closing and reserving from the pages; numbers put in; columns filled in."""

from __future__ import annotations

from django.test import Client
from pytest_django.fixtures import Settings

from nhipcau.documents.actions import close_register
from nhipcau.documents.models import Register, RegisterEntry, ReservedBlock
from tests.cast import NOW, Cast
from tests.documents.numbers import opened, sent
from tests.web.documents.conftest import As

OUT = "/van-ban/phat-hanh/"
LETTER = {"doc_type": "quyết định", "subject": "Khen thưởng tập thể", "dated": "16/03/2026", "ticket": "t"}
SERIES = {"direction": "outgoing", "name": "Sổ quyết định", "series": "qd", "first_number": "5"}


def test_a_series_is_opened_chosen_and_listed(cast: Cast, acting: As) -> None:
    client = acting(cast.clerk)
    assert "Năm nay chưa mở sổ nào" in client.get("/van-ban/cac-so/").content.decode()
    sent(cast)
    page = client.post("/van-ban/cac-so/", SERIES, follow=True).content.decode()
    assert "Đã mở Sổ quyết định." in page
    form = client.get(f"{OUT}?quyen=qd").content.decode()
    assert '<option value="qd" selected>Sổ quyết định: số tiếp theo 5</option>' in form
    assert "Đã cấp số 05/QĐ-LĐLĐ." in client.post(OUT, LETTER | {"series": "qd"}, follow=True).content.decode()
    books = client.get("/van-ban/?so=di&quyen=qd").content.decode()
    assert "Khen thưởng tập thể" in books
    assert "Số tiếp theo: <b>6</b>" in books
    assert "Khen thưởng tập thể" not in client.get("/van-ban/?so=di").content.decode()


def test_the_common_register_can_be_chosen_before_it_has_begun_and_not_once_it_is_closed(
    cast: Cast, acting: As
) -> None:
    opened(cast, "qd", "Sổ quyết định")
    client = acting(cast.clerk)
    assert _series_offered(client) == ["Sổ chung: số tiếp theo 1", "Sổ quyết định: số tiếp theo 1"]
    close_register(register=opened(cast), actor=cast.clerk, at=NOW)
    assert _series_offered(client) == ["Sổ quyết định: số tiếp theo 1"]


def test_in_january_the_series_of_last_year_are_still_there(cast: Cast, acting: As, settings: Settings) -> None:
    opened(cast, "qd", "Sổ quyết định")
    settings.DEMO_CLOCK = "2027-01-04T09:00:00+07:00"
    client = acting(cast.clerk)
    assert _series_offered(client) == ["Sổ chung: số tiếp theo 1", "Sổ quyết định 2026: số tiếp theo 1"]
    late = LETTER | {"series": "qd", "dated": "31/12/2026"}
    assert "Đã cấp số 01/QĐ-LĐLĐ." in client.post(OUT, late, follow=True).content.decode()
    settings.DEMO_CLOCK = "2027-02-01T09:00:00+07:00"
    assert "Lấy số ở sổ" not in client.get(OUT).content.decode()


def _series_offered(client: Client) -> list[str]:
    form = client.get(OUT).context["form"]
    return [str(label) for _series, label in form.fields["series"].choices]


def test_a_slip_in_a_new_series_is_shown_at_its_field(cast: Cast, acting: As) -> None:
    client = acting(cast.clerk)
    answer = client.post("/van-ban/cac-so/", SERIES | {"series": "Q Đ"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["series"])
    nameless = client.post("/van-ban/cac-so/", SERIES | {"series": ""})
    assert list(nameless.context["form"].errors) == ["series"]
    sent(cast)
    again = client.post("/van-ban/cac-so/", SERIES | {"series": "chung", "first_number": "9"})
    assert "số tiếp theo là 2" in again.content.decode()


def test_the_common_register_goes_on_from_the_paper_one(cast: Cast, acting: As) -> None:
    client = acting(cast.clerk)
    client.post("/van-ban/cac-so/", {"direction": "incoming", "first_number": "41"})
    assert "Số tiếp theo: <b>41</b>" in client.get("/van-ban/").content.decode()


def test_turning_to_a_year_without_that_series_shows_the_common_register(cast: Cast, acting: As) -> None:
    opened(cast, "qd", "Sổ quyết định")
    client = acting(cast.clerk)
    assert "Sổ quyết định" in client.get("/van-ban/?so=di&quyen=qd").content.decode()
    earlier = client.get("/van-ban/?so=di&quyen=qd&nam=2025")
    assert "Sổ năm này chưa có văn bản" in earlier.content.decode()
    assert client.get("/van-ban/?so=di&quyen=khac").status_code == 404


def test_a_number_is_put_in_from_the_register(cast: Cast, acting: As) -> None:
    for _ in range(2):
        sent(cast)
    client = acting(cast.clerk)
    assert "so=di&amp;nam=2026&amp;chen=1" in client.get("/van-ban/?so=di").content.decode().replace(
        "&nam", "&amp;nam"
    )
    form = client.get(f"{OUT}?so=di&chen=1").content.decode()
    assert '<details class="slot" open>' in form
    wrong = client.post(OUT, LETTER | {"after": "1"})
    assert list(wrong.context["form"].errors) == ["reason"]
    page = client.post(OUT, LETTER | {"after": "1", "reason": "bỏ sót"}, follow=True).content.decode()
    assert "Đã cấp số 01b/QĐ-LĐLĐ." in page
    assert "Số chen sau số 1. Lý do: bỏ sót" in page
    assert "Số chen: bỏ sót" in client.get("/van-ban/?so=di").content.decode()


def test_numbers_are_kept_used_and_the_rest_struck(cast: Cast, acting: As) -> None:
    client = acting(cast.clerk)
    words = {"count": "3", "reason": "mất điện", "ticket": "mot-lan"}
    places = [client.post("/van-ban/giu-so/?so=di", words)["Location"] for _ in range(2)]
    block = ReservedBlock.objects.get()
    assert places == [f"/van-ban/giu-so/{block.uid}/"] * 2
    page = client.get(places[0]).content.decode()
    assert page.count("còn giữ") == 3
    assert "giu=chung/2" in page
    assert '<option value="chung/2" selected>' in client.get(f"{OUT}?giu=chung/2").content.decode()
    client.post(OUT, LETTER | {"reserved": "chung/2"})
    assert (
        "Các số chưa dùng sẽ bị hủy, không dùng lại: 1, 3." in client.get(f"{places[0]}ket-thuc/").content.decode()
    )
    client.post(f"{places[0]}ket-thuc/")
    lines = RegisterEntry.objects.order_by("number")
    assert [bool(line.void_reason) for line in lines] == [True, False, True]
    assert "1 đã dùng, 0 còn giữ, 2 đã hủy" in client.get("/van-ban/giu-so/?so=di").content.decode()
    assert "không dùng đến" in client.get("/van-ban/?so=di").content.decode()


def test_a_number_used_meanwhile_is_said_on_the_form(cast: Cast, acting: As) -> None:
    client = acting(cast.clerk)
    client.post("/van-ban/giu-so/?so=di", {"count": "2", "reason": "mất điện", "ticket": "t"})
    client.post(OUT, LETTER | {"reserved": "chung/1"})
    answer = client.post(OUT, LETTER | {"reserved": "chung/1", "ticket": "khac"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["reserved"])
    assert client.post("/van-ban/giu-so/?so=di", {"count": "0", "reason": "x"}).status_code == 422


def test_a_register_is_closed_and_then_printed(cast: Cast, acting: As) -> None:
    opened(cast, "qd", "Sổ quyết định")
    client = acting(cast.clerk)
    url = "/van-ban/cac-so/dong/?so=di&quyen=qd"
    assert "không mở lại được" in client.get(url).content.decode()
    page = client.post(url, follow=True).content.decode()
    assert "Đã đóng sổ ngày 16/03/2026." in page
    assert Register.objects.get().closed_at is not None
    assert "Giữ số để ghi tay" not in client.get("/van-ban/?so=di&quyen=qd").content.decode()


def test_the_clerk_fills_in_the_columns_of_a_line(cast: Cast, acting: As) -> None:
    letter = sent(cast)
    client = acting(cast.clerk)
    url = f"/van-ban/{letter.uid}/dong-so/"
    words = {"keeper": "Văn thư", "copies": "12", "dispatched_on": "16/03/2026", "note": ""}
    page = client.post(url, words, follow=True).content.decode()
    assert "Đã ghi vào dòng số 1 của sổ." in page
    assert "<dd>Văn thư</dd>" in page
    assert client.post(url, words | {"copies": "0"}).status_code == 422
    assert 'value="12"' in client.get(url).content.decode()
