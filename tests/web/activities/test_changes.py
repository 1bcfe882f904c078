"""Correcting, and answering as a partner, on the page."""

from __future__ import annotations

from nhipcau.activities.models import Activity, ActivityPartner
from tests.cast import Cast
from tests.web.activities.conftest import As
from tests.web.reports import places, scenes

RIGHT = {
    "held_on": "10/02/2026",
    "so-gifts": "25",
    "so-money": "6.000.000",
    "chon-fund": "given",
    "title": "",
    "edits": "0",
    "reason": "đếm lại quà",
}


def test_a_correction_shows_what_stood_before_beside_what_stands_now(cast: Cast, acting: As) -> None:
    scenes.publish()
    activity = scenes.gave_gifts(cast.local_volunteer)
    client, address = acting(cast.local_volunteer), f"/hoat-dong/{activity.uid}/sua/"
    assert client.get(address).context["form"]["so-gifts"].value() == "20"
    assert client.post(address, RIGHT | {"reason": ""}).status_code == 422
    assert client.post(address, RIGHT).status_code == 302
    page = acting(cast.commune_officer).get(f"/hoat-dong/{activity.uid}/")
    [change] = page.context["history"]
    assert (change.who, change.reason) == ("Chủ tịch công đoàn cơ sở", "đếm lại quà")
    told = {line.label: (line.before, line.after) for line in change.lines}
    assert told["Số suất quà"] == ("20", "25")
    assert told["Nguồn tiền"] == ("Tài chính công đoàn", "Vận động")
    assert "Lý do sửa" not in page.content.decode()


def test_the_form_of_a_joint_one_keeps_its_partners(cast: Cast, acting: As) -> None:
    uid = places.joint(cast)["uid"]
    form = acting(cast.local_volunteer).get(f"/hoat-dong/{uid}/sua/").context["form"]
    assert form["partner_bodies"].value() == "Công đoàn xã An Hải"


def test_a_partner_finds_it_on_the_worklist_and_says_not_us_which_returns_to_the_lead(
    cast: Cast, acting: As
) -> None:
    place = places.joint(cast)
    partner, lead = acting(cast.commune_officer), acting(cast.local_volunteer)
    assert "Hoạt động phối hợp" in partner.get("/").content.decode()
    assert "Hoạt động phối hợp" not in lead.get("/").content.decode()
    answer = partner.post(f"/hoat-dong/{place['uid']}/phoi-hop/{place['number']}/", {"cung-lam": "khong"})
    assert answer.status_code == 302
    assert ActivityPartner.objects.get().answer == "declined"
    assert "Hoạt động phối hợp" not in partner.get("/").content.decode()
    assert "báo không cùng làm" in lead.get("/").content.decode()


def test_the_lead_notes_what_an_outside_body_answered_with_the_paper(cast: Cast, acting: As) -> None:
    activity = scenes_with_body(cast)
    client, address = (
        acting(cast.local_volunteer),
        f"/hoat-dong/{activity.uid}/phoi-hop/{activity.partners.get().pk}/",
    )
    refused = client.post(address, {"cung-lam": "co"})
    assert (refused.status_code, "hãy ghi giấy tờ nào" in refused.content.decode()) == (422, True)
    client.post(address, {"cung-lam": "co", "ghi-chu": "biên bản số 12"})
    assert "biên bản số 12" in client.get(f"/hoat-dong/{activity.uid}/").content.decode()


def scenes_with_body(cast: Cast) -> Activity:
    held = places.with_paper(cast)
    held.partners.create(outside="Trạm y tế xã")
    return held
