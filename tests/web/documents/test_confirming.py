"""The confirm page: text beside fields, honest about what was not found."""

from __future__ import annotations

from django.test import Client

from nhipcau.documents.models import Document, DocumentState
from nhipcau.web.documents.findings import Sureness, finding, segments
from nhipcau.web.documents.forms import ConfirmForm
from tests.cast import Cast
from tests.web.directive import OUTSIDE, arrived, directive, registered
from tests.web.documents.conftest import As


def answers(document: Document, **changes: str) -> dict[str, str]:
    """The form as it comes to the person, with some answers changed."""
    form = ConfirmForm(document)
    shown = {name: form[name].value() for name in form.fields}
    plain = {
        name: f"{value:%d/%m/%Y}" if hasattr(value, "strftime") else value or "" for name, value in shown.items()
    }
    return plain | changes


def confirm(client: Client, document: Document, **changes: str) -> str:
    answer = client.post(f"/van-ban/{document.uid}/xac-nhan/", answers(document, **changes), follow=True)
    return answer.content.decode()


def test_fields_say_how_sure_the_machine_is_and_why(cast: Cast, acting: As) -> None:
    document = arrived(cast.clerk)
    page = acting(cast.clerk).get(f"/van-ban/{document.uid}/xac-nhan/").content.decode()
    assert 'value="56/KH-LĐLĐ"' in page
    assert '<span class="chip good">chắc</span> Dòng bắt đầu bằng “Số”' in page
    assert '<span class="chip neutral">không thấy</span>' in page  # nobody is addressed
    assert 'id="m-number"' in page


def test_a_finding_is_sure_doubtful_or_missing() -> None:
    def read(value: str | None, confidence: float) -> Sureness:
        kept = {"value": value, "confidence": confidence, "why": "vì", "span": [0, 1]}
        found = finding(Document(reading={"number": kept}), "number")
        assert found is not None
        return found.sureness

    assert [read("1", 0.99), read("1", 0.6), read(None, 0.0)] == list(Sureness)
    assert finding(Document(reading={}), "received_on") is None


def test_the_marked_text_is_the_text() -> None:
    text = "Số: 5\nNgày 1"
    cut = segments(text, [(4, 5, "number"), (0, 5, "yc-1"), (6, 99, "dated")])
    assert "".join(part.text for part in cut) == text
    assert [part.marks for part in cut] == [("yc-1",), ("number", "yc-1"), (), ("dated",)]
    assert cut[1].begins == ("number",)


def test_what_is_outside_is_shown_with_its_rule_and_without_a_task(cast: Cast, acting: As) -> None:
    document = arrived(cast.clerk)
    page = acting(cast.clerk).get(f"/van-ban/{document.uid}/xac-nhan/").content.decode()
    assert "ngoài phạm vi hệ thống" in page
    outside = document.obligations.get(text__contains=OUTSIDE[:40])
    assert f"/viec/yeu-cau/{outside.uid}/sua/" not in page


def test_confirming_takes_the_number_that_the_button_names(cast: Cast, acting: As) -> None:
    registered(cast.clerk, directive(number="55/KH-LĐLĐ"))
    document = arrived(cast.clerk)
    client = acting(cast.clerk)
    assert "Vào sổ, số đến 2" in client.get(f"/van-ban/{document.uid}/xac-nhan/").content.decode()
    assert "Đã vào sổ với số đến 2." in confirm(client, document, subject="Trích yếu người sửa")
    document.refresh_from_db()
    assert (document.state, document.subject) == (DocumentState.REGISTERED, "Trích yếu người sửa")


def test_sending_the_same_form_twice_takes_one_number(cast: Cast, acting: As) -> None:
    document = arrived(cast.clerk)
    sent = answers(document)
    for _ in range(2):
        answer = acting(cast.clerk).post(f"/van-ban/{document.uid}/xac-nhan/", sent)
        assert answer["Location"] == f"/van-ban/{document.uid}/"
    document.refresh_from_db()
    assert document.entry.number == 1


def test_a_slip_is_shown_at_its_field_and_nothing_is_registered(cast: Cast, acting: As) -> None:
    document = arrived(cast.clerk)
    sent = answers(document, subject="", dated="31/02/2026")
    answer = acting(cast.clerk).post(f"/van-ban/{document.uid}/xac-nhan/", sent)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"subject", "dated"}
    document.refresh_from_db()
    assert document.state == DocumentState.READ


def test_a_letter_found_to_be_a_copy_joins_the_first(cast: Cast, acting: As) -> None:
    first = registered(cast.clerk)
    document = arrived(cast.clerk, directive(number="57/KH-LĐLĐ"))
    page = confirm(acting(cast.clerk), document, number="56/KH-LĐLĐ")
    assert "đã ghép vào" in page
    document.refresh_from_db()
    assert (document.state, document.copy_of) == (DocumentState.COPY, first)


def test_an_obligation_is_added_reworded_and_dropped(cast: Cast, acting: As) -> None:
    document = arrived(cast.clerk)
    client = acting(cast.clerk)
    words = {"text": "Gửi danh mục tài liệu tuyên truyền", "responsible": "Ban Chính sách", "due_on": "01/06/2026"}
    answer = client.post(f"/viec/van-ban/{document.uid}/them-yeu-cau/", words)
    assert answer["Location"] == f"/van-ban/{document.uid}/xac-nhan/#yeu-cau"
    added = document.obligations.get(text__startswith="Gửi danh mục")
    assert (added.deadline_normalised, added.responsible) == ("2026-06-01", "Ban Chính sách")
    client.post(f"/viec/yeu-cau/{added.uid}/sua/", {"text": "Gửi danh mục tài liệu", "keep": "on", "due_on": ""})
    added.refresh_from_db()
    assert (added.text, added.deadline_normalised) == ("Gửi danh mục tài liệu", "2026-06-01")
    assert "Bỏ yêu cầu này?" in client.get(f"/viec/yeu-cau/{added.uid}/bo/").content.decode()
    client.post(f"/viec/yeu-cau/{added.uid}/bo/")
    assert not document.obligations.filter(pk=added.pk).exists()


def test_an_obligation_that_serves_a_refused_purpose_is_refused_at_its_field(cast: Cast, acting: As) -> None:
    document = arrived(cast.clerk)
    words = {"text": "Lập danh sách lao động tham gia lãn công tuần qua"}
    answer = acting(cast.clerk).post(f"/viec/van-ban/{document.uid}/them-yeu-cau/", words)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["text"]
