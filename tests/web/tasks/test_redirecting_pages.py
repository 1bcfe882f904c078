"""The wrong addressee on the pages; everything acknowledged by one tap; a later date said openly."""

from __future__ import annotations

from nhipcau.tasks.actions import assign_all
from nhipcau.tasks.models import Assignment, AssignmentState, Redirection, Task
from tests.cast import NOW, Cast
from tests.web.directive import at_commune, registered
from tests.web.tasks.conftest import As


def test_a_unit_gives_work_back_and_the_giver_hands_it_on_the_same_day(cast: Cast, acting: As) -> None:
    document = registered(cast.clerk)
    only = document.obligations.filter(position=1)
    (task,) = assign_all(
        document=document,
        obligations=list(only),
        units={cast.commune: Assignment._meta.get_field("role").default},
        actor=cast.provincial_officer,
        at=NOW,
    )
    given = task.assignments.get()
    unit, giver = acting(cast.commune_officer), acting(cast.provincial_officer)
    url = f"/viec/{given.uid}/khong-phai-viec-cua-don-vi/"
    assert url in unit.get(f"/viec/{given.uid}/").content.decode()
    assert unit.post(url, {"reason": ""}).status_code == 422
    page = unit.post(url, {"reason": "Thuộc địa bàn phường", "belongs_to": "Công đoàn phường"}, follow=True)
    assert "đang chờ đơn vị giao việc trả lời: Thuộc địa bàn phường" in page.content.decode()
    assert "đã trả lại, chờ trả lời" in unit.get("/").content.decode()
    back = Redirection.objects.get()
    answer = f"/viec/tra-lai-nham/{back.uid}/"
    assert answer in giver.get("/").content.decode()
    assert list(giver.post(answer, {"what": "hand_on"}).context["form"].errors) == ["to"]
    giver.post(answer, {"what": "hand_on", "to": str(cast.sibling_commune.uid)})
    assert task.assignments.get(unit=cast.sibling_commune).state == AssignmentState.ASSIGNED
    assert "Việc đã chuyển cho Công đoàn phường Bình Sơn." in unit.get(f"/viec/{given.uid}/").content.decode()
    assert answer not in giver.get("/").content.decode()


def test_the_giver_insists_with_a_reason(cast: Cast, acting: As) -> None:
    given = at_commune(cast)
    unit, giver = acting(cast.commune_officer), acting(cast.provincial_officer)
    unit.post(f"/viec/{given.uid}/khong-phai-viec-cua-don-vi/", {"reason": "Không phải"})
    answer = f"/viec/tra-lai-nham/{Redirection.objects.get().uid}/"
    assert giver.post(answer, {"what": "insist"}).status_code == 422
    giver.post(answer, {"what": "insist", "answer": "Đúng địa bàn xã"})
    page = unit.get(f"/viec/{given.uid}/").content.decode()
    assert "Đơn vị vẫn phải làm" in page
    assert "Đúng địa bàn xã" in page
    assert "tiep-nhan" in page
    assert unit.post(f"/viec/{given.uid}/khong-phai-viec-cua-don-vi/", {"reason": "Vẫn"}).status_code == 422


def test_everything_new_is_acknowledged_by_one_tap(cast: Cast, acting: As) -> None:
    assign_all(document=registered(cast.clerk), actor=cast.provincial_officer, at=NOW)
    client = acting(cast.commune_officer)
    page = client.get("/").content.decode()
    assert "Tiếp nhận cả 2 việc mới" in page
    done = client.post("/viec/tiep-nhan-tat-ca/", follow=True).content.decode()
    assert "Đã tiếp nhận 2 việc." in done
    assert "việc mới" not in done


def test_a_later_date_than_above_is_ticked_and_said(cast: Cast, acting: As) -> None:
    given = at_commune(cast)
    client = acting(cast.commune_officer)
    sent = {f"role-{cast.local.uid}": "lead", "due": "20/05/2026", "due_reason": "Chờ giảng viên"}
    refused = client.post(f"/viec/{given.uid}/giao-xuong/", sent)
    assert list(refused.context["form"].errors) == ["due"]
    client.post(f"/viec/{given.uid}/giao-xuong/", sent | {"beyond": "on"})
    assert "muộn hơn hạn của cấp trên" in Task.objects.get(parent=given).due_reason
