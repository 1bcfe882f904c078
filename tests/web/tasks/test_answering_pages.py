"""One assignment: acknowledge, report done, be sent back."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from nhipcau.tasks.models import Assignment, AssignmentState
from tests.cast import Cast
from tests.web.directive import TRAINING, arrived, at_commune, at_local
from tests.web.tasks.conftest import As


def test_the_worklist_says_what_is_due_why_and_what_to_do_next(cast: Cast, acting: As) -> None:
    at_local(cast)
    page = acting(cast.local_volunteer).get("/").content.decode()
    assert TRAINING in page
    assert "09/05/2026" in page
    assert "trước ngày 10/5/2026" in page
    assert "Tiếp nhận" in page
    assert f'action="/viec/{Assignment.objects.get(unit=cast.local).uid}/tiep-nhan/"' in page, "one tap from there"


def test_the_clerk_finds_letters_to_confirm_in_the_worklist(cast: Cast, acting: As) -> None:
    document = arrived(cast.clerk)
    page = acting(cast.clerk).get("/").content.decode()
    assert f"/van-ban/{document.uid}/xac-nhan/" in page


def test_one_tap_acknowledges(cast: Cast, acting: As) -> None:
    given = at_local(cast)
    client = acting(cast.local_volunteer)
    assert "Chủ tịch" not in client.get(f"/viec/{given.uid}/").content.decode().split("Diễn biến")[1]
    page = client.post(f"/viec/{given.uid}/tiep-nhan/", follow=True).content.decode()
    assert "Đã tiếp nhận. Cấp giao việc thấy ngay" in page
    given.refresh_from_db()
    assert given.state == AssignmentState.ACKNOWLEDGED


def test_the_level_above_sees_the_page_but_cannot_answer_for_the_unit(cast: Cast, acting: As) -> None:
    given = at_local(cast)
    client = acting(cast.commune_officer)
    page = client.get(f"/viec/{given.uid}/")
    assert page.status_code == 200
    assert "/tiep-nhan/" not in page.content.decode()
    assert client.post(f"/viec/{given.uid}/tiep-nhan/").status_code == 403


def test_done_with_a_paper_then_sent_back_with_a_reason_then_done_again(cast: Cast, acting: As) -> None:
    given = at_local(cast)
    own, above = acting(cast.local_volunteer), acting(cast.commune_officer)
    paper = SimpleUploadedFile("bien-ban.txt", "Biên bản tập huấn, 48 lượt người".encode())
    sent = {"note": "Đã tập huấn 48 lượt người.", "evidence": paper}
    assert own.post(f"/viec/{given.uid}/hoan-thanh/", sent)["Location"] == f"/viec/{given.uid}/"
    kept = given.evidence.get()
    assert own.get(f"/viec/{given.uid}/minh-chung/{kept.file.uid}/").content.decode().startswith("Biên bản")
    assert above.post(f"/viec/{given.uid}/tra-lai/", {"reason": ""}).status_code == 422
    above.post(f"/viec/{given.uid}/tra-lai/", {"reason": "Chưa ghi ngày tổ chức"})
    assert "Cấp giao việc trả lại: Chưa ghi ngày tổ chức" in own.get(f"/viec/{given.uid}/").content.decode()
    own.post(f"/viec/{given.uid}/hoan-thanh/", {"note": "Ngày 14/3, 48 lượt người."})
    given.refresh_from_db()
    assert (given.state, given.done_note) == (AssignmentState.DONE, "Ngày 14/3, 48 lượt người.")


def test_a_photograph_is_refused_with_what_to_send_instead(cast: Cast, acting: As) -> None:
    given = at_local(cast)
    photo = SimpleUploadedFile("anh.jpg", b"\xff\xd8\xff\xe0 anh")
    answer = acting(cast.local_volunteer).post(
        f"/viec/{given.uid}/hoan-thanh/", {"note": "Đã làm", "evidence": photo}
    )
    assert answer.status_code == 422
    assert "khuôn mặt" in str(answer.context["form"].errors)
    given.refresh_from_db()
    assert given.state == AssignmentState.ASSIGNED


def test_a_unit_only_told_has_nothing_to_answer(cast: Cast, acting: As) -> None:
    given = at_commune(cast)
    type(given).objects.filter(pk=given.pk).update(role="inform", state="acknowledged")
    client = acting(cast.commune_officer)
    page = client.get(f"/viec/{given.uid}/").content.decode()
    assert "không phải báo cáo" in page
    assert "hoan-thanh" not in page
    assert "Nhận để biết" in client.get("/viec/").content.decode()


def test_who_passed_it_on_is_told_what_is_undone_below_before_reporting_it_done(cast: Cast, acting: As) -> None:
    given = at_local(cast)
    above = given.task.parent
    assert above is not None
    officer = acting(cast.commune_officer)
    told = "Việc đã giao xuống 2 đơn vị, mới có 0 đơn vị xong."
    assert told in officer.get(f"/viec/{above.uid}/hoan-thanh/").content.decode()
    assert "giao xuống" not in acting(cast.local_volunteer).get(f"/viec/{given.uid}/hoan-thanh/").content.decode()
