"""The confirm page: text beside fields, honest about what was not found."""

from __future__ import annotations

from django.test import Client
from django.utils.html import escape

from nhipcau.boundary import named
from nhipcau.documents.actions import reserve_block
from nhipcau.documents.models import Document, DocumentState
from nhipcau.org.models import Post
from nhipcau.org.scope import Scope
from nhipcau.web.documents.findings import Sureness, finding, segments
from nhipcau.web.documents.forms import ConfirmForm
from tests.cast import NOW, Cast
from tests.web.directive import OUTSIDE, arrived, directive, registered
from tests.web.documents.conftest import As


def answers(document: Document, **changes: str) -> dict[str, str]:
    """The form as it comes to the person, with some answers changed."""
    form = ConfirmForm(document, Scope(Post.objects.get(title="Văn thư"), NOW))
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


def test_an_english_page_says_it_in_english(cast: Cast, acting: As) -> None:
    document = arrived(cast.clerk)
    Document.objects.update(number="6/KH-LĐLĐ")
    client = acting(cast.clerk)
    client.post("/ngon-ngu/", {"language": "en"})
    page = client.get(f"/van-ban/{document.uid}/xac-nhan/").content.decode()
    assert "</span> The line begins with “Số”" in page
    assert "«6/KH-LĐLĐ» is below 10 and lacks its leading 0" in page
    assert "As printed: “" in page
    assert "Dòng bắt đầu" not in page
    assert "Hạn ghi trong văn bản" not in page


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


def test_what_inherits_its_scope_is_explained_by_the_rule_it_inherits(cast: Cast, acting: As) -> None:
    document = arrived(cast.clerk)
    rule = named("tracing-author")
    document.obligations.filter(text__contains=OUTSIDE[:40]).update(text="Gửi danh sách", rule="tracing-author")
    page = acting(cast.clerk).get(f"/van-ban/{document.uid}/xac-nhan/").content.decode()
    assert rule and escape(rule.explanation) in page


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


def test_a_second_letter_with_the_same_number_is_asked_about_and_joins_as_a_copy(cast: Cast, acting: As) -> None:
    first = registered(cast.clerk)
    document = arrived(cast.clerk, directive(number="57/KH-LĐLĐ"))
    client = acting(cast.clerk)
    page = confirm(client, document, number="56/KH-LĐLĐ")
    assert "Cùng số, ký hiệu và nơi ban hành đã vào sổ số đến 1" in page
    assert 'value="yes"' in page
    page = confirm(client, document, number="56/KH-LĐLĐ", copy="yes")
    assert "đã ghép vào" in page
    document.refresh_from_db()
    assert (document.state, document.copy_of) == (DocumentState.COPY, first)


def test_another_letter_with_the_same_number_takes_its_own(cast: Cast, acting: As) -> None:
    registered(cast.clerk)
    document = arrived(cast.clerk, directive(subject="Tháng An toàn, vệ sinh lao động (đính chính)"))
    client = acting(cast.clerk)
    page = client.get(f"/van-ban/{document.uid}/xac-nhan/").content.decode()
    assert "hãy trả lời ở dưới" in page
    assert "Đã vào sổ với số đến 2." in confirm(client, document, copy="no")


def test_a_letter_read_by_mistake_is_discarded_with_a_reason(cast: Cast, acting: As) -> None:
    document = arrived(cast.clerk)
    client = acting(cast.clerk)
    url = f"/van-ban/{document.uid}/bo/"
    assert url in client.get(f"/van-ban/{document.uid}/xac-nhan/").content.decode()
    assert client.post(url, {"reason": ""}).status_code == 422
    assert "Đã bỏ văn bản" in client.post(url, {"reason": "gửi nhầm tệp"}, follow=True).content.decode()
    page = client.get(f"/van-ban/{document.uid}/").content.decode()
    assert "Lý do: gửi nhầm tệp" in page
    assert "Thêm yêu cầu" not in page


def test_a_letter_numbered_by_hand_is_entered_under_its_number(cast: Cast, acting: As) -> None:
    register = registered(cast.clerk, directive(number="55/KH-LĐLĐ")).entry.register
    reserve_block(register=register, count=2, reason="mất điện", actor=cast.clerk, at=NOW)
    document = arrived(cast.clerk)
    client = acting(cast.clerk)
    assert "Số đã ghi tay" in client.get(f"/van-ban/{document.uid}/xac-nhan/").content.decode()
    assert "Đã vào sổ với số đến 3." in confirm(client, document, reserved="chung/3")


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
