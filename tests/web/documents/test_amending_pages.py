"""A letter that recalls another: proposed on arrival, looked at, then done; everybody concerned reads it."""

from __future__ import annotations

from django.urls import reverse

from nhipcau.documents.models import Amendment, Document
from tests.cast import Cast
from tests.documents.letters import arrive, plan, register
from tests.web.directive import TRAINING, at_local, directive, registered
from tests.web.documents.conftest import As

RECALLS = "Liên đoàn Lao động tỉnh thu hồi Kế hoạch số 56/KH-LĐLĐ ngày 10/3/2026.\n\nThực hiện Hướng dẫn"


def recalling(cast: Cast) -> Document:
    text = plan("57/KH-LĐLĐ", "Về việc thu hồi văn bản", "11").decode().replace("Thực hiện Hướng dẫn", RECALLS)
    return arrive(cast.clerk, text.encode())


def test_the_confirm_page_proposes_and_does_nothing(cast: Cast, acting: As) -> None:
    given, letter = at_local(cast), recalling(cast)
    page = acting(cast.clerk).get(f"/van-ban/{letter.uid}/xac-nhan/").content.decode()
    assert "hệ thống không tự làm" in page
    assert not Amendment.objects.exists()
    given.refresh_from_db()
    assert given.state == "assigned"


def test_from_the_register_to_the_act_and_to_the_banner_below(cast: Cast, acting: As) -> None:
    given, letter = at_local(cast), recalling(cast)
    client = acting(cast.clerk)
    fields = {
        "number": letter.number, "dated": "11/03/2026", "received_on": "12/03/2026", "doc_type": "kế hoạch",
        "subject": letter.subject, "issuer": letter.issuer,
    }  # fmt: skip
    answer = client.post(f"/van-ban/{letter.uid}/xac-nhan/", fields)
    page = client.get(answer["Location"]).content.decode()
    assert "Công đoàn cơ sở Công ty May Hải Âu" in page
    assert "Không có nút hoàn tác" in page
    assert not Amendment.objects.exists()
    done = client.post(answer["Location"], {})
    assert done.status_code == 302
    recalled = client.get(done["Location"]).content.decode()
    assert "đã bị thu hồi theo" in recalled
    assert "/giao/" not in recalled
    below = acting(cast.local_volunteer).get(reverse("tasks:assignment", kwargs={"uid": given.uid}))
    text = " ".join(below.content.decode().split())
    assert "Văn bản 56/KH-LĐLĐ đã bị thu hồi theo" in text
    assert f"/van-ban/{letter.uid}/" in text
    assert acting(cast.local_volunteer).get(f"/van-ban/{letter.uid}/").status_code == 200


def test_a_letter_is_chosen_by_its_number(cast: Cast, acting: As) -> None:
    at_local(cast)
    letter = recalling(cast)
    client = acting(cast.clerk)
    unknown = client.get(f"/van-ban/{letter.uid}/thay-doi/", {"loai": "replace", "so": "999/KH-X"})
    assert unknown.status_code == 422
    found = client.get(f"/van-ban/{letter.uid}/thay-doi/", {"loai": "replace", "so": "56/kh-lđlđ"})
    assert "loai=replace" in found["Location"]


def test_the_new_dates_are_looked_at_before_a_replacement(cast: Cast, acting: As) -> None:
    old = at_local(cast).task.obligation.document
    later = directive(TRAINING.replace("10/5", "20/6"), number="57/KH-LĐLĐ", subject="Điều chỉnh kế hoạch")
    by = registered(cast.clerk, later)
    client = acting(cast.clerk)
    address = f"/van-ban/{by.uid}/thay-doi/?loai=replace&van={old.uid}"
    page = " ".join(client.get(address).content.decode().split())
    assert "Hạn sau khi thay thế" in page
    assert "09/05/2026" in page
    assert "<b>19/06/2026</b>" in page
    client.post(address, {})
    moved = client.get(f"/van-ban/{by.uid}/").content.decode()
    assert "chuyển từ 56/KH-LĐLĐ" in moved
    ended = client.get(f"/van-ban/{old.uid}/").content.decode()
    assert "đã chuyển sang 57/KH-LĐLĐ" in ended
    assert "/them-yeu-cau/" not in ended


def test_a_unit_below_reads_the_letter_as_its_own_business(cast: Cast, acting: As) -> None:
    given = at_local(cast)
    letter = given.task.obligation.document
    page = " ".join(acting(cast.local_volunteer).get(f"/van-ban/{letter.uid}/").content.decode().split())
    assert f'href="/viec/{given.uid}/"' in page
    assert "/viec/tien-do/" not in page
    assert "Số đến" not in page
    assert "chưa có trong sổ" not in page


def test_recalled_work_stands_on_the_first_page_of_whoever_had_it(cast: Cast, acting: As) -> None:
    given, letter = at_local(cast), recalling(cast)
    register(cast.clerk, letter)
    client = acting(cast.clerk)
    client.post(f"/van-ban/{letter.uid}/thay-doi/?loai=recall&van={given.task.obligation.document.uid}", {})
    page = " ".join(acting(cast.local_volunteer).get("/").content.decode().split())
    assert "Vừa thôi giao" in page
    assert "Văn bản đã bị thu hồi theo 57/KH-LĐLĐ" in page
